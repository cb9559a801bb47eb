"""What each key of the desk does, and what the queue, the figures and the comparison show once there are marks. Chromium, the real desk."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.desking import CRITERIA, KEPT, graded, open_desk, shown
from tests.browser.everything import FRAMES
from tests.desk import THIRTY

FIRST, SECOND, THIRD, FOURTH, FIFTH = THIRTY[:5]
OPENING, CLOSING = 'Reviewer.give("desk", ', ");\n"
GROUPS = ("機械群", "普通群・普通科", "設計群")
QUEUE = "() => [...document.querySelectorAll('#queue-list > li')].map((row) => row.dataset.number)"
VIEW = "(anchor) => document.getElementById(anchor).getAttribute('data-view')"
PLACE = "(anchor) => Reviewer.desk.place()?.anchor === anchor"


@pytest.fixture(scope="module")
def desk(thirty: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The thirty, of three groups in turn."""
    folder = tmp_path_factory.mktemp("acts")
    for path in thirty.iterdir():
        if path.name != "data":
            (folder / path.name).symlink_to(path)
    data: dict[str, Any] = json.loads((thirty / "data" / "desk.js").read_text(encoding="utf-8").removeprefix(OPENING).removesuffix(CLOSING))
    for at, dossier in enumerate(data["dossiers"]):
        dossier["group"] = GROUPS[at % len(GROUPS)]
    (folder / "data").mkdir()
    (folder / "data" / "desk.js").write_text(OPENING + json.dumps(data, ensure_ascii=False) + CLOSING, encoding="utf-8")
    return folder


@pytest.fixture
def page(context: BrowserContext, desk: Path) -> Page:
    """The desk, the first dossier open."""
    made = open_desk(context, desk, f"#/d/{FIRST}")
    shown(made, FIRST)
    return made


def options(page: Page) -> None:
    page.locator("#queue-options summary").click()


def test_r_and_o_change_the_view_of_the_paper_that_is_read(page: Page) -> None:
    frame = shown(page, FIRST)
    page.evaluate("hash => { location.hash = hash }", f"#/d/{FIRST}/BE-1a-p1")
    page.wait_for_function(PLACE, arg="BE-1a-p1")
    paper = frame.locator("#BE-1a-p1").evaluate("sheet => sheet.closest('[data-view]').id")
    whole = frame.evaluate(VIEW, paper)
    for focus in ("the dossier", "the queue"):
        if focus == "the queue":
            page.keyboard.press("Escape")
            expect(page.locator(f"#queue-list li[data-number='{FIRST}'] a")).to_be_focused()
        for key, view in (("r", "reading"), ("o", "original"), ("o", whole), ("r", "reading"), ("r", whole)):
            page.keyboard.press(key)
            frame.wait_for_function(f"([anchor, view]) => ({VIEW})(anchor) === view", arg=[paper, view])


def test_a_note_on_the_item_that_is_read_is_kept_with_it(page: Page) -> None:
    page.evaluate("hash => { location.hash = hash }", f"#/d/{FIRST}/J-1")
    page.wait_for_function(PLACE, arg="J-1")
    page.keyboard.type("Nwhy?")
    expect(page.locator("#note-J-1")).to_be_focused()
    expect(page.locator("#note-J-1")).to_have_value("why?")
    page.evaluate(KEPT)
    assert page.evaluate("async number => (await Reviewer.marks.ready).values(number).note", FIRST) == {"J-1": "why?"}
    page.keyboard.press("Escape")
    page.keyboard.press("J")
    shown(page, SECOND)
    expect(page.locator("#note-J-1")).to_have_count(0)
    page.keyboard.press("K")
    expect(page.locator("#note-J-1")).to_have_value("why?")


