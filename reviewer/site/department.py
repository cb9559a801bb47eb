"""A department's folder made whole in staging: dossiers, theme, cohort page, hashes, record; then checked."""

import contextlib
import gc
import heapq
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from reviewer.model.problem import Problem, ProblemKind, Severity, Stop, Where
from reviewer.model.selection import Selection
from reviewer.model.text import Text
from reviewer.render.html import cohort_pieces, help_page
from reviewer.render.view import desk_pieces, help_view, ordered_cohort_view, page_characters
from reviewer.search import shards
from reviewer.search.words import page_labels, page_words
from reviewer.selection.rubrics import Rubric
from reviewer.site import disk, layout, publish, record, rows, sums, theme
from reviewer.site.check import departments
from reviewer.site.plan import PlannedDepartment, PlannedDossier
from reviewer.site.results import Result, State
from reviewer.site.survey import shared_sha256

NOTHING_BUILT = ProblemKind(
    "department-empty",
    Severity.ERROR,
    Text(
        "校系 {code} 沒有任何一份檔案完成，沒有發布。",
        "Department {code} has not a single dossier that could be made; it was not published.",
    ),
    Text("請依各份檔案擱置的原因處理後重新執行。", "See why its dossiers were set aside, mend that, and run again."),
)

SEARCH_LOST = ProblemKind(
    "search-records-lost",
    Severity.ERROR,
    Text(
        "{folder} 的搜尋資料已損壞（找不到應試號碼 {number}），無法沿用。",
        "The search files in {folder} are damaged (applicant {number} is not in them) and cannot be taken over.",
    ),
    Text(
        "請刪除這個校系資料夾後重新執行，各份檔案會重新製作。",
        "Delete the department's folder and run again; its dossiers are then made anew.",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What is held of all dossiers of a department at once: names and addresses. Everything else is read again, one dossier at a time."""

    made: dict[str, str]
    """Folder by 應試號碼, of those that were made."""
    characters: frozenset[int]
    """What their pages and lines need drawn."""
    references: tuple[tuple[str, tuple[str, ...]], ...]
    """Folder, and what its pages name outside it."""
    rows: rows.RowFile
    """Their lines in the cohort page."""


class Department:
    """One department on its way from finished dossiers to a folder that can be published."""

    def __init__(
        self,
        paths: layout.Paths,
        planned: PlannedDepartment,
        kept: frozenset[str],
        *,
        watermark: str = "",
        rubric: Rubric | None = None,
    ) -> None:
        """`kept` names the dossiers that are taken over from the published folder; all others have their result in staging.

        Without a rubric the desk reads and does not mark.
        """
        self._planned, self._kept, self._watermark, self._rubric = planned, kept, watermark, rubric
        self._staged = paths.staged(planned.code)
        self._published = paths.department(planned.code)
        self._former = record.Lines(paths.record(planned.code), kept)

    def finish(self) -> tuple[Problem, ...]:
        """Make the folder whole. Returns why it must not be published, if so; the published one then stands."""
        code = self._planned.code
        gathered = self._gather()
        self._take_over(frozenset(gathered.made.values()))
        if not gathered.made:
            return (NOTHING_BUILT.at(Where(package=code), code=code),)
        points = gathered.characters | self._write_pages(gathered.rows)
        gc.collect()  # also gives back the thousands of tuples that Python keeps at hand: cutting fonts takes the most memory of all
        selection = self._planned.selection
        theme.write(
            self._staged.site / layout.THEME,
            selection.accent,
            selection.theme,
            points,
            language=selection.language,
            logo=selection.logo,
        )
        self._write_search(gathered.made)
        made = frozenset(gathered.made.values())
        own = self._own_files(made)
        references = ((name, reference) for name, named in gathered.references for reference in named)
        problems = departments.check(self._staged.site, own, made, references, code)
        if problems:
            return problems
        self._write_sums(own)
        head = record.Header(
            schema=record.SCHEMA,
            department_code=code,
            department_name=selection.name,
            shared=shared_sha256(self._planned.shared, self._rubric),
            sums_sha256=publish.sums_sha256(self._staged.site),
            own=tuple((path, (self._staged.site / path).stat().st_size) for path in own),
        )
        record.write(self._staged.record, head, self._results())
        return ()

    def set_aside(self) -> Iterator[Result]:
        """Dossiers that were not made."""
        return (result for result in self._results() if result.state is State.SET_ASIDE)

    def _results(self) -> Iterator[Result]:
        """All dossiers' results by folder name, read from disk one at a time."""
        return (result for _, result in self._found())

    def _found(self) -> Iterator[tuple[PlannedDossier, Result]]:
        found = ((dossier, self._result(dossier.name)) for dossier in self._planned.dossiers)
        return ((dossier, result) for dossier, result in found if result is not None)

    def _result(self, name: str) -> Result | None:
        if name in self._kept:
            return self._former[name]
        finished = record.read_finished(self._staged.result(name))
        return finished.result if finished is not None else None

    def _gather(self) -> Gathered:
        """Look through all dossiers once."""
        made: dict[str, str] = {}
        points: set[int] = set()
        references: list[tuple[str, tuple[str, ...]]] = []
        same: dict[tuple[str, ...], tuple[str, ...]] = {}

        def lines() -> Iterator[tuple[str, str]]:
            for dossier, result in self._found():
                number = dossier.application.applicant_number  # these names the plan holds already
                if result.state is State.MADE:
                    made[number] = dossier.name
                    # Most dossiers name the same few files of the theme.
                    references.append((dossier.name, same.setdefault(result.references, result.references)))
                points.update(result.characters)
                if result.row:
                    yield number, result.row

        self._staged.root.mkdir(parents=True, exist_ok=True)
        lines_by_number = rows.RowFile(self._staged.rows, lines())
        return Gathered(made=made, characters=frozenset(points), references=tuple(references), rows=lines_by_number)

    def _take_over(self, wanted: frozenset[str]) -> None:
        """Bring in what stays, remove what does not belong."""
        self._staged.site.mkdir(parents=True, exist_ok=True)
        with os.scandir(self._staged.site) as entries:
            found = list(entries)
        for entry in found:
            if not entry.is_dir(follow_symlinks=False):
                os.unlink(entry)  # noqa: PTH108
            elif entry.name not in wanted:
                disk.remove_tree(Path(entry))
        for name in sorted(wanted & self._kept):
            disk.remove_tree(self._staged.site / name)
            disk.remove_tree(self._staged.scratch / name)
            disk.link_tree(self._published / name, self._staged.scratch / name)
            (self._staged.scratch / name).rename(self._staged.site / name)

    def _write_pages(self, lines: rows.RowFile) -> frozenset[int]:
        """Write the desk with what its script reads, and the help; return every character that they and the theme show."""
        selection = self._planned.selection
        points = _write(self._staged.site / layout.PAGE, cohort_pieces(ordered_cohort_view(selection, lines, watermark=self._watermark)))
        points |= _write(self._staged.site / layout.HELP, [help_page(help_view(selection, watermark=self._watermark))])
        (self._staged.site / layout.DATA).mkdir(exist_ok=True)
        points |= _write(self._staged.site / layout.DATA / layout.DESK, desk_pieces(selection, lines, self._rubric))
        self._staged.rows.unlink()
        return points | theme.characters_of(selection.theme, selection.language) | _search_characters(selection)

    def _write_search(self, made: dict[str, str]) -> None:
        """Put the search shards together: records of dossiers that are new from staging, of those that stay from the published shards."""
        standing = shards.Standing(self._published / layout.DATA)

        def fetch(number: str) -> bytes:
            if made[number] not in self._kept:
                return self._staged.search_record(made[number]).read_bytes()
            with contextlib.suppress(KeyError):
                return standing.record(number)
            raise Stop(SEARCH_LOST.at(Where(package=self._planned.code), folder=self._published, number=number))

        shards.write(self._staged.site / layout.DATA, made.items(), fetch, self._planned.selection.language)

    def _own_files(self, made: frozenset[str]) -> tuple[str, ...]:
        """Files of the department's folder that belong to no dossier. The search shards, made from the dossiers, are written before this."""
        return tuple(path for path in self._all_files() if path.partition("/")[0] not in made)

    def _all_files(self) -> Iterator[str]:
        return (path for path in sums.files_below(self._staged.site) if path != layout.SUMS)

    def _write_sums(self, own: tuple[str, ...]) -> None:
        """Write SHA256SUMS: the dossiers' hashes as their workers took them, the department's own taken here."""
        mine = ((path, sums.sha256_of(self._staged.site / path)) for path in sorted(own))
        with (self._staged.site / layout.SUMS).open("wb") as file:
            file.writelines(sums.lines(heapq.merge(mine, self._dossiers_sums())))

    def _dossiers_sums(self) -> Iterator[tuple[str, str]]:
        """Every file of every dossier with its hash, by path: a folder's name is followed by a slash, which sorts after a hyphen."""
        for dossier in sorted(self._planned.dossiers, key=lambda dossier: f"{dossier.name}/"):
            result = self._result(dossier.name)
            for file in result.files if result else ():
                yield f"{dossier.name}/{file.path}", file.sha256


def _write(path: Path, pieces: Iterable[str]) -> frozenset[int]:
    """Write a page piece by piece; return its characters."""
    points: set[int] = set()
    with path.open("w", encoding="utf-8") as file:
        for piece in pieces:
            file.write(piece)
            points |= page_characters(piece)
    return frozenset(points)


def _search_characters(selection: Selection) -> frozenset[int]:
    """What the search says on pages, from its files."""
    labels = page_labels(selection.language)
    said = (*page_words(selection.language).values(), *(name for names in labels.values() for name in names.values()))
    return frozenset(map(ord, "".join(said)))
