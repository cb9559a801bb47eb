"""A university's configuration folder: site.toml, departments/, codes/, rubrics/, guides/; read whole, with every fault of all files at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from reviewer.model.codes import CodeSet
from reviewer.model.language import Language
from reviewer.model.problem import ExitStatus, Problem, Severity, Stop, Where
from reviewer.model.selection import Selection
from reviewer.model.text import Text
from reviewer.resources import data_folder
from reviewer.selection import faults
from reviewer.selection.code_sets import load_code_sets
from reviewer.selection.department_rules import accent_problems, code_set_problem
from reviewer.selection.departments import Surroundings, load_department, site_logo
from reviewer.selection.rubrics import Rubric, load_rubrics
from reviewer.selection.schema import SiteFile, as_text
from reviewer.selection.suggest import did_you_mean
from reviewer.selection.themes import contract
from reviewer.selection.themes.rules import theme_paper, theme_problems
from reviewer.selection.toml_files import check_shape, read_toml

DEFAULT_FOLDER = "site_config"
"""What `--config` means when it is not given: this folder where the command runs, else the one that ships with the product."""

_STAND_IN_SITE = {"university_code": "000", "university_name": "–", "admission_year": 108}


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteConfig:
    """site.toml."""

    university_code: str
    """大學代碼, 3 characters."""
    university_name: Text
    """Name of the university."""
    admission_year: int
    """招生學年度, ROC."""
    code_set: str
    """Id of the usual code set."""
    theme: str
    """Name of the usual theme."""
    accent: str
    """Usual accent `#rrggbb`, lower case; empty takes the theme's."""
    rubric: str
    """Name of the usual rubric."""
    language: Language = Language.CHINESE
    """Usual language of the pages, and that of the office's reports."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """Everything that a university wrote, validated."""

    folder: Path
    """Where it was read."""
    site: SiteConfig
    """What holds for all."""
    departments: Mapping[str, Selection]
    """Selections by 校系代碼, sorted."""
    code_sets: Mapping[str, CodeSet]
    """Shipped sets and the university's own, by id."""
    rubrics: Mapping[str, Rubric] = field(default_factory=dict)
    """Rubrics by name."""
    problems: tuple[Problem, ...] = ()
    """Notes; errors never reach this type."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """What a look at the folder found."""

    configuration: Configuration | None
    """None when anything in it is an error."""
    problems: tuple[Problem, ...]
    """All faults and notes, in the order of the files."""
    files: int
    """How many files were read."""


def default_folder() -> Path:
    """The folder that `--config` means when it is not given."""
    here = Path(DEFAULT_FOLDER)
    return here if here.is_dir() else data_folder("site_config")


def examples_used() -> Problem | None:
    """What to say when `default_folder` is the one that ships with the product; None where a university's own lies here."""
    folder = default_folder()
    return None if folder == Path(DEFAULT_FOLDER) else faults.EXAMPLES_USED.at(Where(file=str(folder)), folder=folder)


def load(folder: Path) -> Configuration:
    """Read a configuration; raise `Stop` (status USAGE) with every fault at once when there is any error."""
    inspection = inspect(folder)
    if inspection.configuration is None:
        raise Stop(*(problem for problem in inspection.problems if problem.severity is Severity.ERROR), status=ExitStatus.USAGE)
    return inspection.configuration


def department(configuration: Configuration, code: str) -> Selection:
    """A department of the configuration; raise `Stop` (status USAGE) for a code that it does not have."""
    selection = configuration.departments.get(code)
    if selection is None:
        hint = did_you_mean(code, configuration.departments)
        raise Stop(faults.DEPARTMENT_UNKNOWN.at(Where(file=str(configuration.folder)), code=code, hint=hint), status=ExitStatus.USAGE)
    return selection


def inspect(folder: Path) -> Inspection:
    """Read everything and tell every fault of all files."""
    if not folder.is_dir():
        missing = faults.FOLDER_MISSING.at(Where(file=str(folder)), folder=folder)
        return Inspection(configuration=None, problems=(missing,), files=0)
    around, problems = surroundings(folder)
    paths = sorted((folder / "departments").glob("*.toml"))
    if not paths:
        problems += (faults.NO_DEPARTMENTS.at(Where(file="departments")),)
    departments: dict[str, Selection] = {}
    for path in paths:
        selection, found = load_department(path, around)
        problems += found
        if selection is not None:
            departments[selection.department_code] = selection
    files = len(paths) + sum(len(list((folder / name).glob("*.toml"))) for name in ("codes", "rubrics")) + 1
    if any(problem.severity is Severity.ERROR for problem in problems):
        return Inspection(configuration=None, problems=problems, files=files)
    configuration = Configuration(
        folder=folder,
        site=_site_config(around.site),
        departments=departments,
        code_sets=around.code_sets,
        rubrics=around.rubrics,
        problems=problems,
    )
    return Inspection(configuration=configuration, problems=problems, files=files)


def surroundings(folder: Path) -> tuple[Surroundings, tuple[Problem, ...]]:
    """What department files refer to (site, code sets, rubrics, themes), with every fault of those files; faulty ones leave a stand-in or nothing."""
    code_sets, problems = load_code_sets(folder)
    rubrics, found = load_rubrics(folder)
    themes = frozenset(contract.known())
    site, of_site = _load_site(folder, code_sets, rubrics, themes)
    logo, of_logo = site_logo(site, folder, "site.toml")
    around = Surroundings(folder=folder, site=site, code_sets=code_sets, rubrics=rubrics, themes=themes, logo=logo)
    return around, (*of_site, *of_logo, *problems, *found)


def _load_site(
    folder: Path, code_sets: Mapping[str, CodeSet], rubrics: Mapping[str, Rubric], themes: frozenset[str]
) -> tuple[SiteFile, tuple[Problem, ...]]:
    """The site file, or a stand-in when it is faulty, so that the departments can still be checked."""
    name = "site.toml"
    stand_in = SiteFile.model_validate(_STAND_IN_SITE)
    if not (folder / name).is_file():
        return stand_in, (faults.FILE_MISSING.at(Where(file=name), name=name),)
    data, problems = read_toml(folder / name, name)
    if data is None:
        return stand_in, problems
    site, problems = check_shape(SiteFile, data, name, _STAND_IN_SITE)
    if site is None:
        return stand_in, problems
    return site, (*problems, *_site_problems(site, code_sets, rubrics, themes, name))


def _site_problems(
    site: SiteFile, code_sets: Mapping[str, CodeSet], rubrics: Mapping[str, Rubric], themes: frozenset[str], name: str
) -> Iterator[Problem]:
    if site.code_set not in code_sets:
        yield code_set_problem(site.code_set, sorted(code_sets), Where(file=name, path="code_set"))
    for key, value, known in (("theme", site.theme, themes), ("rubric", site.rubric, rubrics)):
        if value not in known:
            yield faults.REFERENCE_MISSING.at(Where(file=name, path=key), value=value, hint=did_you_mean(value, known))
    if site.theme in themes:
        yield from theme_problems(site.theme)
    yield from accent_problems(site.accent, theme_paper(site.theme), Where(file=name, path="accent"))


def _site_config(site: SiteFile) -> SiteConfig:
    return SiteConfig(
        university_code=site.university_code,
        university_name=as_text(site.university_name),
        admission_year=site.admission_year,
        code_set=site.code_set,
        theme=site.theme,
        accent=(site.accent or "").lower(),
        rubric=site.rubric,
        language=site.language,
    )
