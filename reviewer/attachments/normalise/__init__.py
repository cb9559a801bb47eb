"""Setting PDFs in the project's typeface. `normalise` is the door."""

from reviewer.attachments.normalise.document import Normalised, normalise
from reviewer.attachments.normalise.faces import Faces, installed_faces
from reviewer.attachments.normalise.report import FontFinding, FontReport, Reason
from reviewer.attachments.normalise.share import share_fonts

__all__ = ["Faces", "FontFinding", "FontReport", "Normalised", "Reason", "installed_faces", "normalise", "share_fonts"]