def test_x_chooses_v_compares_and_y_copies_where_one_is(context: BrowserContext, page: Page, desk: Path) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.keyboard.press("x")
    expect(page.locator("#desk-read [data-acts] button[aria-pressed=true]")).to_contain_text("選入比較")
    page.keyboard.press("x")
    expect(page.locator("#queue-list input:checked")).to_have_count(0)
    page.keyboard.type("xJx")
    expect(page.locator("#queue-list input:checked")).to_have_count(2)
    page.keyboard.type("gJ")
    page.wait_for_function(PLACE, arg="s-J")
    page.keyboard.press("y")
    expect(page.locator("#desk-read [data-acts]").get_by_role("button", name="已複製")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == f"{(desk / 'index.html').as_uri()}#/d/{SECOND}/s-J"
    page.keyboard.press("v")
    page.wait_for_function("hash => location.hash === hash", arg=f"#/compare/{FIRST},{SECOND}/s-J")


def test_four_stand_side_by_side_in_the_same_slot(page: Page) -> None:
    page.keyboard.type("xJxJxJxv")
    page.wait_for_function("hash => location.hash === hash", arg=f"#/compare/{FIRST},{SECOND},{THIRD},{FOURTH}/s-A")
    expect(page.locator("#compare-columns section")).to_have_count(4)
    boxes = [page.locator("#compare-columns section").nth(at).bounding_box() for at in range(4)]
    assert len({round(box["y"]) for box in boxes if box}) == 1
    assert len({round(box["x"]) for box in boxes if box}) == 4
    page.keyboard.press("j")
    for at, number in enumerate((FIRST, SECOND, THIRD, FOURTH)):
        column = page.locator("#compare-columns section").nth(at)
        expect(column.locator("h2")).to_contain_text(number)
        expect(column.frame_locator("iframe").locator("section[data-slot]:visible")).to_have_attribute("id", "s-B-C-D")


def test_the_queue_is_sorted_by_type_group_and_state(page: Page) -> None:
    page.keyboard.type("2JJ" + graded((THIRD,), "d")[0])
    expect(page.locator(f"li[data-number='{THIRD}'] [data-state]")).to_have_attribute("data-state", "graded")
    page.keyboard.press("Escape")
    options(page)
    page.select_option("#queue-order", "type")
    assert page.evaluate(QUEUE) in ([*THIRTY[::2], *THIRTY[1::2]], [*THIRTY[1::2], *THIRTY[::2]])
    page.select_option("#queue-order", "group")
    parts = [list(THIRTY[at::3]) for at in range(3)]
    listed = page.evaluate(QUEUE)
    assert sorted([listed[:10], listed[10:20], listed[20:]]) == sorted(parts)
    page.select_option("#queue-order", "state")
    assert page.evaluate(QUEUE) == [*THIRTY[3:], FIRST, SECOND, THIRD]


def test_in_the_order_of_states_nobody_moves_while_one_marks(page: Page, context: BrowserContext, desk: Path) -> None:
    options(page)
    page.select_option("#queue-order", "state")
    before = page.evaluate(QUEUE)
    first, second, *_, last = before
    page.evaluate("hash => { location.hash = hash }", f"#/d/{first}")
    page.wait_for_function("number => Reviewer.desk.current() === number", arg=first)
    page.keyboard.type(graded((first,), "d")[0] + "J")
    expect(page.locator(f"li[data-number='{first}'] [data-state]")).to_have_attribute("data-state", "graded")
    page.wait_for_function("number => Reviewer.desk.current() === number", arg=second)
    other = open_desk(context, desk, f"#/d/{last}")  # what another window keeps is read whole
    shown(other, last)
    other.keyboard.type(graded((last,), "d")[0])
    expect(page.locator(f"li[data-number='{last}'] [data-state]")).to_have_attribute("data-state", "graded")
    page.evaluate(FRAMES)
    assert page.evaluate(QUEUE) == before
    page.get_by_role("button", name="依現在的狀態重排").click()
    assert page.evaluate(QUEUE)[-2:] == sorted([first, last])


def test_it_is_narrowed_to_a_group_and_to_what_is_flagged_and_a_flag_shows_in_its_row(page: Page) -> None:
    flag = page.locator(f"li[data-number='{SECOND}'] [data-state] svg")
    expect(flag).to_have_count(1)
    page.keyboard.type("Jf")
    expect(flag).to_have_count(2)
    expect(page.locator(f"li[data-number='{SECOND}'] a")).to_contain_text("閱讀中，有旗標，")
    page.evaluate("location.hash = '#/'")
    options(page)
    page.select_option("#queue-group", "設計群")
    assert page.evaluate(QUEUE) == list(THIRTY[2::3])
    page.get_by_role("button", name="全部列出").click()
    page.select_option("#queue-state", "flagged")
    assert page.evaluate(QUEUE) == [SECOND]
    page.get_by_role("button", name="全部列出").click()
    page.evaluate("hash => { location.hash = hash }", f"#/d/{SECOND}")
    page.keyboard.press("f")
    expect(flag).to_have_count(1)


def test_progress_and_pace_are_told_once_three_are_done(page: Page) -> None:
    line = page.locator("#queue-progress")
    expect(line).to_have_text("已評 0 / 30")
    page.evaluate(
        "async numbers => { const store = await Reviewer.marks.ready; await Promise.all(numbers.map((number) => store.touch(number, 600))); }",
        [FIRST, SECOND, THIRD],
    )
    page.keyboard.type(graded((FIRST, SECOND), "d")[0])
    expect(line).to_have_text("已評 2 / 30")
    page.keyboard.type("J" + graded((THIRD,), "d")[0])
    expect(line).to_have_text("已評 3 / 30，依您的速度約還要 4.5 小時")  # 27 times ten minutes


def test_my_marks_are_a_figure_for_each_criterion_once_there_are_some(page: Page) -> None:
    keys, levels = graded((FIRST, SECOND, THIRD))
    page.keyboard.type(keys)
    page.wait_for_function("number => Reviewer.desk.current() === number", arg=THIRD)
    page.evaluate(KEPT)
    page.evaluate("location.hash = '#/cohort'")
    names = {"very-good": "優", "good": "佳", "excellent": "傑出", "fair": "可", "weak": "不佳"}
    figures = page.locator("#desk-cohort figure").filter(has_text="已評 3 份。")
    expect(figures).to_have_count(len(CRITERIA))
    for at, criterion in enumerate(CRITERIA):
        rows = (
            figures.nth(at)
            .locator("table tr")
            .evaluate_all("rows => rows.map((row) => [...row.cells].map((cell) => cell.textContent)).filter((row) => Number(row[1]))")
        )
        given = [names[its[criterion]] for its in levels.values()]
        assert dict(rows) == {name: str(given.count(name)) for name in given}
    expect(page.get_by_text("還沒有評分。", exact=True)).to_have_count(0)
