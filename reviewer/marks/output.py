"""What a merge leaves in DIR: marks.xlsx, marks.json, report.html, and reread/ when there is a site and something is disputed. Each file whole."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pydantic

from reviewer.marks import findings
from reviewer.marks.merging import Merged
from reviewer.marks.report import report
from reviewer.marks.reread import write_reread
from reviewer.marks.shapes import Outcome
from reviewer.marks.workbook import workbook
from reviewer.model.canonical import plain
from reviewer.model.problem import Problem, Stop, Where

BOOK, DATA, PAGE = "marks.xlsx", "marks.json", "report.html"

FORMAT, VERSION = "reviewer-marks-outcome", 1


def outcome_object(outcome: Outcome) -> dict[str, Any]:
    """The outcome for programs; its shape is site_config/schemas/marks.json."""
    return {"format": FORMAT, "version": VERSION, **plain(outcome)}


def outcome_schema() -> dict[str, Any]:
    """JSON Schema of marks.json, from the types themselves."""
    made = pydantic.TypeAdapter(Outcome).json_schema(mode="serialization")
    made["properties"] = {"format": {"const": FORMAT}, "version": {"const": VERSION}, **made["properties"]}
    made["required"] = ["format", "version", *made["required"]]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made, "title": "marks"}


def schema_bytes() -> bytes:
    """The schema as it is shipped."""
    return (json.dumps(outcome_schema(), ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a merge left behind."""

    merged: Merged
    """The merge, with what was found while its folder for re-reading was made."""
    paths: tuple[Path, ...]
    """What people open: the files, and the first page of the folder if there is one."""


def write_outcome(merged: Merged, out: Path) -> Written:
    """Write the folder for re-reading, then the files, which tell what became of it; raise `Stop` where the files cannot be written."""
    problems: tuple[Problem, ...] = ()
    path = out
    try:
        out.mkdir(parents=True, exist_ok=True)
        folder, problems = write_reread(merged, out, (BOOK, DATA, PAGE))
        merged = merged.told(problems)
        data = (json.dumps(outcome_object(merged.outcome), ensure_ascii=False) + "\n").encode("utf-8", errors="replace")
        contents = {out / BOOK: workbook(merged), out / DATA: data, out / PAGE: report(merged)}
        for path, content in contents.items():
            part = path.with_name(f".{path.name}.part")
            part.write_bytes(content)
            part.replace(path)
    except OSError as error:
        failed = findings.WRITE_FAILED.at(Where(file=str(out)), path=path, reason=error.strerror or type(error).__name__)
        raise Stop(*problems, failed) from error
    return Written(merged=merged, paths=(*contents, *((folder / "index.html",) if folder else ())))
