"""The record of a published folder: a header line, then one line a dossier. Read and written line by line, so that memory stays flat."""

import json
import os
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pydantic

from reviewer.model.canonical import canonical_json
from reviewer.model.text import Text
from reviewer.site.results import Finished, Result

SCHEMA = "1"
"""Version of the record; another one is read as no record, and everything is made again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What concerns the department as a whole."""

    schema: str
    """SCHEMA."""
    department_code: str
    """校系代碼."""
    department_name: Text
    """The department, for the office's index."""
    shared: str
    """Fingerprint of what the cohort page, the theme and the fonts were made of, the dossiers apart."""
    sums_sha256: str
    """Hash of the SHA256SUMS of the folder that this record describes."""
    own: tuple[tuple[str, int], ...] = ()
    """Path and bytes of each of the department's files that belong to no dossier."""


_HEADER = pydantic.TypeAdapter(Header)
_RESULT = pydantic.TypeAdapter(Result)
_FINISHED = pydantic.TypeAdapter(Finished)
_UNKNOWN = Header(schema="", department_code="", department_name=Text("", ""), shared="", sums_sha256="")


def write(path: Path, head: Header, results: Iterable[Result]) -> None:
    """Write a record; it appears whole or not at all."""
    part = path.with_name(f".{path.name}.part")
    with part.open("wb") as file:
        file.write(canonical_json(head) + b"\n")
        for result in results:
            file.write(canonical_json(result) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def header(path: Path) -> Header:
    """The header; one with empty fields when there is no record, or one of another version."""
    try:
        with path.open("rb") as file:
            head = _HEADER.validate_json(file.readline())
    except (OSError, ValueError):
        return _UNKNOWN
    return head if head.schema == SCHEMA else _UNKNOWN


def results(path: Path) -> Iterator[Result]:
    """Yield the dossiers' lines; none when there is no record. A line of another version ends the reading: the rest is made again."""
    if not header(path).schema:
        return
    with path.open("rb") as file:
        file.readline()
        for line in file:
            try:
                yield _RESULT.validate_json(line)
            except ValueError:
                return


class Lines:
    """Some dossiers' lines of a record by folder name, read when they are asked for: what is held is where each begins."""

    def __init__(self, path: Path, names: Container[str]) -> None:
        self._path = path
        self._places: dict[str, int] = {}
        if not header(path).schema:
            return
        with path.open("rb") as file:
            file.readline()
            place = file.tell()
            for line in file:
                try:
                    name = json.loads(line)["name"]
                except (ValueError, LookupError, TypeError):
                    return
                if name in names:
                    self._places[name] = place
                place += len(line)

    def __getitem__(self, name: str) -> Result:
        place = self._places[name]
        with self._path.open("rb") as file:
            file.seek(place)
            return _RESULT.validate_json(file.readline())


def read_finished(path: Path) -> Finished | None:
    """A result in staging; None when it is not there or of another version."""
    try:
        return _FINISHED.validate_json(path.read_bytes())
    except (OSError, ValueError):
        return None
