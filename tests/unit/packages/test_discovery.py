from pathlib import Path

import pytest

from reviewer.model.problem import ExitStatus, Stop
from reviewer.packages.address import PackageAddress
from reviewer.packages.discovery import discover
from tests.faults.packages.making import good, write_folder, write_zip
from tests.faults.packages.telling import line


def tree(root: Path, *places: str) -> Path:
    for place in places:
        write_folder(root / place, {"基本資料.json": {}})
    return root


def told(address: Path) -> list[str]:
    return [line(problem) for problem in discover(address).problems]


def stopped(address: Path) -> list[str]:
    with pytest.raises(Stop) as stop:
        discover(address)
    assert stop.value.status is ExitStatus.NOTHING
    return [line(problem) for problem in stop.value.problems]


def test_the_committees_tree_says_who_applies_where(tmp_path: Path) -> None:
    root = tree(tmp_path / "export", "001/001012/01686463", "001/001012/01686464", "013/013032/01686463")
    found = discover(root)
    assert found.form == "committee"
    assert found.problems == ()
    assert found.packages[0] == PackageAddress(
        package_id="01686463",
        location=str(root / "001/001012/01686463"),
        university_code="001",
        department_code="001012",
        applicant_number="01686463",
    )
    assert [(p.department_code, p.applicant_number) for p in found.packages] == [
        ("001012", "01686463"),
        ("001012", "01686464"),
        ("013032", "01686463"),
    ]


@pytest.mark.parametrize(("start", "count"), [("001", 3), ("001/001012", 2), ("001/001012/01686463", 1)])
def test_it_may_be_entered_at_a_university_a_department_or_an_applicant(tmp_path: Path, start: str, count: int) -> None:
    root = tree(tmp_path / "export", "001/001012/01686463", "001/001012/01686464", "001/001022/01686465")
    found = discover(root / start)
    assert found.form == "committee"
    assert len(found.packages) == count
    assert {package.university_code for package in found.packages} == {"001"}
    assert found.packages[0].department_code == "001012"


def test_a_departments_folder_alone_names_its_university_by_its_code(tmp_path: Path) -> None:
    found = discover(tree(tmp_path / "stick" / "001012", "01686463"))
    assert [(package.university_code, package.department_code) for package in found.packages] == [("001", "001012")]


def test_applicants_may_be_zips(tmp_path: Path) -> None:
    write_zip(tmp_path / "export/001/001012/01686463.zip", good())
    found = discover(tmp_path / "export")
    assert [package.applicant_number for package in found.packages] == ["01686463"]
    assert found.packages[0].location.endswith("01686463.zip")


def test_the_central_export_is_a_folder_or_zip_a_student(tmp_path: Path) -> None:
    root = tree(tmp_path / "export", "S0002", "S0001")
    write_zip(root / "S0003.ZIP", good())
    (root / "desktop.ini").write_text("")
    (root / "__MACOSX").mkdir()
    (root / "說明.txt").write_text("")
    found = discover(root)
    assert found.form == "central"
    assert [package.package_id for package in found.packages] == ["S0001", "S0002", "S0003"]
    assert {package.department_code for package in found.packages} == {""}
    assert found.problems == ()


def test_department_folders_within_a_student_do_not_make_it_the_committees_tree(tmp_path: Path) -> None:
    root = tree(tmp_path / "export", "A01", "A02")
    write_folder(root / "A01" / "001012", {"多元表現綜整心得.pdf": b"%PDF-"})
    found = discover(root)
    assert (found.form, [package.package_id for package in found.packages]) == ("central", ["A01", "A02"])


def test_one_package_is_an_export_of_one(tmp_path: Path) -> None:
    assert [package.package_id for package in discover(tree(tmp_path, "S0001") / "S0001").packages] == ["S0001"]
    assert [package.package_id for package in discover(write_zip(tmp_path / "S0002.zip", good())).packages] == ["S0002"]


def test_strange_names_are_passed_over_and_told(tmp_path: Path) -> None:
    root = tree(tmp_path / "export", "001/001012/01686463", "文件", "001/說明", "001/001012/給老師的信")
    assert told(root) == [
        "note passed-over 文件：「文件」不是三碼的學校代碼，略過。若應屬於匯出資料，請確認名稱。",
        "note passed-over 001/001012/給老師的信：「給老師的信」不是應試號碼，略過。若應屬於匯出資料，請確認名稱。",
        "note passed-over 001/說明：「說明」不是六碼的校系代碼，略過。若應屬於匯出資料，請確認名稱。",
    ]


