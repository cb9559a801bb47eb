"""推估相對表現: where a score stands in its population, estimated from the published distribution.

Source: DOMAIN, "Relative standing". Lower is better; a percentage with one decimal, halves rounded away from zero:
((1 - (score - lo) / (hi - lo)) * n + above) / population * 100 for a score in the bucket [lo, hi) that holds n, with `above` people in
higher buckets. A score of 100 falls in the bucket 99-100.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction


@dataclass(frozen=True, slots=True, order=True)
class Bucket:
    """One 組距: scores from `low` (included) to `high` (excluded, but for the topmost) and how many people have them."""

    low: Decimal
    """Lower bound of the scores."""
    high: Decimal
    """Upper bound of the scores."""
    people: int
    """How many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """分數級距分布 with its 母體人數."""

    population: int
    """母體人數, as sent; may differ from the buckets' sum, which is then a problem of the reader."""
    buckets: tuple[Bucket, ...]
    """Ascending, not overlapping."""

    @property
    def counted(self) -> int:
        """How many people the buckets hold together."""
        return sum(bucket.people for bucket in self.buckets)


def relative_standing(score: Decimal, distribution: Distribution) -> Decimal | None:
    """Return the estimated standing in percent (0.0 best to 100.0), or None when no bucket holds the score or nobody was counted."""
    if distribution.population <= 0 or not distribution.buckets:
        return None
    top = max(bucket.high for bucket in distribution.buckets)
    exact_score = Fraction(score)
    for bucket in distribution.buckets:
        inside = bucket.low <= score < bucket.high or (score == bucket.high == top)
        if inside and bucket.high > bucket.low:
            share_above = 1 - (exact_score - Fraction(bucket.low)) / (Fraction(bucket.high) - Fraction(bucket.low))
            above = sum(other.people for other in distribution.buckets if other.low >= bucket.high)
            exact = (share_above * bucket.people + above) / distribution.population * 100
            return round_half_away(exact, decimals=1)
    return None


def round_half_away(number: Fraction, *, decimals: int) -> Decimal:
    """Round to so many decimals, halves away from zero, without ever passing through binary floating point."""
    scaled = number * 10**decimals
    whole, rest = divmod(abs(scaled.numerator), scaled.denominator)
    whole += 2 * rest >= scaled.denominator
    value = Decimal(whole if scaled >= 0 else -whole).scaleb(-decimals)
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
