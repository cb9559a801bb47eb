"""`reviewer search` and `reviewer index` in the terminal."""

import json
from pathlib import Path

import pytest

from reviewer.cli.main import run
from reviewer.search import indexing
from tests.unit.search.cohort import cohort, write


@pytest.fixture
def site(tmp_path: Path) -> Path:
    write(tmp_path / "site/001012", cohort(12, seed=2))
    write(tmp_path / "site/001023", cohort(12, seed=3))
    return tmp_path / "site"


def said(capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    out = capsys.readouterr()
    return out.out, out.err


def test_a_department_is_searched(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["search", str(site / "001012"), "機器人", "--json"]) == 0
    answer = json.loads(said(capsys)[0])
    assert answer["dossiers"]
    hits = [piece["text"] for each in answer["dossiers"] for place in each["places"] for piece in place["snippet"] if piece["hit"]]
    assert all("機" in hit for hit in hits)
    assert run(["search", str(site / "001012"), "機器人", "--limit", "1"]) == 0
    assert f"找到 {len(answer['dossiers'])} 份檔案" in said(capsys)[0]


def test_nothing_found_is_a_sentence_and_no_failure(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["search", str(site / "001012"), "不會出現的字串"]) == 0
    assert said(capsys)[0] == "沒有找到。 / Nothing was found.\n"


def test_a_query_that_cannot_be_understood_is_wrong_usage(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["search", str(site / "001012"), "-機器人"]) == 2
    assert "只有要排除的詞，沒有要搜尋的詞。" in said(capsys)[1]


def test_a_folder_without_search_files_is_said_to_have_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["search", str(tmp_path), "機"]) == 1
    assert f"{tmp_path} 沒有可搜尋的資料。請指定校系資料夾（內有 data/search.js），或以 reviewer index 建立的索引。" in said(capsys)[1]


def test_files_of_another_version_are_not_guessed_at(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    manifest = site / "001012/data/search.js"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace('"format":1', '"format":0'), encoding="utf-8")
    assert run(["search", str(site / "001012"), "機"]) == 1
    assert "的搜尋資料由另一版本的 reviewer 製作，或已損壞。" in said(capsys)[1]


def test_a_missing_shard_is_named_and_the_status_says_so(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "001012/data/text-04.js").unlink()
    assert run(["search", str(site / "001012"), "機"]) == 3
    assert "搜尋資料缺少檔案 text-04.js" in said(capsys)[1]


def test_the_index_follows_the_site(site: Path, tmp_path: Path) -> None:
    out = tmp_path / "index"
    assert indexing.index_site(site, out, workers=1).written == ("001012", "001023")
    assert indexing.index_site(site, out, workers=1).kept == ("001012", "001023")
    write(site / "001023", cohort(13, seed=4))
    done = indexing.index_site(site, out, workers=1)
    assert (done.written, done.kept) == (("001023",), ("001012",))
    for file in sorted((site / "001012/data").iterdir()):
        file.unlink()
    assert indexing.index_site(site, out, workers=1).removed == ("001012",)
    assert not (out / "001012").exists()


def test_one_damaged_department_leaves_the_others_and_is_named(site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "index"
    indexing.index_site(site, out, workers=1)
    for code in ("001012", "001023"):
        write(site / code, cohort(13, seed=4))
    (site / "001012/data/search.js").write_text("reviewerSearch.tables({", encoding="utf-8")
    done = indexing.index_site(site, out, workers=1)
    assert [problem.where.file.endswith("001012/data") or "001012" in str(problem) for problem in done.problems] == [True]
    assert run(["search", str(out), "機器人", "--json"]) == 3
    assert {each["department"] for each in json.loads(said(capsys)[0])["dossiers"]} == {"001012", "001023"}
    assert run(["search", str(out), "機器人"]) == 3
    _, told = said(capsys)
    assert "索引中校系 001012 的部分不完整或不是最新的" in told
    write(site / "001012", cohort(13, seed=5))
    assert indexing.index_site(site, out, workers=1).kept == ("001023",)
    assert run(["search", str(out), "機器人", "--json"]) == 0


@pytest.mark.parametrize("query", ["機器人 社團", "semester:113", "source:學生", "機器人 -社團"])
def test_a_department_in_a_query_changes_nothing_else_of_it(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], query: str
) -> None:
    out = tmp_path / "index"
    indexing.index_site(site, out, workers=1)

    def found(written: str) -> set[tuple[str, str]]:
        assert run(["search", str(out), written, "--json"]) == 0
        return {(each["department"], each["applicant_number"]) for each in json.loads(said(capsys)[0])["dossiers"]}

    everywhere = found(query)
    assert everywhere
    assert found(f"{query} department:001012") == {one for one in everywhere if one[0] == "001012"}


def test_whoosh_s_language_over_the_index(site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "index"
    indexing.index_site(site, out, workers=1)

    def numbers(query: str, status: int = 0) -> set[tuple[str, str, str]]:
        assert run(["search", str(out), query, "--json"]) == status
        answer = json.loads(said(capsys)[0])
        return {(each["department"], each["applicant_number"], place["anchor"]) for each in answer["dossiers"] for place in each["places"]}

    robots, clubs, both = numbers("機器人 OR (不會出現)"), numbers("社團 OR (不會出現)"), numbers("機器人 OR 社團")
    assert both == robots | clubs
    assert numbers("(機器人) AND 社團") == robots & clubs
    assert numbers("(機器人) NOT 社團") == robots - clubs
    assert numbers("機?人") >= robots
    assert numbers("機器*") >= robots
    assert {code for code, _, _ in numbers("機器人 department:001023")} == {"001023"}
    assert numbers("(機器人) semester:[112-1 TO 113-1]") < robots
    assert numbers("nosuch:x OR b", status=2) == set()


def test_an_index_is_never_put_where_it_would_be_handed_out(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for inside in (site / "index", site / "001012/index"):
        assert run(["index", str(site), "--out", str(inside)]) == 2
        assert f"索引不可放在網站資料夾 {site} 內，以免一併交給評閱者。" in said(capsys)[1]
        assert not inside.exists()


def test_a_folder_with_other_files_is_no_target(site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other/notes.txt").write_text("x", encoding="utf-8")
    assert run(["index", str(site), "--out", str(tmp_path / "other")]) == 2
    assert "已有其他檔案，而且不是 reviewer 建立的索引。" in said(capsys)[1]


def test_an_index_of_another_version_is_refused_and_a_lost_part_is_named(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "index"
    indexing.index_site(site, out, workers=1)
    (out / "001023/tables.json").unlink()
    assert run(["search", str(out), "機"]) == 3
    assert "索引中校系 001023 的部分不見了或已損壞，沒有搜尋。" in said(capsys)[1]
    (out / "index.json").write_text("{}", encoding="utf-8")
    assert run(["search", str(out), "機"]) == 1
    assert "的索引由另一版本的 reviewer 建立，或已損壞。" in said(capsys)[1]
