"""A dossier on paper: our own pages by WeasyPrint from the same view, the attachments' pages placed under its frames."""
