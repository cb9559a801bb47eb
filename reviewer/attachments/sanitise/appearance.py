"""Draws the value of a form's text field, in a predefined Chinese font that the normaliser then replaces by the project's own."""

import re
from functools import cache
from typing import Final

from pdfminer.fontmetrics import FONT_METRICS
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

_SIZE: Final = re.compile(r"/(\S+)\s+(-?[\d.]+)\s+Tf")
_COLOUR: Final = re.compile(r"((?:-?[\d.]+\s+){1,4})(g|rg|k)(?=\s|$)")
MULTILINE: Final = 1 << 12
_PASSWORD: Final = 1 << 13
_SIZE_DEFAULT: Final = 12.0
_SIZE_OF_HEIGHT: Final = 0.72
_LEADING: Final = 1.2
_PADDING: Final = 2.0
_LATIN: Final = range(0x20, 0x7F)


def appearance_of(pdf: Pdf, widget: Object, *, words: str, style: str, flags: int, alignment: object) -> Object | None:
    """Return a form XObject that shows a field's value, or None where the field has no area.

    `style` is the default appearance (font, size, colour), `flags` the field flags, `alignment` 0 left, 1 centred, 2 right.
    """
    box = widget.get("/Rect")
    corners = [float(side) for side in box] if isinstance(box, Array) and len(box) == 4 and all(_is_number(side) for side in box) else []
    if not corners:
        return None
    width, height = abs(corners[2] - corners[0]), abs(corners[3] - corners[1])
    if not width or not height:
        return None
    words = words.replace("\r\n", "\n").replace("\r", "\n")
    if flags & _PASSWORD:
        words = "*" * len(words)
    many = bool(flags & MULTILINE)
    found = _SIZE.search(style)
    size = abs(float(found[2])) if found and _is_decimal(found[2]) else 0.0
    size = size or (_SIZE_DEFAULT if many else min(_SIZE_DEFAULT, height * _SIZE_OF_HEIGHT))
    lines = _wrapped(words, (width - 2 * _PADDING) / size) if many else [words.replace("\n", " ")]
    top = height - _PADDING - size * 0.88 if many else (height - size) / 2 + size * 0.12
    place = alignment if alignment in (1, 2) else 0
    body = [*_frame(widget, width, height), f"/Tx BMC q 0 0 {width:.4f} {height:.4f} re W n BT {_colour(style)} /F {size:.4f} Tf"]
    for index, line in enumerate(lines):
        free = width - 2 * _PADDING - _width(line) * size
        left = _PADDING + (free / 2 if place == 1 else free if place == 2 else 0)
        body.append(f"1 0 0 1 {left:.4f} {top - index * size * _LEADING:.4f} Tm <{line.encode('utf-16-be', 'surrogatepass').hex()}> Tj")
    body.append("ET Q EMC")
    form = pdf.make_stream(" ".join(body).encode())
    form.Type, form.Subtype = Name.XObject, Name.Form
    form.BBox = Array([0, 0, width, height])
    form.Resources = Dictionary(Font=Dictionary(F=_font()))
    return form


def words_of(value: object) -> str:
    """Words of a string, empty for anything else; what is no letter by its encoding is marked, not refused."""
    if not isinstance(value, String):
        return ""
    try:
        return str(value)
    except UnicodeDecodeError:
        return bytes(value).decode("utf-8", "replace").removeprefix("\ufeff")


def _is_number(value: object) -> bool:
    try:
        float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return False
    return True


def _is_decimal(digits: str) -> bool:
    return digits.count(".") <= 1 and any(character.isdigit() for character in digits)


def _colour(style: str) -> str:
    found = _COLOUR.search(style)
    return f"{found[1]}{found[2]}" if found else "0 g"


def _frame(widget: Object, width: float, height: float) -> list[str]:
    look = widget.get("/MK")
    if not isinstance(look, Dictionary):
        return []
    drawn = []
    for key, paint, operators in (("/BG", "f", ("g", "rg", "k")), ("/BC", "S", ("G", "RG", "K"))):
        colour = look.get(key)
        if isinstance(colour, Array) and len(colour) in (1, 3, 4) and all(_is_number(part) for part in colour):
            operator = operators[(1, 3, 4).index(len(colour))]
            inset = 0.5 if paint == "S" else 0.0
            numbers = " ".join(f"{float(part):.4f}" for part in colour)
            drawn.append(f"q {numbers} {operator} {inset} {inset} {width - 2 * inset:.4f} {height - 2 * inset:.4f} re {paint} Q")
    return drawn


def _wrapped(words: str, width_em: float) -> list[str]:
    lines = []
    for paragraph in words.split("\n"):
        line, room = "", width_em
        for piece in re.findall(r"[!-~]+|.", paragraph):
            need = _width(piece)
            if need > room and line:
                lines.append(line)
                line, room = "", width_em
            line, room = line + piece, room - need
        lines.append(line)
    return lines


def _width(words: str) -> float:
    latin = _latin_widths()
    return sum(latin.get(ord(character), 1000) for character in words) / 1000


@cache
def _latin_widths() -> dict[int, int]:
    widths = FONT_METRICS["Helvetica"][1]
    return {code: int(widths.get(chr(code), 556)) for code in _LATIN}


def _font() -> Object:
    latin = _latin_widths()
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=Name("/MHei-Medium"),
        Encoding=Name("/UniCNS-UTF16-H"),
        DescendantFonts=Array(
            [
                Dictionary(
                    Type=Name.Font,
                    Subtype=Name.CIDFontType0,
                    BaseFont=Name("/MHei-Medium"),
                    CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"CNS1", Supplement=0),
                    DW=1000,
                    W=Array([1, Array([latin[code] for code in _LATIN])]),
                    FontDescriptor=Dictionary(
                        Type=Name.FontDescriptor,
                        FontName=Name("/MHei-Medium"),
                        Flags=4,
                        FontBBox=Array([0, -120, 1000, 880]),
                        ItalicAngle=0,
                        Ascent=880,
                        Descent=-120,
                        CapHeight=733,
                        StemV=80,
                    ),
                )
            ]
        ),
    )
