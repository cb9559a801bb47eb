"""Whether words can be what was written: a text layer whose codes were mistaken is recognised by what no writer would write.

The measures need no dictionary. Chinese that people write consists nearly wholly of the characters that the old encodings put first because
they are common (Big5 level 1: 5,401; GB 2312 level 1: 3,755; JIS X 0208 level 1: 2,965); codes read through the wrong table fall all over the
20,992 of the block. Bytes read as Latin letters give letters with accents in rows that no language has; read as Shift JIS, half-width kana.
"""

import functools
import re
import unicodedata
from collections import Counter

LETTERS_LEAST = 12
"""Fewer letters tell nothing."""

COMMON_SHARE = 0.62
"""Common ideographs among all. Texts have 0.96 and more, lists of rare names 0.8; random ones 0.3."""

HAN_LEAST = 16
"""Ideographs from which their share is measured."""

BROKEN_SHARE = 0.12
"""Private-use characters, replacement characters and such among all letters."""

_LOST = re.compile("锟斤拷|嚙踝蕭|嚙|烫烫烫|屯屯屯|ï»¿|â€|Ã[\u0080-\u00bf]|å[\u0080-\u00bf¡-¿]|ã€")


def is_garbled(text: str, unmapped: int = 0) -> bool:
    """Whether a page's words cannot be what is drawn. `unmapped` counts glyphs for which the file gives no character."""
    letters = [letter for letter in text if not letter.isspace()]
    total = len(letters) + unmapped
    if total < LETTERS_LEAST:
        return unmapped > total / 2
    if _broken(letters) + unmapped > BROKEN_SHARE * total:
        return True
    if sum(len(found) for found in _LOST.findall(text)) > 0.08 * total:
        return True
    return _is_random_han(letters) or _is_mistaken_latin(letters) or _is_mixed(letters)


def _broken(letters: list[str]) -> int:
    return sum(1 for letter in letters if unicodedata.category(letter) in ("Cc", "Cn", "Co", "Cs") or letter == "\ufffd")


def _is_random_han(letters: list[str]) -> bool:
    han = [letter for letter in letters if "\u3400" <= letter <= "\u9fff" or letter >= "\U00020000"]
    if len(han) < HAN_LEAST:
        return False
    known = common_ideographs()
    # A character that stands everywhere on the page counts once a dozen times at most: tables repeat a rare name.
    counted = Counter({letter: min(count, 12) for letter, count in Counter(han).items()})
    return sum(count for letter, count in counted.items() if letter in known) < COMMON_SHARE * counted.total()


def _is_mistaken_latin(letters: list[str]) -> bool:
    """Letters with accents and signs of Latin-1 outnumber plain letters, or half-width kana stand among ideographs."""
    upper = sum("\u0080" <= letter <= "\u024f" and letter not in "×÷°±²³·µ©®«»§¶" for letter in letters)
    plain = sum(letter.isascii() and letter.isalpha() for letter in letters)
    if upper > 8 and upper > 0.45 * (upper + plain):
        return True
    half = sum("\uff61" <= letter <= "\uff9f" for letter in letters)
    return half > 8 and half > 0.15 * len(letters)


def _is_mixed(letters: list[str]) -> bool:
    """Letters of four and more scripts, none of them rare on the page."""
    scripts = Counter(script for letter in letters if (script := _script(letter)))
    foreign = [count for script, count in scripts.items() if script not in ("LATIN", "CJK", "HIRAGANA", "KATAKANA", "BOPOMOFO", "GREEK")]
    return len(foreign) >= 3 and sum(foreign) > 0.2 * len(letters)


@functools.lru_cache(maxsize=20_000)
def _script(letter: str) -> str:
    if not letter.isalpha():
        return ""
    return unicodedata.name(letter, "").partition(" ")[0]


@functools.cache
def common_ideographs() -> frozenset[str]:
    """Ideographs of the first levels of Big5, GB 2312 and JIS X 0208."""
    return frozenset(_decoded("big5", range(0xA4, 0xC7)) + _decoded("gb2312", range(0xB0, 0xD8)) + _decoded("euc_jp", range(0xB0, 0xD0)))


def _decoded(encoding: str, leads: range) -> str:
    trails = [*range(0x40, 0x7F), *range(0xA1, 0xFF)]
    pairs = (bytes((lead, trail)) for lead in leads for trail in trails)
    return "".join(letter for pair in pairs if "\u4e00" <= (letter := pair.decode(encoding, "replace")) <= "\u9fff" and len(letter) == 1)
