"""收訖明細: what was packed of each student, for the student to confirm or contest; a list for each class, and the table that the answers come back in.

Read from the packages themselves, not from the uploads: what is listed is what was handed in.
"""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reviewer.intake import answers, pages
from reviewer.intake.extras import read_extras, words_of
from reviewer.model.attachment import FileLink
from reviewer.model.formulas import neutral
from reviewer.model.parts import OUTCOMES, performance_kinds
from reviewer.model.portfolio import Portfolio
from reviewer.model.problem import Problem, SetAside
from reviewer.packages import opening, reader
from reviewer.packages.address import PackageAddress
from reviewer.packages.discovery import discover

TABLE = "answers.csv"
"""The table to be filled in."""
INDEX = "receipts.html"
"""Lists by class."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptFile:
    """A file of an item."""

    name: str
    """Its name."""
    size: str
    """`1.2 MB`."""
    mark: str
    """First twelve digits of its SHA-256."""
    missing: bool
    """Whether the package does not hold it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptLine:
    """An item."""

    kind: str
    """課程學習成果 or the kind of performance."""
    title: str
    """Course or title."""
    time: str
    """Semester or first date."""
    state: str
    """Certification of an outcome; empty otherwise."""
    files: tuple[ReceiptFile, ...]
    """Its files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """One student's."""

    student: str
    """學號; the end of the package's id where it was made by others."""
    name: str
    """姓名."""
    class_name: str
    """School and 班級; the programme where a package was made by others and knows no class."""
    package_id: str
    """Name of the package."""
    page: str
    """File name of his page."""
    counts: tuple[tuple[str, int], ...]
    """Courses, outcomes, performances, files."""
    lines: tuple[ReceiptLine, ...]
    """Every item."""
    sha256: str
    """Hash over all files of the package."""
    signed: str
    """Who signed it; empty when nobody did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptClass:
    """One class's list."""

    name: str
    """What the class is called."""
    receipts: tuple[Receipt, ...]
    """By student."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptIndex:
    """All that the lists' template may use."""

    classes: tuple[ReceiptClass, ...]
    """By name."""
    students: int
    """In all."""
    table: str
    """Name of the answers' table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptResult:
    """What was written."""

    students: int
    """Receipts."""
    classes: int
    """Lists."""
    problems: tuple[Problem, ...]
    """Packages that could not be read."""


def write_receipts(source: Path, out: Path) -> ReceiptResult:
    """Write a page for each package of a folder, the lists by class, and the table for the answers. Raises `Stop` when there are none."""
    receipts: list[Receipt] = []
    problems: list[Problem] = []
    discovery = discover(source)
    for address in discovery.packages:
        try:
            with opening.open_package(address) as opened:
                receipts.append(_receipt(reader.read(opened), address, read_extras(opened)))
        except SetAside as reason:
            problems += reason.problems
    receipts.sort(key=lambda one: (one.class_name, one.student))
    names = sorted({one.class_name for one in receipts})
    classes = tuple(ReceiptClass(name=name, receipts=tuple(one for one in receipts if one.class_name == name)) for name in names)
    index = ReceiptIndex(classes=classes, students=len(receipts), table=TABLE)
    out.mkdir(parents=True, exist_ok=True)
    made = {INDEX: pages.page("intake/receipts.html", "收訖明細 Receipts", index)}
    made |= {one.page: pages.page("intake/receipt.html", f"收訖明細 {one.student} {one.name}", one) for one in receipts}
    pages.write_pages(out, made)
    (out / TABLE).write_bytes(_table(receipts))
    return ReceiptResult(students=len(receipts), classes=len(classes), problems=tuple(problems))


def _receipt(portfolio: Portfolio, address: PackageAddress, extras: Mapping[str, Any]) -> Receipt:
    lines = [
        ReceiptLine(
            kind=OUTCOMES,
            title=outcome.course_name,
            time=outcome.semester.label if outcome.semester else "",
            state=outcome.certification.status_text.zh if outcome.certification else "",
            files=_files(outcome.files),
        )
        for outcome in portfolio.outcomes
    ]
    order = [part.key for part in performance_kinds()]
    lines += [
        ReceiptLine(
            kind=one.kind,
            title=one.title,
            time=one.start.roc if one.start else one.semester.label if one.semester else "",
            state="",
            files=_files(one.files),
        )
        for one in sorted(portfolio.performances, key=lambda one: order.index(one.kind))
    ]
    values = {field.key: field.raw for field in portfolio.identity.fields}
    number = words_of(extras, "學生", "學號") or address.package_id.rpartition("-")[2]
    courses = len(portfolio.record.courses) if portfolio.record else 0
    files = sum(len(line.files) for line in lines) + len(portfolio.uploads)
    return Receipt(
        student=number,
        name=portfolio.identity.name,
        class_name=" ".join(
            words for words in (portfolio.identity.school_name, words_of(extras, "學生", "班級") or values.get("科班學程別", "")) if words
        ),
        package_id=address.package_id,
        page=f"{address.package_id}.html",
        counts=(("修課", courses), (OUTCOMES, len(portfolio.outcomes)), ("多元表現", len(portfolio.performances)), ("檔案", files)),
        lines=tuple(lines),
        sha256=portfolio.content_sha256,
        signed=portfolio.signature.signer if portfolio.signature else "",
    )


def _files(links: tuple[FileLink, ...]) -> tuple[ReceiptFile, ...]:
    return tuple(
        ReceiptFile(
            name=link.name,
            size=_size(link.attachment.size_bytes) if link.attachment else "",
            mark=link.attachment.sha256[:12] if link.attachment else "",
            missing=link.attachment is None,
        )
        for link in links
    )


def _size(size_bytes: int) -> str:
    return f"{size_bytes / 2**20:.1f} MB" if size_bytes >= 2**20 else f"{max(1, round(size_bytes / 2**10))} KB"


def _table(receipts: list[Receipt]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow((answers.STUDENT, "姓名", "資料雜湊", answers.CONFIRMED, answers.REASON))
    writer.writerows((neutral(one.student), neutral(one.name), one.sha256[:16], "", "") for one in receipts)
    return out.getvalue().encode("utf-8-sig")
