"""A department's folder made whole in staging: dossiers, theme, cohort page, hashes, record; then checked."""

from collections.abc import Iterator
from pathlib import Path

from reviewer.model.problem import Problem, ProblemKind, Severity, Stop, Where
from reviewer.model.selection import Selection
from reviewer.model.text import Text
from reviewer.render.html import cohort_page, help_page
from reviewer.render.view import cohort_view, desk_script, help_view, page_characters
from reviewer.search import shards
from reviewer.search.words import page_labels, page_words
from reviewer.selection.rubrics import Rubric
from reviewer.site import disk, layout, publish, record, rows, sums, theme
from reviewer.site.check import departments
from reviewer.site.plan import PlannedDepartment
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


class Department:
    """One department on its way from finished dossiers to a folder that can be published."""

    def __init__(
        self,
        paths: layout.Paths,
        planned: PlannedDepartment,
        kept: frozenset[str],
        cache: Path,
        *,
        watermark: str = "",
        rubric: Rubric | None = None,
    ) -> None:
        """`kept` names the dossiers that are taken over from the published folder; all others have their result in staging.

        Without a rubric the desk reads and does not mark.
        """
        self._planned, self._kept, self._cache, self._watermark, self._rubric = planned, kept, cache, watermark, rubric
        self._staged = paths.staged(planned.code)
        self._published = paths.department(planned.code)
        self._former = {result.name: result for result in record.results(paths.record(planned.code)) if result.name in kept}

    def finish(self) -> tuple[Problem, ...]:
        """Make the folder whole. Returns why it must not be published, if so; the published one then stands."""
        self._take_over()
        code = self._planned.code
        made = [result.name for result in self._results() if result.state is State.MADE]
        if not made:
            return (NOTHING_BUILT.at(Where(package=code), code=code),)
        points = self._write_pages()
        selection = self._planned.selection
        theme.write(
            self._staged.site / layout.THEME,
            selection.accent,
            selection.theme,
            points,
            cache=self._cache,
            language=selection.language,
            logo=selection.logo,
        )
        self._write_search()
        own = self._own_files(frozenset(made))
        references = ((result.name, reference) for result in self._results() for reference in result.references)
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
        )
        record.write(self._staged.record, head, self._results())
        return ()

    def set_aside(self) -> Iterator[Result]:
        """Dossiers that were not made."""
        return (result for result in self._results() if result.state is State.SET_ASIDE)

    def _results(self) -> Iterator[Result]:
        """All dossiers' results by folder name, read from disk one at a time."""
        for dossier in self._planned.dossiers:
            if dossier.name in self._kept:
                yield self._former[dossier.name]
                continue
            finished = record.read_finished(self._staged.result(dossier.name))
            if finished is not None:
                yield finished.result

    def _take_over(self) -> None:
        """Bring in what stays, remove what does not belong."""
        self._staged.site.mkdir(parents=True, exist_ok=True)
        wanted = {result.name for result in self._results() if result.state is State.MADE}
        for entry in sorted(self._staged.site.iterdir()):
            if entry.is_dir() and entry.name not in wanted:
                disk.remove_tree(entry)
            elif not entry.is_dir():
                entry.unlink()
        for name in sorted(wanted & self._kept):
            disk.remove_tree(self._staged.site / name)
            disk.remove_tree(self._staged.scratch / name)
            disk.link_tree(self._published / name, self._staged.scratch / name)
            (self._staged.scratch / name).rename(self._staged.site / name)

    def _write_pages(self) -> frozenset[int]:
        """Write the desk with what its script reads, and the help; return every character that the department's pages show."""
        points: set[int] = set()
        cohort = []
        for result in self._results():
            points.update(result.characters)
            if result.row:
                cohort.append(rows.from_json(result.row))
        page = cohort_page(cohort_view(self._planned.selection, cohort, watermark=self._watermark))
        (self._staged.site / layout.PAGE).write_text(page, encoding="utf-8")
        guide = help_page(help_view(self._planned.selection, watermark=self._watermark))
        (self._staged.site / layout.HELP).write_text(guide, encoding="utf-8")
        desk = desk_script(self._planned.selection, cohort, self._rubric)
        (self._staged.site / layout.DATA).mkdir(exist_ok=True)
        (self._staged.site / layout.DATA / layout.DESK).write_text(desk, encoding="utf-8")
        return (
            frozenset(points)
            | page_characters(page + guide + desk)
            | theme.characters_of(self._planned.selection.theme, self._planned.selection.language)
            | _search_characters(self._planned.selection)
        )

    def _write_search(self) -> None:
        """Put the search shards together: records of dossiers that are new from staging, of those that stay from the published shards."""
        standing = shards.Standing(self._published / layout.DATA)
        names = {result.applicant_number: result.name for result in self._results() if result.state is State.MADE}

        def fetch(number: str) -> bytes:
            if names[number] not in self._kept:
                return self._staged.search_record(names[number]).read_bytes()
            if number in standing.numbers:
                return standing.record(number)
            raise Stop(SEARCH_LOST.at(Where(package=self._planned.code), folder=self._published, number=number))

        shards.write(self._staged.site / layout.DATA, names.items(), fetch, self._planned.selection.language)

    def _own_files(self, made: frozenset[str]) -> tuple[str, ...]:
        """Files of the department's folder that belong to no dossier. The search shards, made from the dossiers, are written before this."""
        return tuple(path for path in self._all_files() if path.partition("/")[0] not in made)

    def _all_files(self) -> Iterator[str]:
        return (path for path in sums.files_below(self._staged.site) if path != layout.SUMS)

    def _write_sums(self, own: tuple[str, ...]) -> None:
        """Write SHA256SUMS: the dossiers' hashes as their workers took them, the department's own taken here."""
        hashes = [(path, sums.sha256_of(self._staged.site / path)) for path in own]
        hashes += [(f"{result.name}/{file.path}", file.sha256) for result in self._results() for file in result.files]
        with (self._staged.site / layout.SUMS).open("wb") as file:
            file.writelines(sums.lines(sorted(hashes)))


def _search_characters(selection: Selection) -> frozenset[int]:
    """What the search says on pages, from its files."""
    labels = page_labels(selection.language)
    said = (*page_words(selection.language).values(), *(name for names in labels.values() for name in names.values()))
    return frozenset(map(ord, "".join(said)))
