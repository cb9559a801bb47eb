"""Whether everything that pages name is there, and everything that is there is named. Paths are POSIX, relative to the department's folder."""

import posixpath
import re
import urllib.parse
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from reviewer.model.problem import Problem, ProblemKind, Where
from reviewer.site import layout
from reviewer.site.check import findings

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_INLINE = ("data:image/", "data:font/")
"""Content that stands in the page itself."""

_NAME = re.compile(r"[A-Za-z0-9._-]+")


ROUTE = "/"
"""Begins a fragment that is no place on the page but a view of the desk, which its script resolves (`#/d/10110042`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What became of one page's addresses."""

    used: frozenset[str]
    """Files that it names and that are there."""
    outside: frozenset[str]
    """What it names outside the part that was looked at, with fragments: to be judged where that is known."""
    problems: tuple[Problem, ...]
    """What is wrong."""


def judge(
    page: str, addresses: Iterable[str], *, files: Container[str], ids: Mapping[str, frozenset[str]], within: str = "", package: str = ""
) -> Judged:
    """Judge the addresses that a page (or style sheet) names.

    `files` are those that are there, `ids` the places by page. With `within` (a folder's path with its slash) only what lies in it is looked
    up, the rest is returned as `outside`.
    """
    used: set[str] = set()
    outside: set[str] = set()
    problems: dict[str, Problem] = {}
    where = Where(package=package, file=page)
    for address in addresses:
        kind = _forbidden(address)
        path, fragment = _resolve(page, address)
        if address.startswith(_INLINE):
            continue
        if kind is None and (path.startswith("../") or path == ".."):
            kind = findings.LEAVES_FOLDER
        elif kind is None and not path.startswith(within):
            outside.add(f"{path}#{fragment}" if fragment else path)
            continue
        elif kind is None:
            kind = _dead(path, fragment, files, ids)
        if kind is None:
            used.add(path)
        else:
            problems[address] = kind.at(where, address=address)
    return Judged(used=frozenset(used), outside=frozenset(outside), problems=tuple(problems.values()))


def _forbidden(address: str) -> ProblemKind | None:
    if address.startswith(("//", "\\\\")):
        return findings.REMOTE_ADDRESS
    if address.startswith(("/", "\\")) or re.match(r"[a-zA-Z]:[\\/]", address) or address.lower().startswith("file:"):
        return findings.ABSOLUTE_PATH
    if _SCHEME.match(address) and not address.startswith(_INLINE):
        return findings.REMOTE_ADDRESS
    return None


def _dead(path: str, fragment: str, files: Container[str], ids: Mapping[str, frozenset[str]]) -> ProblemKind | None:
    if path not in files:
        return findings.DEAD_LINK
    if not fragment or fragment.startswith(ROUTE) or not path.endswith(".html"):
        return None
    return findings.DEAD_FRAGMENT if fragment not in ids.get(path, frozenset()) else None


def _resolve(page: str, address: str) -> tuple[str, str]:
    bare, _, fragment = address.partition("#")
    bare = urllib.parse.unquote(bare.partition("?")[0])
    path = posixpath.normpath(posixpath.join(posixpath.dirname(page), bare)) if bare else page
    return path, urllib.parse.unquote(fragment)


def unreferenced(files: Iterable[str], used: Container[str], package: str = "") -> tuple[Problem, ...]:
    """Files that no page names."""
    return tuple(findings.UNREFERENCED.at(Where(package=package, file=path)) for path in files if path not in used)


def names(files: Iterable[str], package: str = "") -> tuple[Problem, ...]:
    """Names that another operating system could not hold, and paths too long for it."""
    problems = []
    for path in files:
        where = Where(package=package, file=path)
        if not all(_NAME.fullmatch(name) and not name.endswith(".") for name in path.split("/")):
            problems.append(findings.BAD_NAME.at(where))
        if len(path) > layout.LONGEST_PATH_CHARACTERS:
            problems.append(findings.LONG_PATH.at(where, length=len(path), limit=layout.LONGEST_PATH_CHARACTERS))
    return tuple(problems)
