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
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from reviewer.intake import kinds
from reviewer.intake.school import read_school
from reviewer.intake.transfer import admission, record
from reviewer.intake.transfer.archive import Archive, open_archive
from reviewer.intake.transfer.record import Json
from reviewer.model.formulas import neutral, unneutral
from reviewer.model.parts import OUTCOMES
from reviewer.model.problem import Problem, ProblemKind, Severity, Stop, Where
from reviewer.model.text import Text
from reviewer.packages import limits, names

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
KEYS_MANY = ProblemKind(
    "transfer-keys-many",
    Severity.WARNING,
    Text(
        "「{kind}」的資料有 {count} 個不是欄位的名稱（名冊最多 {most} 欄，名稱最多 {characters} 字），沒有寫進名冊；原資料保留在 {store}/。",
        "The items of “{kind}” have {count} names that are not taken for columns (a roster has {most} at most, a name {characters} characters); {store}/ keeps them as they came.",
    ),
    Text("請向原學校確認資料是否正確。", "Ask the former school whether the data are right."),
)
CELL_LONG = ProblemKind(
    "transfer-cell-long",
    Severity.WARNING,
    Text(
        "這一欄有 {length} 字，名冊只寫入前 {limit} 字；原資料保留在 {store}/。",
        "The field has {length} characters; the roster holds the first {limit}, and {store}/ keeps it as it came.",
    ),
    Text("請核對這一欄。", "Check the field."),
)
ROSTER_SPOILED = ProblemKind(
    "transfer-roster-unreadable",
    Severity.ERROR,
    Text(
        "先前讀入異動生時寫的「{name}」無法讀取（{reason}），這次沒有讀入任何資料。",
        "“{name}”, which an earlier transfer wrote, cannot be read ({reason}); nothing was taken this time.",
    ),
    Text("請改正或移走這個名冊，再讀入一次。", "Mend that roster or move it away, and read the transfer again."),
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
_COLUMNS_MOST = 100
"""Columns of a roster; the kind with most fields has thirty."""
_KEY_CHARACTERS = 100
_KIND_CHARACTERS = 40


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

    Raises `Stop` when the zip, or a roster that an earlier transfer wrote, cannot be read, or the folder is no school's. Nothing that is there already is
    changed but the rosters that an earlier transfer wrote.
    """
    school = read_school(uploads)
    with open_archive(path, password) as archive:
        _check_rosters(uploads)
        reading = _Reading(archive, uploads, school.code, numbers or {})
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

    def __init__(self, archive: Archive, uploads: Path, school_code: str, numbers: Mapping[str, str]) -> None:
        self.archive, self.uploads, self.numbers = archive, uploads, numbers
        self.students: list[str] = []
        self.items = self.files = 0
        self.problems: list[Problem] = []
        self.rows: dict[str, list[dict[str, str]]] = {}
        self.columns: dict[str, dict[str, None]] = {}
        self.left_out: dict[str, set[str]] = {}
        self.admission = admission.Admission(uploads, school_code)

    def student(self, number: int, student: Json) -> None:
        person = admission.person_name(student)
        where = Where(file=self.archive.name, path=f"[{number - 1}]")
        if not person:
            self.problems.append(admission.NO_PERSON.at(where, number=number))
            return
        identity = student.get(record.IDENTITY)
        known = {key: str(value) for key, value in identity.items() if isinstance(value, str)} if isinstance(identity, dict) else {}
        sent = known.get(kinds.STUDENT, "")
        own = self.numbers.get(person) or (sent if admission.is_name(sent) else person)
        refused = self.admission.refusal(person, own, where, number, is_given=person in self.numbers)
        refused = refused or (admission.too_much(where, number) if self.is_too_much(student) else None)
        if refused is not None:
            self.problems.append(refused)
            return
        store = self.uploads / STORE / person
        store.mkdir(parents=True, exist_ok=True)
        (self.uploads / STORE / f"{person}.json").write_text(
            json.dumps(student, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", errors="backslashreplace"
        )
        spoiled = self.check_files(person, student, where)
        renamed = self.copy_files(person, own, spoiled)
        for kind, index, row in record.items(student):
            cells = self.cells(kind, row, Where(file=where.file, path=f"{where.path}.{kind}[{index}]"))
            for key in record.FILE_KEYS.keys() & cells.keys():
                cells[key] = self._named(own, _path(person, kind, cells[key]), cells[key], spoiled, renamed)
            self.rows.setdefault(kind, []).append({kinds.STUDENT: own, **cells})
            self.items += 1
        self.students.append(own)

    def is_too_much(self, student: Json) -> bool:
        """Whether the rosters cannot hold this student's items; his keys are counted among their columns, taken or not."""
        counted: Counter[str] = Counter()
        for kind, _, row in record.items(student):
            counted[kind] += 1
            columns, left_out = self.columns.setdefault(kind, {}), self.left_out.setdefault(kind, set())
            for key in record.flat(kind, row):  # in the order sent: the same columns each time
                if key in record.MD5 or key in columns:
                    continue
                if len(columns) < _COLUMNS_MOST and len(key) <= _KEY_CHARACTERS:
                    columns[key] = None
                else:
                    left_out.add(key)
        rows = {kind: len(of_kind) for kind, of_kind in self.rows.items()}
        return admission.is_too_much(counted, rows, {kind: len(keys) for kind, keys in self.columns.items()})

    def cells(self, kind: str, row: Json, where: Where) -> dict[str, str]:
        """A row as its roster has it: in columns that it can have, none longer than what is read of a field."""
        found = {key: value for key, value in record.flat(kind, row).items() if key in self.columns[kind]}
        for key, value in found.items():
            if len(value) > limits.FIELD_CHARACTERS:
                at = Where(file=where.file, path=f"{where.path}.{key}")
                self.problems.append(CELL_LONG.at(at, length=f"{len(value):,}", limit=f"{limits.FIELD_CHARACTERS:,}", store=STORE))
                found[key] = value[: limits.FIELD_CHARACTERS]
        return found

    def _named(self, own: str, path: str, name: str, spoiled: set[str], renamed: Mapping[str, str]) -> str:
        """How a row names its file here. What was not taken must not be found under the name of another item's file."""
        if path in self.archive.entries and path not in spoiled:
            return renamed.get(path, name)
        stem, dot, suffix = name.rpartition(".")
        return f"{stem}（未採用）{dot}{suffix}" if name and (self.uploads / "files" / own / name).exists() else name

    def check_files(self, person: str, student: Json, where: Where) -> set[str]:
        """MD5s of every file that an item names; the paths of those that were changed."""
        spoiled = set()
        hashes: dict[str, str] = {}
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
                if path not in hashes:
                    hashes[path] = hashlib.md5(self.archive.read(path), usedforsecurity=False).hexdigest()
                if expected and hashes[path] != expected.strip().lower():
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
        for kind, keys in self.left_out.items():
            if keys:
                facts = {"count": f"{len(keys):,}", "most": _COLUMNS_MOST, "characters": _KEY_CHARACTERS, "store": STORE}
                self.problems.append(KEYS_MANY.at(Where(file=self.archive.name), kind=names.visible(kind), **facts))
        for kind, rows in self.rows.items():
            roster = (
                "學生課程學習成果名冊" if kind == OUTCOMES else "校內幹部經歷名冊" if kind == record.SCHOOL_KIND else "學生自填多元表現名冊"
            )
            sheet = "轉學轉科課程學習成果" if kind == OUTCOMES else re.sub(r'[\\/:*?"<>|\x00-\x1f]', "_", kind[:_KIND_CHARACTERS])
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


def _check_rosters(uploads: Path) -> None:
    """Raises `Stop` for rosters of earlier transfers that cannot be read: what stands in them would be lost when they are written again."""
    problems = []
    for path in sorted(uploads.glob(f"{kinds.TRANSFERRED}*.csv")):
        try:
            _there(path, ())
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            reason = getattr(error, "strerror", None) or error
            problems.append(ROSTER_SPOILED.at(Where(file=path.name), name=names.visible(path.name), reason=reason))
    if problems:
        raise Stop(*problems)


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
