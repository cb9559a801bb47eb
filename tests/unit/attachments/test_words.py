"""Characters, words and addresses: what joining, judging and finding rest on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.attachments.reading import letters
from reviewer.attachments.reading.addresses import addresses_in
from reviewer.attachments.reading.mojibake import is_garbled

TEXT = "我在高一時參加科學展覽，第一次學會把問題拆開來想，也學會在失敗的時候先看紀錄，再決定下一步。"
ENGLISH = "The purpose of this experiment is to understand how rainfall influences turbidity in a small stream."

SOUND = {
    "chinese": TEXT,
    "english": ENGLISH,
    "mixed": "使用 Python 3.12 與 Arduino，p < 0.05，溫度 25 °C，誤差 ±0.3，β = 2.1，Σx² ≥ 4",
    "simplified": "我在高一时参加科学展览，第一次学会把问题拆开来想，也学会在失败的时候先看记录，再决定下一步。",
    "japanese": "私は高校一年生のとき科学展に参加し、初めて問題を分けて考えることを学びました。",
    "french": "Élève de première, j'étudie à Taïwan où j'ai déjà présenté un exposé à l'école.",
    "bopomofo": "ㄅㄆㄇㄈ注音符號的教學設計與回饋，國小二年級的孩子們最喜歡猜謎遊戲。",
    "romanised": "Tâi-uân ê gín-á lóng ài tha̍k-tsheh，台語羅馬字讀本共讀紀錄，每週兩篇。",
    "names": "評審：游錫堃、陶喆、王建煊、龔明鑫、簡又新、邰智源、洪蘭、鄧瑋、呂紹煒、林昀儒、戴資穎、莊智淵",
    "table": "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20",
    "short": "封面",
    "empty": "",
}
BROKEN = {
    "private-use": "".join(chr(0xE000 + step) for step in range(30)),
    "half-private": TEXT[:20] + "".join(chr(0xE000 + step) for step in range(8)),
    "replacement": "\ufffd" * 20,
    "utf8-as-latin1": TEXT.encode().decode("latin-1"),
    "utf8-as-cp1252": TEXT.encode().decode("cp1252", "replace"),
    "big5-as-latin1": TEXT.encode("cp950").decode("latin-1"),
    "big5-as-shift-jis": TEXT.encode("cp950").decode("cp932", "replace"),
    "big5-as-gbk": TEXT.encode("cp950").decode("gbk", "replace"),
    "utf8-as-big5": TEXT.encode().decode("cp950", "replace"),
    "utf8-as-gbk": TEXT.encode().decode("gbk", "replace"),
    "lost-in-gbk": "锟斤拷锟斤拷锟斤拷锟斤拷",
    "glyph-numbers": "".join(chr(0x4E00 + 7 * ord(letter) % 20000) for letter in TEXT),
}


@pytest.mark.parametrize("case", SOUND)
def test_what_people_write_is_sound(case: str) -> None:
    assert not is_garbled(SOUND[case])


@pytest.mark.parametrize("case", BROKEN)
def test_what_nobody_writes_is_garbled(case: str) -> None:
    assert is_garbled(BROKEN[case])


def test_glyphs_without_characters_make_words_garbled() -> None:
    assert is_garbled(TEXT, unmapped=10)
    assert not is_garbled(TEXT, unmapped=2)


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("我的學習", "歷程", "我的學習歷程"),
        ("a small", "stream", "a small stream"),
        ("the experi-", "ment", "the experiment"),
        ("the experi\u00ad", "ment", "the experiment"),
        ("Anglo-", "American", "Anglo-American"),
        ("https://example.org/", "page", "https://example.org/page"),
        ("使用 Python", "整理", "使用 Python整理"),
        ("", "字", "字"),
    ],
)
def test_lines_are_joined(before: str, after: str, joined: str) -> None:
    assert letters.join(before, after) == joined


@given(st.text(alphabet="學習歷程檔案，。", min_size=1), st.text(alphabet="學習歷程檔案，。", min_size=1))
def test_joining_ideographs_invents_nothing(before: str, after: str) -> None:
    assert letters.join(before, after) == before + after


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("• 一", "• "),
        ("1. 第一步", "1. "),
        ("（一）觀察", "（一）"),
        ("一、動機", "一、"),
        ("① 測量", "① "),
        ("3.5 公分", ""),
        ("A) one", "A) "),
        ("一百個", ""),
    ],
)
def test_list_marks(text: str, mark: str) -> None:
    assert letters.list_mark(text) == mark


def test_kangxi_radicals_and_ligatures_become_what_they_look_like() -> None:
    assert [letters.as_written(code) for code in (0x2F00, 0xFB01, 0x4E00)] == ["一", "fi", "一"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("參考 https://example.org/a?b=1。", ("https://example.org/a?b=1",)),
        ("ｈｔｔｐｓ：／／ｅｘａｍｐｌｅ．ｏｒｇ／ａ", ("https://example.org/a",)),
        ("(見 www.example.edu.tw)", ("www.example.edu.tw",)),
        ("短網址 reurl.cc/AbC12，影片 youtu.be/x-y_z", ("reurl.cc/AbC12", "youtu.be/x-y_z")),
        ("https://zh.wikipedia.org/wiki/臺灣_(島)", ("https://zh.wikipedia.org/wiki/",)),
        ("https://example.org/a_(b)", ("https://example.org/a_(b)",)),
        ("寄到 someone@www.example.org", ()),
        ("https://example.org https://example.org", ("https://example.org",)),
        ("沒有網址", ()),
    ],
)
def test_addresses_are_found(text: str, found: tuple[str, ...]) -> None:
    assert addresses_in(text) == found


@given(st.text())
def test_every_address_stands_in_the_text(text: str) -> None:
    assert all(address for address in addresses_in(text))
