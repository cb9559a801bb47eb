"""Worker processes that stay between two previews: loading what lays out and draws takes longer than the dossier that changed."""

from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from concurrent.futures import wait as wait_for
from typing import Any, Self, TypeVar

from reviewer.site.run import OpenPool, local_pool

T = TypeVar("T")


class WarmPool:
    """Opens one pool and lends it to build after build; a pool whose worker died is replaced by a new one."""

    def __init__(self, open_pool: OpenPool = local_pool) -> None:
        self._open_pool = open_pool
        self._pool: Executor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.forget()

    def open(self, workers: int) -> Executor:
        """The pool, to be used as if it were the caller's own."""
        if self._pool is None:
            self._pool = self._open_pool(workers)
        return _Lent(self._pool, self.forget)

    def forget(self) -> None:
        """Close the pool; the next build opens another."""
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown(cancel_futures=True)


class _Lent(Executor):
    """Shutting it down waits for its own jobs, and closes the pool only when that is broken."""

    def __init__(self, pool: Executor, forget: Callable[[], None]) -> None:
        self._pool, self._forget = pool, forget
        self._under_way: set[Future[Any]] = set()
        self._broken = False

    def submit(self, work: Callable[..., T], /, *arguments: object, **options: object) -> "Future[T]":
        """As the pool itself."""
        try:
            future = self._pool.submit(work, *arguments, **options)
        except BrokenExecutor:
            self._broken = True
            raise
        self._under_way = {each for each in self._under_way if not each.done()} | {future}
        future.add_done_callback(self._look)
        return future

    def _look(self, future: "Future[Any]") -> None:
        if not future.cancelled() and isinstance(future.exception(), BrokenExecutor):
            self._broken = True

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002 - an executor's own signature
        """Let go of the pool."""
        for future in self._under_way:
            if cancel_futures:
                future.cancel()
        wait_for(self._under_way)
        if self._broken:
            self._forget()
