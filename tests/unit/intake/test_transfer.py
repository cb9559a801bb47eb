"""Transfer packages: read with MD5s checked, merged into the new school's uploads, written again just as they came."""

import base64
import hashlib
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from fixtures.minizip import write_zip
from reviewer.cli.main import run
from reviewer.intake.practice import set_up
from reviewer.intake.transfer.reading import read_transfer
from reviewer.intake.transfer.writing import write_transfer
from reviewer.intake.uploads import open_uploads
from reviewer.model.problem import ExitStatus, Stop
from tests.unit.intake.building import asset, build

NAME = "170497_2025_09_01_08_30_00"
PERSON = "A123456789"
LOCKED = base64.b64decode(
    "UEsDBBQAAQAAAAAAIQBEitu5cgAAAGYAAAAfAAAAMTcwNDk3XzIwMjVfMDlfMDFfMDhfMzBfMDAuanNvbips1g3ikRU7jUJhE1lvjos2LzXnQ+cfMNAmJ5FE"
    "PwdfS6CX6eG04sAZf6LrrWIXT+PlHwSXLPr1qj6Armzcbi1T8oQMRliAJVKtqIHNGVslEkeqikYmHsaPNp+ENA4i/eAJQDJZwEbKRyO4MVC14tHA01BLAQIU"
    "ABQAAQAAAAAAIQBEitu5cgAAAGYAAAAfAAAAAAAAAAAAAAAAAAAAAAAxNzA0OTdfMjAyNV8wOV8wMV8wOF8zMF8wMC5qc29uUEsFBgAAAAABAAEATQAAAK8A"
    "AAAAAA=="
)
"""One student, locked by ZipCrypto with the password `school`: Python reads it and cannot write it."""

AT = datetime(2025, 9, 1, 8, 30, tzinfo=UTC)


def student() -> dict[str, Any]:
    return {
        "基本資料": {
            "身分證號": PERSON,
            "姓名": "林小安",
            "擔任學校幹部經歷紀錄": [{"單位名稱": "班級", "開始日期": "1120901", "結束日期": "1130120", "擔任職務": "班長", "幹部等級代碼": "2"}],
        },
        "課程學習成果紀錄": [
            {
                "科目名稱": "國語文", "課程代碼": "112170497V23305A1000101", "實際修課學年度": "113", "實際修課學期": "1", "課程學習成果簡述": "人物關係圖",
                "課程學習成果文件檔案連結": "舊作.pdf", "文件檔案MD5": hashlib.md5(asset("report-cipher.pdf"), usedforsecurity=False).hexdigest(), "認證狀態": "Y",
                "認證時間": "2025/1/15 下午 03:20:00", "認證教師": "吳宗翰", "認證說明": None, "送審時間": "2025/1/6 上午 10:00:00", "上傳學年度": "113",
                "提交紀錄": [{"學年度": "113", "提交": True}],
            }
        ],
        "多元表現": {
            "競賽參與紀錄": [{"競賽名稱": "技藝競賽", "競賽項目組別": "工業配線", "競賽等級代碼": "3", "結果公布日期": "1131120", "證明文件連結": "獎狀.png"}],
            "其他多元表現": [{"名稱": "淨灘", "主辦單位": "", "開始日期": "1131001", "結束日期": "1131001", "時數": 3}],
        },
    }  # fmt: skip


def archive(tmp_path: Path, students: list[dict[str, Any]], files: dict[str, bytes], codec: str = "utf-8") -> Path:
    path = tmp_path / f"{NAME}.zip"
    text = json.dumps(students, ensure_ascii=False, indent=1) + "\n"
    path.write_bytes(write_zip({f"{NAME}.json": text.encode(), **files}, codec=codec))
    return path


def files() -> dict[str, bytes]:
    return {f"{PERSON}/多元表現/獎狀.png": asset("certificate-licence.png"), f"{PERSON}/課程學習成果/舊作.pdf": asset("report-cipher.pdf")}


@pytest.mark.parametrize("codec", ["utf-8", "cp950"])
def test_certification_and_dates_come_along(tmp_path: Path, codec: str) -> None:
    folder = build({}, tmp_path / "uploads")
    result = read_transfer(archive(tmp_path, [student()], files(), codec), folder, numbers={PERSON: "11300001"})
    assert (result.students, result.items, result.files, result.problems) == (1, 4, 2, ())
    with open_uploads(folder) as uploads:
        assert [str(finding.problem) for finding in uploads.reading.findings] == []
        found = next(uploads.students())
    work = next(item for item in found.outcomes if item.row.get("認證教師") == "吳宗翰")
    assert (work.row.get("認證狀態"), work.row.get("認證時間"), work.row.get("送審時間")) == (
        "Y",
        "2025/1/15 下午 03:20:00",
        "2025/1/6 上午 10:00:00",
    )
    assert work.files[0][2] is not None
    competition = next(item for item in found.performances["競賽參與紀錄"] if item.title == "技藝競賽")
    assert competition.row.get("項目") == "工業配線"
    assert [item.title for item in found.performances["其他多元表現紀錄"]] == ["淨灘"]
    assert [item.row.get("擔任職務名稱") for item in found.performances["校方建立幹部經歷紀錄"]] == ["班長"]


