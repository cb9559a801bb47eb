"""A font as the document has it: its codes, their Unicode, their widths, and the outlines that it embeds."""

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any, Final

from pdfminer.fontmetrics import FONT_METRICS
from pikepdf import Array, Dictionary, Name, Object, PdfError, Stream, String

from reviewer.attachments.normalise import cmaps
from reviewer.attachments.normalise.cmaps import CMap, Code
from reviewer.attachments.normalise.encodings import glyph_names
from reviewer.attachments.normalise.programs import Program, embedded, text_of_name

_UNICODE_ENCODINGS: Final = {"UCS2": "utf-16-be", "UTF16": "utf-16-be", "UTF8": "utf-8", "UTF32": "utf-32-be"}
_ORDERINGS: Final = {"B5": "CNS1", "CNS": "CNS1", "GB": "GB1", "RKSJ": "Japan1", "JIS": "Japan1", "KS": "Korea1", "HK": "CNS1"}
_FIXED_PITCH: Final = 1
_DEFAULT_ADVANCE: Final = -880


class SourceFont:
    """One font dictionary, read tolerantly: what is missing or of the wrong kind counts as absent."""

    def __init__(self, font: Object) -> None:
        self.dictionary = font
        self.subtype = str(font.get("/Subtype", ""))[1:]
        """`Type0`, `Type1`, `TrueType`, `Type3`, `MMType1`."""
        below = font.get("/DescendantFonts")
        first: Any = below[0] if isinstance(below, Array) and len(below) else None
        self.descendant: Object = first if isinstance(first, Dictionary) else font
        """The CIDFont of a composite font, else the font itself."""
        self.is_composite = self.subtype == "Type0"
        descriptor = self.descendant.get("/FontDescriptor")
        self.descriptor: Object = descriptor if isinstance(descriptor, Dictionary) else Dictionary()

    @cached_property
    def full_name(self) -> str:
        """PostScript name as it stands, with the tag of a subset."""
        for holder, key in ((self.dictionary, "/BaseFont"), (self.descriptor, "/FontName"), (self.dictionary, "/Name")):
            name = holder.get(key)
            if isinstance(name, Name):
                return _decoded_name(str(name)[1:])
        return "?"

    @property
    def name(self) -> str:
        """PostScript name without the tag."""
        return self.full_name[7:] if self.is_subset else self.full_name

    @property
    def is_subset(self) -> bool:
        """Whether the name bears the tag of a subset."""
        return self.full_name[6:7] == "+" and self.full_name[:6].isalpha() and self.full_name[:6].isupper()

    @cached_property
    def glyph_space(self) -> float:
        """Thousandths of an em that one unit of the widths stands for: 1 but for Type 3 fonts, which say it in their matrix."""
        matrix = self.dictionary.get("/FontMatrix")
        return _number(matrix[0], 0.001) * 1000 if self.subtype == "Type3" and isinstance(matrix, Array) and len(matrix) == 6 else 1.0

    @property
    def kind(self) -> str:
        """The kind, as reports print it."""
        return f"Type0/{str(self.descendant.get('/Subtype', '?'))[1:]}" if self.is_composite else self.subtype

    def whole(self, key: str, otherwise: int = 0) -> int:
        """Return a number of the descriptor, rounded."""
        value: Any = self.descriptor.get(key)
        return otherwise if value is None or isinstance(value, Object | bool) else int(value)

    @cached_property
    def program(self) -> Program | None:
        """The embedded font program."""
        return embedded(self.descriptor)

    @cached_property
    def cmap(self) -> CMap | None:
        """How strings fall into codes; None where the encoding is unknown."""
        if not self.is_composite:
            return cmaps.ONE_BYTE
        encoding = self.dictionary.get("/Encoding")
        if isinstance(encoding, Name):
            return cmaps.predefined(str(encoding)[1:])
        if not isinstance(encoding, Stream):
            return None
        parsed = cmaps.parse(_read(encoding))
        base_name = encoding.get("/UseCMap")
        base = cmaps.predefined(str(base_name)[1:] if isinstance(base_name, Name) else parsed.uses or "-")
        if base is None and not parsed.spaces:
            return None
        cids = (base.cids if base else {}) | parsed.cids
        return CMap(
            spaces=tuple(parsed.spaces) or (base.spaces if base else ()),
            cids=cids,
            vertical=parsed.vertical or encoding.get("/WMode") == 1,
        )

    @cached_property
    def to_unicode(self) -> dict[Code, str]:
        """What the ToUnicode table says; codes in the length that the font's strings have."""
        table = self.dictionary.get("/ToUnicode")
        if not isinstance(table, Stream):
            return {}
        texts = cmaps.parse(_read(table)).texts
        if not self.is_composite:  # some producers write one-byte codes as two bytes
            return {(1, code): text for (_, code), text in texts.items() if code <= 0xFF}
        return texts

    def text(self, code: Code) -> str:
        """Return the Unicode text of a code, empty where nothing tells."""
        stated = self.to_unicode.get(code, "")
        return stated if is_meaningful(stated) else self._composite_text(code) if self.is_composite else self._simple_text(code[1])

    def _simple_text(self, code: int) -> str:
        name = self.names.get(code, "")
        text = text_of_name(name) if name else ""
        if text or self.program is None or self.subtype != "TrueType":
            return text
        glyph = self.program.simple_glyph(code)
        point = self.program.unicode_of_glyph.get(glyph) if glyph else None
        if point is not None and not 0xE000 <= point <= 0xF8FF:
            return chr(point)
        return text_of_name(self.program.name_of_glyph(glyph)) if glyph else ""

    @cached_property
    def names(self) -> dict[int, str]:
        """Glyph names of a simple font's codes."""
        return glyph_names(self.dictionary, self.descriptor, self.program, self.name)

    def _composite_text(self, code: Code) -> str:
        assert self.cmap is not None  # noqa: S101 - codes come from splitting with it
        encoding = self.dictionary.get("/Encoding")
        encoding_name = str(encoding)[1:] if isinstance(encoding, Name) else ""
        for part, codec in _UNICODE_ENCODINGS.items():
            if encoding_name.startswith("Uni") and part in encoding_name:
                return code[1].to_bytes(code[0], "big").decode(codec, "ignore")
        cid = self.cmap.cid(code)
        texts = cmaps.collection(self._ordering(encoding_name), vertical=self.cmap.vertical)
        if texts:
            return texts.get(cid, "")
        if self.program is None:
            return ""
        if self.program.ordering not in ("", "Identity"):
            return cmaps.collection(self.program.ordering, vertical=self.cmap.vertical).get(cid, "")
        glyph = self.glyph_of_cid(cid)
        point = self.program.unicode_of_glyph.get(glyph)
        return chr(point) if point is not None and point else text_of_name(self.program.name_of_glyph(glyph))

    def _ordering(self, encoding_name: str) -> str:
        info = self.descendant.get("/CIDSystemInfo")
        ordering = info.get("/Ordering") if isinstance(info, Dictionary) else None
        stated = str(ordering) if isinstance(ordering, String) else ""
        if stated and stated not in ("Identity", "UCS"):
            return stated
        return next((name for part, name in _ORDERINGS.items() if part in encoding_name), "")

    def glyph_of_cid(self, cid: int) -> int:
        """Return the glyph that an embedded TrueType program draws for an identifier."""
        return int.from_bytes(self._glyph_map[2 * cid : 2 * cid + 2], "big") if self._glyph_map else cid

    @cached_property
    def _glyph_map(self) -> bytes:
        table = self.descendant.get("/CIDToGIDMap")
        return _read(table) if isinstance(table, Stream) else b""

    def outline(self, code: Code) -> tuple[Callable[[Any], None], int] | None:
        """Return (a function that draws the code's own outline, units per em), or None where the document does not carry it."""
        program = self.program
        if program is None:
            return None
        if self.is_composite:
            assert self.cmap is not None  # noqa: S101 - codes come from splitting with it
            cid = self.cmap.cid(code)
            return program.outline(cid=cid) if self.kind.endswith("CIDFontType0") else program.outline(glyph=self.glyph_of_cid(cid))
        named = program.outline(name=self.names.get(code[1], "")) if self.subtype != "TrueType" else None
        return named or program.outline(glyph=program.simple_glyph(code[1]))

    def width(self, code: Code) -> float:
        """Return the width of a code in thousandths of an em; 0 where the document leaves it to the font."""
        if self.is_composite:
            assert self.cmap is not None  # noqa: S101 - codes come from splitting with it
            return self._cid_widths.get(self.cmap.cid(code), _number(self.descendant.get("/DW"), 1000.0))
        widths = self.dictionary.get("/Widths")
        first = int(_number(self.dictionary.get("/FirstChar"), 0))
        if isinstance(widths, Array):
            at = code[1] - first
            return _number(widths[at], 0.0) * self.glyph_space if 0 <= at < len(widths) else float(self.whole("/MissingWidth"))
        metrics = FONT_METRICS.get(self.name)
        return float(metrics[1].get(text_of_name(self.names.get(code[1], "")), 0)) if metrics else 0.0

    @cached_property
    def _cid_widths(self) -> dict[int, float]:
        return {cid: values[0] for cid, values in _runs(self.descendant.get("/W"), 1)}

    @cached_property
    def vertical_metrics(self) -> dict[int, tuple[float, ...]]:
        """Vertical advance and origin (x, y) by identifier, where the document states them."""
        return dict(_runs(self.descendant.get("/W2"), 3))

    @property
    def vertical_default(self) -> tuple[float, float]:
        """Origin's height and advance of vertical lines (DW2)."""
        stated = self.descendant.get("/DW2")
        if isinstance(stated, Array) and len(stated) == 2:
            return _number(stated[0], 880.0), _number(stated[1], -1000.0)
        return 880.0, -1000.0


