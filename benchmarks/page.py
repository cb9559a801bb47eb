"""RESULTS.md and results.html from the figures in benchmarks/results/: tables, and bars as inline SVG."""

import html
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks import capacity, results

_STYLE = "body{font:16px/1.6 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1c1a17}svg{width:100%;height:auto}td,th{padding:.15rem 1rem .15rem 0;text-align:left;font-variant-numeric:tabular-nums}text{font:13px system-ui,sans-serif;fill:#1c1a17}"
_LABELS = {
    "html_page": "HTML page",
    "paper": "our pages and frames",
    "merged": "attachments merged, fonts shared",
    "plain_weasyprint": "plain: WeasyPrint, system fonts",
    "plain_chromium": "plain: Chromium print-to-PDF",
    "plain_merge": "plain: pypdf merge, fonts as they are",
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
        ("textsheet", _textsheet),
        ("memory", _memory),
        ("incremental", _incremental),
        ("finishing", _finishing),
        ("index", _index),
        ("opening", _opening),
        ("desk", _desk),
        ("sharing", _sharing),
    ):
        figures = results.read(name)
        if figures:
            load = "/".join(str(each) for each in figures["machine"]["load_1_5_15"])
            try:
                made = list(make(figures))
            except (KeyError, TypeError):
                print(
                    f"results/{name}.json is of an older version of benchmarks.{name}: left out until it is measured again", file=sys.stderr
                )
                continue
            for title, words, rows, unit in made:
                yield title, f"{words} {figures['machine']['cores']} cores, load {load}, {figures['machine']['day']}.", rows, unit
    if capacity.measured() is not None:
        yield from _capacity(table())


def table(*more: str) -> dict[str, Any]:
    """What a country takes, by the command and its assumptions."""
    command = [sys.executable, "-m", "benchmarks.capacity", "--json", *more]
    found: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return found


def _build(figures: dict[str, Any]) -> Any:
    cases = figures["cases"]
    gain = figures["two_processes_to_one"]
    words = (
        f"Whole build of one department of the example schools, median of {figures['runs']}; two processes make {gain['warm']} times as many dossiers as one "
        f"with a warm cache, {gain['cold']} times with a cold one."
    )
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


def _textsheet(figures: dict[str, Any]) -> Any:
    engines = {"ours": "ours", "typst": "Typst", "typst_kept": "Typst, fonts kept in memory"}
    units = {"start_s": "start: a sheet of one line", "page_s": "each further page", "sheet_s": "the whole sheet"}
    rows = [(f"{words}, {engine}", figures[unit][name]) for unit, words in units.items() for name, engine in engines.items()]
    ratios = figures["ratios"]
    words = (
        f"{figures['characters']:,} characters on {figures['pages']['ours']} pages by our engine, {figures['pages']['typst']} by Typst; processor seconds, medians of "
        f"{figures['rounds']} rounds. Our engine takes {ratios['our_sheet_to_typst']} times as long as Typst for the sheet, {ratios['our_page_to_typst']} times for a page "
        f"beyond the first; it is set up once a worker, in {figures['ours_set_up_s']} s."
    )
    yield "A sheet of text, against Typst", words, rows, "s"


def _finishing(figures: dict[str, Any]) -> Any:
    words = (
        f"What one thread of the command does, however many workers there are. Planning takes {figures['plan_s_a_dossier']} s a dossier (median of {figures['plan_runs']} over "
        f"{figures['planned_dossiers']}); finishing a department {figures['finish_s_a_department']} s and {figures['finish_s_a_dossier']} s for each of its dossiers (a line through "
        "the departments below, each finished once)."
    )
    yield (
        "Finishing departments",
        words,
        [(f"{each['dossiers']} dossiers", each["cpu_s"]) for each in figures["departments"]],
        "s of processor",
    )


def _memory(figures: dict[str, Any]) -> Any:
    rows = []
    for size in ("few", "many"):
        for kind, words in (("parent", "parent, workers' dossiers ready"), ("idle", "parent, nothing to do")):
            each = figures[f"{kind}_{size}"]
            rows.append((f"{words}, {each['made'] + each['kept']:,} dossiers", each["parent_peak_mb"]))
    for name, words in (("real", "no PDF"), ("paper", "PDF, cold cache")):
        each = figures[name]
        rows.append((f"worker and sandbox, {each['made']:,} dossiers ({words})", each["worker_peak_mb"]))
    words = (
        f"Peaks. The parent's of the larger build is {figures['parent_growth']} times that of the smaller, {figures['idle_growth']} times with nothing to do; "
        "finished dossiers stand in for its workers (benchmarks.memory says how)."
    )
    yield "Memory", words, rows, "MB"


