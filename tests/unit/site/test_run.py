"""The pool: order does not matter, nothing is lost, a dying worker costs only the job that kills it."""

import os
import signal
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor

import pytest

from reviewer.site import run

KILLER = 13


def double(number: int) -> int:
    return number * 2


def die_at_thirteen(number: int) -> int:
    if number == KILLER:
        os.kill(os.getpid(), signal.SIGKILL)
    return number * 2


def test_every_job_comes_back_once() -> None:
    outcomes = list(run.run(range(50), double, workers=2))
    assert sorted((outcome.job, outcome.reply) for outcome in outcomes if isinstance(outcome, run.Done)) == [(n, 2 * n) for n in range(50)]


def test_a_job_that_kills_its_worker_twice_is_given_up_and_no_other() -> None:
    outcomes = list(run.run(range(20), die_at_thirteen, workers=2))
    assert [outcome.job for outcome in outcomes if isinstance(outcome, run.Crashed)] == [KILLER]
    done = sorted(outcome.job for outcome in outcomes if isinstance(outcome, run.Done))
    assert done == [number for number in range(20) if number != KILLER]


def test_few_jobs_are_taken_at_a_time() -> None:
    taken: list[int] = []

    def jobs() -> Iterator[int]:
        for number in range(100):
            taken.append(number)
            yield number

    outcomes = run.run(jobs(), double, workers=2, open_pool=ThreadPoolExecutor)
    next(outcomes)
    assert len(taken) <= 2 * run.WINDOW_PER_WORKER
    assert len(list(outcomes)) == 99


def test_a_pool_is_opened_anew_after_its_share_of_jobs() -> None:
    opened: list[int] = []

    def open_pool(workers: int) -> Executor:
        opened.append(workers)
        return ThreadPoolExecutor(workers)

    assert len(list(run.run(range(25), double, workers=2, open_pool=open_pool, jobs_per_worker=5))) == 25
    assert opened == [2, 2, 2]


def test_no_pool_is_opened_for_no_job() -> None:
    def open_pool(workers: int) -> Executor:
        raise AssertionError(workers)

    assert list(run.run([], double, workers=2, open_pool=open_pool)) == []


def fail(number: int) -> int:
    raise ValueError(f"job {number}")


def test_what_a_job_raises_is_raised_to_the_caller() -> None:
    with pytest.raises(ValueError, match="job 0"):
        list(run.run([0], fail, workers=1))
