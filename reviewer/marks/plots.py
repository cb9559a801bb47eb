"""The report's plots: severity of raters, agreement by dimension, marks against the order of reading. One ink, one scale, in two widths."""

import math
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from reviewer.marks.shapes import Agreement, DossierMark, RaterResult
from reviewer.marks.tables import Table, table
from reviewer.marks.words import DIMENSION, MEAN, RATER, SPREAD
from reviewer.model.text import Text, both
from reviewer.render.figures import svg

WIDE, NARROW = 720, 360
"""Widths in px: a desk's screen and paper, and a phone."""

MOST_DOTS = 1500
"""Marks that the plot of the reading order draws one by one; with more, only tenths."""

TENTHS = 10
LEAST_SEVERITY_RANGE = 10
"""Points to each side that the plot of severity shows at least, so that small differences look small."""

SOUND, TENTATIVE = 0.8, 0.667
"""Krippendorff's own lines: from here on conclusions are sound, from here on tentative."""

_ROW, _TOP = 34, 28
_DOT = Markup('<circle cx="{x}" cy="{y}" r="{r}" fill="{fill}" stroke="currentColor" stroke-width="1.5" fill-opacity="{opacity}"/>')


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """A figure in two widths, with the table that says the same."""

    id: str
    """For anchors."""
    title: Text
    """What it shows."""
    caption: Text
    """How to read it."""
    wide: Markup
    """The drawing for desks and paper."""
    narrow: Markup
    """The drawing for phones."""
    table: Table
    """The same as a table."""


def signed(value: float | None, digits: int = 1) -> str:
    """`+2.3`, `−2.3`, `0.0`; a dash for nothing."""
    if value is None:
        return "–"
    rounded = round(value, digits)
    return f"{'+' if rounded > 0 else '−' if rounded < 0 else ''}{abs(rounded):.{digits}f}"


def plain(value: float | None, digits: int = 2) -> str:
    """`74.50`; a dash for nothing."""
    return "–" if value is None else f"{value:.{digits}f}".replace("-", "−")


def severity_plot(raters: Sequence[RaterResult], labels: Mapping[str, str]) -> Plot | None:
    """How far each rater stands from the others on the same dossiers, raters by name; None when nobody shares a dossier."""
    shown = [rater for rater in raters if rater.severity is not None]
    if not shown:
        return None
    reach = max(LEAST_SEVERITY_RANGE, *(5 * math.ceil(abs(rater.severity or 0) / 5) for rater in shown))
    rows = [(labels[rater.id], signed(rater.severity), ((rater.severity or 0, True),)) for rater in shown]
    ticks = [(float(value), signed(value, 0)) for value in (-reach, -reach / 2, 0, reach / 2, reach)]
    return _plot(
        "severity",
        Text("評分寬嚴", "Severity"),
        Text(
            "每位評分者與同一份檔案其他評分者的平均相差幾分；0 是相同，右邊較高，左邊較低。這只是描述，不是評價；不同的人讀到的檔案不同時，差別也可能來自檔案。",
            "How many points each rater lies above (right) or below (left) the others of the same dossiers. A description, not a judgement.",
        ),
        rows,
        (-reach, reach),
        ticks,
        table(
            (RATER, Text("相差", "From the others"), Text("共同評過", "Shared dossiers"), MEAN, SPREAD),
            [(labels[rater.id], signed(rater.severity), f"{rater.shared} 份", plain(rater.mean), plain(rater.spread)) for rater in shown],
            (1, 2, 3, 4),
        ),
    )


