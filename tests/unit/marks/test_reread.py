"""The folder for a third reader: the disputed dossiers alone, whole and verifiable, with what was given and why."""

import dataclasses
import errno
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from reviewer import resources
from reviewer.cli.main import run
from reviewer.marks import reread
from reviewer.marks.desk_data import raw_desk, read_desk
from reviewer.marks.merging import Merged, MergeRequest, merge
from reviewer.marks.output import Written, write_outcome
from reviewer.marks.places import department_place
from reviewer.marks.reread import evidence_page
from reviewer.model.language import Language
from reviewer.model.problem import ExitStatus, Stop
from reviewer.search import shards
from reviewer.search.words import page_words
from reviewer.site import layout, sums, swap
from tests.unit.marks.building import CONFIG, record, review, same, save
from tests.unit.render.test_language import HAN, Walk

CODE = "001023"
DISPUTED, AGREED = "10110301", "10110856"
NOTES: dict[str, Any] = {"note:": "方法清楚。\n<b>反省</b>", "evidence:outcomes:s-A": {"title": "修課紀錄 114-1", "entry": "s-A"}}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built site of two applicants."""
    folder = tmp_path_factory.mktemp("site")
    for number in (DISPUTED, AGREED):
        package = f"001/{CODE}/{number}"
        shutil.copytree(resources.data_folder("fixtures") / "committee" / package, folder / "export" / package)
    arguments = ["--out", str(folder / "site"), "--cache", str(folder / "cache"), "--config", str(CONFIG), "--no-pdf", "--jobs", "1"]
    assert run(["build", str(folder / "export"), *arguments]) == 0
    return folder / "site"


def merged(folder: Path, site: Path, other: str = "fair", *, hashes: Path | None = None, config: Path = CONFIG) -> Merged:
    """Two raters who part in one dossier. `site` is what --site names; the marks are given on what stands in `hashes`, else there."""
    files = []
    standing = read_desk(department_place(hashes or site, CODE).folder, CODE).dossiers
    for name, level in (("王明德", "excellent"), ("林玉梅", other)):
        dossiers = {
            number: record(same(level if number == DISPUTED else "good"), turn=turn, on=standing[number].sha256, **NOTES)
            for turn, number in enumerate((DISPUTED, AGREED), start=1)
        }
        files.append(save(folder, f"{name}.json", review(name, dossiers, department={"code": CODE, "name": ""})))
    return merge(MergeRequest(files=tuple(files), config=config, site=site))


@pytest.fixture(scope="module")
def folder(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("out")
    written = write_outcome(merged(out, site), out / "merged").paths
    assert [path.relative_to(out / "merged").as_posix() for path in written] == [
        "marks.xlsx",
        "marks.json",
        "report.html",
        "reread/index.html",
    ]
    return out / "merged" / "reread"


def test_only_the_disputed_dossier_is_there_and_every_sum_is_right(folder: Path, site: Path) -> None:
    assert sorted(entry.name for entry in folder.iterdir()) == [
        DISPUTED, "SHA256SUMS", "data", "evidence.html", "help.html", "index.html", "theme",
    ]  # fmt: skip
    assert sums.verify(folder)[1] == ()
    published = site / CODE / DISPUTED / "index.html"
    assert (folder / DISPUTED / "index.html").read_bytes() == published.read_bytes()
    assert AGREED not in (folder / "index.html").read_text(encoding="utf-8")


def test_the_search_knows_it_alone(folder: Path) -> None:
    tables = shards.read_manifest(folder / layout.DATA)
    assert tables is not None
    assert tables["dossiers"] == [[DISPUTED, DISPUTED]]
    assert shards.Standing(folder / layout.DATA).numbers == {DISPUTED}


def test_the_desk_knows_that_it_is_a_folder_for_rereading(folder: Path, site: Path) -> None:
    desk, before = raw_desk(folder), read_desk(site / CODE, CODE).raw
    assert desk["reread"] == {"page": "evidence.html", "dossiers": {DISPUTED: f"evidence.html#d-{DISPUTED}"}}
    assert desk["dossiers"] == [row for row in before["dossiers"] if row["number"] == DISPUTED]
    assert {key: value for key, value in desk.items() if key not in ("reread", "dossiers")} == {
        key: value for key, value in before.items() if key != "dossiers"
    }


def test_the_list_leads_to_what_was_given(folder: Path) -> None:
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert f'href="evidence.html#d-{DISPUTED}"' in page
    assert ">先前的評分與依據</a>" in page


def test_both_raters_marks_evidence_and_words_can_be_read(folder: Path) -> None:
    page = (folder / "evidence.html").read_text(encoding="utf-8")
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page[page.index("<main") :]))
    assert "總分：王明德 95.00，林玉梅 64.50" in text
    assert "修課紀錄：王明德 傑出，林玉梅 可" in text
    assert "總分 64.50 95.00" in text
    assert f'<a href="{DISPUTED}/index.html#s-A">修課紀錄 114-1</a>' in page
    assert "方法清楚。<br>&lt;b&gt;反省&lt;/b&gt;" in page
    assert "<script" not in page
    assert "<form" not in page


def in_english(done: Merged) -> str:
    """The page of a department that reads in English."""
    selection = dataclasses.replace(done.selection, language=Language.ENGLISH)
    return evidence_page(dataclasses.replace(done, selection=selection), {DISPUTED: DISPUTED}).decode()


def test_an_english_department_reads_it_in_english(site: Path, tmp_path: Path) -> None:
    page = in_english(merged(tmp_path, site))
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page[page.index("<body") :])).strip()
    assert text.startswith(
        "Skip to the contents 001023 Department of Sociology Earlier marks and evidence This folder holds 1 dossier to be read again. "
        "Read and grade for yourself first, then look at this page: you will be influenced less. Back to the desk "
        f"{DISPUTED} Open at the desk · The dossier alone "
        "Total: 王明德 95.00, 林玉梅 64.50 Course record: 王明德 Outstanding, 林玉梅 Fair "
    )
    assert f"Marks of {DISPUTED} Criterion林玉梅王明德 Course recordFairOutstanding Course outcomesFair修課紀錄 114-1" in text
    assert "Total64.5095.00" in text
    assert "Notes by 林玉梅 Whole dossier 方法清楚。&lt;b&gt;反省&lt;/b&gt;" in text


def test_the_search_of_an_english_department_is_in_english(site: Path, tmp_path: Path) -> None:
    done = merged(tmp_path, site)
    write_outcome(dataclasses.replace(done, selection=dataclasses.replace(done.selection, language=Language.ENGLISH)), tmp_path / "out")
    tables = shards.read_manifest(tmp_path / "out/reread/data")
    assert tables is not None
    assert tables["words"] == page_words(Language.ENGLISH)


def test_chinese_on_the_english_page_is_what_people_wrote_and_is_marked(site: Path, tmp_path: Path) -> None:
    walk = Walk()
    page = in_english(merged(tmp_path, site))
    walk.feed(page[: page.index("<style>")] + page[page.index("</style>") :])
    assert '<html lang="en"' in page
    assert [data.strip() for language, data in walk.texts if language != "zh-Hant-TW" and HAN.search(data)] == []
    sent = "王明德林玉梅修課紀錄"
    assert [value for value in walk.attributes if HAN.search(value) and value not in sent] == []


def test_making_it_again_replaces_it_and_keeps_what_its_reader_saved(site: Path, tmp_path: Path) -> None:
    done, made = merged(tmp_path, site), tmp_path / "out" / "reread"
    write_outcome(done, tmp_path / "out")
    (made / "評分-陳大文.json").write_text("{}", encoding="utf-8")
    (made / "index.html").write_text("spoilt", encoding="utf-8")
    write_outcome(done, tmp_path / "out")
    assert (made / "評分-陳大文.json").read_text(encoding="utf-8") == "{}"
    assert [problem.code for problem in sums.verify(made)[1]] == ["sums-added"]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["marks.json", "marks.xlsx", "report.html", "reread"]


def told(written: Written) -> list[str]:
    return [f"{problem.severity.label.zh} {problem.what.zh}{problem.remedy.zh}" for problem in written.merged.outcome.problems]


def not_made(folder: Path) -> str:
    return f"錯誤 再閱資料夾 {folder} 沒有做出來；marks.xlsx、marks.json、report.html 照常寫出。請依同時列出的原因處理後，再合併一次。"


def foreign(folder: Path) -> str:
    return f"提醒 {folder} 已經存在，而且不是這個指令做的再閱資料夾，沒有動它。請移走它，或用 --out 指定另一個資料夾。"


def removed(folder: Path) -> str:
    return f"備註 這次沒有做再閱資料夾；先前合併留下的 {folder}（1 份檔案）已移除。如果已經複製給委員，請告訴他。"


FILES = ["marks.json", "marks.xlsx", "report.html"]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("other", ["fair", "very-good"])
@pytest.mark.parametrize("kind", ["folder", "file", "link", "department", "damaged"])
def test_something_else_of_that_name_is_left_alone_and_named(site: Path, folder: Path, tmp_path: Path, other: str, kind: str) -> None:
    made = tmp_path / "out" / "reread"
    made.parent.mkdir()
    if kind == "folder":
        made.mkdir()
        (made / "mine.txt").write_text("mine", encoding="utf-8")
    elif kind == "file":
        made.write_text("mine", encoding="utf-8")
    elif kind == "link":
        made.symlink_to(folder)
    else:
        shutil.copytree(site / CODE if kind == "department" else folder, made)
        if kind == "damaged":
            (made / "data" / "desk.js").write_text("{", encoding="utf-8")
    before = list(sums.files_below(made)) if made.is_dir() else made.read_bytes()
    written = write_outcome(merged(tmp_path, site, other), tmp_path / "out")
    assert told(written) == ([foreign(made), not_made(made)] if other == "fair" else [foreign(made)])
    assert written.merged.status is ExitStatus.SOME
    assert (list(sums.files_below(made)) if made.is_dir() else made.read_bytes()) == before
    assert names(tmp_path / "out") == [*FILES, "reread"]
    assert folder.is_dir()


def test_where_nothing_is_disputed_any_more_the_former_folder_goes_and_is_said(site: Path, tmp_path: Path) -> None:
    write_outcome(merged(tmp_path, site), tmp_path / "out")
    assert (tmp_path / "out" / "reread" / "index.html").is_file()
    written = write_outcome(merged(tmp_path, site, "very-good"), tmp_path / "out")
    assert told(written) == [removed(tmp_path / "out" / "reread")]
    assert written.merged.status is ExitStatus.WELL
    assert names(tmp_path / "out") == FILES
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert f"先前合併留下的 {tmp_path / 'out' / 'reread'}（1 份檔案）已移除" in page
    assert told(write_outcome(merged(tmp_path, site, "very-good"), tmp_path / "out")) == []


def test_without_a_site_the_former_folder_goes_too(site: Path, tmp_path: Path) -> None:
    write_outcome(merged(tmp_path, site), tmp_path / "out")
    written = write_outcome(dataclasses.replace(merged(tmp_path, site), place=None, desk=None), tmp_path / "out")
    assert told(written) == [removed(tmp_path / "out" / "reread")]
    assert names(tmp_path / "out") == FILES


@pytest.mark.parametrize("exchanges", [True, False])
def test_what_a_reader_saved_there_outlives_the_former_folder(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, exchanges: bool
) -> None:
    if not exchanges:
        monkeypatch.setattr(swap, "exchange", lambda *_: False)
    made = tmp_path / "out" / "reread"
    write_outcome(merged(tmp_path, site), tmp_path / "out")
    (made / "notes").mkdir()
    (made / "notes" / "評分-陳大文.json").write_text("{}", encoding="utf-8")
    kept = f"備註 另外存進 {made} 的檔案留在原處（1 個）：notes/評分-陳大文.json。其中如果有委員的評分檔案，請一併合併。"
    assert told(write_outcome(merged(tmp_path, site, "very-good"), tmp_path / "out")) == [removed(made), kept]
    assert list(sums.files_below(made)) == ["SHA256SUMS", "notes/評分-陳大文.json"]
    assert names(tmp_path / "out") == [*FILES, "reread"]
    # Once more, and then with something disputed: the file stays, the folder is ours.
    assert told(write_outcome(merged(tmp_path, site, "very-good"), tmp_path / "out")) == [kept]
    assert told(write_outcome(merged(tmp_path, site), tmp_path / "out")) == []
    assert (made / "notes" / "評分-陳大文.json").read_text(encoding="utf-8") == "{}"
    assert (made / "evidence.html").is_file()


@pytest.mark.parametrize(("other", "disputed"), [("fair", True), ("very-good", False)], ids=["made-anew", "gone"])
def test_what_a_reader_saved_outlives_a_merge_that_was_stopped_between_two_renames(
    site: Path, tmp_path: Path, other: str, *, disputed: bool
) -> None:
    made = tmp_path / "out" / "reread"
    write_outcome(merged(tmp_path, site), tmp_path / "out")
    (made / "評分-陳大文.json").write_text("{}", encoding="utf-8")
    made.rename(swap.beside(made))
    write_outcome(merged(tmp_path, site, other), tmp_path / "out")
    assert (made / "評分-陳大文.json").read_text(encoding="utf-8") == "{}"
    assert (made / "evidence.html").is_file() == disputed
    assert names(tmp_path / "out") == [*FILES, "reread"]


def test_a_former_folder_that_is_empty_but_for_our_sums_goes_without_a_word(site: Path, tmp_path: Path) -> None:
    made = tmp_path / "out" / "reread"
    made.mkdir(parents=True)
    (made / "SHA256SUMS").touch()
    assert told(write_outcome(merged(tmp_path, site, "very-good"), tmp_path / "out")) == []
    assert names(tmp_path / "out") == FILES


def test_a_former_folder_that_cannot_be_removed_is_said(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = tmp_path / "out" / "reread"
    write_outcome(merged(tmp_path, site), tmp_path / "out")

    def refuse(self: Path, target: Path) -> Path:
        raise PermissionError(errno.EACCES, "Permission denied", str(self), None, str(target))

    monkeypatch.setattr(Path, "rename", refuse)
    written = write_outcome(merged(tmp_path, site, "very-good"), tmp_path / "out")
    assert told(written) == [
        f"錯誤 先前合併留下的再閱資料夾 {made} 無法移除（Permission denied）；它和這次的合併無關。請檢查權限，自行移除。"
    ]
    assert names(tmp_path / "out") == [*FILES, "reread"]


def test_nothing_disputed_makes_no_folder(site: Path, tmp_path: Path) -> None:
    done = merged(tmp_path, site, other="very-good")
    assert done.outcome.disputed == ()
    assert done.outcome.changed == ()
    write_outcome(done, tmp_path / "out")
    assert not (tmp_path / "out" / "reread").exists()


def without_record(folder: Path, record: Path) -> str:
    return (
        f"錯誤 {folder} 沒有可用的製作紀錄（{record}），多半是複製或改名時沒有一起帶走。"
        "--site 請指向 reviewer build 寫出的原資料夾，或連同 .reviewer 一起複製。"
    )


@pytest.mark.parametrize("form", ["site", "department", "renamed"])
def test_a_site_without_its_record_makes_all_but_the_folder_and_says_so(site: Path, tmp_path: Path, form: str) -> None:
    copy = tmp_path / "site" / ("renamed" if form == "renamed" else CODE)
    shutil.copytree(site / CODE, copy)
    write_outcome(merged(tmp_path, site), tmp_path / "out")
    written = write_outcome(merged(tmp_path, tmp_path / "site" if form == "site" else copy), tmp_path / "out")
    made = tmp_path / "out" / "reread"
    reason = without_record(copy, tmp_path / "site" / ".reviewer" / "records" / f"{CODE}.jsonl")
    assert told(written) == [reason, not_made(made), removed(made)]
    assert written.merged.status is ExitStatus.SOME
    assert [path.name for path in written.paths] == ["marks.xlsx", "marks.json", "report.html"]
    assert names(tmp_path / "out") == FILES
    outcome = json.loads((tmp_path / "out" / "marks.json").read_text(encoding="utf-8"))
    assert outcome["disputed"] == [DISPUTED]
    assert [problem["code"] for problem in outcome["problems"]] == [
        "marks-site-no-record", "marks-reread-not-made", "marks-reread-removed",
    ]  # fmt: skip


def test_a_copied_department_beside_the_record_of_another_build_has_none(site: Path, tmp_path: Path) -> None:
    shutil.copytree(site, tmp_path / "site")
    (tmp_path / "site" / CODE).rename(tmp_path / "site" / "renamed")
    done = merged(tmp_path, tmp_path / "site" / "renamed")
    record = tmp_path / "site" / ".reviewer" / "records" / f"{CODE}.jsonl"
    assert told(write_outcome(done, tmp_path / "out"))[0] == without_record(tmp_path / "site" / "renamed", record)


@pytest.mark.parametrize("file", [f"{DISPUTED}/index.html", "theme/style.css"])
def test_what_was_altered_in_the_site_gets_no_new_hash(site: Path, tmp_path: Path, file: str) -> None:
    shutil.copytree(site, tmp_path / "site")
    altered = tmp_path / "site" / CODE / file
    altered.write_bytes(altered.read_bytes().replace(b"a", b"b", 1))
    written = write_outcome(merged(tmp_path, tmp_path / "site", hashes=site), tmp_path / "out")
    assert f"{tmp_path / 'site' / CODE} 裡的 {file} 與 SHA256SUMS 不符，無法取出。" in [
        problem.what.zh for problem in written.merged.outcome.problems
    ]
    assert not (tmp_path / "out/reread").exists()


def test_what_the_site_lost_leaves_no_half_folder(site: Path, tmp_path: Path) -> None:
    shutil.copytree(site, tmp_path / "site")
    (tmp_path / "site" / CODE / layout.DATA / shards.MANIFEST).unlink()
    written = write_outcome(merged(tmp_path, tmp_path / "site"), tmp_path / "out")
    lost = f"{tmp_path / 'site' / CODE} 缺少應試號碼 {DISPUTED} 的資料（製作紀錄、檔案或搜尋資料），無法取出。"
    assert written.merged.outcome.problems[0].what.zh == lost
    assert told(written)[1:] == [not_made(tmp_path / "out" / "reread")]
    assert names(tmp_path / "out") == FILES


def test_an_error_of_the_disk_leaves_the_files(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.ELOOP, "Too many levels of symbolic links")

    monkeypatch.setattr(reread, "extract", fail)
    written = write_outcome(merged(tmp_path, site), tmp_path / "out")
    made = tmp_path / "out" / "reread"
    assert written.merged.outcome.problems[0].what.zh == f"無法寫入 {made}（Too many levels of symbolic links）。"
    assert told(written)[1:] == [not_made(made)]
    assert names(tmp_path / "out") == FILES


def test_the_department_s_folder_will_do_for_the_site(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(site / CODE)
    for out, named in (("root", site), ("folder", site / CODE), ("here", Path()), ("slash", Path(f"../{CODE}/"))):
        written = write_outcome(merged(tmp_path, named), tmp_path / out)
        assert told(written) == []
        assert written.paths[-1] == tmp_path / out / "reread" / "index.html"
        assert (tmp_path / out / "reread" / "SHA256SUMS").read_bytes() == (tmp_path / "root" / "reread" / "SHA256SUMS").read_bytes()


def test_a_folder_for_rereading_is_no_site(site: Path, folder: Path, tmp_path: Path) -> None:
    with pytest.raises(Stop) as stopped:
        write_outcome(merged(tmp_path, folder, hashes=site), tmp_path / "out")
    assert [str(problem) for problem in stopped.value.problems] == [
        f"：{folder} 是再閱資料夾，只有需要再閱的那幾份。--site 請指向 reviewer build 用 --out 寫出的資料夾，或其中的 {CODE}/。"
    ]


def test_other_settings_than_the_site_was_built_with_make_no_folder(site: Path, tmp_path: Path) -> None:
    """It would show other items than the site and hide other things."""
    other = shutil.copytree(CONFIG, tmp_path / "config")
    settings = other / "departments" / f"{CODE}.toml"
    words = settings.read_text(encoding="utf-8").replace('performances = ["F", "I"]', 'performances = ["L"]')
    settings.write_text(words.replace('masks = ["name", "school"]', "masks = []"), encoding="utf-8")
    written = write_outcome(merged(tmp_path, site, config=other), tmp_path / "out")
    found = (
        f"錯誤 設定資料夾 {other} 裡校系 {CODE} 的設定，和製作 {site / CODE} 時的不同；照它做的再閱資料夾會是別的樣子。"
        "請用 --config 指出製作時的設定資料夾；設定或程式在製作後改過的話，請先重新執行 reviewer build。"
    )
    assert told(written) == [found, not_made(tmp_path / "out" / "reread")]
    assert written.merged.status is ExitStatus.SOME
    assert names(tmp_path / "out") == FILES
    agreed = merged(tmp_path, site, "excellent", config=other)
    assert [problem.code for problem in agreed.outcome.problems] == ["marks-site-configuration"], "where nothing is disputed too"
