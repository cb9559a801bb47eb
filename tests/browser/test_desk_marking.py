"""Marking at the real desk, as a reviewer does who has never seen it: what a key gives is seen, what is refused says what to write, nothing is lost out of the list."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from reviewer.model.language import Language
from reviewer.render.view import cohort_row
from reviewer.render.words import Lettering
from tests import factories
from tests.browser.desking import KEPT, VALUES, open_desk, reading, shown
from tests.desk import NUMBERS, write_desk
from tests.pages import write_department

FIRST, SECOND, THIRD = NUMBERS[:3]
RARE = "\ue000"
"""A character that only the school draws."""

FOCUSED = "() => document.activeElement.id || document.activeElement.className || document.activeElement.tagName"
SEEN = """selector => {
  const one = document.querySelector(selector);
  const box = one.getBoundingClientRect();
  const top = document.elementFromPoint(box.left + box.width / 2, box.bottom - 8);
  return Boolean(top) && (one.contains(top) || top.contains(one) || one.parentElement.contains(top));
}"""
"""Whether the lower edge of an element can be seen: nothing stands over it."""

TWO_SIDES = """async (number) => {
  const store = await Reviewer.marks.ready;
  for (const [field, value] of [["level:record", "good"], ["level:outcomes", "good"]]) await store.set(number, field, value);
  const file = structuredClone(store.export());
  for (const versions of Object.values(file.dossiers[number].fields)) Object.assign(versions[0], {value: "fair", by: "d-other", seen: {"d-other": 1}});
  return (await store.import(file)).conflicts.length;
}"""
"""Two levels that another computer gave differently."""

OVERLAPPING = """selector => {
  const boxes = [...document.querySelectorAll(selector)].filter(each => each.checkVisibility() && each.clientWidth > 4).map(each => {
    const range = document.createRange();
    range.selectNodeContents(each);
    return {words: each.textContent.trim(), boxes: [...range.getClientRects()].filter(box => box.width > 1)};
  }).filter(each => each.words);
  const over = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  return boxes.flatMap((one, at) => boxes.slice(at + 1).filter(other => one.boxes.some(a => other.boxes.some(b => over(a, b)))).map(other => `${one.words} / ${other.words}`));
}"""
"""Headings whose words print over each other."""

BROKEN = r"""selector => [...document.querySelectorAll(selector)].filter(each => each.checkVisibility()).flatMap(each => {
  const text = document.createTreeWalker(each, NodeFilter.SHOW_TEXT);
  const found = [];
  while (text.nextNode()) for (const word of text.currentNode.data.matchAll(/[A-Za-z]+/g)) {
    const range = document.createRange();
    range.setStart(text.currentNode, word.index);
    range.setEnd(text.currentNode, word.index + word[0].length);
    if (range.getClientRects().length > 1) found.push(word[0]);
  }
  return found;
})"""
"""English words that go over two lines."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_desk(tmp_path_factory.mktemp("marking"))


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("marking-english")
    letters = Lettering(language=Language.ENGLISH)
    made = [factories.dossier(applicant_number=number) for number in NUMBERS[:2]]
    rows = tuple(cohort_row(one, letters, pdf=False) for one in made)
    write_department(folder, made[0], factories.processed(), rows, language=Language.ENGLISH)
    (folder / NUMBERS[1]).symlink_to(folder / NUMBERS[0])
    return folder


def copied(source: Path, folder: Path, **changes: tuple[str, str]) -> Path:
    """A folder like this one, but for words of its list (`index`) or of its data (`desk`)."""
    (folder / "data").mkdir()
    for path in (*source.iterdir(), *(source / "data").iterdir()):
        target = folder / path.relative_to(source)
        if path.stem in changes and path.is_file():
            target.write_text(path.read_text(encoding="utf-8").replace(*changes[path.stem], 1), encoding="utf-8")
        elif path.name != "data":
            target.symlink_to(path)
    return folder


def listed(page: Page) -> list[str]:
    found: list[str] = page.evaluate("Array.from(document.querySelectorAll('#queue-list > li'), row => row.dataset.number)")
    return found


def route(page: Page, hash_: str) -> None:
    page.evaluate("hash => { location.hash = hash }", hash_)


# ---- what a key gives is seen
@pytest.mark.parametrize("width", [1440, 1100, 390])
def test_a_marking_key_brings_the_rubric_into_sight(context: BrowserContext, desk: Path, width: int) -> None:
    page = reading(context, desk, width=width)
    if width == 1440:
        page.keyboard.press("]")
    expect(page.locator("#desk-rubric")).to_be_hidden()
    page.keyboard.press("2")
    expect(page.locator("#level-record-very-good")).to_be_checked()
    assert page.locator("#level-record-very-good").is_visible()
    page.keyboard.type("s85")
    expect(page.locator("#score-record")).to_have_value("85")
    page.keyboard.press("Escape")
    expect(page.locator("#desk-read")).to_be_visible()
    page.keyboard.type("n2 3")
    expect(page.locator("#note-dossier")).to_have_value("2 3")
    assert page.evaluate(VALUES, FIRST)["level"] == {"record": "very-good"}


