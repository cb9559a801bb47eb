"""One department file into one Selection: shape, rules, guide, and the site's defaults filled in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from reviewer.model.codes import CodeItem, CodeSet, Group
from reviewer.model.problem import Problem, Severity, Where
from reviewer.model.selection import Logo, SectionChoice, Selection
from reviewer.model.text import Text
from reviewer.selection import faults
from reviewer.selection.department_rules import RULES, Case, code_set_problem, section_codes
from reviewer.selection.logos import read_logo
from reviewer.selection.rubrics import Rubric
from reviewer.selection.schema import SECTION_GROUPS, DepartmentFile, SectionName, SiteFile, as_text
from reviewer.selection.suggest import did_you_mean
from reviewer.selection.themes.rules import theme_paper, theme_problems
from reviewer.selection.toml_files import check_shape, read_toml


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a department file may refer to."""

    folder: Path
    """The configuration folder."""
    site: SiteFile
    """site.toml."""
    code_sets: Mapping[str, CodeSet]
    """Code sets in force."""
    rubrics: Mapping[str, Rubric]
    """Sound rubrics."""
    themes: frozenset[str]
    """Names of the themes."""
    logo: Logo | None = None
    """The university's logo."""


def load_department(path: Path, around: Surroundings) -> tuple[Selection | None, tuple[Problem, ...]]:
    """Read one file; the Selection comes back only when nothing in it is an error."""
    name = f"departments/{path.name}"
    data, problems = read_toml(path, name)
    return (None, problems) if data is None else check_department(data, path.stem, around)


def check_department(data: Mapping[str, Any], stem: str, around: Surroundings) -> tuple[Selection | None, tuple[Problem, ...]]:
    """Check what a department file says (or would say); the Selection comes back only when nothing in it is an error."""
    name = f"departments/{stem}.toml"
    file, problems = check_shape(DepartmentFile, data, name, {"code": stem, "name": stem})
    if file is None:
        return None, problems
    whole = not problems
    guide, found = _guide(file, around, name)
    logo, of_logo = department_logo(file, around, name)
    problems += (*found, *of_logo, *_references(file, around, name))
    code_set = around.code_sets.get(file.code_set or around.site.code_set)
    if code_set is not None:
        case = Case(
            file=file,
            name=name,
            stem=stem,
            code_set=code_set,
            university_code=file.university_code or around.site.university_code,
            paper=theme_paper(file.theme or around.site.theme),
            whole=whole,
        )
        problems += tuple(problem for rule in RULES for problem in rule(case))
    if code_set is None or any(problem.severity is Severity.ERROR for problem in problems):
        return None, problems
    return selection_of(file, around.site, code_set, guide, logo), problems


def selection_of(file: DepartmentFile, site: SiteFile, code_set: CodeSet, guide: str, logo: Logo | None = None) -> Selection:
    """Build the Selection of a valid file."""
    return Selection(
        department_code=file.code,
        university_code=file.university_code or site.university_code,
        university_name=as_text(file.university_name or site.university_name),
        name=as_text(file.name),
        admission_year=file.admission_year or site.admission_year,
        code_set=code_set,
        sections=_sections(file, code_set),
        own_items=tuple(_own_items(file, code_set)),
        max_outcomes=file.max_outcomes or code_set.max_outcomes,
        max_performances=file.max_performances or code_set.max_performances,
        masks=frozenset(file.masks),
        originals=file.originals,
        accent=(file.accent or site.accent or "").lower(),
        theme=file.theme or site.theme,
        logo=logo,
        guide=guide,
        field=file.field,
        rubric=file.rubric or site.rubric,
        guide_text=file.guide_text,
        language=file.language or site.language,
    )


def section_order(file: DepartmentFile) -> tuple[SectionName, ...]:
    """All sections: the department's own order first, what it left out after it in published order."""
    return (*file.order, *(section for section in SECTION_GROUPS if section not in file.order))


def _sections(file: DepartmentFile, code_set: CodeSet) -> tuple[SectionChoice, ...]:
    choices = (
        SectionChoice(group=SECTION_GROUPS[section], codes=section_codes(file, section, code_set)) for section in section_order(file)
    )
    return tuple(choice for choice in choices if choice.codes)


def _own_items(file: DepartmentFile, code_set: CodeSet) -> Iterator[CodeItem]:
    for own in file.others:
        if own.name is not None:
            yield CodeItem(code=own.code, name=as_text(own.name), group=Group.OTHER)
        elif code_set.item(own.code) is None:
            raise ValueError(f"own item without a name: {own.code}")


def _guide(file: DepartmentFile, around: Surroundings, name: str) -> tuple[str, tuple[Problem, ...]]:
    """The guide's Markdown, from a file within the configuration folder."""
    if file.guide is None:
        return "", ()
    where = Where(file=name, path="guide")
    target = around.folder / file.guide
    if PurePosixPath(file.guide).is_absolute() or not target.resolve().is_relative_to(around.folder.resolve()):
        return "", (faults.OUTSIDE_FOLDER.at(where, value=file.guide),)
    try:
        return target.read_text(encoding="utf-8-sig"), ()
    except FileNotFoundError:
        hint = Text("請放進這個檔，或刪掉 guide 這一行。", "Put the file there, or remove the line guide.")
        return "", (faults.REFERENCE_MISSING.at(where, value=file.guide, hint=hint),)
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "UTF-8"
        return "", (faults.FILE_UNREADABLE.at(where, reason=reason),)


def department_logo(file: DepartmentFile, around: Surroundings, name: str) -> tuple[Logo | None, tuple[Problem, ...]]:
    """The department's logo, else the university's."""
    if file.logo is None:
        return around.logo, ()
    own = as_text(file.logo_alt) if file.logo_alt else _logo_words(as_text(file.name))
    return read_logo(around.folder, file.logo, own, Where(file=name, path="logo"))


def site_logo(file: SiteFile, folder: Path, name: str) -> tuple[Logo | None, tuple[Problem, ...]]:
    """The university's logo."""
    if file.logo is None:
        return None, ()
    words = as_text(file.logo_alt) if file.logo_alt else _logo_words(as_text(file.university_name))
    return read_logo(folder, file.logo, words, Where(file=name, path="logo"))


def _logo_words(owner: Text) -> Text:
    return Text(f"{owner.zh}標誌", f"Logo of {owner.en}")


def _references(file: DepartmentFile, around: Surroundings, name: str) -> Iterator[Problem]:
    """Code set, theme and rubric exist, where the department names its own."""
    if file.code_set is not None and file.code_set not in around.code_sets:
        yield code_set_problem(file.code_set, sorted(around.code_sets), Where(file=name, path="code_set"))
    for key, value, known in (("theme", file.theme, around.themes), ("rubric", file.rubric, around.rubrics)):
        if value is not None and value not in known:
            yield faults.REFERENCE_MISSING.at(Where(file=name, path=key), value=value, hint=did_you_mean(value, known))
    if file.theme in around.themes and file.theme != around.site.theme:
        yield from theme_problems(file.theme)
