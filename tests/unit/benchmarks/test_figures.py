"""Sizing and the regression check compute what they say."""

import pytest

from benchmarks.__main__ import worse
from benchmarks.capacity import Assumptions, capacity

GIVEN = Assumptions(dossiers=3600, departments_per_student=2.0, core_hour=0.5, gigabyte_month=0.1, months=2, used=0.5, prices_from="a test")


def test_capacity_adds_attachments_once_a_student() -> None:
    found = capacity(1.0, 4.0, 8.0, GIVEN)
    assert found.core_hours == 6.0  # 3,600 dossiers × (1 s + 4 s / 2), half of the time used
    assert found.compute_cost == 3.0
    assert found.site_gigabytes == 28.1
    assert found.storage_cost == 5.62
    assert found.hours_by_cores[0] == (2, 3.0)


@pytest.mark.parametrize(
    ("measured", "sentences"),
    [
        (1.51, []),
        (1.49, ["weasyprint_plain_to_ours: 1.49, committed 2.00; more than 25% worse"]),
        (9.0, []),
    ],
)
def test_what_is_worse_by_more_than_the_tolerance_is_named(measured: float, sentences: list[str]) -> None:
    assert worse({"weasyprint_plain_to_ours": 2.0}, {"weasyprint_plain_to_ours": measured}) == sentences
