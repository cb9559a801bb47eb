"""RESULTS.md and results.html from the figures in benchmarks/results/: tables, and bars as inline SVG."""

import html
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks import results

_STYLE = "body{font:16px/1.6 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1c1a17}svg{width:100%;height:auto}td,th{padding:.15rem 1rem .15rem 0;text-align:left;font-variant-numeric:tabular-nums}text{font:13px system-ui,sans-serif;fill:#1c1a17}"
_LABELS = {
    "html_page": "HTML page",
    "paper": "our pages and frames",
    "merged": "attachments merged, fonts shared",
    "plain_weasyprint": "plain: WeasyPrint, system fonts",
    "plain_chromium": "plain: Chromium print-to-PDF",
    "plain_merge": "plain: pypdf merge, fonts as they are",
    "typst_text": "text sheet: Typst",
    "weasyprint_text": "text sheet: ours",
}
Row = tuple[str, float]


def write(folder: Path) -> None:
    """Write both pages."""
    sections = list(_sections())
    markdown = [
        "# Figures",
        "",
        "Made by `make bench`; do not edit. Machines and load stand with each table; compare ratios, not seconds.",
        "",
    ]
    pieces = []
    for title, words, rows, unit in sections:
        markdown += [f"## {title}", "", words, "", f"| | {unit} |", "|---|---|", *(f"| {name} | {value:g} |" for name, value in rows), ""]
        pieces.append(f"<h2>{html.escape(title)}</h2><p>{html.escape(words)}</p>{_bars(rows, unit)}")
    (folder / "RESULTS.md").write_text("\n".join(markdown), encoding="utf-8")
    page = f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>reviewer: figures</title><style>{_STYLE}</style></head><body><h1>Figures</h1>{"".join(pieces)}</body></html>\n'
    (folder / "results.html").write_text(page, encoding="utf-8")


def _sections() -> Any:
    for name, make in (
        ("build", _build),
        ("stages", _stages),
        ("memory", _memory),
        ("incremental", _incremental),
        ("index", _index),
        ("opening", _opening),
        ("desk", _desk),
        ("sharing", _sharing),
    ):
        figures = results.read(name)
        if figures:
            load = "/".join(str(each) for each in figures["machine"]["load_1_5_15"])
            for title, words, rows, unit in make(figures):
                yield title, f"{words} {figures['machine']['cores']} cores, load {load}, {figures['machine']['day']}.", rows, unit
    if results.read("build"):
        table = subprocess.run([sys.executable, "-m", "benchmarks.capacity", "--json"], check=True, capture_output=True, text=True).stdout
        yield from _capacity(table)


def _build(figures: dict[str, Any]) -> Any:
    cases = figures["cases"]
    words = f"Whole build of the example schools; two processes make {figures['two_processes_to_one']} times as many dossiers as one."
    yield "Wall seconds a dossier", words, [(name, row["wall_s"]) for name, row in cases.items()], "s"
    warm = cases["warm cache, 1 process"]
    rows = [(key.removeprefix("stage_").removesuffix("_s"), value) for key, value in warm.items() if key.startswith("stage_")]
    words = f"Warm cache, one process: {warm['cpu_s']} s of processor a dossier of {warm['pages']:.1f} pages, {warm['pages'] / warm['cpu_s']:.1f} pages a second, {warm['megabytes']:.1f} MB."
    yield "Where the time goes", words, rows, "s a dossier"


def _stages(figures: dict[str, Any]) -> Any:
    words = f"Processor seconds a dossier, median of {figures['rounds']} rounds over {figures['dossiers']} dossiers ({figures['pages']} pages of ours and frames, {figures['attached_pages']} attached)."
    yield "Against the plain way", words, [(_LABELS[name], value) for name, value in figures["cpu_seconds"].items()], "s"
    yield (
        "Ratios",
        "Medians of the ratio within each round.",
        [(name.replace("_", " "), value) for name, value in figures["ratios"].items()],
        "times",
    )
    yield "Pages a processor second", "", [(_LABELS[name], value) for name, value in figures["pages_per_cpu_second"].items()], "pages"


def _memory(figures: dict[str, Any]) -> Any:
    rows = []
    for name in ("small", "large", "paper"):
        each = figures.get(name)
        if each is not None:
            label = f"{each['dossiers']} dossiers{'' if each['pdf'] else ' (no PDF)'}"
            rows += [(f"parent, {label}", each["parent_peak_mb"]), (f"worker and sandbox, {label}", each["worker_peak_mb"])]
    yield "Memory", f"Peaks; the parent's of the larger build is {figures['parent_growth']} times that of the smaller.", rows, "MB"


