"""Places within what was sent, in words: reviewers are told the course or which row it is, not the path of a field of JSON."""

import re
from collections.abc import Sequence

from reviewer.model.portfolio import Course
from reviewer.model.problem import Problem
from reviewer.render import phrases
from reviewer.render.language import Wording

_STEP = re.compile(r"(.*?)((?:\[\d{1,6}\])*)", re.DOTALL)
_ROW = re.compile(r"\[(\d+)\]")
_COURSE = re.compile(r"學習紀錄\[(\d{1,6})\](?:\.(.*))?", re.DOTALL)


def place_words(path: str, say: Wording, courses: Sequence[Course] = ()) -> str:
    """`學習紀錄[3].學業成績.分數` as `數學（113 學年度第 1 學期） · 學業成績 · 分數`, or as `學習紀錄第 4 筆 · …` where the course is not known."""
    found = _COURSE.fullmatch(path)
    course = next((one for one in courses if found and one.index == int(found[1])), None)
    if found is None or course is None or not course.name:
        return " · ".join(filter(None, (_step(step, say) for step in path.split("."))))
    semester = phrases.semester_words(course.semester, say) if course.semester else course.semester_raw
    name = say("{course}（{semester}）", course=course.name, semester=semester) if semester else course.name
    return " · ".join(filter(None, (name, place_words(found[2] or "", say))))


def told_apart(courses: Sequence[Course], problems: Sequence[Problem]) -> Sequence[Course]:
    """The courses, where each stands at its own number; none where a row was no course, after which the numbers are others."""
    return () if any((found := _COURSE.fullmatch(one.where.path)) and found[2] is None for one in problems) else courses


def _step(step: str, say: Wording) -> str:
    found = _STEP.fullmatch(step)
    words = found[1] if found else step
    for row in _ROW.findall(found[2]) if found else ():
        words = say("{list}第 {n} 筆", list=words, n=int(row) + 1)
    return words
