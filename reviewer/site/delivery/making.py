"""`reviewer deliver`: a department's folder, or what changed in it, as one encrypted container.

The folder is read once, as it is encrypted: every file is compared with SHA256SUMS on its way, nothing is held in memory or written in clear.
"""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reviewer.model.problem import ExitStatus, Problem, Severity, Stop, Where
from reviewer.site import layout, sums
from reviewer.site.delivery import contents, envelopes, findings, reading, statement, tar
from reviewer.site.delivery.contents import Description
from reviewer.site.delivery.envelopes import Form, Lock, Opening
from reviewer.site.delivery.folder import State, open_regular, read_pieces, state_from, state_of, walk
from reviewer.site.delivery.statement import Signer, Statement
from reviewer.site.delivery.targets import target_errors, whole_file


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be delivered, and how."""

    folder: Path
    """A department's folder: SITE/CODE."""
    target: Path
    """The container."""
    form: Form
    """Its form."""
    lock: Lock
    """For whom it is locked."""
    signer: Signer | None = None
    """Who signs; None passes on the signature that the folder carries, if it does."""
    since: State | None = None
    """The older state, for a delta."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """What was delivered."""

    department: str
    """校系代碼."""
    files: int
    """Files in the container."""
    removed: int
    """Files that a delta removes."""
    size_bytes: int
    """Size of the container."""
    is_delta: bool
    """Whether only the difference is inside."""
    signed_by: str
    """Name beside the signature; empty without one."""
    problems: tuple[Problem, ...]
    """Files that were left out, and the like."""


def find_department(site: Path, code: str) -> Path:
    """The department's folder: the path itself, or the one below it of that code. Raises `Stop` that names the codes there are."""
    if (site / layout.SUMS).is_file() and code in ("", site.resolve().name):
        return site
    found = sorted(path.parent for path in site.glob(f"*/{layout.SUMS}")) if site.is_dir() else []
    chosen = [folder for folder in found if code in ("", folder.name)]
    if len(chosen) == 1:
        return chosen[0]
    where = Where(file=str(site))
    if not found:
        raise Stop(findings.NO_SITE.at(where, site=site), status=ExitStatus.USAGE)
    codes = "、".join(folder.name for folder in found)
    told = findings.UNKNOWN_DEPARTMENT if code else findings.NO_DEPARTMENT
    raise Stop(told.at(where, site=site, code=code, codes=codes), status=ExitStatus.USAGE)


def older_state(old: Path, opening: Opening) -> State:
    """The state that a delta starts from: a SHA256SUMS file, a folder with one, or an earlier container. Raises `Stop`."""
    try:
        if old.is_dir():
            if not (old / layout.SUMS).is_file():
                raise Stop(findings.NO_SITE.at(Where(file=str(old)), site=old), status=ExitStatus.USAGE)
            return state_of(old)
        if envelopes.form_of(old) is None:
            return state_from(old)
    except OSError as error:
        raise Stop(findings.NOT_A_CONTAINER.at(Where(file=str(old)), name=old.name), status=ExitStatus.USAGE) from error
    outcome = reading.head(old, opening)
    if outcome.contents is None:
        raise Stop(*outcome.problems)
    return State(sums=outcome.contents.sums, hashes=outcome.contents.hashes)


def refuse_standing(target: Path) -> None:
    """A container that stands is kept: a later delta may start from it. Raises `Stop`."""
    if os.path.lexists(target):
        raise Stop(findings.TARGET_THERE.at(Where(file=str(target)), target=target), status=ExitStatus.USAGE)


