"""Latin that Noto Sans TC lacks: which characters Noto Sans draws, and which words are set in it as a whole."""

import io
import itertools
import unicodedata

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from reviewer.fonts.coverage import covered
from reviewer.fonts.faces import Face, fallback_faces, latin_faces, project_faces
from reviewer.fonts.latin import alphabet, has_runs, is_latin, pieces, wanting
from reviewer.fonts.rare import DrawnBy, plan
from reviewer.fonts.subset import cut

NEEDED = "\u030d\u0358\u0331\u0330\u030b\u207f\u014b\u0289\u0268\u1e3b\u1e34\u02bc\u0294"
"""What Taiwanese Latin needs and Noto Sans TC lacks."""


def _runs(text: str) -> list[str]:
    return [piece for piece, in_latin in pieces(text) if in_latin]


def test_what_taiwanese_latin_needs_is_drawn_by_the_latin_face_whatever_the_machine_has() -> None:
    drawings = plan(map(ord, NEEDED)).drawings
    assert {(drawing.by, drawing.face and drawing.face.id) for drawing in drawings} == {(DrawnBy.LATIN, "latin-regular")}
    assert len(drawings) == len(NEEDED)


@pytest.mark.parametrize("character", ["‽", "⁰", "₤", "℃", "℉", "⅐", "अ", "字", "５", "〓", "ˊ", "˙", "\ue123", "\U000f0123"])
def test_punctuation_symbols_digits_and_other_scripts_are_not_its_affair(character: str) -> None:
    assert not is_latin(ord(character))
    assert ord(character) not in wanting()
    drawing = plan([ord(character)]).of(ord(character))
    assert drawing is None or drawing.by is not DrawnBy.LATIN


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("Ia̍h Ḻowḵi", ["Ia̍h", "Ḻowḵi"]),
        ("tsi̍t-ê o͘ⁿ ʉ", ["tsi̍t-ê", "o͘ⁿ", "ʉ"]),  # with what hyphens join
        ("kā--i̍ ma’ŋa m'ŋ", ["kā--i̍", "ma’ŋa", "m'ŋ"]),
        ("王ŋ明，Kacaw「Pe̍h」", ["ŋ", "Pe̍h"]),
        ("m̄ cafe\u0301", ["m̄", "cafe\u0301"]),  # Noto Sans TC has both marks, and places neither on a letter
        ("café Kacaw tsú-tê 012", []),
        ("ㄅㄛˊ ㆠ\u0307 字\u030d", []),
        ("ŋˊ ʼAlamo", ["ŋ", "ʼAlamo"]),
        ("◌\u030d 5\u0332 5", ["◌\u030d", "5\u0332"]),
    ],
)
def test_a_word_is_set_in_it_as_a_whole(text: str, runs: list[str]) -> None:
    assert _runs(text) == runs


@given(st.text(st.sampled_from("aŋi\u030d\u0301-'’ ˊ王ㄅ5◌\n<")))
def test_pieces_are_the_text_and_no_mark_is_parted_from_its_letter(text: str) -> None:
    found = list(pieces(text))
    assert "".join(piece for piece, _ in found) == text
    for (before, _), (piece, in_latin) in itertools.pairwise(found):
        assert not (unicodedata.combining(piece[0]) and is_latin(ord(before[-1])))
        assert not in_latin or set(map(ord, piece)) <= alphabet()
    assert has_runs(text) or not _runs(text)


def test_both_weights_are_needed_where_a_word_is_and_none_elsewhere() -> None:
    assert plan(map(ord, "王ŋ𡝕")).faces == (*latin_faces(), next(face for face in fallback_faces() if face.id == "tw-sung-ext-b"))
    assert plan(map(ord, "m\u0304")).latin == latin_faces()
    assert plan(map(ord, "café 陳怡君")).faces == ()
    assert plan(map(ord, "ŋ"), faces=project_faces()).latin == ()


@pytest.mark.parametrize("face", latin_faces(), ids=lambda face: face.id)
def test_its_subset_still_places_marks(face: Face) -> None:
    font = TTFont(io.BytesIO(cut(face, map(ord, "Ia\u030dh"), flavor="ttf")))
    assert "mark" in {record.FeatureTag for record in font["GPOS"].table.FeatureList.FeatureRecord}
    assert "GDEF" in font


def test_the_alphabet_is_what_the_face_has() -> None:
    assert alphabet() <= covered(latin_faces()[0]) == covered(latin_faces()[1])
