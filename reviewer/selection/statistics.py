"""Counts over the departments: each code, each combination of codes, by field and by year, and what changed since another configuration. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reviewer.model.codes import CodeSet, Group
from reviewer.model.selection import Selection
from reviewer.model.text import Text

NO_FIELD = "（未填學群）"


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeCount:
    """How many departments take a code."""

    code: str
    """`J`."""
    name: Text
    """What it stands for."""
    departments: int
    """How many take it."""
    total: int
    """Of how many."""
    before: int | None = None
    """How many took it in the other configuration; None without one."""

    @property
    def percent(self) -> float:
        """Share of the departments, 0 to 100."""
        return 100 * self.departments / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CombinationCount:
    """How many departments take exactly these codes of a group."""

    group: Group
    """Which group."""
    codes: tuple[str, ...]
    """The codes, in published order; empty where none is taken."""
    departments: int
    """How many."""
    before: int | None = None
    """How many did in the other configuration; None without one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldCount:
    """A field of study."""

    field: str
    """學群."""
    total: int
    """Departments in it."""
    by_code: tuple[int, ...]
    """How many take each code, in the order of `SetStatistics.codes`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YearCount:
    """An admission year."""

    year: int
    """學年度."""
    total: int
    """Departments."""
    by_code: tuple[int, ...]
    """How many take each code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentChange:
    """A department that is new, gone, or takes something else."""

    code: str
    """校系代碼."""
    name: Text
    """The department."""
    kind: str
    """`new`, `gone`, `changed`."""
    added: tuple[str, ...] = ()
    """Codes that it takes now and did not."""
    removed: tuple[str, ...] = ()
    """Codes that it took and does not."""
    other: tuple[Text, ...] = ()
    """Further changes in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetStatistics:
    """Everything about the departments of one code set."""

    code_set: CodeSet
    """The code set."""
    total: int
    """Departments."""
    codes: tuple[CodeCount, ...]
    """Every code, in published order."""
    combinations: tuple[CombinationCount, ...]
    """By group, most frequent first."""
    fields: tuple[FieldCount, ...]
    """By field, largest first."""
    years: tuple[YearCount, ...]
    """By year, both configurations together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """All counts."""

    sets: tuple[SetStatistics, ...]
    """One a code set in use."""
    changes: tuple[DepartmentChange, ...]
    """Against the other configuration, by code; empty without one."""
    compared: bool
    """Whether there was another configuration."""


def count(departments: Mapping[str, Selection], last: Mapping[str, Selection] | None = None) -> Statistics:
    """Count everything; `last` is another configuration, usually last year's."""
    ids = sorted({row.code_set.id for row in departments.values()}, key=lambda name: (name != "university", name))
    sets = tuple(_set_statistics(name, departments.values(), None if last is None else last.values()) for name in ids)
    return Statistics(sets=sets, changes=() if last is None else changes(departments, last), compared=last is not None)


def changes(departments: Mapping[str, Selection], last: Mapping[str, Selection]) -> tuple[DepartmentChange, ...]:
    """Every department that is new, gone, or takes something else."""
    found = []
    for code in sorted(departments.keys() | last.keys()):
        now, before = departments.get(code), last.get(code)
        if now is None and before is not None:
            found.append(DepartmentChange(code=code, name=before.name, kind="gone", removed=all_codes(before)))
        elif now is not None and before is None:
            found.append(DepartmentChange(code=code, name=now.name, kind="new", added=all_codes(now)))
        elif now is not None and before is not None:
            change = _change(now, before)
            found += [change] if change.added or change.removed or change.other else []
    return tuple(found)


def all_codes(selection: Selection) -> tuple[str, ...]:
    """Every code that a department takes, in published order."""
    taken = {code for section in selection.sections for code in section.codes}
    return tuple(code for code in known_codes(selection.code_set, [selection]) if code in taken)


def known_codes(code_set: CodeSet, selections: Iterable[Selection]) -> tuple[str, ...]:
    """The set's codes, and those of the departments' own that anyone takes."""
    taken = {code for selection in selections for section in selection.sections for code in section.codes}
    return (*(item.code for item in code_set.items), *(code for code in code_set.department_codes if code in taken))


