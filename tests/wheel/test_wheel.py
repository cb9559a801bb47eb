"""`pip install` of the wheel alone gives a working command, with templates, themes, default configuration and example schools inside."""

import filecmp
import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from reviewer import __version__
from reviewer.cli.main import COMMANDS

CHECKOUT = Path(__file__).resolve().parents[2]
SHIPPED = ("templates", "themes", "site_config", "fixtures/committee", "fixtures/central", "fixtures/uploads", "fixtures/applications.csv")
NOT_DATA = {"__pycache__", ".DS_Store"}


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command outside the checkout, without what the tests' own Python puts on its path; return what it printed."""
    environment = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "VIRTUAL_ENV"}}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def build(source: Path, out: Path, kind: str) -> Path:
    """Build the "wheel" or "sdist" of a source tree with the installed hatchling; nothing is fetched."""
    run(sys.executable, "-m", "build", f"--{kind}", "--no-isolation", "--outdir", out, source, cwd=out.parent)
    (made,) = out.iterdir()
    return made


def source_files() -> set[str]:
    """Return the files that must be in the wheel, relative to the checkout."""
    roots = [CHECKOUT / name for name in SHIPPED if (CHECKOUT / name).exists()]
    files = {path for root in roots for path in ([root] if root.is_file() else root.rglob("*"))}
    return {str(path.relative_to(CHECKOUT)) for path in files if path.is_file() and not NOT_DATA & set(path.parts)}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(CHECKOUT, tmp_path_factory.mktemp("build") / "wheel", "wheel")


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an environment that holds the wheel and nothing else of ours; its dependencies are lent by the tests' environment.

    A path file lends that environment's site-packages. Path files within a folder that is lent this way are not read, so its
    editable install, which points to the checkout, is not seen.
    """
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=False, symlinks=True)
    (site_packages,) = folder.glob("lib/python*/site-packages")
    run(sys.executable, "-m", "pip", "--python", folder, "install", "--quiet", "--no-deps", "--no-index", wheel, cwd=folder)
    lent = next(Path(entry) for entry in sys.path if entry.endswith("site-packages"))
    (site_packages / "lent.pth").write_text(f"{lent}\n", encoding="utf-8")
    return folder


def test_wheel_holds_the_data_of_the_checkout(wheel: Path) -> None:
    prefix = "reviewer/_data/"
    with zipfile.ZipFile(wheel) as archive:
        held = {name.removeprefix(prefix) for name in archive.namelist() if name.startswith(prefix)}
    assert held == source_files()


def test_wheel_from_the_sdist_is_the_same(wheel: Path, tmp_path: Path) -> None:
    sdist = build(CHECKOUT, tmp_path / "sdist", "sdist")
    run("tar", "-xzf", sdist, cwd=tmp_path)
    (source,) = tmp_path.glob("portfolio_reviewer-*")
    assert filecmp.cmp(build(source, tmp_path / "again", "wheel"), wheel, shallow=False)


def test_command_says_its_version(installed: Path, tmp_path: Path) -> None:
    assert run(installed / "bin" / "reviewer", "--version", cwd=tmp_path) == f"reviewer, version {__version__}\n"


def test_data_is_found_inside_the_package(installed: Path, tmp_path: Path) -> None:
    program = "import reviewer.resources as r; print(r.data_folder('themes'))"
    found = Path(run(installed / "bin" / "python", "-c", program, cwd=tmp_path).strip())
    assert found.is_relative_to(installed.resolve())
    assert (found / "default" / "fonts" / "NotoSansTC-Regular.ttf").is_file()


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_explains_itself(installed: Path, tmp_path: Path, command: str) -> None:
    assert run(installed / "bin" / "reviewer", command, "--help", cwd=tmp_path).startswith("Usage: reviewer ")


def test_demo_builds_the_three_departments(installed: Path, tmp_path: Path, demo_cache: Path) -> None:
    run("env", f"XDG_CACHE_HOME={demo_cache}", installed / "bin" / "reviewer", "demo", "--out", tmp_path / "demo", cwd=tmp_path)
    assert (tmp_path / "demo" / "build-report.json").is_file()
    folders = sorted(path.parent for path in (tmp_path / "demo").glob("*/SHA256SUMS"))
    assert len(folders) == 3
    assert [folder for folder in folders if not (folder / "index.html").is_file()] == []