def test_behind_the_guide_too(context: BrowserContext, desk: Path) -> None:
    page = reading(context, desk)
    page.get_by_role("tab", name="準備指引").click()
    page.keyboard.type("n2")
    expect(page.locator("#note-dossier")).to_have_value("2")
    expect(page.locator("#note-dossier")).to_be_focused()


def test_no_key_marks_behind_a_dialog_and_the_focus_stays_in_it(context: BrowserContext, desk: Path) -> None:
    page = reading(context, desk)
    assert page.evaluate(TWO_SIDES, FIRST) == 2
    page.click(".saved-open")
    for left in (1, 0):
        page.locator(".saved-panel .conflict button").first.click()
        expect(page.locator(".saved-panel .conflict")).to_have_count(left)
        page.keyboard.press("5")
        assert page.evaluate("document.activeElement.closest('dialog')?.className") == "saved-panel"
    expect(page.locator("#saved-title")).to_be_focused()
    page.fill("#rater-name-panel", "林教授")
    page.keyboard.press("Enter")
    expect(page.locator("#saved-title")).to_be_focused()
    page.keyboard.type("5d")
    assert page.evaluate(VALUES, FIRST)["level"] == {"record": "good", "outcomes": "good"}
    page.keyboard.press("Escape")
    expect(page.locator(".saved-panel")).to_be_hidden()
    assert page.evaluate("Reviewer.desk.route().view") == "dossier"


@pytest.mark.parametrize(("width", "height"), [(1440, 640), (390, 640)])
def test_what_one_writes_stays_in_sight_however_long_it_grows(context: BrowserContext, desk: Path, width: int, height: int) -> None:
    page = reading(context, desk, width=width, height=height)
    page.keyboard.press("n")
    expect(page.locator("#note-dossier")).to_be_focused()
    for line in range(24):
        page.keyboard.type(f"{line}\n")
    page.keyboard.type("end")
    assert page.evaluate(SEEN, "#note-dossier")
    assert page.evaluate(
        "() => { const area = document.activeElement; return area.scrollHeight - area.clientHeight - area.scrollTop < 8; }"
    )


def test_a_character_of_the_schools_own_stands_in_the_heading_of_the_rubric(context: BrowserContext, desk: Path, tmp_path: Path) -> None:
    drawn = '<span class="glyph-missing">1</span>'
    folder = copied(desk, tmp_path, index=("王思源</a>", f"王{drawn}源</a>"), desk=("王思源", f"王{RARE}源"))
    page = reading(context, folder)
    expect(page.locator(".rubric-title .glyph-missing")).to_have_text("1")
    assert page.title() == f"{FIRST} 王〓源 · 水資源及環境工程學系"
    assert RARE not in page.locator("body").inner_text()


# ---- the queue
def test_what_changed_since_it_was_graded_is_told_in_the_queue_until_it_is_confirmed(
    context: BrowserContext, desk: Path, tmp_path: Path
) -> None:
    page = reading(context, desk)
    page.keyboard.type("2c2c2c2c2d")
    expect(page.locator("#queue-progress")).to_have_text("已評 1 / 6")
    page.evaluate(KEPT)
    made = page.evaluate("number => Reviewer.desk.byNumber.get(number).sha256", FIRST)
    page = reading(context, copied(desk, tmp_path, desk=(made, "f" * 64)))
    row = page.locator(f"#queue-list > li[data-number='{FIRST}']")
    expect(page.locator("#queue-progress")).to_have_text("已評 0 / 6，另有 1 份評後有變動")
    expect(row.get_by_text("評後有變動")).to_be_visible()
    expect(row.locator("[data-state] svg")).to_have_count(2)
    page.locator("#queue-options summary").click()
    page.select_option("#queue-state", "graded")
    assert listed(page) == []
    page.select_option("#queue-state", "changed")
    assert listed(page) == [FIRST]
    page.locator("#desk-read-title").click()
    page.keyboard.press("u")
    expect(page.locator("#queue-progress")).to_have_text("已評 1 / 6")
    expect(page.locator("[data-notice=changed]")).to_have_count(0)


