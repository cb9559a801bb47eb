"""Words that a department hides, found however they are written. One rule for the words of a dossier, for uploads, and for the check of both.

A word is found in the form that search uses (full width, variants, capitals), with blanks, line ends or marks between its letters
(`王 小 明`, `王-小-明`, `Ana_Lee`), and percent-encoded within addresses. A Latin word must begin and end where a word may. What remains: other words
for the same thing (nicknames, romanisations that were not sent), and letters that only look alike.
"""

import functools
import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from urllib.parse import unquote

from reviewer.model.canonical import canonical_sha256
from reviewer.model.folding import folding
from reviewer.model.selection import Mask

MARKS = r"_\-‐‑–—.·‧・•∙|/*~"
"""Marks that people set between the letters of a name, in the form that search uses."""

_BETWEEN = rf"[ {MARKS}]{{0,3}}"
_BETWEEN_WORDS = rf"[ ,{MARKS}]{{0,3}}"
"""Between the parts of a Latin name a comma may stand as well: `WANG, HSIAO-MING`."""
_COURSE_CODE = r"(?<![0-9a-z])[0-9]{3}(?P<course>[0-9a-z]{6})[0-9a-z]{14}(?![0-9a-z])"
_ENCODED = re.compile(r"[^\s<>\"']*%[0-9A-Fa-f]{2}[^\s<>\"']*")
_BYTES_LEAST = 4
"""Fewer bytes stand in any picture by chance."""
_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenWord:
    """One spelling of a hidden fact."""

    word: str
    """As it was sent, or as people write it."""
    shown: str
    """What stands in its place."""
    mask: Mask
    """Which mask hides it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """All that one department hides of one applicant."""

    words: tuple[HiddenWord, ...] = ()
    """In a fixed order, each word once."""
    course_code: str = ""
    """What stands for the school's six characters within course codes, those of earlier schools too; empty when they are not hidden."""

    @property
    def sha256(self) -> str:
        """Fingerprint: the same for two departments that hide the same of an applicant."""
        return canonical_sha256(self)

    def __bool__(self) -> bool:
        return bool(self.words or self.course_code)


NOTHING = Hidden()
"""For a department without masks."""


@dataclass(frozen=True, slots=True)
class Found:
    """A hidden word in a text."""

    first: int
    """Where it begins, in characters of the text as written."""
    last: int
    """Where it ends."""
    shown: str
    """What stands in its place."""
    mask: Mask
    """Which mask hides it."""
    in_course_code: bool = False
    """Whether it is the school's part of a course code."""


