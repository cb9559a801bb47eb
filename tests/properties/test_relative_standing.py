"""The 推估相對表現 formula: bounds, monotone in the score, what a whole distribution sums to, rounding."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from reviewer.model.standing import Bucket, Distribution, relative_standing, round_half_away


@st.composite
def distributions(draw: st.DrawFn) -> Distribution:
    """Buckets without gaps from 0 to 100, at least one person among them."""
    inner = draw(st.lists(st.integers(1, 99), unique=True, max_size=12))
    bounds = [0, *sorted(inner), 100]
    people = draw(st.lists(st.integers(0, 500), min_size=len(bounds) - 1, max_size=len(bounds) - 1).filter(any))
    buckets = tuple(Bucket(Decimal(low), Decimal(high), n) for low, high, n in zip(bounds, bounds[1:], people, strict=False))
    return Distribution(population=sum(people), buckets=buckets)


scores = st.decimals(min_value=0, max_value=100, places=2, allow_nan=False)


@given(distributions(), scores)
def test_it_lies_between_0_and_100(distribution: Distribution, score: Decimal) -> None:
    percent = relative_standing(score, distribution)
    assert percent is not None
    assert 0 <= percent <= 100
    assert percent.as_tuple().exponent == -1


@given(distributions(), scores, scores)
def test_a_higher_score_never_stands_worse(distribution: Distribution, one: Decimal, other: Decimal) -> None:
    lower, higher = (relative_standing(score, distribution) for score in sorted((one, other)))
    assert lower is not None
    assert higher is not None
    assert higher <= lower


@given(distributions())
def test_the_ends_are_0_and_100(distribution: Distribution) -> None:
    assert relative_standing(Decimal(100), distribution) == 0
    assert relative_standing(Decimal(0), distribution) == 100


@given(distributions())
def test_the_buckets_shares_sum_to_100(distribution: Distribution) -> None:
    """From a bucket's lower bound to its upper one the standing falls by the share of people in it; rounding adds 0.1 at most a bucket."""
    falls = []
    for bucket in distribution.buckets:
        low, high = relative_standing(bucket.low, distribution), relative_standing(bucket.high, distribution)
        assert low is not None
        assert high is not None
        falls.append(low - high)
        assert abs(Fraction(low - high) - Fraction(bucket.people * 100, distribution.population)) <= Fraction(1, 10)
    assert sum(falls) == 100


@given(distributions(), scores, st.integers(2, 50))
def test_it_depends_on_shares_only(distribution: Distribution, score: Decimal, times: int) -> None:
    larger = Distribution(
        population=distribution.population * times,
        buckets=tuple(Bucket(bucket.low, bucket.high, bucket.people * times) for bucket in distribution.buckets),
    )
    assert relative_standing(score, larger) == relative_standing(score, distribution)


@given(st.fractions(min_value=-1000, max_value=1000, max_denominator=10_000))
def test_rounding_is_nearest_and_halves_go_away_from_zero(number: Fraction) -> None:
    rounded = Fraction(round_half_away(number, decimals=1))
    distance = abs(rounded - number)
    assert distance <= Fraction(1, 20)
    if distance == Fraction(1, 20):
        assert abs(rounded) > abs(number)


@given(st.fractions(min_value=-1000, max_value=1000, max_denominator=10_000))
def test_rounding_is_odd(number: Fraction) -> None:
    assert round_half_away(-number, decimals=1) == -round_half_away(number, decimals=1)
