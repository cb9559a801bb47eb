"""Sizing computes what it says: work that cores share, and what one thread of the command does whatever their number."""

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.build import figures, gains
from benchmarks.capacity import PRICES_FROM, Assumptions, Measured, capacity
from benchmarks.finishing import line
from benchmarks.incremental import figures as incremental
from benchmarks.processor import Spent
from benchmarks.textsheet import figures as textsheet

MEASURED = Measured(dossier_s=1.0, student_s=4.0, dossier_mb=8.0, student_mb=4.0, plan_s=0.01, department_s=30.0, finish_s=0.05)
GIVEN = Assumptions(
    dossiers=3600,
    departments_per_student=2.0,
    departments=6,
    commands=1,
    core_hour=0.5,
    gigabyte_month=0.1,
    months=2,
    used=0.5,
    prices_from="a test",
)


def test_capacity_adds_attachments_once_a_student_and_what_the_command_does() -> None:
    found = capacity(MEASURED, GIVEN)
    assert found.plan_hours == 0.01  # 3,600 × 0.01 s
    assert found.finish_hours == 0.1  # 6 × 30 s + 3,600 × 0.05 s
    assert found.core_hours == 6.1  # 3,600 × (1 s + 4 s / 2), half of the time used; planning and finishing beside it
    assert found.compute_cost == 3.05


def test_storage_is_the_site_and_a_cache_for_each_student() -> None:
    found = capacity(MEASURED, GIVEN)
    assert found.site_gigabytes == 28.1  # 3,600 × 8 MB
    assert found.cache_gigabytes == 7.0  # 1,800 × 4 MB
    assert found.storage_cost == 7.03


def test_no_number_of_cores_ends_sooner_than_planning_and_finishing() -> None:
    hours = dict(capacity(MEASURED, GIVEN).hours_by_cores)
    assert hours[2] == 3.01
    assert hours[64] == hours[256] == hours[1024] == 0.11


def test_a_command_for_each_university_divides_planning_and_finishing_and_not_the_work() -> None:
    one, ten = capacity(MEASURED, GIVEN), capacity(MEASURED, replace(GIVEN, commands=10))
    assert (ten.core_hours, ten.compute_cost) == (one.core_hours, one.compute_cost)
    assert dict(ten.hours_by_cores)[1024] == 0.01


def test_where_prices_are_from_is_said_once() -> None:
    assert PRICES_FROM == "assumed, in US dollars; no provider's list was consulted"
    sources = {path.name: path.read_text(encoding="utf-8") for path in Path(__file__).parents[3].glob("benchmarks/*.py")}
    assert [name for name, text in sources.items() if "list price" in text or "provider's list" in text] == ["capacity.py"]


def test_finishing_is_a_start_for_each_department_and_more_for_each_dossier() -> None:
    assert line([(10, 3.0), (30, 5.0), (20, 4.0)]) == pytest.approx((2.0, 0.1))
    assert line([(10, 1.0), (20, 3.0)]) == pytest.approx((0.0, 0.2))  # a start below nothing is none
    assert line([(10, 3.0), (10, 5.0)]) == (0.0, 0.4)  # one size tells nothing of a start


def test_a_build_counts_by_dossier_its_workers_its_whole_command_and_its_cache() -> None:
    department = {"pages": 50, "size_bytes": 2**21}
    report = {"made": 2, "departments": [department], "cpu_seconds": 3.0, "stages": [["paper", 2.0]]}
    assert figures(report, Spent(wall_s=8.0, cpu_s=10.0, status=0, output=b""), 2**22) == {
        "dossiers": 2.0,
        "pages": 25.0,
        "megabytes": 1.0,
        "cache_megabytes": 2.0,
        "wall_s": 4.0,
        "cpu_s": 1.5,
        "whole_cpu_s": 5.0,
        "stage_paper_s": 1.0,
    }


def test_two_processes_are_held_against_one_with_either_cache() -> None:
    times = {"warm cache, 1 process": 2.0, "warm cache, 2 processes": 1.0, "cold cache, 1 process": 6.0, "cold cache, 2 processes": 4.0}
    assert gains({name: {"wall_s": seconds} for name, seconds in times.items()}) == {"warm": 2.0, "cold": 1.5}


def test_building_again_is_told_in_seconds_and_against_the_fixed_work() -> None:
    found = incremental([(1.0, 2.0, 2), (3.0, 4.0, 2), (2.0, 3.0, 2)], 0.5)
    assert found == {"wall_s": 2.0, "cpu_s": 3.0, "to_calibration": 6.0, "made": 2}


def test_runs_that_made_different_dossiers_are_no_measurement() -> None:
    with pytest.raises(SystemExit, match=r"runs that should be alike made \[0, 2\] dossiers"):
        incremental([(1.0, 2.0, 2), (1.0, 2.0, 0)], 0.5)


def test_a_page_of_text_is_what_the_sheet_takes_beyond_its_first_line() -> None:
    seconds = {"typst_line": [0.1], "typst_sheet": [0.2], "typst_kept_line": [0.0], "typst_kept_sheet": [0.1], "ours_line": [0.5]}
    found = textsheet({**seconds, "ours_sheet": [1.5]}, {"typst_sheet": 11, "typst_kept_sheet": 11, "ours_sheet": 21})
    assert found["start_s"] == {"typst": 0.1, "typst_kept": 0.0, "ours": 0.5}
    assert found["page_s"] == {"typst": 0.01, "typst_kept": 0.01, "ours": 0.05}
    assert found["ratios"] == {"our_sheet_to_typst": 7.5, "our_page_to_typst": 5.0}
