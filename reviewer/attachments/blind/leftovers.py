"""What is left in a document beside its content streams once words are taken out: tables to Unicode, names, texts, the words within pictures."""

import contextlib
import re
from typing import Any, Final

from pikepdf import Array, Dictionary, Name, Object, Pdf, PdfError, Stream, String

from reviewer.attachments.blind.lettering import Lettering
from reviewer.attachments.normalise.cmaps import Code
from reviewer.attachments.normalise.replace import to_unicode
from reviewer.attachments.sanitise.photographs import without_metadata
from reviewer.attachments.sanitise.streams import filter_names
from reviewer.model.hiding import Finder

_WORDS: Final = re.compile(rb"[#(]|<[0-9A-Fa-f]|/[A-Za-z]{2}")
"""Whether an object's own text holds names or strings worth a look."""

_JPX_WORDS: Final = frozenset({b"xml ", b"uuid", b"uinf"})


class Names:
    """Gives names and strings that tell another form, the same name the same one throughout a document."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder
        self._known: dict[str, str] = {}
        self._made = 0

    def of(self, name: str) -> str:
        """What stands for a name (with its slash)."""
        if name not in self._known:
            tells = self._finder.tells(_readable(name[1:]))
            self._made += tells
            self._known[name] = f"/Hidden{self._made}" if tells else name
        return self._known[name]

    @property
    def any_tell(self) -> bool:
        """Whether a name had to be changed."""
        return self._made > 0

    def tells(self, text: object) -> bool:
        """Whether a string tells."""
        return self._finder.tells(_readable(str(text)))


def sweep(pdf: Pdf, names: Names, *, change: bool) -> bool:
    """Look over every dictionary and array; with `change`, give names and strings that tell another form. Return whether any tells."""
    told = False
    thing: Any
    for thing in pdf.objects:
        holder = thing.stream_dict if isinstance(thing, Stream) else thing
        if isinstance(holder, Dictionary | Array) and _WORDS.search(holder.unparse(resolved=True)):
            told |= _sweep(holder, names, change=change, depth=0)
    return told


def _sweep(holder: Any, names: Names, *, change: bool, depth: int) -> bool:
    told = False
    for key in sorted(holder.keys()) if isinstance(holder, Dictionary) else range(len(holder)):
        value = holder[key]
        if isinstance(value, Name) and names.of(str(value)) != str(value):
            told = True
            if change:
                holder[key] = Name(names.of(str(value)))
        elif isinstance(value, String) and names.tells(value):
            told = True
            if change:
                holder[key] = String("")
        elif isinstance(value, Dictionary | Array) and not value.is_indirect and depth < 8:
            told |= _sweep(value, names, change=change, depth=depth + 1)
        if isinstance(key, str) and names.of(key) != key:
            told = True
            if change:
                holder[names.of(key)] = holder[key]
                del holder[key]
    return told


def prune_unicode(pdf: Pdf, font: Object, lettering: Lettering, shown: set[Code]) -> None:
    """Leave in a font's table to Unicode only the codes that are still shown."""
    cmap = lettering.source.cmap
    if cmap is None or not isinstance(font.get("/ToUnicode"), Stream):
        return
    texts = {code: text for code, text in lettering.source.to_unicode.items() if code in shown}
    font["/ToUnicode"] = pdf.make_stream(to_unicode(cmap.spaces, texts))


def clean_pictures(pdf: Pdf, finder: Finder, *, change: bool) -> bool:
    """Take captions out of pictures that sanitising passed over: JPEG within another filter, JPEG 2000. Return whether any tells."""
    told = False
    thing: Any
    for thing in pdf.objects:
        if not isinstance(thing, Stream) or thing.get("/Subtype") != "/Image":
            continue
        last = filter_names(thing)[-1:]
        if last not in (["/DCTDecode"], ["/JPXDecode"]):
            continue
        try:
            raw = thing.read_raw_bytes() if len(filter_names(thing)) == 1 else _outer_decoded(pdf, thing)
        except PdfError:
            continue
        if not any(word in raw for word in finder.encoded):
            continue
        told = True
        if change:
            clean = without_metadata(raw) if last == ["/DCTDecode"] else _without_boxes(raw)
            thing.write(clean, filter=Name(last[0]))
    return told


def _outer_decoded(pdf: Pdf, picture: Object) -> bytes:
    """The bytes of the picture's own format, the filters around it undone. Raises PdfError where they cannot be."""
    outer = Stream(pdf, b"")
    outer.write(picture.read_raw_bytes(), filter=Array([Name(name) for name in filter_names(picture)[:-1]]))
    return outer.read_bytes()


def _without_boxes(jpx: bytes) -> bytes:
    """A JPEG 2000 file without its boxes of words (ISO 15444-1, annex I); a bare code stream as it is."""
    kept, at = [], 0
    while at + 8 <= len(jpx):
        size, kind = int.from_bytes(jpx[at : at + 4], "big"), jpx[at + 4 : at + 8]
        size = len(jpx) - at if size == 0 else int.from_bytes(jpx[at + 8 : at + 16], "big") if size == 1 else size
        if size < 8 or at + size > len(jpx):
            break
        if kind not in _JPX_WORDS:
            kept.append(jpx[at : at + size])
        at += size
    return b"".join((*kept, jpx[at:]))


def _readable(text: str) -> str:
    """Names are bytes: those of other codes come as surrogates or as Latin letters; what they are in Taiwan's codes is looked at as well."""
    raw = text.encode("utf-8", "surrogateescape")
    readings = [text.encode("utf-8", "replace").decode("utf-8")]
    if not raw.isascii():
        for codec in ("utf-8", "cp950"):
            try:
                readings.append(raw.decode(codec))
            except UnicodeDecodeError:
                continue
        with contextlib.suppress(UnicodeError):
            readings.append(text.encode("latin-1").decode("utf-8"))
    return "¶".join(readings)
