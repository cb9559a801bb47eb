"""Relative standing over the semesters: three thin lines with direct labels, the same scale for every applicant, readable in grey.

The vertical axis runs from 0 % (top) to 100 % (bottom) in every dossier; the columns are the semesters before admission. The lines differ by
their dashes and marks, not by hue.
"""

from decimal import Decimal

from markupsafe import Markup

from reviewer.model.dates import Semester
from reviewer.model.dossier import Dossier
from reviewer.model.portfolio import Standing
from reviewer.render import phrases
from reviewer.render.figures import svg
from reviewer.render.figures.semesters import columns, short_label
from reviewer.render.language import CHINESE, N_, Wording
from reviewer.render.shapes.dossier import FigureView
from reviewer.render.words import Words

SCOPES = ("校", "群別", "科班學程別")
"""The three scopes, in fixed order."""

_NOTHING = N_("沒有可推估的相對表現。")
_CAPTION = N_("推估相對表現，單位 %，愈上方愈前面。每位申請人的刻度相同：最上 0\u00a0%，最下 100\u00a0%。")
_DASHES = {"校": "none", "群別": "6 3", "科班學程別": "1.5 3"}
_WIDTH, _HEIGHT = 440, 250
_LEFT, _RIGHT, _TOP, _BOTTOM = 38, 330, 16, 216
_LABEL_GAP = 17
_POLYLINE = Markup(
    '<polyline points="{points}" fill="none" stroke="currentColor" stroke-width="1.6" stroke-dasharray="{dashes}" stroke-linecap="round" stroke-linejoin="round"/>'
)
_MARKS = {
    "校": Markup('<circle cx="{x}" cy="{y}" r="3.4" fill="currentColor"/>'),
    "群別": Markup('<rect x="{x0}" y="{y0}" width="6.4" height="6.4" fill="currentColor"/>'),
    "科班學程別": Markup('<circle cx="{x}" cy="{y}" r="3" fill="none" stroke="currentColor" stroke-width="1.6"/>'),
}

_Points = dict[Semester, Standing]


def standing_figure(dossier: Dossier, say: Wording = CHINESE) -> FigureView:
    """Draw the figure; a frame without lines, and a sentence, where there is nothing to draw."""
    results = dossier.record.semesters if dossier.record else ()
    shown = columns(dossier.admission_year, [result.semester for result in results])
    lines: dict[str, _Points] = {scope: {} for scope in SCOPES}
    for result in results:
        for standing in result.standings:
            # A year without terms and one long ago have no column; the table of the record has them.
            if result.semester is not None and result.semester in shown and standing.scope in lines and standing.percent is not None:
                lines[standing.scope][result.semester] = standing
    empty = not any(lines.values())
    title = say("各學期推估相對表現")
    body = _axes(shown, say) + _curves(lines, shown, say)
    drawing = svg.frame(
        figure_id="figure-standing",
        name="figure-standing",
        width=_WIDTH,
        height=_HEIGHT,
        title=title,
        desc=_describe(lines, say),
        body=body,
    )
    return FigureView(
        id="standing",
        caption=say(_NOTHING) if empty else say(_CAPTION),
        wide=drawing,
        narrow=Markup(),
        columns=(say("學期"), *map(say, SCOPES)),
        rows=tuple(
            (Words(phrases.semester_words(one, say)), *(Words(_cell(lines[scope].get(one), say)) for scope in SCOPES)) for one in shown
        ),
        empty=empty,
    )


def _cell(standing: Standing | None, say: Wording) -> str:
    return phrases.standing_view(standing.scope, standing.percent, standing.distribution, say).sentence if standing else phrases.NO_MARK


def _describe(lines: dict[str, _Points], say: Wording) -> str:
    parts = []
    for scope, points in lines.items():
        values = (say("{semester} 前 {percent} %", semester=short_label(one, say), percent=points[one].percent) for one in sorted(points))
        if points:
            parts.append(say("{scope}：{values}", scope=say(scope), values=say("，").join(values)))
    return say("{parts}。", parts=say("；").join(parts)) if parts else say(_NOTHING)


def _axes(shown: tuple[Semester, ...], say: Wording) -> Markup:
    rows = [
        svg.line(_LEFT, _y(Decimal(percent)), _RIGHT, _y(Decimal(percent)), opacity="0.5" if percent in (0, 100) else "0.18")
        + svg.text(_LEFT - 6, _y(Decimal(percent)) + 4, str(percent), size=12, anchor="end", opacity="0.75")
        for percent in (0, 25, 50, 75, 100)
    ]
    labels = [svg.text(_x(one, shown), _BOTTOM + 20, short_label(one, say), size=12, anchor="middle", opacity="0.75") for one in shown]
    return Markup().join(rows + labels[:: 1 + (len(shown) > 6)])


def _curves(lines: dict[str, _Points], shown: tuple[Semester, ...], say: Wording) -> Markup:
    parts: list[Markup] = []
    for scope, points in lines.items():
        parts += [
            _POLYLINE.format(points=" ".join(_place(points, one, shown) for one in run), dashes=_DASHES[scope])
            for run in _runs(points, shown)
            if len(run) > 1
        ]
        parts += [_mark(scope, _x(semester, shown), _y(points[semester].percent)) for semester in sorted(points)]
    return Markup().join([*parts, *_labels(lines, shown, say)])


def _runs(points: _Points, shown: tuple[Semester, ...]) -> list[list[Semester]]:
    """Neighbouring semesters that have a value: a line never crosses a gap."""
    runs: list[list[Semester]] = [[]]
    for semester in shown:
        if semester in points:
            runs[-1].append(semester)
        elif runs[-1]:
            runs.append([])
    return runs


def _labels(lines: dict[str, _Points], shown: tuple[Semester, ...], say: Wording) -> list[Markup]:
    """Name and last value beside each line's end, moved apart where they would touch."""
    ends = sorted((_y(points[max(points)].percent), index, scope) for index, (scope, points) in enumerate(lines.items()) if points)
    height = float(_TOP)
    placed: list[tuple[float, str]] = []
    for y, _index, scope in ends:
        height = max(y, height + _LABEL_GAP if placed else y)
        placed.append((height, scope))
    excess = max(0.0, placed[-1][0] - _BOTTOM) if placed else 0.0
    edge = max((_x(max(points), shown) for points in lines.values() if points), default=_RIGHT)
    return [svg.text(edge + 12, y - excess + 4, f"{say(scope)} {lines[scope][max(lines[scope])].percent}", size=13) for y, scope in placed]


def _place(points: _Points, semester: Semester, shown: tuple[Semester, ...]) -> str:
    return f"{svg.number(_x(semester, shown))},{svg.number(_y(points[semester].percent))}"


def _mark(scope: str, x: float, y: float) -> Markup:
    return _MARKS[scope].format(x=svg.number(x), y=svg.number(y), x0=svg.number(x - 3.2), y0=svg.number(y - 3.2))


def _x(semester: Semester, shown: tuple[Semester, ...]) -> float:
    step = (_RIGHT - _LEFT) / len(shown)
    return _LEFT + step * (shown.index(semester) + 0.5)


def _y(percent: Decimal | None) -> float:
    return _TOP + (_BOTTOM - _TOP) * float(percent or 0) / 100
