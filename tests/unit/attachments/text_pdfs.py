"""PDFs with text in every kind of font that producers write; made when the tests run."""

import io
from pathlib import Path
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from tests.hostile.pdfs import page_of, saved

LIBERATION = Path("/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf")


def _page(pdf: Pdf, font: Object, shown: bytes, *, before: bytes = b"") -> None:
    page = page_of(pdf, before + b"BT /F1 12 Tf 20 150 Td " + shown + b" ET")
    page.Resources = Dictionary(Font=Dictionary(F1=pdf.make_indirect(font)))


def hexadecimal(codes: bytes) -> bytes:
    return b"<" + codes.hex().encode() + b">"


def composite(codes: bytes, encoding: str, ordering: str, **entries: Any) -> bytes:
    """A Chinese font that is not embedded, as offices of the nineties and report programs write it."""
    with Pdf.new() as pdf:
        _page(pdf, composite_font(encoding, ordering, **entries), hexadecimal(codes) + b" Tj")
        return saved(pdf)


def composite_font(encoding: str | Object, ordering: str, *, name: str = "PMingLiU", **entries: Any) -> Object:
    descriptor = Dictionary(Type=Name.FontDescriptor, FontName=Name(f"/{name}"), Flags=4, StemV=60, FontBBox=Array([0, -200, 1000, 900]))
    below = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType0 if ordering != "Identity" else Name.CIDFontType2,
        BaseFont=Name(f"/{name}"),
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String(ordering), Supplement=0),
        FontDescriptor=descriptor,
        DW=1000,
    )
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=Name(f"/{name}"),
        Encoding=Name(f"/{encoding}") if isinstance(encoding, str) else encoding,
    )
    for key, value in entries.items():
        (font if key == "ToUnicode" else descriptor if key.startswith("Font") else below)[f"/{key}"] = value
    font.DescendantFonts = Array([below])
    return font


def to_unicode(pdf: Pdf, texts: dict[int, str], digits: int = 4) -> Object:
    entries = "\n".join(f"<{code:0{digits}x}> <{text.encode('utf-16-be').hex()}>" for code, text in texts.items())
    return pdf.make_stream(
        f"begincmap 1 begincodespacerange <{'0' * digits}> <{'f' * digits}> endcodespacerange {len(texts)} beginbfchar\n{entries}\nendbfchar endcmap".encode()
    )


def simple(shown: bytes, name: str = "Helvetica", **entries: Any) -> bytes:
    """A one-byte font that is not embedded."""
    with Pdf.new() as pdf:
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name(f"/{name}"))
        for key, value in entries.items():
            font[f"/{key}"] = value
        _page(pdf, font, hexadecimal(shown) + b" Tj")
        return saved(pdf)


def identity_without_unicode() -> bytes:
    return composite(b"\x00\x24\x00\x25", "Identity-H", "Identity")


def custom_cmap() -> bytes:
    """An embedded CMap of its own, of one-byte and two-byte codes, over Adobe-CNS1."""
    with Pdf.new() as pdf:
        cmap = pdf.make_stream(
            b"begincmap 2 begincodespacerange <00> <7f> <8100> <ffff> endcodespacerange\n"
            b"1 begincidrange <20> <7e> 1 endcidrange 2 begincidchar <8101> 595 <8102> 596 endcidchar endcmap"
        )
        cmap.Type, cmap.CMapName = Name.CMap, Name("/Own")
        _page(pdf, composite_font(cmap, "CNS1"), hexadecimal(b"A\x81\x01b\x81\x02") + b" Tj")
        return saved(pdf)


