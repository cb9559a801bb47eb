"""A school's key pair: made once, the private key kept by the school, the public one handed to universities."""

import os
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from reviewer.intake.bag import Key
from reviewer.model.problem import ExitStatus, ProblemKind, Severity, Stop, Where
from reviewer.model.text import Text
from reviewer.packages import signature
from reviewer.packages.signature import KEY_UNREADABLE

KEY_EXISTS = ProblemKind(
    "key-exists",
    Severity.ERROR,
    Text("「{name}」已經存在，沒有覆寫。", "“{name}” is there already and was not overwritten."),
    Text(
        "請換一個名稱或資料夾；遺失私鑰就無法再簽章，請勿刪除。",
        "Take another name or folder; a lost private key cannot be had again, so do not delete it.",
    ),
)
KEY_PASSWORD = ProblemKind(
    "key-password",
    Severity.ERROR,
    Text("私鑰「{name}」的密碼不對，或沒有給密碼。", "The password of the private key “{name}” is wrong or was not given."),
    Text("請再試一次。", "Try again."),
)

PRIVATE_SUFFIX = ".key"
"""Ending of private keys; public ones end in .pem."""


def new_keys(folder: Path, name: str, password: str) -> tuple[Path, Path, str]:
    """Make a key pair; return the private key's file, the public one's, and the fingerprint. Raises `Stop` rather than overwrite."""
    private_path, public_path = folder / f"{name}{PRIVATE_SUFFIX}", folder / f"{name}{signature.SUFFIX}"
    for path in (private_path, public_path):
        if path.exists():
            raise Stop(KEY_EXISTS.at(Where(file=str(path)), name=path.name), status=ExitStatus.USAGE)
    folder.mkdir(parents=True, exist_ok=True)
    private = Ed25519PrivateKey.generate()
    locked = serialization.BestAvailableEncryption(password.encode()) if password else serialization.NoEncryption()
    pem = private.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, locked)
    # Nobody but its owner reads a private key, from its first byte on.
    with os.fdopen(os.open(private_path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(pem)
    public = private.public_key()
    public_path.write_bytes(public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo))
    return private_path, public_path, signature.fingerprint(signature.raw_public(public))


def read_key(path: Path, password: str = "") -> Key:
    """A private key. Raises `Stop` when it cannot be read, or the password is wrong."""
    where = Where(file=str(path))
    try:
        private = serialization.load_pem_private_key(path.read_bytes(), password.encode() or None)
    except TypeError as error:
        raise Stop(KEY_PASSWORD.at(where, name=path.name), status=ExitStatus.USAGE) from error
    except (OSError, ValueError, UnsupportedAlgorithm) as error:
        kind = KEY_PASSWORD if password else KEY_UNREADABLE
        raise Stop(kind.at(where, name=path.name), status=ExitStatus.USAGE) from error
    if not isinstance(private, Ed25519PrivateKey):
        raise Stop(KEY_UNREADABLE.at(where, name=path.name), status=ExitStatus.USAGE)
    return Key(private=private, signer=path.stem)


def needs_password(path: Path) -> bool:
    """Whether a private key is locked by a password."""
    try:
        return b"ENCRYPTED" in path.read_bytes()[:200]
    except OSError:
        return False
