"""The two forms of a container: age (recipients' keys or a passphrase), and a zip with AES-256 for offices without age. Both hold one tar.

The zip has a single entry, `CODE.tar`, so that its directory, which no zip encrypts, names no applicant. Its passphrase is turned into a key by a
thousand rounds of PBKDF2 only, as the format fixes it: that is why a longer one is asked for.
"""

import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

import pyrage
import pyzipper

from reviewer.model.problem import ExitStatus, Problem, ProblemKind, Stop, Where
from reviewer.model.text import Text
from reviewer.site.delivery import findings, passphrases
from reviewer.site.delivery.age_keys import Identity, Recipient

Form = Literal["age", "zip"]

SHORTEST_PASSPHRASE = {"age": 12, "zip": 20}
"""Characters. Each guess costs half a second in age's form, but less than a millisecond in a zip's."""

_CHUNK_BYTES = 2**18
_DATE = (1980, 1, 1, 0, 0, 0)
_HEAD_BYTES = 2**20
_ZIP_ENCRYPTED = 0x1
_THE_PASSPHRASE = Text("密語", "the passphrase")
_A_KEY = Text("收件人的私鑰", "a recipient's private key")
_ZIP_DAMAGED = (zipfile.BadZipFile, pyzipper.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """For whom a container is locked: recipients' keys, or a passphrase."""

    recipients: tuple[Recipient, ...] = ()
    """Public keys; any one of their private keys opens the container."""
    passphrase: str = ""
    """The passphrase, where there are no recipients."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """With what a container may be opened."""

    identities: tuple[Identity, ...] = ()
    """Private keys."""
    passphrase: str = ""
    """A passphrase."""


class Damaged(ValueError):
    """The container was altered, or is not whole."""

    def __init__(self, position: int) -> None:
        super().__init__(position)
        self.position = position
        """How many bytes were read when that was found."""


def form_of(path: Path) -> Form | None:
    """The form of a container; None for a file that is none. Raises OSError."""
    with path.open("rb") as file:
        head = file.read(len(passphrases.MAGIC))
    if head == passphrases.MAGIC:
        return "age"
    if not head.startswith(b"PK\3\4"):
        return None
    return "zip" if _is_ours(path) else None


def seal(target: BinaryIO, form: Form, name: str, pieces: Iterator[bytes], lock: Lock) -> None:
    """Write the encrypted container; `name` is the tar's within a zip. What `pieces` or `target` raise passes."""
    if form == "zip":
        with pyzipper.AESZipFile(target, "w", compression=zipfile.ZIP_STORED, encryption=pyzipper.WZ_AES) as archive:
            archive.setpassword(lock.passphrase.encode())
            info = archive.zipinfo_cls(filename=name, date_time=_DATE)
            with archive.open(info, "w", force_zip64=True) as entry:
                for piece in pieces:
                    entry.write(piece)
    elif lock.recipients:
        source, sink = _Pieces(pieces), _Sink(target.write)
        try:
            pyrage.encrypt_io(source, sink, list(lock.recipients))
        except (pyrage.EncryptError, OSError):
            # pyrage wraps what its reader or writer raised; the cause itself is told.
            if (cause := source.error or sink.error) is not None:
                raise cause from None
            raise
    else:
        passphrases.encrypt(pieces, target, lock.passphrase)


def unseal(container: Path, opening: Opening, take: Callable[[bytes], object]) -> None:
    """Hand the tar over to `take` piece by piece.

    Raises `Damaged` (also after most of it was handed over), `Stop` when it cannot be opened, OSError, and what `take` raises.
    """
    try:
        form = form_of(container)
    except FileNotFoundError as error:
        raise _stop(findings.NO_FILE, container) from error
    except OSError as error:
        raise _stop(findings.NOT_A_CONTAINER, container) from error
    if form is None:
        raise _stop(findings.NOT_A_CONTAINER, container)
    with container.open("rb") as source:
        if form == "zip":
            _need(opening.passphrase, container, _THE_PASSPHRASE, "--passphrase / --passphrase-file")
            _unseal_zip(container, source, opening.passphrase, take)
        elif _locked_by_passphrase(source):
            _need(opening.passphrase, container, _THE_PASSPHRASE, "--passphrase / --passphrase-file")
            _unseal_passphrase(container, source, opening.passphrase, take)
        else:
            _need(opening.identities, container, _A_KEY, "--key")
            _unseal_for_keys(container, source, opening.identities, take)


def _unseal_passphrase(container: Path, source: BinaryIO, passphrase: str, take: Callable[[bytes], object]) -> None:
    try:
        for piece in passphrases.decrypt(source, passphrase):
            take(piece)
    except passphrases.WrongPassphrase:
        raise _stop(findings.WRONG_PASSPHRASE, container) from None
    except passphrases.Damaged as error:
        raise Damaged(source.tell()) from error


def _unseal_for_keys(container: Path, source: BinaryIO, identities: tuple[Identity, ...], take: Callable[[bytes], object]) -> None:
    sink = _Sink(take)
    try:
        pyrage.decrypt_io(source, sink, list(identities))
    except (pyrage.DecryptError, OSError) as error:
        if sink.error is not None:
            raise sink.error from None
        if isinstance(error, pyrage.DecryptError):
            # Its own kind of error is of the head; damage to the content is an OSError.
            raise _stop(findings.WRONG_KEY, container) from None
        raise Damaged(source.tell()) from error


def _unseal_zip(container: Path, source: BinaryIO, passphrase: str, take: Callable[[bytes], object]) -> None:
    try:
        archive = pyzipper.AESZipFile(source)
        packed = archive.open(archive.infolist()[0], pwd=passphrase.encode())
    except RuntimeError:
        # How zipfile and pyzipper speak of a wrong password.
        raise _stop(findings.WRONG_PASSPHRASE, container) from None
    except _ZIP_DAMAGED as error:
        raise Damaged(source.tell()) from error
    while True:
        try:
            piece = packed.read(_CHUNK_BYTES)
        except _ZIP_DAMAGED as error:
            raise Damaged(source.tell()) from error
        if not piece:
            return
        take(piece)


def _is_ours(path: Path) -> bool:
    """Whether a zip is one of ours. One without its directory was cut off: it may have been ours, or a package; packages say so themselves."""
    try:
        with pyzipper.AESZipFile(path) as archive:
            entries: list[zipfile.ZipInfo] = archive.infolist()
    except _ZIP_DAMAGED:
        return False
    # Stored, never deflated: what is not compressed cannot be a bomb.
    return (
        len(entries) == 1
        and entries[0].filename.endswith(".tar")
        and bool(entries[0].flag_bits & _ZIP_ENCRYPTED)
        and entries[0].compress_type == zipfile.ZIP_STORED
    )


def _locked_by_passphrase(source: BinaryIO) -> bool:
    """Whether the container is locked by a passphrase; the stream is rewound. Raises `Damaged` for a head that does not end."""
    head = source.read(_HEAD_BYTES)
    source.seek(0)
    end = head.find(b"\n--- ")
    if end < 0 or head.find(b"\n", end + 1) < 0:
        raise Damaged(len(head))
    return head.startswith(passphrases.MAGIC + passphrases.STANZA)


def _need(given: object, container: Path, means: Text, option: str) -> None:
    if not given:
        problem = findings.LOCK_NEEDED.at(Where(file=str(container)), name=container.name, means=means, option=option)
        raise Stop(problem, status=ExitStatus.USAGE)


def _stop(kind: ProblemKind, container: Path) -> Stop:
    problem: Problem = kind.at(Where(file=str(container)), name=container.name)
    return Stop(problem)


class _Pieces:
    """The pieces as a file that is read; keeps what was raised, since pyrage wraps it."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = memoryview(b"")
        self.error: BaseException | None = None

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes, nothing at the end only."""
        try:
            while not self._rest:
                self._rest = memoryview(next(self._pieces))
        except StopIteration:
            return b""
        except BaseException as error:  # whatever it is, pyrage would hide it: kept here and raised again by the caller
            self.error = error
            raise
        piece, self._rest = bytes(self._rest[:size]), self._rest[size:]
        return piece


class _Sink:
    """A file that is written to; keeps what was raised, since pyrage wraps it."""

    def __init__(self, take: Callable[[bytes], object]) -> None:
        self._take = take
        self.error: BaseException | None = None

    def write(self, data: bytes) -> int:
        """Take all of it."""
        try:
            self._take(data)
        except BaseException as error:  # whatever it is, pyrage would hide it: kept here and raised again by the caller
            self.error = error
            raise
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""
