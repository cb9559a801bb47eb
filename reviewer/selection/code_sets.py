"""Code sets in force: the shipped ones, and a university's own in site_config/codes/*.toml, which may add a set, replace one, or change parts of one."""

import tomllib
from collections.abc import Iterator, Mapping
from importlib import resources
from pathlib import Path
from typing import Any

from reviewer.model.codes import CodeSet, Group, parse_code_set, shipped_code_sets
from reviewer.model.parts import performance_kinds
from reviewer.model.problem import Problem, Severity, Where
from reviewer.selection import faults
from reviewer.selection.schema import CodeSetFile
from reviewer.selection.suggest import did_you_mean
from reviewer.selection.toml_files import check_shape, read_toml

EXTENDS = "extends"
"""Key of a code-set file that names the shipped set from which everything else is taken."""


def load_code_sets(folder: Path) -> tuple[Mapping[str, CodeSet], tuple[Problem, ...]]:
    """Return the shipped sets with a university's own on top, and every fault of its files."""
    sets = dict(shipped_code_sets())
    origin: dict[str, str] = {}
    problems: list[Problem] = []
    for path in sorted((folder / "codes").glob("*.toml")):
        name = f"codes/{path.name}"
        code_set, found = _load(path, name)
        problems += found
        if code_set is None:
            continue
        if code_set.id in origin:
            problems.append(faults.SET_TWICE.at(Where(file=name, path="id"), id=code_set.id, first=origin[code_set.id]))
        origin[code_set.id] = name
        sets[code_set.id] = code_set
    return sets, tuple(problems)


def _load(path: Path, name: str) -> tuple[CodeSet | None, tuple[Problem, ...]]:
    data, problems = read_toml(path, name)
    if data is None:
        return None, problems
    shipped = _shipped_data()
    base = data.get(EXTENDS)
    if base is not None and base not in shipped:
        hint = did_you_mean(str(base), shipped)
        return None, (faults.REFERENCE_MISSING.at(Where(file=name, path=EXTENDS), value=base, hint=hint),)
    merged = {**(shipped[base] if base else {}), **{key: value for key, value in data.items() if key != EXTENDS}}
    model, problems = check_shape(CodeSetFile, merged, name, {"id": path.stem})
    problems += tuple(rule_problems(model, name)) if model else ()
    if model is None or any(problem.severity is Severity.ERROR for problem in problems):
        return None, problems
    return parse_code_set(model.model_dump(mode="json", exclude_none=True)), problems


def rule_problems(file: CodeSetFile, name: str) -> Iterator[Problem]:
    """What the shape alone cannot hold: codes once and of the right group, kinds and fields that exist."""
    groups = {item.code: item.group for item in file.items}
    codes = [item.code for item in file.items] + list(file.department_codes)
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        yield faults.CODE_TWICE.at(Where(file=name, path="items"), code=code)
    kinds = {kind.key: {field.key for field in kind.fields} for kind in performance_kinds()}
    for index, row in enumerate(file.assignments):
        where = Where(file=name, path=f"assignments[{index}]")
        if row.kind not in kinds:
            yield faults.REFERENCE_MISSING.at(where, value=row.kind, hint=did_you_mean(row.kind, kinds))
        elif row.field and row.field not in kinds[row.kind]:
            yield faults.REFERENCE_MISSING.at(where, value=row.field, hint=did_you_mean(row.field, kinds[row.kind]))
        yield from _code_in(row.code, Group.PERFORMANCE, groups, file, where)
    for value, code in file.outcome_values.items():
        yield from _code_in(code, Group.OUTCOME, groups, file, Where(file=name, path=f"outcome_values.{value}"))


def _code_in(code: str, group: Group, groups: Mapping[str, Group], file: CodeSetFile, where: Where) -> Iterator[Problem]:
    known = [known for known, its_group in groups.items() if its_group is group]
    if code not in known:
        yield faults.CODE_UNKNOWN.at(where, code=code, code_set=f"{file.name[0]}・{group.label.zh}", hint=did_you_mean(code, known))


def _shipped_data() -> dict[str, dict[str, Any]]:
    """The shipped sets as TOML data, which `extends` builds on."""
    folder = resources.files("reviewer.model").joinpath("data/codes")
    rows = (tomllib.loads(entry.read_text(encoding="utf-8")) for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return {row["id"]: row for row in rows}
