"""The HTML report: a headline with the verdict, the few figures, then every question with its answer. One file, no script, no network, printable."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reviewer.marks.merging import Merged
from reviewer.marks.plots import Plot, agreement_plot, order_plot, plain, severity_plot, signed
from reviewer.marks.shapes import Cut, Difference, Outcome
from reviewer.marks.statistics import LEAST_DOSSIERS
from reviewer.marks.tables import SHOWN, Table, Words, table
from reviewer.marks.words import (
    KINDS,
    MEAN,
    NUMBER,
    RATER,
    SPREAD,
    TOTAL,
    YES,
    dimension_names,
    field_words,
    marked_first,
    rater_labels,
    value_words,
)
from reviewer.model.problem import Problem
from reviewer.model.text import Text, on_one_line
from reviewer.render.language import filled
from reviewer.selection.pages import page
from reviewer.selection.rubrics import Rubric


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One of the few figures."""

    label: Text
    """What is counted."""
    value: str
    """Number with its unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """All that the template may use."""

    department: Text
    """校系代碼 and name."""
    admission_year: int
    """招生學年度."""
    headline: Text
    """The verdict."""
    figures: tuple[Figure, ...]
    """The few figures."""
    differences: Table
    """The difference check."""
    rules: Text
    """Its rules as a sentence."""
    cut: Text | None
    """The line of admission; None when nobody asked."""
    raters: Table
    """Raters and how far they are."""
    plots: tuple[Plot, ...]
    """Severity, agreement, order."""
    no_plots: tuple[Text, ...]
    """Why one of them is not there."""
    rehearsal: Table | None
    """Raters in the rehearsal and since."""
    changed: Table | None
    """Marks on dossiers that changed; None without a site."""
    open: Table
    """Conflicts and what is missing."""
    totals: Table
    """Dossiers with their totals, by number."""
    problems: tuple[Problem, ...]
    """What was found in the files."""
    least_dossiers: int
    """Dossiers that z-scores need."""
    least_raters: Text
    """Raters that the rubric asks for, as words."""


def report(merged: Merged) -> bytes:
    """The page as one HTML file."""
    return page("report.html", folder="marks", style="marks/report.css", view=report_view(merged))


def report_view(merged: Merged) -> ReportView:
    """The page's view."""
    outcome, rubric = merged.outcome, merged.rubric
    labels = {key: on_one_line(words) for key, words in rater_labels(outcome.raters).items()}
    names = dimension_names(rubric)
    rehearsed = outcome.rehearsal.agreement if outcome.rehearsal else ()
    first = [rater for rater in outcome.raters if not rater.reread]
    drawn = (
        (
            severity_plot(first, labels),
            Text("沒有兩位評分者評過同一份檔案，看不出寬嚴。", "No two raters share a dossier: severity cannot be seen."),
        ),
        (
            agreement_plot(outcome.agreement, rehearsed, names),
            Text("一致性目前無法計算，原因見試算表。", "Agreement cannot be computed yet; the workbook says why."),
        ),
        (
            order_plot(outcome.marks, outcome.raters),
            Text("閱讀順序的資料太少，沒有畫出。", "Too little is known of the order of reading to draw it."),
        ),
    )
    return ReportView(
        department=Text(f"{outcome.department_code} {outcome.department_name}", merged.selection.name.en),
        admission_year=outcome.admission_year,
        headline=headline(outcome),
        figures=_figures(outcome),
        differences=_difference_table(outcome.differences, labels, rubric),
        rules=_rules(rubric),
        cut=_cut_words(outcome.cut),
        raters=_rater_table(outcome, labels),
        plots=tuple(plot for plot, _ in drawn if plot is not None),
        no_plots=tuple(words for plot, words in drawn if plot is None),
        rehearsal=_rehearsal_table(outcome, labels),
        changed=_changed_table(outcome, labels) if outcome.compared_with_site else None,
        open=_open_table(merged, labels, names),
        totals=_total_table(outcome, labels),
        problems=outcome.problems[:SHOWN],
        least_dossiers=LEAST_DOSSIERS,
        least_raters=Text(f"{rubric.raters} 位", filled("{n} {n|rater|raters}", {"n": rubric.raters})),
    )


