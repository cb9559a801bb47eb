"""`reviewer marks merge`: exit statuses, sentences, and what lies in DIR."""

import json
import shutil
from pathlib import Path

import jsonschema
import pytest

from reviewer.cli.main import run
from reviewer.marks.output import schema_bytes
from reviewer.model.problem import ExitStatus
from reviewer.resources import data_folder
from tests.unit.marks.building import CONFIG, record, review, same, save

SCHEMA = data_folder("site_config") / "schemas" / "marks.json"


def files(folder: Path) -> list[str]:
    return [
        str(save(folder, f"{name}.json", review(name, {f"0168646{place}": record(same(level)) for place, level in enumerate(levels)})))
        for name, levels in (("王明德", ("excellent", "good")), ("林玉梅", ("good", "good")))
    ]


def test_all_merged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = run(["marks", "merge", *files(tmp_path), "--out", str(tmp_path / "out"), "--config", str(CONFIG)])
    assert status == ExitStatus.WELL
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["marks.json", "marks.xlsx", "report.html"]
    said = capsys.readouterr().out
    assert "合併了 2 位評分者對 2 份檔案的評分；2 份的評分已經足夠，1 份需要再閱。" in said
    assert "Marks of 2 raters on 2 dossiers were merged; 2 are complete, 1 should be read again." in said


def test_some_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = save(tmp_path, "other.json", review("陳大文", {}, admission_year=114))
    status = run(["marks", "merge", *files(tmp_path), str(other), "--out", str(tmp_path / "out"), "--config", str(CONFIG)])
    assert status == ExitStatus.SOME
    said = capsys.readouterr().out
    assert "錯誤 other.json：這是 114 學年度的評分，這次合併的是 115 學年度，沒有併入。請確認是不是去年的檔案。" in said


def test_nothing_to_merge_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = save(tmp_path, "bad.json", [])
    assert run(["marks", "merge", str(bad), "--out", str(tmp_path / "out"), "--config", str(CONFIG)]) == ExitStatus.NOTHING
    assert not (tmp_path / "out").exists()
    assert "錯誤 沒有任何一個評分檔案可以合併。請依各檔案的原因處理後再執行。" in capsys.readouterr().err


def test_a_department_that_the_configuration_does_not_know_is_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    odd = save(tmp_path, "odd.json", review("王明德", {}, department={"code": "999999", "name": ""}))
    assert run(["marks", "merge", str(odd), "--out", str(tmp_path / "out"), "--config", str(CONFIG)]) == ExitStatus.USAGE
    assert "999999" in capsys.readouterr().err


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    assert (
        run(["marks", "merge", *files(tmp_path), "--out", str(tmp_path / "out" / "below"), "--config", str(CONFIG)]) == ExitStatus.NOTHING
    )
    assert "無法寫入" in capsys.readouterr().err


def test_the_json_is_of_the_shipped_schema(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["marks", "merge", *files(tmp_path), "--out", str(tmp_path / "out"), "--config", str(CONFIG), "--json", "--cut", "1"]
    assert run([*arguments, "--rehearsal", "01686460"]) == ExitStatus.WELL
    printed = json.loads(capsys.readouterr().out)
    assert printed == json.loads((tmp_path / "out" / "marks.json").read_text(encoding="utf-8"))
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(printed, schema, jsonschema.Draft202012Validator)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**printed, "marks": [1]}, schema, jsonschema.Draft202012Validator)
    assert (printed["format"], printed["version"], printed["disputed"]) == ("reviewer-marks-outcome", 1, ["01686460"])


def test_the_shipped_schema_is_that_of_the_types() -> None:
    assert SCHEMA.read_bytes() == schema_bytes()


def test_the_usual_configuration_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    command = ["marks", "merge", *files(tmp_path), "--out", str(tmp_path / "out")]
    monkeypatch.chdir(tmp_path)
    assert run(command) == ExitStatus.WELL
    assert f"沒有指定 --config，這裡也沒有 site_config；用的是隨附的範例設定 {CONFIG}。" in capsys.readouterr().out
    shutil.copytree(CONFIG, tmp_path / "site_config")
    assert run(command) == ExitStatus.WELL
    assert "沒有指定 --config；尺規與校系的設定取自 site_config。" in capsys.readouterr().out
    assert "尺規與校系的設定取自 site_config。" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