def agreement_plot(agreement: Sequence[Agreement], rehearsed: Sequence[Agreement], names: Mapping[str, Text]) -> Plot | None:
    """Alpha by dimension, that of the rehearsal as a ring; None when none can be computed."""
    then = {one.dimension: one.alpha for one in rehearsed}
    if not any(one.alpha is not None for one in (*agreement, *rehearsed)):
        return None
    found = [one.alpha for one in (*agreement, *rehearsed) if one.alpha is not None]
    least = min(0.0, math.floor(min(found) * 5) / 5)
    rows = []
    for one in agreement:
        dots = [(value, filled) for value, filled in ((one.alpha, True), (then.get(one.dimension), False)) if value is not None]
        rows.append((names[one.dimension].zh, plain(one.alpha), tuple(dots)))
    ticks = [(value, f"{value:g}".replace("-", "−")) for value in sorted({least, 0.0, TENTATIVE, SOUND, 1.0})]
    ring = Text("；空心是試評時", "; a ring is the rehearsal's") if rehearsed else both("")
    rehearsal = (Text("試評 α", "in rehearsal"),) if rehearsed else ()
    heads = (DIMENSION, Text("α", "Alpha"), Text("檔案", "Dossiers"), *rehearsal, Text("說明", "Remark"))
    listed = [
        (
            names[one.dimension],
            plain(one.alpha, 3),
            f"{one.dossiers} 份",
            *((plain(then.get(one.dimension), 3),) if rehearsed else ()),
            one.why_not or "",
        )
        for one in agreement
    ]
    return _plot(
        "agreement",
        Text("評分者一致性", "Agreement"),
        Text(
            f"Krippendorff α：1 是完全一致，0 是和隨意評分一樣，負值是比隨意更不一致。0.8 以上通常算可靠，0.667 以上可作初步判斷{ring.zh}。檔案少或彼此相近時，α 會偏低。",
            "Krippendorff's alpha: 1 full agreement, 0 as by chance; 0.8 and above is usually sound, "
            f"0.667 tentative{ring.en}. Few or similar dossiers lower it.",
        ),
        rows,
        (least, 1.0),
        ticks,
        table(heads, listed, range(1, len(heads) - 1)),
    )


def order_plot(marks: Iterable[DossierMark], raters: Sequence[RaterResult]) -> Plot | None:
    """Totals less their rater's mean against the order of reading; None when the order is not known."""
    means = {rater.id: rater.mean for rater in raters if not rater.reread and rater.complete > 1}
    by_rater: dict[str, list[DossierMark]] = {}
    for mark in marks:
        if mark.total is not None and mark.turn is not None and not mark.reread and means.get(mark.rater) is not None:
            by_rater.setdefault(mark.rater, []).append(mark)
    points: list[tuple[float, float]] = []
    for rater, own in sorted(by_rater.items()):
        own.sort(key=lambda mark: (mark.turn, mark.number))
        points += [((place + 0.5) / len(own), (mark.total or 0) - (means[rater] or 0)) for place, mark in enumerate(own)]
    if len(points) < 2 * TENTHS:
        return None
    tenths: list[list[float]] = [[] for _ in range(TENTHS)]
    for share, distance in points:
        tenths[min(TENTHS - 1, int(share * TENTHS))].append(distance)
    middles = [statistics.median(values) if values else None for values in tenths]
    reach = max(LEAST_SEVERITY_RANGE, *(5 * math.ceil(abs(distance) / 5) for _, distance in points))
    rows = tuple(
        (f"{10 * index + 1}–{10 * (index + 1)} %", signed(middle), f"{len(values)} 筆")
        for index, (middle, values) in enumerate(zip(middles, tenths, strict=True))
    )
    title = Text("評分與閱讀順序", "Marks against the order of reading")
    drawings = {width: _order_drawing(points, middles, reach, width, str(title)) for width in (WIDE, NARROW)}
    return Plot(
        id="order",
        title=title,
        caption=Text(
            "橫軸是每位評分者自己的閱讀順序，從第一份到最後一份；縱軸是總分減去他自己的平均。黑點是每十分之一的中位數。順序隨機時應該大致水平；愈讀愈鬆或愈嚴時會傾斜。",
            "Across: each rater's own order of reading; up: his total less his own mean. Black dots are medians of tenths. In a random order they lie level.",
        ),
        wide=drawings[WIDE],
        narrow=drawings[NARROW],
        table=table(
            (Text("閱讀順序", "Order of reading"), Text("中位數與自己平均相差", "Median, from his own mean"), Text("評分", "Marks")),
            rows,
            (1, 2),
        ),
    )


