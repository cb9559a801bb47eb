"""The normalisation, and the way back to what was written."""

import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reviewer.search.folding import folding, folding_tables, units, units_length, whole
from reviewer.search.query import CARRIED, FIELDS, SOURCES
from reviewer.search.snippets import decode_edits, snippet, title, written
from reviewer.search.spool import _document, decode, encode, record
from tests.unit.search.cohort import cohort

CHECKOUT = Path(__file__).parents[3]
LETTERS = st.text(st.sampled_from("臺台機器人ＡaBé，,（ \u3000\n\t\u200b𠮷\u0301ﬁ㈱ｶﾞ\ue001한\u1100\u1161ᾳΣς\ud800"), max_size=60)


@pytest.mark.parametrize(
    ("sent", "normal"),
    [
        ("臺灣大學", "台灣大學"),
        ("ＡＩ　機器 人", "ai機器人"),
        ("machine \n learning", "machine learning"),
        ("Python 程式", "python程式"),
        ("e\u0301te\u0301", "été"),
        ("ﬁn ㈱ Ⅳ", "fin (株) iv"),
        ("ΑΣ", "ας".replace("ς", "σ")),
        ("J\u030c", "ǰ"),
        ("第一，第二", "第一,第二"),
        ("𠮷 野", "𠮷野"),
        ("a\u200bb\u202e", "ab"),
        ("裏面 着手", "裡面著手"),
        ("\U00031350\u0301", "\U00031350\u0301"),
        ("   ", ""),
    ],
)
def test_what_counts_as_the_same(sent: str, normal: str) -> None:
    assert folding().text(sent) == normal


@given(LETTERS)
@example("a \u0301\uff9e")
def test_folding_twice_changes_nothing(text: str) -> None:
    once = folding().text(text)
    assert folding().text(once) == once


@given(st.lists(LETTERS, max_size=4))
def test_everything_written_can_be_shown_again(segments: list[str]) -> None:
    kept = [segment for segment in (each.replace("\ud800", "\ufffd") for each in segments) if folding().text(segment)]
    text, edits = _document(tuple(kept), {})
    spread, spots = units(text), tuple(decode_edits(units(edits)))
    shown = written(spread, spots, 0, len(spread), marked=False)
    assert shown == "\n".join(kept).translate(str.maketrans("\n\r\t", "   "))


@given(LETTERS, st.data())
def test_a_hit_is_marked_in_its_original_spelling(text: str, data: st.DataObject) -> None:
    normal, edits = _document((text,), {})
    if not normal:
        return
    start = data.draw(st.integers(0, len(normal) - 1))
    term = normal[start : start + data.draw(st.integers(1, 4))].strip()
    if not term:
        return
    pieces = snippet(units(normal), units(edits), [units(term)])
    hits = [piece.text for piece in pieces if piece.hit]
    assert hits
    assert all(term in folding().text(hit) or units(term) in units(folding().text(hit)) for hit in hits)


def test_units_are_those_of_browsers() -> None:
    assert units_length("𠮷野a") == len(units("𠮷野a")) == 4
    assert whole(units("𠮷野a")) == "𠮷野a"


def test_names_of_fields_and_values_are_spelled_as_queries_are_folded() -> None:
    assert [name for name in (*FIELDS, *SOURCES, *CARRIED) if folding().text(name) != name] == []


def test_a_record_comes_back_as_it_went() -> None:
    for number, documents in cohort(5, seed=1).items():
        made = record(number, documents)
        line = encode(made).decode("utf-16-le")
        back = decode(line)
        assert back is not None
        assert (whole(back.text), back.head, whole(back.edits)) == (made.text, made.head, made.edits)
        assert line.count("\n") == 1


def test_the_school_s_own_character_is_found_by_what_it_is_mapped_to() -> None:
    text, edits = _document(("王\ue001明，好",), {"\ue001": "堃"})
    assert text == "王堃明,好"
    assert title(units(text), units(edits)) == "王\ue001明，好"


def test_the_tables_are_what_their_writer_writes() -> None:
    run = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; sys.path.insert(0, 'tools'); import write_folding; sys.stdout.buffer.write(write_folding.text().encode())",
        ],
        cwd=CHECKOUT,
        capture_output=True,
        check=True,
    )
    assert run.stdout == (CHECKOUT / "reviewer/model/data/folding.json").read_bytes()


def test_folding_covers_unicode_14() -> None:
    assert folding_tables()["unicode"] == "14.0.0"
    assert unicodedata.unidata_version >= "14.0.0"
