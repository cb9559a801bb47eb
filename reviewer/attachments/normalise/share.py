"""One font for a whole dossier: the subsets of several normalised files, brought together into one for each weight.

Each file is normalised by itself, so that its result depends on it alone and can be kept; a dossier that holds a dozen of them would carry a
dozen fonts with mostly the same characters. The subsets are our own (`sfnt`), so equal glyphs are equal bytes, and only the tables from
identifiers to glyphs have to be written anew.
"""

import re
import sys
from array import array
from typing import Final

from pikepdf import Dictionary, Name, Object, Pdf, Stream

from reviewer.attachments.normalise import sfnt
from reviewer.attachments.normalise.document import descriptor_of, tag

_OURS: Final = re.compile(r"/[A-Z]{6}\+NotoSansTC-(Regular|Bold)\Z")


def share_fonts(pdf: Pdf) -> int:
    """Let all normalised fonts of a merged document use one program for each weight; return how many programs were saved.

    The result depends on the document only. Fonts that `normalise` did not write are not touched.
    """
    groups: dict[bool, list[Object]] = {False: [], True: []}
    parents: dict[tuple[int, int], Object] = {}
    for thing in pdf.objects:
        if not isinstance(thing, Dictionary):
            continue
        ours = _OURS.match(str(thing.get("/BaseFont", "")))
        if ours and thing.get("/Subtype") == "/CIDFontType2" and isinstance(thing.get("/CIDToGIDMap"), Stream):
            groups[ours[1] == "Bold"].append(thing)
        elif ours and thing.get("/Subtype") == "/Type0":
            below = thing.get("/DescendantFonts")
            if below is not None:
                parents[below[0].objgen] = thing
    return sum(_share(pdf, fonts, parents, bold=bold) for bold, fonts in groups.items())


def _share(pdf: Pdf, fonts: list[Object], parents: dict[tuple[int, int], Object], *, bold: bool) -> int:
    programs = {font.FontDescriptor.FontFile2.objgen: font.FontDescriptor.FontFile2 for font in fonts}
    if len(programs) < 2:
        return 0
    numbers: dict[tuple[bytes, int], int] = {}
    moved = {
        objgen: [0, *(numbers.setdefault(glyph, len(numbers) + 1) for glyph in sfnt.read(program.read_bytes())[1:])]
        for objgen, program in programs.items()
    }
    if len(numbers) >= 0xFFFF:
        return 0  # more glyphs than one font can hold: they stay apart
    joined = sfnt.write([(b"", sfnt.UNITS_PER_EM), *numbers], bold=bold)
    stream = pdf.make_stream(joined)
    stream["/Length1"] = len(joined)
    name = f"{tag(joined)}+NotoSansTC-{'Bold' if bold else 'Regular'}"
    descriptor = pdf.make_indirect(descriptor_of(name, stream, bold=bold))
    for font in fonts:
        table = moved[font.FontDescriptor.FontFile2.objgen]
        old = font.CIDToGIDMap.read_bytes()
        font.CIDToGIDMap = pdf.make_stream(_renumbered(old, table))
        font.FontDescriptor, font.BaseFont = descriptor, Name(f"/{name}")
        if font.objgen in parents:
            parents[font.objgen].BaseFont = Name(f"/{name}")
    return len(programs) - 1


def _renumbered(old: bytes, table: list[int]) -> bytes:
    """A table of two-byte glyph numbers under their new numbers. It has an entry for every code, up to 65,536, so no step of it is Python."""
    glyphs = array("H", old[: len(old) // 2 * 2])
    if sys.byteorder == "little":
        glyphs.byteswap()
    glyphs = array("H", map(table.__getitem__, glyphs))
    if sys.byteorder == "little":
        glyphs.byteswap()
    return glyphs.tobytes()
