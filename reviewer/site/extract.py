"""Some dossiers of a published department as a folder of their own: a department's folder like any other, with fewer applicants.

Nothing is made anew but what lists applicants: the first page, the desk's facts, the search shards and SHA256SUMS. Dossiers, theme and help are the
published files themselves, as hard links where the file system has them. The folder appears whole or not at all; what a reader has saved in a
former one (files that its SHA256SUMS does not name) stays.
"""

import contextlib
import dataclasses
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from reviewer.model.problem import ProblemKind, Severity, Stop, Where
from reviewer.model.selection import Selection
from reviewer.model.text import Text
from reviewer.render.html import cohort_page
from reviewer.render.view import cohort_view
from reviewer.search import shards
from reviewer.site import disk, layout, record, rows, sums
from reviewer.site.results import Result, State
from reviewer.site.swap import beside, restore, swap

EXTRACT_LOST = ProblemKind(
    "extract-not-there",
    Severity.ERROR,
    Text(
        "{folder} 缺少應試號碼 {number} 的資料（製作紀錄、檔案或搜尋資料），無法取出。",
        "{folder} lacks what belongs to applicant {number} (build record, files or search data); it cannot be taken out.",
    ),
    Text("請用目前的版本重新執行 reviewer build，再取出一次。", "Run reviewer build again with this version, then take it out once more."),
)

EXTRACT_DAMAGED = ProblemKind(
    "extract-damaged",
    Severity.ERROR,
    Text("{folder} 裡的 {file} 與 SHA256SUMS 不符，無法取出。", "{file} in {folder} is not what SHA256SUMS says; it cannot be taken out."),
    Text(
        "請重新複製整個校系資料夾，或刪除它後重新執行 reviewer build。",
        "Copy the department's whole folder again, or delete it and run reviewer build.",
    ),
)

EXTRACT_FOREIGN = ProblemKind(
    "extract-foreign",
    Severity.ERROR,
    Text("{folder} 已經存在，而且不是先前取出的資料夾。", "{folder} exists and is not a folder that was taken out before."),
    Text("請移走它，或指定另一個輸出資料夾。", "Move it away, or name another output folder."),
)


def extract(
    site: Path, selection: Selection, numbers: frozenset[str], target: Path, extras: Mapping[str, bytes], desk: Mapping[str, Any]
) -> tuple[str, ...]:
    """Make `target` a folder of these applicants; a former one is replaced, but for what its reader saved in it.

    `extras` are further files by name, `desk` further facts for the desk. Returns the folders of the dossiers; raises `Stop` when one of them
    cannot be had from the site, or `target` is something else.
    """
    paths = layout.Paths(site)
    code = selection.department_code
    published, staged = paths.department(code), target.with_name(f".{target.name}.part")
    found = {result.applicant_number: result for result in record.results(paths.record(code)) if result.applicant_number in numbers}
    for number in sorted(numbers):
        if number not in found or found[number].state is not State.MADE or not (published / found[number].name).is_dir():
            raise Stop(EXTRACT_LOST.at(Where(package=number), folder=published, number=number))
    aside = beside(target)
    with disk.target_errors(target):
        restore(target, aside)
    if target.exists() and not (target / layout.SUMS).is_file():
        raise Stop(EXTRACT_FOREIGN.at(Where(file=str(target)), folder=target))
    with disk.target_errors(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        disk.remove_tree(staged)
        staged.mkdir()
        _take_over(published, staged, [result.name for result in found.values()])
        _check_taken(published, staged, record.header(paths.record(code)).sums_sha256)
        _write_lists(published, staged, selection, list(found.values()), desk)
        for name, content in extras.items():
            (staged / name).write_bytes(content)
        with (staged / layout.SUMS).open("wb") as file:
            file.writelines(
                sums.lines((path, sums.sha256_of(staged / path)) for path in list(sums.files_below(staged)) if path != layout.SUMS)
            )
        _keep_own(target, staged)
        disk.flush(staged)
        disk.remove_tree(swap(staged, target, aside))
    return tuple(sorted(result.name for result in found.values()))


def _take_over(published: Path, staged: Path, names: list[str]) -> None:
    """Dossiers, theme, and the files that belong to no dossier."""
    for name in (*sorted(names), layout.THEME):
        disk.link_tree(published / name, staged / name)
    for entry in sorted(published.iterdir()):
        if entry.is_file() and entry.name not in (layout.PAGE, layout.SUMS, layout.DELIVERY):
            disk.link_or_copy(entry, staged / entry.name)


def _check_taken(published: Path, staged: Path, sums_sha256: str) -> None:
    """Raise `Stop` when a file is not what was published: here it gets a new line in a new SHA256SUMS. Files that others put there have none to lose."""
    named, _ = sums.read(published / layout.SUMS)
    if sums.sha256_of(published / layout.SUMS) != sums_sha256:
        raise Stop(EXTRACT_DAMAGED.at(Where(file=layout.SUMS), folder=published, file=layout.SUMS))
    desk = f"{layout.DATA}/{layout.DESK}"
    taken = [(path, staged / path) for path in sums.files_below(staged)] + [(desk, published / desk)]
    for path, file in taken:
        if path in named and file.is_file() and named[path] != sums.sha256_of(file):
            raise Stop(EXTRACT_DAMAGED.at(Where(file=path), folder=published, file=path))


def _write_lists(published: Path, staged: Path, selection: Selection, results: list[Result], desk: Mapping[str, Any]) -> None:
    """The first page, the desk's facts and the search shards, for these applicants alone."""
    view = cohort_view(selection, [rows.from_json(result.row) for result in results])
    reread = desk.get("reread", {})
    view = dataclasses.replace(view, evidence=str(reread.get("page", "")))
    (staged / layout.PAGE).write_text(cohort_page(view), encoding="utf-8")
    names = {result.applicant_number: result.name for result in results}
    standing = shards.Standing(published / layout.DATA)

    def fetch(number: str) -> bytes:
        with contextlib.suppress(KeyError):
            return standing.record(number)
        raise Stop(EXTRACT_LOST.at(Where(package=number), folder=published, number=number))

    shards.write(staged / layout.DATA, names.items(), fetch, selection.language)
    facts = _facts(published / layout.DATA / layout.DESK)
    if facts is not None:
        kept = [row for row in facts["dossiers"] if row["number"] in names]
        text = json.dumps({**facts, **desk, "dossiers": kept}, ensure_ascii=False, separators=(",", ":"))
        whole = text.encode("utf-8", "backslashreplace").replace(b"<", b"\\u003c")
        (staged / layout.DATA / layout.DESK).write_bytes(b'Reviewer.give("desk", ' + whole + b");\n")


def _facts(path: Path) -> dict[str, Any] | None:
    """What the published desk knows; None where it has none."""
    if not path.is_file():
        return None
    content = path.read_text(encoding="utf-8")
    facts: dict[str, Any] = json.loads(content[content.index("{") : content.rindex("}") + 1])
    return facts


def _keep_own(former: Path, staged: Path) -> None:
    """What a reader has put into the former folder goes into the next."""
    if not former.exists():
        return
    named, _ = sums.read(former / layout.SUMS)
    for path in list(sums.files_below(former)):
        if path not in named and path != layout.SUMS and not (staged / path).exists():
            (staged / path).parent.mkdir(parents=True, exist_ok=True)
            disk.link_or_copy(former / path, staged / path)
