"""No links in course outcomes: neither clickable ones, nor in words, nor in QR codes [S32]."""

from collections.abc import Iterator
from dataclasses import replace

from reviewer.attachments.reading.addresses import addresses_in
from reviewer.intake.findings import Finding
from reviewer.intake.rules.context import Context, Rule, shown, told
from reviewer.intake.student import Item, Student
from reviewer.model.problem import ProblemKind, Severity
from reviewer.model.text import Text

LINK = ProblemKind(
    "outcome-link",
    Severity.ERROR,
    Text("課程學習成果「{item}」含有連結 {address}（{how}）。", "The outcome “{item}” holds a link, {address} ({how})."),
    Text("課程學習成果不能有連結；請學生移除後重新上傳。", "Outcomes hold no links; ask the student to take it out and upload it again."),
)

_HOW = {
    "annotation": Text("可點的連結", "a link that can be clicked"),
    "text": Text("文字", "in its words"),
    "qr": Text("QR 碼", "a QR code"),
}


def check(student: Student, context: Context) -> Iterator[Finding]:
    """Ask it of words and of every document's links, text and QR codes; each address once an item."""
    for item in student.outcomes:
        yield from _item(item, context)


def _item(item: Item, context: Context) -> Iterator[Finding]:
    told_already: set[str] = set()
    key = "課程學習成果簡述"
    for address in addresses_in(item.row.get(key)):
        told_already.add(address)
        yield told(LINK.at(item.row.where(key), item=item.title, address=shown(address, 60), how=_HOW["text"]))
    for column, _, upload in item.files:
        survey = context.looks.of(upload).survey if upload else None
        for found in survey.addresses if survey else ():
            if found.address not in told_already:
                told_already.add(found.address)
                where = replace(item.row.where(column), page=found.page)
                yield told(LINK.at(where, item=item.title, address=shown(found.address, 60), how=_HOW[found.how]))


RULE = Rule(
    code="outcome-links",
    sentence=Text("課程學習成果沒有任何連結。", "Outcomes hold no links."),
    kinds=(LINK,),
    student=check,
)
