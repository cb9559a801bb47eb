"""Rubrics (評量尺規): site_config/rubrics/<name>.toml, dimensions x levels with descriptors, score ranges and weights.

The desk shows them, `marks` weighs and compares by them; both take the frozen `Rubric` from here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field, StrictBool, StrictFloat, StrictInt, StrictStr

from reviewer.model.canonical import canonical_sha256
from reviewer.model.codes import Group
from reviewer.model.problem import Problem, ProblemKind, Severity, Where
from reviewer.model.text import Text
from reviewer.resources import data_folder
from reviewer.selection.schema import FileModel, Name, ShortName, as_text
from reviewer.selection.toml_files import check_shape, read_toml

RUBRIC_WEIGHTS = ProblemKind(
    "rubric-weights",
    Severity.ERROR,
    Text("各向度的權重加起來是 {total}，應為 100。", "The weights of the dimensions add up to {total}, not to 100."),
    Text("請調整各向度的 weight。", "Adjust the dimensions' weights."),
)
RUBRIC_RANGE = ProblemKind(
    "rubric-range",
    Severity.ERROR,
    Text("分數範圍 {low}–{high} 不對，或與前一個等第重疊。", "The score range {low}–{high} is not one, or overlaps with the level before."),
    Text("請由高到低寫，例如 [90, 100]、[80, 89]。", "Write from high to low, such as [90, 100], [80, 89]."),
)
RUBRIC_TWICE = ProblemKind(
    "rubric-id-twice",
    Severity.ERROR,
    Text("「{id}」用了兩次。", "“{id}” is used twice."),
    Text("每個等第和向度的 id 都要不同。", "Every level and dimension needs an id of its own."),
)
RUBRIC_LEVEL = ProblemKind(
    "rubric-level-unknown",
    Severity.ERROR,
    Text("沒有「{id}」這個等第。", "There is no level “{id}”."),
    Text("descriptors 的鍵要是 levels 裡的 id。", "The keys of descriptors are ids of levels."),
)

Number = StrictInt | StrictFloat


class LevelFile(FileModel):
    """One level."""

    id: ShortName = Field(description="短名，例如 excellent。Short name.")
    name: Name = Field(description="等第名稱，例如 傑出。Name of the level.")
    scores: tuple[Number, Number] = Field(description="分數範圍 [低, 高]。Score range [low, high].")


class DimensionFile(FileModel):
    """One dimension."""

    id: ShortName = Field(description="短名，例如 record。Short name.")
    name: Name = Field(description="向度名稱。Name of the dimension.")
    weight: Annotated[Number, Field(ge=0, le=100)] = Field(description="權重，各向度合計 100。Weight; all add up to 100.")
    groups: tuple[Group, ...] = Field((), description="看哪些部分。Sections that it looks at.")
    descriptors: dict[StrictStr, Name] = Field(default_factory=dict, description="各等第的說明，鍵是等第的 id。Descriptors by level id.")


class DifferenceFile(FileModel):
    """When two raters differ so much that a third look is needed (差分檢核)."""

    total: Annotated[Number, Field(gt=0, le=100)] = Field(15, description="總分相差超過幾分。Totals apart by more than.")
    levels: Annotated[StrictInt, Field(ge=1)] = Field(2, description="同一向度相差幾個等第以上。Levels apart in one dimension, at least.")
    rater_means: Annotated[Number, Field(gt=0, le=100)] = Field(10, description="評分者平均相差超過幾分。Rater means apart by more than.")
    ties_at_cut: StrictBool = Field(True, description="是否列出錄取線上同分者。Whether ties at the cut are listed.")


class RubricFile(FileModel):
    """rubrics/<name>.toml."""

    name: Name = Field(description="尺規名稱。Name of the rubric.")
    levels: tuple[LevelFile, ...] = Field(min_length=2, max_length=9, description="等第，由高到低。Levels from best to least.")
    dimensions: tuple[DimensionFile, ...] = Field(min_length=1, description="向度。Dimensions.")
    raters: Annotated[StrictInt, Field(ge=1, le=9)] = Field(2, description="每份至少幾位評分者。Raters of each dossier at least.")
    difference: DifferenceFile = Field(default_factory=lambda: DifferenceFile.model_validate({}), description="差分檢核。Difference check.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A level of a rubric."""

    id: str
    """Short name."""
    name: Text
    """傑出, 優, 佳, 可, 不佳."""
    low: float
    """Least score."""
    high: float
    """Highest score."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """A dimension of a rubric."""

    id: str
    """Short name."""
    name: Text
    """修課紀錄, 課程學習成果 …"""
    weight: float
    """Percent of the total."""
    groups: tuple[Group, ...]
    """Sections that it looks at."""
    descriptors: tuple[tuple[str, Text], ...]
    """Level id and what it means here, in the levels' order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rubric:
    """A validated rubric."""

    id: str
    """File name without ending."""
    name: Text
    """What people call it."""
    levels: tuple[Level, ...]
    """From best to least."""
    dimensions: tuple[Dimension, ...]
    """In the order in which the desk shows them; weights add up to 100."""
    raters: int
    """Raters of each dossier at least."""
    max_total_difference: float
    """Totals further apart are listed by the difference check."""
    level_difference: int
    """So many levels apart in one dimension are listed."""
    max_rater_mean_difference: float
    """Rater means further apart are listed."""
    ties_at_cut: bool
    """Whether ties at the cut are listed."""


