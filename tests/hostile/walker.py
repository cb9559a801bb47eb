"""Walks what was built and names everything in it that could run, reach out, or lead away. Tested on bad input itself."""

import io
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from reviewer.attachments.sanitise.findings import ACTION_TYPES, ACTIVE_KEYS
from reviewer.render.environment import PAGE_CHECK

_ADDRESSES = {
    "src",
    "href",
    "srcset",
    "poster",
    "data",
    "action",
    "formaction",
    "cite",
    "background",
    "xlink:href",
    "manifest",
    "ping",
    "codebase",
}
_ELEMENTS = {"iframe", "object", "embed", "base", "form", "applet", "frame", "portal", "foreignobject", "use", "animate", "set"}
_OWN_SCRIPTS = ("theme/", "../theme/", "data/", "../data/")
_PDF_TYPES = {"/EmbeddedFile", "/3D", "/FileAttachment", "/Movie", "/RichMedia", "/Screen", "/Sound", "/Widget"}


def walk(folder: Path) -> list[str]:
    """Everything in a department's folder that should not be there, each with its file."""
    found = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found.append(f"{name}: a link")
        elif path.suffix == ".html" or name.endswith("theme/logo.svg"):  # the university's own picture is read as strictly as a page
            found += [f"{name}: {what}" for what in in_page(path.read_text(encoding="utf-8"))]
        elif path.suffix == ".pdf":
            found += [f"{name}: {what}" for what in in_pdf(path.read_bytes())]
        elif path.suffix in (".svg", ".exe", ".htm", ".xhtml"):
            found.append(f"{name}: a kind of file that runs")
    return found


def in_page(text: str) -> list[str]:
    """Scripts that are not ours, event attributes, styles in attributes, elements and addresses that lead out."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self._in_script = tag == "script" and "src" not in values
        if tag in _ELEMENTS:
            self.found.append(f"<{tag}>")
        if tag == "script" and "src" in values and not values["src"].startswith(_OWN_SCRIPTS):
            self.found.append(f"script {values['src']}")
        for name, value in values.items():
            if name.startswith("on") or name in ("style", "srcdoc"):
                self.found.append(f"{tag} {name}={value[:40]}")
            for address in value.split(",") if name == "srcset" else (value,) if name in _ADDRESSES else ():
                if ":" in address or address.strip().startswith(("/", "\\")):
                    self.found.append(f"{tag} {name}={address[:40]}")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self._in_script = False

    def handle_endtag(self, tag: str) -> None:
        self._in_script = False

    def handle_data(self, data: str) -> None:
        if self._in_script and data != PAGE_CHECK:
            self.found.append(f"script {data[:40]}")

    def handle_pi(self, data: str) -> None:
        self.found.append(f"<?{data[:40]}")


def in_pdf(pdf: bytes) -> list[str]:
    """Actions but jumps within the document, scripts, embedded files, media, forms, in every object whether it is used or not."""
    with Pdf.open(io.BytesIO(pdf)) as document:
        return [what for thing in [document.Root, document.trailer, *document.objects] for what in _look(thing, 0)]


def _look(thing: Any, depth: int) -> Iterator[str]:
    if isinstance(thing, Array):
        for item in thing:
            yield from _inner(item, depth)
    elif isinstance(thing, Dictionary | Stream):
        for key in set(thing.keys()):
            value: Any = thing.get(key)
            if key in ACTIVE_KEYS | {"/AcroForm"}:
                yield key
            elif isinstance(value, Name) and (
                (key == "/S" and str(value) in ACTION_TYPES) or (key in ("/Type", "/Subtype") and str(value) in _PDF_TYPES)
            ):
                yield f"{key} {value}"
            yield from _inner(value, depth)


def _inner(value: Any, depth: int) -> Iterator[str]:
    if isinstance(value, Object) and not value.is_indirect and depth < 40:
        yield from _look(value, depth + 1)
