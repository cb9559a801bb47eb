"""The jobs that run in child processes: plain functions of plain values, each returning what was made or the reason why not."""

from pathlib import Path

from reviewer.attachments.documents import DocumentFiles, Way, save_document_files
from reviewer.attachments.glyphs import glyph_png
from reviewer.attachments.media import MediaFiles, save_media_files
from reviewer.attachments.pictures import PictureFiles, save_picture_files
from reviewer.attachments.refusal import Refusal
from reviewer.model.attachment import MediaType
from reviewer.model.problem import Problem


def document_job(path: Path, folder: Path, way: Way) -> DocumentFiles | Problem:
    """Make a PDF's files in `folder`."""
    try:
        return save_document_files(path, folder, way)
    except Refusal as refusal:
        return refusal.problem


def picture_job(path: Path, folder: Path) -> PictureFiles | Problem:
    """Make a picture's files in `folder`."""
    try:
        return save_picture_files(path, folder)
    except Refusal as refusal:
        return refusal.problem


def medium_job(path: Path, media_type: MediaType, folder: Path) -> MediaFiles | Problem:
    """Make a medium's files in `folder`."""
    try:
        return save_media_files(path, media_type, folder)
    except Refusal as refusal:
        return refusal.problem


def glyph_job(path: Path) -> bytes | Problem:
    """Draw a sender's character as a PNG."""
    try:
        return glyph_png(path)
    except Refusal as refusal:
        return refusal.problem
