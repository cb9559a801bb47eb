"""How many cores, hours, bytes and how much money so many dossiers take: `python -m benchmarks.capacity [--dossiers 200000] [--json]`.

Computed from benchmarks/results/build.json and finishing.json, all in processor seconds, which other users of the machine change less than wall time: a dossier
with a warm cache, what a cold cache adds once a student, bytes of a dossier and of a student's cache; and what no further core makes shorter, since one
thread of the command does it: planning, and finishing each department. Planning comes first; finishing runs beside the workers, so that the hours
are those of planning and then of whichever of both takes longer. Whoever gives each university a command of its own (`--commands`) divides that part.

Assumed, and settable: prices of a core hour and of a gigabyte for a month (`PRICES_FROM`; put in your own contract's), applications a student, departments,
and how much of a core's time is used (the rest is waiting for storage and for the last dossiers).
"""

import argparse
import json
import sys
from dataclasses import asdict, dataclass

from benchmarks import results

CORES = (2, 16, 64, 256, 1024)

PRICES_FROM = "assumed, in US dollars; no provider's list was consulted"
"""Nothing here was asked of a provider: whoever plans puts in what his own machines cost (`--core-hour`, `--gigabyte-month`, `--prices-from`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What the other benchmarks measured, in processor seconds and in 2**20 bytes."""

    dossier_s: float
    """A dossier with a warm cache."""
    student_s: float
    """A student's attachments, once."""
    dossier_mb: float
    """A dossier in its department's folder."""
    student_mb: float
    """A student's files in the cache."""
    plan_s: float
    """Planning, a dossier."""
    department_s: float
    """Finishing a department, whatever its size."""
    finish_s: float
    """Finishing, a dossier."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumptions:
    """What cannot be measured here."""

    dossiers: int
    """A country: 85,000 students, some 200,000 applications."""
    departments_per_student: float
    """Applications a student: attachments are processed once for all of them."""
    departments: int
    """Departments that get a folder."""
    commands: int
    """Commands that share them out: one for a country, or one a university."""
    core_hour: float
    """Price of one core for an hour."""
    gigabyte_month: float
    """Price of a gigabyte of shared storage for a month."""
    months: float
    """How long site and cache are kept."""
    used: float
    """Share of the cores' time that is used."""
    prices_from: str
    """Where the prices are from, and from when."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """What it takes."""

    core_hours: float
    """All cores together."""
    plan_hours: float
    """Of the command alone, before the first dossier."""
    finish_hours: float
    """Of the command alone, beside the workers: no number of cores ends sooner."""
    site_gigabytes: float
    """All departments' folders."""
    cache_gigabytes: float
    """All students' processed attachments."""
    compute_cost: float
    """Core hours times their price."""
    storage_cost: float
    """Site and cache for the months assumed."""
    hours_by_cores: tuple[tuple[int, float], ...]
    """Hours from start to end with so many cores."""


def capacity(measured: Measured, given: Assumptions) -> Capacity:
    """Sizing from what was measured and what is assumed."""
    students = given.dossiers / given.departments_per_student
    plan = given.dossiers * measured.plan_s / 3600
    finish = (given.departments * measured.department_s + given.dossiers * measured.finish_s) / 3600
    work = (given.dossiers * measured.dossier_s + students * measured.student_s) / 3600 / given.used
    site, cache = given.dossiers * measured.dossier_mb / 1024, students * measured.student_mb / 1024
    core_hours = work + plan + finish
    return Capacity(
        core_hours=round(core_hours, 1),
        plan_hours=round(plan / given.commands, 2),
        finish_hours=round(finish / given.commands, 2),
        site_gigabytes=round(site, 1),
        cache_gigabytes=round(cache, 1),
        compute_cost=round(core_hours * given.core_hour, 2),
        storage_cost=round((site + cache) * given.gigabyte_month * given.months, 2),
        hours_by_cores=tuple((cores, round(plan / given.commands + max(work / cores, finish / given.commands), 2)) for cores in CORES),
    )


def measured() -> Measured | None:
    """From the figures that are there; None when some are missing, or are those of an older benchmark."""
    cases, finishing = results.read("build").get("cases", {}), results.read("finishing")
    try:
        warm, cold = cases["warm cache, 1 process"], cases["cold cache, 1 process"]
        return Measured(
            dossier_s=warm["cpu_s"],
            # The children that attachments are made in count with the whole command, whose start is the same with either cache.
            student_s=max(0.0, cold["whole_cpu_s"] - warm["whole_cpu_s"]),
            dossier_mb=warm["megabytes"],
            # One department: a student is a dossier.
            student_mb=cold["cache_megabytes"],
            plan_s=finishing["plan_s_a_dossier"],
            department_s=finishing["finish_s_a_department"],
            finish_s=finishing["finish_s_a_dossier"],
        )
    except KeyError:
        return None


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dossiers", type=int, default=200_000)
    parser.add_argument("--departments-per-student", type=float, default=200_000 / 85_000)
    parser.add_argument("--departments", type=int, default=2_000)
    parser.add_argument(
        "--commands", type=int, default=1, help="commands that share the departments out (default 1; a country has some 65 universities)"
    )
    parser.add_argument("--core-hour", type=float, default=0.05, help="price in US dollars (default 0.05)")
    parser.add_argument("--gigabyte-month", type=float, default=0.10, help="price in US dollars (default 0.10)")
    parser.add_argument("--months", type=float, default=2)
    parser.add_argument("--used", type=float, default=0.85, help="share of the cores' time that is used (default 0.85)")
    parser.add_argument("--prices-from", default=PRICES_FROM)
    parser.add_argument("--json", action="store_true")
    options = vars(parser.parse_args())
    as_json = options.pop("json")
    figures = measured()
    if figures is None:
        sys.exit("benchmarks/results/build.json or finishing.json is missing or of an older version: run `make bench` first")
    found = capacity(figures, Assumptions(**options))
    if as_json:
        print(json.dumps(asdict(found) | options))
        return
    print(
        f"{options['dossiers']:,} dossiers, {figures.dossier_s:.2f} s of processor each, attachments once a student {figures.student_s:.2f} s"
    )
    print(
        f"{found.core_hours:,.0f} core hours, {found.compute_cost:,.2f}; site {found.site_gigabytes:,.0f} GB and cache {found.cache_gigabytes:,.0f} GB, "
        f"{found.storage_cost:,.2f} for {options['months']:g} months (prices: {options['prices_from']})"
    )
    print(f"one thread of the command: plan {found.plan_hours:.2f} h, then {found.finish_hours:.2f} h beside the workers")
    for cores, hours in found.hours_by_cores:
        print(f"{cores:>6} cores {hours:>9.2f} h")


if __name__ == "__main__":
    main()
