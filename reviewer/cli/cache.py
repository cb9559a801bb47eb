"""`reviewer cache info|clear`: what the cache of processed attachments holds."""

import datetime as dt
import json
from pathlib import Path

import click

from reviewer.attachments.cache import DEFAULT_LIMIT_BYTES, Store, StoreInfo, default_folder
from reviewer.model.text import number_of

_FOLDER = click.option(
    "--cache",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    help="快取資料夾，預設在使用者的快取目錄。 / The cache's folder; by default in the user's cache folder.",
)
_JSON = click.option("--json", "as_json", is_flag=True, help="只印出一個 JSON 物件。 / Print one JSON object and nothing else.")


@click.group()
def cache() -> None:
    """已處理附件的快取。 / The cache of processed attachments."""


@cache.command()
@_FOLDER
@_JSON
def info(folder: Path | None, *, as_json: bool) -> None:
    """列出快取的位置、大小與件數。 / Print where the cache is and how much it holds."""
    found = _at(folder, clear=False)
    if as_json:
        click.echo(json.dumps(_plain(found), ensure_ascii=False))
        return
    click.echo(f"位置 / folder      {found.folder}")
    click.echo(f"附件 / attachments {found.entries:,}")
    click.echo(f"大小 / size        {_size(found.size_bytes)}（上限 / limit {_size(found.limit_bytes)}）")
    if found.outdated_entries:
        click.echo(f"舊版 / outdated    {found.outdated_entries:,}")
    if found.entries:
        used = dt.datetime.fromtimestamp(found.oldest_use, tz=dt.UTC).astimezone()
        click.echo(f"最久未用 / oldest   {used:%Y-%m-%d %H:%M}")


@cache.command()
@_FOLDER
@_JSON
def clear(folder: Path | None, *, as_json: bool) -> None:
    """清空快取；建置中的項目會留下。 / Empty the cache; what a running build uses stays."""
    removed = _at(folder, clear=True)
    if as_json:
        click.echo(
            json.dumps({"removed": removed.entries, "freed_bytes": removed.size_bytes, "folder": str(removed.folder)}, ensure_ascii=False)
        )
        return
    click.echo(
        f"已清除 {removed.entries:,} 個附件，釋出 {_size(removed.size_bytes)}。 / Removed {number_of(removed.entries, 'attachment')}, {_size(removed.size_bytes)}."
    )


def _at(folder: Path | None, *, clear: bool) -> StoreInfo:
    """Look at or empty a cache. A folder that is not there is an empty cache, and is not made for being asked about."""
    place = folder or default_folder()
    if not place.is_dir():
        return StoreInfo(folder=place, entries=0, size_bytes=0, limit_bytes=DEFAULT_LIMIT_BYTES, outdated_entries=0, oldest_use=0.0)
    with Store(place) as store:
        return store.clear() if clear else store.info()


def _plain(found: StoreInfo) -> dict[str, object]:
    return {
        "folder": str(found.folder),
        "entries": found.entries,
        "size_bytes": found.size_bytes,
        "limit_bytes": found.limit_bytes,
        "outdated_entries": found.outdated_entries,
    }


def _size(size_bytes: int) -> str:
    if size_bytes < 2**20:
        return f"{size_bytes / 2**10:.1f} KB"
    return f"{size_bytes / 2**20:,.1f} MB" if size_bytes < 2**30 else f"{size_bytes / 2**30:,.1f} GB"
