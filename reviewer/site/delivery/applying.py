"""`reviewer deliver apply`: a container becomes the reviewer's folder, or brings it to the new state. His own files are never touched.

The new folder is made beside the old one and takes its place in one step, so whoever looks, and whatever stops the machine, finds the old state
or the new one. Stopped in between, the next run of the same command clears what was left and does it again.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from reviewer.model.problem import ExitStatus, Problem, Severity, Stop, Where
from reviewer.packages import names
from reviewer.packages.address import TrustedKey
from reviewer.packages.signature import fingerprint
from reviewer.site import layout
from reviewer.site.delivery import exchanging, findings, reading, statement
from reviewer.site.delivery.contents import Contents
from reviewer.site.delivery.envelopes import Opening
from reviewer.site.delivery.exchanging import Places
from reviewer.site.delivery.folder import Found, State, difference, state_of, walk
from reviewer.site.delivery.targets import target_errors

_DIGITS = 12
"""Of a state's hash, in a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A container and where it is to be applied."""

    container: Path
    """The container."""
    folder: Path
    """The reviewer's folder; made when it is not there."""
    opening: Opening
    """With what the container is opened."""
    trusted: tuple[TrustedKey, ...]
    """Whose signatures are known."""
    must_be_signed: bool = False
    """Whether only a trusted signature will do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What was done."""

    department: str
    """校系代碼."""
    written: int
    """Files from the container."""
    removed: int
    """Delivered files that the new state lacks."""
    own: int
    """The reviewer's own files that were kept."""
    is_delta: bool
    """Whether the container held a difference."""
    already: bool
    """Whether the folder was at this state before; then nothing was done."""
    signed_by: str
    """Name of the trusted key that signed; empty otherwise."""
    problems: tuple[Problem, ...]
    """What a person should know."""


class _Already(Exception):
    """The folder is at the new state."""


def apply(wish: Wish) -> Applied:
    """Apply a container. Raises `Stop`; then the folder is what it was."""
    if wish.folder.is_symlink():
        problem = findings.FOLDER_LINK.at(Where(file=str(wish.folder)), folder=wish.folder, target=wish.folder.resolve())
        raise Stop(problem, status=ExitStatus.USAGE)
    folder = wish.folder.resolve()
    if folder.is_mount():
        raise Stop(findings.DRIVE.at(Where(file=str(folder)), folder=wish.folder), status=ExitStatus.USAGE)
    places = Places(folder)
    with target_errors(folder), exchanging.alone(places):
        exchanging.recover(places)
        work = _Work(wish, places)
        if not work.old.sums:
            _refuse_foreign(wish.folder)
        try:
            outcome = reading.read(wish.container, wish.opening, work.ready, work.create)
            if outcome.problems:
                raise Stop(*outcome.problems)
            work.complete()
            exchanging.publish(places, frozenset(work.old.hashes) | frozenset(work.head.hashes))
        except _Already:
            return work.result(already=True)
        finally:
            exchanging.recover(places)
    return work.result(already=False)


