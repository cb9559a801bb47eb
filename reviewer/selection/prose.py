"""The published one-line form of what a department takes, as a grammar: parse and print, each the other's inverse.

    line     = [ heading ":" ] section { "、" section } [ "。" ]
    section  = name [ "(" item { "、" item } ")" ]
    item     = code [ "." own-name ]
    own-name = text whose brackets match; or 「text」, in which 」 is written twice

Brackets, points, commas and codes may be full or half width, blanks may stand between them; names keep the characters that they have. Within
其他 a comma ends an item only where a code follows with its point, another comma or the bracket, so that names may hold commas and letters:
`R.多益(TOEIC)、托福成績`.
"""

import re
import unicodedata
from dataclasses import dataclass, field

from reviewer.model.problem import Problem, ProblemKind, Severity, Where
from reviewer.model.text import Text

PROSE = ProblemKind(
    "prose",
    Severity.ERROR,
    Text(
        "第 {column} 個字「{found}」看不懂，這裡應是{expected}。",
        "Character {column}, “{found}”, cannot be read; {expected} is expected here.",
    ),
    Text(
        "請照這個寫法：修課紀錄(A)、課程學習成果(B、C)、多元表現(F、J、N)、其他(R.個人資料表)。",
        "Write it like 修課紀錄(A)、課程學習成果(B、C)、其他(R.名稱).",
    ),
)

SECTION_NAMES = ("修課紀錄", "課程學習成果", "多元表現綜整心得", "多元表現", "學習歷程自述", "其他")
"""Longer names before those that they begin with."""

_OPEN, _CLOSE = "(（〔[【", ")）〕]】"
_COMMAS, _POINTS = "、，,；;﹑", ".．。:：﹒"
_CODE = re.compile(r"[A-Z](?:-?[0-9]{1,2})?(?![A-Za-z0-9])")
_NEXT_ITEM = re.compile(r"[、，,；;﹑]\s*[A-Z](?:-?[0-9]{1,2})?\s*[.．。:：﹒、，,；;﹑)）〕\]】]")


@dataclass(frozen=True, slots=True)
class Item:
    """A code, and for a department's own its name."""

    code: str
    """`J`, `B-1`, `R`."""
    name: str = ""
    """本系個人資料表; empty where the code names itself."""


@dataclass(frozen=True, slots=True)
class ProseSection:
    """One section of the line."""

    name: str
    """One of SECTION_NAMES."""
    items: tuple[Item, ...] = field(default_factory=tuple)
    """Empty where the name stands alone: 修課紀錄."""


@dataclass(frozen=True, slots=True)
class Prose:
    """A line, parsed."""

    sections: tuple[ProseSection, ...]
    """In the line's order."""


class ProseFault(Exception):
    """The line is not of the grammar."""

    def __init__(self, place: int, found: str, expected: Text) -> None:
        super().__init__(f"{place}: {found!r}")
        self.place, self.found, self.expected = place, found, expected
        """Character from 0, what stands there, what should."""

    def problem(self, where: Where) -> Problem:
        """The fault for people."""
        return PROSE.at(where, column=self.place + 1, found=self.found or Text("行尾", "end of line"), expected=self.expected)


def parse(line: str) -> Prose:
    """Read a line; raises `ProseFault`."""
    return _Parser(line).line()


def show(prose: Prose) -> str:
    """Print a line, in half-width brackets as it is published."""
    return "、".join(_show_section(section) for section in prose.sections)


def _show_section(section: ProseSection) -> str:
    if not section.items:
        return section.name
    return f"{section.name}({'、'.join(_show_item(item) for item in section.items)})"


def _show_item(item: Item) -> str:
    if not item.name:
        return item.code
    plain = (
        item.name == item.name.strip()
        and not item.name.startswith("「")
        and _balanced(item.name)
        and not _NEXT_ITEM.search(_folded(item.name) + ")")
    )
    return f"{item.code}.{item.name}" if plain else f"{item.code}.「{item.name.replace('」', '」」')}」"


