"""Workers stay between two builds; a pool whose worker died is replaced."""

import os
import signal
from concurrent.futures import Executor, ProcessPoolExecutor

import pytest

from reviewer.preview.warm import WarmPool
from reviewer.site.run import Crashed, Done, local_pool, run


def worker(_job: int) -> int:
    return os.getpid()


def dies(_job: int) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def pids(pool: WarmPool) -> set[int]:
    return {end.reply for end in run(range(3), worker, workers=1, open_pool=pool.open) if isinstance(end, Done)}


def test_the_same_worker_serves_the_next_build_until_it_dies() -> None:
    opened: list[Executor] = []

    def counted(workers: int) -> Executor:
        opened.append(local_pool(workers))
        return opened[-1]

    with WarmPool(counted) as pool:
        first = pids(pool)
        assert len(first) == 1
        assert pids(pool) == first
        assert list(run([1], dies, workers=1, open_pool=pool.open)) == [Crashed(1)]
        after = pids(pool)
        assert len(after) == 1
        assert after != first
    assert len(opened) == 3
    assert isinstance(opened[-1], ProcessPoolExecutor)
    with pytest.raises(RuntimeError, match="after shutdown"):
        opened[-1].submit(worker, 1)
