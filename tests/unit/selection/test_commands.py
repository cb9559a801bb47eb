"""`reviewer init` and `reviewer departments …` as somebody types them: what is printed, what is written, how they end."""

import json
from pathlib import Path

import pytest

from reviewer.cli.main import run
from reviewer.resources import data_folder
from reviewer.selection.config import load

NEW = [
    "--name",
    "航海系",
    "--field",
    "工程學群",
    "--course-record",
    "--outcomes",
    "B,C",
    "--performances",
    "f、j",
    "--other",
    "R=個人資料表",
]


@pytest.fixture
def folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A configuration made only with these commands."""
    folder = tmp_path / "uni"
    assert run(["init", str(folder), "--university-code", "009", "--university-name", "海洋大學"]) == 0
    assert run(["departments", "new", "009012", "--config", str(folder), *NEW, "--yes"]) == 0
    capsys.readouterr()
    return folder


def test_a_configuration_made_only_with_the_commands_is_sound(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["departments", "check", "--config", str(folder)]) == 0
    assert capsys.readouterr().out == "3 個檔，都可以用。 / 3 files, all sound.\n"
    selection = load(folder).departments["009012"]
    assert [section.codes for section in selection.sections] == [("A",), ("B", "C"), ("F", "J"), ("R",)]


def test_the_check_tells_every_fault_and_ends_with_3(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder / "departments/009012.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('["F", "J"]', '["F", "G", "H", "I", "J"]') + "colour = 1\n", encoding="utf-8")
    assert run(["departments", "check", "--config", str(folder)]) == 3
    out = capsys.readouterr().out
    assert "錯誤 departments/009012.colour：沒有「colour」這個設定。" in out
    assert "009012 航海系 採計了 5 項多元表現（F、G、H、I、J），至多 4 項。" in out
    assert out.endswith("3 個檔，2 個錯誤。 / 3 files, 2 errors.\n")
    assert run(["departments", "check", "--config", str(folder), "--json"]) == 3
    found = json.loads(capsys.readouterr().out)
    assert (found["errors"], [problem["code"] for problem in found["problems"]]) == (
        2,
        ["config-key-unknown", "config-too-many-categories"],
    )


def test_a_folder_that_is_not_there_is_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["departments", "check", "--config", str(tmp_path / "none")]) == 2
    assert "找不到設定資料夾" in capsys.readouterr().err


def test_nothing_is_written_that_is_not_sound(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["departments", "new", "009013", "--config", str(folder), "--name", "航海系", "--performances", "F,G,H,I,J", "--yes"]
    assert run(arguments) == 2
    assert "至多 4 項" in capsys.readouterr().err
    assert not (folder / "departments/009013.toml").exists()


def test_show_says_what_reviewers_will_see(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["departments", "show", "009012", "--config", str(folder)]) == 0
    out = capsys.readouterr().out
    assert "009012 航海系  海洋大學" in out
    assert "公告文字 / As announced：修課紀錄(A)、課程學習成果(B、C)、多元表現(F、J)、其他(R.個人資料表)" in out
    assert "本系不採計的項目：D、E、G、H、I、K、L、M、N、O、P、Q" in out
    assert run(["departments", "show", "009012", "--config", str(folder), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["sections"][2] == {"group": "performance", "codes": ["F", "J"]}
    assert run(["departments", "show", "009013", "--config", str(folder)]) == 2
    assert "設定裡沒有校系 009013。是不是要寫「009012」？" in capsys.readouterr().err


def test_an_import_shows_its_diff_and_writes_only_when_told(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "lines.txt"
    source.write_text("修課紀錄(A)、多元表現(K)", encoding="utf-8")
    arguments = ["departments", "import", str(source), "--department", "009012", "--config", str(folder)]
    before = (folder / "departments/009012.toml").read_bytes()
    assert run(arguments) == 2
    said = capsys.readouterr()
    assert '+performances = ["K"]' in said.out
    assert "沒有寫入：這裡不是終端機，無法詢問（會改變的檔：1）。看過上列差異後加上 --yes 再執行一次。" in said.err
    assert (folder / "departments/009012.toml").read_bytes() == before
    assert run([*arguments, "--yes"]) == 0
    assert '+performances = ["K"]' in capsys.readouterr().out
    assert run([*arguments, "--yes"]) == 0
    assert "沒有需要改的檔。" in capsys.readouterr().out


@pytest.mark.parametrize("ending", ["xlsx", "csv", "json", "html"])
def test_export(folder: Path, tmp_path: Path, ending: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["departments", "export", "--out", str(tmp_path / f"t.{ending}"), "--config", str(folder)]) == 0
    assert "（1 個校系）" in capsys.readouterr().out
    assert (tmp_path / f"t.{ending}").stat().st_size > 100


def test_statistics(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["departments", "stats", "--config", str(folder), "--last", str(data_folder("site_config"))]) == 0
    out = capsys.readouterr().out
    assert "大學：1 個校系" in out
    assert "4 個校系有變動" in out
    assert run(["departments", "stats", "--config", str(folder), "--json", "--out", str(tmp_path / "s.xlsx")]) == 0
    assert json.loads(capsys.readouterr().out)["sets"][0]["total"] == 1
    assert (tmp_path / "s.xlsx").is_file()
    assert run(["departments", "stats", "--config", str(folder), "--against", str(tmp_path / "none")]) == 1


def test_no_english_name_is_none_and_not_the_chinese_one(folder: Path, tmp_path: Path) -> None:
    assert 'university_name = "海洋大學"\n' in (folder / "site.toml").read_text(encoding="utf-8")
    named = ["--university-name", "海洋大學", "--university-name-en", "Ocean University"]
    assert run(["init", str(tmp_path / "named"), *named]) == 0
    site = (tmp_path / "named/site.toml").read_text(encoding="utf-8")
    assert 'university_name = { zh = "海洋大學", en = "Ocean University" }\n' in site


def test_schemas_can_be_renewed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "schemas/site.json").unlink()
    assert run(["init", str(folder), "--schemas"]) == 0
    shipped = data_folder("site_config") / "schemas"
    assert {path.name: path.read_bytes() for path in (folder / "schemas").iterdir()} == {
        path.name: path.read_bytes() for path in shipped.iterdir()
    }
    assert run(["init", str(folder)]) == 2


def test_the_examples_are_named_where_they_are_read_and_never_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shipped = data_folder("site_config")
    assert run(["departments", "export", "--out", "t.csv"]) == 0
    said = f"備註 沒有指定 --config，這裡也沒有 site_config；用的是隨附的範例設定 {shipped}。請用 --config 指出自己的設定資料夾。"
    assert said in capsys.readouterr().err
    for command in (["build", "packages", "--out", "site"], ["preview", "uploads"]):
        assert run(command) != 0
        assert said in capsys.readouterr().err
    before = {path: path.read_bytes() for path in (shipped / "departments").iterdir()}
    assert run(["departments", "new", "009012", *NEW, "--yes"]) == 2
    assert "找不到設定資料夾「site_config」。" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in (shipped / "departments").iterdir()} == before
    assert run(["init", "site_config"]) == 0
    assert run(["departments", "new", "009012", *NEW, "--yes"]) == 0
    assert run(["departments", "export", "--out", "t.csv"]) == 0
    assert "範例設定" not in capsys.readouterr().err
