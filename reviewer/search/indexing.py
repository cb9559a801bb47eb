"""The office's index over all departments of a site: a folder of its own, written department by department in a pool, only what changed.

```
INDEX/index.json               what it is, and which build of which department it holds
INDEX/<校系代碼>/pairs/…         Whoosh's files
INDEX/<校系代碼>/records.bin     the records, for confirming, counting and snippets
INDEX/<校系代碼>/tables.json     the tables of ranking
```

It must never be handed out: it knows all departments, and Whoosh reads parts of it as pickles.
"""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from reviewer.model.problem import ExitStatus, Problem, ProblemKind, Severity, Stop, Where
from reviewer.model.text import Text
from reviewer.search import engine, store
from reviewer.search.collection import DATA_FOLDER, load
from reviewer.search.shards import MANIFEST

KIND, FORMAT = "reviewer-search-index", 1
RECORD = "index.json"
PAIRS = "pairs"
SUMS = "SHA256SUMS"

NO_DEPARTMENTS = ProblemKind(
    "index-no-departments",
    Severity.ERROR,
    Text("{site} 沒有任何校系資料夾。", "{site} holds no department's folder."),
    Text("請指定 reviewer build 產生的網站資料夾。", "Name the folder of a site that reviewer build made."),
)

INSIDE_SITE = ProblemKind(
    "index-inside-site",
    Severity.ERROR,
    Text(
        "索引不可放在網站資料夾 {site} 內，以免一併交給評閱者。",
        "The index must not lie inside the site {site}, lest it be handed out with it.",
    ),
    Text("請用 --out 指定網站以外的資料夾。", "Name a folder outside the site with --out."),
)

INDEX_FOREIGN = ProblemKind(
    "index-target-foreign",
    Severity.ERROR,
    Text("{out} 已有其他檔案，而且不是 reviewer 建立的索引。", "{out} already holds other files and is not an index made by reviewer."),
    Text("請用 --out 指定新的或空的資料夾。", "Name a new or empty folder with --out."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexed:
    """What became of the departments."""

    written: tuple[str, ...]
    """校系代碼 indexed now."""
    kept: tuple[str, ...]
    """Unchanged since the last time."""
    removed: tuple[str, ...]
    """No longer in the site."""
    problems: tuple[Problem, ...]
    """Search files that are missing or damaged."""


def index_site(site: Path, out: Path, *, workers: int, listener: Callable[[int, int], None] = lambda _done, _total: None) -> Indexed:
    """Bring an index up to date with a site. Raises `Stop` when there is nothing to index or the target may not be used."""
    wanted = {folder.name: fingerprint(folder) for folder in departments(site)}
    if not wanted:
        raise Stop(NO_DEPARTMENTS.at(Where(file=str(site)), site=site))
    _refuse(site, out)
    known = read_record(out) or {}
    kept = tuple(code for code in wanted if known.get(code) == wanted[code] and (out / code / store.TABLES).is_file())
    removed = tuple(sorted(known.keys() - wanted.keys()))
    todo = tuple(code for code in wanted if code not in kept)
    out.mkdir(parents=True, exist_ok=True)
    # First the record without what is about to change: whoever stops this finds no half-written department in it.
    standing = {code: wanted[code] for code in kept} | {code: "" for code in todo if (out / code / store.TABLES).is_file()}
    _write_record(out, standing)
    for code in removed:
        shutil.rmtree(out / code, ignore_errors=True)
    problems: list[Problem] = []
    listener(0, len(todo))
    with _pool(min(workers, len(todo))) as pool:
        for done, (code, found) in enumerate(pool.map(_index_department, [(site / code, _part(out, code)) for code in todo]), 1):
            problems += found
            if _part(out, code).is_dir():
                shutil.rmtree(out / code, ignore_errors=True)
                _part(out, code).rename(out / code)
            # What has a fault is searched as far as it goes, which whoever searches is told, and is indexed anew next time.
            standing[code] = "" if found else wanted[code]
            _write_record(out, standing)
            listener(done, len(todo))
    return Indexed(written=todo, kept=kept, removed=removed, problems=tuple(problems))


def _part(out: Path, code: str) -> Path:
    """Where a department's part is made before it takes the place of the former one."""
    return out / f".{code}.part"


def departments(site: Path) -> Iterator[Path]:
    """Yield the departments' folders of a site, by code; the site may be a single department's folder."""
    if (site / DATA_FOLDER / MANIFEST).is_file():
        yield site
        return
    for folder in sorted(site.iterdir()) if site.is_dir() else ():
        if (folder / DATA_FOLDER / MANIFEST).is_file():
            yield folder


def fingerprint(folder: Path) -> str:
    """Which build a department's folder is: the hash of its SHA256SUMS, else of its manifest."""
    named = folder / SUMS
    return hashlib.sha256((named if named.is_file() else folder / DATA_FOLDER / MANIFEST).read_bytes()).hexdigest()


def read_record(out: Path) -> Mapping[str, str] | None:
    """Departments of an index with their fingerprints; None when the folder is no index of this format."""
    try:
        record = json.loads((out / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(record, dict) or record.get("kind") != KIND or record.get("format") != FORMAT:
        return None
    found = record.get("departments")
    return found if isinstance(found, dict) else None


def _write_record(out: Path, known: Mapping[str, str]) -> None:
    text = json.dumps({"kind": KIND, "format": FORMAT, "departments": known}, ensure_ascii=False, sort_keys=True)
    part = out / f".{RECORD}"
    part.write_text(text, encoding="utf-8")
    part.replace(out / RECORD)


def _refuse(site: Path, out: Path) -> None:
    target = out.resolve()
    handed_out = any((folder / DATA_FOLDER / MANIFEST).is_file() for folder in (target, *target.parents))
    if target.is_relative_to(site.resolve()) or handed_out:
        raise Stop(INSIDE_SITE.at(Where(file=str(out)), site=site), status=ExitStatus.USAGE)
    if out.exists() and (not out.is_dir() or (any(out.iterdir()) and not (out / RECORD).is_file())):
        raise Stop(INDEX_FOREIGN.at(Where(file=str(out)), out=out), status=ExitStatus.USAGE)


def _pool(workers: int) -> Executor:
    return ProcessPoolExecutor(max_workers=max(1, workers), mp_context=get_context("spawn"))


def _index_department(task: tuple[Path, Path]) -> tuple[str, tuple[Problem, ...]]:
    """Write one department's index; runs in a worker. Of search files that cannot be read nothing is written."""
    source, target = task
    shutil.rmtree(target, ignore_errors=True)
    try:
        collection = load(source)
    except Stop as stop:
        return source.name, stop.problems
    (target / PAIRS).mkdir(parents=True)
    engine.write(target / PAIRS, collection.dossiers)
    store.write(target, collection)
    return source.name, collection.problems
