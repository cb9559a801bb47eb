"""How values are said."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.model.portfolio import Score
from reviewer.model.text import seen
from reviewer.render import phrases
from reviewer.render.words import PLAIN
from tests import factories


@pytest.mark.parametrize(
    ("raw", "value", "shown"),
    [
        ("85", "85", "85"),
        ("85.50", "85.50", "85.5"),
        ("100", "1E+2", "100"),
        ("-1", None, "—"),
        ("", None, "—"),
        ("通過", None, "通過"),
        ("T", None, "T"),
    ],
)
def test_marks(raw: str, value: str | None, shown: str) -> None:
    assert phrases.mark(Score(raw=raw, value=None if value is None else Decimal(value))) == shown


def test_a_standing_names_its_population() -> None:
    assert phrases.standing_view("校", Decimal("13.6"), factories.distribution()).sentence == "前 13.6 % · 母體 412 人"
    assert phrases.standing_view("校", None, factories.distribution()).sentence == "無法推估 · 母體 412 人"
    assert phrases.standing_view("校", None, None).sentence == "未公布分布"


@pytest.mark.parametrize(("size_bytes", "shown"), [(1, "1 KB"), (348_160, "340 KB"), (1_234_567, "1.2 MB"), (10_485_760, "10.0 MB")])
def test_sizes(size_bytes: int, shown: str) -> None:
    assert phrases.size(size_bytes) == shown


@pytest.mark.parametrize(("seconds", "shown"), [(0, ""), (7.4, "7 秒"), (60, "1 分 00 秒"), (125, "2 分 05 秒")])
def test_lengths(seconds: float, shown: str) -> None:
    assert phrases.length(seconds) == shown


def test_text_is_cut_at_blank_lines_only() -> None:
    made = phrases.paragraphs("一\r\n二\r\n\r\n　\n三\n", PLAIN)
    assert [paragraph.words.plain for paragraph in made] == ["一\n二", "三"]


@given(st.text())
def test_no_character_but_blanks_is_lost(text: str) -> None:
    shown = "".join(paragraph.words.plain for paragraph in phrases.paragraphs(text, PLAIN))
    blanks = "\n\r\t \u3000"
    assert [one for one in shown if one not in blanks] == [one for one in seen(text.replace("\r", "\n")) if one not in blanks]


@pytest.mark.parametrize(
    ("text", "language"),
    [("I would like to learn how rivers work.", "en"), ("DNA", ""), ("溶氧（dissolved oxygen, DO）與電導度", ""), ("", "")],
)
def test_english_passages(text: str, language: str) -> None:
    assert phrases.language_of(text) == language
