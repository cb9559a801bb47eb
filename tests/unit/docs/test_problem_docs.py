"""Every problem code and exit status stands in docs/problems.md."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def test_the_page_is_what_the_code_declares() -> None:
    check = subprocess.run([sys.executable, "tools/problem_docs.py", "--check"], cwd=ROOT, check=False, capture_output=True, text=True)
    assert check.returncode == 0, f"docs/problems.md is not current: make docs\n{check.stderr}"
