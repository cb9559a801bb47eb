"""All rules, in the order in which they are asked and reported."""

from reviewer.intake.rules import (
    abstract,
    calendar,
    certification,
    certifier,
    counted_twice,
    course_lists,
    file_sizes,
    file_types,
    files_there,
    identities,
    inquiry_note,
    outcome_links,
    own_course,
    performance_links,
    rare_names,
    teachers_leaving,
    test_school,
    text_health,
    ticks,
    unchanged,
    values,
    who_entered,
    year_change,
    yearly_numbers,
)
from reviewer.intake.rules.context import Rule
from reviewer.model.canonical import canonical_sha256

RULES: tuple[Rule, ...] = (
    file_types.RULE,
    file_sizes.RULE,
    files_there.RULE,
    abstract.RULE,
    yearly_numbers.RULE,
    own_course.RULE,
    course_lists.RULE,
    certification.RULE,
    certifier.RULE,
    teachers_leaving.RULE,
    unchanged.RULE,
    outcome_links.RULE,
    performance_links.RULE,
    who_entered.RULE,
    counted_twice.RULE,
    inquiry_note.RULE,
    text_health.RULE,
    rare_names.RULE,
    identities.RULE,
    values.RULE,
    ticks.RULE,
    calendar.RULE,
    year_change.RULE,
    test_school.RULE,
)
"""The ordered list."""


def rule_set() -> str:
    """Names this set of rules: changes when a rule, its dates or one of its sentences does. Packages carry it."""
    return canonical_sha256(
        [
            [
                rule.code,
                str(rule.since),
                str(rule.until or ""),
                rule.sentence,
                [[kind.code, kind.severity, kind.what, kind.remedy] for kind in rule.kinds],
            ]
            for rule in RULES
        ]
    )[:16]
