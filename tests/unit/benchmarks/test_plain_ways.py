"""The plain ways are measured with the typeface that they are said to be drawn with, or not at all."""

import gc
from pathlib import Path

import pikepdf
import pytest

from benchmarks import stages
from benchmarks.textsheet import CHARACTERS, statements
from reviewer.fonts import rare
from reviewer.render.pdf.engine import tune_worker


def test_a_typeface_that_is_not_there_ends_the_benchmark_with_a_sentence() -> None:
    with pytest.raises(SystemExit) as caught:
        stages.require_family("No Such Sans")
    said = str(caught.value)
    assert said.startswith("The plain ways draw with No Such Sans, which this machine lacks (it would give ")
    assert said.endswith("). Install the Debian package fonts-noto-cjk, as `make bench` does by itself, and measure again.")


@pytest.mark.parametrize(
    ("face", "noto"),
    [
        ("Noto-Sans-CJK-TC", True),  # WeasyPrint
        ("NotoSansCJKtc-Regular", True),  # Chromium
        ("DejaVuSans", False),
        ("NotoSansTC-Regular", False),  # ours: no plain way would have it
    ],
)
def test_noto_is_known_by_the_names_that_programs_give_it(face: str, noto: bool) -> None:
    assert stages.is_noto(face) is noto


def test_faces_of_a_pdf_are_told_also_where_they_are_type_3(tmp_path: Path) -> None:
    with pikepdf.Pdf.new() as pdf:
        pdf.add_blank_page()
        descriptor = pikepdf.Dictionary(Type=pikepdf.Name.FontDescriptor, FontName=pikepdf.Name("/AAAAAA+NotoSansCJKtc-Bold"))
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type3, FontDescriptor=pdf.make_indirect(descriptor))
        pdf.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(font)))
        pdf.save(tmp_path / "one.pdf")
    assert stages.faces_in(tmp_path / "one.pdf") == {"NotoSansCJKtc-Bold"}


def test_a_plain_way_has_pythons_own_collector_and_ours_has_it_back() -> None:
    before = gc.get_threshold()
    try:
        tune_worker()
        tuned = gc.get_threshold()
        with stages.untuned():
            assert gc.get_threshold() == stages.PYTHONS_THRESHOLDS
            assert gc.get_freeze_count() == 0
        assert gc.get_threshold() == tuned
        assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)


def test_the_sheet_of_text_is_long_and_needs_no_fallback_face() -> None:
    paragraphs = statements()
    assert sum(map(len, paragraphs)) >= CHARACTERS
    assert len(set(paragraphs)) == len(paragraphs)
    assert rare.plan(map(ord, "".join(paragraphs).replace("\n", ""))).drawings == ()
