"""One student of an upload: rows by roster, and the files that the school laid down for him."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from reviewer.intake import kinds
from reviewer.intake.ledger import Row
from reviewer.model.parts import DOCUMENT_LINK, MEDIA_LINK, OUTCOMES, performance_kinds
from reviewer.packages import names, part_files

OUTCOME_FILES = ("課程學習成果文件檔案連結", "課程學習成果影音檔案連結")
"""Columns of an outcome that name files: document, medium."""
PERFORMANCE_FILES = (DOCUMENT_LINK, MEDIA_LINK)
"""The same of a performance."""
OWN_PARTS = ("照片.jpg", "照片.png", "照片.jpeg")
"""Files that belong to the student and that no roster names; transcripts (第6學期成績單.pdf) beside them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that was laid down."""

    name: str
    """Its name in NFC, relative to the student's folder."""
    path: Path
    """Where it lies."""
    size_bytes: int
    """Its size."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An outcome or a performance, with the files that it names."""

    row: Row
    """Its row."""
    index: int
    """Its place in its list, from 0: what 勾選項目 counts."""
    files: tuple[tuple[str, str, Upload | None], ...]
    """Column, name as written and the file, None when it is not there."""

    @property
    def kind(self) -> str:
        """課程學習成果 or the kind of performance."""
        return self.row.sheet.kind

    @property
    def is_outcome(self) -> bool:
        """Whether it is a course outcome."""
        return self.kind == OUTCOMES

    @property
    def title(self) -> str:
        """What people call it."""
        return self.row.get("科目名稱") if self.is_outcome else self.row.get(_TITLES.get(self.kind, ""))


_TITLES = {part.key: part.title for part in performance_kinds()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Student:
    """Everything that an upload holds of one student."""

    number: str
    """學號."""
    row: Row
    """Row of 學生資料."""
    package_id: str
    """學生: name of the package."""
    marks: tuple[Row, ...]
    """學期成績, then 補修, 重修 and 轉學轉科."""
    means: tuple[Row, ...]
    """學期平均."""
    outcomes: tuple[Item, ...]
    """課程學習成果, in the rosters' order."""
    performances: Mapping[str, tuple[Item, ...]]
    """All eleven kinds, in the export's order."""
    uploads: Mapping[str, Upload]
    """Files of his folder, by folded name."""
    applied: Mapping[str, tuple[Upload, ...]]
    """What is uploaded for one department (N to T), by 校系代碼."""

    @property
    def name(self) -> str:
        """姓名, code points as the roster has them."""
        return self.row.get("姓名")

    @property
    def class_name(self) -> str:
        """班級; empty when the roster has none."""
        return self.row.get("班級")

    def items(self) -> Iterator[Item]:
        """Outcomes, then performances kind by kind."""
        yield from self.outcomes
        for items in self.performances.values():
            yield from items

    def own_parts(self) -> tuple[Upload, ...]:
        """Photograph and transcripts, by the rule of whoever reads packages; what an item names is the item's."""
        named = self._named()
        return tuple(upload for upload in self.uploads.values() if upload.name not in named and _is_own(upload.name))

    def _named(self) -> set[str]:
        return {upload.name for item in self.items() for _, _, upload in item.files if upload}

    def unclaimed(self) -> tuple[Upload, ...]:
        """Files that no row names and that are no parts of their own."""
        claimed = self._named() | {upload.name for upload in self.own_parts()}
        return tuple(upload for upload in self.uploads.values() if upload.name not in claimed)


def _is_own(name: str) -> bool:
    return name in OWN_PARTS or (part_files.part_of(name) == part_files.TRANSCRIPT and name.endswith(".pdf"))


def assemble(
    row: Row, package_id: str, rows: Mapping[str, list[Row]], uploads: Mapping[str, Upload], applied: Mapping[str, tuple[Upload, ...]]
) -> Student:
    """Put a student together from his rows and files."""
    return Student(
        number=row.student,
        row=row,
        package_id=package_id,
        marks=(*rows.get(kinds.MARKS, ()), *rows.get(kinds.EXTRA_MARKS, ())),
        means=tuple(rows.get(kinds.MEANS, ())),
        outcomes=_items(rows.get(OUTCOMES, []), OUTCOME_FILES, uploads),
        performances={part.key: _items(rows.get(part.key, []), PERFORMANCE_FILES, uploads) for part in performance_kinds()},
        uploads=uploads,
        applied=applied,
    )


def _items(rows: list[Row], columns: tuple[str, ...], uploads: Mapping[str, Upload]) -> tuple[Item, ...]:
    return tuple(
        Item(
            row=row,
            index=index,
            files=tuple((column, row.get(column), uploads.get(names.fold(row.get(column)))) for column in columns if row.get(column)),
        )
        for index, row in enumerate(rows)
    )