def _balanced(name: str) -> bool:
    depth = 0
    for character in name:
        depth += (character in _OPEN) - (character in _CLOSE)
        if depth < 0:
            return False
    return depth == 0 and not name.endswith(tuple(_COMMAS))


def _folded(text: str) -> str:
    """Every character that has a one-character half-width form in it; lengths stay."""
    return "".join(folded if len(folded := unicodedata.normalize("NFKC", character)) == 1 else character for character in text)


class _Parser:
    """Recursive descent over the folded line; names are taken from the line as it was written."""

    def __init__(self, line: str) -> None:
        self.line_as_written = line
        self.text = _folded(line)
        self.place = 0

    def line(self) -> Prose:
        self._heading()
        sections = [self._section()]
        while self._take(_COMMAS):
            sections.append(self._section())
        self._take("。.")
        if self._peek():
            raise self._fault(Text("頓號或行尾", "a comma or the end"))
        return Prose(tuple(sections))

    def _heading(self) -> None:
        """`審查資料：` before the first section."""
        self._blank()
        if self.text.startswith(SECTION_NAMES, self.place):
            return
        found = re.compile(r"[^、()]{1,20}?[:]\s*").match(self.text, self.place)
        if found and self.text.startswith(SECTION_NAMES, found.end()):
            self.place = found.end()

    def _section(self) -> ProseSection:
        self._blank()
        name = next((name for name in SECTION_NAMES if self.text.startswith(name, self.place)), "")
        if not name:
            raise self._fault(Text("部分的名稱（修課紀錄、課程學習成果、多元表現、學習歷程自述、其他）", "the name of a section"))
        self.place += len(name)
        if not self._take(_OPEN):
            return ProseSection(name)
        items = [self._item()]
        while self._take(_COMMAS):
            items.append(self._item())
        if not self._take(_CLOSE):
            raise self._fault(Text("頓號或右括號", "a comma or a closing bracket"))
        return ProseSection(name, tuple(items))

    def _item(self) -> Item:
        self._blank()
        match = _CODE.match(self.text, self.place)
        if match is None:
            raise self._fault(Text("代碼", "a code"))
        self.place = match.end()
        code = match[0] if "-" in match[0] or len(match[0]) == 1 else f"{match[0][0]}-{match[0][1:]}"
        return Item(code, self._name()) if self._take(_POINTS) else Item(code)

    def _name(self) -> str:
        self._blank()
        start = self.place
        name = self._quoted() if self._peek() == "「" else self._bare()
        if not name:
            self.place = start
            raise self._fault(Text("名稱", "a name"))
        return name

    def _bare(self) -> str:
        """Up to the bracket that closes the section, or a comma before the next code."""
        start, depth = self.place, 0
        while self.place < len(self.text):
            character = self.text[self.place]
            if depth == 0 and (character in _CLOSE or _NEXT_ITEM.match(self.text, self.place)):
                break
            depth += (character in _OPEN) - (character in _CLOSE)
            self.place += 1
        return self.line_as_written[start : self.place].strip()

    def _quoted(self) -> str:
        start = self.place + 1
        self.place = start
        while True:
            end = self.text.find("」", self.place)
            if end < 0:
                raise self._fault(Text("」", "」"))
            if self.text.startswith("」」", end):
                self.place = end + 2
                continue
            self.place = end + 1
            return self.line_as_written[start:end].replace("」」", "」")

    def _peek(self) -> str:
        self._blank()
        return self.text[self.place : self.place + 1]

    def _take(self, characters: str) -> bool:
        if self._peek() and self._peek() in characters:
            self.place += 1
            return True
        return False

    def _blank(self) -> None:
        while self.place < len(self.text) and self.text[self.place].isspace():
            self.place += 1

    def _fault(self, expected: Text) -> ProseFault:
        return ProseFault(self.place, self.line_as_written[self.place : self.place + 8], expected)
