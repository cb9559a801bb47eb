"""Making PDFs inert. `sanitise` is the door."""

from reviewer.attachments.sanitise.document import Sanitised, sanitise
from reviewer.attachments.sanitise.findings import FoundLink
from reviewer.attachments.sanitise.refusals import FAULTS, Refused

__all__ = ["FAULTS", "FoundLink", "Refused", "Sanitised", "sanitise"]
