"""What becomes of an attachment: probed, made inert, set in the project's typeface, drawn, read; cached by content."""
