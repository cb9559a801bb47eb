"""The check of what a department's dossiers share: cohort page, theme, and every way from one folder to another."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from reviewer.model.problem import Problem, Where
from reviewer.site import layout
from reviewer.site.check import findings, links, pages


def check(
    folder: Path, files: Iterable[str], dossiers: Iterable[str], references: Iterable[tuple[str, str]], code: str
) -> tuple[Problem, ...]:
    """Check the department's own files in `folder`.

    `files` are the department's own, `dossiers` the names of its dossiers' folders, `references` what each dossier (by name) names outside
    its folder.
    """
    own = tuple(files)
    # Search files hold what applicants wrote, addresses among it, as data.
    looked_at = (path for path in own if path.endswith((".html", ".css", ".js")) and not path.startswith(f"{layout.DATA}/"))
    addresses, ids = {}, {}
    for path in looked_at:
        addresses[path], ids[path] = _read(folder / path)
    known = frozenset((*own, *_of_dossiers(folder, frozenset(dossiers), addresses)))
    problems: list[Problem] = []
    used: set[str] = {layout.PAGE, layout.SUMS}
    for path, named in addresses.items():
        judged = links.judge(path, named, files=known, ids=ids, package=code)
        problems += judged.problems
        used |= judged.used
    for name, reference in references:
        path, _, fragment = reference.partition("#")
        where = Where(package=code, file=f"{name}/{layout.PAGE}")
        if path not in known:
            problems.append(findings.DEAD_LINK.at(where, address=reference))
        elif fragment and fragment not in ids.get(path, ()):
            problems.append(findings.DEAD_FRAGMENT.at(where, address=reference))
        used.add(path)
    return (
        *problems,
        *links.names(own, code),
        *links.unreferenced((path for path in own if not path.startswith(f"{layout.DATA}/")), used, code),
    )


def _of_dossiers(folder: Path, dossiers: frozenset[str], addresses: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Files in dossiers' folders that the department's pages may name: each page and paper, and whatever is named and there (a school's own characters)."""
    named = {f"{name}/{part}" for name in dossiers for part in (layout.PAGE, layout.PDF)}
    named.update(address for found in addresses.values() for address in found if address.partition("/")[0] in dossiers)
    return {path for path in named if ".." not in path.split("/") and (folder / path).is_file()}


def _read(path: Path) -> tuple[tuple[str, ...], frozenset[str]]:
    """What a file of ours names, and the places in it that can be named. A page is read line by line: it may list thousands."""
    if path.suffix == ".html":
        with path.open(encoding="utf-8") as lines:
            facts = pages.read_places(lines)
        return facts.addresses, facts.ids
    text = path.read_text(encoding="utf-8")
    return pages.read_style(text) if path.suffix == ".css" else pages.read_script(text), frozenset()
