"""One page of every kind that the product writes, found by walking what its commands made, and the checks of WCAG 2.2 AA that axe-core lacks."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped]
from playwright.sync_api import Page

from reviewer.render.theme import theme_files

CHECKOUT = Path(__file__).resolve().parents[2]
Found = TypeVar("Found")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
"""Rules of axe-core: WCAG 2.2 A and AA, and its best practices (order of headings, landmarks)."""


def make(folder: Path, demo_site: Path, cache: Path) -> None:
    """Write every kind of page into `folder`; the demo's files are linked, not copied."""
    shutil.copytree(demo_site, folder / "site", copy_function=os.link, ignore=shutil.ignore_patterns(".*"))
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    reviewer = str(Path(sys.executable).with_name("reviewer"))
    generate = [sys.executable, "-m", "fixtures.generate", "--uploads", "--out", str(folder / "made")]
    subprocess.run(generate, cwd=CHECKOUT, check=True, capture_output=True)
    uploads = str(folder / "made/uploads/013398")
    commands = (
        ["departments", "export", "--out", "public.html"],
        ["departments", "stats", "--out", "statistics.html"],
        ["schema", "--format", "html", "--out", "technical.html"],
        ["schema", "--plain", "--format", "html", "--out", "plain.html"],
        ["intake", "check", uploads, "--quick", "--out", "intake"],
        ["intake", "receipt", str(CHECKOUT / "fixtures/central"), "--out", "receipts"],
        ["preview", uploads, "--department", "001012", "--department", "001023", "--student", "10110005", "--out", "preview"],
    )
    for command in commands:
        done = subprocess.run([reviewer, *command], cwd=folder, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode in (0, 3), f"{command}: {done.stdout}{done.stderr}"
    shutil.rmtree(folder / "made")
    for style in sorted(folder.rglob("style.css")):
        (style.parent / "large.css").write_bytes(theme_files("large")["style.css"])


def kinds(folder: Path) -> dict[str, Path]:
    """The richest page of every kind below a folder: addresses that differ in digits only are of one kind."""
    found: dict[str, tuple[int, Path]] = {}
    for path in sorted(folder.rglob("*.html")):
        name = re.sub(r"[0-9]+", "N", path.relative_to(folder).as_posix())
        text = path.read_text(encoding="utf-8")
        classes = len(set(re.findall(r'class="([^"]*)"', text))) + 100 * ('data-view="original"' in text)
        if not name.startswith(("preview/N/index", "preview/N/help")):  # as those of a site
            found[name] = max(found.get(name, (0, path)), (classes, path))
    return {name: path for name, (_, path) in sorted(found.items())}


def axe(page: Page, *, rules: list[str] | None = None) -> list[tuple[str, list[str]]]:
    """What axe-core finds: rule and the first elements. All rules of WCAG 2.2 AA with target sizes, or only those named.

    The watermark across a page is decoration: the line above the page says the same.
    """
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": TAGS}
    options = {"resultTypes": ["violations"], "runOnly": only, "iframes": False, "preload": False}
    if not rules:
        options["rules"] = {"target-size": {"enabled": True}}
    if page.evaluate("() => !window.axe"):
        page.evaluate(AXE_SCRIPT)
    run = "([context, options]) => axe.run(context, options).then(({ violations }) => violations)"
    found = page.evaluate(run, [{"exclude": [[".watermark"]]}, options])
    return [(one["id"], [f"{node['target']} {node['html'][:120]}" for node in one["nodes"]][:3]) for one in found]


PATIENCE = 6.0
"""Seconds that a browser may take to draw what has changed, on a machine that does other work beside."""


def lasting(page: Page, look: Callable[[], Found]) -> Found:
    """What a look finds that does not go away by itself: the parts of a page take up another scheme or theme in frames of their own."""
    end = time.monotonic() + PATIENCE
    while (found := look()) and time.monotonic() < end:
        page.evaluate(FRAMES)
    return found


FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"

WIDER = """() => {
  const said = [];
  if (document.documentElement.scrollWidth > innerWidth) { said.push(`page is ${document.documentElement.scrollWidth} px wide`); }
  const moved = (element) => element.closest('.rail, .wide, .preview-scroll, .preview-columns, .visually-hidden, .watermark, .skip, thead, [data-scrolls]');
  for (const element of document.querySelectorAll('body *')) {
    const box = element.getBoundingClientRect();
    if (!box.width || !box.height || !element.checkVisibility() || moved(element) || element.closest('svg')) { continue; }
    const name = `${element.tagName.toLowerCase()}.${element.getAttribute('class') || element.id}`;
    const style = getComputedStyle(element);
    if (/inset\\(50%/.test(style.clipPath)) { continue; }
    if (box.right > innerWidth + 1 || box.left < -1) { said.push(`${name} leaves the window`); }
    const cut = /hidden|clip/.test(style.overflowX + style.overflowY) && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1);
    if (cut && element.textContent.trim()) { said.push(`${name} is cut off`); }
  }
  return [...new Set(said)].slice(0, 8);
}"""
"""What is wider than the window or cut off (1.4.4, 1.4.10, 1.4.12)."""

SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }');
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""
"""A reader's own spacing of text (1.4.12)."""

