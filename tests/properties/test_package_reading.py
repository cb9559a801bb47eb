"""Whatever stands in a package, reading it gives a portfolio or sets it aside; nothing else is ever raised, and what comes out can be written anywhere."""

import io
import json
import posixpath
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from reviewer.model.attachment import MediaType
from reviewer.model.canonical import canonical_json
from reviewer.model.parts import parts, performance_kinds
from reviewer.model.problem import SetAside, Stop
from reviewer.packages.applications import read_table
from reviewer.packages.findings import Findings, Place
from reviewer.packages.json_text import parse
from reviewer.packages.media_types import media_type
from reviewer.packages.names import deceives, fold, is_ignored, leads_out, visible
from reviewer.packages.opening import open_package
from reviewer.packages.reader import read
from tests.faults.packages.making import Files, address, good, write_folder, write_zip

KEYS = sorted(
    {field.key for part in parts().values() for field in part.fields}
    | {"分數", "母體人數", "分數級距分布", "證照資訊", "內容簡述", "外部影音連結"}
)
odd_text = st.text(max_size=20) | st.sampled_from(
    ["-1", "T", ",1", "6", "2024/02/30", "1e400", "0" * 5000, "../x", "\ud83c", "\x00", "組距0_1的人數"]
)
leaves = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | odd_text
values = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=6), inner, max_size=5),
    max_leaves=20,
)
rows = st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=6), values, max_size=10)
quick = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def told(reason: SetAside | Stop) -> None:
    """The exception speaks in sentences that can be written."""
    assert reason.problems
    for problem in reason.problems:
        assert str(problem).encode()


