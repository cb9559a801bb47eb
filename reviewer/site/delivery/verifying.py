"""`reviewer verify` of a container or a delivered folder: everything is read, nothing is written."""

from pathlib import Path

from reviewer.model.problem import Problem
from reviewer.packages.address import TrustedKey
from reviewer.site import layout, sums
from reviewer.site.delivery import findings, reading, statement
from reviewer.site.delivery.envelopes import Opening


def verify_container(container: Path, opening: Opening, trusted: tuple[TrustedKey, ...]) -> tuple[int, tuple[Problem, ...]]:
    """The number of sound files, and what is wrong. Raises `Stop` when the container cannot be opened."""
    outcome = reading.read(container, opening, lambda _contents: None, lambda _path: None)
    head = outcome.contents
    signed = statement.vouched(head.statement, head.sums, trusted).problems if head else ()
    return outcome.files, (*outcome.problems, *signed)


def verify_folder(folder: Path, trusted: tuple[TrustedKey, ...]) -> tuple[int, tuple[Problem, ...]]:
    """Compare a department's folder with SHA256SUMS and its signature. In one that was delivered, files besides are the reviewer's own."""
    files, problems = sums.verify(folder)
    if (folder / layout.DELIVERY).exists():
        problems = tuple(findings.OWN_FILE.at(found.where) if found.code == sums.FILE_ADDED.code else found for found in problems)
    return files, (*problems, *statement.check_folder(folder, trusted))
