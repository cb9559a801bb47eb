"""Where a finding is, as reviewers are told: the course or the row, in words."""

import pytest

from reviewer.model.language import Language
from reviewer.model.problem import Problem
from reviewer.render.language import Wording
from reviewer.render.view import dossier_view
from reviewer.render.views.places import place_words, told_apart
from tests import factories

CHINESE = Wording(Language.CHINESE)
RECORD = factories.record()
FIRST = RECORD.courses[0]
TERM = "112 學年度第 1 學期"


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("", ""),
        ("學習紀錄[0].學業成績.分數", f"{FIRST.name}（{TERM}） · 學業成績 · 分數"),
        ("學習紀錄[0]", f"{FIRST.name}（{TERM}）"),
        ("學習紀錄[999].學分數", "學習紀錄第 1000 筆 · 學分數"),
        ("學期成績[1].學習紀錄[0].學分數", "學期成績第 2 筆 · 學習紀錄第 1 筆 · 學分數"),
        ("其他多元表現紀錄[1].時數", "其他多元表現紀錄第 2 筆 · 時數"),
        ("學生姓名", "學生姓名"),
        ("[0].[x][" + "9" * 5000 + "]", "第 1 筆 · [x][" + "9" * 5000 + "]"),
    ],
)
def test_places_in_words(path: str, words: str) -> None:
    assert place_words(path, CHINESE, RECORD.courses) == words


def test_places_in_english() -> None:
    assert place_words("學習紀錄[0].學分數", Wording(Language.ENGLISH)) == "學習紀錄, no. 1 · 學分數"


def finding(path: str) -> Problem:
    return factories.problem("course", "看不懂。", "請確認。", path=path)


def test_a_row_that_is_no_course_leaves_the_numbers_of_the_others_alone() -> None:
    assert told_apart(RECORD.courses, [finding("學習紀錄[3].學分數")]) == RECORD.courses
    assert told_apart(RECORD.courses, [finding("學習紀錄[3]")]) == ()


def test_a_dossier_names_the_course() -> None:
    (shown,) = dossier_view(factories.dossier(problems=(finding("學習紀錄[0].學分數"),)), {}).problems
    assert shown.place.plain == f"{FIRST.name}（{TERM}） · 學分數"
