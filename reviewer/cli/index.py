"""`reviewer index`: the office's index over all departments of a site."""

import json
import os
from pathlib import Path

import click

from reviewer.cli import terminal
from reviewer.model.canonical import plain
from reviewer.model.problem import ExitStatus
from reviewer.model.text import number_of


@click.command()
@click.argument("site", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="索引資料夾，不可在 SITE 之內。 / Folder of the index, never inside SITE."
)
@click.option(
    "--jobs", type=click.IntRange(min=1), default=None, help="同時處理的校系數。 / Departments at a time; all processors by default."
)
@click.option("--json", "as_json", is_flag=True, help="只印出一個 JSON 物件。 / Print one JSON object and nothing else.")
def index(*, site: Path, out: Path, jobs: int | None, as_json: bool) -> ExitStatus:
    """為整所大學的檔案建立索引，供承辦單位以 reviewer search 搜尋。 / Index all departments of a site for the office.

    Departments that have not changed since the last time are kept. The index is the office's own: do not hand it out.

    Exit status 0: all well; 3: done, but some search files are missing or damaged; 2: --out cannot be used; 1: nothing to index.
    """
    from reviewer.search.indexing import index_site  # noqa: PLC0415 - brings in Whoosh

    with terminal.progress("建立索引") as listener:
        done = index_site(site, out, workers=jobs or os.cpu_count() or 1, listener=listener)
    status = ExitStatus.SOME if done.problems else ExitStatus.WELL
    if as_json:
        click.echo(json.dumps({"status": int(status), "index": str(out), **plain(done)}, ensure_ascii=False))
        return status
    for problem in done.problems:
        terminal.print_problem(terminal.error_console(), problem)
    console = terminal.SafeConsole(highlight=False, soft_wrap=True)
    console.print(f"索引 {out}　新建 {len(done.written)} 個校系，沿用 {len(done.kept)} 個，移除 {len(done.removed)} 個。")
    console.print(
        f"Index: {number_of(len(done.written), 'department')} made, {len(done.kept)} kept, {len(done.removed)} removed.", style="dim"
    )
    return status
