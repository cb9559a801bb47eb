"""`reviewer intake`: what a school does with its uploads, from the first check to packages, receipts and transfers."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.markup import escape

from reviewer.cli import terminal
from reviewer.cli.given_paths import GivenPath
from reviewer.intake import pages, report_book
from reviewer.intake.answers import Answers, read_answers
from reviewer.intake.checking import Checked, check
from reviewer.intake.help_view import help_view
from reviewer.intake.history import read_history
from reviewer.intake.keys import needs_password, read_key
from reviewer.intake.looks import Looks, default_cache
from reviewer.intake.packing import PackRequest, PackResult, pack
from reviewer.intake.practice import set_up
from reviewer.intake.receipts import INDEX, TABLE, write_receipts
from reviewer.intake.report_view import counts, figures, headline, report_json, report_view
from reviewer.intake.transfer import archive as transfer_archive
from reviewer.intake.transfer.reading import NOT_IN_ROSTER, read_transfer
from reviewer.intake.transfer.writing import write_transfer
from reviewer.intake.uploads import Uploads, open_uploads
from reviewer.model.problem import ExitStatus, Severity, Where
from reviewer.model.text import number_of

_Command = TypeVar("_Command", bound=Callable[..., Any])

_SHOWN = 20
"""Findings that the terminal lists; the report has all."""


@click.group()
def intake() -> None:
    """學校端：檢核上傳資料、封裝、收訖明細、異動生。 / For schools: check uploads, pack them, receipts, transfer students."""


def _shared(command: _Command) -> _Command:
    """Options that every command has which checks an upload."""
    for option in reversed(
        [
            click.argument("uploads", type=GivenPath(exists=True, file_okay=False, path_type=Path)),
            click.option(
                "--last",
                type=GivenPath(exists=True, file_okay=False, path_type=Path),
                help="上次封裝的資料，用來確認認證後沒有變動。 / The last packages, to see that nothing certified was changed.",
            ),
            click.option(
                "--applications",
                type=GivenPath(exists=True, dir_okay=False, path_type=Path),
                help="申請名單；預設為上傳資料夾裡的「申請名單」。 / The applications table; by default the upload's own.",
            ),
            click.option(
                "--quick",
                is_flag=True,
                help="只看檔案的格式與大小，不檢查文件內的連結、文字與字型。 / Look at types and sizes only, not at links, text and fonts within documents.",
            ),
            click.option(
                "--jobs",
                type=click.IntRange(1, 64),
                default=max(1, os.cpu_count() or 1),
                show_default="處理器數 / number of processors",
                help="同時處理幾個檔案。 / Files looked at at a time.",
            ),
            click.option(
                "--cache", type=GivenPath(file_okay=False, path_type=Path), default=None, help="快取資料夾。 / The cache's folder."
            ),
        ]
    ):
        command = option(command)
    return command


@contextmanager
def _checked(
    uploads: Path, last: Path | None, applications: Path | None, jobs: int, cache: Path | None, *, quick: bool
) -> Iterator[tuple[Uploads, Checked]]:
    """Open an upload and check it."""
    history = read_history(last)
    with open_uploads(uploads, applications) as opened, Looks(cache or default_cache(), jobs, inside=not quick) as looks:
        with terminal.progress("檢核學生") as listener:
            found = check(opened, looks, history, listener)
        yield opened, found


@intake.command("check")
@_shared
@click.option(
    "--out",
    type=GivenPath(file_okay=False, path_type=Path),
    default=Path("out/intake"),
    show_default=True,
    help="報告放在哪裡。 / Where the report goes.",
)
@click.option("--json", "as_json", is_flag=True, help="只印出一個 JSON 物件。 / Print one JSON object and nothing else.")
def check_command(
    *, uploads: Path, last: Path | None, applications: Path | None, quick: bool, jobs: int, cache: Path | None, out: Path, as_json: bool
) -> ExitStatus:
    """檢核上傳資料，不更動任何檔案。 / Check UPLOADS; nothing in them is changed.

    Writes report.html (by rule, by student, by teacher; printable), report.xlsx and marked-rosters/ (copies of the rosters with the cells in
    question coloured). Exit status 0: everybody can be packed; 3: there are errors; 1: no student could be read.
    """
    with _checked(uploads, last, applications, jobs, cache, quick=quick) as (_, found):
        report = pages.page("intake/report.html", "檢核結果 Intake report", report_view(found))
        guide = pages.page("intake/help.html", "說明 Help for registrars", help_view())
        pages.write_pages(out, {"report.html": report, "help.html": guide})
        report_book.write_report_book(found, out)
        report_book.write_marked_rosters(found, out)
    if as_json:
        click.echo(json.dumps(report_json(found), ensure_ascii=False))
    else:
        _print_check(found, out)
    return found.status


@intake.command("pack")
@_shared
@click.option("--out", type=GivenPath(file_okay=False, path_type=Path), required=True, help="封裝結果放在哪裡。 / Where the packages go.")
@click.option(
    "--as",
    "form",
    type=click.Choice(["central", "committee"]),
    default="central",
    show_default=True,
    help="每位學生一份（central），或甄選委員會的目錄（committee）。 / One package a student, or the committee's tree.",
)
@click.option("--zip", "zipped", is_flag=True, help="每份封成一個 .zip，而不是資料夾。 / Each package as a .zip instead of a folder.")
@click.option(
    "--sign",
    type=GivenPath(exists=True, dir_okay=False, path_type=Path),
    default=None,
    help="以學校的私鑰（.key）簽章。 / Sign with the school's private key (.key).",
)
@click.option(
    "--answers",
    type=GivenPath(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    help="收訖明細的回覆（.csv）；有異議的學生暫不封裝。可重複。 / Answers to receipts (.csv); contested students are held back. May be repeated.",
)
@click.option("--json", "as_json", is_flag=True, help="只印出一個 JSON 物件。 / Print one JSON object and nothing else.")
def pack_command(
    *, uploads: Path, last: Path | None, applications: Path | None, quick: bool, jobs: int, cache: Path | None,
    out: Path, form: str, zipped: bool, sign: Path | None, answers: tuple[Path, ...], as_json: bool,
) -> ExitStatus:  # fmt: skip
    """檢核後封裝；有錯誤的學生暫不封裝並列出，其他照常。 / Check UPLOADS and pack them; students with errors are held back and listed.

    The same uploads give the same bytes, and packing again writes only what changed. Exit status 0: everybody was packed; 3: some were held back;
    1: nothing could be packed.
    """
    if zipped and form == "committee":
        raise click.UsageError("甄選委員會的目錄不用 .zip。 / The committee's tree holds plain folders; --zip does not go with it.")
    if sign and form == "committee":
        raise click.UsageError(
            "甄選委員會的目錄沒有簽章的位置。 / The committee's tree has no place for a signature; --sign does not go with it."
        )
    key = read_key(sign, _password(sign)) if sign else None
    with _checked(uploads, last, applications, jobs, cache, quick=quick) as (opened, found):
        answered = read_answers(answers, opened.roster)
        request = PackRequest(target=out, rule_set=found.rule_set, committee=form == "committee", zipped=zipped, key=key)
        result = pack(opened, found, answered.held, request)
    status = ExitStatus.NOTHING if not result.packed else ExitStatus.SOME if result.held else ExitStatus.WELL
    if as_json:
        changed = [one.path for one in result.packed if one.changed]
        answer = {
            "status": int(status),
            "packed": len(result.packed),
            "changed": changed,
            "held": list(result.held),
            "removed": list(result.removed),
        }
        click.echo(json.dumps({**answer, "rule_set": found.rule_set}, ensure_ascii=False))
    else:
        _print_pack(found, answered, result, out)
    return status


def _password(path: Path) -> str:
    return str(click.prompt("私鑰密碼 / Password of the private key", hide_input=True, err=True)) if needs_password(path) else ""


def _print_check(found: Checked, out: Path) -> None:
    console = terminal.SafeConsole(highlight=False, soft_wrap=True)
    verdict = headline(found)
    console.print(verdict.zh, style="bold")
    console.print(verdict.en, style="dim")
    console.print("　".join(f"{figure.label.zh} {figure.value}" for figure in figures(found)))
    grave = [finding for finding in found.findings if finding.problem.severity is not Severity.NOTE]
    if grave:
        console.print()
    for finding in grave[:_SHOWN]:
        terminal.print_problem(console, finding.problem)
    if len(grave) > _SHOWN:
        console.print(f"另有 {counts(finding.problem.severity for finding in grave[_SHOWN:])}，見報告。 / More are in the report.")
    console.print()
    console.print(escape(f"報告 {out}/report.html　{out}/report.xlsx"))


def _print_pack(found: Checked, answered: Answers, result: PackResult, out: Path) -> None:
    console = terminal.SafeConsole(highlight=False, soft_wrap=True)
    changed = sum(one.changed for one in result.packed)
    held = f"，{len(result.held)} 位暫不封裝" if result.held else ""
    console.print(f"已封裝 {len(result.packed):,} 份：新做或更新 {changed:,} 份，其餘與上次相同{held}。", style="bold")
    console.print(
        f"{number_of(len(result.packed), 'package')}: {changed:,} made or changed, {number_of(len(result.held), 'student')} held back.",
        style="dim",
    )
    for number in result.held:
        own = [one for one in found.findings if one.student == number and one.problem.severity is Severity.ERROR]
        for finding in own:
            terminal.print_problem(console, finding.problem)
        if number in answered.contested:
            reason = answered.contested[number]
            console.print(escape(f"暫停 {number}：學生對收訖明細有異議{f'：{reason}' if reason else '。'}"))
            console.print(escape(f"  {number}: the student contests the receipt."), style="dim")
    for problem in answered.problems:
        terminal.print_problem(console, problem)
    for path in result.removed:
        console.print(escape(f"移除 {path}：這次沒有封裝。"))
        console.print(escape(f"  {path} was taken away: it is not packed this time."), style="dim")
    console.print(escape(f"位置 {out}"))


@intake.command("receipt")
@click.argument("packages", type=GivenPath(exists=True, path_type=Path))
@click.option(
    "--out",
    type=GivenPath(file_okay=False, path_type=Path),
    default=Path("out/receipts"),
    show_default=True,
    help="明細放在哪裡。 / Where the receipts go.",
)
def receipt_command(*, packages: Path, out: Path) -> ExitStatus:
    """各班收訖清單與每位學生的明細，可列印。 / Lists by class and a page for each student of PACKAGES, to print.

    Answers are written into answers.csv and read back by `reviewer intake pack --answers`. Exit status 3: some packages could not be read.
    """
    result = write_receipts(packages, out)
    console = terminal.SafeConsole(highlight=False, soft_wrap=True)
    console.print(f"已產生 {result.students:,} 位學生、{result.classes:,} 份清單的收訖明細。", style="bold")
    console.print(f"Receipts for {number_of(result.students, 'student')} in {number_of(result.classes, 'list')}.", style="dim")
    for problem in result.problems:
        terminal.print_problem(console, problem)
    console.print(escape(f"清單 {out}/{INDEX}　回覆 {out}/{TABLE}"))
    return ExitStatus.SOME if result.problems else ExitStatus.WELL


@intake.command("practice")
@click.argument("folder", type=click.Path(path_type=Path))
def practice_command(*, folder: Path) -> ExitStatus:
    """建立一所練習用的學校，故意留了幾個錯誤。 / Set up a made-up school in FOLDER to try everything on; some mistakes are in it on purpose."""
    made = set_up(folder)
    click.echo(f"已建立 {made.students} 位學生、{made.files} 個檔案：{made.folder}")
    click.echo(f"{made.folder}: {number_of(made.students, 'student')}, {number_of(made.files, 'file')}.")
    click.echo(f"接著執行 / next:  reviewer intake check {made.folder}")
    return ExitStatus.WELL


@intake.group("transfer")
def transfer() -> None:
    """異動生：讀入或產生轉學用的 zip。 / Transfer students: read or write the zip that schools exchange."""


@transfer.command("read")
@click.argument("archive", type=GivenPath(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--into", type=GivenPath(file_okay=False, path_type=Path), required=True, help="新學校的上傳資料夾。 / The new school's uploads."
)
@click.option(
    "--password", default=None, help="zip 的密碼；不給而需要時會詢問。 / The zip's password; asked for when needed and not given."
)
@click.option(
    "--number",
    "numbers",
    multiple=True,
    metavar="身分證號=學號",
    help="學生在新學校的學號。可重複。 / The student's number at the new school. May be repeated.",
)
def transfer_read(*, archive: Path, into: Path, password: str | None, numbers: tuple[str, ...]) -> ExitStatus:
    """把原學校的 zip 讀進上傳資料夾，認證與日期都保留。 / Take ARCHIVE into a folder of uploads; certifications and dates are kept.

    MD5s are checked. Exit status 3: something was changed, is missing or could not be taken.
    """
    given = {}
    for words in numbers:
        person, equals, number = words.partition("=")
        if not equals or not number.strip():
            raise click.UsageError(f"「{words}」不是 身分證號=學號 的形式。 / “{words}” is not of the form 身分證號=學號.")
        given[person.strip()] = number.strip()
    if password is None and transfer_archive.needs_password(archive):
        password = str(click.prompt("zip 的密碼 / Password of the zip", hide_input=True, err=True))
    result = read_transfer(archive, into, password or "", given)
    console = terminal.SafeConsole(highlight=False, soft_wrap=True)
    console.print(f"已讀入 {result.students} 位異動生：{result.items} 筆資料、{result.files} 個檔案。", style="bold")
    console.print(
        f"{number_of(result.students, 'transfer student')}: {number_of(result.items, 'item')}, {number_of(result.files, 'file')}.",
        style="dim",
    )
    with open_uploads(into) as opened:
        strangers = [number for number in result.numbers if number not in opened.roster]
    lacking = (NOT_IN_ROSTER.at(Where(), numbers="、".join(strangers)),) if strangers else ()
    for problem in (*result.problems, *lacking):
        terminal.print_problem(console, problem)
    return ExitStatus.NOTHING if not result.students else ExitStatus.SOME if result.problems else ExitStatus.WELL


@transfer.command("write")
@click.argument("uploads", type=GivenPath(exists=True, file_okay=False, path_type=Path))
@click.option("--student", "students", multiple=True, required=True, help="學號；可重複。 / Student number; may be repeated.")
@click.option(
    "--out",
    type=GivenPath(file_okay=False, path_type=Path),
    default=Path("out/transfer"),
    show_default=True,
    help="zip 放在哪裡。 / Where the zip goes.",
)
@click.option(
    "--at",
    "moment",
    type=click.DateTime(["%Y-%m-%dT%H:%M:%S"]),
    default=None,
    help="檔名裡的時間，預設為現在。 / The time in its name; now by default.",
)
def transfer_write(*, uploads: Path, students: tuple[str, ...], out: Path, moment: datetime | None) -> ExitStatus:
    """產生轉學用的 zip。 / Write the transfer zip of students of UPLOADS."""
    with open_uploads(uploads) as opened:
        written = write_transfer(opened, students, out, moment or datetime.now().astimezone())
    click.echo(f"已產生 {written.path}：{written.students} 位學生、{written.files} 個檔案。")
    click.echo(f"{written.path}: {number_of(written.students, 'student')}, {number_of(written.files, 'file')}.")
    return ExitStatus.WELL
