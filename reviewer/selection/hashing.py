"""The dossier's hash: the same for the school's preview and the university's build when what reviewers see is the same.

Left out (DESIGN): applicant number, findings, watermark, signature state. Left out as well, because they say where something lay and not what
it is: paths, places in lists, and the applicant's number before file names (`01686463_學習歷程自述.pdf`).
"""

from dataclasses import replace
from typing import Any

from reviewer.model import canonical
from reviewer.model.codes import Group
from reviewer.model.dossier import Dossier, Slot
from reviewer.selection.identity import APPLICANT_NUMBER
from reviewer.selection.masks import change_words

NOT_HASHED = frozenset({"applicant_number", "problems", "problem", "ledger", "watermark", "signature", "path", "tick", "index", "reason"})
"""Fields that are no part of the hash, at any depth."""


def dossier_sha256(dossier: Dossier) -> str:
    """SHA-256 of the canonical JSON of what reviewers see."""
    identity = tuple(fact for fact in dossier.identity if fact.key != APPLICANT_NUMBER)
    plain = replace(dossier, sha256="", identity=identity, problems=())
    sections, photo = _without_number((plain.sections, plain.photo), dossier)
    return _sha256(replace(plain, sections=sections, photo=photo))


def cover_sha256(dossier: Dossier) -> str:
    """SHA-256 of who the applicant is: the part of the dossier's hash that stands in no slot."""
    identity = tuple(fact for fact in dossier.identity if fact.key != APPLICANT_NUMBER)
    return _sha256((dossier.name, identity, _without_number(dossier.photo, dossier), dossier.glyphs))


def slot_sha256(dossier: Dossier, slot: Slot) -> str:
    """SHA-256 of one slot by the same omissions; the slot of the course record holds the record."""
    is_record = any(slot in section.slots for section in dossier.sections if section.group is Group.COURSE_RECORD)
    return _sha256((_without_number(slot, dossier), dossier.record if is_record else None))


def _without_number(value: Any, dossier: Dossier) -> Any:
    """Take the applicant's number from before file names."""
    if not dossier.applicant_number:
        return value
    prefix = f"{dossier.applicant_number}_"
    return change_words(value, lambda words: words.removeprefix(prefix))


def _sha256(part: object) -> str:
    value = canonical.plain(part, without=NOT_HASHED)
    _leave_out_nobody(value)
    return canonical.canonical_sha256(value)


def _leave_out_nobody(value: Any) -> None:
    """Take buckets that hold nobody out of every distribution: some extracts write all hundred, others only those with people; both say the same."""
    if isinstance(value, dict):
        if "buckets" in value:
            value["buckets"] = [bucket for bucket in value["buckets"] if bucket["people"]]
            return
        value = list(value.values())
    for item in value if isinstance(value, list) else ():
        if isinstance(item, dict | list):
            _leave_out_nobody(item)
