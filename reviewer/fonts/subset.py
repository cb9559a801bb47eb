"""Cutting a face to the characters that occur, the same bytes every time."""

import io
from collections.abc import Iterable
from typing import Literal

import uharfbuzz as hb
from fontTools.ttLib import TTFont

from reviewer.fonts.coverage import covered, harfbuzz_face
from reviewer.fonts.faces import Face

SPACING_FEATURES = ("halt", "vhal", "chws", "vchw", "pwid")
"""Features by which browsers set 標點 without doubled width, and quotation marks in English with a letter's; HarfBuzz drops some of them unless asked."""

_TABLES_TO_DROP = ("GDEF", "BASE", "vhea", "vmtx", "DSIG", "EBDT", "EBLC")
"""Dropped from fallback faces. GDEF: HarfBuzz 6 cannot subset TW-Sung, TW-Kai and HanaMin beyond some 600 glyphs with it, and WeasyPrint then
embeds the whole face (18-27 MB)."""


def cut(face: Face, code_points: Iterable[int], *, flavor: Literal["woff2", "ttf"]) -> bytes:
    """Return the face with the glyphs of these characters only, and those that its layout features need; characters it lacks are ignored.

    The project's faces keep GDEF, GSUB and GPOS, by which the Latin one composes letters and places marks on them.
    """
    wanted = covered(face).intersection(code_points)
    request = hb.SubsetInput()
    request.unicode_set.update(sorted(wanted))
    if face.fallback:
        request.drop_table_tag_set.update([_tag(table) for table in (*_TABLES_TO_DROP, "GSUB", "GPOS")])
    else:
        request.layout_feature_tag_set.update([_tag(feature) for feature in SPACING_FEATURES])
    cut_face = hb.subset(harfbuzz_face(face), request)
    ttf: bytes = cut_face.blob.data
    return _woff2(ttf) if flavor == "woff2" else ttf


def _woff2(ttf: bytes) -> bytes:
    font = TTFont(io.BytesIO(ttf), recalcTimestamp=False)
    font.flavor = "woff2"
    target = io.BytesIO()
    font.save(target, reorderTables=False)
    return target.getvalue()


def _tag(name: str) -> int:
    return int.from_bytes(name.encode("ascii"), "big")
