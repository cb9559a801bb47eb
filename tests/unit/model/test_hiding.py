"""Hidden words are found however they are written, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.model.hiding import NOTHING, Hidden, HiddenWord, finder
from reviewer.model.selection import Mask


def word(text: str, shown: str = "○", mask: Mask = Mask.NAME) -> HiddenWord:
    return HiddenWord(word=text, shown=shown, mask=mask)


HIDDEN = Hidden(
    words=(
        word("王小明", "○同學"),
        word("Ana Lee", "○同學"),
        word("臺北市立示範高中", "○○○", Mask.SCHOOL),
        word("示範高中", "○○○", Mask.SCHOOL),
        word("350301", "○○○○○○", Mask.SCHOOL),
    ),
    course_code="○○○○○○",
)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("我是王小明。", "我是○同學。"),
        ("王 小\u3000明", "○同學"),
        ("王\n小\n明", "○同學"),
        ("王-小_明、王．小．明", "○同學、○同學"),
        ("王\u200b小\ufe00明", "○同學"),
        ("ＡＮＡ　Ｌｅｅ", "○同學"),
        ("ana_lee@example.org", "○同學@example.org"),
        ("A N A  L E E", "○同學"),
        ("台北市立 示範高中", "○○○"),
        ("112350301H11101A1010101", "112○○○○○○H11101A1010101"),
        ("113123456H11101A1010101", "113○○○○○○H11101A1010101"),
        ("3 5 0 3 0 1、350301", "○○○○○○、○○○○○○"),
        ("https://a.example/%E7%8E%8B%E5%B0%8F%E6%98%8E.pdf 好", "https://a.example/○同學.pdf 好"),
        ("ANA, lee", "○同學"),
        ("王⼩明", "○同學"),
        ("https://a.example/%25E7%258E%258B%25E5%25B0%258F%25E6%2598%258E", "https://a.example/○同學"),
    ],
)
def test_it_is_found_however_it_is_written(written: str, shown: str) -> None:
    assert finder(HIDDEN).tells(written)
    assert finder(HIDDEN).text(written) == shown
    assert not finder(HIDDEN).tells(shown)


@pytest.mark.parametrize(
    "text",
    [
        "王大明",
        "王，小明",
        "小明",
        "王",
        "Banalee",
        "Ana Leet",
        "35 03 01",
        "0350 302",
        "100%",
        "%E7%8E%8B",
        "https://a.example/%",
        "",
    ],
)
def test_nothing_else_is_found(text: str) -> None:
    assert finder(HIDDEN).find(text) == ()
    assert finder(HIDDEN).text(text) == text


def test_without_hidden_words_nothing_is_changed() -> None:
    assert not NOTHING
    assert finder(NOTHING).text("王小明") == "王小明"


def test_places_count_characters_as_written() -> None:
    (found,) = finder(HIDDEN).find("𠮷：王 小 明！")
    assert (found.first, found.last, found.mask) == (2, 7, Mask.NAME)


HAN = st.sampled_from("王小明陳怡君林志豪𠮷堃臺台裏裡")
BETWEEN = st.sampled_from(["", " ", "\n", "\u3000", "-", "_", "・", "\u200b", " - "])
WIDE = str.maketrans({chr(0x21 + place): chr(0xFF01 + place) for place in range(94)})


@given(st.lists(HAN, min_size=2, max_size=5), st.text(max_size=20), st.text(max_size=20), st.lists(BETWEEN, min_size=5, max_size=5))
def test_any_name_between_any_texts(letters: list[str], before: str, after: str, between: list[str]) -> None:
    name = "".join(letters)
    hidden = Hidden(words=(word(name),))
    written = "".join(letter + gap for letter, gap in zip(letters, [*between[: len(letters) - 1], ""], strict=True))
    text = before + written + after
    find = finder(hidden)
    assert find.tells(text)
    assert find.may_tell(set(text))
    first, last = find.find(text)[0].first, find.find(text)[-1].last
    assert first <= len(before)
    assert last >= min(len(before) + len(written), last)
    assert not find.tells(find.text(text).replace("○", "¶"))


@given(
    st.from_regex(r"[a-z]{2,8}( [a-z]{2,8}){0,2}", fullmatch=True), st.sampled_from([str.upper, str.title, lambda one: one.translate(WIDE)])
)
def test_any_latin_name_in_any_width_and_case(name: str, write: object) -> None:
    find = finder(Hidden(words=(word(name),)))
    assert callable(write)
    assert find.tells(f"a, {write(name)}; b")
    assert not find.tells(f"x{name}y".replace(" ", ""))


@given(st.text(max_size=60))
def test_what_tells_nothing_stays_as_it_is(text: str) -> None:
    find = finder(HIDDEN)
    assert find.tells(text) or find.text(text) == text
    assert not find.tells(text) or find.may_tell(set(text)) or "%" in text
