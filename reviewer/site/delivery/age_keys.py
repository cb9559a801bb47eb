"""Whom a container is for, and with what it is opened: age keys, OpenSSH keys, and the Ed25519 keys of `reviewer keys new`.

An Ed25519 key of ours is handed to age in OpenSSH's form: one key pair signs and receives, as age does with SSH keys.
"""

from pathlib import Path
from typing import TypeAlias

import pyrage
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from reviewer.model.problem import ExitStatus, ProblemKind, Severity, Stop, Where
from reviewer.model.text import Text
from reviewer.site.delivery.findings import NO_FILE

RECIPIENT_UNREADABLE = ProblemKind(
    "delivery-recipient",
    Severity.ERROR,
    Text("「{value}」不是可用的收件人公鑰。", "“{value}” is no public key of a recipient."),
    Text(
        "可用：age1…、ssh-ed25519 …，或存有公鑰的檔案（reviewer keys new 的 .pem、age-keygen 的公鑰，一行一個）。",
        "Accepted: age1…, ssh-ed25519 …, or a file with public keys (.pem of reviewer keys new, or keys of age-keygen, one a line).",
    ),
)
IDENTITY_UNREADABLE = ProblemKind(
    "delivery-identity",
    Severity.ERROR,
    Text("「{name}」不是可用的私鑰檔。", "“{name}” is no private key file that can be used."),
    Text(
        "可用：reviewer keys new 的 .key、age-keygen 的檔案，或沒有密碼的 OpenSSH 私鑰。",
        "Accepted: the .key of reviewer keys new, a file of age-keygen, or an OpenSSH private key without password.",
    ),
)

Recipient: TypeAlias = object
"""A public key as pyrage holds it; pyrage has no types."""
Identity: TypeAlias = object
"""A private key as pyrage holds it."""

_LARGEST_BYTES = 2**20
_SECRET = "AGE-SECRET-KEY-"  # noqa: S105 - how such keys begin
_UNSHOWN = Text("（私鑰）", "(a private key)")


def recipients(value: str) -> tuple[Recipient, ...]:
    """The public keys that a word on the command line means: a key itself, or a file of them. Raises `Stop`; a private key is not repeated there."""
    shown = _UNSHOWN if _SECRET in value.upper() else value
    refused = Stop(RECIPIENT_UNREADABLE.at(Where(), value=shown), status=ExitStatus.USAGE)
    try:
        if value.startswith(("age1", "ssh-")):
            return (_recipient(value),)
        data = read_key_file(Path(value)) if shown == value else b""
        if data.startswith(b"-----BEGIN PUBLIC KEY-----"):
            return (_ours(data),)
        lines = (line.strip() for line in data.decode("utf-8").splitlines())
        found = tuple(_recipient(line) for line in lines if line and not line.startswith("#"))
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm, pyrage.RecipientError) as error:
        raise refused from error
    if not found:
        raise refused
    return found


def identities(data: bytes, path: Path) -> tuple[Identity, ...]:
    """The private keys in a file's content: of age or OpenSSH; `path` is what a person knows it by. Raises `Stop`."""
    refused = Stop(IDENTITY_UNREADABLE.at(Where(file=str(path)), name=path.name), status=ExitStatus.USAGE)
    try:
        if data.startswith(b"-----BEGIN OPENSSH PRIVATE KEY-----"):
            return (pyrage.ssh.Identity.from_buffer(data),)
        lines = (line.strip() for line in data.decode("utf-8").splitlines())
        found = tuple(pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#"))
    except (ValueError, pyrage.IdentityError):
        # The cause is not chained: it could quote the key.
        raise refused from None
    if not found:
        raise refused
    return found


def own_identity(private: Ed25519PrivateKey) -> Identity:
    """A private key of `reviewer keys new` as age takes it."""
    pem = private.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.OpenSSH, serialization.NoEncryption())
    return pyrage.ssh.Identity.from_buffer(pem)


def _ours(pem: bytes) -> Recipient:
    key = serialization.load_pem_public_key(pem)
    if not isinstance(key, Ed25519PublicKey):
        raise TypeError("not an Ed25519 key")
    return _recipient(key.public_bytes(serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH).decode("ascii"))


def _recipient(text: str) -> Recipient:
    return pyrage.ssh.Recipient.from_str(text) if text.startswith("ssh-") else pyrage.x25519.Recipient.from_str(text)


def read_key_file(path: Path) -> bytes:
    """A file of keys. Raises `Stop` for one that is not there, OSError, ValueError for one that is far too large."""
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST_BYTES + 1)
    except FileNotFoundError as error:
        raise Stop(NO_FILE.at(Where(), name=path), status=ExitStatus.USAGE) from error
    if len(data) > _LARGEST_BYTES:
        raise ValueError("too large for a key file")
    return data
