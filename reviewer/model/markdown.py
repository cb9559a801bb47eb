"""Markdown as all readers of a text must take it: whoever shows, searches or looks for pictures sees the same structure.

CommonMark with tables, raw HTML off. Four things are as Chinese writers mean them: a list of sources is no list of references; every line break
stays one (whoever renders writes `<br>` for it); the wide spaces that indent a paragraph stay on its first line as on the others; and emphasis may begin and end between Chinese characters and their punctuation, where
CommonMark asks for a space (`**注意：**這裡`; the rule is that of the "CJK friendly" amendment to CommonMark's flanking delimiters).
"""

import functools
import itertools
import re
import unicodedata

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, emphasis

_PICTURE_BY_REFERENCE = re.compile(r"!\[[^\]]*\](?:\[|(?![(\[]))")

_INDENT = re.compile("[ \t]*(\u3000+)")

_CHINESE = re.compile("[\u1100-\u11ff\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe6f\uff00-\uffef\U00016fe0-\U0003ffff]")
"""Characters of Chinese, Japanese and Korean, and their punctuation."""


def parser(text: str, renderer: type[RendererHTML] = RendererHTML) -> MarkdownIt:
    """The parser for a text."""
    return _parser(renderer, with_references=cites_pictures(text))


def cites_pictures(text: str) -> bool:
    """Whether a picture stands in the text by reference (`![圖][1]`), with its file in a line of its own.

    Only then are lines like `[1]: …` references. Elsewhere they are what they look like, entries of a list of sources, and Markdown would swallow them.
    """
    return _PICTURE_BY_REFERENCE.search(text) is not None


@functools.cache
def _parser(renderer: type[RendererHTML], *, with_references: bool) -> MarkdownIt:
    options = {"html": False, "linkify": False, "typographer": False, "breaks": True, "xhtmlOut": False}
    made = MarkdownIt("commonmark", options, renderer_cls=renderer).enable("table")
    made.disable(["html_block", "html_inline", *([] if with_references else ["reference"])])
    made.core.ruler.after("block", "indent", _indent)
    made.inline.ruler.at("emphasis", _emphasis)
    return made


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