def load_rubrics(folder: Path) -> tuple[Mapping[str, Rubric], tuple[Problem, ...]]:
    """Return every rubric of rubrics/*.toml that is sound, and all faults; where a university has no `default`, the shipped one stands in."""
    rubrics: dict[str, Rubric] = {}
    problems: list[Problem] = []
    paths = {path.stem: path for path in sorted((folder / "rubrics").glob("*.toml"))}
    paths.setdefault("default", data_folder("site_config") / "rubrics" / "default.toml")
    for path in paths.values():
        name = f"rubrics/{path.name}"
        data, found = read_toml(path, name)
        if data is not None:
            file, found = check_shape(RubricFile, data, name, {"name": path.stem})
            found += tuple(rule_problems(file, name)) if file else ()
            if file is not None and not found:
                rubrics[path.stem] = _rubric(file, path.stem)
        problems += found
    return rubrics, tuple(problems)


def rule_problems(file: RubricFile, name: str) -> Iterator[Problem]:
    """Weights add up to 100, ranges descend without overlap, ids once, descriptors of known levels."""
    total = sum(dimension.weight for dimension in file.dimensions)
    if abs(total - 100) > 1e-6:
        yield RUBRIC_WEIGHTS.at(Where(file=name, path="dimensions"), total=f"{total:g}")
    floor = float("inf")
    for index, level in enumerate(file.levels):
        low, high = level.scores
        if low > high or high >= floor:
            yield RUBRIC_RANGE.at(Where(file=name, path=f"levels[{index}].scores"), low=low, high=high)
        floor = low
    for key, ids in (("levels", [level.id for level in file.levels]), ("dimensions", [dimension.id for dimension in file.dimensions])):
        for index, its_id in enumerate(ids):
            if its_id in ids[:index]:
                yield RUBRIC_TWICE.at(Where(file=name, path=f"{key}[{index}].id"), id=its_id)
    levels = {level.id for level in file.levels}
    for index, dimension in enumerate(file.dimensions):
        for unknown in sorted(dimension.descriptors.keys() - levels):
            yield RUBRIC_LEVEL.at(Where(file=name, path=f"dimensions[{index}].descriptors.{unknown}"), id=unknown)


def _rubric(file: RubricFile, stem: str) -> Rubric:
    levels = tuple(Level(id=row.id, name=as_text(row.name), low=row.scores[0], high=row.scores[1]) for row in file.levels)
    return Rubric(
        id=stem,
        name=as_text(file.name),
        levels=levels,
        dimensions=tuple(_dimension(row, levels) for row in file.dimensions),
        raters=file.raters,
        max_total_difference=file.difference.total,
        level_difference=file.difference.levels,
        max_rater_mean_difference=file.difference.rater_means,
        ties_at_cut=file.difference.ties_at_cut,
    )


def _dimension(row: DimensionFile, levels: tuple[Level, ...]) -> Dimension:
    descriptors = tuple((level.id, as_text(row.descriptors[level.id])) for level in levels if level.id in row.descriptors)
    return Dimension(id=row.id, name=as_text(row.name), weight=row.weight, groups=row.groups, descriptors=descriptors)


def rubric_sha256(rubric: Rubric) -> str:
    """Fingerprint of what raters mark by: the desk writes it into their files, merging compares it."""
    return canonical_sha256(rubric)
