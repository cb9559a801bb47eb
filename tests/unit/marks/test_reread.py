"""The folder for a third reader: the disputed dossiers alone, whole and verifiable, with what was given and why."""

import dataclasses
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from reviewer import resources
from reviewer.cli.main import run
from reviewer.marks.desk_data import read_desk
from reviewer.marks.merging import Merged, MergeRequest, merge
from reviewer.marks.output import write_outcome
from reviewer.marks.reread import evidence_page
from reviewer.model.language import Language
from reviewer.model.problem import Stop
from reviewer.search import shards
from reviewer.site import layout, sums
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


def merged(folder: Path, site: Path, other: str = "fair") -> Merged:
    files = []
    hashes = {number: row.sha256 for number, row in read_desk(site / CODE, CODE).dossiers.items()}
    for name, level in (("王明德", "excellent"), ("林玉梅", other)):
        dossiers = {
            number: record(same(level if number == DISPUTED else "good"), turn=turn, on=hashes[number], **NOTES)
            for turn, number in enumerate((DISPUTED, AGREED), start=1)
        }
        files.append(save(folder, f"{name}.json", review(name, dossiers, department={"code": CODE, "name": ""})))
    return merge(MergeRequest(files=tuple(files), config=CONFIG, site=site))


@pytest.fixture(scope="module")
def folder(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("out")
    written = write_outcome(merged(out, site), out / "merged", site)
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
    desk, before = read_desk(folder, CODE).raw, read_desk(site / CODE, CODE).raw
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
    write_outcome(done, tmp_path / "out", site)
    (made / "評分-陳大文.json").write_text("{}", encoding="utf-8")
    (made / "index.html").write_text("spoilt", encoding="utf-8")
    write_outcome(done, tmp_path / "out", site)
    assert (made / "評分-陳大文.json").read_text(encoding="utf-8") == "{}"
    assert [problem.code for problem in sums.verify(made)[1]] == ["sums-added"]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["marks.json", "marks.xlsx", "report.html", "reread"]


def test_something_else_of_that_name_is_left_alone(site: Path, tmp_path: Path) -> None:
    made = tmp_path / "out" / "reread"
    made.mkdir(parents=True)
    (made / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(Stop) as stopped:
        write_outcome(merged(tmp_path, site), tmp_path / "out", site)
    assert stopped.value.problems[0].what.zh == f"{made} 已經存在，而且不是先前取出的資料夾。"
    assert [path.name for path in made.iterdir()] == ["mine.txt"]


def test_nothing_disputed_makes_no_folder(site: Path, tmp_path: Path) -> None:
    done = merged(tmp_path, site, other="very-good")
    assert done.outcome.disputed == ()
    assert done.outcome.changed == ()
    write_outcome(done, tmp_path / "out", site)
    assert not (tmp_path / "out" / "reread").exists()


def test_a_site_without_its_record_says_what_is_missing(site: Path, tmp_path: Path) -> None:
    shutil.copytree(site / CODE, tmp_path / "site" / CODE)
    done = merged(tmp_path, tmp_path / "site")
    with pytest.raises(Stop) as stopped:
        write_outcome(done, tmp_path / "out", tmp_path / "site")
    assert stopped.value.problems[0].what.zh == (
        f"{tmp_path / 'site' / CODE} 缺少應試號碼 {DISPUTED} 的資料（製作紀錄、檔案或搜尋資料），無法取出。"
    )
    assert json.loads((tmp_path / "out" / "marks.json").read_text(encoding="utf-8"))["disputed"] == [DISPUTED]
