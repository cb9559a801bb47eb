"""Running a build from the command line: progress, plan and report in words."""

import contextlib
import gc
import json
import shutil
import sys
from dataclasses import replace

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from reviewer.cli import terminal
from reviewer.model.canonical import plain
from reviewer.model.problem import ExitStatus, Severity
from reviewer.site import layout, office, survey
from reviewer.site.build import build
from reviewer.site.leak_report import guards_sentence, sentence
from reviewer.site.plan import Action, SitePlan
from reviewer.site.report import BuildReport
from reviewer.site.request import Request, gather
from reviewer.site.run import local_pool

FINDINGS_SHOWN = 8
"""Kinds of finding that the terminal lists; the report has all."""

FILES_SHOWN = 5
"""Changed files of one dossier that the plan lists; its JSON has all."""

ASIDE_SHOWN = 10
"""Dossiers set aside that the terminal lists; the report has all."""

_ACTIONS = {Action.MAKE: "製作 make", Action.KEEP: "沿用 keep", Action.RESUME: "接續 resume"}

_REASONS = {
    "new": "尚未製作 new",
    "unseen": "資料未讀過 package not read yet",
    "touched": "資料看來有變動，讀取後才知道 package looks changed; reading it will tell",
    "incomplete": "檔案不完整 files are missing",
    "retry": "前次擱置，再試一次 set aside last time",
    "package": "資料 package",
    "application": "報名資料 application",
    "selection": "校系設定 selection",
    "templates": "樣板 templates",
    "theme": "版面主題 theme",
    "fonts": "字型 fonts",
    "code": "程式版本 code version",
    "options": "選項 options",
}


def run(request: Request, *, scheduler: str = "", as_json: bool) -> ExitStatus:
    """Build, say what came of it, and return the exit status."""
    with contextlib.ExitStack() as stack:
        open_pool = local_pool
        if scheduler:
            from reviewer.site import cluster  # noqa: PLC0415 - only whoever has a cluster needs it

            connection = cluster.connect(scheduler, site=request.site, cache=request.cache, packages=request.packages)
            joined = stack.enter_context(connection)
            request, open_pool = replace(request, workers=joined.workers), joined.open_pool
        listener = stack.enter_context(terminal.progress("製作檔案"))
        # Modules stay: left out of the collector's account, it looks through what the build leaves behind before that is megabytes.
        gc.freeze()
        report = build(request, listener=listener, open_pool=open_pool)
    for trace in report.traces if "--debug" in sys.argv else ():
        click.echo(trace, err=True)
    if as_json:
        with (request.site / layout.REPORT_DATA).open(encoding="utf-8") as file:
            shutil.copyfileobj(file, sys.stdout)
    else:
        print_report(report)
    return report.status


def print_report(report: BuildReport) -> None:
    """The report for a terminal: verdict, departments, what was set aside, findings by kind."""
    console = terminal.SafeConsole(highlight=False, soft_wrap=True)
    console.print(report.headline.zh, style="bold")
    console.print(report.headline.en, style="dim")
    console.print()
    console.print(_departments(report))
    for line in report.totals.set_aside[:ASIDE_SHOWN]:
        console.print()
        console.print(escape(f"擱置 {line.department_code} {line.applicant_number}（{line.package_id}）"), style="bold")
        for problem in line.problems:
            terminal.print_problem(console, problem)
    if len(report.totals.set_aside) > ASIDE_SHOWN:
        more = len(report.totals.set_aside) - ASIDE_SHOWN
        console.print(f"另有 {more} 份擱置，見報告。 / {more} more were set aside; see the report.")
    _print_findings(console, report)
    _print_guards(console, report)
    console.print()
    console.print("　".join(f"{figure.label.zh} {figure.value}" for figure in office.figures(report)))
    console.print(escape(f"報告 {report.site}/{layout.REPORT_PAGE}"))


