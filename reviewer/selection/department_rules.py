"""Rules of a department file that its shape alone cannot hold. Each is a small function; `RULES` runs them all, in this order."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from reviewer.model.codes import CodeSet, Group
from reviewer.model.problem import Problem, Where
from reviewer.model.text import Text
from reviewer.selection import contrast, faults
from reviewer.selection.schema import SECTION_GROUPS, DepartmentFile, SectionName, as_text
from reviewer.selection.suggest import did_you_mean


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A department file under examination."""

    file: DepartmentFile
    """What it says."""
    name: str
    """File name relative to the configuration folder."""
    stem: str
    """File name without folder and ending."""
    code_set: CodeSet
    """The code set that it uses."""
    university_code: str
    """Its own or the site's."""
    paper: str
    """The light paper of its theme, `#rrggbb`."""
    whole: bool = True
    """False when faulty keys were left out: then what is not there proves nothing."""

    def at(self, path: str = "") -> Where:
        """A place in the file."""
        return Where(file=self.name, path=path)

    @property
    def label(self) -> str:
        """The department in messages: code and name."""
        return f"{self.file.code} {as_text(self.file.name).zh}"


def section_codes(file: DepartmentFile, section: SectionName, code_set: CodeSet) -> tuple[str, ...]:
    """The codes that a section of the file names; `true` stands for all of the group."""
    if section == "others":
        return tuple(item.code for item in file.others)
    value = getattr(file, section)
    if isinstance(value, bool):
        return tuple(item.code for item in code_set.of_group(SECTION_GROUPS[section])) if value else ()
    return tuple(value)


def file_name(case: Case) -> Iterator[Problem]:
    """The file's name is the department's code, so that nobody edits the wrong one."""
    if case.stem != case.file.code:
        yield faults.FILE_NAME.at(case.at("code"), stem=case.stem, code=case.file.code)


def codes_known(case: Case) -> Iterator[Problem]:
    """Every code exists and belongs to the section under which it stands."""
    for section, group in SECTION_GROUPS.items():
        for index, code in enumerate(section_codes(case.file, section, case.code_set)):
            path = f"{section}[{index}]" + (".code" if section == "others" else "")
            item = case.code_set.item(code)
            own = code in case.code_set.department_codes
            actual = item.group if item else Group.OTHER if own else None
            if actual is None:
                known = [item.code for item in case.code_set.of_group(group)]
                known += case.code_set.department_codes if section == "others" else ()
                yield faults.CODE_UNKNOWN.at(case.at(path), code=code, code_set=case.code_set.name.zh, hint=did_you_mean(code, known))
            elif actual is not group:
                yield faults.CODE_WRONG_GROUP.at(case.at(path), code=code, group=actual.label, section=group.label, key=_key_of(actual))


def codes_once(case: Case) -> Iterator[Problem]:
    """No code twice in a section; twice in two sections is already a wrong group."""
    for section in SECTION_GROUPS:
        seen: Counter[str] = Counter()
        for index, code in enumerate(section_codes(case.file, section, case.code_set)):
            seen[code] += 1
            if seen[code] == 2:
                yield faults.CODE_TWICE.at(case.at(f"{section}[{index}]"), code=code)


def order_once(case: Case) -> Iterator[Problem]:
    """No section twice in `order`."""
    for index, section in enumerate(case.file.order):
        if section in case.file.order[:index]:
            yield faults.CODE_TWICE.at(case.at(f"order[{index}]"), code=section)


def four_categories(case: Case) -> Iterator[Problem]:
    """At most four of F-M (or what the code set says) [S34]."""
    codes = tuple(dict.fromkeys(case.file.performances))
    limit = case.code_set.max_categories
    if len(codes) > limit:
        yield faults.TOO_MANY_CATEGORIES.at(
            case.at("performances"), department=case.label, count=len(codes), codes="、".join(codes), limit=limit
        )


def limits(case: Case) -> Iterator[Problem]:
    """A department may take fewer than the code set allows, never more."""
    for key, limit in (("max_outcomes", case.code_set.max_outcomes), ("max_performances", case.code_set.max_performances)):
        value = getattr(case.file, key)
        if value is not None and value > limit:
            yield faults.ABOVE_LIMIT.at(case.at(key), value=value, limit=limit, code_set=case.code_set.name.zh)


def own_names(case: Case) -> Iterator[Problem]:
    """What the department names itself has a name."""
    for index, own in enumerate(case.file.others):
        if own.name is None and case.code_set.item(own.code) is None and own.code in case.code_set.department_codes:
            yield faults.NAME_NEEDED.at(case.at(f"others[{index}]"), code=own.code)


def originals_unmasked(case: Case) -> Iterator[Problem]:
    """Original page images would show what a mask hides."""
    if case.file.originals and case.file.masks:
        yield faults.ORIGINALS_WITH_MASK.at(case.at("originals"))


def accent_readable(case: Case) -> Iterator[Problem]:
    """The accent is readable as text."""
    yield from accent_problems(case.file.accent, case.paper, case.at("accent"))


def takes_something(case: Case) -> Iterator[Problem]:
    """A department without any item is a file that was not finished."""
    if case.whole and not any(section_codes(case.file, section, case.code_set) for section in SECTION_GROUPS):
        yield faults.NOTHING_TAKEN.at(case.at(), department=case.label)


def university_prefix(case: Case) -> Iterator[Problem]:
    """Department codes begin with their university's code, as a rule: a note only."""
    if not case.file.code.startswith(case.university_code):
        yield faults.UNIVERSITY_PREFIX.at(case.at("code"), code=case.file.code, university=case.university_code)


def accent_problems(colour: str | None, paper: str, where: Where) -> Iterator[Problem]:
    """The rule of the accent, for site.toml as well; `paper` is the theme's light paper."""
    if colour is not None and contrast.ratio(colour, paper) < contrast.AA_TEXT:
        ratio = contrast.ratio(colour, paper)
        yield faults.CONTRAST.at(where, colour=colour, ratio=f"{ratio:.1f}", better=contrast.readable(colour, (paper,)))


def code_set_problem(case_set: str, known: list[str], where: Where) -> Problem:
    """A code set that does not exist."""
    hint = did_you_mean(case_set, known)
    return faults.REFERENCE_MISSING.at(where, value=case_set, hint=Text(f"代碼種類：{hint.zh}", f"Code set: {hint.en}"))


Rule = Callable[[Case], Iterator[Problem]]
RULES: tuple[Rule, ...] = (
    file_name,
    codes_known,
    codes_once,
    order_once,
    four_categories,
    limits,
    own_names,
    originals_unmasked,
    accent_readable,
    takes_something,
    university_prefix,
)
"""Every rule of a department file."""


def _key_of(group: Group) -> str:
    return next(section for section, its_group in SECTION_GROUPS.items() if its_group is group)