def _plot(
    plot_id: str,
    title: Text,
    caption: Text,
    rows: Sequence[tuple[str, str, Sequence[tuple[float, bool]]]],
    reach: tuple[float, float],
    ticks: Sequence[tuple[float, str]],
    listed: Table,
) -> Plot:
    drawings = {width: _dots(plot_id, str(title), rows, reach, ticks, width) for width in (WIDE, NARROW)}
    return Plot(id=plot_id, title=title, caption=caption, wide=drawings[WIDE], narrow=drawings[NARROW], table=listed)


def _dots(
    plot_id: str,
    title: str,
    rows: Sequence[tuple[str, str, Sequence[tuple[float, bool]]]],
    reach: tuple[float, float],
    ticks: Sequence[tuple[float, str]],
    width: int,
) -> Markup:
    """A row a name, dots along one scale; on a phone the name stands above its row."""
    wide = width == WIDE
    left, right, step = (230, 70, _ROW) if wide else (16, 56, _ROW + 18)
    scale = (width - left - right) / (reach[1] - reach[0])
    height = _TOP + step * len(rows) + 8
    parts = []
    for value, words in ticks:
        x = left + (value - reach[0]) * scale
        parts.append(svg.line(x, _TOP - 8, x, height - 8, opacity="0.5" if value == 0 else "0.18"))
        parts.append(svg.text(x, 14, words, size=12, anchor="middle", opacity="0.75"))
    for index, (name, words, dots) in enumerate(rows):
        y = _TOP + step * index + (step / 2 if wide else step - 14)
        shown = _fitting(name, left - 16 if wide else width - 40)
        parts.append(svg.text(left - 12, y + 5, shown, anchor="end") if wide else svg.text(0, y - 14, shown))
        for value, filled in dots:
            x = left + (value - reach[0]) * scale
            # A ring is drawn larger, so that both are seen where they fall together.
            parts.append(
                _DOT.format(x=svg.number(x), y=svg.number(y), r=5 if filled else 8, fill="currentColor" if filled else "none", opacity=1)
            )
        parts.append(svg.text(width, y + 5, words, anchor="end"))
    said = "；".join(f"{name} {words}" for name, words, _ in rows)
    name = f"plot-{plot_id}-{'wide' if wide else 'narrow'}"
    return svg.frame(figure_id=name, name=name, width=width, height=height, title=title, desc=said, body=Markup().join(parts))


def _fitting(name: str, room_px: int) -> str:
    """A name as far as it fits: Chinese characters are 13 px wide, others about 7.5."""
    needed = 0.0
    for place, character in enumerate(name):
        needed += 13 if ord(character) > 0x2E80 else 7.5
        if needed > room_px:
            return name[: place - 1] + "…"
    return name


def _order_drawing(points: Sequence[tuple[float, float]], middles: Sequence[float | None], reach: float, width: int, title: str) -> Markup:
    height, left, bottom = 280, 48, 28
    across, up = width - left - 8, (height - bottom - 12) / (2 * reach)
    zero = 12 + reach * up
    parts = []
    for value in (-reach, 0, reach):
        parts.append(svg.line(left, zero - value * up, width - 8, zero - value * up, opacity="0.5" if value == 0 else "0.18"))
        parts.append(svg.text(left - 8, zero - value * up + 4, signed(value, 0), size=12, anchor="end", opacity="0.75"))
    if len(points) <= MOST_DOTS:
        parts += [
            Markup('<circle cx="{}" cy="{}" r="2.2" fill="currentColor" fill-opacity="0.22"/>').format(
                svg.number(left + share * across), svg.number(zero - distance * up)
            )
            for share, distance in points
        ]
    parts += [
        _DOT.format(
            x=svg.number(left + (index + 0.5) / TENTHS * across), y=svg.number(zero - middle * up), r=5, fill="currentColor", opacity=1
        )
        for index, middle in enumerate(middles)
        if middle is not None
    ]
    parts += [
        svg.text(left, height - 8, "第一份 first", size=12, opacity="0.75"),
        svg.text(width - 8, height - 8, "最後一份 last", size=12, anchor="end", opacity="0.75"),
    ]
    said = "每十分之一的中位數 / medians of tenths: " + ", ".join(signed(middle) for middle in middles)
    name = f"plot-order-{'wide' if width == WIDE else 'narrow'}"
    return svg.frame(figure_id=name, name=name, width=width, height=height, title=title, desc=said, body=Markup().join(parts))
