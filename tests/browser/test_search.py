"""Search in real Chromium and Firefox, from file://, with Firefox's strict rule for files as users have it."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest
from playwright.sync_api import Browser, Page

from reviewer.search.collection import Collection, load
from reviewer.search.folding import SURROGATE, folding, folding_tables
from reviewer.search.query import parse
from reviewer.search.ranking import evaluate
from reviewer.search.snippets import snippet
from tests.browser.firefox import Firefox
from tests.unit.search.cohort import cohort, queries, write

SCRIPTS = Path(__file__).parents[2] / "themes/default/js"
NAMES = ("search-text.js", "search-query.js", "search-rank.js", "search-load.js")
ANSWER = """written => {
  const search = reviewerSearch, query = search.parseQuery(written);
  if (query.error) return { query };
  return { query, found: search.evaluate(query).map(found => [found.dossier.number, found.score, found.occurrences,
    search.foundPlaces(found, query.terms).map(({ place, words, occurrences }) => [search.anchorOf(place), words, occurrences,
      search.snippet(search.textOf(found.dossier, place), search.editsOf(found.dossier, place), query.terms)])]) };
}"""
BATCH = 40


class Window(Protocol):
    """A browser with a page open."""

    def call(self, function: str, *arguments: object) -> Any: ...


class Chromium:
    """Chromium, spoken to as Firefox is."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def call(self, function: str, *arguments: object) -> Any:
        text = self._page.evaluate(f"async given => JSON.stringify(await ({function})(...JSON.parse(given)))", json.dumps(arguments))
        return json.loads(text) if text is not None else None


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A department's folder with a bare page that holds the search's own scripts."""
    made = write(tmp_path_factory.mktemp("search") / "001012", cohort(40, seed=5))
    for name in NAMES:
        shutil.copy(SCRIPTS / name, made)
    scripts = "".join(f'<script src="{name}"></script>' for name in NAMES)
    (made / "bare.html").write_text(
        f'<!doctype html><html lang="zh-Hant-TW"><meta charset="utf-8"><title>search</title>{scripts}', encoding="utf-8"
    )
    return made


@pytest.fixture(scope="module", params=["chromium", "firefox"])
def window(request: pytest.FixtureRequest, chromium: Browser, folder: Path) -> Iterator[Window]:
    page = folder / "bare.html"
    if request.param == "chromium":
        context = chromium.new_context()
        tab = context.new_page()
        tab.goto(page.as_uri())
        yield Chromium(tab)
        context.close()
    else:
        firefox = Firefox()
        firefox.open(page)
        yield firefox
        firefox.close()


@pytest.fixture(scope="module")
def loaded(window: Window) -> Window:
    assert (
        window.call("() => new Promise(done => reviewerSearch.load('data/', now => now.state === 'ready' && done(now)))")["missing"] == []
    )
    return window


def test_the_browser_has_its_usual_rules_for_files(window: Window) -> None:
    assert window.call("() => fetch('data/search.js').then(() => 'fetched', () => 'refused')") == "refused"


def test_every_code_point_folds_alike(loaded: Window) -> None:
    fold = folding().text
    for start in range(0, 0x110000, 0x8000):
        expected = "\n".join(fold(f"x{chr(point)}y") + "|" + fold(f"e{chr(point)}中") for point in range(start, start + 0x8000))
        mine = loaded.call(
            """(start, end) => Array.from({ length: end - start }, (_, index) => {
              const character = String.fromCodePoint(start + index);
              return reviewerSearch.state.fold(`x${character}y`) + '|' + reviewerSearch.state.fold(`e${character}中`);
            }).join('\\n')""",
            start,
            start + 0x8000,
        )
        if mine != expected:
            rows = zip(mine.split("\n"), expected.split("\n"), strict=False)
            assert [(hex(start + at), one, other) for at, (one, other) in enumerate(rows) if one != other][:10] == []


def test_what_later_versions_of_unicode_assign_passes_unchanged() -> None:
    known = {
        point
        for name in ("fold", "blanks", "dropped", "kept")
        for first, last in folding_tables()[name]
        for point in range(first, last + 1)
    }
    later = [point for point in range(0x110000) if point not in known and not SURROGATE.match(chr(point))]
    assert [hex(point) for point in later if folding().text(f"x{chr(point)}y") != f"x{chr(point)}y"] == []


def test_browser_and_terminal_find_the_same_in_the_same_order(loaded: Window, folder: Path) -> None:
    collection = load(folder)
    found = 0
    for batch in _batches(queries(400, seed=21)):
        mine = loaded.call(f"queries => queries.map({ANSWER})", batch)
        for written, answer in zip(batch, mine, strict=True):
            expected = _through_json(_expected(collection, written))
            assert answer == expected, written
            found += bool(expected.get("found"))
    assert found > 130


def test_a_shard_that_is_missing_is_named_and_the_rest_is_searched(chromium: Browser, folder: Path, tmp_path: Path) -> None:
    copied = shutil.copytree(folder, tmp_path / "001012")
    (copied / "data/text-03.js").unlink()
    whole = (copied / "data/text-05.js").read_bytes()
    (copied / "data/text-05.js").write_bytes(whole[: len(whole) // 2 & ~1])
    context = chromium.new_context()
    page = context.new_page()
    page.goto((copied / "bare.html").as_uri())
    window = Chromium(page)
    told = window.call("() => new Promise(done => reviewerSearch.load('data/', now => now.state === 'ready' && done(now)))")
    collection = load(copied)
    assert sorted((each["name"], each["came"]) for each in told["missing"]) == [("text-03.js", False), ("text-05.js", True)]
    assert [problem.where.file for problem in collection.problems] == ["data/text-03.js", "data/text-05.js"]
    assert window.call(ANSWER, "機器人") == _through_json(_expected(collection, "機器人"))
    context.close()


def _batches(rows: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]


def _expected(collection: Collection, written: str) -> dict[str, Any]:
    query = parse(written)
    told = {
        "terms": query.terms,
        "excluded": query.excluded,
        "filters": [[each.field, each.value, each.excluded] for each in query.filters],
        "notes": query.notes,
        "error": query.error,
        "word": query.word,
    }
    if query.error:
        return {"query": told}
    rows = [
        [
            each.dossier.number,
            each.score,
            each.occurrences,
            [
                [
                    found.place.anchor,
                    found.words,
                    found.occurrences,
                    [
                        [piece.text, piece.hit]
                        for piece in snippet(each.dossier.text_of(found.place), each.dossier.edits_of(found.place), query.terms)
                    ],
                ]
                for found in each.places
            ],
        ]
        for each in evaluate(collection, query)
    ]
    return {"query": told, "found": rows}


def _through_json(answer: dict[str, Any]) -> dict[str, Any]:
    """The answer as the browser's comes: the two halves of a character beyond the Basic Plane joined."""
    joined: dict[str, Any] = json.loads(json.dumps(answer))
    return joined
