"""What a department is told, against numbers that were computed by hand."""

from pathlib import Path

import pytest

from reviewer.marks.shapes import Difference
from reviewer.model.problem import ExitStatus, Stop
from tests.unit.marks.building import merged, rater_id, record, review, same, version

WANG, LIN, CHEN = "王明德", "林玉梅", "陳大文"
W, L, C = rater_id(WANG), rater_id(LIN), rater_id(CHEN)
NUMBERS = [f"0168646{digit}" for digit in range(6)]


def levels(*names: str) -> dict[str, object]:
    return {NUMBERS[index]: record(same(name), turn=index + 1) for index, name in enumerate(names)}


def test_the_total_weighs_the_middle_of_a_level_and_the_exact_score(tmp_path: Path) -> None:
    marks = {"record": 92, "outcomes": "very-good", "performances": "good", "statement": "fair", "others": "weak"}
    found = merged(tmp_path, review(WANG, {"1": record(marks)})).outcome
    # 92·0.30 + 84.5·0.30 + 74.5·0.15 + 64.5·0.20 + 29.5·0.05
    assert found.marks[0].total == 78.5
    assert [mark.points for mark in found.marks[0].dimensions] == [92, 84.5, 74.5, 64.5, 29.5]


def test_without_all_dimensions_there_is_no_total(tmp_path: Path) -> None:
    found = merged(tmp_path, review(WANG, {"1": record({"record": "good"})})).outcome
    assert found.marks[0].total is None
    assert found.marks[0].missing == ("outcomes", "performances", "statement", "others")
    assert (found.raters[0].started, found.raters[0].complete) == (1, 0)


def test_files_of_one_rater_are_merged_and_a_conflict_is_never_guessed(tmp_path: Path) -> None:
    one = review(WANG, {"1": record(same("good"))})
    apart = {"fields": {"level:record": [version("fair", by="d-2", at="08:30:00")]}, "bases": {}, "reading": {}}
    done = merged(tmp_path, one, review(WANG, {"1": apart, "2": record(same("weak"))}, saved_at="2026-03-29T09:00:00.000Z"))
    found = done.outcome
    assert [(rater.name, rater.files) for rater in found.raters] == [(WANG, ("1.json", "2.json"))]
    assert [(one.number, one.field, one.values) for one in found.conflicts] == [("1", "level:record", ("fair", "good"))]
    assert [(mark.number, mark.total, mark.missing) for mark in found.marks] == [("1", None, ("record",)), ("2", 29.5, ())]
    assert done.status is ExitStatus.SOME


def test_scores_about_which_two_versions_differ_give_no_points_though_the_level_is_the_same(tmp_path: Path) -> None:
    one, apart = record(same("good")), record(same("good"))
    one["fields"]["score:record"] = [version(78, counter=60)]
    apart["fields"] = {"score:record": [version(79, by="d-2", at="08:30:00")]}
    found = merged(tmp_path, review(WANG, {"1": one}), review(WANG, {"1": apart}, saved_at="2026-03-29T09:00:00.000Z")).outcome
    assert [(mark.total, mark.missing, mark.dimensions[0].points) for mark in found.marks] == [(None, ("record",), None)]


def test_who_reads_anew_under_his_name_is_no_second_person(tmp_path: Path) -> None:
    first = review(WANG, {"1": record(same("good"))})
    anew = review(WANG, {"2": record(same("fair"))}, reread=True, rater={"id": "r-" + "0" * 16, "name": WANG})
    assert "marks-rater-name-twice" not in [problem.code for problem in merged(tmp_path, first, anew).outcome.problems]
    second = review(WANG, {"2": record(same("fair"))}, rater={"id": "r-" + "0" * 16, "name": WANG})
    assert "marks-rater-name-twice" in [problem.code for problem in merged(tmp_path, first, second).outcome.problems]


def test_files_of_another_department_or_year_are_left_out_with_the_reason(tmp_path: Path) -> None:
    sound = review(WANG, levels("good"))
    other = review(LIN, levels("good"), department={"code": "001023", "name": "歷史學系"})
    old = review(CHEN, levels("good"), admission_year=114)
    done = merged(tmp_path, sound, review(LIN, levels("fair")), other, old)
    assert done.outcome.refused == ("3.json", "4.json")
    assert [str(problem) for problem in done.outcome.problems] == [
        "3.json：這是校系 001023 的評分，這次合併的是 001012，沒有併入。請和那個校系的檔案一起合併。",
        "4.json：這是 114 學年度的評分，這次合併的是 115 學年度，沒有併入。請確認是不是去年的檔案。",
    ]
    assert done.status is ExitStatus.SOME
    assert [rater.name for rater in done.outcome.raters] == [LIN, WANG]


def test_without_one_sound_file_the_run_stops_with_every_reason(tmp_path: Path) -> None:
    with pytest.raises(Stop) as stopped:
        merged(tmp_path, {"format": "x"}, {})
    assert [problem.code for problem in stopped.value.problems] == ["marks-format", "marks-format", "marks-nothing"]
    assert stopped.value.status is ExitStatus.NOTHING


