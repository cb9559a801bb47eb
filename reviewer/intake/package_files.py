"""The files of one student's package: JSON parts, what he uploaded, and our own additions in files beside (附加資訊.json, 課程計畫.csv, 造字/)."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from reviewer import __version__
from reviewer.intake import parts_json
from reviewer.intake.bag import Content, digest
from reviewer.intake.student import Item, Student
from reviewer.intake.uploads import Uploads
from reviewer.model.application import Application
from reviewer.model.canonical import canonical_sha256
from reviewer.model.parts import OUTCOMES

SCHEMA = "1"
"""Version of our own additions to the export."""

_GLYPH_COLUMNS = ("碼位", "檔名", "對應字", "說明")
_PLAN_COLUMNS = ("課程代碼", "課程名稱", "課程說明", "備註")


def central_files(student: Student, uploads: Uploads, rule_set: str) -> dict[str, Content]:
    """The package as the central export has it: everything, whether it is ticked or not; N to T in sub-folders by department."""
    everything = {OUTCOMES: student.outcomes, **student.performances}
    files: dict[str, Content] = _parts(student, uploads, everything, certification=True)
    files |= _named(everything)
    files |= {upload.name: upload.path for upload in student.own_parts()}
    files |= {f"{code}/{upload.name}": upload.path for code, own in student.applied.items() for upload in own}
    own = {"學號": student.number, "班級": student.class_name}
    return _with_additions(files, student, uploads, everything, {"規則版本": rule_set, "學生": own})


def committee_files(student: Student, application: Application, uploads: Uploads, rule_set: str) -> dict[str, Content]:
    """One applicant's folder in the committee's tree: what was ticked for that department, and the whole record; keys as any reader of it knows them."""
    ticks = set(application.ticks or ())
    every = application.ticks is None
    ticked = {
        kind: tuple(item for item in items if every or any(tick.kind == kind and tick.index == item.index for tick in ticks))
        for kind, items in {OUTCOMES: student.outcomes, **student.performances}.items()
    }
    own = {upload.name: upload.path for upload in student.applied.get(application.department_code, ())}
    files: dict[str, Content] = _parts(student, uploads, ticked, certification=False)
    files["基本資料.json"] = _json(parts_json.identity(student, uploads.school) | {"應試號碼": application.applicant_number})
    if "課程學習成果.pdf" in own:
        # Uploaded instead of ticked: then there is no list.
        del files["課程學習成果.json"]
        ticked[OUTCOMES] = ()
    files |= _named(ticked) | {upload.name: upload.path for upload in student.own_parts()} | own
    return _with_additions(files, student, uploads, ticked, {"規則版本": rule_set})


def item_sha256(item: Item) -> str:
    """What a later pack compares an item by: its own words and its files, without its certification and its place."""
    skip = {*parts_json.CERTIFICATION, *parts_json.ROSTER_ONLY, *(column for column, _, _ in item.files)}
    words = {key: value for key, value in sorted(item.row.cells.items()) if key not in skip}
    return canonical_sha256([item.kind, words, [digest(upload.path)[0] if upload else "" for _, _, upload in item.files]])


def _parts(student: Student, uploads: Uploads, items: Mapping[str, tuple[Item, ...]], *, certification: bool) -> dict[str, Content]:
    performances = {kind: own for kind, own in items.items() if kind != OUTCOMES}
    return {
        "基本資料.json": _json(parts_json.identity(student, uploads.school)),
        "修課紀錄.json": _json(parts_json.record(student, uploads.cohort, uploads.school)),
        "課程學習成果.json": _json(parts_json.outcomes(items[OUTCOMES], certification=certification)),
        "多元表現.json": _json(parts_json.performances(performances)),
    }


def _named(items: Mapping[str, tuple[Item, ...]]) -> dict[str, Content]:
    return {upload.name: upload.path for own in items.values() for item in own for _, _, upload in item.files if upload}


def _with_additions(
    files: dict[str, Content], student: Student, uploads: Uploads, items: Mapping[str, tuple[Item, ...]], facts: Mapping[str, Any]
) -> dict[str, Content]:
    plan = _plan(student, uploads)
    if plan:
        files["課程計畫.csv"] = plan
    files |= _glyphs(files, uploads)
    files["附加資訊.json"] = _json(
        {
            "格式版本": SCHEMA,
            "封裝程式": f"portfolio-reviewer {__version__}",
            **facts,
            "學校": {"學校代碼": uploads.school.code, "學校名稱": uploads.school.name, "學校類型": uploads.school.kind},
            OUTCOMES: [_trail(item) for item in items[OUTCOMES]],
            "多元表現": {kind: [_provenance(item) for item in own] for kind, own in items.items() if kind != OUTCOMES},
        }
    )
    return files


def _trail(item: Item) -> dict[str, Any]:
    more = {key: item.row.get(key) for key in parts_json.TRAIL_ONLY if item.row.get(key)}
    return {**parts_json.certification(item), **more, **_provenance(item)}


def _provenance(item: Item) -> dict[str, Any]:
    """Which row an item came from, and what it was when it was packed."""
    files = [{"欄位": column, "檔名": name, "sha256": digest(upload.path)[0] if upload else None} for column, name, upload in item.files]
    origin = {"名冊": item.row.sheet.file, "工作表": item.row.sheet.name, "列": item.row.number}
    return {"項目": item.title, "來源": origin, "檔案": files, "內容雜湊": item_sha256(item)}


def _plan(student: Student, uploads: Uploads) -> bytes:
    """The rows of 課程計畫.csv that are about the student's courses."""
    codes = {row.get("課程代碼") for row in student.marks} - {""}
    names = {row.get("科目名稱") for row in student.marks if not row.get("課程代碼")}
    rows = [(row.code, row.name, row.text, row.note) for row in uploads.plan if row.code in codes or (not row.code and row.name in names)]
    return _csv(_PLAN_COLUMNS, rows) if rows else b""


def _glyphs(files: Mapping[str, Content], uploads: Uploads) -> dict[str, Content]:
    """造字 of the school that occur in this package: its table cut to them, and their pictures."""
    text = "".join(
        content.decode("utf-8") for name, content in files.items() if isinstance(content, bytes) and name.endswith((".json", ".csv"))
    )
    text += "".join(
        content.read_text("utf-8", errors="replace")
        for name, content in files.items()
        if isinstance(content, Path) and name.endswith(".md")
    )
    used = [point for point in sorted(uploads.glyphs) if chr(point) in text]
    if not used:
        return {}
    rows = [tuple(uploads.glyphs[point].get(column, "") for column in _GLYPH_COLUMNS) for point in used]
    pictures = {row[1]: uploads.folder / "造字" / row[1] for row in rows if row[1]}
    found: dict[str, Content] = {
        f"造字/{name}": path for name, path in pictures.items() if Path(name).name == name and path.is_file() and not path.is_symlink()
    }
    return {"造字/造字.csv": _csv(_GLYPH_COLUMNS, rows), **found}


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8", errors="backslashreplace")


def _csv(columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> bytes:
    """A table of the package.

    Its cells stand as they are, formulas or not (`model.formulas`): programs read it, by the export's contract, and an apostrophe would be one
    more letter of a course's description or a file's name.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")
