"""Facts about characters that joining words and lines needs."""

import functools
import re
import unicodedata

from reviewer.model.folding import folding

_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_ENDS = "。！？!?；;：:…」』）)】》〉"
_LIST = re.compile(
    r"(?:[•●○◦▪■□◆◇★☆▶►‣➢➤✓✔※\u25aa\uf0b7\uf06c\uf0d8\uf0fc]\s*"
    r"|[-–—*]\s+"
    r"|[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[a-zA-Z])[)）、]\s*"
    r"|\d{1,2}[.．](?=\D|$)\s*"
    r"|[壹貳參肆伍陸柒捌玖拾]{1,2}[、.．]\s*"
    r"|[①-⑳㈠-㈩➀-➓]\s*)"
)  # fmt: skip


@functools.lru_cache(maxsize=20_000)
def is_wide(letter: str) -> bool:
    """Whether a character stands in an ideograph's cell, and so is never parted from its neighbours by a blank."""
    return unicodedata.east_asian_width(letter) in "WF" or "\ue000" <= letter <= "\uf8ff"


def as_written(code_point: int) -> str:
    """The character meant. Producers write ligatures, and radicals for the ideographs that look like them, where a font has one glyph for both."""
    if code_point in _LIGATURES:
        return _LIGATURES[code_point]
    if 0x2F00 <= code_point <= 0x2FD5:
        return unicodedata.normalize("NFKC", chr(code_point))
    if 0x2E80 <= code_point <= 0x2EF3:
        return folding().variants.get(chr(code_point), chr(code_point))
    return chr(code_point)


def is_control(code_point: int) -> bool:
    """Whether a code point cannot stand for anything drawn."""
    return code_point < 0x20 or 0x7F <= code_point < 0xA0 or 0xD800 <= code_point <= 0xDFFF or code_point in (0xFFFD, 0xFFFE, 0xFFFF)


def list_mark(text: str) -> str:
    """The mark with which a list's item begins, or nothing."""
    found = _LIST.match(text)
    return found[0] if found else ""


def ends_sentence(text: str) -> bool:
    """Whether a line ends where a sentence may."""
    return text.rstrip()[-1:] in tuple(_ENDS + ".")


def join(before: str, after: str) -> str:
    """Join two lines of a paragraph: nothing between ideographs, a blank between words, a hyphenated word made whole."""
    if not before or not after:
        return before + after
    last, first = before[-1], after[0]
    if last in "\u00ad\u2010\u0002":
        return before[:-1] + after
    if last == "-" and before[-2:-1].isalpha() and first.islower() and not is_wide(before[-2]):
        return before[:-1] + after
    if is_wide(last) or is_wide(first) or last.isspace() or first.isspace():
        return before + after
    if last in "/-" and not before[-2:-1].isspace():
        return before + after
    return before + " " + after


def weight(text: str) -> float:
    """Length of words as an eye measures it: an ideograph counts one, a letter a half."""
    return sum(1.0 if is_wide(letter) else 0.5 for letter in text)
