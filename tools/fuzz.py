"""Fuzzes one target after the other with atheris: `python -m tools.fuzz [MINUTES]`. What fails is kept below tests/hostile/found/, and the run ends with 1.

Each target runs in a process of its own, since a crash ends it; branches of the named packages guide the search.
"""

import inspect
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import FunctionType

from tests.hostile.targets import FOUND, TARGETS

MEMORY_MEGABYTES = 2_560
"""Beyond this a target has met a bomb that its limits should have stopped."""

UNIT_SECONDS = 25
"""The same for time."""


def main(arguments: list[str]) -> int:
    """Run every target for its share of the minutes; return how many of them failed."""
    minutes = float(arguments[0]) if arguments else 5.0
    failed = 0
    for name in TARGETS:
        print(f"fuzz {name}: {minutes / len(TARGETS):.1f} minutes", flush=True)
        command = [sys.executable, "-m", "tools.fuzz", "--target", name, str(int(minutes * 60 / len(TARGETS)))]
        began = time.monotonic()
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, errors="replace") as process:
            executed = _executed(process.stderr or ())
        failed += process.returncode != 0
        print(f"fuzz {name}: {executed:,} executions, {executed / (time.monotonic() - began):.0f} a second", flush=True)
    print("nothing was found" if not failed else f"{failed} targets failed: see {FOUND}")
    return min(failed, 1)


def _executed(lines: Iterable[str]) -> int:
    """Pass on what the fuzzer says, and return how often it says to have run the target."""
    executed = 0
    for line in lines:
        sys.stderr.write(line)
        if line.startswith("stat::number_of_executed_units:"):
            executed = int(line.rpartition(":")[2])
    return executed


def functions_of(prefixes: tuple[str, ...]) -> Iterator[FunctionType]:
    """Every function that the loaded modules of those names define: their own, those behind a cache or another wrapper, methods and properties."""
    for name, module in sorted(sys.modules.items()):
        if name.startswith(prefixes) and module is not None:
            own = [value for value in vars(module).values() if getattr(value, "__module__", "") == name]
            classes = [value for value in own if isinstance(value, type)]
            members = [member for each in classes for member in vars(each).values()]
            yield from dict.fromkeys(found for value in (*own, *members) for found in _functions(value) if found.__module__ == name)


def _functions(value: object) -> Iterator[FunctionType]:
    if isinstance(value, property):
        yield from (each for each in (value.fget, value.fset) if isinstance(each, FunctionType))
    inner = inspect.unwrap(getattr(value, "__func__", value))  # type: ignore[arg-type] # whatever is not wrapped comes back
    if isinstance(inner, FunctionType):
        yield inner


def run_target(name: str, seconds: int) -> None:
    """Fuzz one target in this process; atheris ends it."""
    import atheris  # noqa: PLC0415 - only whoever fuzzes needs it

    target, seeds, guided = TARGETS[name]
    for function in functions_of(guided):
        atheris.instrument_func(function)  # in its place: whoever imported it by name has it too
    (FOUND / name).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as corpus:
        for number, seed in enumerate(seeds()):
            (Path(corpus) / f"seed-{number:02d}").write_bytes(seed)
        limits = [
            f"-max_total_time={seconds}",
            f"-rss_limit_mb={MEMORY_MEGABYTES}",
            f"-timeout={UNIT_SECONDS}",
            "-print_final_stats=1",
            "-verbosity=0",
        ]
        atheris.Setup([sys.argv[0], corpus, *limits, f"-artifact_prefix={FOUND / name}/"], target)
        atheris.Fuzz()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--target"]:
        run_target(sys.argv[2], int(sys.argv[3]))
    else:
        sys.exit(main(sys.argv[1:]))