class Finder:
    """Finds the words of one `Hidden`."""

    def __init__(self, hidden: Hidden) -> None:
        rows: dict[str, HiddenWord] = {}
        for word in hidden.words:
            letters = _letters(word.word)
            if letters:
                rows.setdefault(letters, word)
        self._words = sorted(rows.items(), key=lambda row: (-len(row[0]), row[0]))
        parts = [_COURSE_CODE] if hidden.course_code else []
        parts += [f"(?P<w{number}>{_pattern(letters)})" for number, (letters, _) in enumerate(self._words)]
        self._search = re.compile("|".join(parts)) if parts else _NEVER
        self._course_code = hidden.course_code
        self._needed = [set(letters) - {" "} for letters, _ in self._words]

    @functools.cached_property
    def encoded(self) -> tuple[bytes, ...]:
        """The words as bytes, in the encodings that captions and names of files are written in."""
        found: dict[bytes, None] = {}
        for _, word in self._words:
            for codec in ("utf-8", "utf-16-le", "utf-16-be", "cp950"):
                found[word.word.encode(codec, "ignore")] = None
        return tuple(data for data in found if len(data) >= _BYTES_LEAST)

    def may_tell(self, letters: AbstractSet[str]) -> bool:
        """Whether a text of these characters, as written, could hold a hidden word in any order; quick, and never wrong when it says no."""
        if "%" in letters:  # an address may say it in other letters
            return bool(self._needed or self._course_code)
        there = set(folding().letters("\n".join(letters)).text)
        if self._course_code and any(letter.isdigit() for letter in there):
            return True
        return any(needed <= there for needed in self._needed)

    def find(self, text: str) -> tuple[Found, ...]:
        """Where hidden words stand, from the left, the longest first, none within another; an address that tells once it is decoded, as a whole."""
        found = self._plain(text)
        if "%" in text:
            addresses = [(match, self._plain(_decoded(match[0]))) for match in _ENCODED.finditer(text)]
            spans = [Found(*match.span(), told[0].shown, told[0].mask) for match, told in addresses if told]
            found = (*(one for one in found if not any(span.first < one.last and one.first < span.last for span in spans)), *spans)
        return tuple(sorted(found, key=lambda one: one.first))

    def _plain(self, text: str) -> tuple[Found, ...]:
        if len(text) < 2:
            return ()
        letters = folding().letters(text)
        return tuple(self._found(match, letters.first, letters.last) for match in self._search.finditer(letters.text))

    def _found(self, match: re.Match[str], first: list[int], last: list[int]) -> Found:
        kind = match.lastgroup or ""
        begin, end = match.span(kind)
        if kind == "course":
            return Found(first[begin], last[end - 1], self._course_code, Mask.SCHOOL, in_course_code=True)
        word = self._words[int(kind[1:])][1]
        return Found(first[begin], last[end - 1], word.shown, word.mask)

    def tells(self, text: str) -> bool:
        """Whether a text holds a hidden word."""
        return bool(self.find(text))

    def text(self, text: str) -> str:
        """The text with what is shown instead in the place of every hidden word."""
        if "%" in text:
            text = _ENCODED.sub(self._address, text)
        at, out = 0, []
        for found in self.find(text):
            out += [text[at : found.first], found.shown]
            at = found.last
        return "".join((*out, text[at:])) if out else text

    def _address(self, match: re.Match[str]) -> str:
        plain = _decoded(match[0])
        return self.text(plain.replace("%", "")) if plain != match[0] and self._plain(plain) else match[0]


def within(word: str, text: str) -> bool:
    """Whether a text holds a word, in the form that search uses: 台北市 is within 臺北市立大學."""
    return folding().letters(word).text in folding().letters(text).text


@functools.lru_cache(maxsize=16)
def finder(hidden: Hidden) -> Finder:
    """The finder of these words, made once."""
    return Finder(hidden)


def _letters(word: str) -> str:
    """A word in the form that search uses; runs of blanks and marks between its parts become one blank."""
    plain = folding().letters(word).text
    return re.sub(rf"[ ,{MARKS}]+", " ", plain).strip()


def _pattern(letters: str) -> str:
    """The letters in their order. Between those of a word of digits and letters only, blanks stand between all or none: tables hold many figures."""
    if letters.isascii() and any(letter.isdigit() for letter in letters):
        plain = [letter for letter in letters if letter != " "]
        inner = f"(?:{''.join(map(re.escape, plain))}|{' '.join(map(re.escape, plain))})"
    else:
        parts = letters.split(" ")
        inner = _BETWEEN_WORDS.join(_joined(part) for part in parts)
    before = "(?<![a-z])" if _is_latin(letters[0]) else ""
    after = "(?![a-z])" if _is_latin(letters[-1]) else ""
    return before + inner + after


def _joined(part: str) -> str:
    """Chinese letters may be set apart; Latin ones by blanks only where all are (`W A N G`)."""
    if any(_is_latin(letter) for letter in part) and len(part) > 1:
        return f"(?:{re.escape(part)}|{' '.join(map(re.escape, part))})"
    return _BETWEEN.join(map(re.escape, part))


def _is_latin(letter: str) -> bool:
    return letter.isalpha() and ord(letter) < 0x250


def _decoded(address: str) -> str:
    """An address with its percent signs resolved, as often as somebody encoded it, three times at most."""
    for _ in range(3):
        plain = unquote(address, errors="replace")
        if plain == address:
            break
        address = plain
    return address
