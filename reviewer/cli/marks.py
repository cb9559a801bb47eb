"""`reviewer marks`: what a department does with its reviewers' files. Parses, calls `marks`, prints."""

import json
from pathlib import Path

import click
from rich.markup import escape
from rich.table import Table

from reviewer.cli import terminal
from reviewer.marks.merging import Merged, MergeRequest, merge
from reviewer.marks.output import outcome_object, write_outcome
from reviewer.marks.plots import plain, signed
from reviewer.marks.report import headline
from reviewer.marks.words import rater_labels
from reviewer.model.problem import ExitStatus
from reviewer.render.language import filled

_SHOWN = 20
"""Findings that the terminal lists; the report has all."""


@click.group()
def marks() -> None:
    """委員的評分：驗證、合併、差分檢核。 / Reviewers' marks: validate, merge, difference check."""


@marks.command("merge")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="結果放在哪裡。 / Where the results go.")
@click.option(
    "--config",
    "folder",
    type=click.Path(path_type=Path),
    help="設定資料夾，尺規與差分檢核的規則在裡面；預設 site_config，沒有就用隨附的範例。 / Configuration folder with the rubric; default site_config, else the shipped examples.",
)
@click.option(
    "--site",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="reviewer build 的輸出，或其中校系的資料夾：列出評分後改過的檔案，並做再閱資料夾。 / "
    "A built site, or the department's folder in it: lists what changed since, and makes the re-read folder.",
)
@click.option(
    "--rehearsal",
    multiple=True,
    metavar="NUMBER",
    help="試評檔案的應試號碼，可重複。 / Applicant number of an anchor dossier; may be repeated.",
)
@click.option("--cut", type=click.IntRange(1), metavar="N", help="錄取幾名，用來檢查同分。 / How many are admitted, to find ties.")
@click.option("--json", "as_json", is_flag=True, help="只印出一個 JSON 物件。 / Print one JSON object and nothing else.")
def merge_command(
    *,
    files: tuple[Path, ...],
    out: Path,
    folder: Path | None,
    site: Path | None,
    rehearsal: tuple[str, ...],
    cut: int | None,
    as_json: bool,
) -> ExitStatus:
    """合併委員存下的評分檔案（.json）。 / Merge the review FILES that the desk saved.

    Several files of one reviewer become one; what two versions disagree about is listed and never guessed. Writes report.html, marks.xlsx (formulas
    visible) and marks.json; with --site also reread/, a folder with the disputed dossiers and both reviewers' evidence. Exit status 0: all merged; 3:
    a file or a place of one was left out, a conflict is open, a dossier changed since, or reread/ could not be made; 1: nothing could be merged.
    """
    request = MergeRequest(files=files, config=folder, site=site, rehearsal=rehearsal, cut=cut)
    written = write_outcome(merge(request), out)
    merged = written.merged
    if as_json:
        # As in marks.json: what no text can hold is a question mark.
        click.echo(json.dumps(outcome_object(merged.outcome), ensure_ascii=False).encode("utf-8", "replace"))
    else:
        _print(merged, written.paths)
    return merged.status


def _print(merged: Merged, written: tuple[Path, ...]) -> None:
    outcome = merged.outcome
    console = terminal.SafeConsole(highlight=False, soft_wrap=True)
    for problem in outcome.problems[:_SHOWN]:
        terminal.print_problem(console, problem)
    if len(outcome.problems) > _SHOWN:
        console.print(f"另有 {len(outcome.problems) - _SHOWN} 個問題，見報告。 / More in the report: {len(outcome.problems) - _SHOWN}.")
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for heading in ("評分者", "評過", "完整", "平均", "標準差", "與其他人相差"):
        table.add_column(heading, justify="left" if heading == "評分者" else "right")
    labels = rater_labels(outcome.raters)
    for rater in outcome.raters:
        name = escape(labels[rater.id]) + ("（再閱）" if rater.reread else "")
        table.add_row(name, str(rater.started), str(rater.complete), plain(rater.mean), plain(rater.spread), signed(rater.severity))
    console.print(table)
    said = headline(outcome)
    console.print(f"[bold]{said.zh}[/bold]")
    console.print(said.en, style="dim")
    for count, zh, en in (
        (len(outcome.conflicts), "{n} 處的兩個版本不同，請本人選定。", "{n} {n|conflict is|conflicts are} open."),
        (len(outcome.changed), "{n} 筆評分之後檔案改過。", "{n} {n|mark was|marks were} given before the dossier changed."),
    ):
        if count:
            console.print(f"{filled(zh, {'n': count})} / {filled(en, {'n': count})}")
    console.print("請開啟 / Open: " + "、".join(escape(str(path)) for path in written))