def test_means_spread_severity_and_standard_scores(tmp_path: Path) -> None:
    # Wang: 74.5 84.5 95 74.5 64.5, mean 78.6, squares 16.81 34.81 268.96 16.81 198.81 = 536.2, /4 = 134.05, root 11.577996
    # Lin:  64.5 74.5 84.5 74.5 64.5, mean 72.5, squares 64 4 144 4 64 = 280, /4 = 70, root 8.366600
    done = merged(
        tmp_path,
        review(WANG, levels("good", "very-good", "excellent", "good", "fair")),
        review(LIN, levels("fair", "good", "very-good", "good", "fair")),
    )
    lin, wang = done.outcome.raters
    assert (wang.mean, wang.spread, lin.mean, lin.spread) == (78.6, 11.577996, 72.5, 8.3666)
    # Wang less Lin: 10 + 10 + 10.5 + 0 + 0, over five dossiers.
    assert (wang.severity, lin.severity, wang.shared) == (6.1, -6.1, 5)
    first = done.outcome.dossiers[0]
    assert [total.z for total in first.totals] == [-0.956183, -0.35412]
    assert (first.mean, first.difference, first.mean_z) == (69.5, 10.0, -0.655151)
    assert done.status is ExitStatus.WELL


def test_few_dossiers_and_no_spread_are_said_not_computed(tmp_path: Path) -> None:
    found = merged(tmp_path, review(WANG, levels("good", "fair")), review(LIN, levels(*["good"] * 5))).outcome
    assert [rater.why_not.zh if rater.why_not else "" for rater in found.raters] == [
        "所有總分都相同，沒有離散可供標準化。",
        "只有 2 份完整的評分，少於 5 份，標準化沒有意義。",
    ]
    assert all(total.z is None for result in found.dossiers for total in result.totals)
    assert all(result.mean_z is None for result in found.dossiers)


def test_the_difference_check_by_the_rubrics_rules(tmp_path: Path) -> None:
    # Totals 95 and 74.5 are 20.5 apart (limit 15), every dimension two levels; 84.5 and 74.5 are within both.
    found = merged(tmp_path, review(WANG, levels("excellent", "very-good")), review(LIN, levels("good", "good"))).outcome
    total, *of_levels, means = found.differences
    assert total == Difference(
        kind="total", number=NUMBERS[0], dimension="", raters=(W, L), values=("95.00", "74.50"), apart=20.5, reread=False
    )
    assert [one.dimension for one in of_levels] == ["record", "outcomes", "performances", "statement", "others"]
    assert {(one.number, one.raters, one.values, one.apart) for one in of_levels} == {(NUMBERS[0], (W, L), ("傑出", "佳"), 2.0)}
    # Means 89.75 and 74.5 are 15.25 apart (limit 10).
    assert (means.kind, means.raters, means.values, means.apart) == ("rater-means", (W, L), ("89.75", "74.50"), 15.25)
    assert found.disputed == (NUMBERS[0],)


def test_fifteen_points_apart_are_not_more_than_fifteen(tmp_path: Path) -> None:
    found = merged(tmp_path, review(WANG, {"1": record(same(90.1))}), review(LIN, {"1": record(same(75.1))})).outcome
    assert found.dossiers[0].difference == 15.0
    assert [one.kind for one in found.differences] == ["level"] * 5 + ["rater-means"]


def test_an_exact_score_without_a_level_stands_in_the_level_of_its_range(tmp_path: Path) -> None:
    found = merged(tmp_path, review(WANG, {"1": record(same(89.5))}), review(LIN, {"1": record(same("fair"))})).outcome
    assert [one.values for one in found.differences if one.kind == "level"] == [("優", "可")] * 5


def test_ties_at_the_cut(tmp_path: Path) -> None:
    given = ("excellent", "good", "good", "fair")
    files = (review(WANG, levels(*given)), review(LIN, levels(*given)))
    two = merged(tmp_path, *files, cut=2).outcome
    assert two.cut is not None
    assert (two.cut.line, two.cut.tied) == (74.5, (NUMBERS[1], NUMBERS[2]))
    assert [(one.kind, one.number, one.values) for one in two.differences] == [
        ("tie", NUMBERS[1], ("74.50",)),
        ("tie", NUMBERS[2], ("74.50",)),
    ]
    assert two.disputed == ()
    three = merged(tmp_path, *files, cut=3).outcome
    assert three.cut is not None
    assert (three.cut.line, three.cut.tied) == (74.5, ())
    beyond = merged(tmp_path, *files, cut=9).outcome
    assert [problem.what.zh for problem in beyond.problems] == ["錄取 9 名，但只有 4 份有完整的平均總分，無法檢查同分。"]


