"""What a check finds: problems, each with the rule, the student and the teacher that it concerns."""

from dataclasses import dataclass

from reviewer.model.problem import Problem

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
