"""Statistics out: workbook, JSON, or a page with tables and plots, by the file's ending."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reviewer.model.canonical import plain
from reviewer.model.text import Text
from reviewer.selection.dry_run import DryRun
from reviewer.selection.exporting import write_by_ending
from reviewer.selection.pages import page
from reviewer.selection.statistics import DepartmentChange, SetStatistics, Statistics
from reviewer.selection.workbooks import Sheet, WordsOrNumber, workbook_bytes

BAR_WIDTH_PX, ROW_PX, LABEL_PX, PLOT_PX = 360, 24, 260, 720
SHOWN_COMBINATIONS = 15
"""Combinations of a group that the page draws; the workbook has them all."""

KINDS = {"new": Text("新增", "new"), "gone": Text("不再列出", "gone"), "changed": Text("有變動", "changed")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar of a plot."""

    label: str
    """What it stands for."""
    words: str
    """Its value in words."""
    top_px: int
    """Place from the top."""
    width_px: float
    """Length; every plot begins at zero and ends at all departments."""
    before_px: float | None
    """Length in the other configuration."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """A bar chart."""

    title: str
    """What it shows."""
    bars: tuple[Bar, ...]
    """From top to bottom."""
    height_px: int
    """Its height."""
    caption: str
    """What is to be seen, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetView:
    """One code set's part of the page."""

    statistics: SetStatistics
    """The counts."""
    plots: tuple[Plot, ...]
    """Codes, then combinations by group."""


def write_statistics(path: Path, statistics: Statistics, trial: DryRun | None) -> None:
    """Write what the ending asks for: .xlsx, .html, .json. Raises `Stop` for another."""
    writers = {
        ".xlsx": lambda: statistics_workbook(statistics, trial),
        ".html": lambda: statistics_page(statistics, trial),
        ".json": lambda: statistics_json(statistics, trial),
    }
    write_by_ending(path, writers)


def statistics_json(statistics: Statistics, trial: DryRun | None) -> bytes:
    """Everything for programs; a code set by its id."""
    sets = [{**plain(row, without={"code_set"}), "code_set": row.code_set.id} for row in statistics.sets]
    data = {"sets": sets, "changes": plain(statistics.changes), "dry_run": plain(trial)}
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8", errors="replace")


def statistics_workbook(statistics: Statistics, trial: DryRun | None) -> bytes:
    """A sheet a question, everything with a filter."""
    sheets = []
    for row in statistics.sets:
        sheets += _set_sheets(row, compared=statistics.compared)
    if statistics.compared:
        headings = ("校系代碼", "校系名稱", "變動", "新採計", "不再採計", "其他")
        rows = [change_cells(change) for change in statistics.changes]
        sheets.append(Sheet(title="與另一年比較", headings=headings, rows=rows, widths=(12, 30, 12, 18, 18, 40)))
    if trial is not None:
        trial_headings = ("校系代碼", "校系名稱", "代碼", "項目", "申請人數", "空白人數", "空白 %", "另一設定的空白人數")
        sheets.append(
            Sheet(
                title="試算",
                headings=trial_headings,
                rows=[trial_cells(trial, index) for index in range(len(trial.trials))],
                widths=(12, 30, 10, 36, 12),
            )
        )
    return workbook_bytes(sheets)


def change_cells(change: DepartmentChange) -> tuple[str, ...]:
    """A change as a row."""
    return (
        change.code,
        change.name.zh,
        KINDS[change.kind].zh,
        "、".join(change.added),
        "、".join(change.removed),
        "；".join(words.zh for words in change.other),
    )


def trial_cells(trial: DryRun, index: int) -> tuple[WordsOrNumber, ...]:
    """A slot of the dry run as a row."""
    row = trial.trials[index]
    before = "" if row.empty_before is None else row.empty_before
    words = (row.department_code, row.department_name.zh, "、".join(row.codes), row.title.zh)
    return (*words, row.applicants, row.empty, round(row.percent, 1), before)


