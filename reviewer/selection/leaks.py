"""The leak report: what was hidden in the applicant's own words, and what cannot be guaranteed. For the office alone."""

from dataclasses import dataclass

from reviewer.model.dossier import Dossier
from reviewer.model.selection import Mask
from reviewer.model.text import Text
from reviewer.selection.masks import Masking, texts_of

_REMAINS = {
    Mask.NAME: Text(
        "只寫名字、綽號、英文名，以及掃描、影音與筆跡裡的姓名無法保證遮去。",
        "Given names, nicknames, English names, and names in scans, recordings and handwriting cannot be guaranteed.",
    ),
    Mask.SCHOOL: Text(
        "校名的俗稱、制服、校徽與掃描裡的校名無法保證遮去。",
        "Popular names of the school, uniforms, crests and scans cannot be guaranteed.",
    ),
    Mask.LOW_INCOME: Text("申請人自述中換一種說法的內容無法保證遮去。", "What the applicant says in other words cannot be guaranteed."),
    Mask.PHOTO: Text("附件裡的照片與影片中的人臉沒有遮去。", "Faces in attached pictures and films are not hidden."),
}


_NOT_WORDS = frozenset({"path", "problem", "problems"})
"""Fields that are not the applicant's own words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leak:
    """One mask's line of the leak report."""

    mask: Mask
    """Which fact is hidden."""
    replaced_count: int
    """Places in the applicant's own words where it stood and was replaced."""
    remains: Text
    """What cannot be guaranteed."""


def leak_report(plain: Dossier, hide: Masking, masks: frozenset[Mask]) -> tuple[Leak, ...]:
    """Count what masking replaced, mask by mask; words within longer hidden words are not counted twice."""
    counts = dict.fromkeys(Mask, 0)
    if hide.words:
        masked_keys = {fact.key for fact in plain.identity if fact.masked}
        identity = tuple(fact for fact in plain.identity if fact.key not in masked_keys)
        entries = tuple((slot.reason, slot.entries) for section in plain.sections for slot in section.slots)
        for words in texts_of((entries, plain.record, identity), _NOT_WORDS):
            _count(words, hide, counts)
    return tuple(Leak(mask=mask, replaced_count=counts[mask], remains=_REMAINS[mask]) for mask in Mask if mask in masks)


def _count(words: str, hide: Masking, counts: dict[Mask, int]) -> None:
    mask_of = dict(hide.mask_of)
    words = hide.without_course_codes(words)
    for hidden, shown in hide.words:
        counts[mask_of[hidden]] += words.count(hidden)
        words = words.replace(hidden, shown)
