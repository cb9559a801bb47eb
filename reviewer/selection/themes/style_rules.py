"""Style sheets of a theme: what they load lies beside them, and they hide nothing that the default theme shows.

A rule that hides may be taken over from the default theme as it stands (same sheet, condition, selector and declaration); any other hiding
would let one department's reviewers see less than another's.
"""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tinycss2

from reviewer.model.problem import Problem, ProblemKind, Severity, Where
from reviewer.model.text import Text
from reviewer.selection.themes.contract import Theme

SYNTAX = ProblemKind(
    "theme-css-syntax",
    Severity.ERROR,
    Text("樣式檔有看不懂的地方：{reason}。", "The style sheet has something that is not CSS: {reason}."),
    Text("請檢查這一行的括號、冒號與分號。", "Check brackets, colons and semicolons of this line."),
)
ADDRESS = ProblemKind(
    "theme-address",
    Severity.ERROR,
    Text("樣式檔要讀取「{address}」。", "The style sheet asks for “{address}”."),
    Text(
        "請把檔案放進主題資料夾、列在 files，只寫檔名；不能用 @import 或網址。",
        "Put the file into the theme's folder, list it under files, and write its name only; neither @import nor addresses are allowed.",
    ),
)
HIDES = ProblemKind(
    "theme-hides",
    Severity.ERROR,
    Text("「{selector}」用 {declaration} 隱藏內容。", "“{selector}” hides content by {declaration}."),
    Text("每位審查委員要看到同樣的內容；請刪掉這一行。", "All reviewers must see the same content; remove the declaration."),
)

_HIDING = (
    re.compile(r"display: *none\b"),
    re.compile(r"visibility: *(hidden|collapse)\b"),
    re.compile(r"content-visibility: *hidden\b"),
    re.compile(r"opacity: *(0(\.[0-9]+)?|\.[0-9]+|[0-9]{1,2}%)$"),
    re.compile(r"(clip|clip-path): *(?!none\b)"),
    re.compile(r"font-size: *0[a-z%]*$"),
    re.compile(r"(text-indent|left|top|right|bottom|inset[a-z-]*|margin[a-z-]*|translate): *-[0-9]{3,}"),
    re.compile(r"(max-)?(width|height|inline-size|block-size): *[01](px)?$"),
    re.compile(r"transform: *(scale|translate)"),
    re.compile(r"color: *(transparent|#0000|rgba?\([^)]*[,/] *0\))"),
)
"""Ways to take something from sight."""

_FONTS = re.compile(r"fonts/[a-z0-9-]+\.ttf")


@dataclass(frozen=True, slots=True)
class Rule:
    """One declaration with all that stands around it."""

    context: str
    """Conditions around it: `@media print`."""
    selector: str
    """Selector as written, blanks evened out; empty for `@font-face` and the like."""
    declaration: str
    """`display: none`."""
    line: int
    """Line of the sheet, from 1."""


def problems(theme: Theme, folder: Path) -> Iterator[Problem]:
    """Faults of the style sheets that a theme has of its own (for the default theme: all but what it hides, which is the measure)."""
    for entry in (*theme.styles, *theme.paper):
        if not (folder / entry).is_file():
            continue
        text = (folder / entry).read_text(encoding="utf-8")
        name = f"{theme.id}/{entry}"
        yield from _faults(text, name, frozenset(Path(file).name for file in theme.files))
        if theme.folders[0] != theme.folders[-1]:
            standing = _hidden_by_default(theme.folders[-1] / entry)
            for rule in hiding(text):
                if (rule.context, rule.selector, rule.declaration) not in standing:
                    yield HIDES.at(Where(file=name, row=rule.line), selector=rule.selector, declaration=rule.declaration)


def rules(text: str) -> Iterator[Rule]:
    """Every declaration of a sheet."""
    return _walk(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True), "")


def hiding(text: str) -> Iterator[Rule]:
    """Declarations that take something from sight."""
    return (rule for rule in rules(text) if any(way.match(rule.declaration) for way in _HIDING))


def _walk(nodes: list[Any], context: str) -> Iterator[Rule]:
    for node in nodes:
        if node.type == "qualified-rule":
            yield from _declarations(node.content, context, _even(tinycss2.serialize(node.prelude)))
        elif node.type == "at-rule" and node.content is not None:
            if node.lower_at_keyword in ("media", "supports", "layer", "container"):
                inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
                yield from _walk(inner, f"{context} @{node.lower_at_keyword} {_even(tinycss2.serialize(node.prelude))}".strip())
            else:
                yield from _declarations(node.content, f"{context} @{node.lower_at_keyword}".strip(), "")


def _declarations(content: list[Any], context: str, selector: str) -> Iterator[Rule]:
    for node in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if node.type == "declaration":
            value = _even(tinycss2.serialize(node.value)).lower()
            yield Rule(context, selector, f"{node.lower_name}: {value}", node.source_line)
        elif node.type in ("qualified-rule", "at-rule"):
            yield from _walk([node], f"{context} {selector}".strip())


def _faults(text: str, name: str, beside: frozenset[str]) -> Iterator[Problem]:
    """What is not CSS, and what would be fetched."""
    for node in _all_nodes(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)):
        where = Where(file=name, row=node.source_line)
        if node.type == "error":
            yield SYNTAX.at(where, reason=node.message.rstrip("."))
        elif node.type == "at-rule" and node.lower_at_keyword == "import":
            yield ADDRESS.at(where, address=_even(tinycss2.serialize(node.prelude)))
        elif node.type == "url" or (node.type == "function" and node.lower_name in ("url", "image-set", "src", "image")):
            address = node.value if node.type == "url" else "".join(part.value for part in node.arguments if part.type == "string")
            if address not in beside and not _FONTS.fullmatch(address):
                yield ADDRESS.at(where, address=address)


def _all_nodes(nodes: list[Any]) -> Iterator[Any]:
    for node in nodes:
        yield node
        for part in ("prelude", "content", "arguments"):
            inner = getattr(node, part, None)
            if inner:
                yield from _all_nodes(inner)


@functools.cache
def _hidden_by_default(path: Path) -> frozenset[tuple[str, str, str]]:
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    return frozenset((rule.context, rule.selector, rule.declaration) for rule in hiding(text))


def _even(text: str) -> str:
    return " ".join(text.split())