def test_what_was_opened_stays_listed_until_the_filter_is_touched(context: BrowserContext, desk: Path) -> None:
    page = reading(context, desk, THIRD)
    page.locator("#queue-options summary").click()
    page.select_option("#queue-state", "unread")
    unread = [number for number in NUMBERS if number != THIRD]
    expect(page.locator("[data-where]")).to_be_empty()
    assert listed(page) == unread
    page.locator("#queue-list a").first.click()
    for at, number in enumerate(unread[:3]):
        shown(page, number)
        page.evaluate(KEPT)
        expect(page.locator("[data-where]")).to_have_text(f"第 {at + 1} / {len(unread)} 份")
        page.keyboard.press("J")
    shown(page, unread[3])
    page.evaluate(KEPT)
    assert listed(page) == unread
    row = page.locator(f"#queue-list > li[data-number='{unread[0]}']")
    expect(row.get_by_text("已不合篩選")).to_be_visible()
    for number in reversed(unread[:3]):
        page.keyboard.press("K")
        shown(page, number)
    expect(page.locator("[data-where]")).to_have_text(f"第 1 / {len(unread)} 份")
    page.select_option("#queue-type", "夜間部・普通班")
    page.select_option("#queue-type", "")
    assert listed(page) == unread[4:]


def test_a_filter_that_nobody_fits_says_so_where_the_list_would_begin(context: BrowserContext, desk: Path) -> None:
    page = open_desk(context, desk)
    page.locator("#queue-options summary").click()
    page.select_option("#queue-state", "graded")
    head = page.locator("#queue-head").bounding_box()
    words = page.get_by_text("沒有符合條件的檔案。").bounding_box()
    assert head
    assert words
    assert words["y"] - head["y"] - head["height"] < 24


def test_a_fifth_for_comparing_says_who_made_room(context: BrowserContext, desk: Path) -> None:
    page = open_desk(context, desk)
    for at in range(5):
        page.locator("#queue-list input").nth(at).check()
    expect(page.locator("#queue-foot p")).to_have_text(f"最多 4 份：選入 {NUMBERS[4]}，移出了 {FIRST}。")
    expect(page.locator("#queue-list input").first).not_to_be_checked()
    page.locator("#queue-list input").nth(4).uncheck()
    expect(page.locator("#queue-foot p")).to_have_text("選了 3 份（最多 4 份）")


def test_the_boxes_tell_who_is_compared_by_a_link(context: BrowserContext, desk: Path) -> None:
    page = open_desk(context, desk, f"#/compare/{FIRST},{THIRD}/s-J")
    page.wait_for_function("() => Reviewer.desk.compare.numbers.length === 2")
    assert page.evaluate("Array.from(document.querySelectorAll('#queue-list input'), box => box.checked)")[:4] == [True, False, True, False]


def test_the_first_seed_is_kept_untouched(context: BrowserContext, desk: Path) -> None:
    page = open_desk(context, desk)
    page.evaluate(KEPT)
    seed = page.evaluate("Reviewer.desk.queue.choice.seed")
    page.wait_for_function("() => Reviewer.desk.settings.get('queue')")
    page.evaluate(KEPT)
    page.reload()
    page.wait_for_function("() => Reviewer.desk.settings.get('queue')")
    assert page.evaluate("Reviewer.desk.queue.choice.seed") == seed


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_order_is_cut_off(context: BrowserContext, desk: Path, english: Path, language: str) -> None:
    page = open_desk(context, english if language == "en" else desk)
    page.locator("#queue-options summary").click()
    for value in page.evaluate("Array.from(document.querySelector('#queue-order').options, option => option.value)"):
        page.select_option("#queue-order", value)
        assert page.evaluate(
            """() => {
              const select = document.querySelector('#queue-order');
              const pen = document.createElement('canvas').getContext('2d');
              pen.font = getComputedStyle(select).font;
              return pen.measureText(select.selectedOptions[0].textContent).width + 36 < select.clientWidth;
            }"""
        )


# ---- addresses and leaving
def test_a_number_that_is_not_there_cannot_be_marked(context: BrowserContext, desk: Path) -> None:
    page = reading(context, desk)
    route(page, "#/d/nix")
    expect(page.locator("#desk-rubric")).to_be_hidden()
    page.keyboard.type("2fd")
    route(page, f"#/d/{FIRST}")
    shown(page, FIRST)
    assert "nix" not in page.evaluate("Reviewer.marks.ready.then(store => store.numbers())")
    assert "nix" not in page.evaluate("Reviewer.marks.ready.then(store => Object.keys(store.export().dossiers))")


def test_every_view_has_a_title_of_its_own(context: BrowserContext, desk: Path) -> None:
    page = open_desk(context, desk)
    titles = [page.title()]
    for address in (f"#/d/{FIRST}", "#/d/nix", f"#/compare/{FIRST}/s-A", f"#/compare/{FIRST},{SECOND}/s-A"):
        route(page, address)
        page.wait_for_function("former => document.title !== former", arg=titles[-1])
        titles.append(page.title())
    assert len(set(titles)) == len(titles)


