"""The check of one dossier's folder: its page, its files, what must not be read in them."""

from collections.abc import Iterable
from dataclasses import dataclass

from reviewer.model.hiding import Hidden
from reviewer.model.problem import Problem
from reviewer.site import layout
from reviewer.site.check import links, masked, pages


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What the check found."""

    problems: tuple[Problem, ...]
    """Faults; any of them sets the dossier aside."""
    outside: frozenset[str]
    """What the page names outside its folder, relative to the department's."""


def check(name: str, page: str, printed: Iterable[str], *, files: Iterable[str], hidden: Hidden, package: str) -> Checked:
    """Check a dossier's folder `name`; `files` are relative to it, `printed` are the words of its PDF where any are `hidden`, which no reviewer may see."""
    paths = tuple(f"{name}/{path}" for path in files)
    own = f"{name}/{layout.PAGE}"
    facts = pages.read_page(page)
    judged = links.judge(own, facts.addresses, files=frozenset(paths), ids={own: facts.ids}, within=f"{name}/", package=package)
    problems = [*judged.problems, *links.names(paths, package), *links.unreferenced(paths, judged.used | {own}, package)]
    if hidden:
        problems += masked.in_words([facts.words], hidden, file=layout.PAGE, package=package)
        problems += masked.in_words(printed, hidden, file=layout.PDF, package=package)
    return Checked(problems=tuple(problems), outside=judged.outside)
