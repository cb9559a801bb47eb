"""The desk in Chromium, from file://: one page, hash addresses, dossiers in frames that talk by messages, everything by keyboard."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Frame, Page, expect

from tests.browser.conftest import Opener
from tests.desk import NUMBERS, write_desk

FIRST, SECOND, THIRD = NUMBERS[:3]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_desk(tmp_path_factory.mktemp("desk"))


def open_at(opened: Opener, desk: Path, route: str = "", *, width: int = 1440) -> Page:
    page = opened.page(desk / "index.html", width=width)
    page.wait_for_selector("html.desk-on")
    if route:
        page.evaluate("hash => { location.hash = hash }", route)
    return page


def shown(page: Page, number: str) -> Frame:
    """The frame that shows a dossier, once it can be read."""
    page.wait_for_selector(f'iframe[data-shown][src^="{number}/"]')
    frame = page.locator("iframe[data-shown]").element_handle().content_frame()
    assert frame is not None
    frame.wait_for_selector("html.in-desk #cover")
    page.wait_for_function("number => Reviewer.desk.reading.frames.frames.get(number)?.ready", arg=number)
    return frame


def reads(page: Page, anchor: str) -> None:
    page.wait_for_function("anchor => Reviewer.desk.place()?.anchor === anchor", arg=anchor)


def queue(page: Page) -> list[str]:
    found: list[str] = page.evaluate("Array.from(document.querySelectorAll('#queue-list > li'), row => row.dataset.number)")
    return found


def test_nothing_leaves_the_folder_and_nothing_is_said_on_the_console(desk: Path, opened: Opener) -> None:
    page = open_at(opened, desk, "#/cohort")
    page.wait_for_function("() => document.documentElement.dataset.view === 'cohort'")
    page.evaluate("location.hash = '#/guide'")
    page.wait_for_function("() => document.documentElement.dataset.view === 'guide'")
    page.evaluate("hash => { location.hash = hash }", f"#/d/{FIRST}/J-1")
    shown(page, FIRST)
    page.wait_for_function("number => Reviewer.desk.reading.frames.frames.get(number)?.ready", arg=SECOND)
    page.evaluate("hash => { location.hash = hash }", f"#/compare/{FIRST},{SECOND}/s-J")
    page.wait_for_function(
        "() => [...Reviewer.desk.compare.columns.values()].filter(each => [...each.frames.frames.values()][0].ready).length === 2"
    )
    assert opened.complaints == []
    assert [url for url in opened.requests if not url.startswith(desk.as_uri())] == []


def test_the_list_opens_dossiers_in_the_desk(desk: Path, opened: Opener) -> None:
    page = open_at(opened, desk)
    page.locator("table.cohort th a").nth(1).click()
    shown(page, SECOND)
    assert page.evaluate("location.hash").startswith(f"#/d/{SECOND}")
    expect(page.locator("#desk-read h1")).to_contain_text(SECOND)


def test_a_deep_link_leads_to_applicant_section_item_and_page(desk: Path, opened: Opener) -> None:
    for anchor in ("s-J", "J-1", "BE-1a-p2"):
        page = opened.page(desk / "index.html")
        page.goto((desk / "index.html").as_uri() + f"#/d/{THIRD}/{anchor}")
        page.reload()
        frame = shown(page, THIRD)
        reads(page, anchor)
        frame.wait_for_function("anchor => Math.abs(document.getElementById(anchor).getBoundingClientRect().top - 24) < 3", arg=anchor)


def test_back_and_forward_walk_through_what_was_opened(desk: Path, opened: Opener) -> None:
    page = open_at(opened, desk, f"#/d/{FIRST}")
    shown(page, FIRST)
    page.keyboard.press("J")
    shown(page, SECOND)
    page.evaluate("location.hash = '#/cohort'")
    expect(page.locator("#desk-cohort")).to_be_visible()
    page.go_back()
    shown(page, SECOND)
    page.go_back()
    shown(page, FIRST)
    page.go_forward()
    shown(page, SECOND)


def test_links_within_a_dossier_are_steps_of_the_same_history(desk: Path, opened: Opener) -> None:
    page = open_at(opened, desk, f"#/d/{FIRST}")
    frame = shown(page, FIRST)
    frame.click(".rail a[href='#s-N']")
    reads(page, "s-N")
    page.wait_for_function("() => location.hash.endsWith('/s-N')")
    frame.click(".rail a[href='#s-J']")
    reads(page, "s-J")
    page.go_back()
    reads(page, "s-N")


def test_keys_work_wherever_the_focus_is(desk: Path, opened: Opener) -> None:
    page = open_at(opened, desk, f"#/d/{FIRST}")
    frame = shown(page, FIRST)
    frame.wait_for_function("() => document.hasFocus()")
    page.keyboard.press("j")
    reads(page, "s-A")
    page.keyboard.press("j")
    reads(page, "s-B-C-D")
    page.keyboard.press("j")
    reads(page, "BE-1")
    page.keyboard.press("k")
    reads(page, "s-B-C-D")
    page.keyboard.press("g")
    page.keyboard.press("n")
    reads(page, "s-N")
    page.keyboard.press("Escape")
    page.wait_for_function("number => document.activeElement.closest('li')?.dataset.number === number", arg=FIRST)
    page.keyboard.press("g")
    page.keyboard.press("J")
    reads(page, "s-J")
    page.keyboard.press("J")
    shown(page, SECOND)
    page.keyboard.press("K")
    shown(page, FIRST)


def test_letters_are_letters_while_one_types(desk: Path, opened: Opener) -> None:
    page = open_at(opened, desk, f"#/d/{FIRST}")
    shown(page, FIRST)
    page.locator("#queue-options summary").click()
    page.locator("#queue-number").click()
    page.keyboard.type("J0")
    assert page.locator("#queue-number").input_value() == "J0"
    assert page.evaluate("Reviewer.desk.current()") == FIRST


def test_the_queue_is_worked_through_by_arrows_and_enter(desk: Path, opened: Opener) -> None:
    page = open_at(opened, desk)
    page.keyboard.press("Escape")
    page.wait_for_function("number => document.activeElement.closest('li')?.dataset.number === number", arg=FIRST)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    shown(page, THIRD)


def test_all_keys_are_listed_with_words(desk: Path, opened: Opener) -> None:
    page = open_at(opened, desk, f"#/d/{FIRST}")
    shown(page, FIRST)
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    listed = page.evaluate("Array.from(document.querySelectorAll('#keys-list kbd'), key => key.textContent)")
    held = page.evaluate("Reviewer.keys.all().filter(each => each.words).length")
    assert len(listed) == held
    assert {"j", "k", "J", "K", "g A", "r", "o", "/", "[", "]", "Esc", "?", "1", "n", "e", "f"} <= set(listed)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


TOP_OF = "anchor => document.getElementById(anchor).getBoundingClientRect().top"
"""Where something stands in the window: what stands far above it is not laid out, so its distance from the page's beginning may change."""


