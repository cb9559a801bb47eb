"""Takes hidden words out of an inert PDF: their codes out of its content streams, and what else of it would tell.

Defended: the applicant's anonymity towards a department that masks. How: every page is read letter by letter, in every order in which people
and programmes read (`orders`); the codes of hidden words are taken out and the pen moved on by as much, so that nothing else moves and nothing is
covered (`rewriting`); alternative texts, tables to Unicode, names of fonts and resources, captions within pictures follow (`leftovers`); PDFium then
looks again (`viewed`), and a page that tells it more becomes a picture, painted over. What remains: words that are no text (pictures,
scans, outlines, letters without Unicode), told page by page as doubts.
"""

import io
import re
from dataclasses import dataclass

from pikepdf import Array, Dictionary, Object, ObjectStreamMode, Pdf, PdfError, Stream

from reviewer.attachments.blind import leftovers, viewed
from reviewer.attachments.blind.matter import Place, Sheet, Shown
from reviewer.attachments.blind.rewriting import rewritten
from reviewer.attachments.blind.search import Removal, search
from reviewer.attachments.blind.walk import SPEECH, Walk
from reviewer.attachments.normalise.usage import fonts_in_resources
from reviewer.model.hiding import Finder, Hidden, finder
from reviewer.model.processed import Doubt, PageBlinding

_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
"""A byte of a name, as content streams write it."""

LOOKS_MOST = 3
"""Times that PDFium looks; what it still reads then is no longer text that can be taken out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blinded:
    """A document of which hidden words were taken out."""

    pdf: bytes
    """The document; the same bytes as came in when nothing in it tells."""
    pages: tuple[PageBlinding, ...]
    """Every page: what was taken out of it, and why more cannot be guaranteed."""
    changed: bool
    """Whether anything was taken out."""


def blind(pdf: bytes, hidden: Hidden) -> Blinded:
    """Take hidden words out of a sanitised PDF. The same input gives the same bytes. Raises pikepdf's errors for what `sanitise` would have refused."""
    find = finder(hidden)
    with Pdf.open(io.BytesIO(pdf)) as document:
        walk = Walk(document)
        sheets = walk.sheets()
        removals = [search(sheet, find) for sheet in sheets]
        names = leftovers.Names(find)
        told = leftovers.sweep(document, names, change=False) | leftovers.clean_pictures(document, find, change=False)
        told |= _comments(document, sheets, find)
    out = _without(pdf, removals, find) if told or any(one.hushed for one in removals) else pdf
    out = _looked_over(pdf, out, removals, find)
    return Blinded(pdf=out, pages=tuple(_page(one) for one in removals), changed=out is not pdf)


def _page(one: Removal) -> PageBlinding:
    return PageBlinding(page=one.sheet.number, removed=tuple(sorted(one.counts.items())), doubts=tuple(sorted(one.sheet.doubts)))


def _comments(document: Pdf, sheets: list[Sheet], find: Finder) -> bool:
    """Whether the bytes of a content stream tell: in remarks, in what no viewer knows."""
    for sheet in sheets:
        for name in sorted(sheet.streams):
            if any(word in _bytes(_stream(document, name)) for word in find.encoded):
                return True
    return False


def _looked_over(pdf: bytes, out: bytes, removals: list[Removal], find: Finder) -> bytes:
    """Have PDFium look; take out what it finds, and make pictures of pages that tell it more even then."""
    numbers = {one.sheet.number for one in removals if one.hushed or one.sheet.doubts & _UNSURE or _may_tell(one, find)}
    telling: list[int] = []
    for _ in range(LOOKS_MOST):
        telling = viewed.telling_pages(out, sorted(numbers), find)
        fresh = False
        for number in telling:
            removal = removals[number - 1]
            left = [shown for run in removal.sheet.runs for shown in removal.left(run)]
            letters, masks = viewed.letters_of(out, removal.sheet, left, find)
            if letters:
                fresh = True
                removal.take(letters)
                removal.counts.update(masks)
        if not fresh:
            break
        out = _without(pdf, removals, find)
    if telling:
        telling = viewed.telling_pages(out, telling, find)
    if not telling:
        return out
    for number in telling:
        removals[number - 1].sheet.doubts.add(Doubt.MADE_PICTURE)
    return viewed.as_pictures(out, telling, find)