def test_links_are_passed_over_and_told(tmp_path: Path) -> None:
    root = tree(tmp_path / "export", "S0001")
    (root / "S0002").symlink_to(root / "S0001")
    assert told(root) == ["warning link-passed-over S0002：「S0002」是捷徑（符號連結），不予跟隨，略過。請以資料夾本身取代捷徑。"]


def test_hidden_folders_and_listings_are_no_packages(tmp_path: Path) -> None:
    root = tree(tmp_path / "central", "S0001", ".git")
    assert told(root) == ["note passed-over .git：「.git」不是學生的資料夾或 zip，略過。若應屬於匯出資料，請確認名稱。"]
    assert len(discover(root).packages) == 1
    committee = tree(tmp_path / "committee", "001/001012/01686463", "001/001012/LIST")
    assert [package.package_id for package in discover(committee).packages] == ["01686463"]


def test_names_that_deceive_are_passed_over_and_told(tmp_path: Path) -> None:
    root = tree(tmp_path / "export", "S0001", "S\u202e0002")
    assert told(root) == [
        "warning deceiving-name S‹U+202E›0002：檔名「S‹U+202E›0002」含有控制字元、改變文字方向的字元或過長，該檔案未讀取。請改檔名後重新匯出。"
    ]


def test_an_applicants_folder_outside_its_tree_is_a_package_like_any_other(tmp_path: Path) -> None:
    found = discover(tree(tmp_path, "01686463") / "01686463")
    assert (found.form, found.packages[0].applicant_number) == ("central", "")


def test_a_folder_goes_before_a_zip_of_its_name(tmp_path: Path) -> None:
    root = tree(tmp_path / "export", "S0001")
    write_zip(root / "S0001.zip", good())
    assert told(root) == ["warning package-twice S0001.zip：「S0001」同時有資料夾與 zip，採用資料夾。請移除其中一個。"]
    assert [package.location for package in discover(root).packages] == [str(root / "S0001")]


def test_no_such_folder(tmp_path: Path) -> None:
    place = tmp_path / "沒有"
    assert stopped(place) == [f"error no-such-folder {place}：找不到「{place}」。請確認路徑是否正確、隨身碟是否已連接。"]


def test_empty_folder(tmp_path: Path) -> None:
    (tmp_path / ".DS_Store").write_text("")
    assert stopped(tmp_path) == [f"error empty-folder {tmp_path}：資料夾「{tmp_path}」是空的。請指定匯出資料所在的資料夾。"]


@pytest.mark.parametrize("files", [{"a.txt": b""}, {"照片/a.jpg": b""}, {"a/b/c/d.pdf": b""}, {"基本資料/x.txt": b""}])
def test_not_an_export(tmp_path: Path, files: dict[str, bytes]) -> None:
    write_folder(tmp_path, files)
    assert "".join(stopped(tmp_path)) == (
        f"error not-an-export {tmp_path}：「{tmp_path}」裡沒有學習歷程檔案的匯出資料。請指定甄選會的資料夾（學校代碼／校系代碼／應試號碼）、"
        "中央資料庫匯出的資料夾（每位學生一個資料夾或 zip），或單一學生的資料。"
    )


def test_a_file_that_is_no_zip_is_no_export(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-")
    assert [words.split()[1] for words in stopped(tmp_path / "a.pdf")] == ["not-an-export"]


def test_a_folder_that_cannot_be_listed_stops_with_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("reviewer.packages.trees.os.scandir", refuse)
    assert stopped(tmp_path) == [
        f"error folder-unreadable {tmp_path}：無法讀取資料夾「{tmp_path}」（Permission denied）。請檢查權限與儲存媒體。"
    ]


def test_no_package_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tree(tmp_path / "export", *(f"001/001012/{number:08d}" for number in range(30)))
    listed: list[str] = []
    real = __import__("os").scandir

    def count(path: str) -> object:
        listed.append(str(path))
        return real(path)

    monkeypatch.setattr("reviewer.packages.trees.os.scandir", count)
    assert len(discover(root).packages) == 30
    assert [place for place in listed if Path(place).name.startswith("0000")] == []
