"""Whatever anybody hands over, each reader answers with what it read or with sentences; nothing else is ever raised. Packages have tests of their own."""

import csv
import io
import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from reviewer import resources
from reviewer.intake import kinds
from reviewer.intake.ledger import open_ledger
from reviewer.intake.rosters import read_rosters
from reviewer.intake.uploads import open_uploads
from reviewer.marks.reading import parse_review_file
from reviewer.model.problem import Problem, Stop
from reviewer.search.query import parse
from reviewer.selection import config
from reviewer.site import sums

quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
odd = st.text(max_size=30) | st.sampled_from(
    ["", "0", "-1", "１２", "1e999", "114/02/30", "1140230", "\x00", "\u202e", "=1+1", "null", "A;B;;", "9" * 400, "👩\u200d"]
)
SITE_CONFIG = resources.data_folder("site_config")
DEPARTMENT = (SITE_CONFIG / "departments" / "001012.toml").read_text(encoding="utf-8")
ROSTERS = sorted(kinds.kinds())


def said(problems: tuple[Problem, ...] | list[Problem]) -> None:
    """Every problem is a sentence that can be written."""
    for problem in problems:
        assert str(problem).encode()
        assert problem.what.en
        assert problem.remedy.en


def uploads_of(files: dict[str, bytes]) -> None:
    """Read a school's folder as the intake does."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "school.toml").write_text('code = "123456"\nname = "試"\n', encoding="utf-8")
        for file, content in files.items():
            (folder / file).write_bytes(content)
        with open_ledger() as ledger:
            said([one.problem for one in read_rosters(folder, "123456", ledger).findings])
        try:
            with open_uploads(folder, None) as uploads:
                said([one.problem for one in uploads.reading.findings])
        except Stop as stop:
            said(stop.problems)


@quick
@given(st.sampled_from(ROSTERS), st.data())
def test_any_cells_in_a_roster(kind: str, data: st.DataObject) -> None:
    columns = list(kinds.kinds()[kind].columns)
    heads = data.draw(st.just(columns) | st.lists(st.sampled_from(columns) | odd, max_size=12))
    rows = data.draw(st.lists(st.lists(odd, max_size=len(columns) + 2), max_size=5))
    out = io.StringIO()
    csv.writer(out).writerows([heads, *rows])
    uploads_of({f"{kind}.csv": out.getvalue().encode("utf-8", "replace")})


@quick
@given(st.sampled_from(ROSTERS), st.sampled_from([".csv", ".xlsx", ".xls", ".ods"]), st.binary(max_size=400))
def test_any_bytes_as_a_roster(kind: str, suffix: str, content: bytes) -> None:
    uploads_of({f"{kind}{suffix}": content})


def configuration_of(department: str | bytes, site: str | bytes | None = None) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "departments").mkdir()
        for path, content in (("site.toml", site), ("departments/001012.toml", department)):
            standing = (SITE_CONFIG / path).read_text(encoding="utf-8")
            words = standing if content is None else content
            (folder / path).write_bytes(words if isinstance(words, bytes) else words.encode("utf-8", "surrogatepass"))
        try:
            said(config.load(folder).problems)
        except Stop as stop:
            said(stop.problems)


LINES = DEPARTMENT.splitlines()
tomlish = (
    st.sampled_from(["[", "]", "=", '"', "'''", "\n", "#", "[[x]]", "a.b.c = 1", "1979-05-27", "inf", "nan", "{", "\x00", "\ud800", "true"])
    | odd
)


@quick
@given(st.integers(0, len(LINES) - 1), st.lists(tomlish, max_size=4))
@example(0, ["[" * 3000])
@example(0, ["a = " + "[" * 5000])
@example(0, ["a = " + "9" * 10_000])
def test_any_line_in_a_department_s_file(place: int, words: list[str]) -> None:
    configuration_of("\n".join([*LINES[:place], "".join(words), *LINES[place + 1 :]]))


KEYS = sorted({line.partition("=")[0].strip() for line in LINES if "=" in line and not line.startswith(("#", " "))})
toml_values = st.sampled_from(
    ['""', "[]", "{}", "-1", "1e400", "nan", "true", '"../x"', '["A", 1]', "[[]]", "{a = 1}", '"' + "長" * 5000 + '"', "1979-05-27"]
)


@quick
@given(st.sampled_from(KEYS), toml_values)
def test_any_value_of_a_department_s_field(key: str, value: str) -> None:
    lines = [f"{key} = {value}" if line.partition("=")[0].strip() == key else line for line in LINES]
    configuration_of("\n".join(lines))


@quick
@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_as_configuration(content: bytes, whole: bool) -> None:
    configuration_of(content if whole else LINES[0].encode() + b"\n" + content, content if not whole else None)


leaves = st.none() | st.booleans() | st.integers() | st.floats() | odd
values = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(odd | st.sampled_from(["value", "at", "by", "seen", "on"]), inner, max_size=5)
    ),
    max_leaves=20,
)
MARKS: dict[str, Any] = {
    "format": "reviewer-marks",
    "version": 1,
    "department": {"code": "001012", "name": "資工"},
    "admission_year": 114,
    "rubric": {"id": "r", "sha256": "0" * 64},
    "rater": {"id": "rater-1", "name": "王"},
    "saved_at": "2026-04-01T10:00:00.000Z",
    "reread": False,
    "dossiers": {"10110042": {"bases": {}, "reading": {}, "fields": {}}},
}


def marks_of(data: bytes) -> None:
    read, problems = parse_review_file(data, "marks.json")
    said(problems)
    assert read is not None or problems


@quick
@given(st.sampled_from(sorted(MARKS)), values)
def test_any_value_in_a_marks_file(key: str, value: Any) -> None:
    marks_of(json.dumps(MARKS | {key: value}).encode())


@quick
@given(odd, st.sampled_from(["bases", "reading", "fields"]), values)
def test_any_value_in_a_dossier_of_a_marks_file(number: str, part: str, value: Any) -> None:
    dossier = {"bases": {}, "reading": {}, "fields": {}} | {part: value}
    marks_of(json.dumps(MARKS | {"dossiers": {number: dossier}}).encode())


@quick
@given(odd, values)
def test_any_version_of_a_field_in_a_marks_file(field: str, value: Any) -> None:
    version = {"value": value, "at": "2026-04-01T10:00:00.000Z", "by": "d1", "seen": {"d1": 1}, "on": ""}
    fields = {field: [version], "note": [version | {"value": value}]}
    marks_of(json.dumps(MARKS | {"dossiers": {"10110042": {"bases": {}, "reading": {}, "fields": fields}}}).encode())


@quick
@given(st.binary(max_size=200) | st.text(max_size=100).map(lambda words: words.encode("utf-8", "surrogatepass")))
@example(b"[" * 100_000)
@example(b'{"dossiers": ' + b"9" * 1_000_000 + b"}")
@example(b"\xef\xbb\xbf{}")
def test_any_bytes_as_a_marks_file(data: bytes) -> None:
    marks_of(data)


@given(
    st.text(max_size=80)
    | st.lists(
        st.sampled_from(["-", '"', "「", "：", ":", "(", ")", "*", "?", "AND", "科目", "has:", " ", "　", "王", "\ud800", "\x00", "👩"]),
        max_size=30,
    ).map("".join)
)
def test_any_search_query_is_understood_or_told(written: str) -> None:
    query = parse(written)
    said(query.problems())
    assert bool(query.error) == (not query.terms and all(each.excluded for each in query.filters)) or query.error


@given(st.text(max_size=200) | st.binary(max_size=200).map(lambda data: data.decode("latin-1")))
def test_any_list_of_sums(words: str) -> None:
    hashes, problems = sums.parsed(words.encode("utf-8", "surrogatepass"), "SHA256SUMS")
    said(problems)
    assert all(".." not in path.split("/") and not path.startswith("/") for path in hashes)


@pytest.mark.parametrize("data", [b"\x00", b"{}", b"[]", b"null", b'"x"'])
def test_what_is_no_marks_file_is_refused(data: bytes) -> None:
    read, problems = parse_review_file(data, "marks.json")
    assert read is None
    assert problems
