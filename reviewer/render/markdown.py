"""Markdown of `.md` parts to HTML: raw HTML off, pictures only from the package, addresses as text.

Defends: the text is the applicant's. markdown-it-py is told to show raw HTML as text; every rule that would write an attribute from the text
(links, pictures, cells of tables) is replaced by ours. What remains is structure: headings, lists, tables, quotes, emphasis, code.
"""
# ruff: noqa: ARG002 - the parser calls every rule with the same four arguments

import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup, escape

from reviewer.model.markdown import head_of_code, parser
from reviewer.render import phrases
from reviewer.render.shapes.material import ImageView
from reviewer.render.words import PLAIN, Lettering

HEADING_SHIFT = 4
"""An entry's heading is h4: `#` becomes h5, everything deeper h6."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture that a text names."""

    images: tuple[ImageView, ...] = ()
    """Its widths, ascending; empty when it cannot be shown."""
    rest: tuple[tuple[ImageView, ...], ...] = ()
    """The further parts of a strip that was cut, each likewise."""
    reason: str = ""
    """Why it cannot be shown."""


def prose(text: str, pictures: Mapping[str, Picture] | None = None, letters: Lettering = PLAIN, *, shift: int = HEADING_SHIFT) -> Markup:
    """Render a Markdown text. Pictures are looked up by the name that the text uses; headings stand `shift` levels below what the text says."""
    environment = {
        "pictures": {_key(name): picture for name, picture in (pictures or {}).items()},
        "letters": letters,
        "addresses": [],
        "shift": shift,
        "level": shift,
    }
    html = parser(text, _Renderer).render(text, environment)
    return Markup(html)  # noqa: S704 - every text and attribute in it went through our renderer or the parser's own escaping


def _key(name: str) -> str:
    return posixpath.normpath(unquote(name)).removeprefix("./")


class _Renderer(RendererHTML):
    """The parser's renderer with our rules for text, headings, tables, addresses and pictures."""

    def text(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        return str(env["letters"].markup(tokens[idx].content))

    def code_inline(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        return f"<code>{env['letters'].markup(tokens[idx].content)}</code>"

    def code_block(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        return f"<pre><code>{env['letters'].markup(tokens[idx].content)}</code></pre>\n"

    def fence(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        said = head_of_code(tokens[idx])
        return (f"<p>{env['letters'].markup(said)}</p>\n" if said else "") + self.code_block(tokens, idx, options, env)

    def paragraph_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        language = phrases.language_of(tokens[idx + 1].content)
        return "" if tokens[idx].hidden else (f'<p lang="{language}">' if language else "<p>")

    def paragraph_close(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        if not tokens[idx].hidden:
            return "</p>\n"
        return "" if tokens[idx + 1].type == "list_item_close" else "\n"

    def heading_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        env["level"] = _level(tokens[idx], env)
        return f'<h{env["level"]} class="prose-{tokens[idx].tag}">'

    def heading_close(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        return f"</h{env['level']}>\n"

    def table_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        return str(_TABLE_OPEN.format(label=env["letters"].say("表格")))

    def table_close(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        return "</table></div>\n"

    def th_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        return f'<th scope="col"{_side(tokens[idx])}>'

    def td_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        return f"<td{_side(tokens[idx])}>"

    def link_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        address = str(tokens[idx].attrs.get("href", ""))
        says_it_itself = unquote(tokens[idx + 1].content) == unquote(address)
        env["addresses"].append((address, says_it_itself, str(tokens[idx].attrs.get("title", ""))))
        return str(_ADDRESS_OPEN) if says_it_itself else '<span class="link-text">'

    def link_close(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        address, says_it_itself, title = env["addresses"].pop()
        letters = env["letters"]
        more = letters.markup(letters.say("（{words}）", words=title)) if title else Markup()
        words = more if says_it_itself else more + Markup("</span>") + _ADDRESS_OPEN + letters.markup(_readable(address))
        return str(words + _ADDRESS_CLOSE.format(plain=address, copy=letters.say("複製")))

    def image(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        token = tokens[idx]
        words = self.renderInlineAsText(token.children or (), options, env)
        title = str(token.attrs.get("title", ""))
        picture = env["pictures"].get(_key(str(token.attrs.get("src", ""))))
        if picture is not None and picture.images:
            caption = _CAPTION.format(env["letters"].markup(title)) if title and title != words else ""
            parts = (_picture(images, words if not number else "") for number, images in enumerate((picture.images, *picture.rest)))
            return "".join((*parts, caption))
        letters, say = env["letters"], env["letters"].say
        reason = picture.reason if picture is not None and picture.reason else say("這張圖片不在檔案中。")
        said = " ".join(dict.fromkeys(part for part in (words, title) if part))
        what = say("（圖片：{words}）", words=said) if said else say("（圖片）")
        return str(_NO_PICTURE.format(words=letters.markup(what), reason=escape(reason)))


def _level(token: Token, env: Any) -> int:
    """A text that begins with `##`, or goes from `#` to `###`, leaves no level out: whoever listens to headings would look for what is missing."""
    return min(6, int(token.tag[1:]) + int(env["shift"]), int(env["level"]) + 1)


def _readable(address: str) -> str:
    """The address with its letters of other scripts written out; what would end it, or look like something else, stays in percent signs."""
    return _ESCAPED.sub(_letters, address)


def _letters(match: re.Match[str]) -> str:
    try:
        written = bytes.fromhex(match[0].replace("%", "")).decode("utf-8")
    except ValueError:
        return match[0]
    return written if written.isprintable() else match[0]


def _side(token: Token) -> str:
    """The class of a cell that a text puts to the right or in the middle."""
    side = str(token.attrs.get("style", "")).removeprefix("text-align:")
    return f' class="cell-{side}"' if side in ("right", "center") else ""


def _picture(images: tuple[ImageView, ...], words: str) -> Markup:
    small, large = images[0], images[-1]
    return _PICTURE.format(
        source=small.source, width=small.width_px, height=small.height_px, words=words, large=large.source, largest=large.width_px
    )


_ESCAPED = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")
"""Bytes beyond ASCII in percent signs."""

_TABLE_OPEN = Markup('<div class="prose-table" role="group" aria-label="{label}" tabindex="0"><table>\n')
_ADDRESS_OPEN = Markup('<span class="address"><span class="address-text">')
_ADDRESS_CLOSE = Markup('</span><button type="button" class="copy" data-module="copy" data-copy="{plain}" hidden>{copy}</button></span>')
_PICTURE = Markup(
    '<img class="prose-picture" src="{source}" srcset="{source} {width}w, {large} {largest}w" sizes="(min-width: 720px) 640px, 100vw" '
    'width="{width}" height="{height}" alt="{words}" loading="lazy" decoding="async">'
)
_CAPTION = Markup('<span class="prose-caption">{}</span>')
_NO_PICTURE = Markup('<span class="absent">{words}{reason}</span>')
