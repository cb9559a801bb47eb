"""A build killed at any moment: the previous site is whole, and the next run leads to what an undisturbed build gives."""

import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from reviewer.site import publish, sums

Contents = Callable[..., dict[str, bytes]]

SEED = 20260401
MOMENTS = 5
LONG_MOMENTS = 50


def command(export: Path, site: Path, cache: Path, *, jobs: int = 1, pdf: bool = False) -> list[str]:
    return [
        *(sys.executable, "-m", "reviewer", "build", str(export), "--out", str(site)),
        *("--cache", str(cache), "--jobs", str(jobs), "--json", *(() if pdf else ("--no-pdf",))),
    ]


@dataclass(frozen=True)
class Built:
    seconds: float
    made: int
    resumed: int


def build(export: Path, site: Path, cache: Path, *, jobs: int = 1, pdf: bool = False) -> Built:
    """Build undisturbed; what came of it, and how long it took."""
    start = time.monotonic()
    done = subprocess.run(command(export, site, cache, jobs=jobs, pdf=pdf), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    report = json.loads(done.stdout)
    return Built(time.monotonic() - start, report["made"], report["resumed"])


def start(export: Path, site: Path, cache: Path, *, jobs: int = 1, pdf: bool = False) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(command(export, site, cache, jobs=jobs, pdf=pdf), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def kill(process: "subprocess.Popen[bytes]") -> bool:
    """Kill the build's own process and no other; whether it was still at work."""
    process.kill()
    return process.wait() == -signal.SIGKILL


def kill_after(seconds: float, export: Path, site: Path, cache: Path, *, at_work: bool) -> bool:
    """Start a build and kill it after so many seconds, or so many after it has begun to make something; whether it was still at work."""
    process = start(export, site, cache)
    while at_work and not (site / ".reviewer/staging").exists() and process.poll() is None:
        time.sleep(0.005)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(timeout=seconds)
    return kill(process)


def until_a_dossier_is_finished(process: "subprocess.Popen[bytes]", site: Path) -> None:
    """Wait for the first result in staging: most is still to be made, and nothing is published."""
    deadline = time.monotonic() + 300
    while not list((site / ".reviewer/staging").glob("*/results/*.json")):
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.005)


def rewrite_statements(export: Path) -> None:
    """One applicant of each department has written his statement anew."""
    (export / "001/001023/10110301/10110301_學習歷程自述_O.md").write_text("改寫過的自述。\n", encoding="utf-8")
    (export / "101/101004/10110671/學習歷程自述.md").write_text("改寫過的自述。\n", encoding="utf-8")


def assert_stands(site: Path, old: dict[str, str], new: dict[str, str]) -> None:
    """Every department is published, whole, as it was before or as it is after."""
    standing = whole(site)
    assert standing.keys() == old.keys()
    assert all(standing[code] in (old[code], new[code]) for code in standing)


def assert_nothing_is_left(site: Path) -> None:
    assert not (site / ".reviewer/staging").exists()


def whole(site: Path) -> dict[str, str]:
    """Published departments, each found to be exactly what its SHA256SUMS says, with the hash of that."""
    folders = sorted(path.parent for path in site.glob("*/SHA256SUMS"))
    for folder in folders:
        assert sums.verify(folder)[1] == ()
    return {folder.name: publish.sums_sha256(folder) for folder in folders}


def trial(export: Path, tmp_path: Path, cache: Path, moments: int, site_contents: Contents) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    build(export, before, cache)
    rewrite_statements(export)
    shutil.copytree(before, after, symlinks=True)
    seconds = build(export, after, cache).seconds
    old, new, wanted = whole(before), whole(after), site_contents(after)
    dice = random.Random(SEED)  # noqa: S311 - moments, not secrets
    landed = half_made = 0
    for number in range(3 * moments):
        site = tmp_path / f"killed-{number}"
        shutil.copytree(before, site, symlinks=True)
        # Every other moment is one of work, which takes a tenth of the time here; the rest is how long the program takes to start.
        at_work = number % 2 == 0
        if kill_after(dice.uniform(*((0.0, 0.1) if at_work else (0.2, 0.9))) * seconds, export, site, cache, at_work=at_work):
            landed += 1
            half_made += (site / ".reviewer/staging").exists()
        else:
            # It was quicker than the one whose time was taken: no kill at all, so another moment is tried, and earlier ones from here on.
            seconds *= 0.8
        assert_stands(site, old, new)
        build(export, site, cache)
        assert site_contents(site) == wanted
        assert_nothing_is_left(site)
        shutil.rmtree(site)
        if landed == moments:
            break
    assert landed == moments
    # Not all while the program was still starting.
    assert half_made > 0


def test_killed_at_five_moments(export: Path, tmp_path: Path, cache: Path, site_contents: Contents) -> None:
    trial(export, tmp_path, cache, MOMENTS, site_contents)


@pytest.mark.long
def test_killed_at_fifty_moments(export: Path, tmp_path: Path, cache: Path, site_contents: Contents) -> None:
    trial(export, tmp_path, cache, LONG_MOMENTS, site_contents)


def killed_build(kind: str, moment: int, export: Path, site: Path, cache: Path) -> str:
    """A build that ends itself before its n-th change of a kind; what it said, the number of changes when n is 0."""
    script = str(Path(__file__).with_name("killed_build.py"))
    command = [sys.executable, script, kind, str(moment), str(export), str(site), str(cache)]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[3])}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == (-signal.SIGKILL if moment else 0), done.stderr
    return done.stdout


