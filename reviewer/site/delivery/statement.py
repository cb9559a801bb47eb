"""`delivery.json` beside SHA256SUMS: whose folder this is, and who vouches for its state.

Signed are the department's code and the hash of SHA256SUMS, so that a sound folder of one department cannot pass for another's. What remains: an
older delivery that was soundly signed stays soundly signed.
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pydantic
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from reviewer.model.canonical import canonical_json
from reviewer.model.problem import Problem, Where
from reviewer.packages.address import TrustedKey
from reviewer.packages.signature import fingerprint, raw_public
from reviewer.site import layout
from reviewer.site.delivery import findings

FORMAT = "reviewer delivery 1"
LARGEST_BYTES = 64 * 1024
"""A statement has some 400 bytes."""

_PURPOSE = b"reviewer delivery signature 1\n"
"""Stands before what is signed, so that a signature made for something else can never be taken for one of these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Who signs what is delivered."""

    private: Ed25519PrivateKey
    """His key, as `reviewer keys new` makes it."""
    name: str
    """Whose it says it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Content of delivery.json."""

    format: Literal["reviewer delivery 1"] = "reviewer delivery 1"
    """Version of this file."""
    department: str
    """校系代碼."""
    sums_sha256: str
    """SHA-256 of SHA256SUMS: names the folder's whole content."""
    signer: str = ""
    """Whose the key says it is; empty without signature."""
    public_key: str = ""
    """Ed25519 public key, base64."""
    signature: str = ""
    """Ed25519 signature, base64."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vouched:
    """What a statement's signature is worth."""

    state: Literal["trusted", "unknown", "unsigned", "wrong"]
    """Signed by a trusted key, by another one, by nobody, or wrongly."""
    name: str = ""
    """Name of the trusted key."""
    raw_key: bytes = b""
    """The key, when the signature is sound."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What a person should know of it."""
        where = Where(file=layout.DELIVERY)
        if self.state == "unsigned":
            return (findings.UNSIGNED.at(where),)
        if self.state == "unknown":
            return (findings.SIGNER_UNKNOWN.at(where, fingerprint=fingerprint(self.raw_key)),)
        return (findings.SIGNATURE_WRONG.at(where),) if self.state == "wrong" else ()


_STATEMENT = pydantic.TypeAdapter(Statement)


def make(department: str, sums: bytes, signer: Signer | None) -> Statement:
    """State what a folder is; the same bytes for the same folder and key."""
    plain = Statement(department=department, sums_sha256=hashlib.sha256(sums).hexdigest())
    if signer is None:
        return plain
    return Statement(
        department=department,
        sums_sha256=plain.sums_sha256,
        signer=signer.name,
        public_key=_base64(raw_public(signer.private.public_key())),
        signature=_base64(signer.private.sign(_signed(plain))),
    )


def written(statement: Statement) -> bytes:
    """Content of the file."""
    return canonical_json(statement) + b"\n"


def parsed(data: bytes) -> Statement:
    """Read the file. Raises ValueError when it is not of its form."""
    return _STATEMENT.validate_json(data, strict=True)


def of_folder(folder: Path) -> Statement | None:
    """The statement of a folder; None when there is none that can be read."""
    path = folder / layout.DELIVERY
    try:
        return parsed(path.read_bytes()) if path.stat().st_size <= LARGEST_BYTES and not path.is_symlink() else None
    except (OSError, ValueError):
        return None


def vouched(statement: Statement, sums: bytes, trusted: tuple[TrustedKey, ...]) -> Vouched:
    """Judge a statement against the SHA256SUMS that stands beside it."""
    if statement.sums_sha256 != hashlib.sha256(sums).hexdigest():
        return Vouched(state="wrong")
    if not statement.signature and not statement.public_key:
        return Vouched(state="unsigned")
    try:
        raw = base64.b64decode(statement.public_key, validate=True)
        Ed25519PublicKey.from_public_bytes(raw).verify(base64.b64decode(statement.signature, validate=True), _signed(statement))
    except (binascii.Error, ValueError, InvalidSignature):
        return Vouched(state="wrong")
    known = next((key for key in trusted if key.raw == raw), None)
    return Vouched(state="trusted", name=known.name, raw_key=raw) if known else Vouched(state="unknown", raw_key=raw)


def check_folder(folder: Path, trusted: tuple[TrustedKey, ...]) -> tuple[Problem, ...]:
    """What is to be said of a folder's signature; nothing when it was never delivered."""
    if not (folder / layout.DELIVERY).exists():
        return ()
    statement = of_folder(folder)
    found = vouched(statement, (folder / layout.SUMS).read_bytes(), trusted) if statement else Vouched(state="wrong")
    return found.problems


def _signed(statement: Statement) -> bytes:
    return _PURPOSE + canonical_json({"department": statement.department, "sums_sha256": statement.sums_sha256})


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
