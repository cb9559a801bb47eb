"""What a page, a style sheet or a script of ours names: addresses, the places that can be named, the words."""

import html.parser
import re
from collections.abc import Iterable
from dataclasses import dataclass

_ADDRESS_ATTRIBUTES = frozenset({"href", "src", "poster", "data", "action", "formaction", "cite", "background", "xlink:href"})
_CSS_ADDRESS = re.compile(r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^)"'\s]*))\s*\)|@import\s+(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SCRIPT_ADDRESS = re.compile(r"""(?:https?|wss?|ftp):?//[^\s"'`)]+""")
_NAMESPACES = ("http://www.w3.org/",)
"""Names of XML vocabularies: never fetched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """What a page says, as far as the check cares."""

    addresses: tuple[str, ...]
    """Everything that a browser would follow or load, in order."""
    ids: frozenset[str]
    """Places that a fragment can name."""
    words: str
    """Text and the attributes that are read to people."""


def read_page(text: str) -> PageFacts:
    """Read a page; tolerant, as browsers are."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return PageFacts(addresses=tuple(reader.addresses), ids=frozenset(reader.ids), words="\n".join(reader.words))


def read_places(pieces: Iterable[str]) -> PageFacts:
    """Read a long page piece by piece, without its words: those of a whole cohort are not worth holding."""
    reader = _Reader()
    for piece in pieces:
        reader.feed(piece)
        reader.words.clear()
    reader.close()
    return PageFacts(addresses=tuple(reader.addresses), ids=frozenset(reader.ids), words="")


def read_style(text: str) -> tuple[str, ...]:
    """Addresses in a style sheet."""
    found = _CSS_ADDRESS.findall(_CSS_COMMENT.sub("", text))
    return tuple(next((part for part in parts if part), "") for parts in found)


def read_script(text: str) -> tuple[str, ...]:
    """Network addresses in a script, names of XML vocabularies excepted."""
    return tuple(address for address in _SCRIPT_ADDRESS.findall(text) if not address.startswith(_NAMESPACES))


class _Reader(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.addresses: list[str] = []
        self.ids: set[str] = set()
        self.words: list[str] = []
        self._raw = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._raw = tag if tag in ("style", "script") else ""
        values = {name: value or "" for name, value in attrs}
        for name, value in values.items():
            self._attribute(tag, name, value)
        if tag == "meta" and values.get("http-equiv", "").lower() == "refresh":
            self.addresses.append(values.get("content", "").partition("=")[2])

    def _attribute(self, tag: str, name: str, value: str) -> None:
        if name in ("id", "name") and (name == "id" or tag == "a"):
            self.ids.add(value)
        elif name in _ADDRESS_ATTRIBUTES and value:
            self.addresses.append(value)
        elif name in ("srcset", "imagesrcset"):
            self.addresses += [candidate.split()[0] for candidate in value.split(",") if candidate.strip()]
        elif name == "style":
            self.addresses += read_style(value)
        elif name in ("title", "alt", "content", "value", "placeholder") or name.startswith(("aria-", "data-")):
            self.words.append(value)

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - html.parser's signature
        self._raw = ""

    def handle_data(self, data: str) -> None:
        if self._raw == "style":
            self.addresses += read_style(data)
        elif self._raw == "script":
            self.addresses += read_script(data)
        self.words.append(data)