def deliver(order: Order) -> Delivered:
    """Make the container. Raises `Stop`; then no container was made, and one that stood there still stands."""
    if order.target.resolve().is_relative_to(order.folder.resolve()):
        raise Stop(findings.TARGET_INSIDE.at(Where(file=str(order.target)), folder=order.folder), status=ExitStatus.USAGE)
    plan = _planned(order)
    with target_errors(order.target), whole_file(order.target) as file:
        envelopes.seal(file, order.form, f"{plan.said.department}.tar", plan.stream(), order.lock)
    return Delivered(
        department=plan.said.department,
        files=len(plan.sizes),
        removed=len(plan.description.removed),
        size_bytes=order.target.stat().st_size,
        is_delta=plan.description.is_delta,
        signed_by=plan.said.signer,
        problems=plan.left_out,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """A container before it is written."""

    folder: Path
    state: State
    sizes: dict[str, int]
    """Files that go into it, sorted."""
    said: Statement
    description: Description
    left_out: tuple[Problem, ...]

    def stream(self) -> Iterator[bytes]:
        """The tar. Raises `Stop` when a file is not what SHA256SUMS says."""
        code = self.said.department
        for path, data in (
            (contents.DESCRIPTION, contents.written(self.description)),
            (f"{code}/{layout.DELIVERY}", statement.written(self.said)),
            (f"{code}/{layout.SUMS}", self.state.sums),
        ):
            yield tar.header(path, len(data)) + data + tar.padding(len(data))
        for path, size_bytes in self.sizes.items():
            yield tar.header(f"{code}/{path}", size_bytes)
            yield from self._content(path, size_bytes)
            yield tar.padding(size_bytes)
        yield tar.END

    def _content(self, path: str, size_bytes: int) -> Iterator[bytes]:
        digest, left_bytes = hashlib.sha256(), size_bytes
        try:
            with open_regular(self.folder, path) as file:
                for piece in read_pieces(file):
                    left_bytes -= len(piece)
                    if left_bytes < 0:
                        break
                    digest.update(piece)
                    yield piece
        except OSError as error:
            raise _altered(self.folder, path) from error
        if left_bytes or digest.hexdigest() != self.state.hashes[path]:
            raise _altered(self.folder, path)


def _planned(order: Order) -> _Plan:
    folder = order.folder
    try:
        state = state_of(folder)
        present = {found.path for found in walk(folder) if found.is_file}
        sizes = {path: (folder / path).stat(follow_symlinks=False).st_size for path in sorted(state.hashes) if path in present}
    except OSError as error:
        raise Stop(findings.NO_SITE.at(Where(file=str(folder)), site=folder), status=ExitStatus.NOTHING) from error
    missing = sorted(state.hashes.keys() - present)
    if missing:
        raise _altered(folder, missing[0], sums.FILE_MISSING.at(Where(package=folder.name, file=missing[0])))
    said = _statement(order, state)
    base = order.since
    if base is not None:
        sizes = {path: size for path, size in sizes.items() if base.hashes.get(path) != state.hashes[path]}
    _check_names(said.department, sizes)
    description = Description(
        department=said.department,
        base_sums_sha256=base.sums_sha256 if base else "",
        removed=tuple(sorted(base.hashes.keys() - state.hashes.keys())) if base else (),
        files=len(sizes),
        stream_bytes=_stream_bytes((len(statement.written(said)), len(state.sums), *sizes.values())),
    )
    extra = sorted(present - state.hashes.keys() - {layout.SUMS, layout.DELIVERY})
    left_out = tuple(sums.FILE_ADDED.at(Where(package=folder.name, file=path)) for path in extra)
    return _Plan(folder=folder, state=state, sizes=sizes, said=said, description=description, left_out=left_out)


def _stream_bytes(sizes: tuple[int, ...]) -> int:
    return sum(map(tar.entry_bytes, sizes)) + len(tar.END)


def _statement(order: Order, state: State) -> Statement:
    """Sign, or pass on what the folder carries. Raises `Stop` for a signature that does not fit."""
    former = statement.of_folder(order.folder)
    department = former.department if former else order.folder.resolve().name
    if order.signer is not None or former is None:
        return statement.make(department, state.sums, order.signer)
    found = statement.vouched(former, state.sums, ())
    wrong = [problem for problem in found.problems if problem.severity is Severity.ERROR]
    if wrong:
        raise Stop(*wrong)
    return former


def _check_names(department: str, sizes: dict[str, int]) -> None:
    """Raise `Stop` for what a tar cannot hold, before anything is written."""
    if not contents.is_plain_name(department):
        raise Stop(findings.PATH_TOO_LONG.at(Where(file=department)), status=ExitStatus.NOTHING)
    for path, size_bytes in sizes.items():
        try:
            tar.header(f"{department}/{path}", size_bytes)
        except ValueError as error:
            raise Stop(findings.PATH_TOO_LONG.at(Where(package=department, file=path))) from error


def _altered(folder: Path, path: str, problem: Problem | None = None) -> Stop:
    where = Where(package=folder.name, file=path)
    return Stop(findings.SOURCE_CHANGED.at(Where(file=str(folder))), problem or sums.FILE_ALTERED.at(where))
