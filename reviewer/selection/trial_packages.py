"""Which packages a dry run tries for which departments: the committee's tree says it, an applications table says it, else everybody is tried for all."""

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from reviewer.model.selection import Selection
from reviewer.packages.applications import from_tree, read_table
from reviewer.packages.discovery import discover
from reviewer.selection.dry_run import DryRun, dry_run, read_applicants


def run_trial(
    packages: Path, applications: Path | None, departments: Mapping[str, Selection], last: Mapping[str, Selection] | None
) -> DryRun:
    """Read the packages one by one and count. Raises `Stop` when the packages or the table are not there."""
    discovery = discover(packages)
    problems = list(discovery.problems)
    wanted: dict[tuple[str, str], list[str]] = defaultdict(list)
    if discovery.form == "committee":
        for application in from_tree(discovery):
            wanted[application.package_id, application.department_code].append(application.department_code)
    elif applications is not None:
        rows, found = read_table(applications)
        problems += found
        for application in rows:
            wanted[application.package_id, ""].append(application.department_code)
    else:
        for address in discovery.packages:
            wanted[address.package_id, ""] = sorted(departments)
    pairs = []
    for address in discovery.packages:
        key = (address.package_id, address.department_code if discovery.form == "committee" else "")
        codes = tuple(code for code in dict.fromkeys(wanted.get(key, ())) if code in departments)
        if codes:
            pairs.append((address, codes))
    trials = dry_run(read_applicants(pairs, problems), departments, last)
    return DryRun(trials=trials, packages=len(pairs), problems=tuple(problems))
