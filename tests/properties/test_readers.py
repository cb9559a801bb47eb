"""Whatever anybody hands over, each reader answers with what it read or with sentences; nothing else is ever raised. Packages have tests of their own."""

import csv
import functools
import io
import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from fixtures.minizip import write_zip
from reviewer import resources
from reviewer.intake import kinds
from reviewer.intake.ledger import open_ledger
from reviewer.intake.rosters import read_rosters
from reviewer.intake.transfer import record
from reviewer.intake.transfer.reading import read_transfer
from reviewer.intake.uploads import open_uploads
from reviewer.marks.reading import parse_review_file
from reviewer.model.problem import Problem, Stop
from reviewer.search.query import parse
from reviewer.selection import config, table_columns
from reviewer.selection.importing import plan_import
from reviewer.selection.rubrics import load_rubrics
from reviewer.site import sums
from reviewer.site.delivery import envelopes, reading
from tests import deliveries

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


few = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
json_values = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            odd | st.sampled_from([*record.FILE_KEYS, "學號", "身分證號", "競賽參與紀錄", "提交紀錄", "文件檔案MD5", "../x"]),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


def transfer_of(archive: bytes) -> None:
    """Take a transfer into a new folder of uploads; nothing lies beside it afterwards, and what was written can be read."""
    with tempfile.TemporaryDirectory() as name:
        root, uploads = Path(name), Path(name) / "uploads"
        (root / "170497_2025_09_01_08_30_00.zip").write_bytes(archive)
        uploads.mkdir()
        (uploads / "school.toml").write_text('code = "123456"\nname = "試"\n', encoding="utf-8")
        try:
            said(read_transfer(root / "170497_2025_09_01_08_30_00.zip", uploads).problems)
        except Stop as stop:
            said(stop.problems)
        assert {path.name for path in root.iterdir()} == {"170497_2025_09_01_08_30_00.zip", "uploads"}
        with open_ledger() as ledger:
            said([one.problem for one in read_rosters(uploads, "123456", ledger).findings])


@few
@given(
    st.lists(
        st.fixed_dictionaries({"基本資料": json_values}, optional={"課程學習成果紀錄": json_values, "多元表現": json_values}), max_size=3
    )
)
def test_any_student_in_a_transfer(students: list[dict[str, Any]]) -> None:
    data = json.dumps(students, ensure_ascii=False).encode("utf-8", "surrogatepass")
    transfer_of(write_zip({"170497_2025_09_01_08_30_00.json": data}))


@few
@given(
    st.sampled_from(["基本資料", "課程學習成果紀錄", "多元表現"]),
    json_values,
    st.sampled_from(["A1", "../x", ".", "", "a/b", "CON", "\x00", "學"]),
    st.sampled_from(["{}/課程學習成果/a.pdf", "{}/多元表現/../../x", "{}", "{}/{}.json", "x.json", "{}/課程學習成果"]),
)
def test_any_part_and_any_file_of_a_transfer(part: str, value: Any, person: str, path: str) -> None:
    student = (
        {"基本資料": {"身分證號": person, "學號": person}, part: value}
        if part != "基本資料"
        else {part: {"身分證號": person, "學號": value}}
    )
    files = {"170497_2025_09_01_08_30_00.json": json.dumps([student]).encode(), path.format(person, person): b"x"}
    transfer_of(write_zip({name: content for name, content in files.items() if name}))


@few
@given(st.binary(max_size=300), st.integers(0, 400))
@example(b"", 0)
def test_any_bytes_in_a_transfer(content: bytes, place: int) -> None:
    sound = write_zip(
        {"170497_2025_09_01_08_30_00.json": b'[{"\xe5\x9f\xba\xe6\x9c\xac\xe8\xb3\x87\xe6\x96\x99": {"\xe5\xa7\x93\xe5\x90\x8d": "x"}}]'}
    )
    transfer_of(sound[:place] + content + sound[place + len(content) :])


HEADINGS = [*table_columns.BEFORE_CODES, "A", "B.x", "F", "P", "R", *table_columns.AFTER_CODES]


