"""Strips are cut into pages: nothing is lost, nothing is tiny, and ordinary pictures stay whole."""

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops

from reviewer.attachments import limits, pictures
from reviewer.attachments.strips import LEGIBLE_SHARE, PAGE_PT, POINTS_PER_PIXEL, cuts


@pytest.mark.parametrize(
    "size",
    [(900, 1273), (1273, 900), (1080, 2340), (4000, 1300), (3000, 3000), (1200, 200), (300, 1500), (1, 1), (500, 400_000), (60, 9000)],
    ids=str,
)
def test_pictures_that_are_no_strips_or_too_long_for_any_paper_stay_whole(size: tuple[int, int]) -> None:
    assert cuts(*size) == ((0, 0, *size),)


def test_an_infographic_is_cut_from_the_top_down_and_a_panorama_from_left_to_right() -> None:
    tall, wide = cuts(900, 9000), cuts(9000, 900)
    assert len(tall) == len(wide) == 8
    assert [(upper, left, lower, right) for left, upper, right, lower in wide] == list(tall)
    assert (tall[0][:2], tall[-1][2:]) == ((0, 0), (900, 9000))


@given(st.integers(1, 3000), st.integers(1, 60_000), st.booleans())
def test_parts_cover_the_whole_with_an_overlap_and_each_is_legible(one: int, other: int, lying: bool) -> None:
    short, long = sorted((one, other))
    boxes = cuts(long, short) if lying else cuts(short, long)
    assert 1 <= len(boxes) <= limits.PICTURE_PAGES
    ends = [(left, right) if lying else (upper, lower) for left, upper, right, lower in boxes]
    assert (ends[0][0], ends[-1][1]) == (0, long)
    if len(boxes) > 1:
        assert all(first < end for (_, end), (first, _) in itertools.pairwise(ends))
        assert len({end - first for first, end in ends}) == 1
        most = min(POINTS_PER_PIXEL, PAGE_PT[0] / short)
        assert all((end - first) * most <= PAGE_PT[1] + 2 * most for first, end in ends)
        assert PAGE_PT[1] / long < LEGIBLE_SHARE * POINTS_PER_PIXEL


def test_the_parts_of_a_strip_keep_its_width_and_fill_their_sheets(tmp_path: Path) -> None:
    strip = Image.linear_gradient("L").resize((900, 9000)).convert("RGB")
    path = tmp_path / "given.png"
    strip.save(path)
    made = pictures.save_picture_files(path, tmp_path)
    assert [(page.images[0].name, page.images[0].width_px) for page in made.pages] == [
        ("picture-1.webp", 900),
        *((f"picture-p{number:02d}-1.webp", 900) for number in range(2, 9)),
    ]
    assert all(page.width_pt > 540 and page.height_pt <= 841.89 for page in made.pages)
    for box, page in zip(cuts(900, 9000), made.pages, strict=True):
        with Image.open(tmp_path / page.images[0].name) as shown:
            low, high = ImageChops.difference(shown.convert("L"), strip.crop(box).convert("L")).getextrema()
        assert (low, high) <= (0, 8)


def test_a_strip_beyond_the_limits_is_made_smaller(tmp_path: Path) -> None:
    path = tmp_path / "given.png"
    Image.new("1", (2400, 48_000), 1).save(path)
    picture = pictures.open_picture(path).picture
    assert picture.width * picture.height <= pictures.STRIP_PIXELS_MOST
    assert 1200 < picture.width < 1400
    assert len(cuts(*picture.size)) == len(cuts(2400, 48_000)) > 10
