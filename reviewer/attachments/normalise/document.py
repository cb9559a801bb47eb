"""Replaces the fonts of a sanitised PDF by the project's, in place: layout, codes, widths and content streams stay as they are.

For each font: which codes are shown (`usage`), what they mean (`source`), what is drawn for them (`choice`); then one subset for each weight
(`sfnt`), shared by all fonts of the file, and a new font dictionary in the place of the old (`replace`).
"""

import hashlib
import io
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, Pdf

from reviewer.attachments import limits
from reviewer.attachments.normalise import replace, sfnt
from reviewer.attachments.normalise.choice import By, Chooser, Drawn
from reviewer.attachments.normalise.cmaps import Code
from reviewer.attachments.normalise.faces import Faces
from reviewer.attachments.normalise.report import FontFinding, FontReport, Reason
from reviewer.attachments.normalise.source import SourceFont
from reviewer.attachments.normalise.truth import lies
from reviewer.attachments.normalise.type3 import is_text
from reviewer.attachments.normalise.usage import FontUse, Walk, fonts_in_resources
from reviewer.attachments.normalise.weights import is_bold, is_symbols

_BOXES_MOST: Final = 0.2
"""Share of placeholders above which a font that was never embedded is rather left to the reader's machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Normalised:
    """A document in the project's typeface."""

    pdf: bytes
    """The document. The same input gives the same bytes."""
    report: FontReport
    """What became of its fonts."""


@dataclass(slots=True)
class _Subset:
    """The glyphs of one weight, over all fonts of the file."""

    bold: bool
    chooser: Chooser
    numbers: dict[tuple[bytes, int], int] = field(default_factory=dict)
    replacements: list[replace.Replacement] = field(default_factory=list)
    unused: list[Object] = field(default_factory=list)

    def number(self, drawn: Drawn) -> int:
        """Return the glyph's number; 0 is the missing glyph, which no code is given."""
        return self.numbers.setdefault((drawn.description, drawn.advance), len(self.numbers) + 1)


def normalise(pdf: bytes, faces: Faces) -> Normalised:
    """Replace the fonts of a sanitised PDF. Raises pikepdf's errors for what `sanitise` would have refused."""
    with Pdf.open(io.BytesIO(pdf)) as document:
        named = fonts_in_resources(document)
        subsets = {bold: _Subset(bold, Chooser(faces, bold=bold)) for bold in (False, True)}
        uses = Walk(document).uses()
        findings = tuple(_treat(use, subsets) for use in uses)
        shown = {use.font.objgen for use in uses}
        subsets[False].unused.extend(font for font in named if font.objgen not in shown and font.get("/Subtype") != "/Type3")
        for subset in subsets.values():
            if subset.replacements or subset.unused:
                _write(document, subset)
        out = io.BytesIO()
        document.save(out, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate, compress_streams=True)
    return Normalised(pdf=out.getvalue(), report=FontReport(fonts=findings))


def _treat(use: FontUse, subsets: dict[bool, _Subset]) -> FontFinding:
    """Decide about one font, and note its replacement."""
    source = SourceFont(use.font)
    cmap = source.cmap
    if cmap is None:
        return _left(source, sum(len(one) for one in use.shown) // 2, 0, Reason.NO_UNICODE)
    shown = Counter(code for one in use.shown for code in cmap.split(one))
    unseen = Counter(code for one in use.unseen for code in cmap.split(one))
    visible, invisible = sum(shown.values()), sum(unseen.values())
    if not visible and (source.program is not None or source.subtype == "Type3"):
        return _left(source, 0, invisible, Reason.INVISIBLE)
    if is_symbols(source):
        return _left(source, visible, invisible, Reason.SYMBOLS)
    codes = sorted(shown | unseen)
    if len(codes) > limits.FONT_CODES:
        return _left(source, visible, invisible, Reason.DAMAGED)
    subset = subsets[is_bold(source)]
    if source.subtype == "Type3" and not is_text(source, codes, subset.chooser):
        return _left(source, visible, invisible, Reason.TYPE_3)
    if not any(subset.chooser.has(source.text(code)) for code in codes):
        return _left(source, visible, invisible, Reason.NO_UNICODE)
    if source.program is not None and lies(source, codes, subset.chooser.main, source.program):
        return _left(source, visible, invisible, Reason.WRONG_UNICODE)
    drawn = {code: subset.chooser.choose(source, code, vertical=cmap.vertical) for code in codes}
    left = sum(shown[code] for code, one in drawn.items() if one.by in (By.ORIGINAL, By.BOX))
    if source.program is None and left > visible * _BOXES_MOST:
        return _left(source, visible, invisible, Reason.NO_UNICODE)
    subset.replacements.append(
        replace.Replacement(
            source=source,
            glyphs={code: subset.number(one) for code, one in drawn.items()},
            advances={code: source.width(code) or one.advance for code, one in drawn.items()},
            texts=_texts(source, codes),
        )
    )
    return FontFinding(
        name=source.name,
        kind=source.kind,
        embedded=source.program is not None or source.subtype == "Type3",
        characters_normalised=visible - left,
        characters_left=left,
        characters_invisible=invisible,
        reason=Reason.NO_GLYPH if left else Reason.NONE,
    )


def _texts(source: SourceFont, codes: list[Code]) -> dict[Code, str]:
    """Return the Unicode of codes: what the document says of them, even where that is of no use, so that extraction stays what it was."""
    texts = {code: source.to_unicode.get(code) or source.text(code) for code in codes}
    return {code: text for code, text in texts.items() if text}


def _left(source: SourceFont, visible: int, invisible: int, reason: Reason) -> FontFinding:
    return FontFinding(
        name=source.name,
        kind=source.kind,
        embedded=source.program is not None or source.subtype == "Type3",
        characters_normalised=0,
        characters_left=visible,
        characters_invisible=invisible,
        reason=reason,
    )


def _write(document: Pdf, subset: _Subset) -> None:
    program = sfnt.write([(b"", 1000), *subset.numbers], bold=subset.bold)
    stream = document.make_stream(program)
    stream["/Length1"] = len(program)
    name = f"{tag(program)}+NotoSansTC-{'Bold' if subset.bold else 'Regular'}"
    descriptor = document.make_indirect(descriptor_of(name, stream, bold=subset.bold))
    for one in subset.replacements:
        replace.write(document, one, name, descriptor)
    for font in subset.unused:
        replace.write_unused(document, font, name, descriptor)


def tag(program: bytes) -> str:
    """Return the six letters that mark a subset, from its content."""
    number = int.from_bytes(hashlib.sha256(program).digest()[:8], "big")
    return "".join(chr(ord("A") + number // 26**place % 26) for place in range(6))


def descriptor_of(name: str, program: Object, *, bold: bool) -> Object:
    """Return the descriptor of a subset."""
    return Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name(f"/{name}"),
        Flags=4,
        FontBBox=Array([-1000, -1000, 3000, 2000]),
        ItalicAngle=0,
        Ascent=880,
        Descent=-120,
        CapHeight=733,
        StemV=136 if bold else 84,
        FontWeight=700 if bold else 400,
        FontFile2=program,
    )