_UNSURE = frozenset({Doubt.NO_UNICODE, Doubt.TYPE_3, Doubt.NOT_APART})
"""Doubts about letters: PDFium may know them where our tables do not."""


def _may_tell(one: Removal, find: Finder) -> bool:
    return find.may_tell({shown.letter.text for run in one.sheet.runs for shown in run} | set(one.sheet.spoken))


def _without(pdf: bytes, removals: list[Removal], find: Finder) -> bytes:
    """The document, opened afresh, without everything that was found."""
    places: dict[Place, float] = {}
    hushed: set[str] = set()
    for one in removals:
        places |= {shown.place: shown.adjust for run in one.sheet.runs for shown in run if id(shown) in one.gone}
        hushed |= one.sheet.streams if one.hushed else set()
    out = io.BytesIO()
    with Pdf.open(io.BytesIO(pdf)) as document:
        fonts_in_resources(document)  # numbers fonts as the walk did
        sheets = [one.sheet for one in removals]
        names = leftovers.Names(find)
        leftovers.sweep(document, names, change=False)
        _write_streams(document, sheets, places, hushed, names, find)
        _hush_properties(document, hushed)
        _prune(document, removals, set(places))
        leftovers.clean_pictures(document, find, change=True)
        leftovers.sweep(document, names, change=True)
        document.remove_unreferenced_resources()
        document.save(out, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate, compress_streams=True)
    return out.getvalue()


def _write_streams(
    document: Pdf, sheets: list[Sheet], places: dict[Place, float], hushed: set[str], names: leftovers.Names, find: Finder
) -> None:
    cuts: dict[str, dict[tuple[int, int], list[tuple[int, int, float]]]] = {}
    for place, adjust in places.items():
        cuts.setdefault(place.stream, {}).setdefault((place.show, place.string), []).append((place.first, place.last, adjust))
    for name in sorted({name for sheet in sheets for name in sheet.streams}):
        stream = _stream(document, name)
        tells = names.any_tell or any(word in _bytes(stream) for word in find.encoded)
        if name not in cuts and name not in hushed and not tells:
            continue
        try:
            content = rewritten(stream, cuts.get(name, {}), hush=name in hushed, rename=names.of)
        except PdfError:
            content = b""  # what cannot be taken apart is not drawn either
        if name.startswith("page "):
            stream.Contents = document.make_stream(content)
        else:
            stream.write(content)


def _stream(document: Pdf, name: str) -> Object:
    """The page or stream of a name that the walk gave."""
    kind, number, *generation = name.split()
    if kind == "page":
        return document.pages[int(number) - 1].obj
    return document.get_object(int(number), int(generation[0]))


def _bytes(drawn: Object) -> bytes:
    """The content of a page or a stream."""
    contents = drawn if isinstance(drawn, Stream) else drawn.get("/Contents")
    parts = list(contents) if isinstance(contents, Array) else [contents]
    try:
        content = b"\n".join(part.read_bytes() for part in parts if isinstance(part, Stream))
    except PdfError:
        return b""
    return content + _ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), content) if b"#" in content else content


def _hush_properties(document: Pdf, hushed: set[str]) -> None:
    """Take alternative texts out of the marked contents that hushed streams name."""
    for name in sorted(hushed):
        resources = _stream(document, name).get("/Resources")
        properties = resources.get("/Properties") if isinstance(resources, Dictionary) else None
        if isinstance(properties, Dictionary):
            for key in sorted(properties.keys()):
                for entry in SPEECH:
                    if isinstance(properties[key], Dictionary) and entry in properties[key]:
                        del properties[key][entry]


def _prune(document: Pdf, removals: list[Removal], gone: set[Place]) -> None:
    """Take codes that are no longer shown out of the tables to Unicode of the fonts that showed them."""
    touched: dict[tuple[int, int], Shown] = {}
    shown_codes: dict[tuple[int, int], set[tuple[int, int]]] = {}
    for one in removals:
        for run in one.sheet.runs:
            for shown in run:
                key = shown.font.objgen
                if shown.place in gone:
                    touched.setdefault(key, shown)
                else:
                    shown_codes.setdefault(key, set()).add(shown.letter.code)
    for key, shown in sorted(touched.items(), key=lambda item: item[0]):
        leftovers.prune_unicode(document, document.get_object(key), shown.font, shown_codes.get(key, set()))
