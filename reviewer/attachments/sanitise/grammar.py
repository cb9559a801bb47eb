"""What a page may be made of: for each part that an object plays, the entries that it may have.

Everything that is drawn on a page is reached through these parts and no others. An entry that is not listed is removed, whatever it is
called, so a script or an embedded file has nowhere to stand: the rule is what may stay, never what must go. Entries are those of ISO
32000-2 that affect what is drawn; left out on purpose are references to other files (`F`, `Ref`, `OPI`, `Alternates`), private data
(`PieceInfo`, `Metadata`, `AF`), structure (`StructParents`), layers (`OC`, resolved before) and names of no effect.
"""

from enum import Enum, auto
from typing import Final


class Part(Enum):
    """The part that an object plays on a page."""

    SCALAR = auto()
    """A number, name, string, boolean, or arrays of these; nothing that could refer to something else."""
    PAGE = auto()
    CONTENT = auto()
    """A content stream, or an array of content streams."""
    RESOURCES = auto()
    XOBJECT = auto()
    """An image or a form; anything else (PostScript) is removed."""
    IMAGE = auto()
    FORM = auto()
    GROUP = auto()
    STATE = auto()
    """Graphics state."""
    SOFT_MASK = auto()
    FONT = auto()
    DESCRIPTOR = auto()
    SYSTEM_INFO = auto()
    ENCODING = auto()
    CMAP = auto()
    GLYPH = auto()
    """A content stream that draws a glyph of a Type 3 font."""
    PROGRAM = auto()
    """A stream of data: font program, CIDToGIDMap."""
    PAINT = auto()
    """Colour spaces, shadings, functions: dictionaries, streams and arrays that hold only each other."""
    PATTERN = auto()
    MARK = auto()
    """Properties of marked content: what a reading programme says instead of what is drawn."""
    FILTER = auto()
    """Parameters of a stream's filter."""


class Named(Enum):
    """Dictionaries whose keys are free names, all of whose values play one part."""

    PAINTS = Part.PAINT
    PATTERNS = Part.PATTERN
    XOBJECTS = Part.XOBJECT
    FONTS = Part.FONT
    STATES = Part.STATE
    GLYPHS = Part.GLYPH
    MARKS = Part.MARK


Entry = Part | Named


def _scalars(names: str) -> dict[str, Entry]:
    return {f"/{name}": Part.SCALAR for name in names.split()}


STREAM: Final[dict[str, Entry]] = _scalars("Length Filter") | {"/DecodeParms": Part.FILTER}
"""What every stream may have. External streams (`F`, `FFilter`, `FDecodeParms`) name a file and may not stay."""

GRAMMAR: Final[dict[Part, dict[str, Entry]]] = {
    Part.PAGE: _scalars("Type MediaBox Rotate UserUnit") | {"/Contents": Part.CONTENT, "/Resources": Part.RESOURCES, "/Group": Part.GROUP},
    Part.CONTENT: STREAM,
    Part.RESOURCES: {
        "/ColorSpace": Named.PAINTS,
        "/Shading": Named.PAINTS,
        "/Pattern": Named.PATTERNS,
        "/XObject": Named.XOBJECTS,
        "/Font": Named.FONTS,
        "/ExtGState": Named.STATES,
        "/Properties": Named.MARKS,
    },
    Part.IMAGE: STREAM
    | _scalars("Type Subtype Width Height BitsPerComponent Intent ImageMask Decode Interpolate SMaskInData Matte")
    | {"/ColorSpace": Part.PAINT, "/Mask": Part.IMAGE, "/SMask": Part.IMAGE},
    Part.FORM: STREAM | _scalars("Type Subtype FormType BBox Matrix") | {"/Resources": Part.RESOURCES, "/Group": Part.GROUP},
    Part.GROUP: _scalars("Type S I K") | {"/CS": Part.PAINT},
    Part.STATE: _scalars("Type LW LC LJ ML D RI OP op OPM FL SM SA BM CA ca AIS TK")
    | {"/Font": Part.FONT, "/SMask": Part.SOFT_MASK, "/TR": Part.PAINT, "/TR2": Part.PAINT},
    Part.SOFT_MASK: _scalars("Type S BC") | {"/G": Part.FORM, "/TR": Part.PAINT},
    Part.FONT: _scalars("Type Subtype BaseFont Name FirstChar LastChar Widths DW W DW2 W2 FontBBox FontMatrix")
    | {
        "/FontDescriptor": Part.DESCRIPTOR,
        "/Encoding": Part.ENCODING,
        "/ToUnicode": Part.CMAP,
        "/DescendantFonts": Part.FONT,
        "/CIDSystemInfo": Part.SYSTEM_INFO,
        "/CIDToGIDMap": Part.PROGRAM,
        "/CharProcs": Named.GLYPHS,
        "/Resources": Part.RESOURCES,
    },
    Part.DESCRIPTOR: _scalars(
        "Type FontName FontFamily FontStretch FontWeight Flags FontBBox ItalicAngle Ascent Descent Leading CapHeight XHeight StemV StemH "
        "AvgWidth MaxWidth MissingWidth CharSet"
    )
    | {"/FontFile": Part.PROGRAM, "/FontFile2": Part.PROGRAM, "/FontFile3": Part.PROGRAM},
    Part.SYSTEM_INFO: _scalars("Registry Ordering Supplement"),
    Part.ENCODING: STREAM
    | _scalars("Type BaseEncoding Differences CMapName WMode")
    | {"/CIDSystemInfo": Part.SYSTEM_INFO, "/UseCMap": Part.CMAP},
    Part.CMAP: STREAM | _scalars("Type CMapName WMode") | {"/CIDSystemInfo": Part.SYSTEM_INFO, "/UseCMap": Part.CMAP},
    Part.GLYPH: STREAM,
    Part.PROGRAM: STREAM | _scalars("Length1 Length2 Length3 Subtype"),
    Part.PAINT: STREAM
    | _scalars(
        "WhitePoint BlackPoint Gamma Matrix Range N FunctionType Domain C0 C1 Bounds Encode Size BitsPerSample Order Decode ShadingType "
        "Background BBox AntiAlias Coords Extend BitsPerCoordinate BitsPerComponent BitsPerFlag VerticesPerRow Components Subtype"
    )
    | {
        "/Alternate": Part.PAINT,
        "/Functions": Part.PAINT,
        "/Function": Part.PAINT,
        "/ColorSpace": Part.PAINT,
        "/Colorants": Named.PAINTS,
        "/Process": Part.PAINT,
    },
    Part.PATTERN: STREAM
    | _scalars("Type PatternType PaintType TilingType BBox XStep YStep Matrix")
    | {"/Resources": Part.RESOURCES, "/Shading": Part.PAINT, "/ExtGState": Part.STATE},
    Part.MARK: _scalars("MCID ActualText Alt E Lang"),
    Part.FILTER: _scalars(
        "K EndOfLine EncodedByteAlign Columns Rows EndOfBlock BlackIs1 DamagedRowsBeforeError Predictor Colors "
        "BitsPerComponent EarlyChange ColorTransform"
    )
    | {"/JBIG2Globals": Part.PROGRAM},
}
"""The entries that each part may have, and the part that each of them plays. XOBJECT is decided by its Subtype."""
