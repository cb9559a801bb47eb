"""Markdown as all readers of a text must take it: whoever shows, searches or looks for pictures sees the same structure.

CommonMark with tables, raw HTML off. Some things are as Chinese writers mean them: every line break stays one (whoever renders writes `<br>` for
it); the wide spaces that indent a paragraph stay on its first line as on the others; emphasis may begin and end between Chinese characters and
their punctuation, where CommonMark asks for a space (`**注意：**這裡`; the rule is that of the "CJK friendly" amendment to flanking delimiters).
And nothing of a text is lost: a list of sources is no list of references, a row of a table may have more cells than its head, and what is nested
too deeply is text.
"""

import functools
import itertools
import re
import unicodedata
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.parser_block import ParserBlock
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock, reference, table
from markdown_it.rules_block.table import escapedSplit
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, emphasis
from markdown_it.token import Token

DEEPEST = 40
"""Levels of lists and quotations, a list counting two; what lies deeper is text as it was typed."""

_PICTURE_BY_REFERENCE = re.compile(r"!\[[^\]]*\](?:\[|(?![(\[]))")

_CITED = re.compile(r"\[([^\[\]]+)\](?!:)")
_DEFINED = re.compile(r"[ \t]{0,3}\[([^\[\]]+)\]:")

_INDENT = re.compile("[ \t]*(\u3000+)")

_CHINESE = re.compile("[\u1100-\u11ff\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe6f\uff00-\uffef\U00016fe0-\U0003ffff]")
"""Characters of Chinese, Japanese and Korean, and their punctuation."""


def parser(text: str, renderer: type[RendererHTML] = RendererHTML) -> MarkdownIt:
    """The parser for a text."""
    return _parser(renderer, with_references=cites_pictures(text))


def cites_pictures(text: str) -> bool:
    """Whether a picture stands in the text by reference (`![圖][1]`), with its file in a line of its own.

    Only then are lines like `[1]: …` references, and only those that are cited. Elsewhere they are what they look like, entries of a list of
    sources, and Markdown would swallow them.
    """
    return _PICTURE_BY_REFERENCE.search(text) is not None


def head_of_code(token: Token) -> str:
    """What stands beside the fence of a block of code: one word names a language and is no text, more are what somebody wrote."""
    said = token.info.strip()
    return said if len(said.split()) > 1 or not said.isascii() else ""


@functools.cache
def _parser(renderer: type[RendererHTML], *, with_references: bool) -> MarkdownIt:
    options = {"html": False, "linkify": False, "typographer": False, "breaks": True, "xhtmlOut": False, "maxNesting": DEEPEST}
    made = MarkdownIt("commonmark", options, renderer_cls=renderer)
    made.block = _Blocks()
    made.configure("commonmark", options).enable("table")
    made.disable(["html_block", "html_inline", *([] if with_references else ["reference"])])
    made.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})
    made.block.ruler.at("reference", _reference)
    made.core.ruler.after("block", "indent", _indent)
    made.inline.ruler.at("emphasis", _emphasis)
    return made


class _Blocks(ParserBlock):
    """The parser of blocks; where its own would pass over what is nested too deeply, it stays as text."""

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803 - the parser's names
        if state.level < DEEPEST:
            super().tokenize(state, startLine, endLine)
            return
        typed = state.push("code_block", "code", 0)
        typed.content = state.getLines(startLine, endLine, state.blkIndent, False)
        state.line = endLine


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A table whose rows keep the cells that its head does not have."""
    known = len(state.tokens)
    if not table(state, start, end, silent):
        return False
    made: list[Token] = []
    line, cells = 0, 0
    for token in state.tokens[known:]:
        if token.type == "tr_open" and token.map:
            line, cells = token.map[0], 0
        elif token.type in ("th_open", "td_open"):
            cells += 1
        elif token.type == "tr_close":
            made += _further_cells(state, line, cells)
        made.append(token)
    state.tokens[known:] = made
    return True


def _further_cells(state: StateBlock, line: int, cells: int) -> Iterator[Token]:
    """Cells of a line beyond so many."""
    words = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].strip(" \t")
    columns = escapedSplit(words)
    for column in columns[cells + (columns[0] == "") : len(columns) - (columns[-1] == "")]:
        yield Token("td_open", "td", 1, level=state.level, block=True)
        yield Token("inline", "", 0, map=[line, line + 1], level=state.level + 1, content=column.strip(" \t"), children=[], block=True)
        yield Token("td_close", "td", -1, level=state.level, block=True)


def _reference(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A definition that nothing cites is no definition."""
    found = _DEFINED.match(state.src, state.bMarks[start])
    if found is None:
        return False
    cited = state.env.get("cited")
    if cited is None:
        cited = state.env["cited"] = frozenset(_label(match[1]) for match in _CITED.finditer(state.src))
    return _label(found[1]) in cited and reference(state, start, end, silent)


def _label(words: str) -> str:
    return " ".join(words.split()).casefold()


def _indent(state: StateCore) -> None:
    """Give paragraphs back what the parser strips from their first lines."""
    lines = state.src.split("\n")
    for before, token in itertools.pairwise(state.tokens):
        found = _INDENT.match(lines[token.map[0]]) if before.type == "paragraph_open" and token.map else None
        if found is not None:
            token.content = found[1] + token.content


def _emphasis(state: StateInline, silent: bool) -> bool:
    start, known = state.pos, len(state.delimiters)
    if not emphasis.tokenize(state, silent):
        return False
    if state.src[start] == "*":  # `_` needs spaces around it in every language
        opens, closes = _flanks(state.src[start - 1] if start else " ", state.src[state.pos] if state.pos < state.posMax else " ")
        for delimiter in state.delimiters[known:]:
            delimiter.open, delimiter.close = opens, closes
    return True


def _flanks(before: str, after: str) -> tuple[bool, bool]:
    """Whether asterisks between two characters may open, and may close."""
    opens = not after.isspace() and (not _sets_apart(after) or before.isspace() or _is_mark(before) or _is_chinese(before))
    closes = not before.isspace() and (not _sets_apart(before) or after.isspace() or _is_mark(after) or _is_chinese(after))
    return opens, closes


def _is_chinese(character: str) -> bool:
    return _CHINESE.match(character) is not None


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def _sets_apart(character: str) -> bool:
    """Punctuation of scripts that write spaces."""
    return _is_mark(character) and not _is_chinese(character)