def headline(outcome: Outcome) -> Text:
    """The verdict as a sentence."""
    raters, dossiers = len(outcome.raters), len(outcome.dossiers)
    enough = sum(result.enough for result in outcome.dossiers)
    again = len(outcome.disputed)
    zh = f"合併了 {raters} 位評分者對 {dossiers} 份檔案的評分；{enough} 份的評分已經足夠"
    en = filled(
        "Marks of {raters} {raters|rater|raters} on {dossiers} {dossiers|dossier|dossiers} were merged; {enough} {enough|is|are} complete",
        {"raters": raters, "dossiers": dossiers, "enough": enough},
    )
    zh += f"，{again} 份需要再閱。" if again else "，沒有需要再閱的檔案。"
    en += f", {again} should be read again." if again else ", none needs to be read again."
    return Text(zh, en)


def _figures(outcome: Outcome) -> tuple[Figure, ...]:
    return (
        Figure(label=Text("評分者", "raters"), value=f"{len(outcome.raters)} 位"),
        Figure(label=Text("檔案", "dossiers"), value=f"{len(outcome.dossiers):,} 份"),
        Figure(label=Text("完整的評分", "complete marks"), value=f"{sum(mark.total is not None for mark in outcome.marks):,} 筆"),
        Figure(label=Text("需要再閱", "to read again"), value=f"{len(outcome.disputed):,} 份"),
        Figure(label=Text("未決的版本", "open conflicts"), value=f"{len(outcome.conflicts):,} 處"),
        Figure(label=Text("沒有併入的檔案", "files left out"), value=f"{len(outcome.refused):,} 個"),
    )


def _rules(rubric: Rubric) -> Text:
    total, levels, means = f"{rubric.max_total_difference:g}", rubric.level_difference, f"{rubric.max_rater_mean_difference:g}"
    return Text(
        f"規則來自校系的評量尺規：總分相差超過 {total} 分；同一向度相差 {levels} 個等第以上；兩位評分者的平均相差超過 {means} 分。",
        filled(
            "By the department's rubric: totals more than {total} {total|point|points} apart; {levels} or more levels apart in one dimension; "
            "means of two raters more than {means} {means|point|points} apart.",
            {"total": total, "levels": levels, "means": means},
        ),
    )


def _cut_words(cut: Cut | None) -> Text | None:
    if cut is None:
        return None
    admitted = filled("{n} {n|is|are} admitted", {"n": cut.admitted})
    if cut.line is None:
        return Text(
            f"錄取 {cut.admitted} 名，但評分完整的檔案還不到這麼多，無法檢查同分。",
            f"{admitted}, but fewer dossiers are complete.",
        )
    if not cut.tied:
        return Text(
            f"錄取 {cut.admitted} 名，最後一名的平均總分是 {cut.line:.2f}，線上沒有同分。",
            f"{admitted}; the line is at {cut.line:.2f}, without ties.",
        )
    numbers = "、".join(map(on_one_line, cut.tied))
    return Text(
        f"錄取 {cut.admitted} 名，最後一名的平均總分是 {cut.line:.2f}；同分的有 {len(cut.tied)} 份，錄取線從中間經過：{numbers}。",
        f"{admitted}; {len(cut.tied)} dossiers share {cut.line:.2f}, and the line falls between them.",
    )


def _difference_table(found: Sequence[Difference], labels: Mapping[str, str], rubric: Rubric) -> Table:
    """A row a dossier, whatever parts its raters; then pairs of raters. English says what and how far; names and figures stand there already."""
    names = dimension_names(rubric)
    lines: dict[str, list[Text]] = {}
    reread: set[str] = set()
    rows: list[tuple[Words, ...]] = []
    for one in found:
        gave = "，".join(f"{labels[rater]} {value}" for rater, value in zip(one.raters, one.values, strict=False))
        if one.kind == "rater-means":
            kind = KINDS[one.kind]
            rows.append((kind, Text(f"{gave}：相差 {one.apart:.2f} 分", f"{one.apart:.2f} apart"), ""))
            continue
        lines.setdefault(one.number, []).append(_apart(one, gave, names[one.dimension], rubric))
        if one.reread:
            reread.add(one.number)
    dossiers = [(number, tuple(said), YES if number in reread else "") for number, said in sorted(lines.items())]
    return table((NUMBER, Text("哪裡不同", "What differs"), Text("已再閱", "Read again")), [*dossiers, *rows])


