"""Memory is flat: the parent of a build of many dossiers peaks about where that of a build of few does.

Finished dossiers stand in for the workers (`benchmarks.finished`), and packages are links to one student's: what the parent does is all real.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.finished import lay_out
from reviewer import resources
from reviewer.site.build import build
from reviewer.site.layout import Paths
from reviewer.site.request import Request
from tests.faults.build.conftest import Here

FIXTURES = resources.data_folder("fixtures")
STUDENT = "013398-11203020"
LARGEST_DEPARTMENT = 500
TICKS = "服務學習紀錄[0];服務學習紀錄[1];彈性學習時間紀錄[1];彈性學習時間紀錄[2]"

pytestmark = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak is read from /proc")


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Path:
    """Two finished dossiers."""
    folder = tmp_path_factory.mktemp("models")
    export = folder / "export"
    for name in ("001/001023/10110301", "001/001023/10110856"):
        shutil.copytree(FIXTURES / "committee" / name, export / name)
    config = resources.data_folder("site_config")
    request = Request(packages=str(export), applications=None, config=config, site=folder / "site", cache=cache, with_pdf=False)
    build(request, open_pool=Here)
    lay_out(Paths(folder / "site"), folder / "models")
    return folder / "models"


def configuration(folder: Path, departments: int) -> list[str]:
    """A configuration of so many departments, all alike."""
    shutil.copytree(resources.data_folder("site_config"), folder)
    toml = (folder / "departments/001023.toml").read_text(encoding="utf-8")
    for former in (folder / "departments").iterdir():
        former.unlink()
    codes = [f"001{number:03d}" for number in range(100, 100 + departments)]
    for code in codes:
        (folder / f"departments/{code}.toml").write_text(toml.replace('"001023"', f'"{code}"'), encoding="utf-8")
    return codes


def export(folder: Path, dossiers: int, codes: list[str]) -> Path:
    """A central export with one student an application, spread over the departments."""
    rows = ["應試號碼,校系代碼,學生,勾選項目"]
    for number in range(dossiers):
        package = folder / "central" / f"013398-{number:08d}"
        package.mkdir(parents=True)
        for path in (FIXTURES / "central" / STUDENT).rglob("*"):
            if path.is_file():
                target = package / path.relative_to(FIXTURES / "central" / STUDENT)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.hardlink_to(path)
        rows.append(f"{20000000 + number},{codes[number % len(codes)]},{package.name},{TICKS}")
    (folder / "applications.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return folder


def peaks(folder: Path, models: Path, dossiers: int) -> tuple[float, float]:
    """Megabytes that the parent held at most: building so many, and building again with nothing to do."""
    codes = configuration(folder / "config", -(-dossiers // LARGEST_DEPARTMENT))
    place = export(folder / "export", dossiers, codes)
    command: list[str | Path] = [sys.executable, "-m", "benchmarks.finished", place, folder / "site", folder / "cache"]
    command += ["--finished", models, "--config", folder / "config"]
    found = []
    for made in (dossiers, 0):
        done = subprocess.run(command, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}, check=True, stdout=subprocess.PIPE)
        answer = json.loads(done.stdout)
        assert (answer["made"], answer["kept"]) == (made, dossiers - made)
        found.append(float(answer["parent_peak_mb"]))
    return found[0], found[1]


def grown(folder: Path, models: Path, few: int, many: int) -> tuple[float, float]:
    """How many times the peak of few that of many is: building, and with nothing to do."""
    few_made, few_idle = peaks(folder / "few", models, few)
    many_made, many_idle = peaks(folder / "many", models, many)
    return many_made / few_made, many_idle / few_idle


def test_ten_times_as_many_dossiers_take_the_same_memory(tmp_path: Path, models: Path) -> None:
    """A department of 500 beside one of 50: what is left is the plan, some 2 KB a dossier."""
    made, idle = grown(tmp_path, models, 50, 500)
    assert max(made, idle) <= 1.03, (made, idle)


@pytest.mark.long
def test_fifty_times_as_many_dossiers_take_a_tenth_more_memory(tmp_path: Path, models: Path) -> None:
    made, idle = grown(tmp_path, models, 100, 5000)
    assert max(made, idle) <= 1.10, (made, idle)