def _change(now: Selection, before: Selection) -> DepartmentChange:
    codes, old = all_codes(now), all_codes(before)
    other = []
    for zh, en, key in (
        ("課程學習成果上限", "outcomes at most", "max_outcomes"),
        ("多元表現上限", "performances at most", "max_performances"),
    ):
        if getattr(now, key) != getattr(before, key):
            other.append(Text(f"{zh} {getattr(before, key)} → {getattr(now, key)}", f"{en} {getattr(before, key)} → {getattr(now, key)}"))
    if [section.group for section in now.sections] != [section.group for section in before.sections] and set(codes) == set(old):
        other.append(Text("各部分的順序", "order of the sections"))
    if now.masks != before.masks:
        other.append(Text("遮蔽的資料", "what is masked"))
    if {item.code: item.name.zh for item in now.own_items} != {item.code: item.name.zh for item in before.own_items} and set(codes) == set(
        old
    ):
        other.append(Text("自訂項目的名稱", "names of its own items"))
    return DepartmentChange(
        code=now.department_code,
        name=now.name,
        kind="changed",
        added=tuple(code for code in codes if code not in old),
        removed=tuple(code for code in old if code not in codes),
        other=tuple(other),
    )


def _set_statistics(name: str, departments: Iterable[Selection], last: Iterable[Selection] | None) -> SetStatistics:
    rows = [row for row in departments if row.code_set.id == name]
    old = None if last is None else [row for row in last if row.code_set.id == name]
    code_set = rows[0].code_set
    codes = known_codes(code_set, [*rows, *(old or ())])
    counts, before = _code_counts(rows), None if old is None else _code_counts(old)
    return SetStatistics(
        code_set=code_set,
        total=len(rows),
        codes=tuple(
            CodeCount(
                code=code,
                name=_name(code, code_set),
                departments=counts[code],
                total=len(rows),
                before=None if before is None else before[code],
            )
            for code in codes
        ),
        combinations=_combinations(rows, old),
        fields=_fields(rows, codes),
        years=_years([*rows, *(old or ())], codes),
    )


def _combinations(rows: Sequence[Selection], old: Sequence[Selection] | None) -> tuple[CombinationCount, ...]:
    found: list[CombinationCount] = []
    for group in (Group.OUTCOME, Group.PERFORMANCE, Group.STATEMENT, Group.OTHER):
        now = Counter(_in_order(row, group) for row in rows)
        before = None if old is None else Counter(_in_order(row, group) for row in old)
        found += [
            CombinationCount(group=group, codes=codes, departments=number, before=None if before is None else before[codes])
            for codes, number in sorted(now.items(), key=lambda pair: (-pair[1], pair[0]))
        ]
    return tuple(found)


def _fields(rows: Sequence[Selection], codes: tuple[str, ...]) -> tuple[FieldCount, ...]:
    by_field: dict[str, list[Selection]] = defaultdict(list)
    for row in rows:
        by_field[row.field or NO_FIELD].append(row)
    ordered = sorted(by_field.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return tuple(FieldCount(field=name, total=len(members), by_code=_by_code(members, codes)) for name, members in ordered)


def _years(rows: Sequence[Selection], codes: tuple[str, ...]) -> tuple[YearCount, ...]:
    by_year: dict[int, list[Selection]] = defaultdict(list)
    for row in rows:
        by_year[row.admission_year].append(row)
    return tuple(YearCount(year=year, total=len(members), by_code=_by_code(members, codes)) for year, members in sorted(by_year.items()))


def _code_counts(rows: Sequence[Selection]) -> Counter[str]:
    return Counter(code for row in rows for section in row.sections for code in section.codes)


def _by_code(rows: Sequence[Selection], codes: tuple[str, ...]) -> tuple[int, ...]:
    counts = _code_counts(rows)
    return tuple(counts[code] for code in codes)


def _in_order(row: Selection, group: Group) -> tuple[str, ...]:
    taken = set(row.codes_of(group))
    return tuple(code for code in known_codes(row.code_set, [row]) if code in taken)


def _name(code: str, code_set: CodeSet) -> Text:
    item = code_set.item(code)
    return item.name if item else Text("校系自訂", "named by the department")
