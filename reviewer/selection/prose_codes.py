"""Between the published line and a department's settings: codes by their groups, whatever section the line puts them in."""

from collections.abc import Mapping
from typing import Any

from reviewer.model.codes import CodeSet, Group
from reviewer.model.problem import Problem, ProblemKind, Severity, Where
from reviewer.model.selection import Selection
from reviewer.model.text import Text
from reviewer.selection import faults
from reviewer.selection.prose import Item, Prose, ProseSection
from reviewer.selection.schema import SECTION_GROUPS, SectionName
from reviewer.selection.suggest import did_you_mean

CODES_NOT_NAMED = ProblemKind(
    "prose-codes-missing",
    Severity.ERROR,
    Text("「{section}」後面沒有寫代碼。", "No codes stand after “{section}”."),
    Text("請寫出代碼，例如 {section}(B、C)。", "Name them, such as {section}(B、C)."),
)

KEYS: Mapping[Group, SectionName] = {group: section for section, group in SECTION_GROUPS.items()}
"""Key of a department file for each group."""

_NAMES = {
    "修課紀錄": Group.COURSE_RECORD,
    "課程學習成果": Group.OUTCOME,
    "多元表現": Group.PERFORMANCE,
    "多元表現綜整心得": Group.SUMMARY,
    "學習歷程自述": Group.STATEMENT,
    "其他": Group.OTHER,
}
_ONE_CODE = frozenset({Group.COURSE_RECORD, Group.SUMMARY})
"""Groups whose name alone says everything."""


def settings_of(prose: Prose, code_set: CodeSet, where: Where) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """Settings of a department file that the line says, all of them (an absent section is an empty one), and faults."""
    settings: dict[str, Any] = {
        "course_record": False,
        "outcomes": [],
        "performances": [],
        "summary": False,
        "statements": [],
        "others": [],
    }
    problems: list[Problem] = []
    order: list[SectionName] = []
    for section in prose.sections:
        group = _NAMES[section.name]
        if not section.items and group in _ONE_CODE:
            settings[KEYS[group]] = True
            order.append(KEYS[group])
        elif not section.items:
            problems.append(CODES_NOT_NAMED.at(where, section=section.name))
        for item in section.items:
            its_group = group_of(item.code, code_set)
            if its_group is None:
                known = [known.code for known in code_set.of_group(group)]
                problems.append(faults.CODE_UNKNOWN.at(where, code=item.code, code_set=code_set.name, hint=did_you_mean(item.code, known)))
                continue
            if its_group is not group and not (its_group is Group.SUMMARY and group is Group.PERFORMANCE):
                # 多元表現綜整心得 is often published among the performances that it is about.
                said = faults.CODE_WRONG_GROUP.at(where, code=item.code, group=its_group.label, section=group.label, key=its_group.label)
                problems.append(said)
                continue
            _put(settings, its_group, item)
            order.append(KEYS[its_group])
    order = list(dict.fromkeys(order))
    published = [section for section in SECTION_GROUPS if section in order]
    settings["order"] = order if order != published else []
    return settings, tuple(problems)


def prose_of(selection: Selection) -> Prose:
    """The published line of a selection; the reflection stands within the performances where it follows them, as it is published."""
    sections: list[ProseSection] = []
    for choice in selection.sections:
        items = tuple(Item(code, _own_name(selection, code)) for code in choice.codes)
        if choice.group is Group.SUMMARY and sections and sections[-1].name == Group.PERFORMANCE.label.zh:
            sections[-1] = ProseSection(sections[-1].name, sections[-1].items + items)
        else:
            sections.append(ProseSection(choice.group.label.zh, items))
    return Prose(tuple(sections))


def group_of(code: str, code_set: CodeSet) -> Group | None:
    """The group of a code; the department's own codes are OTHER."""
    item = code_set.item(code)
    return item.group if item else Group.OTHER if code in code_set.department_codes else None


def _put(settings: dict[str, Any], group: Group, item: Item) -> None:
    key = KEYS[group]
    if group in _ONE_CODE:
        settings[key] = True
    elif group is Group.OTHER:
        settings[key].append({"code": item.code, "name": item.name} if item.name else {"code": item.code})
    elif item.code not in settings[key]:
        settings[key].append(item.code)


def _own_name(selection: Selection, code: str) -> str:
    return next((item.name.zh for item in selection.own_items if item.code == code), "")