def _apart(one: Difference, gave: str, name: Text, rubric: Rubric) -> Text:
    """One line on a dossier."""
    if one.kind == "tie":
        return Text(f"{KINDS['tie'].zh}：平均 {one.values[0]}", f"{KINDS['tie'].en}, mean {one.values[0]}")
    if one.kind == "total":
        return Text(f"{TOTAL.zh}：{gave}（{one.apart:.2f} 分）", f"{TOTAL.en}: {one.apart:.2f} apart")
    levels = {level.name.zh: level.name.en for level in rubric.levels}
    values = ", ".join(levels.get(value, value) for value in one.values)
    steps = filled("{n} {n|level|levels}", {"n": f"{one.apart:.0f}"})
    return Text(f"{name.zh}：{gave}（{one.apart:.0f} 個等第）", f"{name.en}: {values}; {steps} apart")


def _rater_table(outcome: Outcome, labels: Mapping[str, str]) -> Table:
    rows: list[tuple[Words, ...]] = []
    for rater in outcome.raters:
        name = Text(f"{labels[rater.id]}（再閱）", "re-reading") if rater.reread else labels[rater.id]
        figures = (f"{rater.started}", f"{rater.complete}", f"{rater.undeclared}", plain(rater.mean), plain(rater.spread))
        rows.append((name, *figures, rater.why_not or "", "、".join(rater.files)))
    heads = (
        RATER,
        Text("評過", "Marked"),
        Text("完整", "Complete"),
        Text("未按評完", "Not declared"),
        MEAN,
        SPREAD,
        Text("標準化", "Standardised"),
        Text("檔案", "Files"),
    )
    return table(heads, rows, (1, 2, 3, 4, 5))


def _rehearsal_table(outcome: Outcome, labels: Mapping[str, str]) -> Table | None:
    if outcome.rehearsal is None:
        return None
    asked = len(outcome.rehearsal.numbers)
    rows = [
        (labels[one.rater], f"{one.marked}／{asked}", marked_first(one), signed(one.severity), signed(one.severity_since))
        for one in outcome.rehearsal.raters
    ]
    heads = (
        RATER,
        Text("完成的試評檔案", "Rehearsal dossiers complete"),
        Text("先打開試評檔案", "Opened them first"),
        Text("試評時與其他人相差", "From the others in rehearsal"),
        Text("正式時與其他人相差", "From the others since"),
    )
    return table(heads, rows, (1, 3, 4))


def _changed_table(outcome: Outcome, labels: Mapping[str, str]) -> Table:
    unknown = Text("評分檔案沒有記下原來的內容，看不出改了哪裡", "the review file does not hold what was there, so that nobody can tell")
    rows = [(one.number, labels[one.rater], "、".join(one.slots) if one.known else unknown) for one in outcome.changed]
    return table((NUMBER, RATER, Text("改過的部分", "What changed")), rows)


def _open_table(merged: Merged, labels: Mapping[str, str], names: Mapping[str, Text]) -> Table:
    outcome, asked = merged.outcome, merged.rubric.raters
    rows: list[tuple[Words, ...]] = []
    for one in outcome.conflicts:
        field, values = field_words(one, merged.rubric), value_words(one, merged.rubric)
        rows.append((Text("兩個版本不同", "two versions differ"), one.number, labels[one.rater], Text(f"{field.zh}：{values}", field.en)))
    for mark in outcome.marks:
        if mark.missing:
            missing = [names[dimension] for dimension in mark.missing]
            where = Text("、".join(name.zh for name in missing), ", ".join(name.en for name in missing))
            rows.append((Text("尚缺評分", "marks missing"), mark.number, labels[mark.rater], where))
    for result in outcome.dossiers:
        if not result.enough:
            count = Text(f"{len(result.totals)} 位，應有 {asked} 位", f"{len(result.totals)} of {asked}")
            rows.append((Text("評分者不足", "too few raters"), result.number, "", count))
    return table((Text("什麼", "What"), NUMBER, RATER, Text("哪裡", "Where")), rows)


def _total_table(outcome: Outcome, labels: Mapping[str, str]) -> Table:
    rows = [
        (
            result.number,
            "；".join(f"{labels[total.rater]} {total.total:.2f}" for total in result.totals) or "–",
            plain(result.mean),
            plain(result.difference),
            signed(result.mean_z, 2),
            "；".join(f"{labels[total.rater]} {total.total:.2f}" for total in result.rereads),
        )
        for result in outcome.dossiers
    ]
    apart, standard = Text("最高減最低", "Highest less lowest"), Text("標準化平均", "Standardised mean")
    return table((NUMBER, TOTAL, MEAN, apart, standard, Text("再閱", "Re-reading")), rows, (2, 3, 4))
