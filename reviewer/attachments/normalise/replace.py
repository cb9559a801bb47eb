"""Writes a font of ours in the place of a document's: the codes stay, the widths stay, the glyphs and the names are new."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pikepdf import Array, Dictionary, Name, Object, Pdf

from reviewer.attachments.normalise.cmaps import Code
from reviewer.attachments.normalise.source import SourceFont

_ENTRIES_MOST: Final = 100
"""Entries of one section of a CMap (Adobe technical note 5014)."""
_WIDTH_UNSTATED: Final = 1000
"""Default width of a font that states none (ISO 32000-2, table 115)."""
_CMAP: Final = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo << /Registry ({registry}) /Ordering ({ordering}) /Supplement 0 >> def
/CMapName /{name} def /CMapType {kind} def{mode}
{spaces}
{sections}
endcmap CMapName currentdict /CMap defineresource pop end end
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """All that is needed to write one font."""

    source: SourceFont
    """The font whose place is taken."""
    glyphs: dict[Code, int]
    """Glyph of each code that is shown, in the shared subset."""
    advances: dict[Code, float]
    """Width of each code in thousandths of an em."""
    texts: dict[Code, str]
    """Unicode of the codes for which it is known."""


def write(pdf: Pdf, one: Replacement, name: str, descriptor: Object) -> None:
    """Turn the font's dictionary into a Type 0 font over the shared subset that the descriptor embeds."""
    source = one.source
    cmap = source.cmap
    assert cmap is not None  # noqa: S101 - a font without one is never replaced
    cids = _identifiers(one)
    font = source.dictionary
    for key in sorted(font.keys()):
        del font[key]
    font["/Type"], font["/Subtype"] = Name.Font, Name.Type0
    font["/BaseFont"] = Name(f"/{name}")
    glyph_map = pdf.make_stream(_glyph_map({cids[code]: glyph for code, glyph in one.glyphs.items()}))
    descendant = _descendant(name, descriptor, glyph_map)
    widths = {cids[code]: _short(width) for code, width in one.advances.items()}
    default = _default_width(widths.values())
    descendant.DW = default
    descendant.W = _width_array({cid: width for cid, width in widths.items() if width != default})
    if cmap.vertical:
        _write_vertical(descendant, source, one, cids)
    font["/DescendantFonts"] = Array([pdf.make_indirect(descendant)])
    if _is_identity(one):
        font["/Encoding"] = Name("/Identity-V" if cmap.vertical else "/Identity-H")
    else:
        encoding = pdf.make_stream(_encoding(one, cids, vertical=cmap.vertical))
        encoding.Type, encoding.CMapName = Name.CMap, Name("/Reviewer-Codes")
        encoding.CIDSystemInfo = Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0)
        if cmap.vertical:
            encoding.WMode = 1
        font["/Encoding"] = encoding
    font["/ToUnicode"] = pdf.make_stream(to_unicode(cmap.spaces, one.texts))


def write_unused(pdf: Pdf, font: Object, name: str, descriptor: Object) -> None:
    """Turn a font that shows nothing into an empty one of ours: operators may still select it, and it may be one that was not embedded."""
    for key in sorted(font.keys()):
        del font[key]
    font["/Type"], font["/Subtype"] = Name.Font, Name.Type0
    font["/BaseFont"], font["/Encoding"] = Name(f"/{name}"), Name("/Identity-H")
    font["/DescendantFonts"] = Array([pdf.make_indirect(_descendant(name, descriptor, pdf.make_stream(_glyph_map({}))))])


def _descendant(name: str, descriptor: Object, glyph_map: Object) -> Object:
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=Name(f"/{name}"),
        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        FontDescriptor=descriptor,
        CIDToGIDMap=glyph_map,
    )


def _is_identity(one: Replacement) -> bool:
    return all(length == 2 for length, _ in one.glyphs) and one.source.is_composite


