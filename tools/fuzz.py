"""Fuzzes one target after the other with atheris: `python -m tools.fuzz [MINUTES]`. What fails is kept below tests/hostile/found/, and the run ends with 1.

Each target runs in a process of its own, since a crash ends it; branches of the named packages guide the search.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

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
        failed += subprocess.run(command, check=False).returncode != 0
    print("nothing was found" if not failed else f"{failed} targets failed: see {FOUND}")
    return min(failed, 1)


def run_target(name: str, seconds: int) -> None:
    """Fuzz one target in this process; atheris ends it."""
    import atheris  # noqa: PLC0415 - only whoever fuzzes needs it

    target, seeds, guided = TARGETS[name]
    for module_name, module in sorted(sys.modules.items()):
        if module_name.startswith(guided) and module is not None:
            for value in list(vars(module).values()):
                if callable(value) and getattr(value, "__module__", "") == module_name and hasattr(value, "__code__"):
                    setattr(module, value.__name__, atheris.instrument_func(value))
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
