"""`reviewer preview`: what reviewers will see, before it is packed."""

import os
from pathlib import Path

import click
from rich.markup import escape
from rich.table import Table

from reviewer.attachments.cache import default_folder as default_attachments
from reviewer.cli import terminal
from reviewer.cli.configuration import usual_folder
from reviewer.model.problem import ExitStatus, Stop
from reviewer.preview.live import serving, watch
from reviewer.preview.request import PreviewRequest
from reviewer.preview.run import Preview
from reviewer.preview.run import preview as make
from reviewer.preview.web import LiveState
from reviewer.site import layout

SHOWN = 40
"""Students that the terminal lists; the pages have all."""


@click.command()
@click.argument("uploads", type=click.Path(path_type=Path))
@click.option(
    "--department", "departments", multiple=True, metavar="CODE",
    help="要看哪個校系；可重複。有申請名單時可以省略。 / Which department; may be repeated, and left out where there is an applications table.",
)  # fmt: skip
@click.option(
    "--config", type=click.Path(path_type=Path), metavar="DIR",
    help="設定資料夾 [預設：目前位置的 site_config，否則隨附的範例]。 / The configuration folder.",
)  # fmt: skip
@click.option(
    "--applications", type=click.Path(path_type=Path), metavar="FILE",
    help="申請名單；預設為上傳資料夾裡的「申請名單」。都沒有時視為全部勾選。 / The applications table; by default the uploads' own. Without one everything counts as ticked.",
)  # fmt: skip
@click.option(
    "--student", "students", multiple=True, metavar="ID",
    help="只看這位學生（學號、學生代號或應試號碼）；可重複。 / Only this student; may be repeated.",
)  # fmt: skip
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("out/preview"),
    show_default=True,
    metavar="DIR",
    help="輸出資料夾。 / Where the preview goes.",
)
@click.option(
    "--serve",
    is_flag=True,
    help="在本機開啟網頁伺服器，檔案一有變動就重新製作；按 Ctrl-C 結束。 / Serve on this machine, made anew when a file changes; end with Ctrl-C.",
)
def preview(
    *, uploads: Path, departments: tuple[str, ...], config: Path | None, applications: Path | None,
    students: tuple[str, ...], out: Path, serve: bool,
) -> ExitStatus:  # fmt: skip
    """預覽審查委員會看到的樣子。 / Show what reviewers will see, before it is packed.

    Makes a folder like a department's from a school's UPLOADS, with a watermark on every page and the findings of the school's check beside the
    items that they concern; from packages that are already made, without a watermark. Exit status 0: all well; 3: a student has errors and would
    be held back, or a dossier was set aside; 1: nothing could be shown; 2: wrong usage or a fault in the configuration.
    """
    request = PreviewRequest(
        source=uploads,
        config=config or usual_folder(),
        out=out,
        cache=default_attachments().parent,
        departments=tuple(dict.fromkeys(departments)),
        applications=applications,
        students=tuple(dict.fromkeys(students)),
        workers=os.cpu_count() or 1,
    )
    with terminal.progress("製作預覽") as listener:
        made = make(request, listener=listener)
    print_preview(made)
    if serve:
        _serve(request)
    else:
        click.echo("\n請用瀏覽器打開： / Open in a browser:")
        click.echo(f"  {(out / layout.PAGE).resolve().as_uri()}")
    return made.status


def print_preview(made: Preview) -> None:
    """Who is shown to whom, and what the school's check found."""
    console = terminal.SafeConsole(highlight=False, soft_wrap=True)
    view = made.view
    console.print(view.headline.zh, style="bold")
    console.print(view.headline.en, style="dim")
    if view.without_table:
        console.print("沒有申請名單，所有項目都視為已勾選。")
        console.print("  Without an applications table everything counts as ticked.", style="dim")
    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in ("學生", "校系", "資料版本", "學校檢核"):
        table.add_column(heading)
    for student in view.students[:SHOWN]:
        for index, line in enumerate(student.made):
            who, found = f"{student.number} {student.name}".strip(), "更正前不封裝　" * student.held + student.counts
            cells = (
                who if index == 0 else "",
                f"{line.department.code} {line.department.name}",
                line.version or "無法製作",
                found if index == 0 else "",
            )
            table.add_row(*map(escape, cells))
    console.print(table)
    if len(view.students) > SHOWN:
        console.print(f"另有 {len(view.students) - SHOWN:,} 位學生，見網頁。 / {len(view.students) - SHOWN:,} more on the page.")
    for aside in made.report.totals.set_aside[:SHOWN]:
        console.print(escape(f"無法製作 {aside.department_code} {aside.applicant_number}（{aside.package_id}）"), style="bold")
        for problem in aside.problems:
            terminal.print_problem(console, problem)


def _serve(request: PreviewRequest) -> None:
    """Serve until Ctrl-C, which is the usual way to end it and no error."""
    state = LiveState()
    with serving(request.out, state) as server:
        click.echo(f"\n請用瀏覽器打開，按 Ctrl-C 結束： / Open in a browser, end with Ctrl-C:\n  {server.address}")
        try:
            watch(request, state, _tell)
        except KeyboardInterrupt:
            click.echo("\n預覽已結束。 / The preview has ended.")


def _tell(made: Preview | Stop) -> None:
    if isinstance(made, Stop):
        terminal.print_stop(made)
    else:
        click.echo(f"已重新製作：{made.view.headline.zh} / Made anew.")
