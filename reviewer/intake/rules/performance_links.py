"""Links in performances are allowed, at the student's risk [S32]: listed, so that he knows."""

from collections.abc import Iterator
from dataclasses import replace

from reviewer.attachments.reading.addresses import addresses_in
from reviewer.intake.findings import Finding
from reviewer.intake.rules.context import Context, Rule, shown, told
from reviewer.intake.student import Item, Student
from reviewer.model.problem import ProblemKind, Severity
from reviewer.model.text import Text

LINK = ProblemKind(
    "performance-link",
    Severity.NOTE,
    Text(
        "多元表現「{item}」含有連結 {address}（{how}），內容日後可能變動。",
        "The performance “{item}” holds a link, {address} ({how}), whose target may change.",
    ),
    Text(
        "可以保留；請提醒學生，連結失效時審查委員看不到內容。", "It may stay; remind the student that reviewers see nothing when it breaks."
    ),
)

_HOW = {
    "annotation": Text("可點的連結", "a link that can be clicked"),
    "text": Text("文字", "in its words"),
    "qr": Text("QR 碼", "a QR code"),
}


def check(student: Student, context: Context) -> Iterator[Finding]:
    """Ask it of words and of every document's links, text and QR codes; each address once an item."""
    for item in student.items():
        if not item.is_outcome:
            yield from _item(item, context)


def _item(item: Item, context: Context) -> Iterator[Finding]:
    told_already: set[str] = set()
    key = "內容簡述"
    for address in addresses_in(item.row.get(key)):
        told_already.add(address)
        yield told(LINK.at(item.row.where(key), item=item.title, address=shown(address, 60), how=_HOW["text"]))
    for column in ("外部影音連結", "作品成果連結"):
        for address in addresses_in(item.row.get(column)):
            if address not in told_already:
                told_already.add(address)
                yield told(LINK.at(item.row.where(column), item=item.title, address=shown(address, 60), how=_HOW["text"]))
    for column, _, upload in item.files:
        survey = context.looks.of(upload).survey if upload else None
        for found in survey.addresses if survey else ():
            if found.address not in told_already:
                told_already.add(found.address)
                where = replace(item.row.where(column), page=found.page)
                yield told(LINK.at(where, item=item.title, address=shown(found.address, 60), how=_HOW[found.how]))


RULE = Rule(
    code="performance-links",
    sentence=Text("多元表現的連結列出並註明可能變動。", "Links in performances are listed as changeable."),
    kinds=(LINK,),
    student=check,
)
