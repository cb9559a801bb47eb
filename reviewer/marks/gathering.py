"""Files become raters: one department and year, several files of one rater merged by the version rule."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from reviewer.marks import findings
from reviewer.marks.overruled import Overruled, overruled, without_leaps
from reviewer.marks.reading import ReviewFile, read_review_file
from reviewer.marks.versions import Record, merge_dossiers
from reviewer.model.problem import Problem, Stop, Where


@dataclass(frozen=True, slots=True, kw_only=True)
class RaterFiles:
    """One rater, all of whose files were merged."""

    id: str
    """Random id that his desk made."""
    name: str
    """How he calls himself in the file saved last; his id's first eight characters when he does not say."""
    files: tuple[str, ...]
    """Names of the files."""
    saved_at: str
    """When the latest was saved."""
    rereads: frozenset[str]
    """Dossiers that he re-read: they are in a file from a folder for re-reading and in no other of his."""
    dossiers: dict[str, Record]
    """Records by 應試號碼."""
    overruled: tuple[Overruled, ...] = ()
    """Marks of his files that others of them replaced."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What the files hold together."""

    department_code: str
    """校系代碼."""
    department_name: str
    """As the desks wrote it."""
    admission_year: int
    """招生學年度."""
    raters: tuple[RaterFiles, ...]
    """By name, then id."""
    rubrics: tuple[tuple[str, str, str], ...]
    """File, rubric id and fingerprint of every file."""
    refused: tuple[str, ...]
    """Files that were left out as a whole."""
    problems: tuple[Problem, ...]
    """Every fault of every file."""


def gather(paths: Iterable[Path]) -> Gathered:
    """Read and merge the files; raise `Stop` with every reason when not one is left."""
    files: list[ReviewFile] = []
    problems: list[Problem] = []
    refused: list[str] = []
    for path, name in _named(paths).items():
        file, found = read_review_file(path, name)
        problems += found
        if file is None:
            refused.append(name)
        else:
            files.append(file)
    if not files:
        raise Stop(*problems, findings.NOTHING_TO_MERGE.at(Where()))
    code, year = _most(files)
    taken = []
    for file in files:
        where = Where(file=file.name)
        if file.department_code != code:
            problems.append(findings.OTHER_DEPARTMENT.at(where, other=file.department_code, own=code))
        elif file.admission_year != year:
            problems.append(findings.OTHER_YEAR.at(where, other=file.admission_year, own=year))
        else:
            taken.append(file)
            continue
        refused.append(file.name)
    raters = tuple(sorted(_raters(taken), key=lambda rater: (rater.name, rater.id)))
    return Gathered(
        department_code=code,
        department_name=max(taken, key=lambda file: file.saved_at).department_name,
        admission_year=year,
        raters=raters,
        rubrics=tuple((file.name, file.rubric_id, file.rubric_sha256) for file in taken),
        refused=tuple(refused),
        problems=(*problems, *_told(taken, raters), *_same_names(raters)),
    )


def _named(paths: Iterable[Path]) -> dict[Path, str]:
    """Each file once, by its name; with its folder where two are called the same."""
    each = list(dict.fromkeys(paths))
    counted = Counter(path.name for path in each)
    return {path: path.name if counted[path.name] == 1 else f"{path.parent.name}/{path.name}" for path in each}


def _told(files: Sequence[ReviewFile], raters: Sequence[RaterFiles]) -> Iterator[Problem]:
    """What is well but worth knowing: files without marks, re-readings, several files of one rater."""
    for file in files:
        if not any(record["fields"] for record in file.dossiers.values()):
            yield findings.NO_MARKS.at(Where(file=file.name), name=file.rater_name or file.rater_id[:8])
        elif file.reread:
            yield findings.REREAD_FILE.at(Where(file=file.name))
    if all(file.reread for file in files):
        yield findings.ONLY_REREADS.at(Where())
    for rater in raters:
        if len(rater.files) > 1:
            yield findings.SEVERAL_FILES.at(Where(), name=rater.name, count=len(rater.files), files="、".join(rater.files))


def _most(files: Sequence[ReviewFile]) -> tuple[str, int]:
    """Department and year of most files; of those that are equally many, of the file named first."""
    counted = Counter((file.department_code, file.admission_year) for file in files)
    return counted.most_common(1)[0][0]


def _raters(files: Iterable[ReviewFile]) -> list[RaterFiles]:
    by_id: dict[str, list[ReviewFile]] = {}
    for file in files:
        by_id.setdefault(file.rater_id, []).append(file)
    made = []
    for rater_id, own in by_id.items():
        dossiers: dict[str, Record] = {}
        for each in without_leaps(own):
            dossiers = merge_dossiers(dossiers, each)
        latest = max(own, key=lambda file: (file.saved_at, file.rater_name))
        made.append(
            RaterFiles(
                id=rater_id,
                name=latest.rater_name or rater_id[:8],
                files=tuple(sorted({file.name for file in own})),
                saved_at=latest.saved_at,
                rereads=_numbers(file for file in own if file.reread) - _numbers(file for file in own if not file.reread),
                dossiers=dossiers,
                overruled=tuple(overruled(rater_id, own, dossiers)),
            )
        )
    return made


def _numbers(files: Iterable[ReviewFile]) -> frozenset[str]:
    return frozenset(number for file in files for number in file.dossiers)


def _same_names(raters: Sequence[RaterFiles]) -> list[Problem]:
    """People of one name. Who reads anew marks under an id of his own: as a first reader and a third one he is the same person."""
    by_name: dict[tuple[str, bool], list[str]] = {}
    for rater in raters:
        by_name.setdefault((rater.name, rater.rereads == rater.dossiers.keys()), []).append(rater.id)
    return [
        findings.SAME_NAME.at(Where(), count=len(ids), name=name, ids="、".join(ids)) for (name, _), ids in by_name.items() if len(ids) > 1
    ]
