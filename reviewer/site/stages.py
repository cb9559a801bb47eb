"""How long each stage of a dossier takes. The only clock of the build; its readings go to the build report and nowhere else."""

import contextlib
import time
from collections.abc import Iterator

STAGES = ("open", "read", "select", "attachments", "page", "paper", "write", "search", "check")
"""Stages of a dossier, in their order."""


class Stages:
    """A stop-watch with one dial for each stage."""

    def __init__(self) -> None:
        self._seconds: dict[str, float] = {}
        self._cpu_start = time.process_time()

    @contextlib.contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Add what happens inside to a stage."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self._seconds[name] = self._seconds.get(name, 0.0) + time.perf_counter() - start

    def seconds(self) -> tuple[tuple[str, float], ...]:
        """Wall time by stage; stages that were not reached are left out."""
        return tuple((name, round(self._seconds[name], 6)) for name in STAGES if name in self._seconds)

    def cpu_seconds(self) -> float:
        """Processor time of this process since the watch was started."""
        return round(time.process_time() - self._cpu_start, 6)
