"""`reviewer build`: the command line of the main job."""

import os
from pathlib import Path

import click

from reviewer.attachments.cache import default_folder as default_attachments
from reviewer.cli import building
from reviewer.cli.configuration import usual_folder
from reviewer.model.problem import ExitStatus
from reviewer.packages.remote import is_remote
from reviewer.site.request import Request


@click.command()
@click.argument("packages", type=str)
@click.option(
    "--applications",
    metavar="FILE",
    help="報名資料（.csv 或 .xlsx，檔案或 fsspec 位址）：誰報名哪個校系、勾選了什麼；中央資料庫的匯出需要它。 / The applications table (a file or an fsspec address), needed for a central export.",
)
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="設定資料夾 [預設：目前位置的 site_config，否則隨附的範例]。 / The configuration folder.",
)
@click.option("--out", "site", required=True, type=click.Path(path_type=Path), metavar="SITE", help="輸出資料夾。 / Where the site goes.")
@click.option(
    "--department", "departments", multiple=True, metavar="CODE", help="只做這個校系；可重複。 / Only this department; may be repeated."
)
@click.option("--cache", type=click.Path(path_type=Path), metavar="DIR", help="快取資料夾 [預設：使用者的快取位置]。 / The cache folder.")
@click.option(
    "--jobs", type=click.IntRange(min=1), default=None, metavar="N", help="同時執行的程序數 [預設：處理器數]。 / Processes at a time."
)
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="交給 Dask 叢集製作，如 tcp://主機:8786；不能與 --jobs 並用。 / Make the dossiers on a Dask cluster; not together with --jobs.",
)
@click.option("--no-pdf", is_flag=True, help="不製作 PDF。 / Make no PDFs.")
@click.option(
    "--plan", "plan_only", is_flag=True, help="只列出要做什麼、為什麼，不寫入任何檔案。 / Print what would be made and why; write nothing."
)
@click.option(
    "--rehash", is_flag=True, help="重新讀取每一份資料，即使看來沒有變動。 / Read every package again, even those that look unchanged."
)
@click.option("--json", "as_json", is_flag=True, help="只印出一個 JSON 物件。 / Print one JSON object and nothing else.")
def build(
    *,
    packages: str,
    applications: str | None,
    config: Path | None,
    site: Path,
    departments: tuple[str, ...],
    cache: Path | None,
    jobs: int | None,
    scheduler: str | None,
    no_pdf: bool,
    plan_only: bool,
    rehash: bool,
    as_json: bool,
) -> ExitStatus:
    """把匯出資料做成各校系的離線審查資料夾。 / Make offline review folders from an export.

    Makes one offline review folder a department from PACKAGES: the committee's tree, the central database's export (with --applications), or
    a single package; a folder or an fsspec address (s3://bucket/export). Run it again, and only what changed is made again. Exit status 0: all well; 3: some dossiers were set aside; 1: nothing was
    built; 2: wrong usage or a fault in the configuration.
    """
    if scheduler and jobs:
        raise click.UsageError("--jobs 與 --scheduler 只能擇一。 / Name either --jobs or --scheduler.")
    request = Request(
        packages=packages,
        applications=applications if applications is None or is_remote(applications) else Path(applications),
        config=config or usual_folder(),
        site=site,
        cache=cache or default_attachments().parent,
        departments=departments,
        workers=jobs or os.cpu_count() or 1,
        with_pdf=not no_pdf,
        rehash=rehash,
    )
    if plan_only:
        return building.show_plan(request, as_json=as_json)
    return building.run(request, scheduler=scheduler or "", as_json=as_json)
