"""`reviewer verify` of a container: everything is read, nothing is written."""

from pathlib import Path

from reviewer.model.problem import Problem
from reviewer.packages.address import TrustedKey
from reviewer.site.delivery import reading, statement
from reviewer.site.delivery.envelopes import Opening


def verify_container(container: Path, opening: Opening, trusted: tuple[TrustedKey, ...]) -> tuple[int, tuple[Problem, ...]]:
    """The number of sound files, and what is wrong. Raises `Stop` when the container cannot be opened."""
    outcome = reading.read(container, opening, lambda _contents: None, lambda _path: None)
    head = outcome.contents
    signed = statement.vouched(head.statement, head.sums, trusted).problems if head else ()
    return outcome.files, (*outcome.problems, *signed)
