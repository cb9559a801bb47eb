"""Where everything lies in a site: the one place that knows the names of folders and files. Short ASCII, so that Windows opens every path.

```
SITE/index.html, build-report.html, build-report.json       for the office
SITE/<校系代碼>/index.html, help.html                         cohort page, help for reviewers
SITE/<校系代碼>/theme/…, data/…, SHA256SUMS
SITE/<校系代碼>/<應試號碼>/index.html, dossier.pdf, f/…
SITE/.reviewer/records/<校系代碼>.jsonl                       what the next build compares with
SITE/.reviewer/staging/<校系代碼>/…                           gone when a build ends well
```
"""

import hashlib
import re
from pathlib import Path

PAGE = "index.html"
"""Cohort page of a department, page of a dossier, index of the office."""

HELP = "help.html"
"""Help for the department's reviewers, beside the cohort page."""

PDF = "dossier.pdf"
"""A dossier on paper."""

FILES = "f"
"""Folder of a dossier's attachments."""

THEME = "theme"
"""Folder of style sheets, scripts and fonts."""

DATA = "data"
"""Folder of what a department's scripts read: search shards, and the desk's facts."""

DESK = "desk.js"
"""In DATA: what the desk knows of every dossier."""

SUMS = "SHA256SUMS"
"""Hashes of every file of a department's folder."""

DELIVERY = "delivery.json"
"""Beside SHA256SUMS in a folder that was delivered: whose it is, and who signed for it. SHA256SUMS does not name it, since it names SHA256SUMS."""

REPORT_PAGE = "build-report.html"
REPORT_DATA = "build-report.json"
STATE = ".reviewer"

LONGEST_PATH_CHARACTERS = 120
"""Longest path within a department's folder: leaves 140 of the 260 characters at which Windows stops for where the folder is put."""

_PLAIN_NUMBER = re.compile(r"[0-9a-z](?:[0-9a-z-]{0,22}[0-9a-z])?")
_TAKEN = frozenset({THEME, DATA, FILES, "con", "prn", "aux", "nul", *(f"{port}{digit}" for port in ("com", "lpt") for digit in range(10))})
_UNSAFE = re.compile(r"[^0-9a-z-]+")


def folder_name(applicant_number: str) -> str:
    """Name of a dossier's folder: the 應試號碼 itself where it is short ASCII, else what is left of it with eight digits of its hash.

    Depends on the number alone, never on the neighbours, and two numbers never share a folder, not even where case is ignored.
    """
    if _PLAIN_NUMBER.fullmatch(applicant_number) and applicant_number not in _TAKEN:
        return applicant_number
    rest = _UNSAFE.sub("-", applicant_number.lower())[:12].strip("-") or "n"
    return f"{rest}-{hashlib.sha256(applicant_number.encode('utf-8', 'backslashreplace')).hexdigest()[:8]}"


class Paths:
    """Absolute places of one site on this machine."""

    def __init__(self, site: Path) -> None:
        self.site = site
        """SITE."""
        self.state = site / STATE
        """What is no product: lock, records, staging."""
        self.lock = self.state / "lock"
        self.records = self.state / "records"
        self.staging = self.state / "staging"

    def department(self, code: str) -> Path:
        """The published folder of a department."""
        return self.site / code

    def record(self, code: str) -> Path:
        """What stands in the published folder, line by line."""
        return self.records / f"{code}.jsonl"

    def staged(self, code: str) -> "Staged":
        """Where a department's next folder is made."""
        return Staged(self.staging / code)


class Staged:
    """Places within a department's staging folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        """Everything of it."""
        self.site = root / "site"
        """The folder that will be published."""
        self.results = root / "results"
        """One file for each finished dossier: written last, so that it vouches for the dossier's folder."""
        self.search = root / "search"
        """Search records of finished dossiers, one file each; they go into the department's shards."""
        self.scratch = root / "tmp"
        """Dossiers in the making."""
        self.record = root / "record.jsonl"
        """The record that belongs to `site`."""
        self.rows = root / "rows"
        """Rows of the cohort page, while it is written."""
        self.old = root / "old"
        """The former folder, where the file system cannot exchange two."""

    def search_record(self, name: str) -> Path:
        """Search record of one dossier."""
        return self.search / name

    def result(self, name: str) -> Path:
        """Result of one dossier."""
        return self.results / f"{name}.json"
