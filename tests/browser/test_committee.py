"""A committee's work from end to end, on the demo's real folder: two reviewers grade every dossier by keyboard, one of them through a crash of the
browser; their files are merged; a third opens the dossiers that must be read again."""

import json
from pathlib import Path

import openpyxl
from click.testing import CliRunner
from playwright.sync_api import Browser, Page, Request, expect

from reviewer.cli.marks import marks
from tests.browser.desking import killable

DEPARTMENT = "001012"
CONSISTENT = "2c2c2c2c2"
"""優 for each of the five criteria."""
STRICT = "4c4c4c4c4"
"""可 for each: two levels lower, and more than fifteen points."""
GRADED = """async (number) => {
  const store = await Reviewer.marks.ready;
  while (store.state(number) !== "graded") await new Promise((resolve) => store.onchange(resolve));
  await store.settle();
  return true;
}"""
SETTLED = (
    "async () => { const store = await Reviewer.marks.ready; await store.settle(); return store.numbers().map((one) => store.state(one)); }"
)


def numbers_of(site: Path) -> list[str]:
    return sorted(folder.name for folder in (site / DEPARTMENT).iterdir() if (folder / "dossier.pdf").exists())


def watch(page: Page) -> list[str]:
    """Give the page a laptop's window; what it asks for from now on."""
    page.set_viewport_size({"width": 1440, "height": 900})
    asked: list[str] = []

    def see(request: Request) -> None:
        asked.append(request.url)

    page.on("request", see)
    return asked


def begin(page: Page, site: Path, name: str) -> None:
    page.goto((site / DEPARTMENT / "index.html").as_uri() + f"#/d/{numbers_of(site)[0]}")
    page.fill("#rater-name", name)
    page.press("#rater-name", "Enter")
    expect(page.locator("#rater-name")).to_have_count(0)
    page.locator("#main").focus()


def grade(page: Page, numbers: list[str], keys: str) -> None:
    """Grade from where the desk stands; the last key of each dossier leads to the next."""
    for number in numbers:
        expect(page.locator(".rubric-title")).to_contain_text(number)
        page.wait_for_function("(number) => Reviewer.desk.place()?.number === number", arg=number)
        for key in (*keys, "e", "d"):
            page.keyboard.press(key)
        assert page.evaluate(GRADED, number)
        page.keyboard.press("J")


def file_of(page: Page, target: Path) -> Path:
    page.click(".saved-open")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="下載 .json").click()
    target.write_bytes(Path(waiting.value.path()).read_bytes())
    return target


def test_two_reviewers_grade_everything_and_the_department_merges(chromium: Browser, demo_site: Path, tmp_path: Path) -> None:
    numbers = numbers_of(demo_site)
    half = len(numbers) // 2
    one, other = tmp_path / "one", tmp_path / "other"

    with killable(chromium, one) as (page, kill):
        asked = watch(page)
        begin(page, demo_site, "王教授")
        grade(page, numbers[:half], CONSISTENT)
        page.evaluate(SETTLED)
        kill()
    with killable(chromium, one) as (page, _kill):
        asked += watch(page)
        page.goto((demo_site / DEPARTMENT / "index.html").as_uri() + f"#/d/{numbers[half]}")
        assert page.evaluate(SETTLED).count("graded") == half
        grade(page, numbers[half:], CONSISTENT)
        assert page.evaluate(SETTLED) == ["graded"] * len(numbers)
        mine = file_of(page, tmp_path / "wang.json")
    with killable(chromium, other) as (page, _kill):
        asked += watch(page)
        begin(page, demo_site, "李教授")
        grade(page, numbers[:1], STRICT)
        grade(page, numbers[1:], CONSISTENT)
        theirs = file_of(page, tmp_path / "li.json")
    folder = (demo_site / DEPARTMENT).as_uri()
    assert [address for address in asked if not address.startswith((folder, "blob:", "about:"))] == []

    out = tmp_path / "merged"
    run = CliRunner().invoke(marks, ["merge", str(mine), str(theirs), "--out", str(out), "--site", str(demo_site), "--json"])
    assert run.exit_code == 0, run.output
    data = json.loads((out / "marks.json").read_text(encoding="utf-8"))
    assert len(data["dossiers"]) == len(numbers)
    assert openpyxl.load_workbook(out / "marks.xlsx").sheetnames
    again = sorted(path.name for path in (out / "reread").iterdir() if (path / "index.html").exists())
    assert again == numbers[:1]

    page = chromium.new_page()
    page.goto((out / "reread" / "index.html").as_uri() + f"#/d/{numbers[0]}")
    expect(page.locator(".rubric-title")).to_contain_text(numbers[0])
    page.goto((out / "reread" / "evidence.html").as_uri())
    for name in ("王教授", "李教授"):
        expect(page.locator("main")).to_contain_text(name)
    page.close()
