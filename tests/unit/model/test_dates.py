import datetime as dt

import pytest

from reviewer.model.dates import Day, Semester, parse_day


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("1130315", (2024, 3, 15)),
        ("990901", (2010, 9, 1)),
        ("2024/03/15", (2024, 3, 15)),
        ("2024-3-5", (2024, 3, 5)),
        ("113.03.15", (2024, 3, 15)),
        ("113年3月15日", (2024, 3, 15)),
        ("2024/03/15 下午 03:20:11", (2024, 3, 15)),
        ("2024/03/15 03:20 PM", (2024, 3, 15)),
        ("2024-03-15T15:20:11.123+08:00", (2024, 3, 15)),
        (" 1130315 ", (2024, 3, 15)),
    ],
)
def test_the_spellings_of_a_day(words: str, day: tuple[int, int, int]) -> None:
    assert parse_day(words) == Day(dt.date(*day))


@pytest.mark.parametrize("words", ["", "113", "2024/02/30", "1131301", "某日", "2024", "11303155", "2024/03/15 abc", "0/0/0"])
def test_what_is_no_day(words: str) -> None:
    assert parse_day(words) is None


def test_how_pages_show_a_day() -> None:
    day = Day(dt.date(2025, 3, 27))
    assert (day.roc, day.western) == ("114.03.27", "2025-03-27")


@pytest.mark.parametrize(
    ("day", "semester"),
    [((2025, 8, 1), (114, 1)), ((2026, 1, 31), (114, 1)), ((2026, 2, 1), (114, 2)), ((2026, 7, 31), (114, 2)), ((2026, 8, 1), (115, 1))],
)
def test_school_years_open_in_august_and_terms_in_february(day: tuple[int, int, int], semester: tuple[int, int]) -> None:
    assert Day(dt.date(*day)).semester == Semester(*semester)


def test_semesters_have_names_and_an_order() -> None:
    assert (str(Semester(113, 1)), Semester(113, 1).label) == ("113-1", "113 學年度第 1 學期")
    assert (str(Semester(113, 0)), Semester(113, 0).label) == ("113", "113 學年度")
    assert Semester(112, 2) < Semester(113, 0) < Semester(113, 1)