def _identifiers(one: Replacement) -> dict[Code, int]:
    """Return new identifiers: the codes themselves where they can be, else numbers in the order of the codes."""
    if _is_identity(one) or not one.source.is_composite:
        return {code: code[1] for code in one.glyphs}
    return {code: number for number, code in enumerate(sorted(one.glyphs), 1)}


def _glyph_map(glyphs: dict[int, int]) -> bytes:
    table = bytearray(2 * (max(glyphs, default=0) + 1))
    for cid, glyph in glyphs.items():
        table[2 * cid : 2 * cid + 2] = glyph.to_bytes(2, "big")
    return bytes(table)


def _default_width(widths: Iterable[float]) -> int:
    """The most frequent whole width; the others are listed. ISO 32000 asks for an integer, and Poppler takes 1000 for any other default."""
    whole = Counter(width for width in widths if isinstance(width, int))
    return whole.most_common(1)[0][0] if whole else _WIDTH_UNSTATED


def _width_array(widths: dict[int, float]) -> Array:
    runs: list[object] = []
    last = -2
    for cid in sorted(widths):
        if cid == last + 1:
            runs[-1].append(widths[cid])  # type: ignore[attr-defined]
        else:
            runs.extend([cid, [widths[cid]]])
        last = cid
    return Array([Array(part) if isinstance(part, list) else part for part in runs])


def _write_vertical(descendant: Object, source: SourceFont, one: Replacement, cids: dict[Code, int]) -> None:
    assert source.cmap is not None  # noqa: S101 - see write
    descendant["/DW2"] = Array([_short(value) for value in source.vertical_default])
    stated: list[object] = []
    for code in sorted(one.glyphs):
        metrics = source.vertical_metrics.get(source.cmap.cid(code))
        if metrics is not None:
            stated.extend([cids[code], Array([_short(value) for value in metrics])])
    if stated:
        descendant["/W2"] = Array(stated)


def _encoding(one: Replacement, cids: dict[Code, int], *, vertical: bool) -> bytes:
    assert one.source.cmap is not None  # noqa: S101 - see write
    entries = [f"<{code:0{2 * length}x}> {cids[length, code]}" for length, code in sorted(one.glyphs)]
    return _CMAP.format(
        registry="Adobe",
        ordering="Identity",
        name="Reviewer-Codes",
        kind=1,
        mode=" /WMode 1 def" if vertical else "",
        spaces=_spaces(one.source.cmap.spaces),
        sections=_sections("cidchar", entries),
    ).encode()


def to_unicode(spaces: Iterable[tuple[int, int, int]], texts: dict[Code, str]) -> bytes:
    """A table to Unicode: the code space ranges of the strings, and what each code stands for."""
    entries = [
        f"<{code:0{2 * length}x}> <{texts[length, code].encode('utf-16-be', 'surrogatepass').hex()}>" for length, code in sorted(texts)
    ]
    return _CMAP.format(
        registry="Adobe",
        ordering="UCS",
        name="Adobe-Identity-UCS",
        kind=2,
        mode="",
        spaces=_spaces(spaces),
        sections=_sections("bfchar", entries),
    ).encode()


def _spaces(spaces: Iterable[tuple[int, int, int]]) -> str:
    listed = [f"<{low:0{2 * length}x}> <{high:0{2 * length}x}>" for length, low, high in spaces]
    return f"{len(listed)} begincodespacerange {' '.join(listed)} endcodespacerange"


def _sections(kind: str, entries: list[str]) -> str:
    parts = [entries[at : at + _ENTRIES_MOST] for at in range(0, len(entries), _ENTRIES_MOST)]
    return "\n".join(f"{len(part)} begin{kind}\n" + "\n".join(part) + f"\nend{kind}" for part in parts)


def _short(value: float) -> float | int:
    rounded = round(value, 3)
    return int(rounded) if rounded == int(rounded) else rounded