class _Work:
    """One container on its way into one folder."""

    def __init__(self, wish: Wish, places: Places) -> None:
        self._wish, self._places = wish, places
        self._staged: set[str] = set()
        self._own: list[Found] = []
        self._created = 0
        self._vouched = statement.Vouched(state="unsigned")
        self.old = state_of(places.folder)
        self._head: Contents | None = None

    @property
    def head(self) -> Contents:
        """What the container is; known from `ready` on."""
        if self._head is None:
            raise RuntimeError("the container was not read")
        return self._head

    def ready(self, head: Contents) -> None:
        """Judge the container against the folder, then stage what stays. Raises `Stop`, `_Already`, OSError."""
        self._head = head
        self._check_signature()
        listing = tuple(walk(self._places.folder)) if self._places.folder.is_dir() else ()
        present = frozenset(found.path for found in listing if found.is_file)
        delivered = self.old.hashes.keys() | {layout.SUMS, layout.DELIVERY}
        self._own = [found for found in listing if not found.is_folder and not (found.is_file and found.path in delivered)]
        self._check_state(present)
        self._check_own(listing)
        self._stage_old(listing)

    def create(self, path: str) -> BinaryIO:
        """Open the place of a file from the container."""
        target = self._places.new / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if path in self._staged:  # a difference that is applied to a folder of the new state: it has the file already
            target.unlink()
        self._staged.add(path)
        self._created += 1
        return target.open("xb")

    def complete(self) -> None:
        """Check that everything is there, and write what names the new state. Raises `Stop`."""
        if self._staged != self.head.hashes.keys():
            raise Stop(findings.OTHER_STATE.at(Where(file=str(self._wish.folder)), folder=self._wish.folder))
        (self._places.new / layout.DELIVERY).write_bytes(statement.written(self.head.statement))
        (self._places.new / layout.SUMS).write_bytes(self.head.sums)
        if self._places.folder.is_dir():
            exchanging.as_before(self._places.folder, self._places.new)

    def result(self, *, already: bool) -> Applied:
        """What was done, in figures."""
        return Applied(
            department=self.head.description.department,
            written=0 if already else self._created,
            removed=0 if already else len(self.old.hashes.keys() - self.head.hashes.keys()),
            own=len(self._own),
            is_delta=self.head.description.is_delta,
            already=already,
            signed_by=self._vouched.name,
            problems=(*self._vouched.problems, *self._replaced()),
        )

    def _replaced(self) -> tuple[Problem, ...]:
        """A full container takes the place of any state of its department, also of a newer one: no state says what came before it."""
        if self.head.description.is_delta or not self.old.sums or self.old.sums == self.head.sums:
            return ()
        states = {"former": self.old.sums_sha256[:_DIGITS], "now": self.head.statement.sums_sha256[:_DIGITS]}
        return (findings.REPLACED.at(Where(file=str(self._wish.folder)), folder=self._wish.folder, **states),)

    def _check_signature(self) -> None:
        where = Where(file=self._wish.container.name)
        self._vouched = statement.vouched(self.head.statement, self.head.sums, self._wish.trusted)
        if self._vouched.state == "wrong":
            raise Stop(findings.SIGNATURE_WRONG.at(where))
        if self._wish.must_be_signed and self._vouched.state != "trusted":
            raise Stop(findings.SIGNATURE_REQUIRED.at(where))
        former = statement.of_folder(self._places.folder)
        if former is None or self._vouched.state == "trusted":
            return
        # Who signed what stands here is expected to sign what comes after it.
        before = statement.vouched(former, self.old.sums, self._wish.trusted)
        if before.raw_key and before.raw_key != self._vouched.raw_key:
            raise Stop(findings.SIGNER_CHANGED.at(where, former=fingerprint(before.raw_key)))

    def _check_state(self, present: frozenset[str]) -> None:
        """The folder must be the one that the container was made for. A full one also repairs a folder of the same state."""
        head, folder = self.head, self._wish.folder
        where = Where(file=str(folder))
        same = bool(self.old.sums) and self.old.sums == head.sums
        if head.description.is_delta and not same and self.old.sums_sha256 != head.description.base_sums_sha256:
            raise Stop(findings.OTHER_STATE.at(where, folder=folder))
        former = statement.of_folder(self._places.folder)
        if former is not None and former.department != head.description.department:
            raise Stop(findings.OTHER_FOLDER.at(where, folder=folder, department=head.description.department))
        if not head.description.is_delta and self.old.sums and not same and former is None:
            raise Stop(findings.OTHER_FOLDER.at(where, folder=folder, department=head.description.department))
        altered = tuple(difference(self._places.folder, self.old, present))
        if not altered and same and former == head.statement:
            raise _Already
        if altered and not (same and not head.description.is_delta):
            raise Stop(findings.STATE_ALTERED.at(where, folder=folder, count=len(altered)), *altered)

    def _check_own(self, listing: tuple[Found, ...]) -> None:
        """No file of the reviewer's may have the name of a delivered one, or stand where one needs a folder; no folder of his where one needs a file."""
        folders_of_his = exchanging.own_folders(listing, self.old.hashes)
        new = {names.fold(path) for path in (*self.head.hashes, layout.SUMS, layout.DELIVERY)}
        folders = {"/".join(parts[:depth]) for path in new for parts in (path.split("/"),) for depth in range(1, len(parts))}
        for found in (*self._own, *(found for found in listing if found.path in folders_of_his)):
            key = names.fold(found.path)
            parts = key.split("/")
            below = any("/".join(parts[:depth]) in new for depth in range(1, len(parts)))
            if key in new or below or (key in folders and not found.is_folder):
                raise Stop(findings.IN_THE_WAY.at(Where(file=found.path), name=found.path), status=ExitStatus.NOTHING)

    def _stage_old(self, listing: tuple[Found, ...]) -> None:
        """Put what stays into the new folder: files that are the same in both states, and the reviewer's own, as further names of the same files."""
        source, target = self._places.folder, self._places.new
        kept = _unchanged(self.old, self.head) if self.head.description.is_delta else frozenset[str]()
        own = (found.path for found in self._own)
        exchanging.check_space(self._places, self.head.description.stream_bytes, (*kept, *own))
        target.mkdir(parents=True)
        own_folders = exchanging.own_folders(listing, self.old.hashes)
        for found in listing:
            if found.is_folder:
                if found.path in own_folders:
                    (target / found.path).mkdir(parents=True, exist_ok=True)
            elif found.path in kept:
                exchanging.keep(source, target, found)
                self._staged.add(found.path)
        for found in self._own:
            exchanging.keep(source, target, found)


def _refuse_foreign(folder: Path) -> None:
    """A folder without a delivery must be empty: what a container is applied to is exchanged as a whole. Raises `Stop`."""
    found = min(folder.iterdir(), default=None) if folder.is_dir() else None
    if found is not None:
        raise Stop(findings.FOLDER_FOREIGN.at(Where(file=str(folder)), folder=folder, name=found.name), status=ExitStatus.USAGE)


def _unchanged(old: State, head: Contents) -> frozenset[str]:
    return frozenset(path for path, sha256 in old.hashes.items() if head.hashes.get(path) == sha256)


def gravest(problems: tuple[Problem, ...]) -> ExitStatus:
    """Exit status for what a person should know."""
    return ExitStatus.SOME if any(problem.severity is not Severity.NOTE for problem in problems) else ExitStatus.WELL