def test_a_round_trip_is_identical(tmp_path: Path) -> None:
    folder = build({}, tmp_path / "uploads")
    sent = archive(tmp_path, [student()], files())
    read_transfer(sent, folder)
    with open_uploads(folder) as uploads:
        written = write_transfer(uploads, [PERSON], tmp_path / "out", AT)
    with zipfile.ZipFile(sent) as one, zipfile.ZipFile(written.path) as other:
        first = {name: one.read(name) for name in one.namelist() if not name.endswith(".json")}
        second = {name: other.read(name) for name in other.namelist() if not name.endswith(".json")}
        assert first == second
        assert json.loads(one.read(f"{NAME}.json")) == json.loads(other.read("013398_2025_09_01_08_30_00.json"))
        assert one.read(f"{NAME}.json") == other.read("013398_2025_09_01_08_30_00.json")


def test_an_own_student_goes_out_and_comes_in_with_nothing_lost(tmp_path: Path) -> None:
    folder = build({"students": [{"身分證號": PERSON}]}, tmp_path / "old")
    with open_uploads(folder) as uploads:
        written = write_transfer(uploads, ["11300001"], tmp_path / "out", AT)
        before = next(uploads.students())
    assert (written.path.name, written.students, written.files) == ("013398_2025_09_01_08_30_00.zip", 1, 2)
    new = build(
        {"students": [{"學號": "11400009"}], "marks": [], "means": [], "outcomes": [], "competitions": [], "clubs": []}, tmp_path / "new"
    )
    assert read_transfer(written.path, new, numbers={PERSON: "11400009"}).problems == ()
    with open_uploads(new) as uploads:
        after = next(uploads.students())
    own, moved = before.outcomes[0].row.cells, after.outcomes[0].row.cells
    assert {key: value for key, value in moved.items() if key != "學號"} == {key: value for key, value in own.items() if key != "學號"}
    assert [item.title for item in after.items()] == [item.title for item in before.items()]


def test_two_files_of_one_name_keep_apart(tmp_path: Path) -> None:
    """The same name in both folders of the zip, and among the new school's own files."""
    folder = build({}, tmp_path / "uploads")
    (folder / "files/11300001/同名.pdf").write_bytes(b"%PDF-1.4 of the new school")
    both = student()
    both["課程學習成果紀錄"][0] |= {"課程學習成果文件檔案連結": "同名.pdf", "文件檔案MD5": ""}
    both["多元表現"]["競賽參與紀錄"][0]["證明文件連結"] = "同名.pdf"
    contents = {
        f"{PERSON}/課程學習成果/同名.pdf": asset("report-cipher.pdf"),
        f"{PERSON}/多元表現/同名.pdf": asset("certificate-licence.png"),
    }
    result = read_transfer(archive(tmp_path, [both], contents), folder, numbers={PERSON: "11300001"})
    assert (result.files, result.problems) == (2, ())
    with open_uploads(folder) as uploads:
        found = next(uploads.students())
    moved = {
        item.kind: [upload.path.read_bytes() for _, _, upload in item.files if upload and "同名" in upload.name]
        for item in found.items()
        if any("同名" in name for _, name, _ in item.files)
    }
    assert moved == {"課程學習成果": [asset("report-cipher.pdf")], "競賽參與紀錄": [asset("certificate-licence.png")]}
    assert (folder / "files/11300001/同名.pdf").read_bytes() == b"%PDF-1.4 of the new school"


def test_a_file_that_was_not_taken_is_not_found_as_another_item_s(tmp_path: Path) -> None:
    folder = build({}, tmp_path / "uploads")
    both = student()
    both["多元表現"]["競賽參與紀錄"][0]["證明文件連結"] = "舊作.pdf"
    contents = {f"{PERSON}/課程學習成果/舊作.pdf": b"%PDF-1.4 changed", f"{PERSON}/多元表現/舊作.pdf": asset("certificate-licence.png")}
    read_transfer(archive(tmp_path, [both], contents), folder, numbers={PERSON: "11300001"})
    with open_uploads(folder) as uploads:
        found = next(uploads.students())
    work = next(item for item in found.outcomes if item.row.get("認證教師") == "吳宗翰")
    assert [(name, upload) for _, name, upload in work.files] == [("舊作（未採用）.pdf", None)]


