"""`reviewer demo`: the whole path on the example schools that ship with the product."""

import os
from pathlib import Path

import click

from reviewer import resources
from reviewer.attachments.cache import default_folder
from reviewer.cli import building
from reviewer.model.problem import ExitStatus
from reviewer.site import layout
from reviewer.site.request import Request


@click.command()
@click.option(
    "--out",
    "site",
    type=click.Path(path_type=Path),
    default=Path("out/demo"),
    show_default=True,
    metavar="DIR",
    help="輸出資料夾。 / Where the site goes.",
)
@click.option("--jobs", type=click.IntRange(min=1), default=None, metavar="N", help="同時執行的程序數。 / Processes at a time.")
@click.option("--json", "as_json", is_flag=True, help="只印出一個 JSON 物件。 / Print one JSON object and nothing else.")
def demo(*, site: Path, jobs: int | None, as_json: bool) -> ExitStatus:
    """用隨附的範例學校走完整個流程。 / Build the example schools' sites.

    Builds the sites of the three example departments from the example schools' export, and prints what to open.
    """
    request = Request(
        packages=str(resources.data_folder("fixtures") / "committee"),
        applications=None,
        config=resources.data_folder("site_config"),
        site=site,
        cache=default_folder().parent,
        workers=jobs or os.cpu_count() or 1,
    )
    status = building.run(request, as_json=as_json)
    if not as_json:
        click.echo("\n請用瀏覽器打開： / Open in a browser:")
        for page in (*sorted(site.glob(f"*/{layout.PAGE}")), site / layout.PAGE, site / layout.REPORT_PAGE):
            click.echo(f"  {page.resolve().as_uri()}")
    return status
