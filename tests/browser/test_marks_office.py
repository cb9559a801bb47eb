"""From two reviewers' desks to the office: marked, saved, merged by the real command; and the folder for reading again, which is a third reader's own."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.desking import ALL_LEVELS, CRITERIA, KEPT, STATES, download, named, open_desk, panel, shown, take

CODE = "001012"
SENTENCE_FIRST = "這是第一次閱讀的評分，這裡是再閱的資料夾，沒有讀入。再閱的評分是獨立的；請讀入在再閱資料夾存下的檔案。"
SENTENCE_AGAIN = "這是再閱資料夾的評分，這裡是校系的資料夾，沒有讀入。請到再閱的資料夾讀入。"
KNOWN = "() => Reviewer.desk.data.dossiers.map(each => each.number)"


@dataclass(frozen=True)
class Office:
    """What the two reviewers left, and where."""

    numbers: tuple[str, str]
    """The dossiers that were marked."""
    torn: Path
    """The first reviewer's file before he chose."""
    chosen: Path
    """After."""
    elsewhere: Path
    """His file from his other computer."""
    other: Path
    """The second reviewer's."""
    context: BrowserContext
    """The first reviewer's browser."""


@pytest.fixture(scope="module")
def desks(chromium: Browser) -> Iterator[tuple[BrowserContext, BrowserContext, BrowserContext]]:
    """Three computers: the first reviewer's, the second's, and the first's at home."""
    made = [chromium.new_context(viewport={"width": 1440, "height": 900}) for _ in range(3)]
    yield made[0], made[1], made[2]
    for each in made:
        each.close()


def begin(context: BrowserContext, site: Path, name: str, keys: str) -> Page:
    page = open_desk(context, site / CODE)
    page.keyboard.press("J")
    shown(page, page.wait_for_function("() => Reviewer.desk.current()").json_value())
    named(page, name)
    page.keyboard.type(keys)
    page.evaluate(KEPT)
    return page


@pytest.fixture(scope="module")
def office(
    desks: tuple[BrowserContext, BrowserContext, BrowserContext], demo_site: Path, tmp_path_factory: pytest.TempPathFactory
) -> Office:
    """Two reviewers mark the first two dossiers; the first changes one criterion on two computers, differently, and chooses."""
    folder = tmp_path_factory.mktemp("marks")
    here = begin(desks[0], demo_site, "林教授", "2c3c1c2c4dJ3c3c3c3c3d")
    at_work = download(here, folder / "before")
    there = open_desk(desks[2], demo_site / CODE)
    assert take(there, at_work).startswith(f"讀入「{at_work.name}」：2 份檔案的 12 項有變動。")
    there.get_by_role("button", name="關閉").click()
    numbers: tuple[str, str] = tuple(here.evaluate(KNOWN)[:2])
    there.evaluate("hash => { location.hash = hash }", f"#/d/{numbers[1]}")
    shown(there, numbers[1])
    there.keyboard.press("4")
    elsewhere = download(there, folder / "elsewhere")
    here.keyboard.type("c1")  # after the last criterion stands the first
    torn_said = take(here, elsewhere)
    assert torn_said == f"讀入「{elsewhere.name}」：1 份檔案的 1 項有變動。\n其中 1 處兩邊不同，請在下面選擇。"
    here.get_by_role("button", name="關閉").click()
    torn = download(here, folder / "torn")
    with panel(here):
        here.locator(".saved-panel .conflict").get_by_role("button", name="採用「可」").click()
        expect(here.locator(".conflict")).to_have_count(0)
    chosen = download(here, folder / "chosen")
    other = download(begin(desks[1], demo_site, "陳教授", "5c5c5c5c5dJ3c3c3c3c3d"), folder / "other")
    return Office(numbers, torn, chosen, elsewhere, other, desks[0])


