"""Equal bytes from every process: nothing depends on the order in which Python keeps a set (law 7)."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]

HASH = """
import hashlib, sys
from pathlib import Path
from reviewer.attachments.normalise import installed_faces, normalise
from reviewer.attachments.sanitise import Refused, sanitise
faces, total = installed_faces(), hashlib.sha256()
for path in sorted(Path("fixtures/assets/made").glob("*.pdf"))[::3]:
    total.update(normalise(sanitise(path.read_bytes()).pdf, faces).pdf)
print(total.hexdigest())
"""


def _hash(seed: str) -> str:
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    return subprocess.run([sys.executable, "-c", HASH], cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout


def test_documents_are_the_same_bytes_whatever_the_seed_of_hashes() -> None:
    assert _hash("1") == _hash("2") == _hash("3")
