"""What reading a package tells, as lines: what `expected.toml` holds. `python -m tests.faults.packages.telling` writes it anew, to be read before it is committed."""

import json
import tempfile
import tomllib
from pathlib import Path

from reviewer.model.problem import Problem, SetAside
from reviewer.packages.opening import open_package
from reviewer.packages.reader import read
from reviewer.packages.verifying import file_links
from tests.faults.packages.cases import NAMES, make
from tests.faults.packages.making import address

EXPECTED = Path(__file__).with_name("expected.toml")


def told(name: str, folder: Path) -> tuple[str, ...]:
    """The fate of a case and every sentence: `aside error …` first, or the problems of the package and then those of its files."""
    location = make(name, folder)
    try:
        with open_package(address(location, applicant_number="01686463")) as opened:
            portfolio = read(opened)
    except SetAside as reason:
        return tuple(f"aside {line(problem)}" for problem in reason.problems)
    found = portfolio.problems
    links = tuple(link.problem for link in file_links(portfolio) if link.problem)
    return (*(f"told {line(problem)}" for problem in found), *(f"shown {line(problem)}" for problem in links))


def line(problem: Problem) -> str:
    """Severity, code and the whole sentence."""
    return f"{problem.severity} {problem.code} {problem}"


def expected() -> dict[str, list[str]]:
    """What every case is expected to tell."""
    return tomllib.loads(EXPECTED.read_text(encoding="utf-8"))


def main() -> None:
    """Write what is told now."""
    blocks = []
    for name in NAMES:
        with tempfile.TemporaryDirectory() as folder:
            lines = "".join(f"  {json.dumps(words, ensure_ascii=False)},\n" for words in told(name, Path(folder)))
        blocks.append(f"{name} = [\n{lines}]\n" if lines else f"{name} = []\n")
    EXPECTED.write_text(
        "# Written by `python -m tests.faults.packages.telling`; read every line before committing.\n\n" + "\n".join(blocks),
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
