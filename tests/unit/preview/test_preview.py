"""`reviewer preview`, sentence by sentence: what it shows, whom it shows, and what it says to wrong input."""

import re
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from reviewer.model.problem import ExitStatus, Stop
from reviewer.preview.material import WATERMARK, Prepared, prepare
from reviewer.preview.request import PreviewRequest
from reviewer.preview.run import preview

CHECKOUT = Path(__file__).resolve().parents[3]
CONFIG = CHECKOUT / "site_config"
STUDENT, NUMBER = "11202018", "10110005"

USUAL_CHINESE = "請指定放有 school.toml 與名冊的資料夾；可用 reviewer intake practice 產生範例。"
USUAL_ENGLISH = "Name the folder with school.toml and the rosters; `reviewer intake practice` makes an example."


def asked(source: Path, tmp_path: Path, **more: object) -> PreviewRequest:
    given = {"source": source, "config": CONFIG, "out": tmp_path / "out", "cache": tmp_path / "cache", **more}
    return PreviewRequest(**given)  # type: ignore[arg-type]


def told(source: Path, tmp_path: Path, **more: object) -> tuple[str, str, ExitStatus]:
    """What a preview that cannot be made says."""
    with pytest.raises(Stop) as caught:
        preview(asked(source, tmp_path, **more))
    problem = caught.value.problems[0]
    return f"{problem.what.zh}{problem.remedy.zh}", f"{problem.what.en} {problem.remedy.en}", caught.value.status


def prepared(source: Path, tmp_path: Path, **more: object) -> Prepared:
    return prepare(asked(source, tmp_path, **more), tmp_path / "packages")


@pytest.fixture
def school(uploads: Path, tmp_path: Path) -> Path:
    """A school's uploads, to be changed."""
    return Path(shutil.copytree(uploads / "013398", tmp_path / "school"))


def test_no_such_folder(tmp_path: Path) -> None:
    source = tmp_path / "nowhere"
    assert told(source, tmp_path) == (
        f"找不到「{source}」。請確認路徑是否正確、隨身碟是否已連接。",
        f"There is no “{source}”. Check the path, and whether the drive is connected.",
        ExitStatus.NOTHING,
    )


def test_a_folder_that_holds_neither_uploads_nor_packages(tmp_path: Path) -> None:
    source = tmp_path / "letters"
    source.mkdir()
    (source / "信.txt").write_text("您好", encoding="utf-8")
    assert told(source, tmp_path) == (
        f"「{source}」不是學校的上傳資料夾（裡面沒有 school.toml），也不是封裝好的資料。{USUAL_CHINESE}",
        f"“{source}” is no school's folder of uploads (there is no school.toml in it), nor does it hold packages. {USUAL_ENGLISH}",
        ExitStatus.NOTHING,
    )


def test_a_folder_around_schools_names_them(school: Path, tmp_path: Path) -> None:
    around = tmp_path / "around"
    around.mkdir()
    shutil.move(school, around / "013398")
    chinese, _, status = told(around, tmp_path)
    assert chinese.endswith("學校的資料夾在它裡面，請指定其中一個：013398。")
    assert status is ExitStatus.NOTHING


def test_uploads_without_students(tmp_path: Path) -> None:
    source = tmp_path / "empty"
    source.mkdir()
    (source / "school.toml").write_text('code = "013398"\nname = "市立青嶼高級中學"\ntype = "普通型"\n', encoding="utf-8")
    assert told(source, tmp_path) == (
        f"「{source}」的名冊裡沒有任何學生。請確認學生資料名冊在資料夾裡，而且已經填寫。",
        f"There is no student in the rosters of “{source}”. Check that the roster of students lies there and is filled in.",
        ExitStatus.NOTHING,
    )


def test_an_unknown_department_is_guessed(uploads: Path, tmp_path: Path) -> None:
    chinese, english, status = told(uploads / "013398", tmp_path, departments=("00112",))
    assert chinese.startswith("設定裡沒有校系 00112。是不是要寫「001012」？")
    assert "Did you mean “001012”?" in english
    assert status is ExitStatus.USAGE


