"""What fails says so where it stands, and the rest of the page works: each script of the theme, each component of the templates, each view of the desk."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from reviewer.render.theme import theme_files
from reviewer.resources import data_folder
from reviewer.selection.themes.contract import theme
from tests.browser.conftest import Opener
from tests.desk import NUMBERS, write_desk

FIRST = NUMBERS[0]
BUNDLES = {"script.js": theme().scripts, "desk.js": theme().desk_scripts}
SCRIPTS = [name for names in BUNDLES.values() for name in names]
MODULES = sorted(
    {name for path in data_folder("templates").rglob("*.html") for name in re.findall(r'data-module="(\w+)"', path.read_text("utf-8"))}
)
HEAD = re.compile(r"^/\* (js/\S+) \*/ try \{\n", re.MULTILINE)
FAIL = 'throw new Error("made to fail");\n'


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_desk(tmp_path_factory.mktemp("whole"))


def beside(desk: Path, folder: Path, **files: str | None) -> Path:
    """The same folder with other files in its theme; None takes one away."""
    (folder / "theme").mkdir()
    for path in desk.iterdir():
        if path.name != "theme":
            (folder / path.name).symlink_to(path)
    changed = {name.replace("_js", ".js"): text for name, text in files.items()}
    for path in (desk / "theme").iterdir():
        if path.name not in changed:
            (folder / "theme" / path.name).symlink_to(path)
    for name, text in changed.items():
        if text is not None:
            (folder / "theme" / name).write_text(text, encoding="utf-8")
    return folder


def bundle(name: str) -> str:
    return theme_files()[name].decode()


def a_dossier_can_be_read(page: Page) -> None:
    """From the list, in the desk or, where it could not start, as the page that it is."""
    page.locator("table.cohort th a").first.click()
    inside = page.locator("html.desk-on").count() > 0
    heading = (page.frame_locator("iframe[data-shown]") if inside else page).locator("#J-1 h4")
    heading.scroll_into_view_if_needed()
    expect(heading).to_be_visible()


def lines(page: Page, name: str) -> int:
    """How many lines that can be seen name what failed."""
    return page.locator(".broken", has_text=f"（{name}）").filter(visible=True).count()


def test_both_lists_are_found() -> None:
    assert [name for text in (bundle("script.js"), bundle("desk.js")) for name in HEAD.findall(text)] == SCRIPTS
    assert {"desk", "rubric", "saved", "search", "look", "rail", "copy", "sort", "attachment"} <= set(MODULES)


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_that_fails_is_named_and_all_others_run(desk: Path, opened: Opener, tmp_path: Path, name: str) -> None:
    def spoilt(file: str) -> str:
        def begin(found: re.Match[str]) -> str:
            return found[0] + (FAIL if found[1] == name else f'(window.ran = window.ran || []).push("{found[1]}");\n')

        return HEAD.sub(begin, bundle(file))

    folder = beside(desk, tmp_path, script_js=spoilt("script.js"), desk_js=spoilt("desk.js"))
    page = opened.page(folder / "index.html")
    expect(page.locator("#broken")).to_be_visible()
    expect(page.locator("#broken span")).to_have_text(name)
    expect(page.locator("#unzip")).to_be_hidden()
    assert page.evaluate("window.ran") == [each for each in SCRIPTS if each != name]
    a_dossier_can_be_read(page)


@pytest.mark.parametrize("name", BUNDLES["script.js"])
def test_a_dossier_by_itself_names_it_too(desk: Path, opened: Opener, tmp_path: Path, name: str) -> None:
    text = HEAD.sub(lambda found: found[0] + (FAIL if found[1] == name else ""), bundle("script.js"))
    page = opened.page(beside(desk, tmp_path, script_js=text) / FIRST / "index.html")
    expect(page.locator("#broken span")).to_have_text(name)
    expect(page.locator("#broken")).to_be_visible()
    expect(page.locator("#J-1 h4")).to_be_visible()


@pytest.mark.parametrize("name", MODULES)
def test_a_component_that_fails_says_so_in_its_place(desk: Path, opened: Opener, tmp_path: Path, name: str) -> None:
    before = f'{{ const {{ start }} = Reviewer; Reviewer.start = (root) => {{ Reviewer.register("{name}", () => {{ {FAIL} }}); start(root); }}; }}\n'
    text = bundle("script.js").replace("/* js/start.js */", f"{before}/* js/start.js */")
    page = opened.page(beside(desk, tmp_path, script_js=text) / "index.html")
    seen = lines(page, name)
    a_dossier_can_be_read(page)
    inside = page.frames[-1] if page.locator("html.desk-on").count() else page.main_frame
    seen += lines(page, name) + inside.locator(".broken", has_text=f"（{name}）").filter(visible=True).count()
    assert seen > 0
    expect(page.locator("#broken")).to_be_hidden()


@pytest.mark.parametrize(
    ("view", "hash_"), [("reading", f"#/d/{FIRST}"), ("compare", f"#/compare/{','.join(NUMBERS[:2])}/s-A"), ("cohort", "#/cohort")]
)
def test_a_view_that_fails_says_so_and_the_others_open(desk: Path, opened: Opener, view: str, hash_: str) -> None:
    page = opened.page(desk / "index.html")
    page.wait_for_selector("html.desk-on")
    page.evaluate("(view) => { Reviewer.desk[view].open = () => { throw new Error('made to fail'); }; }", view)
    page.evaluate("(hash) => Reviewer.desk.to(hash)", hash_)
    line = page.locator("main > .broken")
    expect(line).to_be_visible()
    page.evaluate("() => Reviewer.desk.to('#/')")
    expect(line).to_have_count(0)
    expect(page.locator("table.cohort")).to_be_visible()


@pytest.mark.parametrize("part", ["Queue", "Reading", "Compare", "Cohort"])
def test_a_part_of_the_desk_that_cannot_be_made_is_told_and_the_list_stands(desk: Path, opened: Opener, tmp_path: Path, part: str) -> None:
    mark = "/* js/desk.js */ try {\n"
    text = bundle("desk.js").replace(mark, f"{mark}Reviewer.desk.{part} = class {{ constructor() {{ {FAIL} }} }};\n")
    page = opened.page(beside(desk, tmp_path, desk_js=text) / "index.html")
    if part in ("Queue", "Reading"):
        assert lines(page, "desk") == 1
        expect(page.locator("#desk-bar, #queue, #desk-rubric, #desk-tabs").filter(visible=True)).to_have_count(0)
    else:
        page.evaluate("(hash) => Reviewer.desk.to(hash)", f"#/compare/{','.join(NUMBERS[:2])}/s-A" if part == "Compare" else "#/cohort")
        expect(page.locator("main > .broken")).to_be_visible()
        page.evaluate("() => Reviewer.desk.to('#/')")
    a_dossier_can_be_read(page)


def test_marks_that_cannot_be_opened_are_told_and_one_reads_on(desk: Path, opened: Opener, tmp_path: Path) -> None:
    mark = "/* js/desk.js */ try {\n"
    text = bundle("desk.js").replace(mark, f"{mark}Reviewer.marks.Keeper = class {{ constructor() {{ {FAIL} }} }};\n")
    page = opened.page(beside(desk, tmp_path, desk_js=text) / "index.html")
    expect(page.locator(".broken", has_text="（marks）")).to_be_visible()
    a_dossier_can_be_read(page)


def test_a_desk_whose_script_is_gone_or_cut_short_says_so(desk: Path, opened: Opener, tmp_path: Path) -> None:
    half = bundle("desk.js")[: len(bundle("desk.js")) // 2]
    for at, (text, name) in enumerate(((None, "theme/desk.js"), (half, ""))):
        (tmp_path / str(at)).mkdir()
        page = opened.page(beside(desk, tmp_path / str(at), desk_js=text) / "index.html")
        expect(page.locator("#broken")).to_be_visible()
        expect(page.locator("#broken span")).to_have_text(name)
        assert lines(page, "desk") == 1
        a_dossier_can_be_read(page)


def test_a_desk_whose_data_is_gone_says_so(desk: Path, opened: Opener, tmp_path: Path) -> None:
    for path in desk.iterdir():
        if path.name != "data":
            (tmp_path / path.name).symlink_to(path)
    page = opened.page(tmp_path / "index.html")
    expect(page.locator("#broken span")).to_have_text("data/desk.js")
    expect(page.locator("#broken")).to_be_visible()
    a_dossier_can_be_read(page)


def test_without_the_theme_it_says_to_extract_first_and_nothing_else(desk: Path, opened: Opener, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_bytes((desk / "index.html").read_bytes())
    page = opened.page(tmp_path / "index.html")
    expect(page.locator("#unzip")).to_be_visible()


def test_what_fails_later_is_told_too(desk: Path, opened: Opener) -> None:
    page = opened.page(desk / "index.html")
    expect(page.locator("#broken")).to_be_hidden()
    page.evaluate("() => { document.addEventListener('click', () => { throw new Error('made to fail'); }); document.body.click(); }")
    expect(page.locator("#broken")).to_be_visible()
    box = page.locator("#broken").bounding_box()
    assert box is not None
    assert box["y"] < 100
    a_dossier_can_be_read(page)


def test_on_a_whole_page_nothing_is_said(desk: Path, opened: Opener) -> None:
    for path in (desk / "index.html", desk / FIRST / "index.html"):
        page = opened.page(path)
        expect(page.locator(".broken").filter(visible=True)).to_have_count(0)
    assert opened.complaints == []
