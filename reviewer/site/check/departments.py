"""The check of what a department's dossiers share: cohort page, theme, and every way from one folder to another."""

from collections.abc import Iterable
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
    texts = {path: (folder / path).read_text(encoding="utf-8") for path in looked_at}
    read = {path: pages.read_page(text) for path, text in texts.items() if path.endswith(".html")}
    ids = {path: facts.ids for path, facts in read.items()}
    known = frozenset((*own, *_of_dossiers(folder, frozenset(dossiers), texts, read)))
    problems: list[Problem] = []
    used: set[str] = {layout.PAGE, layout.SUMS}
    for path, text in texts.items():
        judged = links.judge(path, _addresses(path, text, read), files=known, ids=ids, package=code)
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


def _of_dossiers(folder: Path, dossiers: frozenset[str], texts: dict[str, str], read: dict[str, pages.PageFacts]) -> set[str]:
    """Files in dossiers' folders that the department's pages may name: each page and paper, and whatever is named and there (a school's own characters)."""
    named = {f"{name}/{part}" for name in dossiers for part in (layout.PAGE, layout.PDF)}
    named |= {address for path, text in texts.items() for address in _addresses(path, text, read) if address.partition("/")[0] in dossiers}
    return {path for path in named if ".." not in path.split("/") and (folder / path).is_file()}


def _addresses(path: str, text: str, read: dict[str, pages.PageFacts]) -> tuple[str, ...]:
    if path in read:
        return read[path].addresses
    return pages.read_style(text) if path.endswith(".css") else pages.read_script(text)
