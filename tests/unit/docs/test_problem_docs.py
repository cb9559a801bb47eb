"""Every problem code and exit status stands in docs/problems.md."""

import subprocess
import sys
from pathlib import Path

from tests.environment import of_a_reader

ROOT = Path(__file__).resolve().parents[3]


def test_the_page_is_what_the_code_declares() -> None:
    command = [sys.executable, "tools/problem_docs.py", "--check"]
    check = subprocess.run(command, cwd=ROOT, env=of_a_reader(), check=False, capture_output=True, text=True)
    assert (check.returncode, check.stderr) == (0, ""), "docs/problems.md is not current: make docs"