def test_escape_leads_out_of_an_empty_search_field_and_out_of_the_rubric(context: BrowserContext, desk: Path) -> None:
    page = reading(context, desk)
    page.keyboard.press("/")
    expect(page.locator("#search-field")).to_be_focused()
    page.keyboard.type("x")
    page.keyboard.press("Escape")
    expect(page.locator("#search-field")).to_have_value("")
    expect(page.locator("#search-field")).to_be_focused()
    page.keyboard.press("Escape")
    page.wait_for_function("() => document.activeElement.closest('#queue-list')")
    route(page, f"#/d/{FIRST}")
    shown(page, FIRST)
    for inside in ("#level-record-good", "#rubric-tab", ".rubric-done"):
        page.locator(inside).focus()
        page.keyboard.press("Escape")
        page.wait_for_function("() => document.activeElement.tagName === 'IFRAME'")


# ---- English
def test_headings_of_the_list_never_print_over_each_other(context: BrowserContext, english: Path) -> None:
    page = open_desk(context, english)
    page.evaluate("document.documentElement.dataset.queue = 'open'")
    for width in (1440, 1200, 1000, 850, 700, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.locator("table.cohort").scroll_into_view_if_needed()
        assert (width, page.evaluate(OVERLAPPING, "table.cohort thead th"), page.evaluate(BROKEN, "table.cohort thead th")) == (
            width,
            [],
            [],
        )


def test_no_word_of_the_course_record_is_broken_in_a_narrow_column(context: BrowserContext, english: Path) -> None:
    page = context.new_page()
    page.goto((english / FIRST / "index.html").as_uri())
    page.wait_for_load_state("load")
    for width in (290, 331, 387, 414, 580):
        page.set_viewport_size({"width": width, "height": 800})
        broken = page.evaluate(BROKEN, ".courses :is(th, td), .results :is(dt, dd)")
        assert (width, broken, page.evaluate(OVERLAPPING, ".courses thead th")) == (width, [], [])
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_an_action_is_not_called_done_before_it_is(context: BrowserContext, english: Path) -> None:
    page = reading(context, english)
    expect(page.locator(".rubric-done")).to_have_text("Finish grading d")
    page.keyboard.type("2c2c2c2c2d")
    expect(page.locator(".rubric-done")).to_have_text("Graded d")
    expect(page.locator("#queue-options summary")).to_have_text("Order: Applicant number")
    expect(page.locator("#desk-tabs")).to_contain_text("Dossier")


# ---- a phone
@pytest.mark.parametrize("language", ["zh", "en"])
def test_on_a_phone_most_of_the_window_is_the_dossiers(context: BrowserContext, desk: Path, english: Path, language: str) -> None:
    page = reading(context, english if language == "en" else desk, width=390, height=844)
    page.keyboard.press("2")
    expect(page.locator(".rubric-foot")).to_be_visible()
    foot, sheet = page.locator(".rubric-foot").bounding_box(), page.locator(".rubric-scroll").bounding_box()
    assert foot
    assert sheet
    assert foot["height"] <= 84
    assert sheet["height"] >= 500
    page.locator(".rubric-more").click()
    expect(page.locator(".rubric-missing")).to_be_visible()
    page.locator("#desk-tabs button").nth(1).click()
    frame = page.locator("iframe[data-shown]").bounding_box()
    assert frame
    assert frame["y"] <= 96
    page.locator("#desk-read [data-menu]").click()
    page.locator("#desk-read [data-acts] > [aria-keyshortcuts=x]").click()
    page.locator("#desk-menu").click()
    expect(page.locator("#desk-views a").nth(2)).to_be_visible()
    page.locator("#desk-read [aria-keyshortcuts=J]").click()
    shown(page, SECOND)
    expect(page.locator("#desk-views")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_phone_is_told_in_full_when_something_is_to_be_done(context: BrowserContext, desk: Path) -> None:
    page = reading(context, desk, width=390, height=844)
    expect(page.locator(".saved-line")).to_be_hidden()
    expect(page.locator(".saved-short")).to_have_text("還沒有評分")
    page.keyboard.press("2")
    expect(page.locator(".saved-short")).to_have_text(re.compile(r"^\d\d:\d\d 已存，1 項未存檔$"))
    page.evaluate("() => { IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); }; }")
    page.keyboard.press("3")
    expect(page.locator(".saved-line")).to_be_visible()
    expect(page.locator(".saved-line")).to_contain_text("沒能存進瀏覽器")
    expect(page.locator(".saved-short")).to_be_hidden()
