import pytest

from reviewer.model.problem import ExitStatus, ProblemKind, SetAside, Severity, Stop, Where
from reviewer.model.text import Text, both, number_of


@pytest.mark.parametrize(
    ("where", "words"),
    [
        (Where(), ""),
        (
            Where(package="01686463", file="修課紀錄.json", path="學習紀錄[3].學業成績.分數"),
            "01686463 · 修課紀錄.學習紀錄[3].學業成績.分數",
        ),
        (Where(file="課程學習成果.json", path="[0].科目名稱"), "課程學習成果[0].科目名稱"),
        (Where(file="多元表現.json"), "多元表現.json"),
        (Where(file="roster.xlsx", sheet="競賽", row=4, column="名稱"), "roster.xlsx · 競賽 · 第 4 列 · 名稱"),
        (Where(file="報導.pdf", page=2), "報導.pdf · 第 2 頁"),
        (Where(file="a.csv", path="x"), "a.csv · x"),
    ],
)
def test_a_place_in_words(where: Where, words: str) -> None:
    assert str(where) == words


def test_a_kind_makes_problems_with_their_facts_in_both_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ProblemKind, "registry", {})
    kind = ProblemKind(
        "example", Severity.NOTE, Text("「{name}」是{what}。", "“{name}” is {what}."), Text("無須處理。", "Nothing need be done.")
    )
    problem = kind.at(Where(file="x"), name="a", what=Text("甲", "one"))
    assert (problem.what.zh, problem.what.en) == ("「a」是甲。", "“a” is one.")
    assert str(problem) == "x：「a」是甲。無須處理。"
    with pytest.raises(ValueError, match="problem code declared twice: example"):
        ProblemKind("example", Severity.NOTE, both(""), both(""))
    with pytest.raises(KeyError):
        kind.at(Where())


def test_the_exceptions_carry_their_problems(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ProblemKind, "registry", {})
    problem = ProblemKind("example", Severity.ERROR, both("x"), both("y")).at(Where(file="f"))
    assert (str(Stop(problem)), Stop(problem).status, Stop(problem, status=ExitStatus.USAGE).status) == (
        "f：xy",
        ExitStatus.NOTHING,
        ExitStatus.USAGE,
    )
    assert SetAside(problem).problems == (problem,)


def test_exit_statuses_are_those_documented() -> None:
    assert {status.name: status.value for status in ExitStatus} == {"WELL": 0, "NOTHING": 1, "USAGE": 2, "SOME": 3}


def test_severities_have_words() -> None:
    assert [severity.label.zh for severity in Severity] == ["備註", "提醒", "錯誤"]


def test_english_says_one_in_the_singular() -> None:
    kind = Text("{n} 份已完成，{aside} 份擱置。", "{n:,} {n|dossier|dossiers} ready, {aside} {aside|was|were} set aside.")
    assert kind.format(n=1, aside=2).en == "1 dossier ready, 2 were set aside."
    assert kind.format(n=2000, aside="1").en == "2,000 dossiers ready, 1 was set aside."
    assert [number_of(n, "file") for n in (0, 1, 2000)] == ["0 files", "1 file", "2,000 files"]
    assert [number_of(n, "has", "have") for n in (1, 2)] == ["1 has", "2 have"]
