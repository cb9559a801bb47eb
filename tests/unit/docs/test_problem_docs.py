"""Every problem code and exit status stands in docs/problems.md."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def test_the_page_is_what_the_code_declares() -> None:
    # Papers laid out by an earlier test leave this process pointing at a font configuration without folders.
    environment = {name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"}
    command = [sys.executable, "tools/problem_docs.py", "--check"]
    check = subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True)
    assert (check.returncode, check.stderr) == (0, ""), "docs/problems.md is not current: make docs"
