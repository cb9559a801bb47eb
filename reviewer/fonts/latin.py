"""Latin letters that the project's typeface lacks: which characters the Latin face draws, and which runs of a text are set in it.

Tâi-lô, Pe̍h-ōe-jī and the names of indigenous peoples need letters and marks that Noto Sans TC lacks (U+030D, U+0358, ⁿ, ŋ, ʉ, Ḻ …), and it places
marks on Bopomofo only. Noto Sans has them and places them. The rule:

- It draws letters, modifier letters and combining marks of Latin, Greek and Cyrillic; never punctuation, symbols, digits or other scripts.
- Alone it draws only what Noto Sans TC lacks, and is asked before the machine's fallback faces.
- A mark and its letter come from one face. So a word, with what hyphens and apostrophes join to it, is set in it as a whole where it holds a
  character that Noto Sans TC lacks or any combining mark: a letter and a mark as two characters (e and U+0301) are drawn right, and sent on as they came.
- Tone marks of Bopomofo (ˊ ˇ ˋ ˙ …) are Noto Sans TC's, and end a word.
"""

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator

from reviewer.fonts.coverage import covered
from reviewer.fonts.faces import latin_faces, project_faces

_BLOCKS = (
    range(0x41, 0x5B),  # ASCII
    range(0x61, 0x7B),
    range(0xC0, 0x530),  # Latin, phonetic and modifier letters, combining marks, Greek, Cyrillic
    range(0x1AB0, 0x1B00),  # combining marks extended
    range(0x1C80, 0x1C90),  # Cyrillic extended C
    range(0x1D00, 0x2000),  # phonetic extensions, combining marks supplement, Latin extended additional, Greek extended
    range(0x2071, 0x20A0),  # superscript and subscript letters
    range(0x2C60, 0x2C80),  # Latin extended C
    range(0x2DE0, 0x2E00),  # Cyrillic extended A
    range(0xA640, 0xA6A0),  # Cyrillic extended B
    range(0xA700, 0xA800),  # tone letters, Latin extended D
    range(0xAB30, 0xAB70),  # Latin extended E
    range(0xFB00, 0xFB07),  # Latin ligatures
    range(0xFE20, 0xFE30),  # combining half marks
    range(0x10780, 0x107C0),  # Latin extended F
    range(0x1DF00, 0x1E000),  # Latin extended G
)
_BOPOMOFO_TONES = frozenset(map(ord, "\u02c7\u02c9\u02ca\u02cb\u02d9\u02ea\u02eb"))
_JOINERS = "-\u2010\u2011'\u2019"
_BEARERS = "0-9\u00a0\u25cc"
"""Digits, a fixed blank and the dotted circle belong to a word where a mark stands on them."""


def is_latin(code_point: int) -> bool:
    """Whether a character is one that the Latin face may draw: a letter, a modifier letter or a mark of Latin, Greek or Cyrillic."""
    if code_point in _BOPOMOFO_TONES or not any(code_point in block for block in _BLOCKS):
        return False
    category = unicodedata.category(chr(code_point))
    return category[0] in "LM" or category == "Sk"


@functools.cache
def wanting() -> frozenset[int]:
    """Characters for whose sake a word is set in the Latin face: what Noto Sans TC lacks, and combining marks."""
    typeface = covered(project_faces()[0])
    return frozenset(point for point in _letters() if point not in typeface or _is_mark(point))


@functools.cache
def alphabet() -> frozenset[int]:
    """Every character that a run in the Latin face can hold: what its subset is cut to, as far as it occurs."""
    return _letters().union(map(ord, _JOINERS), map(ord, "0123456789\u00a0\u25cc")) & covered(latin_faces()[0])


def is_wanted(code_points: Iterable[int]) -> bool:
    """Whether any of these characters sets a word in the Latin face."""
    return not wanting().isdisjoint(code_points)


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Cut a text into pieces, each with whether it is a run in the Latin face; joined they are the text."""
    wanted, word = _patterns()
    if not wanted.search(text):
        yield text, False
        return
    done = 0
    for match in word.finditer(text):
        if wanted.search(match[0]):
            if match.start() > done:
                yield text[done : match.start()], False
            yield match[0], True
            done = match.end()
    if done < len(text):
        yield text[done:], False


def has_runs(text: str) -> bool:
    """Whether a text holds a character for whose sake a run may be set in the Latin face."""
    return _patterns()[0].search(text) is not None


@functools.cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A character that wants the Latin face; a word."""
    marks = _class(point for point in _letters() if _is_mark(point))
    letters = _class(point for point in _letters() if not _is_mark(point))
    unit = f"(?:[{letters}]|[{_BEARERS}](?=[{marks}]))[{marks}]*"
    return re.compile(f"[{_class(wanting())}]"), re.compile(f"{unit}(?:[{re.escape(_JOINERS)}]{{0,2}}{unit})*")


@functools.cache
def _letters() -> frozenset[int]:
    return frozenset(filter(is_latin, covered(latin_faces()[0])))


def _is_mark(code_point: int) -> bool:
    return unicodedata.category(chr(code_point)).startswith("M")


def _class(code_points: Iterable[int]) -> str:
    """Code points as the inside of a character class, neighbours as spans."""
    spans: list[list[int]] = []
    for point in sorted(code_points):
        if spans and spans[-1][1] == point - 1:
            spans[-1][1] = point
        else:
            spans.append([point, point])
    return "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in spans)