def import_of(name: str, content: bytes) -> None:
    """Plan an import into the shipped configuration."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / name
        source.write_bytes(content)
        try:
            plan = plan_import(source, SITE_CONFIG)
        except Stop as stop:
            said(stop.problems)
            return
        said(plan.problems)
        for change in plan.changes:
            assert change.diff.encode("utf-8", "surrogatepass")


@few
@given(
    st.lists(
        st.fixed_dictionaries({}, optional=dict.fromkeys(HEADINGS, odd | st.sampled_from(["●", "001012", "英文", "修課紀錄(A)"]))),
        max_size=4,
    )
)
def test_any_cells_in_a_table_of_departments(rows: list[dict[str, str]]) -> None:
    out = io.StringIO()
    table = csv.DictWriter(out, HEADINGS, restval="")
    table.writeheader()
    table.writerows({table_columns.CODE: f"00101{number}"} | row for number, row in enumerate(rows))
    import_of("校系.csv", out.getvalue().encode("utf-8", "replace"))


@few
@given(st.sampled_from([".csv", ".xlsx", ".txt"]), st.binary(max_size=300), st.booleans())
def test_any_bytes_as_a_table_of_departments(ending: str, content: bytes, headed: bool) -> None:
    import_of(f"校系{ending}", ",".join(HEADINGS).encode() + b"\n001012," + content if headed else content)


RUBRIC = (SITE_CONFIG / "rubrics" / "default.toml").read_text(encoding="utf-8")
RUBRIC_LINES = RUBRIC.splitlines()
RUBRIC_KEYS = sorted({line.partition("=")[0].strip() for line in RUBRIC_LINES if "=" in line and not line.startswith("#")})


def rubric_of(words: str | bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "rubrics").mkdir()
        content = words if isinstance(words, bytes) else words.encode("utf-8", "surrogatepass")
        (folder / "rubrics" / "default.toml").write_bytes(content)
        said(load_rubrics(folder)[1])


@few
@given(st.integers(0, len(RUBRIC_LINES) - 1), st.lists(tomlish, max_size=4))
@example(0, ["a = " + "[" * 5000])
def test_any_line_in_a_rubric(place: int, words: list[str]) -> None:
    rubric_of("\n".join([*RUBRIC_LINES[:place], "".join(words), *RUBRIC_LINES[place + 1 :]]))


@few
@given(st.sampled_from(RUBRIC_KEYS), toml_values | st.sampled_from(["[90, 80]", "[nan, inf]", "100.5", "-0.0", "[1e308, -1e308]"]))
def test_any_value_of_a_rubric_s_field(key: str, value: str) -> None:
    rubric_of("\n".join(f"{key} = {value}" if line.partition("=")[0].strip() == key else line for line in RUBRIC_LINES))


@few
@given(st.binary(max_size=200))
def test_any_bytes_as_a_rubric(content: bytes) -> None:
    rubric_of(content)


@functools.cache
def delivered() -> bytes:
    """What a container holds once it is unsealed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sealed = deliveries.container(folder / "d.age", deliveries.department(folder / deliveries.CODE, deliveries.OLD))
        parts: list[bytes] = []
        envelopes.unseal(sealed, deliveries.OPENING, lambda data: parts.append(bytes(data)))
    return b"".join(parts)


def unsealed(content: bytes, piece: int) -> tuple[reading.Outcome, dict[str, bytes]]:
    """Read what an envelope held, in pieces of any size; return the files that were opened too."""
    opened: dict[str, io.BytesIO] = {}

    class Kept(io.BytesIO):
        def close(self) -> None:
            """Stay readable."""

    def unseal(_container: Path, _opening: object, write: Callable[[bytes], None]) -> None:
        for start in range(0, len(content), piece):
            write(content[start : start + piece])

    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        patch.setattr(envelopes, "unseal", unseal)
        (Path(name) / "d.age").write_bytes(content)
        outcome = reading.read(Path(name) / "d.age", deliveries.OPENING, lambda _head: None, lambda path: opened.setdefault(path, Kept()))
    return outcome, {path: file.getvalue() for path, file in opened.items()}


def test_what_was_delivered_is_sound() -> None:
    outcome, files = unsealed(delivered(), 700)
    assert (outcome.problems, files) == ((), deliveries.OLD)


@few
@given(st.floats(0, 1), st.binary(max_size=600), st.integers(0, 600), st.integers(1, 5000))
def test_any_change_of_a_delivery_is_told(where: float, content: bytes, taken: int, piece: int) -> None:
    sound = delivered()
    place = int(where * len(sound))
    changed = sound[:place] + content + sound[place + taken :]
    outcome, files = unsealed(changed, piece)
    said(outcome.problems)
    assert set(files) <= set(deliveries.OLD)
    assert outcome.problems or (files == deliveries.OLD and outcome.files == len(deliveries.OLD))


@few
@given(st.binary(max_size=1500), st.integers(1, 600))
def test_any_bytes_as_a_delivery(content: bytes, piece: int) -> None:
    outcome, files = unsealed(content, piece)
    said(outcome.problems)
    assert outcome.problems
    assert files == {}