def merge(out: Path, site: Path, *files: Path, status: int = 0) -> dict[str, Any]:
    """`reviewer marks merge`, as the office runs it; what it wrote for programs."""
    reviewer = str(Path(sys.executable).with_name("reviewer"))
    arguments = ["marks", "merge", *map(str, files), "--out", str(out), "--site", str(site)]
    done = subprocess.run([reviewer, *arguments], capture_output=True, text=True, check=False, cwd=out.parent, env=dict(os.environ))
    assert done.returncode == status, done.stdout + done.stderr
    outcome: dict[str, Any] = json.loads((out / "marks.json").read_text(encoding="utf-8"))
    return outcome


def totals(outcome: dict[str, Any], kind: str = "totals") -> dict[str, dict[str, float]]:
    """Totals by dossier and name."""
    names = {rater["id"]: rater["name"] for rater in outcome["raters"]}
    return {each["number"]: {names[one["rater"]]: round(one["total"], 3) for one in each[kind]} for each in outcome["dossiers"]}


def test_an_open_conflict_is_listed_and_has_no_total(office: Office, demo_site: Path, tmp_path: Path) -> None:
    outcome = merge(tmp_path / "merged", demo_site, office.torn, office.elsewhere, office.other, status=3)
    assert [(one["number"], one["field"], sorted(one["values"])) for one in outcome["conflicts"]] == [
        (office.numbers[1], "level:record", ["excellent", "fair"])
    ]
    assert totals(outcome)[office.numbers[1]] == {"陳教授": 74.5}


@pytest.fixture(scope="module")
def merged(office: Office, demo_site: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """All files after the choice, merged: where, and the outcome."""
    out = tmp_path_factory.mktemp("office") / "merged"
    return out, merge(out, demo_site, office.chosen, office.elsewhere, office.other)


def test_what_was_chosen_is_what_counts(office: Office, merged: tuple[Path, dict[str, Any]]) -> None:
    _, outcome = merged
    assert outcome["conflicts"] == []
    first, second = office.numbers
    assert totals(outcome) == {first: {"林教授": 82.075, "陳教授": 29.5}, second: {"林教授": 71.5, "陳教授": 74.5}}
    assert outcome["disputed"] == [first]
    assert {rater["name"]: len(rater["files"]) for rater in outcome["raters"]} == {"林教授": 2, "陳教授": 1}


def test_who_reads_again_in_the_same_browser_sees_nothing_of_the_first(
    office: Office, merged: tuple[Path, dict[str, Any]], demo_site: Path, tmp_path: Path
) -> None:
    first = office.numbers[0]
    page = open_desk(office.context, merged[0] / "reread")
    assert page.evaluate(KNOWN) == [first]
    assert page.evaluate(STATES) == ["unread"]
    assert page.evaluate(ALL_LEVELS) == {}
    expect(page.locator(".saved-line")).to_contain_text("還沒有評分")
    page.keyboard.press("J")
    shown(page, first)
    named(page, "黃教授")
    page.keyboard.type("4c4c4c4c4d")
    page.evaluate(KEPT)
    file = download(page, tmp_path)
    held = json.loads(file.read_text(encoding="utf-8"))
    assert (file.name, held["reread"], list(held["dossiers"])) == (f"marks-{CODE}-115-reread-黃教授.json", True, [first])
    assert {name: [one["value"] for one in versions] for name, versions in held["dossiers"][first]["fields"].items()} == {
        **{f"level:{name}": ["fair"] for name in CRITERIA},
        "graded": [True],
    }
    assert held["rater"]["id"] != json.loads(office.chosen.read_text(encoding="utf-8"))["rater"]["id"]
    assert take(page, office.chosen) == SENTENCE_FIRST
    page.close()
    back = open_desk(office.context, demo_site / CODE)
    before = back.evaluate(ALL_LEVELS)
    assert before[first] == dict(zip(CRITERIA, ("very-good", "good", "excellent", "very-good", "fair"), strict=True))
    assert take(back, file) == SENTENCE_AGAIN
    assert back.evaluate(ALL_LEVELS) == before
    outcome = merge(tmp_path / "second", demo_site, office.chosen, office.other, file)
    assert totals(outcome)[first] == {"林教授": 82.075, "陳教授": 29.5}
    assert totals(outcome, "rereads")[first] == {"黃教授": 64.5}
