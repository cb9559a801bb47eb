"""The regression check: what counts as worse, what is said of it, and that committed figures are never written."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from benchmarks import __main__ as command
from benchmarks import results
from benchmarks.check import COMPARISONS, PARTS, Figures, Good, check, compare

COMMITTED: dict[str, dict[str, Any]] = {
    "stages": {"ratios": {"weasyprint_plain_to_ours": 2.0, "chromium_to_ours": 1.0, "pypdf_merge_to_ours": 4.0}},
    "incremental": {"no_op": {"made": 0, "to_calibration": 10.0}, "one_change": {"made": 2, "to_calibration": 20.0}},
    "memory": {"parent_growth": 1.03, "idle_growth": 1.02},
    "desk": {"ratios": {"opening_to_floor": 4.0, "switching_to_floor": 1.0}},
    "sharing": {"medians": {"ratio": 0.5}},
    "build": {"two_processes_to_one": {"warm": 1.8}},
}


def but(part: str, *path: str, value: float) -> Figures:
    """The committed figures with one of them changed."""

    def changed(figures: Mapping[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
        return {**figures, keys[0]: changed(figures[keys[0]], keys[1:]) if len(keys) > 1 else value}

    return changed(COMMITTED, (part, *path))


def worse(measured: Figures, *, machine_is_busy: bool = False) -> list[str]:
    return [each.line for each in compare(COMMITTED, measured, machine_is_busy=machine_is_busy) if each.worse]


def test_the_same_figures_are_not_worse() -> None:
    assert worse(COMMITTED) == []


@pytest.mark.parametrize(
    ("path", "still_good", "too_bad"),
    [
        (("stages", "ratios", "weasyprint_plain_to_ours"), 1.51, 1.49),
        (("stages", "ratios", "pypdf_merge_to_ours"), 3.01, 2.99),
        (("incremental", "no_op", "to_calibration"), 13.4, 13.6),
        (("incremental", "one_change", "to_calibration"), 26.9, 27.1),
        (("memory", "parent_growth"), 1.10, 1.11),
        (("memory", "idle_growth"), 1.10, 1.11),
        (("desk", "ratios", "opening_to_floor"), 5.5, 5.7),
        (("desk", "ratios", "switching_to_floor"), 1.39, 1.41),
        (("sharing", "medians", "ratio"), 0.57, 0.58),
        (("build", "two_processes_to_one", "warm"), 1.54, 1.52),
    ],
)
def test_a_figure_may_be_worse_by_its_tolerance_and_no_more(path: tuple[str, ...], still_good: float, too_bad: float) -> None:
    part, *at = path
    assert worse(but(part, *at, value=still_good)) == []
    assert len(worse(but(part, *at, value=too_bad))) == 1


def test_what_is_better_is_never_worse() -> None:
    for each in COMPARISONS:
        if each.good is not Good.EQUAL:
            assert worse(but(each.part, *each.at, value=99.0 if each.good is Good.HIGH else 0.01)) == []


@pytest.mark.parametrize(("kind", "made"), [("no_op", 1), ("one_change", 3), ("one_change", 1)])
def test_counts_must_be_equal(kind: str, made: int) -> None:
    (line,) = worse(but("incremental", kind, "made", value=made))
    assert line.endswith("; must be equal (a count)")


def test_what_is_worse_is_said_with_both_figures_and_the_reason_of_the_tolerance() -> None:
    (line,) = worse(but("sharing", "medians", "ratio", value=0.7))
    said, _, reason = line.partition(" (")
    assert said == "a second department, to the first: 0.7, committed 0.5; more than 15% worse"
    assert reason == "processor time of the same five students; the first dossier's share of attachments jitters by some 10 %)"


def test_two_processes_to_one_say_nothing_where_others_use_the_machine() -> None:
    measured = but("build", "two_processes_to_one", "warm", value=1.1)
    assert len(worse(measured)) == 1
    assert worse(measured, machine_is_busy=True) == []


def test_what_was_not_measured_fails() -> None:
    assert worse({**COMMITTED, "memory": {}}) == [
        "parent's memory, large build to small: was not measured",
        "parent's memory with nothing to do, large site to small: was not measured",
    ]
    (outcome,) = [each for each in compare({**COMMITTED, "sharing": {}}, COMMITTED, machine_is_busy=False) if each.worse]
    assert outcome.line == "a second department, to the first: was not committed (run `make bench`)"


def test_every_tolerance_is_explained_and_its_part_is_measured() -> None:
    assert all(each.why for each in COMPARISONS)
    assert {each.part for each in COMPARISONS} == PARTS.keys()
    assert PARTS.keys() <= command.PARTS.keys()


@pytest.mark.parametrize(("ratio", "status"), [(0.5, 0), (0.9, 1)])
def test_the_exit_status_says_whether_something_is_worse(ratio: float, status: int) -> None:
    assert check(COMMITTED.__getitem__, lambda _parts: but("sharing", "medians", "ratio", value=ratio)) == status


def test_the_check_measures_in_a_folder_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A part that writes its figures during the check, and one of the last check that must not be taken for measured."""
    monkeypatch.setenv(results.ELSEWHERE, str(tmp_path / "before"))
    monkeypatch.setattr(results, "WORK", tmp_path)
    (tmp_path / "check" / "results").mkdir(parents=True)
    (tmp_path / "check" / "results" / "stages.json").write_text('{"ratios": {}}', encoding="utf-8")
    committed = {path.name: path.read_bytes() for path in results.FOLDER.iterdir()}

    def write(part: str, *_arguments: str) -> str:
        results.write(part, {"written": os.environ[results.ELSEWHERE]})
        return ""

    monkeypatch.setattr(command, "run", write)
    found = command.measured_elsewhere({"memory": []})
    assert found["memory"]["written"] == str(tmp_path / "check")
    assert results.read("stages") == {}
    assert {path.name: path.read_bytes() for path in results.FOLDER.iterdir()} == committed
