"""What the command itself does, one thing after another, however many workers there are: `python -m benchmarks.finishing [--students 66 330]`.

Two things: planning (finding the packages, reading configuration and record, comparing them), which comes before the first dossier; and finishing each department
(pages, fonts, search shards, sums, checks, publishing), which one thread does beside the workers. Measured on two sites, in processor seconds of this process: planning over all dossiers, finishing as every department of both sites. A line
through these points gives what a department costs whatever its size, and what each of its dossiers adds; benchmarks.capacity takes both.
"""

import argparse
import statistics
import subprocess
import tempfile
from pathlib import Path

from benchmarks import results
from benchmarks.dossiers import CONFIG, export_of, site_of
from benchmarks.processor import cpu_of
from reviewer.site import layout, publish, survey
from reviewer.site.department import Department
from reviewer.site.plan import PlannedDepartment, SitePlan
from reviewer.site.request import Material, Request, gather

RUNS = 3
Point = tuple[int, float]
"""Dossiers of a department, and the seconds that finishing it took."""


def line(points: list[Point]) -> tuple[float, float]:
    """Seconds at no dossier and seconds a dossier: least squares, neither below nothing."""
    sizes, seconds = [size for size, _ in points], [taken for _, taken in points]
    if len(set(sizes)) == 1:
        return 0.0, max(0.0, statistics.mean(seconds) / sizes[0])
    each, start = statistics.linear_regression(sizes, seconds)
    return max(0.0, start), max(0.0, each)


def planning(request: Request) -> tuple[SitePlan, Material, float]:
    """The plan of a site that stands, and the processor seconds that it took."""
    found: list[tuple[SitePlan, Material]] = []

    def work() -> None:
        material = gather(request)
        found.append((survey.plan(request, material), material))

    seconds = statistics.median(cpu_of(work) for _ in range(RUNS))
    return *found[-1], seconds


def finishing(site: Path, planned: PlannedDepartment, material: Material) -> float:
    """Processor seconds of finishing and publishing a department of a copy of the site, all its dossiers taken over."""
    with tempfile.TemporaryDirectory(dir=site.parent) as folder:
        paths = layout.Paths(Path(folder) / "site")
        subprocess.run(["cp", "-al", site, paths.site], check=True)
        rubric = material.rubrics.get(planned.selection.rubric)
        kept = frozenset(dossier.name for dossier in planned.dossiers)

        def work() -> None:
            problems = Department(paths, planned, kept, rubric=rubric).finish()
            if problems:
                raise ValueError("; ".join(str(problem.what.en) for problem in problems))
            publish.publish(paths, planned.code)

        return cpu_of(work)


def measure(students: int, work: Path) -> tuple[list[Point], int, float]:
    """Departments of one site with what finishing them takes; its dossiers, and the seconds of planning them."""
    export, site = export_of(students, work), site_of(students, work)
    request = Request(
        packages=str(export / "central"),
        applications=export / "applications.csv",
        config=CONFIG,
        site=site,
        cache=work / "cache",
        with_pdf=False,
    )
    plan, material, seconds = planning(request)
    points = [(len(department.dossiers), finishing(site, department, material)) for department in plan.departments]
    return points, sum(size for size, _ in points), seconds


def main() -> None:
    """Measure and write benchmarks/results/finishing.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, nargs="+", default=(66, 330))
    parser.add_argument("--work", type=Path, default=results.WORK)
    options = parser.parse_args()
    measured = [measure(students, options.work) for students in options.students]
    points = [point for found, _, _ in measured for point in found]
    start, each = line(points)
    _, dossiers, seconds = measured[-1]
    results.write(
        "finishing",
        {
            "planned_dossiers": dossiers,
            "plan_runs": RUNS,
            "plan_s_a_dossier": round(seconds / dossiers, 5),
            "departments": [{"dossiers": size, "cpu_s": round(taken, 3)} for size, taken in points],
            "finish_s_a_department": round(start, 3),
            "finish_s_a_dossier": round(each, 4),
        },
    )


if __name__ == "__main__":
    main()