def test_the_place_in_each_dossier_is_remembered_also_when_the_page_is_loaded_again(desk: Path, opened: Opener) -> None:
    page = open_at(opened, desk, f"#/d/{FIRST}")
    frame = shown(page, FIRST)
    frame.evaluate("document.getElementById('BE-1a-p2').scrollIntoView({behavior: 'instant'})")
    page.wait_for_function("number => Reviewer.desk.placeOf(number)?.anchor === 'BE-1a-p2'", arg=FIRST)
    was = frame.evaluate(TOP_OF, "BE-1a-p2")
    page.keyboard.press("J")
    shown(page, SECOND)
    page.wait_for_function("() => Reviewer.marks.ready.then(store => store.settle()).then(() => true)")
    page.goto("about:blank")
    page.goto((desk / "index.html").as_uri() + f"#/d/{FIRST}")
    frame = shown(page, FIRST)
    frame.wait_for_function(f"was => Math.abs(({TOP_OF})('BE-1a-p2') - was) < 40", arg=was)


def test_the_next_dossier_is_ready_before_it_is_asked_for(desk: Path, opened: Opener) -> None:
    page = open_at(opened, desk, f"#/d/{FIRST}")
    shown(page, FIRST)
    page.wait_for_function("number => Reviewer.desk.reading.frames.frames.get(number)?.ready", arg=SECOND)
    assert page.evaluate(
        "Array.from(document.querySelectorAll('#desk-frames iframe'), each => [each.hasAttribute('inert'), getComputedStyle(each).visibility])"
    ) == [
        [False, "visible"],
        [True, "hidden"],
    ]


def test_never_more_than_three_dossiers_are_held(desk: Path, opened: Opener) -> None:
    page = open_at(opened, desk, f"#/d/{FIRST}")
    shown(page, FIRST)
    for number in NUMBERS[1:]:
        page.keyboard.press("J")
        shown(page, number)
        page.wait_for_function("() => document.querySelectorAll('#desk-frames iframe').length <= 3")