def trial_of_changes(export: Path, tmp_path: Path, kind: str, moments: int, site_contents: Contents) -> None:
    """As `trial`, each kill just before a change of the file system of this kind, in a build whose cache is empty at first."""
    before, after = tmp_path / "before", tmp_path / "after"
    build(export, before, tmp_path / "cache-before")
    rewrite_statements(export)
    shutil.copytree(before, after, symlinks=True)
    cold = kind == "cache"
    changes = int(killed_build(kind, 0, export, after, tmp_path / ("cache-cold" if cold else "cache-before")))
    assert changes > moments
    old, new, wanted = whole(before), whole(after), site_contents(after)
    dice = random.Random(SEED)  # noqa: S311 - moments, not secrets
    for number, moment in enumerate(sorted(dice.sample(range(1, changes + 1), moments))):
        site, cache = tmp_path / f"killed-{number}", tmp_path / f"cache-{number}"
        shutil.copytree(before, site, symlinks=True)
        if not cold:
            shutil.copytree(tmp_path / "cache-before", cache)
        killed_build(kind, moment, export, site, cache)
        assert_stands(site, old, new)
        build(export, site, cache)
        assert site_contents(site) == wanted
        assert_nothing_is_left(site)
        shutil.rmtree(site)
        shutil.rmtree(cache)


@pytest.mark.parametrize(("kind", "moments"), [("publishing", 2), ("cache", 1)])
def test_killed_before_a_change(export: Path, tmp_path: Path, site_contents: Contents, kind: str, moments: int) -> None:
    trial_of_changes(export, tmp_path, kind, moments, site_contents)


@pytest.mark.long
@pytest.mark.parametrize("kind", ["anywhere", "publishing", "cache"])
def test_killed_at_many_changes(export: Path, tmp_path: Path, site_contents: Contents, kind: str) -> None:
    trial_of_changes(export, tmp_path, kind, 15, site_contents)


def test_two_builds_at_once_one_is_refused_with_a_sentence(export: Path, tmp_path: Path, cache: Path, site_contents: Contents) -> None:
    build(export, tmp_path / "alone", cache)
    site = tmp_path / "site"
    both = [subprocess.Popen(command(export, site, cache), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    ends = sorted((process.communicate(timeout=120)[1], process.returncode) for process in both)
    assert sorted(status for _, status in ends) == [0, 1]
    (refused,) = [words for words, status in ends if status]
    assert f"Another reviewer build is writing to {site}." in refused
    assert site_contents(site) == site_contents(tmp_path / "alone")


def test_killed_during_the_first_build(export: Path, tmp_path: Path, cache: Path, site_contents: Contents) -> None:
    """Finished dossiers are picked up from staging."""
    undisturbed = build(export, tmp_path / "undisturbed", cache)
    site = tmp_path / "killed"
    process = start(export, site, cache)
    until_a_dossier_is_finished(process, site)
    assert kill(process)
    again = build(export, site, cache)
    assert again.resumed > 0
    assert again.made + again.resumed == undisturbed.made
    assert site_contents(site) == site_contents(tmp_path / "undisturbed")
    assert_nothing_is_left(site)


def test_killed_with_two_workers_that_make_pdfs(export: Path, tmp_path: Path, cache: Path, site_contents: Contents) -> None:
    """Workers, and the children that they process attachments in, end by themselves when their parent is killed."""
    before, after, site = tmp_path / "before", tmp_path / "after", tmp_path / "killed"
    build(export, before, cache, jobs=2, pdf=True)
    rewrite_statements(export)
    shutil.copytree(before, after, symlinks=True)
    build(export, after, cache, jobs=2, pdf=True)
    shutil.copytree(before, site, symlinks=True)
    process = start(export, site, cache, jobs=2, pdf=True)
    until_a_dossier_is_finished(process, site)
    family = descendants(process.pid)
    assert len(family) > 2
    assert kill(process)
    deadline = time.monotonic() + 30
    while any(alive(pid) for pid in family) and time.monotonic() < deadline:
        time.sleep(0.005)
    assert not [pid for pid in family if alive(pid)]
    assert_stands(site, whole(before), whole(after))
    build(export, site, cache, jobs=2, pdf=True)
    assert list(site.glob("*/*/dossier.pdf"))
    assert site_contents(site) == site_contents(after)
    assert_nothing_is_left(site)


def test_ctrl_c_ends_with_a_sentence(export: Path, tmp_path: Path, cache: Path) -> None:
    # Whoever runs the tests in the background of a shell has them, and all that they start, ignore Ctrl-C.
    asked = ["env", "--default-signal=INT", *command(export, tmp_path / "site", cache, pdf=True)]
    process = subprocess.Popen(asked, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while not (tmp_path / "site/.reviewer/lock").exists():
        assert process.poll() is None
        time.sleep(0.005)
    process.send_signal(signal.SIGINT)
    _, words = process.communicate(timeout=60)
    assert process.returncode == 130
    assert words.splitlines()[-1] == "已中斷；先前的結果沒有變動。 / Interrupted; what stood before is untouched."


def descendants(pid: int) -> set[int]:
    """Processes that a process started, directly or not."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return {int(child) for child in children} | {grand for child in children for grand in descendants(int(child))}


def alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