def test_a_hash_is_that_of_the_file_whose_key_it_stands_beside(tmp_path: Path) -> None:
    folder = build({}, tmp_path / "uploads")
    both = student()
    both["課程學習成果紀錄"][0]["課程學習成果影音檔案連結"] = "錄音.mp3"
    contents = {**files(), f"{PERSON}/課程學習成果/錄音.mp3": b"ID3 sound"}
    assert read_transfer(archive(tmp_path, [both], contents), folder, numbers={PERSON: "11300001"}).problems == ()
    assert (folder / "files/11300001/錄音.mp3").is_file()


@pytest.mark.parametrize(
    "change",
    [{"多元表現": {"a/b": [{"名稱": "x"}]}}, {"多元表現": {"其他多元表現": [{"名稱": "\ud800"}]}}],
    ids=["a kind with a slash", "half a character"],
)
def test_odd_keys_and_words_end_no_reading(tmp_path: Path, change: dict[str, Any]) -> None:
    folder = build({}, tmp_path / "uploads")
    path = tmp_path / f"{NAME}.zip"
    text = json.dumps([student() | change])
    path.write_bytes(write_zip({f"{NAME}.json": text.encode(), **files()}))
    assert read_transfer(path, folder, numbers={PERSON: "11300001"}).students == 1
    with open_uploads(folder) as uploads:
        assert next(uploads.students()).number == "11300001"


TAKEN = (
    f"{NAME}.zip · [0]：第 1 位學生的學號「11300001」已經有人使用，而身分證號沒有顯示是同一個人，未採用。"
    "請以 --number 身分證號=學號 寫明他在本校的學號，並核對學生資料名冊的身分證號。"
)


@pytest.mark.parametrize(
    ("pupil", "sent", "numbers"),
    [
        ({}, "11300001", {}),
        ({"身分證號": "B223456789"}, "１１３００００１", {}),
        ({"身分證號": "B223456789"}, "", {PERSON: "11300001"}),
        ({}, "013398-11300001", {}),
        ({"學生": "S0001"}, "S0001", {}),
    ],
    ids=["the number", "in wide digits", "given by mistake", "the name of the package", "of its own"],
)
def test_nobody_comes_under_a_pupil_s_number(tmp_path: Path, pupil: dict[str, str], sent: str, numbers: dict[str, str]) -> None:
    folder = build({"students": [pupil]}, tmp_path / "uploads")
    before = sorted(path for path in folder.rglob("*"))
    foreign = student()
    foreign["基本資料"]["學號"] = sent
    result = read_transfer(archive(tmp_path, [foreign], files()), folder, numbers=numbers)
    assert [str(problem) for problem in result.problems] == [TAKEN.replace("11300001", sent or "11300001", 1)]
    assert (result.students, sorted(path for path in folder.rglob("*"))) == (0, before)


@pytest.mark.parametrize(("pupil", "numbers"), [({"身分證號": "a123456789 "}, {}), ({}, {PERSON: "11300001"}), ({}, {PERSON: "11400009"})])
def test_the_same_person_and_a_number_that_is_given_come_in(tmp_path: Path, pupil: dict[str, str], numbers: dict[str, str]) -> None:
    folder = build({"students": [pupil]}, tmp_path / "uploads")
    own = student()
    own["基本資料"]["學號"] = "11300001"
    result = read_transfer(archive(tmp_path, [own], files()), folder, numbers=numbers)
    assert (result.students, result.problems) == (1, ())


def test_two_of_one_zip_do_not_come_under_one_number(tmp_path: Path) -> None:
    folder = build({}, tmp_path / "uploads")
    one, other = student(), student()
    one["基本資料"]["學號"] = other["基本資料"]["學號"] = "11200007"
    other["基本資料"]["身分證號"] = "B223456789"
    result = read_transfer(archive(tmp_path, [one, other], files()), folder)
    assert (result.students, [problem.code for problem in result.problems]) == (1, ["transfer-number-taken"])


@pytest.mark.parametrize("person", ["x.json", "x" * 61, "測" * 21, "a/b", ""])
def test_an_identity_number_that_names_no_folder_is_told(tmp_path: Path, person: str) -> None:
    folder = build({}, tmp_path / "uploads")
    odd = student()
    odd["基本資料"]["身分證號"] = person
    result = read_transfer(archive(tmp_path, [odd], {}), folder)
    assert [str(problem) for problem in result.problems] == [
        f"{NAME}.zip · [0]：第 1 位學生沒有身分證號，或不能作為資料夾名稱，無法對應檔案，未採用。請向原學校確認。"
    ]


