"""A department of 500 dossiers, made of the pages, row facts and search records of a built department, which has fewer.

Each dossier stands several times under other numbers, its files shared by links. What is measured on it is opening, listing and searching, all of which
grow with the number of dossiers and not with how much they differ; an index over it holds fewer different words than one over 500 applicants.
"""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reviewer.search import shards

DOSSIERS = 500
FIRST = 20_000_000
"""The first 應試號碼; the others follow it."""

_OPENING, _CLOSING = 'Reviewer.give("desk", ', ");\n"


def largest(site: Path) -> Path:
    """The department of a site with the most dossiers. Raises FileNotFoundError when there is none."""
    departments = [path.parent.parent for path in site.glob("*/data/desk.js")]
    if not departments:
        raise FileNotFoundError(f"no department in {site}")
    return max(departments, key=lambda folder: sum(1 for _ in folder.glob("*/index.html")))


def cohort(source: Path, folder: Path, dossiers: int = DOSSIERS) -> Path:
    """Make a department's folder of so many dossiers from those of `source`; return its page."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "data").mkdir(parents=True)
    (folder / "theme").symlink_to((source / "theme").absolute())
    text = (source / "data" / "desk.js").read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text.removeprefix(_OPENING).removesuffix(_CLOSING))
    head, rows, tail = _table((source / "index.html").read_text(encoding="utf-8"))
    made, table = [], []
    originals = dict(_numbers(data["dossiers"], dossiers))
    by_number = {each["number"]: each for each in data["dossiers"]}
    for number, old in originals.items():
        original = by_number[old]
        made.append({**original, "number": number, "folder": number, "page": f"{number}/index.html"})
        table.append(rows[old].replace(old, number))
        home = folder / number
        home.mkdir()
        html = (source / original["folder"] / "index.html").read_text(encoding="utf-8")
        (home / "index.html").write_text(html.replace(old, number), encoding="utf-8")
        if (source / original["folder"] / "f").is_dir():
            (home / "f").symlink_to((source / original["folder"] / "f").absolute())
    desk = json.dumps({**data, "dossiers": made}, ensure_ascii=False)
    (folder / "data" / "desk.js").write_text(f"{_OPENING}{desk}{_CLOSING}", encoding="utf-8")
    (folder / "index.html").write_text(head + "".join(table) + tail, encoding="utf-8")
    standing = shards.Standing(source / "data")
    records = {old: standing.record(old) for old in sorted(standing.numbers, key=shards.shard_of)}

    def record(number: str) -> bytes:
        old = originals[number]
        return records[old].decode("utf-16-le").replace(old, number).encode("utf-16-le")

    shards.write(folder / "data", ((number, number) for number in originals), record)
    return folder / "index.html"


def _numbers(rows: list[dict[str, Any]], dossiers: int) -> Iterator[tuple[str, str]]:
    """Yield the new numbers with those that they stand for, of the same length: search records count their characters."""
    for at in range(dossiers):
        old = str(rows[at % len(rows)]["number"])
        number = str(FIRST + at)
        if len(number) != len(old):
            raise ValueError(f"{old}: numbers of another length than {number}")
        yield number, old


def _table(page: str) -> tuple[str, dict[str, str], str]:
    """The list's page before its rows, its rows by number, and the rest."""
    head, _, rest = page.partition("<tbody>\n")
    body, _, tail = rest.partition("</tbody>")
    rows = [f"<tr{part}" for part in body.split("<tr")[1:]]
    return f"{head}<tbody>\n", {row.split('data-number="')[1].split('"')[0]: row for row in rows}, f"</tbody>{tail}"
