"""What hostile bytes reach is held by the kernel: no network, no program, no file outside. What a kernel lacks is told, not assumed."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewer.attachments import confinement
from reviewer.attachments.confinement import FILES, GUARDS, NETWORK, PROGRAMS
from reviewer.attachments.sandbox import Bounds, Sandbox
from tests.hostile import jobs

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems are not confined; SECURITY.md says so")


@pytest.fixture(scope="module")
def inside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("inside")


@pytest.fixture(scope="module")
def sandbox(inside: Path) -> Iterator[Sandbox]:
    with Sandbox(Bounds(writable=(str(inside),))) as made:
        made.run(jobs.thread, b"")
        yield made


def refused_if(guard: str, sandbox: Sandbox, answer: bytes) -> bool:
    """Whether the kernel refused, or has told that it does not hold this guard."""
    return answer == b"PermissionError" if guard in sandbox.held else True


def test_all_guards_hold_where_the_kernel_has_them(sandbox: Sandbox) -> None:
    version = tuple(int(part) for part in Path("/proc/sys/kernel/osrelease").read_text().split(".")[:2] if part.isdecimal())
    lsm = Path("/sys/kernel/security/lsm")
    if version >= (6, 2) and (not lsm.is_file() or "landlock" in lsm.read_text()):
        assert sandbox.held == frozenset(GUARDS)
    assert sandbox.held <= frozenset(GUARDS)


@pytest.mark.parametrize("job", [jobs.tcp, jobs.udp])
def test_there_is_no_network(job: object, sandbox: Sandbox) -> None:
    assert NETWORK not in sandbox.held or sandbox.run(job, b"") != b"done"  # type: ignore[arg-type]


@pytest.mark.parametrize("job", [jobs.local_socket, jobs.raw_socket_call])
def test_the_filter_refuses_every_socket(job: object, sandbox: Sandbox) -> None:
    assert refused_if(PROGRAMS, sandbox, sandbox.run(job, b""))  # type: ignore[arg-type]


@pytest.mark.parametrize("job", [jobs.program, jobs.becoming_a_program, jobs.fork])
def test_no_program_and_no_process_is_started(job: object, sandbox: Sandbox) -> None:
    assert refused_if(PROGRAMS, sandbox, sandbox.run(job, b""))  # type: ignore[arg-type]


def test_threads_stay_possible(sandbox: Sandbox) -> None:
    assert sandbox.run(jobs.thread, b"") == b"done"


@pytest.mark.parametrize("job", [jobs.write, jobs.truncate, jobs.remove])
def test_no_file_outside_is_changed(job: object, sandbox: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "neighbour"
    path.write_bytes(b"unharmed")
    assert refused_if(FILES, sandbox, sandbox.run(job, bytes(path)))  # type: ignore[arg-type]
    assert FILES not in sandbox.held or path.read_bytes() == b"unharmed"


def test_a_link_inside_leads_nowhere(sandbox: Sandbox, inside: Path, tmp_path: Path) -> None:
    (inside / "out").symlink_to(tmp_path)
    assert refused_if(FILES, sandbox, sandbox.run(jobs.write, bytes(inside / "out" / "x")))


def test_files_inside_can_be_made(sandbox: Sandbox, inside: Path) -> None:
    assert sandbox.run(jobs.write, bytes(inside / "page.webp")) == b"done"
    assert sandbox.run(jobs.remove, bytes(inside / "page.webp")) == b"done"


def test_without_a_folder_nothing_is_written(tmp_path: Path) -> None:
    with Sandbox() as sandbox:
        assert refused_if(FILES, sandbox, sandbox.run(jobs.write, bytes(tmp_path / "x")))


def test_a_kernel_without_guards_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert confinement.confine(()) == frozenset()