def is_meaningful(text: str) -> bool:
    """Whether a text says which character it is: nothing private, no replacement character, no control but blanks."""
    return bool(text) and not any(
        0xE000 <= ord(one) <= 0xF8FF or ord(one) >= 0xF0000 or 0xD800 <= ord(one) <= 0xDFFF or ord(one) in (0xFFFD, 0xFFFF, 0xFFFE)
        or (ord(one) < 0x20 and one not in "\t\n\r") or 0x7F <= ord(one) < 0xA0
        for one in text
    )  # fmt: skip


def _runs(listed: object, size: int) -> Iterator[tuple[int, tuple[float, ...]]]:
    """Yield the entries of W (`size` 1) or W2 (3): `c [w …]` and `first last w`."""
    items: list[Any] = list(listed) if isinstance(listed, Array) else []
    at = 0
    while at + 1 < len(items):
        first, then = items[at], items[at + 1]
        if isinstance(first, Object):
            return
        if isinstance(then, Array):
            values = [_number(one, 0.0) for one in then]
            for offset in range(len(values) // size):
                yield int(first) + offset, tuple(values[offset * size : offset * size + size])
            at += 2
        else:
            values = [_number(one, 0.0) for one in items[at + 2 : at + 2 + size]]
            if len(values) == size and not isinstance(then, Object):
                for cid in range(int(first), min(int(then), int(first) + 0xFFFF) + 1):
                    yield cid, tuple(values)
            at += 2 + size


def _number(value: Any, otherwise: float) -> float:
    return otherwise if value is None or isinstance(value, Object | bool) else float(value)


def _read(stream: Object) -> bytes:
    try:
        return stream.read_bytes()
    except PdfError:
        return b""


def _decoded_name(name: str) -> str:
    """Return a font's name readable: names in Big5 or UTF-8 bytes are what Taiwanese producers write."""
    raw = name.encode("utf-8", "surrogateescape")
    for codec in ("utf-8", "cp950"):
        try:
            return raw.decode(codec)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")
