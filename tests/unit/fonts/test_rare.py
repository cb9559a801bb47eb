"""Which font draws which character: the four classes of DOMAIN, and never a silent box or substitute."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.fonts.coverage import covered, needs_ink
from reviewer.fonts.faces import Face, all_faces, fallback_faces, project_faces
from reviewer.fonts.rare import DrawnBy, Rarity, plan, rarity
from reviewer.model.attachment import Attachment, FileLink, FileRole, MediaType
from reviewer.model.portfolio import Glyph

PICTURE = FileLink(
    name="E123.svg",
    role=FileRole.PICTURE,
    attachment=Attachment(path="造字/E123.svg", sha256="0" * 64, size_bytes=10, media_type=MediaType.UNKNOWN),
)


@pytest.mark.parametrize(
    ("character", "expected"),
    [
        ("陳", Rarity.ORDINARY),
        ("𠮷", Rarity.EXTENSION),
        ("\U00030000", Rarity.EXTENSION),
        ("\U000f0123", Rarity.CNS_PLANE),
        ("\ue123", Rarity.PRIVATE),
        ("\U00100001", Rarity.PRIVATE),
    ],
)
def test_a_code_point_has_one_of_four_classes(character: str, expected: Rarity) -> None:
    assert rarity(ord(character)) is expected


def test_the_project_draws_what_it_can_and_such_characters_are_not_in_the_plan() -> None:
    assert plan(map(ord, "陳怡君 A1，。　\u200b\ufe0f")).drawings == ()


@pytest.mark.parametrize(("character", "face_id"), [("𡝕", "tw-sung-ext-b"), ("\U000f0123", "tw-sung-plus")])
def test_the_fallback_faces_draw_extensions_and_plane_15(character: str, face_id: str) -> None:
    drawing = plan([ord(character)]).of(ord(character))
    assert drawing is not None
    assert (drawing.by, drawing.face and drawing.face.id) == (DrawnBy.FALLBACK, face_id)


def test_without_fallback_faces_a_rare_character_is_a_numbered_placeholder() -> None:
    drawings = plan(map(ord, "𡝕\U000f0123"), faces=project_faces()).placeholders
    assert [(drawing.notation, drawing.number) for drawing in drawings] == [("U+21755", 1), ("U+F0123", 2)]


def test_no_installed_face_may_draw_private_use_although_one_has_such_glyphs() -> None:
    hanamin = next(face for face in fallback_faces() if face.id == "hanamin-a")
    private = next(point for point in sorted(covered(hanamin)) if 0xE000 <= point <= 0xF8FF)
    assert [drawing.by for drawing in plan([private]).drawings] == [DrawnBy.PLACEHOLDER]


def test_the_senders_glyph_draws_private_use_and_wins_over_a_fallback_face() -> None:
    glyphs = tuple(Glyph(code_point=point, picture=PICTURE, mapped="龍", description="龍的異體") for point in (0xE123, 0xF0123))
    assert [drawing.by for drawing in plan([0xE123, 0xF0123], glyphs).drawings] == [DrawnBy.SENDER, DrawnBy.SENDER]


def test_a_senders_row_with_words_but_no_picture_gives_the_placeholder_its_description() -> None:
    (drawing,) = plan([0xE123], (Glyph(code_point=0xE123, description="上草下明"),)).drawings
    assert drawing.by is DrawnBy.PLACEHOLDER
    assert drawing.glyph is not None
    assert drawing.glyph.description == "上草下明"


def test_a_senders_table_never_changes_an_ordinary_character() -> None:
    assert plan([ord("陳")], (Glyph(code_point=ord("陳"), picture=PICTURE),)).drawings == ()


@given(st.sets(st.characters(codec="utf-8").map(ord), max_size=40))
def test_every_character_that_needs_ink_is_drawn_by_something(points: set[int]) -> None:
    faces: tuple[Face, ...] = all_faces()
    drawn = plan(points, faces=faces)
    for point in points:
        if needs_ink(point) and point not in covered(faces[0]):
            assert drawn.of(point) is not None
        else:
            assert drawn.of(point) is None
