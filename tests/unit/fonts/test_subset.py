"""Faces cut to what occurs: right characters, fixed bytes, bounded size."""

import io
import unicodedata
from typing import Literal

import pytest
from fontTools.ttLib import TTFont

from reviewer.fonts.coverage import covered
from reviewer.fonts.faces import Face, all_faces, project_faces
from reviewer.fonts.subset import cut

WORDS = "學習歷程檔案，113 學年度 Learning"


def _open(data: bytes) -> TTFont:
    return TTFont(io.BytesIO(data))


@pytest.mark.parametrize("face", all_faces(), ids=lambda face: face.id)
def test_every_face_is_cut_to_exactly_the_characters_that_it_has(face: Face) -> None:
    wanted = {point for point in sorted(covered(face))[::40] if not unicodedata.mirrored(chr(point))} | {0x10FFFD}
    font = _open(cut(face, wanted, flavor="ttf"))
    assert set(font.getBestCmap()) == wanted & covered(face)


def test_brackets_come_with_their_mirrors_for_text_from_right_to_left() -> None:
    assert set(_open(cut(project_faces()[0], map(ord, "(「"), flavor="ttf")).getBestCmap()) == set(map(ord, "()「」"))


def test_a_cut_is_the_same_bytes_whatever_the_order_of_the_characters() -> None:
    face = project_faces()[0]
    for flavor in ("ttf", "woff2"):
        assert cut(face, map(ord, WORDS), flavor=flavor) == cut(face, map(ord, reversed(WORDS)), flavor=flavor)


@pytest.mark.parametrize("flavor", ["ttf", "woff2"])
def test_fonts_of_pages_keep_the_features_that_set_punctuation(flavor: Literal["ttf", "woff2"]) -> None:
    font = _open(cut(project_faces()[0], map(ord, WORDS + "「」、。（）"), flavor=flavor))
    assert font.flavor == (None if flavor == "ttf" else flavor)
    features = {record.FeatureTag for record in font["GPOS"].table.FeatureList.FeatureRecord}
    assert {"halt", "vhal"} <= features


def test_no_characters_give_a_valid_face_without_any() -> None:
    assert _open(cut(project_faces()[1], [], flavor="woff2")).getBestCmap() in (None, {})
