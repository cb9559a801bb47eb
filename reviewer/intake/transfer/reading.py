"""`reviewer intake transfer read`: transfer students into the new school's uploads, with their certifications and dates.

The students' objects are kept as they came (`transfer/<身分證號>.json`, files under `transfer/<身分證號>/`), so that writing them again gives the very
same; beside them rosters in the form of every upload (`異動生學生課程學習成果名冊.csv` …), and the files under `files/<學號>/`.
"""

import csv
import hashlib
import io
import itertools
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from reviewer.intake import kinds
from reviewer.intake.school import read_school
from reviewer.intake.transfer import record
from reviewer.intake.transfer.archive import Archive, open_archive
from reviewer.intake.transfer.record import Json
from reviewer.model.formulas import neutral, unneutral
from reviewer.model.parts import OUTCOMES
from reviewer.model.problem import Problem, ProblemKind, Severity, Where
from reviewer.model.text import Text
from reviewer.packages import names

FILE_CHANGED = ProblemKind(
    "transfer-md5",
    Severity.ERROR,
    Text(
        "「{name}」的 MD5 與原學校記錄的不同，檔案遭更動或損壞。",
        "The MD5 of “{name}” is not the one that the former school wrote down; it was changed or damaged.",
    ),
    Text("請向原學校重新索取，這個檔案沒有採用。", "Ask the former school for it again; the file was not taken."),
)
FILE_NOT_THERE = ProblemKind(
    "transfer-file-not-there",
    Severity.WARNING,
    Text("異動資料提到「{name}」，但 zip 裡沒有。", "The transfer names “{name}”, but the zip does not hold it."),
    Text("請向原學校索取。", "Ask the former school for it."),
)
NO_PERSON = ProblemKind(
    "transfer-no-person",
    Severity.ERROR,
    Text(
        "第 {number} 位學生沒有身分證號，無法對應檔案，未採用。",
        "Student {number} in the list has no identity number, so files cannot be matched; he is not taken.",
    ),
    Text("請向原學校確認。", "Ask the former school."),
)

NOT_IN_ROSTER = ProblemKind(
    "transfer-not-in-roster",
    Severity.NOTE,
    Text(
        "學生資料名冊還沒有學號 {numbers}；檢核與封裝還不含這些學生。",
        "The roster of students does not have {numbers} yet; checking and packing leave them out.",
    ),
    Text(
        "請把他們加進學生資料名冊；學號不同的話，先以 --number 重新讀入。",
        "Add them to 學生資料名冊; where their numbers are others, read again with --number first.",
    ),
)

STORE = "transfer"
"""Where transfers are kept as they came, within the uploads."""
_FOLDERS = (OUTCOMES, record.PERFORMANCES)


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferRead:
    """What reading came to."""

    students: int
    """Students taken."""
    numbers: tuple[str, ...]
    """Their 學號 here."""
    items: int
    """Outcomes and performances."""
    files: int
    """Files taken."""
    problems: tuple[Problem, ...]
    """What was odd."""


def read_transfer(path: Path, uploads: Path, password: str = "", numbers: Mapping[str, str] | None = None) -> TransferRead:
    """Take a transfer zip into a folder of uploads. `numbers` gives the new 學號 by 身分證號; without, the old 學號 or the identity number itself.

    Raises `Stop` when the zip cannot be read or the folder is no school's. Nothing that is there already is changed but the rosters that an earlier transfer wrote.
    """
    read_school(uploads)
    with open_archive(path, password) as archive:
        reading = _Reading(archive, uploads, numbers or {})
        for number, student in enumerate(archive.students, 1):
            reading.student(number, student)
        reading.rosters()
    return TransferRead(
        students=len(reading.students),
        numbers=tuple(reading.students),
        items=reading.items,
        files=reading.files,
        problems=tuple(reading.problems),
    )