def outcome_of(files: Files) -> bool:
    """Read a package; whether it became a portfolio. Whatever it became can be written."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            with open_package(address(write_folder(Path(folder) / "package", files))) as opened:
                portfolio = read(opened)
        except SetAside as aside:
            told(aside)
            return False
    assert canonical_json(portfolio).decode()
    for problem in portfolio.problems:
        assert str(problem).encode()
    return True


@quick
@given(rows)
def test_any_course(row: dict[str, Any]) -> None:
    files = good()
    files["修課紀錄.json"]["學習紀錄"].append(row)
    assert outcome_of(files)


@quick
@given(rows)
def test_any_semester(row: dict[str, Any]) -> None:
    files = good()
    row.pop("學習紀錄", None)
    files["修課紀錄.json"]["學期成績與學習相對表現資訊"].append(row)
    assert outcome_of(files)


@quick
@given(st.sampled_from([part.key for part in performance_kinds()]), rows)
def test_any_performance(kind: str, row: dict[str, Any]) -> None:
    for link in ("證明文件連結", "影音檔案連結"):
        row.pop(link, None)
    assert outcome_of(good() | {"多元表現.json": {kind: [row]}})


@quick
@given(rows)
def test_any_outcome(row: dict[str, Any]) -> None:
    for link in ("課程學習成果文件檔案連結", "課程學習成果影音檔案連結"):
        row.pop(link, None)
    assert outcome_of(good() | {"課程學習成果.json": [row], "附加資訊.json": {"課程學習成果": [row]}})


@quick
@given(rows)
def test_any_identity(row: dict[str, Any]) -> None:
    assert outcome_of(good() | {"基本資料.json": row})


@quick
@given(st.sampled_from(["基本資料.json", "修課紀錄.json", "課程學習成果.json", "多元表現.json", "附加資訊.json"]), values)
def test_any_value_as_a_part_is_read_or_set_aside(name: str, value: Any) -> None:
    outcome_of(good() | {name: json.dumps(value).encode()})


@quick
@given(odd_text | values)
def test_any_link_is_read_or_set_aside(link: Any) -> None:
    files = good()
    files["課程學習成果.json"][0]["課程學習成果文件檔案連結"] = link
    outcome_of(files)


@quick
@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_any_bytes_as_json_markdown_or_table(data: bytes) -> None:
    outcome_of(good() | {"多元表現.json": data})
    outcome_of(good() | {"學習歷程自述.md": data, "造字/造字.csv": data, "課程計畫.csv": data})


@quick
@given(st.text(alphabet="![]()<>/.\\: ab\n`圖%2e", max_size=60))
def test_any_markdown(text: str) -> None:
    outcome_of(good() | {"多元表現綜整心得.md": text.encode()})


@quick
@given(st.text(alphabet='[]{}",:0 \\a', max_size=80))
def test_json_is_bounded_as_python_reads_it(text: str) -> None:
    """Our bounds never refuse what is small, and what we take is what the standard reader takes."""
    try:
        expected = json.loads(text, parse_int=str, parse_float=str, strict=False)
    except ValueError:
        with pytest.raises(SetAside):
            parse(text.encode(), Place(Findings("p"), "x.json"))
    else:
        assert parse(text.encode(), Place(Findings("p"), "x.json")) == expected


SMALL_ZIP = write_zip(Path(tempfile.mkdtemp()) / "x.zip", {"基本資料.json": {"姓名": "林怡君"}, "報導.pdf": b"%PDF-1.4"}).read_bytes()


@quick
@given(st.lists(st.tuples(st.integers(0, len(SMALL_ZIP) - 1), st.integers(0, 255)), min_size=1, max_size=6), st.integers(0, 40))
def test_any_damaged_zip_is_read_or_set_aside(changes: list[tuple[int, int]], cut: int) -> None:
    data = bytearray(SMALL_ZIP)
    for at, byte in changes:
        data[at] = byte
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.zip"
        path.write_bytes(data[: len(data) - cut])
        try:
            with open_package(address(path)) as opened:
                assert canonical_json(read(opened))
        except SetAside as aside:
            told(aside)


@quick
@given(st.lists(st.text(alphabet="a./\\:A\u0301é報\u202e\x07 ", min_size=1, max_size=8), min_size=1, max_size=4))
def test_any_names_in_a_zip_stay_inside(entries: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for name in dict.fromkeys(entries):
                archive.writestr(zipfile.ZipInfo(name), b"x")
        path = Path(folder) / "x.zip"
        path.write_bytes(buffer.getvalue())
        try:
            with open_package(address(path)) as opened:
                for entry in opened.inventory:
                    assert (opened.root / entry.disk_path).resolve().is_relative_to(opened.root.resolve())
        except SetAside as aside:
            told(aside)


@given(st.text(alphabet="a./\\:~ nulCON", max_size=30))
@example("a/../../b")
@example("..")
@example("C:x")
def test_a_path_that_does_not_lead_out_stays_inside(path: str) -> None:
    if not leads_out(path):
        assert posixpath.normpath(posixpath.join("/root/package", path)).startswith("/root/package")
        assert "\\" not in path
        assert ":" not in path


@given(st.text(max_size=30))
def test_names_can_be_shown_and_compared(name: str) -> None:
    assert not deceives(visible(name))
    assert fold(fold(name)) == fold(name)
    assert fold(name.upper()) == fold(name.upper().lower()) or not name.isascii()
    assert is_ignored(name) in (True, False)


@given(st.binary(max_size=200))
def test_any_content_has_a_type(data: bytes) -> None:
    assert media_type(io.BytesIO(data)) in MediaType
    for head in (b"ID3\x04\x00\x00", b"\xff\xfb", b"\x00\x00\x00\x20ftyp", b"%PDF-"):
        assert media_type(io.BytesIO(head + data)) in MediaType


@quick
@given(st.lists(st.lists(st.text(max_size=12), max_size=5), max_size=5), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_any_applications_table_is_read_or_stops_with_a_sentence(cells: list[list[str]], encoding: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        body = "\n".join(",".join(row) for row in [["應試號碼", "校系代碼", "學生", "勾選項目"], *cells])
        path.write_bytes(body.encode(encoding, "surrogatepass"))
        try:
            applications, problems = read_table(path)
        except Stop as stop:
            told(stop)
        else:
            assert all(application.applicant_number.isalnum() and application.applicant_number.isascii() for application in applications)
            assert all(str(problem) for problem in problems)


@quick
@given(st.binary(max_size=300))
def test_any_bytes_as_a_workbook_stop_with_a_sentence(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        path.write_bytes(data)
        with pytest.raises(Stop) as stop:
            read_table(path)
        assert stop.value.problems
