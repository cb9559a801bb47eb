"""The report of merged marks and the page of earlier marks, in Chromium from file://: wide, narrow, dark, on paper."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]

from reviewer.marks.report import report
from reviewer.marks.reread import evidence_page
from tests.browser.conftest import LONG, Opener
from tests.unit.marks.building import merged, record, review, same

LEVELS = ("excellent", "good", "fair", "weak", "very-good")
PAGES = ("report.html", "evidence.html")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three raters, one with a name that no layout may break on, forty dossiers, much disputed."""
    made = tmp_path_factory.mktemp("merged")
    files = []
    for step, name in enumerate((LONG, "林玉梅", "Elizabeth Montgomery-Chang"), start=1):
        levels = {f"016864{place:02d}": record(same(LEVELS[place * step % 5]), turn=place + 1) for place in range(40)}
        files.append(review(name, levels))
    done = merged(made, *files, cut=9, rehearsal=("01686400", "01686401"))
    (made / "report.html").write_bytes(report(done))
    (made / "evidence.html").write_bytes(evidence_page(done, {number: number for number in done.outcome.disputed}))
    return made


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("width", "dark"), [(390, True), (1440, False)], ids=["narrow and dark", "wide and light"])
def test_axe_finds_nothing_and_nothing_sticks_out(folder: Path, opened: Opener, name: str, width: int, dark: bool) -> None:
    page = opened.page(folder / name, width=width, dark=dark)
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert opened.complaints == []
    assert [url for url in opened.requests if url != (folder / name).as_uri()] == []


def test_a_phone_gets_the_narrow_drawings_and_paper_the_wide(folder: Path, opened: Opener) -> None:
    page = opened.page(folder / "report.html", width=390)
    assert page.locator(".plot-narrow").first.is_visible()
    assert not page.locator(".plot-wide").first.is_visible()
    page.emulate_media(media="print")
    assert page.locator(".plot-wide").first.is_visible()
    assert not page.locator(".plot-narrow").first.is_visible()
