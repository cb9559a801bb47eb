"""Dossier and cohort pages in Chromium, from file://: quiet, self-contained, readable at any width, with and without scripts."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]

from tests.browser import everything
from tests.browser.conftest import LONG, Opener
from tests.browser.offline import WATCH

PAGES = ("10210007/index.html", "index.html")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_nothing_is_said_on_the_console_and_nothing_leaves_the_folder(department: Path, opened: Opener, path: str, scripts: bool) -> None:
    page = opened.page(department / path, scripts=scripts)
    page.wait_for_load_state("networkidle")
    assert opened.complaints == []
    assert [url for url in opened.requests if not url.startswith(department.as_uri())] == []


def test_every_picture_is_there(department: Path, opened: Opener) -> None:
    page = opened.page(department / PAGES[0])
    page.evaluate(
        "document.querySelectorAll('details').forEach(d => { d.open = true }); document.querySelectorAll('img').forEach(i => { i.loading = 'eager' })"
    )
    page.wait_for_function("() => Array.from(document.images).every(i => i.complete)")
    assert page.evaluate("Array.from(document.images).filter(i => !i.naturalWidth).map(i => i.src)") == []
    assert opened.complaints == []


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [390, 720, 1000, 1440])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_nothing_is_wider_than_the_window(department: Path, opened: Opener, path: str, width: int, scripts: bool) -> None:
    page = opened.page(department / path, width=width, scripts=scripts)
    page.evaluate(everything.LAY_OUT)
    assert page.evaluate(everything.WIDER) == []


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("width", "dark"), [(390, True), (1440, False)], ids=["narrow and dark", "wide and light"])
def test_axe_finds_nothing(department: Path, opened: Opener, path: str, dark: bool, width: int) -> None:
    page = opened.page(department / path, width=width, dark=dark)
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found] == []


def test_the_typeface_is_the_project_s(department: Path, opened: Opener) -> None:
    page = opened.page(department / PAGES[0])
    page.evaluate("document.fonts.ready")
    assert page.evaluate(
        "Array.from(document.fonts).filter(f => f.status === 'loaded').map(f => f.family.replace(/\"/g, '') + f.weight).sort()"
    ) == [
        "Reviewer Text400",
        "Reviewer Text700",
    ]


def test_a_long_name_is_never_abbreviated(department: Path, opened: Opener) -> None:
    for path in PAGES:
        assert LONG in opened.page(department / path, width=390).locator("main").inner_text()


def test_lines_of_text_have_thirty_four_to_forty_characters(department: Path, opened: Opener) -> None:
    page = opened.page(department / PAGES[0])
    assert 34 <= page.evaluate("document.querySelector('.body').getBoundingClientRect().width / 16") <= 40


def test_without_scripts_reading_view_and_page_both_stand_there(department: Path, opened: Opener) -> None:
    page = opened.page(department / PAGES[0], scripts=False)
    assert page.locator("#BE-1a-p1 .reading").is_visible()
    assert page.locator("#BE-1a-p1 .zoom img").first.is_visible()
    assert page.locator("button:visible").count() == 0


def test_reading_view_and_page_stand_side_by_side_from_1200_px(department: Path, opened: Opener) -> None:
    for width, beside in ((1440, True), (1100, False)):
        page = opened.page(department / PAGES[0], width=width)
        reading, sheet = (page.locator(f"#BE-1a-p1 {one}").bounding_box() for one in (".reading", ".sheet-image"))
        assert reading is not None
        assert sheet is not None
        assert (sheet["x"] > reading["x"] + reading["width"] - 1) is beside


def test_buttons_flip_between_the_views(department: Path, opened: Opener) -> None:
    page = opened.page(department / PAGES[0])
    file = page.locator("#BE-1a")
    reading, image, original = file.locator("#BE-1a-p1 .reading"), file.locator("#BE-1a-p1 .zoom"), file.locator("#BE-1a-p1 .original img")
    shown = []
    for name in ("閱讀", "頁面", "原稿", "並列"):
        file.get_by_role("button", name=name).click()
        shown.append((reading.is_visible(), image.is_visible(), original.is_visible()))
    assert shown == [(True, False, False), (False, True, False), (False, False, True), (True, True, False)]


def test_one_key_flips_the_document_in_view_and_back(department: Path, opened: Opener) -> None:
    page = opened.page(department / PAGES[0])
    page.locator("#BE-1a-p1").scroll_into_view_if_needed()
    page.evaluate("document.getElementById('BE-1a-p1').scrollIntoView()")
    seen = []
    for key in ("r", "r", "o", "o"):
        page.keyboard.press(key)
        seen.append(page.locator("#BE-1a").get_attribute("data-view"))
    assert seen == ["reading", "both", "original", "both"]


def test_a_page_without_reading_view_keeps_its_image_in_the_reading_view(department: Path, opened: Opener) -> None:
    page = opened.page(department / PAGES[0])
    page.locator("#J-2a").get_by_role("button", name="閱讀").click()
    assert page.locator("#J-2a-p1 .zoom").is_visible()
    assert not page.locator("#J-2a-p2 .zoom").is_visible()


def test_a_picture_opens_to_full_size_in_its_place_without_scripts(department: Path, opened: Opener) -> None:
    page = opened.page(department / PAGES[0], scripts=False)
    page.locator("#J-1a .zoom summary").click()
    assert page.locator("#J-1a .zoom-full").is_visible()
    assert not page.locator("#J-1a .zoom summary img").is_visible()
    page.locator("#J-1a .zoom summary").click()
    assert not page.locator("#J-1a .zoom-full").is_visible()


def test_an_address_can_be_copied(department: Path, opened: Opener) -> None:
    page = opened.page(department / PAGES[0])
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    button = page.locator("#J-1 .copy")
    # What the button says passes after two seconds: it is written down as it is said, however slow the machine is to look.
    page.evaluate("""window.said = []; const button = document.querySelector('#J-1 .copy');
        new MutationObserver(() => window.said.push(button.textContent)).observe(button, {childList: true})""")
    button.click()
    page.wait_for_function("() => window.said.includes('已複製')")
    assert (
        page.evaluate("navigator.clipboard.readText()")
        == "https://science-fair.example.edu.tw/64/works/earth/水圳的呼吸?lang=zh-Hant&page=12"
    )


def test_the_rail_marks_what_is_being_read(department: Path, opened: Opener) -> None:
    page = opened.page(department / PAGES[0])
    page.evaluate("document.getElementById('s-J').scrollIntoView({behavior: 'instant'})")
    page.wait_for_function("() => document.querySelector('.rail [aria-current]')?.getAttribute('href') === '#s-J'")


def test_a_component_that_fails_says_so_and_stops_nothing_else(department: Path, opened: Opener) -> None:
    page = opened.page(department / PAGES[0])
    page.evaluate("Reviewer.register('rail', function () { throw new Error('x') }); Reviewer.start(document)")
    assert page.locator(".broken:not([hidden])").all_inner_texts() == ["這項輔助功能無法啟動（rail），內容仍可閱讀。"]


def test_opened_inside_a_zip_it_says_to_extract_first(department: Path, opened: Opener, tmp_path: Path) -> None:
    alone = tmp_path / "index.html"
    alone.write_bytes((department / PAGES[0]).read_bytes())
    page = opened.page(alone)
    assert page.locator("#unzip").is_visible()
    assert page.locator("#unzip").inner_text().endswith("請先將壓縮檔完整解壓縮，再從解開的資料夾開啟。")
    assert page.locator("#broken").is_hidden()
    assert {urlsplit(told.partition(" ")[0]).path.rpartition("/")[0] for told in WATCH.taken()} == {str(tmp_path.parent / "theme")}


def test_that_line_is_not_shown_otherwise(department: Path, opened: Opener) -> None:
    assert not opened.page(department / PAGES[0]).locator("#unzip").is_visible()


def test_the_list_can_be_ordered_by_group_and_back(department: Path, opened: Opener) -> None:
    page = opened.page(department / PAGES[1])
    page.get_by_role("button", name="群科學程").click()
    assert page.locator("th[data-sort=group]").get_attribute("aria-sort") == "ascending"
    page.get_by_role("button", name="應試號碼").click()
    numbers = page.locator("tr[data-applicant]").evaluate_all("rows => rows.map(r => r.dataset.number)")
    assert numbers == sorted(numbers)


def test_the_keyboard_reaches_everything_and_shows_where_it_is(department: Path, opened: Opener) -> None:
    page = opened.page(department / PAGES[0])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_on_paper_the_text_stands_and_the_controls_are_gone(department: Path, opened: Opener) -> None:
    page = opened.page(department / PAGES[0])
    goes = (".rail", ".views", ".copy")
    assert all(page.locator(f"{one}:visible").count() for one in goes)
    page.emulate_media(media="print")
    assert page.locator("#J-1 h4").is_visible()
    for gone in goes:
        assert page.locator(f"{gone}:visible").count() == 0