def test_queue_is_sorted_filtered_and_kept(desk: Path, opened: Opener) -> None:
    page = open_at(opened, desk)
    assert queue(page) == list(NUMBERS)
    page.locator("#queue-options summary").click()
    page.select_option("#queue-type", "夜間部・普通班")
    assert queue(page) == list(NUMBERS[1::2])
    expect(page.locator("#queue-options summary")).to_have_text("依應試號碼排列 · 列出 3 份")
    page.fill("#queue-number", "0010")
    assert queue(page) == ["10210010"]
    page.get_by_role("button", name="全部列出").click()
    assert queue(page) == list(NUMBERS)
    page.select_option("#queue-state", "graded")
    assert queue(page) == []
    expect(page.get_by_text("沒有符合條件的檔案。")).to_be_visible()


def test_the_random_order_follows_its_seed_and_is_shown(desk: Path, opened: Opener) -> None:
    page = open_at(opened, desk)
    page.locator("#queue-options summary").click()
    page.select_option("#queue-order", "random")
    page.fill("#queue-seed", "a1")
    page.keyboard.press("Tab")
    one = queue(page)
    expect(page.locator("#queue-options summary")).to_have_text("隨機順序，種子 a1")
    assert sorted(one) == list(NUMBERS)
    page.fill("#queue-seed", "b2")
    page.keyboard.press("Tab")
    assert queue(page) != one
    page.fill("#queue-seed", "a1")
    page.keyboard.press("Tab")
    assert queue(page) == one
    page.wait_for_function("() => Reviewer.marks.ready.then(store => store.settle()).then(() => true)")
    page.reload()
    page.wait_for_function("() => Reviewer.desk.queue?.choice.order === 'random'")
    assert queue(page) == one


def test_order_does_not_depend_on_who_else_is_there(desk: Path, opened: Opener) -> None:
    page = open_at(opened, desk)
    order = """numbers => Reviewer.desk.ordered(numbers.map(number => ({number})), {order: "random", seed: "x"}, () => ({})).map(each => each.number)"""
    everybody = page.evaluate(order, list(NUMBERS))
    some = page.evaluate(order, list(NUMBERS[:4]))
    assert [number for number in everybody if number in some] == some


@pytest.mark.parametrize(
    ("seconds", "left", "expected"),
    [([600, 600], 10, None), ([600, 660, 0, 540], 10, 6000), ([100, 200, 300, 400], 2, 500)],
    ids=["too few to tell", "those without a time left out", "between the two in the middle"],
)
def test_pace_is_the_median_times_what_is_left(desk: Path, opened: Opener, seconds: list[int], left: int, expected: int | None) -> None:
    page = open_at(opened, desk)
    assert page.evaluate("([seconds, left]) => Reviewer.desk.pace(seconds, left)", [seconds, left]) == expected


def test_compare_shows_the_same_slot_and_scrolls_together(desk: Path, opened: Opener) -> None:
    page = open_at(opened, desk)
    page.locator("#queue-list input").nth(0).check()
    page.locator("#queue-list input").nth(2).check()
    page.get_by_role("button", name="並排比較").click()
    page.wait_for_function("() => location.hash === '#/compare/10210007,10210009/s-A'")
    columns = [next(frame for frame in page.frames if f"/{number}/" in frame.url) for number in (FIRST, THIRD)]
    for frame in columns:
        frame.wait_for_selector("html.one-slot")
        assert frame.evaluate(
            "Array.from(document.querySelectorAll('section[data-slot]')).filter(e => e.getClientRects().length).map(e => e.id)"
        ) == ["s-A"]
    columns[0].evaluate("window.scrollTo({top: 500, behavior: 'instant'})")
    columns[1].wait_for_function("() => Math.abs(scrollY - 500) < 3")
    page.keyboard.press("j")
    page.wait_for_function("() => location.hash.endsWith('/s-B-C-D')")
    for frame in columns:
        frame.wait_for_function("() => document.querySelector('#s-B-C-D').getClientRects().length > 0")
    expect(page.locator("#desk-compare h1")).to_have_text("並排比較：B–D 課程學習成果")


def test_one_applicant_cannot_be_compared(desk: Path, opened: Opener) -> None:
    page = open_at(opened, desk, f"#/compare/{FIRST}/s-A")
    expect(page.get_by_text("並排比較需要兩份到四份檔案。請在左邊的名單勾選，再按「並排比較」。")).to_be_visible()


