"""Marks of one rater that another of his files replaces: the office sees which, and by which file.

Defended: who has a rater's file knows his id and his devices, and can write a file that says to have come after it. Such a file cannot be told from
a true one by its marks; so what it replaces is named, as a warning where not even its own times and names fit, and a counter that no hand
reaches (a mark that was changed ten thousand times since) replaces nothing: both stay, a conflict. This is the office's merge only; in the
browser a person chooses what to read.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reviewer.marks import findings
from reviewer.marks.reading import ReviewFile
from reviewer.marks.shapes import Conflict
from reviewer.marks.versions import Record, Version, differing, text
from reviewer.marks.words import as_words, field_words, value_words
from reviewer.model.problem import Problem, Where
from reviewer.selection.rubrics import Rubric

CHANGES_MOST = 10_000
"""How often one mark may be changed on one device between two files; a long note is saved some hundred times."""
_TOLD = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Overruled:
    """A mark that is in one file and was replaced by that of another."""

    change: Conflict
    """Rater, dossier and field; the former value, then the one that counts."""
    former: str
    """File with the former value."""
    latter: str
    """File with the one that counts."""
    is_odd: bool
    """Whether the latter was not given later, or its file has another name for the rater."""


def without_leaps(files: Sequence[ReviewFile]) -> list[dict[str, Record]]:
    """The dossiers of a rater's files, in which no version claims to know more of a device than a hand can have done since the other files."""
    known: dict[tuple[str, str, str], list[int]] = {}
    for file in files:
        for number, record in file.dossiers.items():
            for field, versions in record["fields"].items():
                for device in {device for version in versions for device in version["seen"]}:
                    most = max(version["seen"].get(device, 0) for version in versions)
                    known.setdefault((number, field, device), []).append(most)
    # The least of all files' counters is what a leap is from: who forges two files shall not vouch for himself.
    leaps = {key: min(counters) for key, counters in known.items() if max(counters) - min(counters) > CHANGES_MOST}
    if not leaps:
        return [file.dossiers for file in files]
    places = {(number, field) for number, field, _ in leaps}
    return [
        {
            number: {
                **record,
                "fields": {
                    field: [_settled(version, number, field, leaps) for version in versions] if (number, field) in places else versions
                    for field, versions in record["fields"].items()
                },
            }
            for number, record in file.dossiers.items()
        }
        for file in files
    ]


def _settled(version: Version, number: str, field: str, leaps: Mapping[tuple[str, str, str], int]) -> Version:
    seen = {
        device: least if (least := leaps.get((number, field, device), counter)) + CHANGES_MOST < counter else counter
        for device, counter in version["seen"].items()
    }
    return {**version, "seen": seen}


def overruled(rater: str, files: Sequence[ReviewFile], merged: Mapping[str, Record]) -> Iterator[Overruled]:
    """The marks of a rater's files that others of them replaced; where values stand against each other nothing is replaced."""
    for number, record in sorted(merged.items()):
        for field, versions in sorted(record["fields"].items()):
            counts = versions[0]
            own = [(file, file.dossiers[number]["fields"].get(field, ())) for file in files if number in file.dossiers]
            if len(own) < 2 or len(differing(versions)) > 1:
                continue
            value = text(counts["value"])
            latter = next((file for file, given in own if any(text(one["value"]) == value for one in given)), None)
            for file, given in own:
                former = next((one for one in given if text(one["value"]) != value), None)
                if latter is None or former is None or any(text(one["value"]) == value for one in given):
                    continue
                values = (as_words(former["value"]), as_words(counts["value"]))
                yield Overruled(
                    change=Conflict(rater=rater, number=number, field=field, values=values),
                    former=file.name,
                    latter=latter.name,
                    is_odd=(counts["at"], latter.saved_at) <= (former["at"], file.saved_at) or file.rater_name != latter.rater_name,
                )


def overruled_problems(name: str, found: Sequence[Overruled], rubric: Rubric) -> Iterator[Problem]:
    """What is told of them: once for two files, with the first of the marks."""
    groups: dict[tuple[str, str, bool], list[Conflict]] = {}
    for one in found:
        groups.setdefault((one.former, one.latter, one.is_odd), []).append(one.change)
    for (former, latter, is_odd), changes in groups.items():
        kind = findings.MARKS_OVERRULED if is_odd else findings.MARKS_SUPERSEDED
        told = "、".join(
            f"{change.number} {field_words(change, rubric).zh}（{value_words(change, rubric, ' → ')}）" for change in changes[:_TOLD]
        )
        more = "…" if len(changes) > _TOLD else ""
        yield kind.at(Where(), name=name, former=former, latter=latter, count=f"{len(changes):,}", marks=f"{told}{more}")
