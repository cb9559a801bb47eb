"""How many cores, hours, bytes and how much money so many dossiers take: `python -m benchmarks.capacity [--dossiers 200000] [--json]`.

Computed from benchmarks/results/build.json: processor seconds a dossier with a warm cache, what a cold cache adds, bytes a dossier. Assumed, and
settable: prices of a core hour and of a gigabyte for a month (`PRICES_FROM`; put in your own contract's), applications a student, and how
much of a core's time is used (the rest is waiting for storage, the last dossiers of a department, the parent's finishing).
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
class Assumptions:
    """What cannot be measured here."""

    dossiers: int
    """A country: 85,000 students, some 200,000 applications."""
    departments_per_student: float
    """Applications a student: attachments are processed once for all of them."""
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
    site_gigabytes: float
    """All departments' folders."""
    compute_cost: float
    """Core hours times their price."""
    storage_cost: float
    """Site for the months assumed."""
    hours_by_cores: tuple[tuple[int, float], ...]
    """Hours from start to end with so many cores."""


def capacity(warm_s: float, attachments_s: float, megabytes: float, given: Assumptions) -> Capacity:
    """Sizing from seconds a dossier with a warm cache, seconds that a student's attachments add once, and megabytes a dossier."""
    seconds = given.dossiers * (warm_s + attachments_s / given.departments_per_student)
    core_hours = seconds / 3600 / given.used
    gigabytes = given.dossiers * megabytes / 1024
    return Capacity(
        core_hours=round(core_hours, 1),
        site_gigabytes=round(gigabytes, 1),
        compute_cost=round(core_hours * given.core_hour, 2),
        storage_cost=round(gigabytes * given.gigabyte_month * given.months, 2),
        hours_by_cores=tuple((cores, round(core_hours / cores, 2)) for cores in CORES),
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dossiers", type=int, default=200_000)
    parser.add_argument("--departments-per-student", type=float, default=200_000 / 85_000)
    parser.add_argument("--core-hour", type=float, default=0.05, help="price in US dollars (default 0.05)")
    parser.add_argument("--gigabyte-month", type=float, default=0.10, help="price in US dollars (default 0.10)")
    parser.add_argument("--months", type=float, default=2)
    parser.add_argument("--used", type=float, default=0.85, help="share of the cores' time that is used (default 0.85)")
    parser.add_argument("--prices-from", default=PRICES_FROM)
    parser.add_argument("--json", action="store_true")
    options = vars(parser.parse_args())
    as_json = options.pop("json")
    cases = results.read("build").get("cases")
    if cases is None:
        sys.exit("benchmarks/results/build.json is missing: run `make bench` first")
    warm, cold = cases["warm cache, 1 process"], cases["cold cache, 1 process"]
    # With a cold cache attachments are made in child processes, one at a time: wall time is what a core is busy.
    attachments_s = max(0.0, cold["wall_s"] - warm["wall_s"])
    found = capacity(warm["wall_s"], attachments_s, warm["megabytes"], Assumptions(**options))
    if as_json:
        print(json.dumps(asdict(found) | options))
        return
    print(f"{options['dossiers']:,} dossiers, {warm['wall_s']:.2f} s each, attachments once a student {attachments_s:.2f} s")
    print(
        f"{found.core_hours:,.0f} core hours, {found.compute_cost:,.2f}; {found.site_gigabytes:,.0f} GB, {found.storage_cost:,.2f} for {options['months']:g} months"
    )
    for cores, hours in found.hours_by_cores:
        print(f"{cores:>6} cores {hours:>9.2f} h")


if __name__ == "__main__":
    main()