def statistics_page(statistics: Statistics, trial: DryRun | None) -> bytes:
    """The page as one HTML file."""
    return page(
        "statistics.html",
        sets=tuple(_set_view(row, compared=statistics.compared) for row in statistics.sets),
        changes=tuple((change, KINDS[change.kind]) for change in statistics.changes),
        compared=statistics.compared,
        trial=trial,
        total=sum(row.total for row in statistics.sets),
        plot_px=PLOT_PX,
        label_px=LABEL_PX,
        bar_px=BAR_WIDTH_PX,
        row_px=ROW_PX,
    )


def _set_sheets(row: SetStatistics, *, compared: bool) -> list[Sheet]:
    name = row.code_set.name.zh
    codes = [(count.code, count.name.zh, count.departments, round(count.percent, 1), _before(count.before)) for count in row.codes]
    combined = [
        (count.group.label.zh, "、".join(count.codes) or "（不採計）", count.departments, _before(count.before))
        for count in row.combinations
    ]
    heads = tuple(count.code for count in row.codes)
    last = ("另一設定",) if compared else ()
    cut = None if compared else -1
    return [
        Sheet(
            title=f"{name} 各代碼",
            headings=("代碼", "名稱", "校系數", "%", *last),
            rows=[cells[:cut] for cells in codes],
            widths=(8, 48, 10),
        ),
        Sheet(
            title=f"{name} 組合", headings=("部分", "組合", "校系數", *last), rows=[cells[:cut] for cells in combined], widths=(18, 30, 10)
        ),
        Sheet(
            title=f"{name} 各學群",
            headings=("學群", "校系數", *heads),
            rows=[(field.field, field.total, *field.by_code) for field in row.fields],
            widths=(24, 10, 7),
            frozen_columns=1,
        ),
        Sheet(
            title=f"{name} 各年",
            headings=("學年度", "校系數", *heads),
            rows=[(year.year, year.total, *year.by_code) for year in row.years],
            widths=(10, 10, 7),
            frozen_columns=1,
        ),
    ]


def _before(number: int | None) -> WordsOrNumber:
    return "" if number is None else number


def _set_view(row: SetStatistics, *, compared: bool) -> SetView:
    outlined = "；外框是另一設定" if compared else ""
    rows = [(f"{count.code} {count.name.zh}", count.departments, count.before) for count in row.codes]
    most = max(row.codes, key=lambda count: count.departments)
    plots = [_plot("各代碼有多少校系採計", rows, row.total, f"最多的是 {most.code} {most.name.zh}，{most.departments} 個校系{outlined}。")]
    for group in dict.fromkeys(count.group for count in row.combinations):
        found = [count for count in row.combinations if count.group is group]
        shown = [("、".join(count.codes) or "（不採計）", count.departments, count.before) for count in found[:SHOWN_COMBINATIONS]]
        rest = f"，另有 {len(found) - len(shown)} 種組合見試算表" if len(found) > len(shown) else ""
        plots.append(_plot(f"{group.label.zh}的組合", shown, row.total, f"共 {len(found)} 種組合{rest}{outlined}。"))
    return SetView(statistics=row, plots=tuple(plots))


def _plot(title: str, rows: Sequence[tuple[str, int, int | None]], total: int, caption: str) -> Plot:
    scale = BAR_WIDTH_PX / max(total, *(before or 0 for _, _, before in rows), 1)
    bars = tuple(
        Bar(
            label=label if len(label) <= 19 else label[:18] + "…",
            words=f"{number}（{100 * number / total:.1f} %）",
            top_px=index * ROW_PX,
            width_px=round(number * scale, 1),
            before_px=None if before is None else round(before * scale, 1),
        )
        for index, (label, number, before) in enumerate(rows)
    )
    return Plot(title=title, bars=bars, height_px=len(bars) * ROW_PX + 4, caption=caption)
