"""A build of hostile packages: bounded, each with a named problem or a page, the neighbour unharmed byte for byte, nothing outside the target, nothing that runs."""

import hashlib
import json
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from reviewer import resources
from tests.environment import of_a_reader
from tests.hostile import packages, pdfs, walker, watching
from tests.hostile.watching import Watched, watched, watched_python

NEIGHBOUR = "10110005"
SECONDS_MOST = 420.0
"""All hostile packages together on two busy cores; they take about a minute on quiet ones."""
PACKAGE_SECONDS_MOST = 200.0
"""One package's stages. The slowest takes some 10 s on a quiet core; the limits (`site/time_limit.py`) would let it take an hour."""
COMMAND_MEGABYTES_MOST = 400
"""The process that was started: it reads no package."""
WORKER_MEGABYTES_MOST = 1_500
"""A worker with its sandbox, pages that they share counted twice: 500 with everything loaded, and a picture or a text of the permitted size."""


@dataclass(frozen=True, slots=True)
class Built:
    site: Path
    names: dict[str, str]
    report: dict[str, Any]
    watched: Watched
    efforts: list[dict[str, float]]
    outside: dict[str, bytes]

    def dossier(self, number: str) -> dict[str, Any]:
        return next(one for one in self.report["dossiers"] if one["applicant"] == number)


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).digest()
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink()
    }


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    root = tmp_path_factory.mktemp("hostile")
    department = root / "export" / "001" / "001012"
    source = resources.data_folder("fixtures") / "committee" / "001" / "001012" / NEIGHBOUR
    shutil.copytree(source, department / NEIGHBOUR)
    shutil.copytree(source, root / "alone" / "001" / "001012" / NEIGHBOUR)
    names = packages.write_all(department)
    (root / "secret.txt").write_text("secret")
    before = files_of(root)
    config, cache = str(resources.data_folder("site_config")), str(root / "cache")
    shared = ("--config", config, "--cache", cache, "--json")
    done = watched("build", str(root / "export"), "--out", str(root / "site"), "--jobs", "2", *shared, seconds=2 * SECONDS_MOST)
    assert done.status == 3, done.err
    outside = {name: digest for name, digest in files_of(root).items() if not name.startswith(("site/", "cache/"))}
    assert outside == before
    alone = watched("build", str(root / "alone"), "--out", str(root / "single"), "--jobs", "1", *shared, seconds=SECONDS_MOST)
    assert alone.status == 0, alone.err
    efforts = [json.loads(line.removeprefix("effort ")) for line in done.err.splitlines() if line.startswith("effort ")]
    return Built(root / "site", names, json.loads(done.out), done, efforts, outside)


def test_time_and_memory_are_bounded(built: Built) -> None:
    """Of the process that was started, of each worker with its sandbox, of each package by its stages."""
    assert built.watched.seconds < SECONDS_MOST
    assert 20 < built.watched.command_kb / 1024 < COMMAND_MEGABYTES_MOST
    assert built.watched.workers == 2
    assert 100 < built.watched.worker_kb / 1024 < WORKER_MEGABYTES_MOST
    totals = [sum(effort.values()) for effort in built.efforts]
    assert len(totals) == len(built.names) + 1
    assert max(totals) < PACKAGE_SECONDS_MOST


def test_nothing_is_asked_of_a_network_and_nothing_is_started(built: Built) -> None:
    """In the process, its workers and their sandboxes, beyond what the program itself starts."""
    events = built.watched.events
    assert watching.beyond(events) == []
    started = [event.about for event in events if event.name == "began"]
    assert sum("sandbox_child" in about for about in started) >= 2
    assert any("forkserver" in about for about in started)


def test_the_watch_sees_what_would_reach_out() -> None:
    script = """
import os, socket, subprocess, sys
for attempt in (
    lambda: socket.create_connection(("127.0.0.1", 9), 1),
    lambda: socket.getaddrinfo("localhost", 80),
    lambda: subprocess.run([sys.executable, "-c", "import os; os.system('true'); os.execv('/bin/true', ['true'])"]),
    lambda: os.posix_spawn("/bin/true", ["true"], {}),
    lambda: subprocess.run(["/bin/true"]),
):
    try:
        attempt()
    except OSError:
        pass
"""
    found = watching.beyond(watched_python("-c", script, seconds=60).events)
    assert [event.name for event in found if event.name != "socket.getaddrinfo"] == [
        "socket.connect",
        "subprocess.Popen",
        "os.system",
        "os.exec",
        "os.posix_spawn",
        "subprocess.Popen",
    ]
    assert "socket.getaddrinfo" in {event.name for event in found}
    assert len({event.process for event in found}) == 2