def _index(figures: dict[str, Any]) -> Any:
    words = (
        f"Index of {figures['dossiers']} dossiers ({figures['index_mb']} MB), built in {figures['index_cpu_s']} s of processor; {figures['queries']} words, each "
        f"asked five times from one process, the collection read anew each time. The department's folder holds {figures['department_dossiers']} dossiers."
    )
    rows = [
        (f"{label}, {unit}", figures[key][f"{unit}_ms"])
        for key, label in (("index", "office's index"), ("folder", "department's folder"))
        for unit in ("first", "p50", "p95")
    ]
    yield "Searching", words, rows, "ms"


def _incremental(figures: dict[str, Any]) -> Any:
    rows = [
        (f"{words}, {kind}", figures[key][unit])
        for key, words in (("no_op", "nothing to do"), ("one_change", "one package changed"))
        for unit, kind in (("wall_s", "wall"), ("cpu_s", "processor"))
    ]
    words = f"{figures['dossiers']} dossiers{'' if figures['pdf'] else ', no PDF'}; the whole command, median of five. Dossiers made after one package changed: {figures['one_change']['made']} (that student's applications)."
    yield "Building again", words, rows, "s"


def _opening(figures: dict[str, Any]) -> Any:
    rows = [
        (f"{page}, {words}", figures[page][key])
        for page in ("cohort", "dossier")
        for key, words in (("first_paint_ms", "first paint"), ("load_ms", "loaded"))
    ]
    yield (
        "Opening a page from file://",
        f"Chromium, new browser each time; cohort of {figures['dossiers_in_cohort']} dossiers, its longest dossier page.",
        rows,
        "ms",
    )


def _desk(figures: dict[str, Any]) -> Any:
    words = {"opening": "a dossier opened", "switching": "the next by J", "page": "the desk itself", "floor": "an empty page in its place"}
    rows = [
        (f"{words[name]}, {part}", figures[name][key])
        for name in words
        for key, part in (("median_ms", "median"), ("p95_ms", "95th percentile"))
    ]
    yield (
        "The desk",
        f"Chromium, headless, from file://, {figures['dossiers']} dossiers; until it is painted twice. The empty page is what browser and machine take by themselves; the load says how far the clock can be trusted.",
        rows,
        "ms",
    )


def _sharing(figures: dict[str, Any]) -> Any:
    median = figures["medians"]
    words = (
        f"Median of {figures['students']} students with two applications each, cache empty before the first. A second costs {median['ratio']} of a first: "
        f"{median['second_own_files']:g} of its {median['second_files']:g} files are uploaded for that department alone and processed anew. What both share costs "
        f"{median['ratio_of_what_is_shared']}. Were the sheet of courses laid out once for both, it would be {median['ratio_were_the_record_free']} (docs/architecture.md)."
    )
    rows = [
        ("first dossier", median["first_s"]),
        ("of it paper", median["first_paper_s"]),
        ("second dossier", median["second_s"]),
        ("of it paper", median["second_paper_s"]),
        ("of it the sheet of courses", median["record_s"]),
    ]
    yield "A second department of the same student", words, rows, "s of processor"


def _capacity(table: str) -> Any:
    import json  # noqa: PLC0415 - only here

    found = json.loads(table)
    words = (
        f"200,000 dossiers: {found['core_hours']:,} core hours ({found['compute_cost']:,} at {found['core_hour']} USD a core hour), site {found['site_gigabytes']:,} GB "
        f"({found['storage_cost']:,} USD for {found['months']:g} months at {found['gigabyte_month']} a GB). Computed by benchmarks/capacity.py from the figures above; prices ({found['prices_from']}), applications a student and use of cores are its arguments."
    )
    yield "A country", words, [(f"{cores} cores", hours) for cores, hours in found["hours_by_cores"]], "hours"


def _bars(rows: list[Row], unit: str) -> str:
    most = max((value for _, value in rows), default=1) or 1
    lines = []
    for number, (name, value) in enumerate(rows):
        y = number * 26
        width = 340 * value / most
        lines.append(
            f'<text x="0" y="{y + 17}">{html.escape(name)}</text><rect x="300" y="{y + 5}" width="{width:.1f}" height="15" fill="#4a6b7c"/><text x="{306 + width:.1f}" y="{y + 17}">{value:g} {unit}</text>'
        )
    return f'<svg viewBox="0 0 740 {len(rows) * 26}" role="img" aria-label="bars">{"".join(lines)}</svg>'
