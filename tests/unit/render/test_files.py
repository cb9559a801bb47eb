"""The one place that names derived files."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from reviewer.model.files import file_letter
from reviewer.render.files import output_files, output_names
from tests import factories


def names() -> list[str]:
    return [file.name for file in output_files(factories.dossier(), factories.processed())]


def test_names_are_entry_letter_page_and_width() -> None:
    assert names()[:3] == ["f/BE-1a-p001-900.webp", "f/BE-1a-p001-1600.webp", "f/BE-1a-p001-o-1600.webp"]


def test_pictures_of_the_reading_view_are_numbered_within_their_page() -> None:
    assert "f/BE-1a-p002-i1.webp" in names()


def test_media_and_posters_stand_under_the_letter_of_their_file() -> None:
    assert [name for name in names() if name.startswith("f/BE-2b")] == ["f/BE-2b-poster.webp", "f/BE-2b.mp4"]


def test_media_that_no_browser_plays_are_not_written() -> None:
    assert [name for name in names() if name.startswith("f/J-2c")] == ["f/J-2c-poster.webp"]


def test_only_media_count_as_media() -> None:
    files = output_files(factories.dossier(), factories.processed())
    assert [file.name for file in files if file.is_media] == ["f/BE-2b.mp4", "f/J-2b.mp3"]


def test_names_are_short_ascii_and_differ() -> None:
    assert len(set(names())) == len(names())
    assert all(name.isascii() and len(name) <= 40 and " " not in name for name in names())


def test_originals_are_written_only_where_the_department_shows_them() -> None:
    dossier = factories.dossier(originals=False)
    assert not any("-o-" in file.name for file in output_files(dossier, factories.processed()))


def test_the_same_content_under_two_entries_is_written_once() -> None:
    dossier = factories.dossier()
    first, *_ = dossier.entries()
    section = dossier.sections[1]
    slot = section.slots[0]
    twin = replace(first, id="BE-9")
    doubled = replace(slot, entries=(*slot.entries, twin))
    sections = tuple(replace(one, slots=(doubled,)) if one is section else one for one in dossier.sections)
    made = output_files(replace(dossier, sections=sections), factories.processed())
    assert [file.name for file in made] == names()


def test_every_file_can_be_looked_up() -> None:
    dossier, processed = factories.dossier(), factories.processed()
    assert set(output_names(dossier, processed).values()) == set(names())


@given(st.integers(0, 700))
def test_letters_never_repeat(index: int) -> None:
    assert file_letter(index) not in {file_letter(other) for other in range(index)}


def test_letters_go_on_after_z() -> None:
    assert [file_letter(index) for index in (0, 25, 26, 27, 52)] == ["a", "z", "aa", "ab", "ba"]