def test_an_unknown_student_is_guessed(uploads: Path, tmp_path: Path) -> None:
    assert told(uploads / "013398", tmp_path, students=("112020188",)) == (
        "沒有學生「112020188」。是不是要寫「11202018」？--student 可以寫學號、學生代號或應試號碼。",
        "There is no student “112020188”. Did you mean “11202018”? --student takes 學號, 學生 or 應試號碼.",
        ExitStatus.USAGE,
    )


def test_without_an_applications_table_the_department_must_be_named(school: Path, tmp_path: Path) -> None:
    (school / "申請名單.csv").unlink()
    assert told(school, tmp_path) == (
        "沒有申請名單，需要知道要看哪個校系。請加上 --department；已設定的校系：001012、001023、101004。",
        "There is no applications table, so the department must be named. Add --department; departments that are configured: 001012、001023、101004.",
        ExitStatus.USAGE,
    )


def test_a_department_to_which_nobody_applies(school: Path, tmp_path: Path) -> None:
    table = school / "申請名單.csv"
    lines = table.read_text("utf-8-sig").splitlines()
    table.write_text("\n".join(line for line in lines if ",101004," not in line), "utf-8-sig")
    chinese, _, status = told(school, tmp_path, departments=("101004",))
    assert chinese == "申請名單裡沒有人申請要看的校系（101004）。請核對 --department 與申請名單，或用 --student 指定學生。"
    assert status is ExitStatus.NOTHING


def test_a_site_of_a_build_is_never_overwritten(uploads: Path, tmp_path: Path) -> None:
    (tmp_path / "out/.reviewer").mkdir(parents=True)
    assert told(uploads / "013398", tmp_path) == (
        f"{tmp_path}/out 是 reviewer build 製作的資料夾，預覽不會覆寫它。請用 --out 指定另一個資料夾。",
        f"{tmp_path}/out was made by reviewer build; a preview does not overwrite it. Name another folder with --out.",
        ExitStatus.USAGE,
    )


def test_a_preview_does_not_lie_within_the_uploads(school: Path, tmp_path: Path) -> None:
    chinese, _, status = told(school, tmp_path, out=school / "preview")
    assert chinese == f"預覽不能放在 {school} 之內，也不能包住它。請用 --out 指定另一個資料夾。"
    assert status is ExitStatus.USAGE


def test_without_a_table_everything_counts_as_ticked_and_the_cover_says_so(school: Path, tmp_path: Path) -> None:
    (school / "申請名單.csv").unlink()
    found = prepared(school, tmp_path, departments=("001012",), students=(STUDENT,))
    assert [(one.applicant_number, one.department_code, one.ticks) for one, _ in found.material.applications] == [(NUMBER, "001012", None)]
    assert found.without_table
    first = found.material.notes["013398-11202018", "001012"][0]
    assert (first.tick, first.problem.what.zh) == ("", "沒有這個校系的申請資料，所有項目都視為已勾選。")


@pytest.mark.parametrize("name", [STUDENT, "013398-11202018", NUMBER])
def test_a_student_goes_by_any_of_his_names(name: str, uploads: Path, tmp_path: Path) -> None:
    found = prepared(uploads / "013398", tmp_path, departments=("001012",), students=(name,))
    assert [(person.number, person.name) for person in found.people] == [(STUDENT, "陳宥辰")]
    assert [one.applicant_number for one, _ in found.material.applications] == [NUMBER]


def test_a_named_student_is_shown_to_a_department_that_his_table_does_not_name(uploads: Path, tmp_path: Path) -> None:
    found = prepared(uploads / "013398", tmp_path, departments=("101004", "001012"), students=(STUDENT,))
    shown = {one.department_code: one.ticks is None for one, _ in found.material.applications}
    assert shown == {"001012": False, "101004": True}
    assert found.material.notes["013398-11202018", "101004"][0].problem.code == "preview-everything-ticked"
    assert "preview-everything-ticked" not in {note.problem.code for note in found.material.notes["013398-11202018", "001012"]}


