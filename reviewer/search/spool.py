"""A dossier's record in the shards: made in the worker that makes the dossier, copied as it is, read by browsers and by the terminal.

A record is one line of a classic script, `reviewerSearch.add(["<應試號碼>", "<head>", "<text>", "<edits>"]);`, whose argument is JSON:

- head: a line `!anchor TAB codes TAB source TAB semester TAB has TAB kind` for each entry, and after it for each of its search documents
  `suffix TAB health TAB units of text TAB units of edits`;
- text: the normalised documents, segments and documents alike separated by a line feed, which normalised text never holds otherwise;
- edits: where the text as written differs. An edit is a unit `EDIT_BASE + gap·16 + new·4 + old`, in which gap counts the units that are the same
  since the last one, new and old the units in the normalised and in the written text (three means that the number follows as a unit of its
  own, new first), and then the written units. A gap of GAP_LIMIT or more is first shortened by edits of nothing.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reviewer.model.dossier import Dossier
from reviewer.model.hiding import NOTHING, Hidden
from reviewer.model.processed import Processed
from reviewer.search.documents import AS_SENT, SearchDocument, documents
from reviewer.search.folding import REPLACEMENT, SURROGATE, Edit, folding, units, units_length

SEPARATOR = "\n"
"""Between segments and between documents."""

EDIT_BASE = 0x4E00
"""The first of 16,384 units that stand for an edit: all of them are ordinary characters, so that no transcoding touches them."""

GAP_LIMIT = 1023
"""Longest gap that one unit can say."""

LONG = 3
"""From here on a length stands in a unit of its own."""

LONGEST = 0x4000
"""Characters of written text that one edit keeps at most; of a longer run of blanks the rest is not kept."""

OPENING, CLOSING = "reviewerSearch.add(", ");\n"
"""Around the record's JSON."""

_UNSAFE = {point: f"\\u{point:04x}" for point in (*range(0x7F, 0xA0), 0x2028, 0x2029, 0xFEFF)}
"""Characters that a script or an editor might take for something else."""


@dataclass(frozen=True, slots=True)
class Record:
    """A record taken apart into its four strings."""

    applicant_number: str
    """應試號碼."""
    head: str
    """Entries and documents."""
    text: str
    """Normalised words; indices count UTF-16 units."""
    edits: str
    """The way back to what was written."""


def spool(dossier: Dossier, processed: Mapping[str, Processed], hidden: Hidden = NOTHING) -> bytes:
    """The record of one dossier, as it will stand in a shard. `hidden` are the words that the department masks."""
    return encode(record(dossier.applicant_number, documents(dossier, processed, hidden), rare_names(dossier)))


def rare_names(dossier: Dossier) -> Mapping[str, str]:
    """What the school maps its private-use characters to; two rows for one character leave it alone."""
    found: dict[str, set[str]] = {}
    for glyph in dossier.glyphs:
        if glyph.mapped:
            found.setdefault(chr(glyph.code_point), set()).add(glyph.mapped)
    return {character: mapped.pop() for character, mapped in found.items() if len(mapped) == 1}


def record(applicant_number: str, found: Iterable[SearchDocument], mapped: Mapping[str, str] | None = None) -> Record:
    """Normalise the documents of one dossier and write them down."""
    head: list[str] = []
    texts: list[str] = []
    edits: list[str] = []
    entry: str | None = None
    for document in found:
        if document.entry != entry:
            entry = document.entry
            has = ",".join(sorted(document.has))
            head.append("\t".join((f"!{entry}", ",".join(document.codes), document.source, document.semester, has, document.kind)))
        text, way_back = _document(document.segments, mapped or {})
        texts.append(text)
        edits.append(way_back)
        head.append(f"{document.suffix}\t{document.health}\t{units_length(text)}\t{units_length(way_back)}")
    return Record(SURROGATE.sub(REPLACEMENT, applicant_number), "\n".join(head), SEPARATOR.join(texts), "".join(edits))


def _document(segments: tuple[str, ...], mapped: Mapping[str, str]) -> tuple[str, str]:
    fold = folding().fold
    texts: list[str] = []
    edits: list[Edit] = []
    carried = 0
    for segment in segments:
        as_sent = segment.startswith(AS_SENT)
        folded = fold(segment.removeprefix(AS_SENT))
        text, found = folded.text, folded.edits
        if mapped and not as_sent and not mapped.keys().isdisjoint(text):
            text, found = _map(text, found, mapped)
        if not text:
            continue
        texts.append(text)
        if found:
            edits.append(Edit(found[0].gap + carried, found[0].new, found[0].old))
            edits.extend(found[1:])
            carried = units_length(text) - sum(edit.gap + units_length(edit.new) for edit in found)
        else:
            carried += units_length(text)
        carried += len(SEPARATOR)
    return SEPARATOR.join(texts), "".join(map(encode_edit, edits))


def _map(text: str, edits: tuple[Edit, ...], mapped: Mapping[str, str]) -> tuple[str, tuple[Edit, ...]]:
    """Put mapped characters in the place of private-use ones, which folding leaves alone and which therefore lie in gaps."""
    fold = folding().text
    out: list[str] = []
    found: list[Edit] = []
    spread, at, gap = units(text), 0, 0
    for edit in (*edits, None):
        end = len(spread) if edit is None else at + edit.gap
        while at < end:
            size = 2 if 0xD800 <= ord(spread[at]) < 0xDC00 else 1
            old = spread[at : at + size]
            character = old if size == 1 else old.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
            at += size
            if character in mapped:
                new = fold(mapped[character])
                found.append(Edit(gap, new, character))
                out.append(new)
                gap = 0
            else:
                out.append(character)
                gap += size
        if edit is not None:
            found.append(Edit(gap, edit.new, edit.old))
            out.append(edit.new)
            at, gap = at + units_length(edit.new), 0
    return "".join(out), tuple(found)


def encode_edit(edit: Edit) -> str:
    """One edit in the notation of the record."""
    gap, new, old = edit.gap, units_length(edit.new), edit.old[:LONGEST]
    written = units_length(old)
    skipped = ""
    while gap > GAP_LIMIT:
        skipped += chr(EDIT_BASE + GAP_LIMIT * 16)
        gap -= GAP_LIMIT
    head = chr(EDIT_BASE + gap * 16 + min(new, LONG) * 4 + min(written, LONG))
    lengths = "".join(chr(EDIT_BASE + length) for length in (new, written) if length >= LONG)
    return skipped + head + lengths + old


def encode(made: Record) -> bytes:
    """A record as a line of a script, UTF-16LE without a byte-order mark."""
    argument = json.dumps([made.applicant_number, made.head, made.text, made.edits], ensure_ascii=False, separators=(",", ":"))
    return f"{OPENING}{argument.translate(_UNSAFE)}{CLOSING}".encode("utf-16-le", "surrogatepass")


def decode(line: str) -> Record | None:
    """A record from a line of a shard; None when the line is none."""
    if not line.startswith(OPENING) or not line.rstrip("\n").endswith(CLOSING.rstrip("\n")):
        return None
    try:
        parts = json.loads(line.rstrip("\n")[len(OPENING) : -len(CLOSING.rstrip("\n"))])
    except ValueError:
        return None
    if not (isinstance(parts, list) and len(parts) == 4 and all(isinstance(part, str) for part in parts)):
        return None
    return Record(parts[0], parts[1], units(parts[2]), units(parts[3]))