def test_keys_that_no_roster_has_columns_for_stay_out_of_it(tmp_path: Path) -> None:
    """8,000 items, each with a key of its own, made 64 MB of commas out of 127 KB."""
    folder = build({}, tmp_path / "uploads")
    many = student()
    many["多元表現"]["其他多元表現"] += [{"名稱": f"{number}", f"k{number}": "x"} for number in range(900)]
    many["多元表現"]["其他多元表現"][0]["k" * 101] = "x"
    result = read_transfer(archive(tmp_path, [many], files()), folder, numbers={PERSON: "11300001"})
    assert [str(problem) for problem in result.problems] == [
        f"{NAME}.zip：「其他多元表現紀錄」的資料有 806 個不是欄位的名稱（名冊最多 100 欄，名稱最多 100 字），沒有寫進名冊；原資料保留在 transfer/。請向原學校確認資料是否正確。"
    ]
    roster = (folder / "異動生學生自填多元表現名冊_其他多元表現紀錄.csv").read_text(encoding="utf-8-sig").splitlines()
    assert (len(roster), roster[0].count(","), (folder / f"transfer/{PERSON}.json").read_text(encoding="utf-8").count('"k899"')) == (
        902,
        100,
        1,
    )


@pytest.mark.parametrize("change", [{"其他多元表現": [{}] * 1_001}, {f"k{number}": [{}] for number in range(51)}], ids=["items", "kinds"])
def test_more_than_a_student_can_have_is_not_taken(tmp_path: Path, change: dict[str, Any]) -> None:
    folder = build({}, tmp_path / "uploads")
    result = read_transfer(archive(tmp_path, [student() | {"多元表現": change}, student()], files()), folder, numbers={PERSON: "11300001"})
    assert [str(problem) for problem in result.problems] == [
        f"{NAME}.zip · [0]：第 1 位學生的資料超過可讀取的範圍（每人 1,000 筆，每種名冊 5,000,000 格，50 種），未採用。學生不會有這麼多資料，請向原學校確認。"
    ]
    assert result.students == 1


def test_a_long_field_is_cut_and_the_roster_can_be_read_again(tmp_path: Path) -> None:
    folder = build({}, tmp_path / "uploads")
    long = student()
    long["多元表現"]["其他多元表現"][0]["內容簡述"] = "x" * 140_000
    sent = archive(tmp_path, [long], files())
    for _ in range(2):
        result = read_transfer(sent, folder, numbers={PERSON: "11300001"})
        assert [str(problem) for problem in result.problems] == [
            f"{NAME}.zip · [0].其他多元表現紀錄[0].內容簡述：這一欄有 140,000 字，名冊只寫入前 20,000 字；原資料保留在 transfer/。請核對這一欄。"
        ]


def test_a_roster_of_an_earlier_transfer_that_cannot_be_read_is_not_written_over(tmp_path: Path) -> None:
    folder = build({}, tmp_path / "uploads")
    roster = folder / "異動生學生課程學習成果名冊_轉學轉科課程學習成果.csv"
    roster.write_text(f"學號,科目名稱\n11300009,{'x' * 140_000}\n", encoding="utf-8")
    before = roster.read_bytes()
    with pytest.raises(Stop) as stopped:
        read_transfer(archive(tmp_path, [student()], files()), folder, numbers={PERSON: "11300001"})
    assert [str(problem) for problem in stopped.value.problems] == [
        f"{roster.name}：先前讀入異動生時寫的「{roster.name}」無法讀取（field larger than field limit (131072)），這次沒有讀入任何資料。請改正或移走這個名冊，再讀入一次。"
    ]
    assert (roster.read_bytes(), (folder / "transfer").exists()) == (before, False)


def test_a_file_that_is_a_folder_as_well_is_damage(tmp_path: Path) -> None:
    with pytest.raises(Stop, match="不是完整的 zip"):
        read_transfer(archive(tmp_path, [student()], {f"{PERSON}/多元表現": b"x", **files()}), build({}, tmp_path / "uploads"))