class _Reading:
    """One zip on its way into the uploads."""

    def __init__(self, archive: Archive, uploads: Path, numbers: Mapping[str, str]) -> None:
        self.archive, self.uploads, self.numbers = archive, uploads, numbers
        self.students: list[str] = []
        self.items = self.files = 0
        self.problems: list[Problem] = []
        self.rows: dict[str, list[dict[str, str]]] = {}

    def student(self, number: int, student: Json) -> None:
        person = record.person_of(student)
        where = Where(file=self.archive.name, path=f"[{number - 1}]")
        if not person or names.leads_out(person) or "/" in person or names.deceives(person):
            self.problems.append(NO_PERSON.at(where, number=number))
            return
        identity = student.get(record.IDENTITY)
        known = {key: str(value) for key, value in identity.items() if isinstance(value, str)} if isinstance(identity, dict) else {}
        own = self.numbers.get(person) or _number(known.get(kinds.STUDENT, "")) or person
        store = self.uploads / STORE / person
        store.mkdir(parents=True, exist_ok=True)
        (self.uploads / STORE / f"{person}.json").write_text(
            json.dumps(student, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", errors="backslashreplace"
        )
        spoiled = self.check_files(person, student, where)
        renamed = self.copy_files(person, own, spoiled)
        for kind, _, row in record.items(student):
            cells = {key: value for key, value in record.flat(kind, row).items() if key not in record.MD5}
            for key in record.FILE_KEYS.keys() & cells.keys():
                cells[key] = self._named(own, _path(person, kind, cells[key]), cells[key], spoiled, renamed)
            self.rows.setdefault(kind, []).append({kinds.STUDENT: own, **cells})
            self.items += 1
        self.students.append(own)

    def _named(self, own: str, path: str, name: str, spoiled: set[str], renamed: Mapping[str, str]) -> str:
        """How a row names its file here. What was not taken must not be found under the name of another item's file."""
        if path in self.archive.entries and path not in spoiled:
            return renamed.get(path, name)
        stem, dot, suffix = name.rpartition(".")
        return f"{stem}（未採用）{dot}{suffix}" if name and (self.uploads / "files" / own / name).exists() else name

    def check_files(self, person: str, student: Json, where: Where) -> set[str]:
        """MD5s of every file that an item names; the paths of those that were changed."""
        spoiled = set()
        for kind, index, row in record.items(student):
            named = {key: row[key] for key in record.FILE_KEYS if isinstance(row.get(key), str) and row[key]}
            for key, name in named.items():
                path = _path(person, kind, name)
                at = Where(file=where.file, path=f"{where.path}.{kind}[{index}].{key}")
                if path not in self.archive.entries:
                    self.problems.append(FILE_NOT_THERE.at(at, name=names.visible(name)))
                    continue
                # A key that names no kind of file says whose hash it is only where there is one file.
                md5_keys = (record.FILE_KEYS[key], *(record.NEUTRAL_MD5 if len(named) == 1 else ()))
                expected = next((row[one] for one in md5_keys if isinstance(row.get(one), str) and row[one]), "")
                found = hashlib.md5(self.archive.read(path), usedforsecurity=False).hexdigest()
                if expected and found != expected.strip().lower():
                    self.problems.append(FILE_CHANGED.at(at, name=names.visible(name)))
                    spoiled.add(path)
        return spoiled

    def copy_files(self, person: str, own: str, spoiled: set[str]) -> dict[str, str]:
        """Bring the files in; the new names, by path, of those that met another file of their name."""
        renamed: dict[str, str] = {}
        for path in sorted(self.archive.entries):
            if not path.startswith(f"{person}/"):
                continue
            content = self.archive.read(path)
            kept = self.uploads / STORE / path
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_bytes(content)
            inner = path.removeprefix(f"{person}/")
            if path in spoiled or inner.partition("/")[0] not in _FOLDERS:
                continue
            folder, _, name = inner.partition("/")
            free = _free(self.uploads / "files" / own, name, folder, content)
            if free != name:
                renamed[path] = free
            target = self.uploads / "files" / own / free
            target.parent.mkdir(parents=True, exist_ok=True)
            if not target.exists():
                target.write_bytes(content)
                self.files += 1
        return renamed

    def rosters(self) -> None:
        """Write the rows as rosters, one .csv a kind, by the names that reading recognises."""
        for kind, rows in self.rows.items():
            roster = (
                "學生課程學習成果名冊" if kind == OUTCOMES else "校內幹部經歷名冊" if kind == record.SCHOOL_KIND else "學生自填多元表現名冊"
            )
            sheet = "轉學轉科課程學習成果" if kind == OUTCOMES else re.sub(r'[\\/:*?"<>|\x00-\x1f]', "_", kind)
            path = self.uploads / f"{kinds.TRANSFERRED}{roster}_{sheet}.csv"
            path.write_bytes(_csv([*_there(path, {row[kinds.STUDENT] for row in rows}), *rows]))


def _path(person: str, kind: str, name: str) -> str:
    """Where the zip holds a file that an item names."""
    return names.normal(f"{person}/{OUTCOMES if kind == OUTCOMES else record.PERFORMANCES}/{name}")


def _free(folder: Path, name: str, of: str, content: bytes) -> str:
    """A name for a file: its own, or with the folder that it came from where a file of another content has that."""
    stem, dot, suffix = name.rpartition(".")
    stem, suffix = (stem, dot + suffix) if dot else (suffix, "")
    names_to_try = itertools.chain([name, f"{stem}-{of}{suffix}"], (f"{stem}-{of}-{number}{suffix}" for number in itertools.count(2)))
    return next(one for one in names_to_try if not (folder / one).exists() or (folder / one).read_bytes() == content)


def _number(words: str) -> str:
    """A 學號 of the former school that can name a folder; else none."""
    return "" if not words.strip(". ") or "/" in words or names.leads_out(words) or names.deceives(words) else words


def _there(path: Path, replaced: Iterable[str]) -> list[dict[str, str]]:
    """Rows that an earlier transfer wrote of other students."""
    if not path.is_file():
        return []
    left_out = set(replaced)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = ({unneutral(key): unneutral(cell) for key, cell in row.items()} for row in csv.DictReader(file, restkey="", restval=""))
        return [row for row in rows if row.get(kinds.STUDENT) not in left_out]


def _csv(rows: list[dict[str, str]]) -> bytes:
    columns = list(dict.fromkeys(key for row in rows for key in row))
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(neutral(column) for column in columns)
    writer.writerows([neutral(row.get(column, "")) for column in columns] for row in rows)
    return out.getvalue().encode("utf-8-sig", "backslashreplace")