def _times(runs: int) -> str:
    return "once" if runs == 1 else f"{runs} times (medians)"


def _index(figures: dict[str, Any]) -> Any:
    words = (
        f"Index of {figures['dossiers']} dossiers of a department ({figures['index_mb']} MB), {figures['different_dossiers']} of them different; built in {figures['index_cpu_s']} s of "
        f"processor ({_times(figures['builds'])}). {figures['queries']} words, each asked {figures['rounds']} times from one process, the collection read anew each time, in the "
        "index and in the department's folder."
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
        for unit, kind in (("wall_s", "wall"), ("cpu_s", "processor"), ("to_calibration", "times the fixed work"))
    ]
    words = f"{figures['dossiers']} dossiers{'' if figures['pdf'] else ', no PDF'}; the whole command, median of {figures['runs']}; processor time with that of all its workers, in seconds and against a fixed piece of work of {figures['calibration_s']} s. Dossiers made after one package changed: {figures['one_change']['made']} (that student's applications)."
    yield "Building again", words, rows, "s"


def _opening(figures: dict[str, Any]) -> Any:
    rows = [
        (f"{page}, {words}", figures[page][key])
        for page in ("cohort", "dossier")
        for key, words in (("first_paint_ms", "first paint"), ("load_ms", "loaded"))
    ]
    yield (
        "Opening a page from file://",
        f"Chromium, new browser each time, median of {figures['runs']}; cohort of {figures['dossiers_in_cohort']} dossiers, its longest dossier page.",
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
        f"Chromium, headless, from file://, {figures['dossiers']} dossiers; until it is painted twice. A dossier opened takes {figures['ratios']['opening_to_floor']} times as long as an empty page, the next by J {figures['ratios']['switching_to_floor']} times; the load says how far the clock can be trusted.",
        rows,
        "ms",
    )


def _sharing(figures: dict[str, Any]) -> Any:
    median = figures["medians"]
    words = (
        f"Median of {figures['students']} students with two applications each, cache empty before the first. A second costs {median['ratio']} of a first: "
        f"{median['second_own_files']:g} of its {median['second_files']:g} files are uploaded for that department alone and processed anew. Its paper alone, all attachments processed, costs "
        f"{median['warm_paper_to_cold_dossier']} of the whole first dossier. Were the sheet of courses laid out once for both, the second would cost {median['ratio_were_the_record_free']}. The aim "
        f"of 0.40 is {'met' if median['ratio'] <= 0.40 else 'not met'} (docs/architecture.md)."
    )
    rows = [
        ("first dossier", median["first_s"]),
        ("of it paper", median["first_paper_s"]),
        ("second dossier", median["second_s"]),
        ("of it paper", median["second_paper_s"]),
        ("of it the sheet of courses", median["record_s"]),
    ]
    yield "A second department of the same student", words, rows, "s of processor"


def _capacity(found: dict[str, Any]) -> Any:
    shared = table("--commands", "65")
    words = (
        f"200,000 dossiers of {found['departments']:,} departments: {found['core_hours']:,} core hours ({found['compute_cost']:,} USD at {found['core_hour']} a core hour), site "
        f"{found['site_gigabytes']:,} GB and cache {found['cache_gigabytes']:,} GB ({found['storage_cost']:,} USD for {found['months']:g} months at {found['gigabyte_month']} a GB). One command "
        f"plans for {found['plan_hours']} h and finishes departments for {found['finish_hours']} h, whatever the number of cores: more of them gain nothing then, unless each university has "
        f"a command of its own ({shared['commands']}: {shared['plan_hours']} and {shared['finish_hours']} h each). Computed by benchmarks/capacity.py from the figures above, processor "
        f"seconds all; prices ({found['prices_from']}), applications a student, departments, commands and use of cores are its arguments."
    )
    for title, each in (("A country, one command", found), ("A country, a command for each university", shared)):
        yield title, words, [(f"{cores} cores", hours) for cores, hours in each["hours_by_cores"]], "hours"
        words = f"As above, with {shared['commands']} commands."


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