def test_a_changed_file_is_told_and_not_taken(tmp_path: Path) -> None:
    folder = build({}, tmp_path / "uploads")
    changed = {**files(), f"{PERSON}/課程學習成果/舊作.pdf": b"%PDF-1.4 changed"}
    result = read_transfer(archive(tmp_path, [student()], changed), folder, numbers={PERSON: "11300001"})
    assert [str(problem) for problem in result.problems] == [
        f"{NAME}.zip · [0].課程學習成果[0].課程學習成果文件檔案連結：「舊作.pdf」的 MD5 與原學校記錄的不同，檔案遭更動或損壞。請向原學校重新索取，這個檔案沒有採用。"
    ]
    assert not (folder / "files" / "11300001" / "舊作.pdf").exists()


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    folder = build({}, tmp_path / "uploads")
    result = read_transfer(archive(tmp_path, [student()], {}), folder)
    assert [problem.what.zh for problem in result.problems] == [
        "異動資料提到「舊作.pdf」，但 zip 裡沒有。",
        "異動資料提到「獎狀.png」，但 zip 裡沒有。",
    ]


@pytest.mark.parametrize("name", ["../outside.pdf", "/etc/passwd", f"{PERSON}/課程學習成果/CON.pdf"])
def test_a_name_that_leads_out_stops_reading(tmp_path: Path, name: str) -> None:
    folder = build({}, tmp_path / "uploads")
    with pytest.raises(Stop, match="指向資料夾之外"):
        read_transfer(archive(tmp_path, [student()], {name: b"x"}), folder)
    assert not (folder / "transfer").exists()


@pytest.mark.parametrize("number", ["../../../outside", "/outside", "..", ".", "a/b", "CON", "a\u202eb"])
def test_a_number_that_leads_out_names_no_folder(tmp_path: Path, number: str) -> None:
    folder = build({}, tmp_path / "uploads")
    hostile = student()
    hostile["基本資料"]["學號"] = number
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    assert read_transfer(archive(tmp_path, [hostile], files()), folder).students == 1
    new = {path for path in tmp_path.rglob("*") if path.is_file()} - before
    assert {path.relative_to(folder).parts[:2] for path in new if path.parent != tmp_path and path.is_relative_to(folder / "files")} == {
        ("files", PERSON)
    }
    assert not [path for path in new if path.name == "舊作.pdf" and not path.is_relative_to(folder)]


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"no zip", "不是完整的 zip"), (write_zip({"a.txt": b"x"}), "沒有異動生的 JSON"), (write_zip({"a.json": b"{}"}), "沒有異動生的 JSON")],
)
def test_what_is_no_transfer_is_told(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(content)
    with pytest.raises(Stop, match=words):
        read_transfer(path, build({}, tmp_path / "uploads"))


def test_a_folder_that_is_no_school_s_is_refused_and_not_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sent = archive(tmp_path, [student()], files())
    assert run(["intake", "transfer", "read", str(sent), "--into", str(tmp_path / "uploadz")]) == ExitStatus.NOTHING
    assert f"「{tmp_path / 'uploadz'}」裡沒有 school.toml，不是學校的上傳資料夾。" in capsys.readouterr().err
    assert not (tmp_path / "uploadz").exists()


def test_a_student_of_the_practice_school_goes_out_and_is_to_be_added_to_the_new_roster(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up(tmp_path / "practice")
    assert (
        run(["intake", "transfer", "write", str(tmp_path / "practice"), "--student", "11202018", "--out", str(tmp_path)]) == ExitStatus.WELL
    )
    folder = build({}, tmp_path / "uploads")
    command = ["intake", "transfer", "read", str(next(tmp_path.glob("*.zip"))), "--into", str(folder)]
    assert run([*command, "--number", "PRACTICE11202018=11300009"]) == ExitStatus.WELL
    assert "備註 學生資料名冊還沒有學號 11300009；檢核與封裝還不含這些學生。" in capsys.readouterr().out
    assert run([*command, "--number", "PRACTICE11202018=11300001"]) == ExitStatus.WELL
    assert "學生資料名冊還沒有" not in capsys.readouterr().out


def test_a_locked_zip_needs_its_password(tmp_path: Path) -> None:
    path = tmp_path / f"{NAME}.zip"
    path.write_bytes(LOCKED)
    folder = build({}, tmp_path / "uploads")
    for password in ("", "wrong"):
        with pytest.raises(Stop, match="密碼不對或沒有給"):
            read_transfer(path, folder, password)
    assert read_transfer(path, folder, "school").students == 1


def test_students_who_are_not_there_or_have_no_identity_number(tmp_path: Path) -> None:
    with open_uploads(build({}, tmp_path / "uploads")) as uploads, pytest.raises(Stop) as stopped:
        write_transfer(uploads, ["11399999", "11300001"], tmp_path / "out", AT)
    assert [problem.what.zh for problem in stopped.value.problems] == [
        "找不到學生「11399999」。",
        "學號 11300001 在學生資料名冊沒有身分證號，異動檔需要它。",
    ]
