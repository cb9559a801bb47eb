"""What a merge leaves in DIR: marks.xlsx, marks.json, report.html, and reread/ when there is a site and something is disputed. Each file whole."""

import json
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
from reviewer.model.problem import Stop, Where

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


def write_outcome(merged: Merged, out: Path, site: Path | None = None) -> tuple[Path, ...]:
    """Write the files; raise `Stop` where they cannot be written. Returns what was written."""
    data = (json.dumps(outcome_object(merged.outcome), ensure_ascii=False) + "\n").encode("utf-8", errors="replace")
    contents = {BOOK: workbook(merged), DATA: data, PAGE: report(merged)}
    for name, content in contents.items():
        part = out / f".{name}.part"
        try:
            out.mkdir(parents=True, exist_ok=True)
            part.write_bytes(content)
            part.replace(out / name)
        except OSError as error:
            raise Stop(
                findings.WRITE_FAILED.at(Where(file=str(out)), path=out / name, reason=error.strerror or type(error).__name__)
            ) from error
    folder = None if site is None else write_reread(merged, site, out)
    return (*(out / name for name in contents), *((folder / "index.html",) if folder else ()))
