"""The dossier's hash: the same for the school's preview and the university's build when what reviewers see is the same.

Left out (DESIGN): applicant number, findings, watermark, signature state. Left out as well, because they say where something lay and not what
it is: paths, places in lists, and the applicant's number before file names (`01686463_學習歷程自述.pdf`).
"""

from dataclasses import replace
from typing import Any

from reviewer.model import canonical
from reviewer.model.dossier import Dossier
from reviewer.selection.identity import APPLICANT_NUMBER
from reviewer.selection.masks import change_words

NOT_HASHED = frozenset({"applicant_number", "problems", "problem", "ledger", "watermark", "signature", "path", "tick", "index", "reason"})
"""Fields that are no part of the hash, at any depth."""


def dossier_sha256(dossier: Dossier) -> str:
    """SHA-256 of the canonical JSON of what reviewers see."""
    prefix = f"{dossier.applicant_number}_"
    plain = replace(dossier, sha256="", identity=tuple(fact for fact in dossier.identity if fact.key != APPLICANT_NUMBER), problems=())
    if dossier.applicant_number:
        sections, photo = change_words((plain.sections, plain.photo), lambda words: words.removeprefix(prefix))
        plain = replace(plain, sections=sections, photo=photo)
    value = canonical.plain(plain, without=NOT_HASHED)
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
