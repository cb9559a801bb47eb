"""What a check finds: problems, each with the rule, the student and the teacher that it concerns."""

from collections.abc import Iterable
from dataclasses import dataclass

from reviewer.model.problem import Problem, Severity

READING = "reading"
"""Rule of findings that were made while files were read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A problem and whom it concerns."""

    problem: Problem
    """What, where, and what to do."""
    rule: str = READING
    """Code of the rule that found it."""
    student: str = ""
    """學號; empty when it concerns the school as a whole."""
    teacher: str = ""
    """認證教師, when a teacher is asked to act."""


def worst(findings: Iterable[Finding]) -> Severity | None:
    """The gravest severity; None when there is no finding."""
    found = {finding.problem.severity for finding in findings}
    return next((severity for severity in (Severity.ERROR, Severity.WARNING, Severity.NOTE) if severity in found), None)
