"""Attachments' pages in the frames of our own pages: placed where they belong, whole, upright, the same bytes every time."""

import io
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest

from reviewer.attachments.placing import Placement, place_pages

A4 = (595.0, 842.0)
BOX = (60.0, 60.0, 540.0, 750.0)


def _pdf(pages: list[tuple[float, float]], *, rotate: int = 0, crop: tuple[float, ...] | None = None) -> bytes:
    """Pages with a black square of 40 points in the lower left corner of what is shown, before rotation."""
    pdf = pikepdf.Pdf.new()
    for width, height in pages:
        page = pdf.add_blank_page(page_size=(width, height))
        left, bottom = crop[:2] if crop else (0.0, 0.0)
        page.contents_add(f"0 g {left} {bottom} 40 40 re f".encode())
        page.obj.Rotate = rotate
        if crop:
            page.obj.CropBox = list(crop)
            page.obj.TrimBox = [0, 0, 10, 10]
    target = io.BytesIO()
    pdf.save(target)
    return target.getvalue()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "source.pdf"
    path.write_bytes(_pdf([(400.0, 300.0), (1200.0, 800.0)]))
    return path


def _blank() -> bytes:
    pdf = pikepdf.Pdf.new()
    pdf.add_blank_page(page_size=A4)
    target = io.BytesIO()
    pdf.save(target)
    return target.getvalue()


def _ink(pdf: bytes, page_index: int) -> tuple[float, float, float, float]:
    """Bounding box of all black on a page, in points from the lower left corner."""
    with pdfium.PdfDocument(pdf) as document:
        page = document[page_index]
        image = page.render(scale=2).to_pil().convert("L").point(lambda grey: 255 if grey < 80 else 0)
    left, top, right, bottom = image.getbbox()
    return left / 2, (image.height - bottom) / 2, right / 2, (image.height - top) / 2


def test_a_small_page_keeps_its_size_and_stands_at_the_top_of_its_frame(source: Path) -> None:
    merged = place_pages(_blank(), [Placement(page_index=0, box=BOX, source=source, source_index=0)])
    with pikepdf.open(io.BytesIO(merged)) as pdf:
        pdf.pages[0].contents_coalesce()
        content = pdf.pages[0].Contents.read_bytes()
    assert b"1.00000 0 0 1.00000 100.000 450.000 cm /Attached1 Do" in content


def test_a_large_page_is_scaled_down_to_its_frame(source: Path) -> None:
    merged = place_pages(_blank(), [Placement(page_index=0, box=BOX, source=source, source_index=1)])
    left, bottom, right, top = _ink(merged, 0)
    scale = 480 / 1200
    assert left == pytest.approx(60, abs=1)
    assert bottom == pytest.approx(750 - 800 * scale, abs=1)
    assert right - left == pytest.approx(40 * scale, abs=1)
    assert top - bottom == pytest.approx(40 * scale, abs=1)


@pytest.mark.parametrize(("rotate", "corner"), [(0, (160, 550)), (90, (200, 710)), (180, (400, 710)), (270, (360, 470))])
def test_rotation_and_the_crop_box_of_the_source_are_respected(tmp_path: Path, rotate: int, corner: tuple[int, int]) -> None:
    path = tmp_path / "turned.pdf"
    path.write_bytes(_pdf([(600.0, 500.0)], rotate=rotate, crop=(100.0, 50.0, 380.0, 250.0)))
    left, bottom, *_ = _ink(place_pages(_blank(), [Placement(page_index=0, box=BOX, source=path, source_index=0)]), 0)
    assert [left, bottom] == pytest.approx(list(corner), abs=1)


def test_equal_inputs_give_equal_bytes_and_fonts_are_shared_between_pages(source: Path) -> None:
    placements = [Placement(page_index=index, box=BOX, source=source, source_index=index) for index in (0, 1)]
    own = _pdf([A4, A4])
    assert place_pages(own, placements) == place_pages(own, placements)


def test_two_pages_in_one_frame_page_get_names_of_their_own(source: Path) -> None:
    merged = place_pages(_blank(), [Placement(page_index=0, box=BOX, source=source, source_index=index) for index in (0, 1)])
    with pikepdf.open(io.BytesIO(merged)) as pdf:
        assert sorted(pdf.pages[0].Resources.XObject.keys()) == ["/Attached1", "/Attached2"]


def test_a_page_without_an_attachment_carries_none_though_our_pages_share_their_resources(source: Path) -> None:
    with pikepdf.open(io.BytesIO(_pdf([A4, A4]))) as pdf:
        shared = pdf.make_indirect(pikepdf.Dictionary(XObject=pikepdf.Dictionary()))
        for page in pdf.pages:
            page.obj.Resources = shared
        target = io.BytesIO()
        pdf.save(target)
    merged = place_pages(target.getvalue(), [Placement(page_index=0, box=BOX, source=source, source_index=0)])
    with pikepdf.open(io.BytesIO(merged)) as pdf:
        assert [sorted(page.obj.Resources.XObject.keys()) for page in pdf.pages] == [["/Attached1"], []]
