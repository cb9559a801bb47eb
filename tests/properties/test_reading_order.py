"""Laws of the reading view: nothing is lost, nothing is invented, columns stay whole."""

import string

from hypothesis import given
from hypothesis import strategies as st

from reviewer.attachments.reading import paragraphs
from reviewer.attachments.reading.layout import arrange, flat
from reviewer.attachments.reading.running import PageWords, without_running
from reviewer.attachments.reading.segments import segments
from reviewer.attachments.reading.shapes import Glyph, Rule, Segment
from reviewer.attachments.reading.tables import grids

LETTERS = "學習歷程檔案備審資料多元表現" + string.ascii_letters

glyphs = st.builds(
    Glyph,
    text=st.sampled_from(LETTERS),
    x0=st.floats(0, 500),
    x1=st.floats(0, 500),
    base=st.floats(0, 800),
    size=st.sampled_from([6.0, 10.5, 12.0, 24.0]),
    bold=st.booleans(),
    hidden=st.just(value=False),
    blank_before=st.booleans(),
    upright=st.just(value=True),
).map(lambda glyph: glyph._replace(x1=glyph.x0 + glyph.size))
rules = st.builds(
    lambda x, y, length, level: Rule(x, y, x + length, y) if level else Rule(x, y, x, y + length),
    st.integers(0, 400).map(float),
    st.integers(0, 700).map(float),
    st.integers(8, 200).map(float),
    st.booleans(),
)


def letters_of(found: list[Segment]) -> list[str]:
    return sorted(letter for segment in found for letter in segment.text if not letter.isspace())


@given(st.lists(glyphs, max_size=60), st.lists(rules, max_size=20))
def test_segments_hold_every_letter_once(given_glyphs: list[Glyph], given_rules: list[Rule]) -> None:
    assert letters_of(segments(given_glyphs, given_rules)) == sorted(glyph.text for glyph in given_glyphs)


@given(st.lists(glyphs, max_size=60), st.lists(rules, max_size=30))
def test_the_order_holds_every_segment_once_whatever_the_lines(given_glyphs: list[Glyph], given_rules: list[Rule]) -> None:
    found = segments(given_glyphs)
    tables, rest = grids(tuple(given_rules), found)
    ordered = [segment for column in flat(arrange([*rest, *tables])) for row in column.rows for segment in row]
    assert sorted(map(id, ordered)) == sorted(map(id, found))


@given(st.lists(glyphs, max_size=60))
def test_blocks_hold_every_letter_once(given_glyphs: list[Glyph]) -> None:
    found = segments(given_glyphs)
    nodes = arrange(list(found))
    blocks = paragraphs.blocks(nodes, paragraphs.measure([found], list(flat(nodes))), {})
    assert sorted(letter for block in blocks for letter in block.text if not letter.isspace()) == letters_of(found)


@given(st.lists(st.lists(glyphs, max_size=8), max_size=6))
def test_only_margins_are_ever_left_out(pages: list[list[Glyph]]) -> None:
    given_pages = [PageWords(842.0, segments(page)) for page in pages]
    kept = without_running(given_pages)
    for page, left in zip(given_pages, kept, strict=True):
        gone = [segment for segment in page.segments if segment not in left]
        assert all(segment.box.y1 < 0.12 * 842 or segment.box.y0 > 0.88 * 842 for segment in gone)


@given(st.integers(2, 12), st.integers(2, 12), st.integers(8, 16))
def test_columns_are_read_whole(left: int, right: int, width: int) -> None:
    def column(x: float, count: int, letter: str) -> list[Segment]:
        return segments(
            [
                Glyph(letter, x + 12 * at, x + 12 * at + 12, 100.0 + 20 * row, 12, False, False, False, True)
                for row in range(count)
                for at in range(width)
            ]
        )

    pieces = [*column(40, left, "左"), *column(300, right, "右")]
    text = "".join(segment.text for found in flat(arrange(list(pieces))) for row in found.rows for segment in row)
    assert text == "左" * left * width + "右" * right * width