def test_only_the_files_of_those_who_are_previewed_are_read(school: Path, tmp_path: Path) -> None:
    for folder in (school / "files").iterdir():
        if folder.name not in (STUDENT, f"013398-{STUDENT}"):
            folder.chmod(0o755)
            for file in folder.rglob("*"):
                if file.is_file():
                    file.unlink()
                    file.symlink_to("/dev/full")
    found = prepared(school, tmp_path, departments=("001012",), students=(STUDENT,))
    assert [folder.name for folder in (tmp_path / "packages").iterdir()] == [Path(found.material.applications[0][1].location).name]


def test_findings_stand_beside_their_items(school: Path, tmp_path: Path) -> None:
    break_abstract(school)
    found = prepared(school, tmp_path, departments=("001012",), students=(STUDENT,))
    notes = found.material.notes["013398-11202018", "001012"]
    assert notes[0].problem.what.zh == "這位學生有 1 個錯誤，更正前不會封裝，審查委員也就看不到這份檔案。"
    beside = [note for note in notes if note.tick == "課程學習成果[0]" and note.problem.code == "abstract-missing"]
    assert len(beside) == 1
    assert beside[0].problem.what.zh.startswith("學校檢核：")
    assert beside[0].problem.what.en.startswith("School's check: ")
    assert str(beside[0].problem.where).startswith("學生課程學習成果名冊.xlsx · 學期課程學習成果 · 第 ")


def test_the_whole_path(school: Path, tmp_path: Path) -> None:
    """One student with an error: pages, papers, index, the student's own page; then packed, without a watermark, of the same version."""
    break_abstract(school)
    request = asked(school, tmp_path, departments=("001012", "001023"), students=(STUDENT,))
    made = preview(request)
    assert made.status is ExitStatus.SOME
    assert made.view.headline.zh == "1 位學生、2 份檔案。其中 1 位有錯誤，更正前不會封裝。"
    page = (request.out / "001012" / NUMBER / "index.html").read_text(encoding="utf-8")
    version = made.view.students[0].made[0].version
    assert re.fullmatch("[0-9a-f]{12}", version)
    assert page.count(f"資料版本 {version}") == 2
    assert page.count(f'<aside class="watermark-line">{WATERMARK}</aside>') == 1
    assert "學校檢核：" in page
    for name in ("001012/index.html", "001012/help.html", "index.html", "student-11202018.html"):
        assert f'<aside class="watermark-line">{WATERMARK}</aside>' in (request.out / name).read_text(encoding="utf-8"), name
    side = (request.out / "student-11202018.html").read_text(encoding="utf-8")
    assert side.count('<article class="preview-column"') == 2
    assert "這位學生有錯誤，更正前不會封裝。" in side
    assert "/-/reload.js" not in page + side
    package = tmp_path / "packed" / "013398-11202018"
    shutil.copytree(
        Path(prepared(school, tmp_path, departments=("001012",), students=(STUDENT,)).material.applications[0][1].location), package
    )
    again = preview(
        asked(tmp_path / "packed", tmp_path, out=tmp_path / "second", applications=school / "申請名單.csv", departments=("001012",))
    )
    assert again.status is ExitStatus.WELL
    assert again.view.students[0].made[0].version == version
    assert WATERMARK not in (tmp_path / "second/001012" / NUMBER / "index.html").read_text(encoding="utf-8")


def break_abstract(school: Path) -> None:
    """Take the first outcome's 簡述 away from the student."""
    path = school / "學生課程學習成果名冊.xlsx"
    book = load_workbook(path)
    sheet = book["學期課程學習成果"]
    heads = [cell.value for cell in sheet[1]]
    row = next(row for row in sheet.iter_rows(min_row=2) if row[heads.index("學號")].value == STUDENT)
    row[heads.index("課程學習成果簡述")].value = None
    book.save(path)
