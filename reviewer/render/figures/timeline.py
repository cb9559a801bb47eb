"""Timeline by semester of everything with a date: one mark an item, with its code and its source.

Rows are the department's slots, so every dossier of a department has the same rows; columns are the semesters before admission. The mark's
shape is the source lane (a certified item differs from one that is not); beside it stands the item's own number.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from reviewer.model.codes import Group
from reviewer.model.dates import Semester
from reviewer.model.dossier import Dossier, Entry, SlotState
from reviewer.model.parts import Lane
from reviewer.render import phrases
from reviewer.render.figures import svg
from reviewer.render.figures.semesters import columns, short_label
from reviewer.render.language import N_, Wording
from reviewer.render.shapes.dossier import FigureView
from reviewer.render.views.states import slot_label
from reviewer.render.words import Lettering, Words

_ROW, _TOP, _LEFT = 24, 30, 54
_GROUPS = (Group.OUTCOME, Group.PERFORMANCE)
_LEGEND = N_("標記形狀表示資料來源：■ 學校紀錄　● 學生填報・教師認證　○ 學生填報。")
_MARKS = {
    Lane.SCHOOL: Markup('<rect x="{x0}" y="{y0}" width="8" height="8" fill="currentColor"/>'),
    Lane.CERTIFIED: Markup('<circle cx="{x}" cy="{y}" r="4.4" fill="currentColor"/>'),
    Lane.STUDENT: Markup('<circle cx="{x}" cy="{y}" r="3.7" fill="none" stroke="currentColor" stroke-width="1.5"/>'),
    Lane.APPLICATION: Markup('<path d="M{x} {top}l5 5-5 5-5-5z" fill="none" stroke="currentColor" stroke-width="1.5"/>'),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    label: str
    entries: tuple[Entry, ...]


def timeline_figure(dossier: Dossier, letters: Lettering) -> FigureView:
    """Draw the timeline in its two widths."""
    rows = tuple(
        _Row(label=slot_label(slot), entries=tuple(entry for entry in slot.entries if semester_of(entry)))
        for section in dossier.sections
        for slot in section.slots
        if section.group in _GROUPS and slot.state is not SlotState.NOT_OFFERED
    )
    dated = [entry for row in rows for entry in row.entries]
    shown = columns(dossier.admission_year, [semester_of(entry) for entry in dated])
    say = letters.say
    title = say("各項目的時間")
    desc = say("依學期排列，共 {n} 個學期。", n=len(shown)) + say("；").join(f"{entry.id} {_when(entry, say)}" for entry in dated)
    draw = {
        name: svg.frame(
            figure_id=f"figure-timeline-{name}",
            name=f"figure-timeline-{name}",
            width=width,
            height=_height(rows, shown, width),
            title=title,
            desc=desc,
            body=_body(rows, shown, width, say),
        )
        for name, width in (("wide", 960), ("narrow", 400))
    }
    return FigureView(
        id="timeline",
        caption=say("沒有記載日期的項目。") if not dated else say(_LEGEND),
        wide=draw["wide"],
        narrow=draw["narrow"],
        columns=(say("項目"), say("名稱"), say("時間"), say("來源")),
        rows=tuple(
            (Words(entry.id), letters.words(entry.title), Words(_when(entry, say)), letters.words(_source(entry, say))) for entry in dated
        ),
        empty=not dated,
    )


def semester_of(entry: Entry) -> Semester | None:
    """The semester in which an entry stands: its own, else that of its first or last day."""
    if entry.semester is not None:
        return entry.semester
    day = entry.start or entry.end
    return day.semester if day else None


def _when(entry: Entry, say: Wording) -> str:
    days = [phrases.day_words(day, say) for day in dict.fromkeys((entry.start, entry.end)) if day]
    semester = semester_of(entry)
    return "–".join(days) if days else (phrases.semester_words(semester, say) if semester else "")


def _source(entry: Entry, say: Wording) -> str:
    lane = say.of(entry.lane.label)
    return say("{lane}（{certified}）", lane=lane, certified=say.of(entry.certification.status_text)) if entry.certification else lane


def _lines(row: _Row, shown: tuple[Semester, ...], width: int) -> Mapping[str, tuple[float, int]]:
    """Where each mark of a row stands: x, and the line within the row (from 0) where several share a semester."""
    step = (width - _LEFT) / len(shown)
    room = max(1, int(step // 46))
    placed: dict[str, tuple[float, int]] = {}
    by_semester: dict[Semester, list[Entry]] = {}
    for entry in row.entries:
        semester = semester_of(entry)
        if semester is not None:
            by_semester.setdefault(_within(semester, shown), []).append(entry)
    for semester, entries in by_semester.items():
        start = _LEFT + step * shown.index(semester)
        ordered = sorted(entries, key=_by_day)
        for index, entry in enumerate(ordered):
            placed[entry.id] = (start + 10 + (index % room) * (step - 8) / room, index // room)
    return placed


def _by_day(entry: Entry) -> tuple[str, str]:
    day = entry.start or entry.end
    return (day.western if day else "", entry.id)


def _within(semester: Semester, shown: tuple[Semester, ...]) -> Semester:
    """The column of a semester; a whole year stands in its first term, what lies beyond the columns at their edge."""
    if semester in shown:
        return semester
    first = Semester(semester.year, 1)
    return first if first in shown else shown[0] if semester < shown[0] else shown[-1]


def _row_lines(row: _Row, shown: tuple[Semester, ...], width: int) -> int:
    return 1 + max((line for _x, line in _lines(row, shown, width).values()), default=0)


def _height(rows: tuple[_Row, ...], shown: tuple[Semester, ...], width: int) -> int:
    return _TOP + sum(_ROW * _row_lines(row, shown, width) for row in rows) + 4


def _body(rows: tuple[_Row, ...], shown: tuple[Semester, ...], width: int, say: Wording) -> Markup:
    step = (width - _LEFT) / len(shown)
    bottom = _height(rows, shown, width) - 4
    parts = [svg.text(_LEFT + step * index + 6, 16, short_label(one, say), size=12, opacity="0.75") for index, one in enumerate(shown)]
    parts += [svg.line(_LEFT + step * index, 6, _LEFT + step * index, bottom, opacity="0.1") for index in range(len(shown))]
    top = float(_TOP)
    for row in rows:
        parts.append(svg.line(0, top - 4, width, top - 4, opacity="0.16"))
        parts.append(svg.text(0, top + 13, row.label, size=13))
        parts += [
            _mark(entry, places[entry.id][0], top + 8 + places[entry.id][1] * _ROW)
            for places in (_lines(row, shown, width),)
            for entry in row.entries
        ]
        top += _ROW * _row_lines(row, shown, width)
    return Markup().join(parts)


def _mark(entry: Entry, x: float, y: float) -> Markup:
    shape = _MARKS[entry.lane].format(x=svg.number(x), y=svg.number(y), x0=svg.number(x - 4), y0=svg.number(y - 4), top=svg.number(y - 5))
    return shape + svg.text(x + 9, y + 4.5, entry.id, size=12)