def test_each_is_shown_or_set_aside_with_its_reason(built: Built) -> None:
    found = {}
    for number, name in built.names.items():
        dossier = built.dossier(number)
        found[name] = dossier["problems"][0]["code"] if dossier["state"] != "made" else ""
    assert found == {name: packages.ASIDE.get(name, "") for name in built.names.values()}


def test_a_pdf_that_inflates_is_named_and_its_dossier_stands(built: Built) -> None:
    (number,) = (number for number, name in built.names.items() if name == "pdf_bombs")
    dossier = built.dossier(number)
    assert dossier["state"] == "made"
    assert [problem["code"] for problem in dossier["problems"]].count("pdf-stream-too-large") == 2


def test_nothing_was_unforeseen(built: Built) -> None:
    codes = {problem["code"] for dossier in built.report["dossiers"] for problem in dossier["problems"]}
    assert not codes & {"dossier-failed", "dossier-crashed", "took-too-long"}
    assert "Traceback" not in built.watched.err


def test_the_neighbour_is_unharmed_byte_for_byte(built: Built) -> None:
    single = built.site.parent / "single" / "001012" / NEIGHBOUR
    assert files_of(built.site / "001012" / NEIGHBOUR) == files_of(single)


def test_nothing_that_runs_or_leads_out_is_in_the_folder(built: Built) -> None:
    assert walker.walk(built.site) == []


def test_names_in_the_folder_are_ours(built: Built) -> None:
    for path in built.site.rglob("*"):
        assert path.name.isascii()
        assert not path.is_symlink()
        assert path.resolve().is_relative_to(built.site.resolve())


def test_templates_in_words_are_words(built: Built) -> None:
    page = "".join(path.read_text(encoding="utf-8") for path in built.site.rglob("*.html"))
    assert "{{ 7*191 }}" in page
    assert "1337" not in page


def test_no_direction_is_left_open_on_a_page(built: Built) -> None:
    for path in built.site.rglob("*.html"):
        assert not set(path.read_text(encoding="utf-8")) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x1b\x00\x9b"), path


def test_what_a_link_points_to_is_nowhere(built: Built) -> None:
    secret = Path("/etc/passwd").read_bytes().splitlines()[0]
    assert all(secret not in path.read_bytes() for path in built.site.rglob("*.html"))


def _look_with_a_browser(built: Built) -> None:
    asked: list[str] = []
    complaints: list[str] = []
    arguments = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=arguments, env=of_a_reader())
        page = _watched(browser, asked, complaints)
        for path in sorted((built.site / "001012").rglob("index.html")):
            page.goto(path.as_uri())
            assert page.evaluate("window.wasOwned") is None, path
        browser.close()
    assert complaints == []
    outside = [url for url in asked if not url.startswith((built.site / "001012").as_uri() + "/")]
    assert outside == []


def _watched(browser: Browser, asked: list[str], complaints: list[str]) -> Page:
    page = browser.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.add_init_script("window.owned = () => { window.wasOwned = true; }")
    return page


def test_a_browser_runs_nothing_and_asks_for_nothing(built: Built) -> None:
    # In a thread of its own: another test's event loop may still stand in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(_look_with_a_browser, built).result()


@pytest.mark.parametrize(
    ("page", "what"),
    [
        ("<script>x()</script>", "script x()"),
        ('<script src="http://evil.example/x.js"></script>', "script http://evil.example/x.js"),
        ("<p onclick=x()>", "p onclick=x()"),
        ('<a href="javascript:x()">', "a href=javascript:x()"),
        ('<img src="//evil.example/x">', "img src=//evil.example/x"),
        ('<img srcset="a.png 1x, http://evil.example/x 2x">', "img srcset= http://evil.example/x 2x"),
        ("<iframe></iframe>", "<iframe>"),
        ('<p style="x">', "p style=x"),
    ],
)
def test_the_walker_finds_what_is_bad_in_a_page(page: str, what: str) -> None:
    assert what in walker.in_page(page)


def test_the_walker_finds_what_is_bad_in_a_pdf() -> None:
    found = walker.in_pdf(pdfs.active_everywhere())
    assert {
        "/JS",
        "/OpenAction",
        "/AA",
        "/EmbeddedFiles",
        "/S /Launch",
        "/S /GoToR",
        "/S /SubmitForm",
        "/XFA",
        "/Subtype /RichMedia",
    } <= set(found)


def test_this_folder_cannot_be_written_by_chance() -> None:
    assert not any(Path(os.sep, "tmp", name).exists() for name in ("secret.txt", "x.pdf"))