def _print_guards(console: Console, report: BuildReport) -> None:
    """What was hidden, in a line; and guards that were not to be had."""
    lines = [sentence(report.totals.leaks)] if report.totals.leaks else []
    lines += [guards_sentence(report.guards_missing)] if report.guards_missing else []
    for line in lines:
        console.print()
        console.print(escape(line.zh))
        console.print(escape(f"  {line.en}"), style="dim")


def _departments(report: BuildReport) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("校系")
    table.add_column("")
    for heading in ("檔案", "擱置", "頁數", "大小", "影音"):
        table.add_column(heading, justify="right")
    for row in report.totals.departments:
        size, media = office.size_words(row.size_bytes - row.media_bytes), office.size_words(row.media_bytes)
        table.add_row(row.code, escape(row.name.zh), str(row.dossiers), str(row.set_aside), f"{row.pages:,}", size, media)
    return table


def _print_findings(console: Console, report: BuildReport) -> None:
    groups = [group for group in report.totals.findings if group.severity is not Severity.NOTE]
    notes = sum(group.count for group in report.totals.findings if group.severity is Severity.NOTE)
    if groups or notes:
        console.print()
    for group in groups[:FINDINGS_SHOWN]:
        example = group.example
        where = f"（{group.places[0]}{' 等' if group.count > 1 else ''}）" if group.places and group.places[0] else ""
        console.print(escape(f"{group.severity.label.zh} {group.count} 次　{example.what.zh}{where}{example.remedy.zh}"))
        console.print(escape(f"  {example.what.en} {example.remedy.en}"), style="dim")
    if len(groups) > FINDINGS_SHOWN:
        console.print(f"另有 {len(groups) - FINDINGS_SHOWN} 類，見報告。 / {len(groups) - FINDINGS_SHOWN} more kinds are in the report.")
    if notes:
        console.print(f"備註 {notes} 則，見報告。 / Notes: {notes}; see the report.", style="dim")


def show_plan(request: Request, *, as_json: bool) -> ExitStatus:
    """Say what a build would do, and why; write nothing."""
    plan = survey.plan_rehashed(request, gather(request)) if request.rehash else survey.plan(request, gather(request))
    if as_json:
        click.echo(json.dumps(_plan_json(plan), ensure_ascii=False))
        return ExitStatus.WELL
    console = terminal.SafeConsole(highlight=False, soft_wrap=True)
    counts = "、".join(f"{_ACTIONS[action]} {plan.count(action)} 份" for action in Action)
    console.print(counts, style="bold")
    for department in plan.departments:
        console.print(escape(f"{department.code} {department.selection.name}"), style="bold")
        for dossier in department.dossiers:
            if dossier.action is not Action.KEEP:
                reasons = "、".join(_REASONS[reason] for reason in dossier.reasons)
                console.print(escape(f"  {dossier.name}　{_ACTIONS[dossier.action]}　{reasons}"))
                for file in dossier.files[:FILES_SHOWN]:
                    console.print(escape(f"    {file}"), style="dim")
                if len(dossier.files) > FILES_SHOWN:
                    console.print(f"    另有 {len(dossier.files) - FILES_SHOWN} 個檔案 more files", style="dim")
        for name in department.vanishing:
            console.print(escape(f"  {name}　移除 remove"))
    for code in plan.vanishing:
        console.print(escape(f"{code}　移除 remove"), style="bold")
    for problem in plan.problems:
        terminal.print_problem(console, problem)
    return ExitStatus.WELL


def _plan_json(plan: SitePlan) -> dict[str, object]:
    return {
        "departments": [
            {
                "code": department.code,
                "dossiers": [
                    {
                        "folder": dossier.name,
                        "package": dossier.address.package_id,
                        "action": dossier.action.value,
                        "reasons": list(dossier.reasons),
                        "files": list(dossier.files),
                    }
                    for dossier in department.dossiers
                ],
                "remove": list(department.vanishing),
            }
            for department in plan.departments
        ],
        "remove": list(plan.vanishing),
        "problems": [plain(problem) for problem in plan.problems],
    }