def test_an_unknown_number_says_so(desk: Path, opened: Opener) -> None:
    page = open_at(opened, desk, "#/d/999")
    expect(page.get_by_text("這個資料夾裡沒有應試號碼 999 的檔案。請從左邊的名單選擇。")).to_be_visible()


def test_figures_have_words_and_tables_and_outline_nobody_unasked(desk: Path, opened: Opener) -> None:
    page = open_at(opened, desk, f"#/d/{SECOND}")
    shown(page, SECOND)
    page.evaluate("location.hash = '#/cohort'")
    expect(page.get_by_text("前百分之幾，每 10 % 一組；共 6 人，無法推估 0 人。").first).to_be_visible()
    assert page.locator("#desk-cohort figure").count() == page.locator("#desk-cohort figure table").count() > 4
    assert page.locator("[data-outline]").count() == 0
    page.get_by_role("button", name=f"標出剛才閱讀的 {SECOND}").click()
    assert page.locator("[data-outline]").count() == 5
    expect(page.get_by_text("還沒有評分。", exact=True)).to_be_visible()


def test_panes_fold_by_key_and_button_and_stay_folded(desk: Path, opened: Opener) -> None:
    page = open_at(opened, desk, f"#/d/{FIRST}")
    frame = shown(page, FIRST)
    frame.wait_for_function("() => document.hasFocus()")
    page.keyboard.press("[")
    expect(page.locator("#queue")).to_be_hidden()
    page.locator("#fold-rubric").click()
    expect(page.locator("#desk-rubric")).to_be_hidden()
    page.wait_for_function("() => Reviewer.marks.ready.then(store => store.settle()).then(() => true)")
    page.reload()
    shown(page, FIRST)
    expect(page.locator("#queue")).to_be_hidden()
    expect(page.locator("#desk-rubric")).to_be_hidden()
    expect(page.locator("#fold-queue")).to_have_attribute("aria-expanded", "false")


def test_on_a_narrow_window_the_panes_are_tabs(desk: Path, opened: Opener) -> None:
    page = open_at(opened, desk, f"#/d/{FIRST}", width=390)
    shown(page, FIRST)
    for name, pane in (("順序", "#queue"), ("評分", "#desk-rubric"), ("檔案", "main")):
        page.locator("#desk-tabs").get_by_role("button", name=name).click()
        assert [each for each in ("#queue", "#desk-rubric", "main") if page.locator(each).is_visible()] == [pane]
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("route", ["", f"#/d/{FIRST}", f"#/compare/{FIRST},{SECOND}/s-O", "#/cohort", "#/guide", "#/search"])
@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing(desk: Path, opened: Opener, route: str, width: int) -> None:
    page = open_at(opened, desk, route, width=width)
    page.wait_for_load_state("networkidle")
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found] == []


def test_messages_of_strangers_are_not_heard(desk: Path, opened: Opener) -> None:
    page = open_at(opened, desk, f"#/d/{FIRST}")
    frame = shown(page, FIRST)
    page.evaluate("window.postMessage({reviewer: 1, type: 'leave', to: 'list'}, '*')")
    page.evaluate("document.querySelector('iframe').contentWindow.postMessage({type: 'go', anchor: 's-N'}, '*')")
    page.keyboard.press("j")
    reads(page, "s-A")
    assert page.evaluate("Reviewer.desk.route().view") == "dossier"
    assert frame.evaluate("document.getElementById('s-A').getBoundingClientRect().top") < 100


def test_without_its_data_the_page_stays_the_list(desk: Path, opened: Opener, tmp_path: Path) -> None:
    for path in desk.iterdir():
        if path.name != "data":
            (tmp_path / path.name).symlink_to(path)
    page = opened.page(tmp_path / "index.html")
    page.wait_for_load_state("load")
    expect(page.locator("table.cohort")).to_be_visible()
    expect(page.locator("#desk-bar")).to_be_hidden()
    assert page.evaluate("document.documentElement.classList.contains('desk-on')") is False


def test_a_dossier_by_itself_is_a_plain_page(desk: Path, opened: Opener) -> None:
    page = opened.page(desk / FIRST / "index.html")
    assert page.evaluate("document.documentElement.classList.contains('in-desk')") is False
    expect(page.locator(".running a")).to_be_visible()
    page.click(".rail a[href='#s-N']")
    assert page.evaluate("location.hash") == "#s-N"
