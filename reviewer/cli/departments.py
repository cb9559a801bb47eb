"""`reviewer departments …`: check, new, show, import, export, stats. Parses, calls `selection`, prints."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from reviewer.cli import terminal
from reviewer.cli.configuration import own_folder, usual_folder
from reviewer.cli.department_options import department_settings, taking
from reviewer.cli.terminal import print_problem
from reviewer.model.canonical import plain
from reviewer.model.problem import ExitStatus, Problem, Severity, Stop, Where
from reviewer.model.text import number_of, seen
from reviewer.selection import config, faults
from reviewer.selection.dry_run import DryRun
from reviewer.selection.exporting import department_object, export
from reviewer.selection.importing import Change, plan_import, plan_new, write_changes
from reviewer.selection.slots import NOT_OFFERED_TITLE
from reviewer.selection.statistics import Statistics, count
from reviewer.selection.statistics_output import KINDS, change_cells, statistics_json, trial_cells, write_statistics
from reviewer.selection.table import MASK_NAMES, department_row
from reviewer.selection.trial_packages import run_trial

CONFIG = click.option(
    "--config",
    "folder",
    type=click.Path(path_type=Path),
    help="設定資料夾，預設 site_config。 / Configuration folder; default site_config.",
)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="只印出一個 JSON 物件。 / Print one JSON object and nothing else.")


@click.group()
def departments() -> None:
    """校系採計項目：檢查、新增、匯入、匯出、統計。 / What departments take: check, write, exchange, count."""


@departments.command()
@CONFIG
@AS_JSON
@click.pass_context
def check(context: click.Context, folder: Path | None, *, as_json: bool) -> None:
    """一次找出所有設定檔的全部問題。 / Find every fault of all configuration files at once.

    Exit status 3 when there is an error, 2 when there is no such folder.
    """
    folder = folder or usual_folder()
    if not folder.is_dir():
        config.load(folder)
    inspection = config.inspect(folder)
    errors = [problem for problem in inspection.problems if problem.severity is Severity.ERROR]
    if as_json:
        found = {"folder": str(folder), "files": inspection.files, "errors": len(errors), "problems": plain(inspection.problems)}
        click.echo(json.dumps(found, ensure_ascii=False))
    else:
        print_problems(inspection.problems)
        files = number_of(inspection.files, "file")
        verdict = f"{inspection.files} 個檔，{len(errors)} 個錯誤。 / {files}, {number_of(len(errors), 'error')}."
        click.echo(verdict if errors else f"{inspection.files} 個檔，都可以用。 / {files}, all sound.")
    context.exit(ExitStatus.SOME if errors else ExitStatus.WELL)


@departments.command()
@click.argument("code")
@CONFIG
@AS_JSON
def show(code: str, folder: Path | None, *, as_json: bool) -> None:
    """審查委員會看到哪些項目，依什麼順序。 / What reviewers will see of CODE, and in which order."""
    configuration = config.load(folder or usual_folder())
    selection = config.department(configuration, code)
    row = department_row(selection)
    if as_json:
        click.echo(json.dumps(department_object(row), ensure_ascii=False))
        return
    console = terminal.SafeConsole()
    console.print(f"[bold]{escape(selection.department_code)} {escape(selection.name.zh)}[/bold]  {escape(selection.university_name.zh)}")
    console.print(
        f"{selection.admission_year} 學年度 / admission year・{selection.code_set.name.zh}・{escape(selection.field or '未填學群')}"
    )
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for heading in ("部分", "代碼", "項目"):
        table.add_column(heading)
    for section in selection.sections:
        for index, item_code in enumerate(section.codes):
            item = selection.item(item_code)
            table.add_row("" if index else section.group.label.zh, item_code, escape(item.name.zh if item else ""))
    console.print(table)
    console.print(f"課程學習成果至多 {selection.max_outcomes} 件，多元表現至多 {selection.max_performances} 件。")
    console.print(
        f"At most {number_of(selection.max_outcomes, 'course outcome')} and {number_of(selection.max_performances, 'performance')}.",
        style="dim",
    )
    if selection.masks:
        console.print("不顯示：" + "、".join(MASK_NAMES[mask].zh for mask in MASK_NAMES if mask in selection.masks))
    left = [item.code for item in selection.code_set.items if item.code not in row.codes]
    console.print(f"{NOT_OFFERED_TITLE.zh}：{'、'.join(left) or '沒有'}")
    console.print(f"公告文字 / As announced：{escape(row.line)}", soft_wrap=True)


@departments.command()
@click.argument("code")
@taking
@CONFIG
@click.option("--yes", is_flag=True, help="不詢問，直接寫入。 / Write without asking.")
def new(code: str, folder: Path | None, *, yes: bool, **given: Any) -> None:
    """新增一個校系；沒用選項寫明的，在終端機上會逐項詢問。 / Add department CODE; what no option says is asked for on a terminal."""
    folder = folder or own_folder()
    change, problems = plan_new(folder, code, department_settings(given))
    _write(folder, (change,), problems, yes=yes)


@departments.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--department", default="", help="單獨一行公告文字是哪個校系的。 / The department that a line without a code is about.")
@click.option("--yes", is_flag=True, help="不詢問，直接寫入。 / Write without asking.")
@CONFIG
def import_(file: Path, department: str, folder: Path | None, *, yes: bool) -> None:
    """從表格（.xlsx、.csv）或公告文字（.txt）匯入，先列出差異。 / Import a table or published lines; shows a diff before it writes.

    On a terminal it asks before it writes; elsewhere nothing is written without --yes (exit status 2).
    """
    folder = folder or own_folder()
    plan = plan_import(file, folder, department)
    _write(folder, plan.changes, plan.problems, yes=yes)
    if plan.unchanged_count:
        click.echo(
            f"{plan.unchanged_count} 個校系原本就相同。 / {number_of(plan.unchanged_count, 'department is', 'departments are')} the same already."
        )


@departments.command("export")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    help="檔名結尾決定格式：.xlsx、.csv、.json、.html。 / The ending decides the form.",
)
@CONFIG
def export_(out: Path, folder: Path | None) -> None:
    """匯出成試算表、CSV、JSON 或可搜尋的網頁。 / Export as workbook, CSV, JSON, or a page that can be searched."""
    configuration = config.load(folder or usual_folder())
    export(configuration, out)
    click.echo(
        f"已寫入 {out}（{len(configuration.departments)} 個校系）。 / Wrote {number_of(len(configuration.departments), 'department')}."
    )


@departments.command()
@click.option("--out", type=click.Path(path_type=Path), help="寫成 .xlsx、.html 或 .json。 / Write .xlsx, .html or .json.")
@click.option(
    "--last",
    type=click.Path(path_type=Path),
    help="另一份設定（通常是去年的），用來比較。 / Another configuration, usually last year's, to compare with.",
)
@click.option(
    "--against", type=click.Path(path_type=Path), metavar="PACKAGES", help="用這些資料試算：會有多少申請人空白。 / Try on these packages."
)
@click.option("--applications", type=click.Path(path_type=Path), help="試算時誰申請哪個校系的表格。 / Applications table for the trial.")
@CONFIG
@AS_JSON
def stats(
    out: Path | None, last: Path | None, against: Path | None, applications: Path | None, folder: Path | None, *, as_json: bool
) -> None:
    """各代碼、各組合有多少校系採計；與去年比較；公告前試算。 / How many take each code and combination; changes; a dry run before publishing."""
    now = config.load(folder or usual_folder()).departments
    before = config.load(last).departments if last is not None else None
    statistics = count(now, before)
    trial = run_trial(against, applications, now, before) if against is not None else None
    if out is not None:
        write_statistics(out, statistics, trial)
        click.echo(f"已寫入 {out}。 / Wrote {out}.", err=as_json)
    if as_json:
        click.echo(statistics_json(statistics, trial).decode())
    elif out is None:
        _print_statistics(statistics, trial)


def print_problems(problems: Sequence[Problem]) -> None:
    """Each fault: where, what, what to do, in both languages."""
    console = terminal.SafeConsole(highlight=False, soft_wrap=True)
    for problem in problems:
        print_problem(console, problem)


def _write(folder: Path, changes: tuple[Change, ...], problems: Sequence[Problem], *, yes: bool) -> None:
    """Show the diff, ask, write. With any error nothing is written."""
    errors = tuple(problem for problem in problems if problem.severity is Severity.ERROR)
    if errors:
        raise Stop(*errors, status=ExitStatus.USAGE)
    print_problems(problems)
    if not changes:
        click.echo("沒有需要改的檔。 / Nothing to change.")
        return
    for change in changes:
        _print_diff(change)
    if not yes and not sys.stdin.isatty():
        raise Stop(faults.NOT_WRITTEN.at(Where(), count=len(changes)), status=ExitStatus.USAGE)
    if yes or click.confirm(f"寫入 {len(changes)} 個檔？ / Write {number_of(len(changes), 'file')}?"):
        write_changes(folder, changes)
        click.echo(f"已寫入 {len(changes)} 個檔。 / Wrote {number_of(len(changes), 'file')}.")
    else:
        click.echo("沒有寫入。 / Nothing was written.")


def _print_diff(change: Change) -> None:
    for line in change.diff.splitlines():
        colour = {"+": "green", "-": "red", "@": "cyan"}.get(line[:1])
        click.secho(seen(line), fg=colour)


def _print_statistics(statistics: Statistics, trial: DryRun | None) -> None:
    console = terminal.SafeConsole()
    for row in statistics.sets:
        table = Table(
            title=f"{row.code_set.name.zh}：{row.total} 個校系", title_justify="left", box=None, padding=(0, 2, 0, 0), header_style="dim"
        )
        for heading in ("代碼", "項目", "校系數", "%", *(("另一設定",) if statistics.compared else ())):
            table.add_column(heading, justify="right" if heading in ("校系數", "%", "另一設定") else "left")
        for counted in row.codes:
            cells = (counted.code, counted.name.zh, str(counted.departments), f"{counted.percent:.1f}")
            table.add_row(*cells, *((str(counted.before),) if statistics.compared else ()))
        console.print(table)
    if statistics.compared:
        console.print(f"{len(statistics.changes)} 個校系有變動 / departments changed: {len(statistics.changes)}")
        for change in statistics.changes:
            code, name, _, added, removed, other = change_cells(change)
            parts = [f"＋{added}" if added else "", f"－{removed}" if removed else "", other]
            console.print(f"  {code} {escape(name)} {KINDS[change.kind].zh} {escape(' '.join(part for part in parts if part))}")
    if trial is not None:
        _print_trial(console, trial)


def _print_trial(console: Console, trial: DryRun) -> None:
    table = Table(
        title=f"試算：{trial.packages} 份資料，讀不到 {len(trial.problems)} 份",
        title_justify="left",
        box=None,
        padding=(0, 2, 0, 0),
        header_style="dim",
    )
    for heading in ("校系代碼", "校系", "代碼", "項目", "申請人", "空白", "%", "另一設定"):
        table.add_column(heading, justify="right" if heading in ("申請人", "空白", "%", "另一設定") else "left")
    for index in range(len(trial.trials)):
        table.add_row(*(escape(str(cell)) for cell in trial_cells(trial, index)))
    console.print(table)
