"""What the office reads at the site's root: index of departments, build report as a page and as data, and the theme that they are set in."""

import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reviewer import resources
from reviewer.model.canonical import canonical_sha256, plain
from reviewer.model.problem import Severity
from reviewer.model.text import Text
from reviewer.render.html import render
from reviewer.render.shapes.page import PageView
from reviewer.render.views.characters import page_characters
from reviewer.selection.themes.contract import DEFAULT
from reviewer.site import disk, layout, theme
from reviewer.site.leak_report import GUARDS, LeakLine, guards_sentence, leak_line
from reviewer.site.report import HEADLINES, BuildReport, all_results
from reviewer.site.results import State
from reviewer.site.swap import swap

UNTICKED_SHOWN = 200
"""Dossiers whose unticked items the page lists; the data file has all."""

LEAKS_SHOWN = 500
"""Masked dossiers that the page lists: a usual department five times over; the data file has all."""

STAGE_LABELS = {
    "open": Text("開啟並核對資料", "open and hash the package"),
    "read": Text("讀取", "read"),
    "select": Text("選取", "select"),
    "attachments": Text("處理附件", "attachments"),
    "page": Text("排成網頁", "lay out the page"),
    "paper": Text("排成 PDF", "lay out the PDF"),
    "write": Text("寫入", "write"),
    "search": Text("準備搜尋資料", "prepare the search"),
    "check": Text("檢查", "check"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class UntickedLine:
    """What one applicant did not tick: the office's knowledge, nobody else's."""

    department_code: str
    """校系代碼."""
    applicant_number: str
    """應試號碼."""
    items: tuple[str, ...]
    """Ids."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One of the report's few figures."""

    label: Text
    """What is counted."""
    value: str
    """Number with its unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """All that the report's template may use."""

    headline: Text
    """The verdict."""
    verdict: str
    """`well`, `some`, `nothing`: class of the headline."""
    figures: tuple[Figure, ...]
    """The few figures."""
    report: BuildReport
    """Everything else."""
    stages: tuple[Figure, ...]
    """Seconds by stage."""
    unticked: tuple[UntickedLine, ...]
    """The first of them."""
    unticked_more: int
    """How many dossiers more have such items."""
    leaks: tuple[LeakLine, ...] = ()
    """What was hidden in the first of the dossiers in which something is, and what is in doubt."""
    leaks_more: int = 0
    """How many dossiers more."""
    guards: Text | None = None
    """Which guards were not to be had; None when all were."""


def write(paths: layout.Paths, report: BuildReport) -> None:
    """Write the office's files, each whole: data, page, index."""
    with disk.target_errors(paths.site):
        data = paths.site / f".{layout.REPORT_DATA}.part"
        with data.open("wb") as file:
            file.writelines(report_json(paths, report))
        data.replace(paths.site / layout.REPORT_DATA)
        page = PageView(title="製作報告 Build report", kind="office", theme=f"{layout.THEME}/", accent=False)
        text = render("office/report.html", page=page, view=report_view(paths, report))
        index = render("office/index.html", page=_index_page(), view=report.totals.departments)
        _write_theme(paths, page_characters(text) | page_characters(index) | _whatever_happens(report))
        _write_whole(paths.site / layout.REPORT_PAGE, text.encode("utf-8"))
        _write_whole(paths.site / layout.PAGE, index.encode("utf-8"))


def _write_whole(path: Path, content: bytes) -> None:
    """As `disk.write_whole`, under one name for every process: a site has one build at a time, and the next takes up what a killed one left there."""
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(content)
    part.replace(path)


def _index_page() -> PageView:
    return PageView(title="校系一覽 Departments", kind="office", theme=f"{layout.THEME}/", accent=False)


def report_view(paths: layout.Paths, report: BuildReport) -> ReportView:
    """The page's view; of the unticked items only the first are read."""
    lines, leaks = _unticked(paths), _leaks(paths)
    shown = tuple(itertools.islice(lines, UNTICKED_SHOWN))
    return ReportView(
        headline=report.headline,
        verdict=report.status.name.lower(),
        figures=figures(report),
        report=report,
        stages=tuple(Figure(label=STAGE_LABELS[name], value=f"{seconds:,.1f} 秒") for name, seconds in report.stages),
        unticked=shown,
        unticked_more=sum(1 for _ in lines),
        leaks=tuple(itertools.islice(leaks, LEAKS_SHOWN)),
        leaks_more=sum(1 for _ in leaks),
        guards=guards_sentence(report.guards_missing) if report.guards_missing else None,
    )


def figures(report: BuildReport) -> tuple[Figure, ...]:
    """The few figures of the report, in its order."""
    totals = report.totals
    size = sum(department.size_bytes for department in totals.departments)
    media = sum(department.media_bytes for department in totals.departments)
    pages = sum(department.pages for department in totals.departments)
    return (
        Figure(label=Text("本次製作", "made now"), value=f"{report.made:,} 份"),
        Figure(label=Text("沿用前次", "taken over"), value=f"{report.kept + report.resumed:,} 份"),
        Figure(label=Text("擱置", "set aside"), value=f"{len(totals.set_aside):,} 份"),
        Figure(label=Text("PDF 頁數", "PDF pages"), value=f"{pages:,} 頁"),
        Figure(label=Text("大小（不含影音）", "size without media"), value=size_words(size - media)),
        Figure(label=Text("影音", "media"), value=size_words(media)),
        Figure(label=Text("耗時", "time"), value=f"{report.seconds:,.1f} 秒"),
    )


def size_words(size_bytes: int) -> str:
    """Bytes for people: `8.1 MB`."""
    for unit, power in (("GB", 30), ("MB", 20), ("KB", 10)):
        if size_bytes >= 2**power:
            return f"{size_bytes / 2**power:,.1f} {unit}"
    return f"{size_bytes} B"


def report_json(paths: layout.Paths, report: BuildReport) -> Iterator[bytes]:
    """The report as JSON, piece by piece: what is known of every dossier is read from the records, one at a time."""
    head = plain(report, without={"totals", "traces"})
    head |= {"status": int(report.status), "headline": plain(report.headline)}
    head |= plain(report.totals, without={"findings"})
    yield b"{\n"
    for key, value in sorted(head.items()):
        yield f"{json.dumps(key)}: {_dump(value)},\n".encode()
    yield b'"dossiers": ['
    separator = "\n"
    for line in _dossier_lines(paths):
        yield f"{separator}{_dump(line)}".encode()
        separator = ",\n"
    yield b"\n]\n}\n"


def _dossier_lines(paths: layout.Paths) -> Iterator[dict[str, object]]:
    for head, results in all_results(paths):
        for result in results:
            yield {
                "department": head.department_code,
                "applicant": result.applicant_number,
                "package": result.package_id,
                "folder": f"{head.department_code}/{result.name}" if result.state is State.MADE else "",
                "state": result.state.value,
                "sha256": result.dossier_sha256,
                "pages": result.pages,
                "attached_pages": result.attached_pages,
                "size_bytes": result.size_bytes,
                "media_bytes": result.media_bytes,
                "undrawn": result.undrawn,
                "unticked": result.unticked,
                "fonts": plain(result.fonts),
                "blinding": plain(result.blinding) if result.blinding.masked else None,
                "problems": [plain(problem) for problem in result.problems],
            }


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True).encode("utf-8", "backslashreplace").decode("utf-8")


def _unticked(paths: layout.Paths) -> Iterator[UntickedLine]:
    for head, results in all_results(paths):
        for result in results:
            if result.unticked:
                yield UntickedLine(department_code=head.department_code, applicant_number=result.applicant_number, items=result.unticked)


def _leaks(paths: layout.Paths) -> Iterator[LeakLine]:
    for head, results in all_results(paths):
        for result in results:
            line = leak_line(head.department_code, result)
            if line is not None:
                yield line


def _whatever_happens(report: BuildReport) -> frozenset[int]:
    """Characters of everything that a report on the same dossiers may say, so that the theme does not tell one run from another."""
    templates = resources.data_folder("templates")
    texts = [path.read_text(encoding="utf-8") for path in (templates / "base.html", *sorted((templates / "office").glob("*.html")))]
    labels = (*STAGE_LABELS.values(), *HEADLINES.values(), *(severity.label for severity in Severity), guards_sentence(tuple(GUARDS)))
    texts += [str(label) for label in labels]
    return frozenset().union(*(page_characters(text) for text in (*texts, "秒份頁")), page_characters(str(plain(report.totals))))


def _write_theme(paths: layout.Paths, points: frozenset[int]) -> None:
    """The office's own theme folder, staged and exchanged like a department's; left alone when nothing of it changed."""
    points |= theme.characters_of(DEFAULT)
    mark = paths.state / "office-theme"
    wanted = canonical_sha256([theme.characters_sha256(points), theme.files_sha256(DEFAULT)])
    target = paths.site / layout.THEME
    if target.is_dir() and mark.is_file() and mark.read_text(encoding="ascii") == wanted:
        return
    staged = paths.staging / layout.THEME
    staged.parent.mkdir(parents=True, exist_ok=True)
    theme.write(staged, "", DEFAULT, points)
    disk.remove_tree(swap(staged, target, staged.with_name(f"{layout.THEME}.removed")))
    _write_whole(mark, wanted.encode("ascii"))
