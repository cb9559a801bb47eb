"""Addresses in what a student uploads: in the words of a row, and in its documents as clickable links, in their text, in QR codes."""

from collections.abc import Iterator
from dataclasses import replace

from reviewer.attachments.reading.addresses import addresses_in
from reviewer.intake.findings import Finding
from reviewer.intake.rules.context import Context, shown, told
from reviewer.intake.student import Item
from reviewer.model.problem import ProblemKind
from reviewer.model.text import Text

_HOW = {
    "annotation": Text("可點的連結", "a link that can be clicked"),
    "text": Text("文字", "in its words"),
    "qr": Text("QR 碼", "a QR code"),
}


def links_of(item: Item, context: Context, kind: ProblemKind, columns: tuple[str, ...]) -> Iterator[Finding]:
    """Tell a problem of `kind` for each address once an item: first those in the words of the row's `columns`, then those in its documents."""
    told_already: set[str] = set()
    for column in columns:
        for address in addresses_in(item.row.get(column)):
            if address not in told_already:
                told_already.add(address)
                yield told(kind.at(item.row.where(column), item=item.title, address=shown(address, 60), how=_HOW["text"]))
    for column, _, upload in item.files:
        survey = context.looks.of(upload).survey if upload else None
        for found in survey.addresses if survey else ():
            if found.address not in told_already:
                told_already.add(found.address)
                where = replace(item.row.where(column), page=found.page)
                yield told(kind.at(where, item=item.title, address=shown(found.address, 60), how=_HOW[found.how]))
