"""tools/setup.sh on machines that lack something: what it installs, what it asks for, that it is quiet when everything is there.

The script runs in a copy of the few files that it reads, with a PATH that holds only the named tools and stand-ins for the package managers.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
TOOLS = ("awk", "bash", "cat", "cksum", "dirname", "echo", "env", "grep", "mkdir", "mktemp", "rm", "sh", "tail", "xargs")
RUN = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-cns11643-sung fonts-cns11643-kai fonts-hanazono"
NOTHING_INSTALLED = "exit 1"
EVERYTHING_INSTALLED = "echo installed"


class Machine:
    """A machine of stand-ins: `give` puts a command on its PATH, `set_up` runs the script there."""

    def __init__(self, root: Path) -> None:
        self.root, self.bin = root, root / "bin"
        self.bin.mkdir()
        for name in TOOLS:
            found = shutil.which(name)
            assert found, name
            (self.bin / name).symlink_to(found)
        for name in ("tools/setup.sh", "tools/debian-packages.txt", "requirements/run.txt", "requirements/test.txt", "pyproject.toml"):
            (root / "checkout" / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(CHECKOUT / name, root / "checkout" / name)
        # The environment itself is made by pip, which is not what is tested here: an interpreter that says yes to everything.
        self.give("python3", f'[ "$1" = -m ] && {{ echo "python3 $*" >>"{root}/log"; exit; }}; exec "{sys.executable}" "$@"')
        (root / "checkout" / ".venv" / "bin").mkdir(parents=True)
        (root / "checkout" / ".venv" / "bin" / "python").symlink_to(self.bin / "python3")

    def give(self, name: str, script: str) -> None:
        (self.bin / name).write_text(f"#!/bin/bash\n{script}\n", encoding="utf-8")
        (self.bin / name).chmod(0o755)

    def set_up(self, group: str) -> tuple[int, list[str]]:
        """Run the script; return its exit status and what it said."""
        done = subprocess.run(
            ["bash", "tools/setup.sh", group],
            cwd=self.root / "checkout",
            env={"PATH": str(self.bin)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.stdout == ""
        return done.returncode, done.stderr.splitlines()

    @property
    def log(self) -> list[str]:
        """The package managers' calls."""
        path = self.root / "log"
        return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_without_root_or_sudo_it_says_the_exact_line_and_stops(machine: Machine) -> None:
    machine.give("dpkg-query", NOTHING_INSTALLED)
    machine.give("id", "echo 1000")
    machine.give("sudo", "exit 1")
    assert machine.set_up("run") == (
        1,
        [
            f"set-up: these Debian packages are missing: {RUN}",
            "set-up: please run this line, then the same command again:",
            f"set-up:   sudo sh -c 'apt-get update && apt-get install --yes --no-install-recommends {RUN}'",
        ],
    )
    assert machine.log == []


def test_root_installs_what_is_missing_and_nothing_else(machine: Machine) -> None:
    machine.give("dpkg-query", '[ "${@: -1}" = qpdf ] || echo installed')
    machine.give("id", "echo 0")
    machine.give("apt-get", f'echo "apt-get $*" >>"{machine.root}/log"')
    status, said = machine.set_up("test")
    assert status == 0
    assert said[0] == "set-up: installing Debian packages: qpdf"
    assert machine.log[0] == "apt-get update -qq -o DPkg::Lock::Timeout=600"
    assert machine.log[1] == "apt-get install -qq --yes --no-install-recommends -o DPkg::Lock::Timeout=600 qpdf"
    assert machine.log[2].endswith("--no-deps --require-hashes --requirement requirements/test.txt")


def test_the_second_run_does_and_says_nothing(machine: Machine) -> None:
    machine.give("dpkg-query", EVERYTHING_INSTALLED)
    first = machine.set_up("test")
    calls = machine.log
    assert first == (0, ["set-up: installing the locked dependencies into .venv (once; about a minute)"])
    assert machine.set_up("test") == (0, [])
    assert machine.set_up("run") == (0, [])
    assert machine.log == calls


def test_benchmarks_bring_their_typeface_and_run_in_the_environment_of_the_tests(machine: Machine) -> None:
    machine.give("dpkg-query", '[ "${@: -1}" = fonts-noto-cjk ] || echo installed')
    machine.give("id", "echo 0")
    machine.give("apt-get", f'echo "apt-get $*" >>"{machine.root}/log"')
    said = [machine.set_up(group)[1] for group in ("test", "bench")]
    assert said == [
        ["set-up: installing the locked dependencies into .venv (once; about a minute)"],
        ["set-up: installing Debian packages: fonts-noto-cjk"],
    ]


def test_benchmarks_need_what_the_tests_need(machine: Machine) -> None:
    machine.give("dpkg-query", '[ "${@: -1}" = chromium ] || echo installed')
    machine.give("id", "echo 0")
    machine.give("apt-get", f'echo "apt-get $*" >>"{machine.root}/log"')
    assert machine.set_up("bench")[1][0] == "set-up: installing Debian packages: chromium"
    assert machine.log[2].endswith("--no-deps --require-hashes --requirement requirements/test.txt")


def test_a_changed_lock_is_installed(machine: Machine) -> None:
    machine.give("dpkg-query", EVERYTHING_INSTALLED)
    machine.set_up("run")
    lock = machine.root / "checkout" / "requirements" / "run.txt"
    lock.write_text(lock.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
    assert machine.set_up("run") == (0, ["set-up: installing the locked dependencies into .venv (once; about a minute)"])


def test_macos_is_told_the_homebrew_line(machine: Machine) -> None:
    machine.give("uname", "echo Darwin")
    machine.give("brew", '[ "${@: -1}" = pango ]')
    assert machine.set_up("test") == (
        1,
        ["set-up: please run this line, then the same command again:", "set-up:   brew install harfbuzz qpdf poppler"],
    )


def test_an_old_python_is_refused(machine: Machine) -> None:
    for name in ("python3", "python3.11", "python3.12", "python3.13"):
        machine.give(name, "exit 1")
    assert machine.set_up("run") == (
        1,
        ["set-up: Python 3.11 or newer is needed and was not found. Name one: make PYTHON=/path/to/python3 …"],
    )


def test_an_unknown_group_is_wrong_usage(machine: Machine) -> None:
    assert machine.set_up("everything") == (2, ["usage: tools/setup.sh run|test|bench"])
