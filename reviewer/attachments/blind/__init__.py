"""Taking hidden words out of PDFs. `blind` is the door."""

from reviewer.attachments.blind.document import Blinded, blind

__all__ = ["Blinded", "blind"]
