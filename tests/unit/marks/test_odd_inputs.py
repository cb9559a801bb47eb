"""`reviewer marks merge` on what offices really name: each odd file gets one sentence (what, where, what to do), and the right exit status."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reviewer.cli.main import run
from reviewer.model.problem import ExitStatus
from tests.unit.marks.building import BASE, CONFIG, record, review, same, save, version

WELL, NOTHING, USAGE, SOME = ExitStatus.WELL, ExitStatus.NOTHING, ExitStatus.USAGE, ExitStatus.SOME
NUMBER = "01686460"
MARKED = {NUMBER: record(same("good"))}

Say = Callable[..., tuple[ExitStatus, str]]


@pytest.fixture
def merge(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Say:
    """Run the command over files: the exit status, and all that it says."""

    def command(*files: Path, options: tuple[str, ...] = ()) -> tuple[ExitStatus, str]:
        status = run(["marks", "merge", *map(str, files), "--out", str(tmp_path / "out"), "--config", str(CONFIG), *options])
        said = capsys.readouterr()
        return ExitStatus(status), said.out + said.err

    return command


@pytest.fixture
def sound(tmp_path: Path) -> tuple[Path, Path]:
    return save(tmp_path, "wang.json", review("王明德", MARKED)), save(tmp_path, "lin.json", review("林玉梅", MARKED))


def written(folder: Path, content: bytes) -> Path:
    folder.write_bytes(content)
    return folder


def marks_of(name: str, **changes: Any) -> dict[str, Any]:
    return review(name, MARKED, **changes)


ODD: dict[str, tuple[Callable[[Path], Path], str]] = {
    "another department's": (
        lambda folder: save(folder, "odd.json", marks_of("陳大文", department={"code": "001023", "name": ""})),
        "錯誤 odd.json：這是校系 001023 的評分，這次合併的是 001012，沒有併入。請和那個校系的檔案一起合併。",
    ),
    "another year's": (
        lambda folder: save(folder, "odd.json", marks_of("陳大文", admission_year=114)),
        "錯誤 odd.json：這是 114 學年度的評分，這次合併的是 115 學年度，沒有併入。請確認是不是去年的檔案。",
    ),
    "broken JSON": (
        lambda folder: written(folder / "odd.json", b'{"format": "reviewer-marks", '),
        "錯誤 odd.json：檔案不是完整的 JSON，沒有併入。請委員在評閱頁面重新存一次 .json。",
    ),
    "an empty file": (
        lambda folder: written(folder / "odd.json", b""),
        "錯誤 odd.json：檔案不是完整的 JSON，沒有併入。請委員在評閱頁面重新存一次 .json。",
    ),
    "an empty list": (
        lambda folder: save(folder, "odd.json", []),
        "錯誤 odd.json：這不是評分檔案（format 不是 reviewer-marks），沒有併入。請選評閱頁面存下的 .json；.csv 只供查閱，不能併入。",
    ),
    "the table for reading": (
        lambda folder: written(folder / "odd.CSV", '\ufeff"應試號碼","評分者"\r\n'.encode()),
        "錯誤 odd.CSV：這不是評分檔案（format 不是 reviewer-marks），沒有併入。請選評閱頁面存下的 .json；.csv 只供查閱，不能併入。",
    ),
    "the table as another program saves it": (
        lambda folder: written(folder / "odd.csv", "應試號碼,評分者\n".encode("big5")),
        "錯誤 odd.csv：這不是評分檔案（format 不是 reviewer-marks），沒有併入。請選評閱頁面存下的 .json；.csv 只供查閱，不能併入。",
    ),
    "a file that is not there": (
        lambda folder: folder / "odd.json",
        "錯誤 odd.json：檔案無法讀取（找不到），沒有併入。請確認檔案在那裡，再執行一次。",
    ),
    "a reviewer who marked nothing": (
        lambda folder: save(folder, "odd.json", review("陳大文", {})),
        "提醒 odd.json：「陳大文」的檔案裡沒有任何評分。請確認這位委員還沒開始評分，或請他在評分的那台電腦重新存檔。",
    ),
    "a rubric of another name": (
        lambda folder: save(folder, "odd.json", marks_of("陳大文", rubric={"id": "old", "sha256": "0"})),
        "提醒 odd.json：這個檔案用的評量尺規「old」和校系目前的「default」不同。請確認尺規在評分後有沒有改過；等第與權重都以目前的尺規計算。",
    ),
    "a rubric that was changed since": (
        lambda folder: save(folder, "odd.json", marks_of("陳大文", rubric={"id": "default", "sha256": "0"})),
        "提醒 odd.json：評量尺規「default」在這個檔案評分之後改過。等第與權重都以目前的尺規計算；請確認改了什麼，必要時請委員重新看過。",
    ),
}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_file_beside_sound_ones_is_told_and_the_rest_is_merged(
    merge: Say, sound: tuple[Path, Path], tmp_path: Path, name: str
) -> None:
    make, sentence = ODD[name]
    status, said = merge(*sound, make(tmp_path))
    assert status is SOME
    assert said.splitlines().count(sentence) == 1
    assert sum(line.startswith(("錯誤", "提醒", "備註")) for line in said.splitlines()) == 1
    assert (tmp_path / "out" / "report.html").is_file()


def test_a_folder_says_how_to_name_what_is_in_it(merge: Say, sound: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "委員").mkdir()
    status, said = merge(*sound, tmp_path / "委員")
    assert status is SOME
    assert f"錯誤 委員：這是資料夾，不是評分檔案，沒有併入。請寫出裡面的檔案，例如 {tmp_path / '委員'}/*.json。" in said.splitlines()


@pytest.mark.parametrize("name", ["broken JSON", "the table for reading", "an empty list", "a file that is not there"])
def test_where_only_odd_files_are_named_nothing_is_written(merge: Say, tmp_path: Path, name: str) -> None:
    make, sentence = ODD[name]
    status, said = merge(make(tmp_path))
    assert status is NOTHING
    assert said.splitlines().count(sentence) == 1
    assert "錯誤 沒有任何一個評分檔案可以合併。請依各檔案的原因處理後再執行。" in said.splitlines()
    assert not (tmp_path / "out").exists()


def test_where_nobody_marked_anything_nothing_is_written(merge: Say, tmp_path: Path) -> None:
    opened = {NUMBER: {**record({}), "fields": {}}}
    status, said = merge(save(tmp_path, "a.json", review("王明德", {})), save(tmp_path, "b.json", review("林玉梅", opened)))
    assert status is NOTHING
    assert "錯誤 所有檔案裡都沒有評分，沒有可以合併的。請等委員評分並存檔後再執行。" in said.splitlines()
    assert not (tmp_path / "out").exists()


def test_no_file_at_all_is_wrong_usage(merge: Say) -> None:
    status, said = merge()
    assert status is USAGE
    assert "Missing argument 'FILES...'" in said


def test_the_same_file_twice_counts_once_and_needs_no_word(merge: Say, sound: tuple[Path, Path]) -> None:
    status, said = merge(*sound, sound[0])
    assert status is WELL
    assert "合併了 2 位評分者對 1 份檔案的評分；1 份的評分已經足夠，沒有需要再閱的檔案。" in said
    assert "Marks of 2 raters on 1 dossier were merged; 1 is complete, none needs to be read again." in said


def test_a_copy_of_a_file_elsewhere_is_the_same_reviewer_and_said(merge: Say, sound: tuple[Path, Path], tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    status, said = merge(*sound, Path(shutil.copy(sound[0], folder)))
    assert status is WELL
    names = f"{tmp_path.name}/wang.json、copies/wang.json"
    expected = f"「王明德」有 2 個檔案（{'、'.join(sorted(names.split('、')))}），已合成一份；以每一處最後的評分為準。"
    assert expected in said
    assert "合併了 2 位評分者" in said


def test_two_versions_of_one_reviewer_become_one_by_what_each_knew(merge: Say, sound: tuple[Path, Path], tmp_path: Path) -> None:
    later = record(same("fair"))
    for field in later["fields"].values():
        field[0] |= {"seen": {"d-1": 60}}
    status, said = merge(*sound, save(tmp_path, "later.json", review("王明德", {NUMBER: later}, saved_at="2026-03-29T09:00:00.000Z")))
    assert status is WELL
    assert "備註 「王明德」有 2 個檔案（later.json、wang.json），已合成一份；以每一處最後的評分為準。" in said
    marks = json.loads((tmp_path / "out" / "marks.json").read_text(encoding="utf-8"))["marks"]
    assert sorted(mark["total"] for mark in marks) == [64.5, 74.5]


def test_two_versions_that_do_not_know_of_each_other_are_open_not_guessed(merge: Say, sound: tuple[Path, Path], tmp_path: Path) -> None:
    other = record({})
    other["fields"] = {"level:record": [version("weak", by="d-2", at="08:30:00")]}
    status, said = merge(*sound, save(tmp_path, "laptop.json", review("王明德", {NUMBER: other})))
    assert status is SOME
    assert "1 處的兩個版本不同，請本人選定。 / 1 conflict is open." in said


def test_a_re_reading_beside_first_readings_is_said_and_stands_apart(merge: Say, sound: tuple[Path, Path], tmp_path: Path) -> None:
    again = save(tmp_path, "again.json", review("陳大文", {NUMBER: record(same("fair"))}, reread=True))
    status, said = merge(*sound, again)
    assert status is WELL
    assert "備註 again.json：這是再閱的檔案：總分另列，不放進平均、標準化與一致性。怎麼採用由校系決定。" in said.splitlines()
    result = json.loads((tmp_path / "out" / "marks.json").read_text(encoding="utf-8"))["dossiers"][0]
    assert (result["mean"], [one["total"] for one in result["rereads"]]) == (74.5, [64.5])


def test_re_readings_alone_have_nothing_to_be_compared_with(merge: Say, tmp_path: Path) -> None:
    status, said = merge(save(tmp_path, "again.json", review("陳大文", MARKED, reread=True)))
    assert status is SOME
    assert "提醒 只有再閱的檔案，沒有初閱的評分可以比較。請和初閱委員的檔案一起合併。" in said.splitlines()


def site(folder: Path, *numbers: str, year: int = 115) -> tuple[str, ...]:
    """A built site, as far as merging looks at it."""
    dossiers = [{"number": number, "folder": number, "sha256": BASE, "slots": {}} for number in numbers]
    desk = {"department": {"code": "001012"}, "admission_year": year, "dossiers": dossiers}
    data = folder / "site" / "001012" / "data"
    data.mkdir(parents=True)
    (data / "desk.js").write_text(f'Reviewer.give("desk", {json.dumps(desk)});\n', encoding="utf-8")
    return "--site", str(folder / "site")


def test_marks_for_somebody_who_is_not_in_the_site_are_told(merge: Say, sound: tuple[Path, Path], tmp_path: Path) -> None:
    assert merge(*sound, options=site(tmp_path / "whole", NUMBER))[0] is WELL
    status, said = merge(*sound, options=site(tmp_path / "less", "01686499"))
    assert status is SOME
    sentence = f"檔案 {NUMBER} 有評分，但已不在校系的資料夾裡。請確認這位申請人是否已經放棄，或那一份被擱置。"
    assert said.count(sentence) == 1


def test_a_site_of_another_year_compares_nothing(merge: Say, sound: tuple[Path, Path], tmp_path: Path) -> None:
    status, said = merge(*sound, options=site(tmp_path, NUMBER, year=114))
    assert status is NOTHING
    folder = tmp_path / "site"
    assert f"{folder} 是 114 學年度的資料，評分是 115 學年度的。請確認 --site 指向這一年的輸出。" in said
    assert not (tmp_path / "out").exists()


MEANT = "--site 請指向 reviewer build 用 --out 寫出的資料夾（001012/ 就在裡面），或 001012/ 本身。"


def test_the_department_s_folder_is_taken_as_well(merge: Say, sound: tuple[Path, Path], tmp_path: Path) -> None:
    _, root = site(tmp_path, NUMBER)
    assert merge(*sound, options=("--site", f"{root}/001012"))[0] is WELL
    shutil.move(f"{root}/001012", tmp_path / "usb")
    assert merge(*sound, options=("--site", str(tmp_path / "usb")))[0] is WELL


def test_the_folder_of_another_department_says_which_is_meant(merge: Say, tmp_path: Path) -> None:
    _, root = site(tmp_path, NUMBER)
    other = save(tmp_path, "other.json", review("陳大文", MARKED, department={"code": "001023", "name": ""}))
    status, said = merge(other, options=("--site", f"{root}/001012"))
    assert status is NOTHING
    assert (
        f"{root}/001012 是校系 001012 的資料夾，評分是校系 001023 的。--site 請指向校系 001023 的資料夾，或各校系資料夾的上一層。" in said
    )


@pytest.mark.parametrize("named", ["site", "site/001012"])
@pytest.mark.parametrize("content", [None, "{", '{"department": {}}'])
def test_desk_data_that_cannot_be_read_name_the_folder(
    merge: Say, sound: tuple[Path, Path], tmp_path: Path, named: str, content: str | None
) -> None:
    site(tmp_path, NUMBER)
    desk = tmp_path / "site" / "001012" / "data" / "desk.js"
    if content is None:
        desk.unlink()
    else:
        desk.write_text(content, encoding="utf-8")
    status, said = merge(*sound, options=("--site", str(tmp_path / named)))
    assert status is NOTHING
    folder = tmp_path / "site" / "001012"
    assert f"校系 001012 的資料夾 {folder} 沒有評閱資料（data/desk.js），或無法讀取。請用目前的版本重新執行 reviewer build。" in said


def test_a_site_without_the_department_compares_nothing(merge: Say, sound: tuple[Path, Path], tmp_path: Path) -> None:
    status, said = merge(*sound, options=("--site", str(tmp_path)))
    assert status is NOTHING
    assert f"錯誤 {tmp_path} 裡沒有校系 001012 的資料夾，它本身也不是校系的資料夾。{MEANT}" in said.splitlines()
    assert not (tmp_path / "out").exists()
    assert merge(*sound, options=("--site", str(tmp_path / "nowhere")))[0] is USAGE
