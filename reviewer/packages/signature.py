"""Ed25519 signatures of bags: `signature.json` beside the bag's tag files, over `tagmanifest-sha256.txt`, which covers every other file by its hash.

Trusted are the public keys (PEM) in `site_config/keys/`; the file's name is the signer's. A signature proves who packed the bag and that nothing
changed since; it says nothing about what is in it. What remains: who holds a school's private key can sign in its name, so keys are exchanged
by hand and compared by their fingerprints.
"""

import base64
import binascii
import hashlib
import json
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from reviewer.model.portfolio import Signature
from reviewer.model.problem import ExitStatus, Problem, ProblemKind, Severity, Stop, Where
from reviewer.model.text import Text
from reviewer.packages.address import TrustedKey
from reviewer.packages.contents import Contents
from reviewer.packages.inventory import Inventory

SIGNATURE_INVALID = ProblemKind(
    "signature-invalid",
    Severity.WARNING,
    Text("簽章與內容不符（{signer}）。", "The signature does not fit the content ({signer})."),
    Text(
        "封裝後內容遭更動，或簽章損壞；請向學校重新索取。",
        "Something changed after packing, or the signature is damaged; ask the school for it again.",
    ),
)
SIGNATURE_UNKNOWN = ProblemKind(
    "signature-unknown-key",
    Severity.NOTE,
    Text("簽章的金鑰（{signer}）不在信任的公鑰之中。", "The key of the signature ({signer}) is none of those trusted."),
    Text(
        "向學校核對指紋後，將公鑰檔放進 site_config/keys/。",
        "Compare the fingerprint with the school, then put its public key into site_config/keys/.",
    ),
)
KEY_UNREADABLE = ProblemKind(
    "key-unreadable",
    Severity.ERROR,
    Text("金鑰檔「{name}」無法讀取，或不是 Ed25519 金鑰。", "The key file “{name}” cannot be read or holds no Ed25519 key."),
    Text("請以 reviewer keys new 產生金鑰；公鑰檔為 .pem。", "Make keys by `reviewer keys new`; public keys are .pem files."),
)

FILE = "signature.json"
"""Name of the signature within a bag."""
SIGNED = "tagmanifest-sha256.txt"
"""What is signed."""
SUFFIX = ".pem"
"""Ending of public keys."""

_PURPOSE = b"reviewer package signature 1\n"
"""Stands before what is signed, so that a signature made for something else can never be taken for one of these."""
_SIGNATURE_BYTES = 4096
_TAG_BYTES = 2**20


def trusted_keys(folder: Path) -> tuple[TrustedKey, ...]:
    """The public keys of a folder, none when there is no such folder. Raises `Stop` for a file that is no key."""
    found: list[TrustedKey] = []
    problems: list[Problem] = []
    for path in sorted(folder.glob(f"*{SUFFIX}")) if folder.is_dir() else ():
        try:
            raw = raw_public(serialization.load_pem_public_key(path.read_bytes()))
        except (OSError, ValueError, UnsupportedAlgorithm, TypeError):
            problems.append(KEY_UNREADABLE.at(Where(file=f"keys/{path.name}"), name=path.name))
            continue
        found.append(TrustedKey(name=path.stem, raw=raw))
    if problems:
        raise Stop(*problems, status=ExitStatus.USAGE)
    return tuple(found)


def raw_public(key: object) -> bytes:
    """The 32 bytes of an Ed25519 public key. Raises TypeError for another kind of key."""
    if not isinstance(key, Ed25519PublicKey):
        raise TypeError("not an Ed25519 key")
    return key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)


def fingerprint(raw: bytes) -> str:
    """What people compare on the telephone: `1a2b 3c4d …`, eight groups."""
    digits = hashlib.sha256(raw).hexdigest()[:32]
    return " ".join(digits[place : place + 4] for place in range(0, 32, 4))


def sign(tag_manifest: bytes, key: Ed25519PrivateKey, signer: str) -> bytes:
    """Content of signature.json; the same bytes for the same manifest and key."""
    raw = raw_public(key.public_key())
    made = key.sign(_PURPOSE + tag_manifest)
    value = {"algorithm": "Ed25519", "signed": SIGNED, "signer": signer, "public_key": _base64(raw), "signature": _base64(made)}
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def read_signature(inventory: Inventory, package_id: str, trusted: tuple[TrustedKey, ...]) -> tuple[Signature | None, tuple[Problem, ...]]:
    """The signature of a bag (whose hashes were checked before), and what is to be said of it; None when there is none."""
    entry, tags = inventory.find(FILE), inventory.find(SIGNED)
    if entry is None:
        return None, ()
    where = Where(package=package_id, file=FILE)
    contents = Contents(inventory, package_id)
    try:
        raw, made = _parsed(contents.read(entry, _SIGNATURE_BYTES))
        signed = contents.read(tags, _TAG_BYTES) if tags is not None else b""
        Ed25519PublicKey.from_public_bytes(raw).verify(made, _PURPOSE + signed)
    except (OSError, ValueError, KeyError, TypeError, InvalidSignature):
        return Signature(state="invalid", signer="signature.json"), (SIGNATURE_INVALID.at(where, signer=FILE),)
    for key in trusted:
        if key.raw == raw:
            return Signature(state="valid", signer=key.name), ()
    mark = fingerprint(raw)
    return Signature(state="unknown-key", signer=mark), (SIGNATURE_UNKNOWN.at(where, signer=mark),)


def _parsed(data: bytes) -> tuple[bytes, bytes]:
    """Public key and signature. Raises ValueError, KeyError or TypeError when the file is not of its form."""
    value = json.loads(data.decode("utf-8"))
    if not isinstance(value, dict) or value["algorithm"] != "Ed25519" or value["signed"] != SIGNED:
        raise ValueError("not a signature of this form")
    try:
        return base64.b64decode(value["public_key"], validate=True), base64.b64decode(value["signature"], validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