def test_a_third_reader_settles_nothing_by_himself_but_is_told(tmp_path: Path) -> None:
    files = (review(WANG, levels("excellent")), review(LIN, levels("good")), review(CHEN, levels("very-good"), reread=True))
    found = merged(tmp_path, *files).outcome
    result = found.dossiers[0]
    assert [total.rater for total in result.totals] == [L, W]
    assert [(total.rater, total.total) for total in result.rereads] == [(C, 84.5)]
    assert result.mean == 84.75
    assert all(one.reread for one in found.differences if one.number)
    assert found.disputed == ()


def test_who_reads_first_and_again_is_told_apart_dossier_by_dossier(tmp_path: Path) -> None:
    again = review(CHEN, {NUMBERS[1]: record(same("fair")), NUMBERS[0]: record(same("very-good"))}, reread=True)
    files = (review(WANG, levels("excellent")), review(LIN, levels("good")), review(CHEN, {NUMBERS[1]: record(same("fair"))}), again)
    found = merged(tmp_path, *files).outcome
    assert [
        (result.number, [total.rater for total in result.totals], [total.rater for total in result.rereads]) for result in found.dossiers
    ] == [
        (NUMBERS[0], [L, W], [C]),
        (NUMBERS[1], [C], []),
    ]
    assert [rater.reread for rater in found.raters] == [False, False, False]


def test_the_rehearsal_stands_beside_what_came_after(tmp_path: Path) -> None:
    wang, lin = levels("excellent", "good", "fair", "good"), levels("good", "good", "fair", "good")
    lin[NUMBERS[0]] = record(same("good"), turn=4)
    lin[NUMBERS[3]] = record(same("good"), turn=1)
    found = merged(tmp_path, review(WANG, wang), review(LIN, lin), rehearsal=(NUMBERS[0], NUMBERS[1], "99")).outcome
    assert found.rehearsal is not None
    assert [(one.rater, one.marked, one.first, one.severity, one.severity_since) for one in found.rehearsal.raters] == [
        (L, 2, False, -10.25, 0.0),
        (W, 2, True, 10.25, 0.0),
    ]
    assert {one.alpha for one in found.rehearsal.since} == {1.0}
    assert {one.alpha for one in found.agreement} == {1.0}
    assert [problem.what.zh for problem in found.problems] == ["沒有人評過試評的檔案 99。"]


def test_two_raters_of_one_name_are_two_and_said(tmp_path: Path) -> None:
    other = review(WANG, levels("fair"), rater={"id": "r-2", "name": WANG})
    found = merged(tmp_path, review(WANG, levels("good")), other).outcome
    assert [problem.what.zh for problem in found.problems] == [f"有 2 位評分者都叫「王明德」（r-2、{W}），當成不同的人計算。"]


def test_what_the_rubric_does_not_know_is_not_counted_and_said(tmp_path: Path) -> None:
    odd = record({**same("good"), "record": "superb", "charm": "good", "outcomes": 101})
    other = {"id": "old", "sha256": "0"}
    found = merged(tmp_path, review(WANG, {"1": odd}, rubric=other)).outcome
    assert [str(problem) for problem in found.problems] == [
        "1.json：這個檔案用的評量尺規「old」和校系目前的「default」不同。請確認尺規在評分後有沒有改過；等第與權重都以目前的尺規計算。",
        "1 · 王明德：向度「修課紀錄」的等第「superb」不在目前的尺規裡，沒有計入。請委員重新選一個等第。",
        "1 · 王明德：向度「課程學習成果」的分數 101 超出尺規的 0–100，沒有計入。請委員改正這個分數。",
        "王明德：目前的尺規沒有向度「charm」，它的評分沒有計入（1 份）。請確認尺規在評分後有沒有改過。",
    ]
    assert found.marks[0].missing == ("record", "outcomes")


def test_a_score_off_its_level_counts_and_is_noted(tmp_path: Path) -> None:
    marks = record({**same("good")})
    marks["fields"]["score:record"] = [version(95, counter=60)]
    done = merged(tmp_path, review(WANG, {"1": marks}))
    assert done.outcome.marks[0].dimensions[0].points == 95
    assert done.outcome.problems[0].what.zh == "向度「修課紀錄」選了「佳」，分數 95 卻不在它的範圍 70–79；以分數計算。"
    assert done.status is ExitStatus.WELL


def test_a_score_just_beyond_the_rubric_is_told_as_it_was_written(tmp_path: Path) -> None:
    marks = record({**same("good")})
    marks["fields"]["score:record"] = [version(100.0001, counter=60)]
    done = merged(tmp_path, review(WANG, {"1": marks}))
    assert done.outcome.problems[0].what.zh == "向度「修課紀錄」的分數 100.0001 超出尺規的 0–100，沒有計入。"
    assert (
        done.outcome.problems[0].what.en == "Score 100.0001 of dimension “Course record” is beyond the rubric's 0–100 and was not counted."
    )
