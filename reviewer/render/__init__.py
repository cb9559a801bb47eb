"""Dossier to HTML, dossier to PDF, figures. Reads dossiers and processed attachments, nothing else."""
