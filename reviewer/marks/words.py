"""What people are called in tables, and the words that the workbook and the page share."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence

from reviewer.marks.shapes import Conflict, RaterResult, RehearsalRater
from reviewer.model.text import Text, both
from reviewer.selection.rubrics import Rubric

TOTAL = Text("總分", "Total")

NUMBER, RATER, DIMENSION = Text("應試號碼", "Applicant number"), Text("評分者", "Rater"), Text("向度", "Dimension")
MEAN, SPREAD = Text("平均", "Mean"), Text("標準差", "Standard deviation")
"""Heads of tables."""

YES, NO = Text("是", "yes"), Text("否", "no")

KINDS = {
    "total": Text("總分相差", "totals apart"),
    "level": Text("等第相差", "levels apart"),
    "rater-means": Text("評分者平均相差", "rater means apart"),
    "tie": Text("錄取線同分", "tie at the line"),
}
"""Findings of the difference check."""

METRICS = {"ordinal": Text("等第（順序）", "levels, ordinal"), "interval": Text("分數（等距）", "scores, interval")}

_FIELDS = {
    "level": Text("等第", "level"),
    "score": Text("分數", "score"),
    "evidence": Text("依據", "evidence"),
    "note": Text("評語", "note"),
    "flag": Text("標記", "flag"),
    "graded": Text("評完", "done"),
}


def rater_labels(raters: Sequence[RaterResult]) -> dict[str, str]:
    """A label for each rater by id: his name, with the beginning of his id where two have the same."""
    counted = Counter(rater.name for rater in raters)
    return {rater.id: rater.name if counted[rater.name] == 1 else f"{rater.name}（{rater.id[:8]}）" for rater in raters}


def marked_first(rater: RehearsalRater) -> Text:
    """Whether a rater marked the rehearsal's dossiers first, as words."""
    if not rater.started:
        return Text("沒有評試評檔案", "marked none of them")
    return {True: YES, False: NO, None: Text("順序不詳", "order not known")}[rater.first]


def dimension_names(rubric: Rubric) -> Mapping[str, Text]:
    """Names of dimensions by id; the empty id is the total."""
    return {"": TOTAL, **{dimension.id: dimension.name for dimension in rubric.dimensions}}


def level_names(rubric: Rubric) -> Mapping[str, str]:
    """Names of levels by id."""
    return {level.id: level.name.zh for level in rubric.levels}


def field_words(conflict: Conflict, rubric: Rubric) -> Text:
    """A field as people say it: `等第 修課紀錄`."""
    kind, _, rest = conflict.field.partition(":")
    label = _FIELDS.get(kind)
    if label is None:
        return both(conflict.field)
    of = dimension_names(rubric).get(rest.partition(":")[0]) if kind in ("level", "score", "evidence") and rest else None
    beside = of or both(rest)
    return Text(f"{label.zh} {beside.zh}".strip(), f"{label.en} {beside.en}".strip())


def as_words(value: object) -> str:
    """A value as people read it."""
    if isinstance(value, str):
        return value
    if value is None:
        return "（取消）"
    if isinstance(value, dict) and isinstance(value.get("title"), str):
        return str(value["title"])
    return json.dumps(value, ensure_ascii=False)


def value_words(conflict: Conflict, rubric: Rubric, between: str = "／") -> str:
    """The values that stand against each other, levels by their names."""
    names = level_names(rubric) if conflict.field.startswith("level:") else {}
    return between.join(names.get(value, value) for value in conflict.values)
