"""Builders of the views: pure functions from a dossier and its processed attachments."""
