"""What each file of an upload is and holds, looked at once per content: in child processes with limits, several at a time, kept between runs.

A school corrects a few files and checks again: only what changed is looked at anew.
"""

import hashlib
import sqlite3
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import platformdirs
import pydantic

from reviewer.attachments import jobs
from reviewer.attachments.survey import Survey
from reviewer.intake.student import Upload
from reviewer.model.attachment import MediaType
from reviewer.model.canonical import canonical_json
from reviewer.model.problem import Problem
from reviewer.model.text import Text
from reviewer.packages.media_types import described, media_type

VERSION = 1
"""Rises when looking finds something else in the same bytes; what was kept before is then looked at again."""

_HEAD_BYTES = 4096
_JOBS = {MediaType.PDF: "survey", MediaType.JPEG: "survey-picture", MediaType.PNG: "survey-picture"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What one file is."""

    sha256: str
    """Hash of its content."""
    media_type: MediaType
    """What its first bytes say."""
    described: Text
    """What content that is not taken looks like."""
    survey: Survey | None = None
    """Of documents and pictures; None for media, for what is refused, and when nobody looked inside."""
    refused: Problem | None = None
    """Why it cannot be shown."""


_LOOK = pydantic.TypeAdapter(Look)


def default_cache() -> Path:
    """Where looks are kept."""
    return Path(platformdirs.user_cache_dir("portfolio-reviewer", appauthor=False)) / "intake"


class Looks:
    """Looks at files, remembered by content. Open it in a `with`."""

    def __init__(self, cache: Path, workers: int, *, inside: bool = True) -> None:
        """`inside` False looks at first bytes only: types and sizes, no links, no text, no fonts."""
        cache.mkdir(parents=True, exist_ok=True)
        self._inside = inside
        self._kept = sqlite3.connect(cache / "looks.sqlite", isolation_level=None, timeout=60)
        self._kept.execute("PRAGMA synchronous = OFF")
        self._kept.execute("CREATE TABLE IF NOT EXISTS look (sha256 TEXT, version INTEGER, look TEXT, PRIMARY KEY (sha256, version))")
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="look")
        self._workers = workers
        self._at: dict[Path, Look] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        # Each thread owns a child process, which is ended by the thread itself.
        for _number in range(self._workers):
            self._pool.submit(jobs.close)
        self._pool.shutdown()
        self._kept.close()

    def prepare(self, uploads: Iterable[Upload]) -> None:
        """Look at some files, several at a time; forgets those of the last call, so that memory stays bounded."""
        self._at = {}
        hashed = list(self._pool.map(_first_look, uploads))
        wanted: dict[str, tuple[Path, Look]] = {}
        for path, look in hashed:
            kept = self._find(look.sha256) if self._inside and look.media_type in _JOBS else look
            if kept is None:
                wanted.setdefault(look.sha256, (path, look))
            else:
                self._at[path] = kept
        made = dict(zip(wanted, self._pool.map(lambda one: _inside(*one), wanted.values()), strict=True))
        self._kept.executemany(
            "INSERT OR REPLACE INTO look VALUES (?, ?, ?)",
            ((sha256, VERSION, canonical_json(look).decode()) for sha256, look in made.items()),
        )
        for path, look in hashed:
            self._at.setdefault(path, made.get(look.sha256, look))

    def of(self, upload: Upload) -> Look:
        """The look at a file; at a file that was not prepared, now."""
        if upload.path not in self._at:
            path, look = _first_look(upload)
            self._at[path] = (self._find(look.sha256) or _inside(path, look)) if self._inside and look.media_type in _JOBS else look
        return self._at[upload.path]

    def _find(self, sha256: str) -> Look | None:
        row = self._kept.execute("SELECT look FROM look WHERE sha256 = ? AND version = ?", (sha256, VERSION)).fetchone()
        try:
            return _LOOK.validate_json(row[0]) if row else None
        except ValueError:
            # Written by another state of the program: looked at again.
            return None


def _first_look(upload: Upload) -> tuple[Path, Look]:
    with upload.path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        kind = media_type(file)
        file.seek(0)
        words = described(file.read(_HEAD_BYTES)) if kind is MediaType.UNKNOWN else Text("", "")
    return upload.path, Look(sha256=sha256, media_type=kind, described=words)


def _inside(path: Path, look: Look) -> Look:
    made = jobs.call(jobs.Request(job=_JOBS[look.media_type], path=str(path)), Survey)
    survey, refused = (None, made) if isinstance(made, Problem) else (made, None)
    return Look(sha256=look.sha256, media_type=look.media_type, described=look.described, survey=survey, refused=refused)
