"""The leak report: what was hidden in the applicant's own words, and what cannot be guaranteed. For the office alone."""

from collections import Counter
from dataclasses import dataclass

from reviewer.model.dossier import Dossier
from reviewer.model.hiding import finder
from reviewer.model.selection import Mask
from reviewer.model.text import Text
from reviewer.selection.masks import Masking, texts_of

FACTS = {
    Mask.NAME: Text("姓名", "name"),
    Mask.SCHOOL: Text("學校", "school"),
    Mask.LOW_INCOME: Text("經濟與身分", "economic status"),
    Mask.PHOTO: Text("照片", "photo"),
}
"""What reports call what a mask hides."""

REMAINS = {
    Mask.NAME: Text(
        "只寫名字、綽號、資料裡沒有的英文名，以及掃描、圖片、影音與筆跡裡的姓名無法保證遮去。",
        "Given names, nicknames, English names that were not sent, and names in scans, pictures, recordings and handwriting cannot be guaranteed.",
    ),
    Mask.SCHOOL: Text(
        "校名的俗稱、制服、校徽，以及掃描、圖片與影音裡的校名無法保證遮去。",
        "Popular names of the school, uniforms, crests, and names in scans, pictures and recordings cannot be guaranteed.",
    ),
    Mask.LOW_INCOME: Text("申請人自述中換一種說法的內容無法保證遮去。", "What the applicant says in other words cannot be guaranteed."),
    Mask.PHOTO: Text(
        "附件裡的人臉沒有遮去，程式也不辨認人臉；有掃描、圖片、影片的檔案與頁次列在下面，很小、鋪滿整頁或一頁多張的圖片可能沒有列出。",
        "Faces in attachments are neither hidden nor told from other pictures; files and pages with scans, pictures and films are listed below, though"
        " pictures that are small, fill a page or are many on one may be missing from the list.",
    ),
}
"""What cannot be guaranteed, by mask."""


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
    """Count what masking replaced, mask by mask; words within longer hidden words, and within course codes, are not counted."""
    counts = Counter[Mask]()
    if hide.hidden:
        find = finder(hide.hidden).find
        masked_keys = {fact.key for fact in plain.identity if fact.masked}
        identity = tuple(fact for fact in plain.identity if fact.key not in masked_keys)
        entries = tuple((slot.reason, slot.entries) for section in plain.sections for slot in section.slots)
        for words in texts_of((entries, plain.record, identity), _NOT_WORDS):
            counts.update(found.mask for found in find(words) if not found.in_course_code)
    return tuple(Leak(mask=mask, replaced_count=counts[mask], remains=REMAINS[mask]) for mask in Mask if mask in masks)
