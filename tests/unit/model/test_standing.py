from decimal import Decimal
from fractions import Fraction

import pytest

from reviewer.model.standing import Bucket, Distribution, relative_standing, round_half_away


def distribution(*buckets: tuple[int, int, int], population: int = 0) -> Distribution:
    rows = tuple(Bucket(Decimal(low), Decimal(high), people) for low, high, people in buckets)
    return Distribution(population=population or sum(row.people for row in rows), buckets=rows)


TEN = distribution((0, 60, 10), (60, 80, 50), (80, 90, 30), (90, 100, 10))


@pytest.mark.parametrize(
    ("score", "percent"),
    [("100", "0.0"), ("95", "5.0"), ("90", "10.0"), ("85", "25.0"), ("80", "40.0"), ("60", "90.0"), ("0", "100.0"), ("85.5", "23.5")],
)
def test_the_formula(score: str, percent: str) -> None:
    assert relative_standing(Decimal(score), TEN) == Decimal(percent)


def test_100_falls_in_the_topmost_bucket() -> None:
    assert relative_standing(Decimal(100), distribution((98, 99, 5), (99, 100, 5))) == Decimal("0.0")


def test_a_bound_belongs_to_the_upper_bucket() -> None:
    assert relative_standing(Decimal(99), distribution((98, 99, 5), (99, 100, 5))) == Decimal("50.0")


def test_halves_go_away_from_zero() -> None:
    assert relative_standing(Decimal(0), distribution((0, 100, 1), population=2000)) == Decimal("0.1")
    assert [round_half_away(Fraction(number, 100), decimals=1) for number in (25, 35, -25, 24, -26)] == [
        Decimal(words) for words in ("0.3", "0.4", "-0.3", "0.2", "-0.3")
    ]


def test_it_always_has_one_decimal() -> None:
    assert str(relative_standing(Decimal(100), TEN)) == "0.0"
    assert str(relative_standing(Decimal(0), TEN)) == "100.0"


@pytest.mark.parametrize(
    "found",
    [distribution(population=10), distribution((0, 100, 0)), distribution((0, 50, 3), (60, 100, 3))],
    ids=["no buckets", "nobody counted", "a gap"],
)
def test_what_cannot_be_told_is_none(found: Distribution) -> None:
    assert relative_standing(Decimal(55), found) is None


def test_the_population_may_be_larger_than_the_buckets() -> None:
    assert relative_standing(Decimal(0), distribution((0, 100, 50), population=100)) == Decimal("50.0")


def test_how_many_the_buckets_hold() -> None:
    assert TEN.counted == 100
