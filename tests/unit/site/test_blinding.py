"""What the office hears of an applicant's files where only the photo is hidden: no words are taken out, but faces may be in all that is drawn."""

from reviewer.model.processed import Doubt
from reviewer.model.selection import Mask
from reviewer.selection.leaks import REMAINS, Leak
from reviewer.selection.select import OfficeNotes, Selected
from reviewer.site.blinding import blinding
from reviewer.site.results import Blinding
from tests import factories


def selected(*masks: Mask) -> Selected:
    leaks = tuple(Leak(mask=mask, replaced_count=0, remains=REMAINS[mask]) for mask in masks)
    return Selected(dossier=factories.dossier(), office=OfficeNotes(unticked=(), problems=(), leaks=leaks), attachments=())


def test_where_the_photo_is_hidden_scans_pictures_and_films_are_listed_by_file_and_page() -> None:
    found = blinding(selected(Mask.PHOTO), factories.processed())
    told = {file.name: [(page.page, page.doubts) for page in file.pages] for file in found.files}
    assert told["水的旅行_成果報告.pdf"] == [(2, (Doubt.PICTURE,)), (3, (Doubt.SCAN,))]
    assert told["檯燈手稿_掃描.pdf"] == [(1, (Doubt.SCAN,))]
    assert told["小論文.pdf"] == [(1, (Doubt.GARBLED,))]
    assert told["獎狀.jpg"] == [(1, (Doubt.SCAN,))]
    assert told["製作過程.mp4"] == [(0, (Doubt.FILM,))]
    assert "口試.mp3" not in told
    assert [(one.mask, one.in_files) for one in found.masked] == [(Mask.PHOTO, 0)]


def test_of_files_without_words_to_hide_nothing_is_told_to_others() -> None:
    assert blinding(selected(Mask.NAME), factories.processed()).files == ()
    assert blinding(selected(), factories.processed()) == Blinding()
