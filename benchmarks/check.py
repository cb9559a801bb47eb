"""What is measured anew against the committed figures: `python -m benchmarks --check` (make bench-check).

Everything is measured in a folder of its own; the committed figures are read and never written. Counts must be equal. All else is a ratio of two things that were
measured in the same run, or a bound, since seconds differ from machine to machine and from minute to minute. Each comparison says how much
worse it may be, and why so much: a tolerance is the jitter that repeated runs of the same code show, with some room, so that what exceeds it has grown.
"""

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

Figures = Mapping[str, Mapping[str, Any]]
"""Every benchmark's figures by its name."""


class Good(Enum):
    """Which figures are good."""

    EQUAL = "equal"
    HIGH = "high"
    LOW = "low"
    AT_MOST = "at most"
    """Not held against the committed figure: `tolerance` is the bound itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One figure that must not grow worse."""

    words: str
    """What it is."""
    part: str
    """Whose it is: a benchmark."""
    at: tuple[str, ...]
    """Where it stands in that benchmark's figures."""
    good: Good
    """What counts as worse."""
    tolerance: float
    """Share by which it may be worse; the bound where one is meant."""
    why: str
    """Where the tolerance is from."""
    needs_idle_cores: bool = False
    """Whether other work on the machine changes it, whatever we do."""


_ROUNDS = "both sides are measured in the same round; rounds on a busy machine of two cores part by up to 15 %"
_CALIBRATED = "the calibration takes other paths through the processor than a build does: their ratio moves by some 20 % with the load"
_FRAMES = "the empty page takes some 40 ms, of which two frames are the screen's own 16.7 ms each: one frame more or less is a third"
_STUDENTS = "processor time of the same five students; the first dossier's share of attachments jitters by some 10 %"

COMPARISONS = (
    *(
        Comparison(words=words, part="stages", at=("ratios", name), good=Good.HIGH, tolerance=0.25, why=_ROUNDS)
        for name, words in (
            ("weasyprint_plain_to_ours", "plain WeasyPrint to ours"),
            ("chromium_to_ours", "Chromium to ours"),
            ("pypdf_merge_to_ours", "pypdf's merge to ours"),
        )
    ),
    Comparison(
        words="dossiers made when nothing changed", part="incremental", at=("no_op", "made"), good=Good.EQUAL, tolerance=0, why="a count"
    ),
    Comparison(
        words="dossiers made when one package changed",
        part="incremental",
        at=("one_change", "made"),
        good=Good.EQUAL,
        tolerance=0,
        why="a count",
    ),
    Comparison(
        words="nothing to do, to calibration",
        part="incremental",
        at=("no_op", "to_calibration"),
        good=Good.LOW,
        tolerance=0.35,
        why=_CALIBRATED,
    ),
    Comparison(
        words="one change, to calibration",
        part="incremental",
        at=("one_change", "to_calibration"),
        good=Good.LOW,
        tolerance=0.35,
        why=_CALIBRATED,
    ),
    Comparison(
        words="parent's memory, large build to small",
        part="memory",
        at=("parent_growth",),
        good=Good.AT_MOST,
        tolerance=1.10,
        why="what `flat` means here (benchmarks.memory), on whatever sizes",
    ),
    Comparison(
        words="parent's memory with nothing to do, large site to small",
        part="memory",
        at=("idle_growth",),
        good=Good.AT_MOST,
        tolerance=1.10,
        why="what `flat` means here (benchmarks.memory), on whatever sizes",
    ),
    Comparison(
        words="opening a dossier, to an empty page",
        part="desk",
        at=("ratios", "opening_to_floor"),
        good=Good.LOW,
        tolerance=0.40,
        why=_FRAMES,
    ),
    Comparison(
        words="the next by J, to an empty page",
        part="desk",
        at=("ratios", "switching_to_floor"),
        good=Good.LOW,
        tolerance=0.40,
        why=_FRAMES,
    ),
    Comparison(
        words="a second department, to the first", part="sharing", at=("medians", "ratio"), good=Good.LOW, tolerance=0.15, why=_STUDENTS
    ),
    Comparison(
        words="two processes to one",
        part="build",
        at=("two_processes_to_one", "warm"),
        good=Good.HIGH,
        tolerance=0.15,
        why="wall time: on two cores that nobody else uses it repeats to 5 %; else it says what the others left",
        needs_idle_cores=True,
    ),
)

PARTS: dict[str, list[str]] = {
    "build": ["--runs", "2"],
    "stages": ["--rounds", "2"],
    "memory": ["--students", "66", "330", "--paper", "6"],
    "incremental": ["--students", "330"],
    "desk": [],
    "sharing": [],
}
"""What the check measures. No-op and one-change builds have the size of the committed ones, without which neither counts nor times compare."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a comparison found."""

    line: str
    """For the terminal."""
    worse: bool
    """Whether it fails the check."""


def busy() -> bool:
    """Whether others use this machine: more than a quarter of its cores, over the last minute."""
    return os.getloadavg()[0] > (os.cpu_count() or 1) / 4


def compare(committed: Figures, measured: Figures, *, machine_is_busy: bool) -> list[Outcome]:
    """Every comparison in turn. A figure that one side lacks fails: what is not measured is not known to be as good."""
    return [_outcome(each, committed, measured, machine_is_busy=machine_is_busy) for each in COMPARISONS]


def _outcome(each: Comparison, committed: Figures, measured: Figures, *, machine_is_busy: bool) -> Outcome:
    now = _figure(measured, each)
    before = each.tolerance if each.good is Good.AT_MOST else _figure(committed, each)
    if now is None or before is None:
        side = "measured" if now is None else "committed (run `make bench`)"
        return Outcome(f"{each.words}: was not {side}", worse=True)
    said = f"{each.words}: {now:g}, {'at most' if each.good is Good.AT_MOST else 'committed'} {before:g}"
    if each.needs_idle_cores and machine_is_busy:
        return Outcome(f"{said}; not compared, others use this machine", worse=False)
    if not _is_worse(each, before, now):
        return Outcome(said, worse=False)
    how = {Good.EQUAL: "must be equal", Good.AT_MOST: "above the bound"}.get(each.good, f"more than {each.tolerance:.0%} worse")
    return Outcome(f"{said}; {how} ({each.why})", worse=True)


def _is_worse(each: Comparison, before: float, now: float) -> bool:
    match each.good:
        case Good.EQUAL:
            return now != before
        case Good.HIGH:
            return now < before * (1 - each.tolerance)
        case Good.LOW:
            return now > before * (1 + each.tolerance)
        case Good.AT_MOST:
            return now > before


def _figure(figures: Figures, each: Comparison) -> float | None:
    found: Any = figures.get(each.part, {})
    for key in each.at:
        if not isinstance(found, Mapping) or key not in found:
            return None
        found = found[key]
    return float(found)


def check(read: Callable[[str], Mapping[str, Any]], measure: Callable[[Mapping[str, list[str]]], Figures]) -> int:
    """Read the committed figures, measure, compare, print; 1 when something is worse."""
    committed = {part: read(part) for part in PARTS}
    machine_is_busy = busy()
    if machine_is_busy:
        print("others use this machine: ratios are compared all the same, two processes to one are not", file=sys.stderr)
    found = compare(committed, measure(PARTS), machine_is_busy=machine_is_busy)
    print("\n".join(f"{'WORSE ' if each.worse else '      '}{each.line}" for each in found))
    return int(any(each.worse for each in found))
