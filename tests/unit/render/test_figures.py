"""Figures: the same scale for everybody, words for everything, nothing that a strict CSP forbids."""

import itertools
from dataclasses import replace

import pytest

from reviewer.model.dates import Semester
from reviewer.render.figures.semesters import columns
from reviewer.render.figures.standing import standing_figure
from reviewer.render.figures.timeline import timeline_figure
from reviewer.render.words import PLAIN
from tests import factories
from tests.pages import Page


def test_every_applicant_of_a_year_has_the_same_columns() -> None:
    expected = tuple(Semester(year, term) for year in (112, 113, 114) for term in (1, 2))
    assert columns(115, []) == columns(115, factories.SEMESTERS) == expected


def test_an_earlier_year_adds_its_columns() -> None:
    assert columns(115, [Semester(111, 2)])[:2] == (Semester(111, 1), Semester(111, 2))


def test_a_year_that_cannot_be_one_adds_nothing() -> None:
    assert len(columns(115, [Semester(6, 1), Semester(211, 1)])) == 6


def test_standing_is_said_in_words_and_as_a_table() -> None:
    figure = standing_figure(factories.dossier())
    assert (
        '<desc id="figure-standing-desc">校：112 上 前 24.1 %，112 下 前 19.8 %，113 上 前 26.0 %，113 下 前 16.5 %，114 上 前 13.6 %；'
        in figure.wide
    )
    assert [cell.plain for cell in figure.rows[0]] == [
        "112 學年度第 1 學期",
        "前 24.1 % · 母體 412 人",
        "前 23.0 % · 母體 405 人",
        "前 40.2 % · 母體 38 人",
    ]
    assert [cell.plain for cell in figure.rows[5]] == ["114 學年度第 2 學期", "—", "—", "—"]


def test_lines_end_in_direct_labels_that_do_not_touch() -> None:
    page = Page(standing_figure(factories.dossier()).wide)
    labels = [one for one in page.all("text") if one.attributes["font-size"] == "13"]
    heights = sorted(float(one.attributes["y"]) for one in labels)
    assert len(heights) == 3
    assert all(below - above >= 16 for above, below in itertools.pairwise(heights))


@pytest.mark.parametrize("semester", [Semester(114, 0), Semester(104, 1), Semester(117, 1)])
def test_a_semester_without_a_column_is_in_the_record_and_not_in_the_figure(semester: Semester) -> None:
    whole = factories.dossier()
    assert whole.record is not None
    odd = replace(whole.record.semesters[0], semester=semester)
    record = replace(whole.record, semesters=(*whole.record.semesters, odd))
    assert standing_figure(factories.dossier(record=record)) == standing_figure(whole)


def test_a_line_does_not_cross_a_gap() -> None:
    page = Page(standing_figure(factories.dossier()).wide)
    counts = [len(one.attributes["points"].split()) for one in page.all("polyline")]
    assert counts == [5, 3, 5]


def test_without_a_record_the_frame_stays_and_says_so() -> None:
    figure = standing_figure(factories.dossier(record=None))
    assert (figure.empty, figure.caption) == (True, "沒有可推估的相對表現。")
    assert len(Page(figure.wide).all("line")) == 5


def test_the_timeline_has_a_row_for_every_slot_filled_or_not() -> None:
    words = Page(timeline_figure(factories.dossier(), PLAIN).wide).text
    assert [label for label in ("B–D", "F", "H", "J", "L", "＋") if label in words] == ["B–D", "F", "H", "J", "L", "＋"]
    assert "J-2" in words


def test_the_timeline_says_each_item_with_its_date_and_source() -> None:
    rows = [[cell.plain for cell in row] for row in timeline_figure(factories.dossier(), PLAIN).rows]
    assert rows[0] == ["BE-1", "探究與實作：水的旅行", "112 學年度第 2 學期", "學生填報・教師認證（教師已認證）"]
    assert ["H-1", "高一 3 班", "112.09.01–113.01.20", "學校紀錄"] in rows


def test_many_items_of_one_semester_get_lines_of_their_own() -> None:
    dossier = factories.dossier()
    section = dossier.sections[2]
    slot = section.slots[2]
    many = tuple(replace(slot.entries[0], id=f"J-{number}") for number in range(1, 9))
    sections = tuple(replace(one, slots=(replace(slot, entries=many),)) if one is section else one for one in dossier.sections)
    figure = timeline_figure(replace(dossier, sections=sections), PLAIN)
    for drawing in (figure.wide, figure.narrow):
        places = [(one.attributes["x"], one.attributes["y"]) for one in Page(drawing).all("text")]
        assert len(places) == len(set(places))


def test_drawings_carry_no_style_and_name_their_font() -> None:
    dossier = factories.dossier()
    timeline = timeline_figure(dossier, PLAIN)
    for drawing in (standing_figure(dossier).wide, timeline.wide, timeline.narrow):
        (svg,) = Page(drawing).all("svg")
        assert svg.attributes["font-family"].startswith("Reviewer Text")
        assert svg.attributes["role"] == "img"
        assert all("style" not in one.attributes for one in Page(drawing).elements)