def embedded(texts: str, *, with_unicode: bool, ligature: bool = False, mode: int = 0, shift: int = 0) -> bytes:
    """An embedded TrueType font under Identity-H, the codes being its glyphs."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - a slow import, used here only

    face = TTFont(LIBERATION)
    cmap, ids = face.getBestCmap(), face.getReverseGlyphMap()
    glyphs = [ids[cmap[ord(character)]] for character in texts]
    unicode = dict(zip(glyphs, texts[shift:] + texts[:shift], strict=True))
    if ligature:
        glyphs.append(ids[cmap[0xFB01]])
        unicode[glyphs[-1]] = "fi"
    widths: list[Any] = []
    for glyph in sorted(set(glyphs)):
        widths += [glyph, Array([round(face["hmtx"][face.getGlyphName(glyph)][0] * 1000 / 2048)])]
    with Pdf.new() as pdf:
        font = composite_font("Identity-H", "Identity", name="ABCDEF+LiberationSerif", W=Array(widths), CIDToGIDMap=Name.Identity)
        program = pdf.make_stream(LIBERATION.read_bytes())
        font.DescendantFonts[0].FontDescriptor.FontFile2 = program
        if with_unicode:
            font.ToUnicode = to_unicode(pdf, unicode)
        codes = b"".join(glyph.to_bytes(2, "big") for glyph in glyphs)
        _page(pdf, font, f"{mode} Tr ".encode() + hexadecimal(codes) + b" Tj")
        return saved(pdf)


def type3() -> bytes:
    with Pdf.new() as pdf:
        glyph = pdf.make_stream(b"600 0 d0 0 0 500 500 re f")
        font = Dictionary(
            Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, 0, 600, 600]), FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
            CharProcs=Dictionary(a=glyph), Encoding=Dictionary(Differences=Array([97, Name.a])), FirstChar=97, LastChar=97, Widths=Array([600]),
        )  # fmt: skip
        _page(pdf, font, b"(aaa) Tj")
        return saved(pdf)


def browser_type3(text: str, *, coloured: bool = False, unit: float = 0.001) -> bytes:
    """A Type 3 font of outlines with a table to Unicode, as browsers print fonts that they cannot embed."""
    with Pdf.new() as pdf:
        widths = [1000 if ord(character) > 0x2000 else 550 for character in text]
        start = b"%d 0 d0 1 0 0 rg " if coloured else b"%d 0 0 0 900 900 d1 "
        glyphs = {f"/g{code}": pdf.make_stream(start % width + b"50 0 m 450 0 l 450 700 l f") for code, width in enumerate(widths)}
        font = Dictionary(
            Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, 0, 1000, 1000]), FontMatrix=Array([unit, 0, 0, unit, 0, 0]),
            CharProcs=Dictionary(glyphs), Encoding=Dictionary(Differences=Array([0, *(Name(name) for name in glyphs)])),
            FirstChar=0, LastChar=len(text) - 1, Widths=Array(widths), ToUnicode=to_unicode(pdf, dict(enumerate(text)), 2),
        )  # fmt: skip
        _page(pdf, font, hexadecimal(bytes(range(len(text)))) + b" Tj")
        return saved(pdf)


def everywhere() -> bytes:
    """Text in a form, a pattern, a soft mask, by TJ and both quotes, under q and Q; a font in the resources that shows nothing."""
    with Pdf.new() as pdf:
        fonts = Dictionary(
            F1=pdf.make_indirect(composite_font("UniCNS-UCS2-H", "CNS1")),
            F2=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/Times-Roman")),
        )
        page = page_of(
            pdf,
            b"q BT /F1 12 Tf 20 150 Td [" + hexadecimal("甲".encode("utf-16-be")) + b" -50 " + hexadecimal("乙".encode("utf-16-be")) + b"] TJ ET Q "
            b"BT /F1 9 Tf 12 TL 20 120 Td " + hexadecimal("丙".encode("utf-16-be")) + b" ' 1 2 " + hexadecimal("丁".encode("utf-16-be")) + b' " ET /Fm Do',
        )  # fmt: skip
        form = pdf.make_stream(b"BT /F1 12 Tf 20 50 Td " + hexadecimal("戊".encode("utf-16-be")) + b" Tj ET")
        form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 200, 200])
        form.Resources = Dictionary(Font=fonts)
        page.Resources = Dictionary(Font=fonts, XObject=Dictionary(Fm=form))
        return saved(pdf)


def fonts_of(pdf: bytes) -> dict[str, bool]:
    """Name of each font of the document, and whether it is embedded."""
    found: dict[str, bool] = {}
    thing: Any
    with Pdf.open(io.BytesIO(pdf)) as document:
        for thing in document.objects:
            if isinstance(thing, Dictionary) and thing.get("/Type") == "/Font" and thing.get("/Subtype") not in ("/Type0", "/Type3"):
                descriptor: Any = thing.get("/FontDescriptor")
                found[str(thing.BaseFont)[1:]] = descriptor is not None and any(f"/FontFile{kind}" in descriptor for kind in ("", "2", "3"))
    return found