UNSEEN_FOCUS = """() => {
  const said = [];
  const all = [...document.querySelectorAll('a[href], button, select, input, summary, audio, video, [tabindex="0"]')].filter((one) => one.checkVisibility() && !one.disabled);
  const step = Math.max(1, Math.floor(all.length / 120));
  for (let at = 0; at < all.length; at += step) {
    const one = all[at];
    one.focus({ focusVisible: true });
    if (document.activeElement !== one) { continue; }
    const name = `${one.tagName.toLowerCase()}.${one.getAttribute('class') || one.id || one.getAttribute('href') || one.outerHTML.slice(0, 120)}`;
    const style = getComputedStyle(one);
    if (one.matches(':focus-visible') && (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2)) { said.push(`${name} shows no focus`); }
    const boxes = [...one.getClientRects()].filter((box) => box.width && box.height);
    const seen = boxes.some((box) => [0.1, 0.5, 0.9].some((x) => [0.2, 0.5, 0.8].some((y) => {
      const top = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
      return top && (one.contains(top) || top.contains(one));
    })));
    if (boxes.length && !seen) { said.push(`${name} is covered when it has the focus`); }
  }
  return [...new Set(said)].slice(0, 8);
}"""
"""What has the focus without showing it, or beneath something that stays in place (2.4.7, 2.4.11)."""

OUT_OF_ORDER = """() => {
  const heads = [...document.querySelectorAll('main h1, main h2, main h3, main h4')].filter((one) => one.checkVisibility() && !one.closest('.visually-hidden') && !one.classList.contains('visually-hidden'));
  const tops = heads.map((one) => one.getBoundingClientRect().top);
  return heads.filter((one, at) => at && tops[at] < tops[at - 1] - 1).map((one) => one.textContent.trim()).slice(0, 5);
}"""
"""Headings that stand above what comes before them, in a window of one column (1.3.2)."""

MOVING = """() => [...document.querySelectorAll('*')].filter((one) => {
  const style = getComputedStyle(one);
  return [style.transitionDuration, style.animationDuration].some((given) => given.split(',').some((each) => parseFloat(each) > 0.011));
}).map((one) => one.tagName + '.' + one.className).slice(0, 5)"""
"""What still moves when a reader asked for less motion (2.3.3)."""

LAY_OUT = "() => document.body.setAttribute('data-goal', '')"
"""All of a long page as it stands when a reader has reached it: what is far below is laid out only then (css/slot.css)."""

OPEN_ALL = """() => {
  document.querySelectorAll('details').forEach((one) => { one.open = true; });
}"""

WITH_THEME = """async (name) => {
  const links = () => [...document.querySelectorAll('link[rel=stylesheet]')].filter((one) => /[/](style|large)[.]css$/.test(one.href));
  const [first] = links();
  if (!first) { return false; }
  if (!links().some((one) => one.href.endsWith(`/${name}`))) {
    const other = document.createElement("link");
    const there = new Promise((done) => { other.onload = () => done(true); other.onerror = () => done(false); });
    Object.assign(other, { rel: "stylesheet", media: "not all", href: first.href.replace(/(style|large)[.]css$/, name) });
    first.after(other);
    if (!await there) { return false; }
  }
  for (const one of links()) { one.media = one.href.endsWith(`/${name}`) ? "all" : "not all"; }
  await document.fonts.ready;
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return true;
}"""
"""A theme in the place of another, `style.css` or `large.css`, at once and drawn; false for pages of one file."""

WITHOUT_QUEUE = """async () => {
  if (!document.documentElement.classList.contains("desk-on")) return;
  await (await Reviewer.marks.ready).settle();
  document.getElementById("queue").remove();
}"""
"""Let the desk come to rest, without its queue: a browser has no words for the rows that it has not laid out yet."""
