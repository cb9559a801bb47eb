import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewer.attachments.sandbox import Bounds, Crashed, OutOfMemory, Sandbox, TimedOut
from tests.unit.attachments import jobs

MEGABYTE = 2**20


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(Bounds(seconds=20, memory_bytes=600 * MEGABYTE, file_bytes=MEGABYTE)) as made:
        yield made


def test_a_job_gets_bytes_and_gives_bytes(sandbox: Sandbox) -> None:
    for payload in (b"", b"x", bytes(range(256)) * 40_000):
        assert sandbox.run(jobs.echo, payload) == payload


def test_one_child_does_many_jobs_cheaply(sandbox: Sandbox) -> None:
    first = sandbox.run(jobs.process_id, b"")
    began = time.monotonic()
    assert {sandbox.run(jobs.process_id, b"") for _ in range(50)} == {first}
    assert (time.monotonic() - began) / 50 < 0.01


def test_a_child_is_replaced_after_its_jobs() -> None:
    with Sandbox(Bounds(jobs=2)) as sandbox:
        ids = [sandbox.run(jobs.process_id, b"") for _ in range(4)]
    assert ids[0] == ids[1] != ids[2] == ids[3]


@pytest.mark.parametrize("job", [jobs.forever, jobs.deaf])
def test_a_job_that_does_not_end_is_ended(sandbox: Sandbox, job: object) -> None:
    sandbox.run(jobs.echo, b"")
    began = time.monotonic()
    with pytest.raises(TimedOut):
        sandbox.run(job, b"", seconds=0.3)  # type: ignore[arg-type]
    assert time.monotonic() - began < 3
    assert sandbox.run(jobs.echo, b"next") == b"next"


def test_a_job_that_burns_the_processor_is_ended_by_the_kernel() -> None:
    with Sandbox(Bounds(seconds=30, cpu_seconds=0)) as sandbox, pytest.raises(TimedOut) as fault:
        sandbox.run(jobs.forever, b"")
    assert "processor" in str(fault.value)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not keep the limit on the address space; sandbox.py says so")
def test_a_job_that_needs_too_much_memory_is_told(sandbox: Sandbox) -> None:
    with pytest.raises(OutOfMemory) as fault:
        sandbox.run(jobs.hungry, str(1000 * MEGABYTE).encode())
    assert str(fault.value) == "more than 600 MB"
    assert sandbox.run(jobs.echo, b"next") == b"next"


@pytest.mark.parametrize(
    ("job", "words"),
    [(jobs.abort, "SIGABRT"), (jobs.leave, "exit status 7"), (jobs.fail, "ValueError: 壞檔案"), (jobs.not_bytes, "a job returns bytes")],
)
def test_a_crash_is_told_in_words_and_the_next_job_runs(sandbox: Sandbox, job: object, words: str) -> None:
    with pytest.raises(Crashed) as fault:
        sandbox.run(job, b"")  # type: ignore[arg-type]
    assert str(fault.value) == words
    assert sandbox.run(jobs.echo, b"next") == b"next"


def test_no_file_grows_beyond_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "bomb"
    with Sandbox(Bounds(file_bytes=MEGABYTE, writable=(str(tmp_path),))) as sandbox, pytest.raises(Crashed) as fault:
        sandbox.run(jobs.write, f"{path}|{5 * MEGABYTE}".encode())
    assert str(fault.value).startswith("OSError")
    assert path.stat().st_size <= MEGABYTE


def test_an_answer_that_nobody_waited_for_is_not_the_next_one(sandbox: Sandbox) -> None:
    """A limit of the caller interrupts it while the child works; what the child would still say is not taken for the next job's answer."""

    def interrupt(_signal: int, _frame: object) -> None:
        raise KeyboardInterrupt

    sandbox.run(jobs.echo, b"")
    before = signal.signal(signal.SIGALRM, interrupt)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.1)
        with pytest.raises(KeyboardInterrupt):
            sandbox.run(jobs.slow, b"late")
    finally:
        signal.signal(signal.SIGALRM, before)
    assert sandbox.run(jobs.echo, b"next") == b"next"
