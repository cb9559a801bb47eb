"""age files that are locked by a passphrase (age-encryption.org/v1, stanza `scrypt`), as a stream.

`pyrage` does this only for what fits into memory; the format is small, so the frame is made here from the primitives of `cryptography`, and a test
holds it to pyrage in both directions. Plain text is handed out chunk by chunk, each only after its authentication.
"""

import base64
import hmac
import os
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

MAGIC = b"age-encryption.org/v1\n"
STANZA = b"-> scrypt "
CHUNK_BYTES = 64 * 1024
TAG_BYTES = 16
WORK_FACTOR = 17
"""scrypt's log2 N of what we make: 128 MB and half a second for each guess, what age and rage take on a usual machine."""
HIGHEST_WORK_FACTOR = 20
"""What we accept: 1 GB and some seconds. A higher one is an attack on this machine."""

_LABEL = b"age-encryption.org/v1/scrypt"
_ZERO_NONCE = bytes(12)
_LINE_BYTES = 256


class WrongPassphrase(ValueError):
    """The passphrase does not open the file key."""


class Damaged(ValueError):
    """The file is not whole: it was altered, or cut off."""


def encrypt(pieces: Iterable[bytes], target: BinaryIO, passphrase: str) -> None:
    """Write the pieces as one age file."""
    file_key, salt, nonce = os.urandom(16), os.urandom(16), os.urandom(16)
    wrapped = ChaCha20Poly1305(_scrypt(passphrase, salt, WORK_FACTOR)).encrypt(_ZERO_NONCE, file_key, None)
    head = MAGIC + STANZA + _base64(salt) + f" {WORK_FACTOR}\n".encode() + _base64(wrapped) + b"\n---"
    target.write(head + b" " + _base64(_mac(file_key, head)) + b"\n" + nonce)
    cipher, counter, rest = ChaCha20Poly1305(_derived(file_key, nonce, b"payload")), 0, b""
    for piece in pieces:
        held = memoryview(rest + piece)
        # The last chunk is marked, so one is held back until more is known to come.
        while len(held) > CHUNK_BYTES:
            target.write(cipher.encrypt(_nonce(counter, last=False), held[:CHUNK_BYTES], None))
            held, counter = held[CHUNK_BYTES:], counter + 1
        rest = bytes(held)
    target.write(cipher.encrypt(_nonce(counter, last=True), rest, None))


def decrypt(source: BinaryIO, passphrase: str) -> Iterator[bytes]:
    """Yield the plain text. Raises `WrongPassphrase` or `Damaged`, the latter also after some of it was yielded."""
    file_key = _file_key(source, passphrase)
    nonce = source.read(16)
    cipher = ChaCha20Poly1305(_derived(file_key, nonce, b"payload"))
    counter, chunk = 0, source.read(CHUNK_BYTES + TAG_BYTES)
    while True:
        following = source.read(CHUNK_BYTES + TAG_BYTES)
        try:
            plain = cipher.decrypt(_nonce(counter, last=not following), chunk, None)
        except InvalidTag as error:
            raise Damaged from error
        if not plain and counter:
            raise Damaged
        yield plain
        if not following:
            return
        counter, chunk = counter + 1, following


def _file_key(source: BinaryIO, passphrase: str) -> bytes:
    """Read the header. It has one stanza only: a passphrase stands alone."""
    magic, stanza, body, foot = (source.readline(_LINE_BYTES) for _ in range(4))
    words = stanza.split()
    if magic != MAGIC or len(words) != 4 or not words[3].isdigit() or not foot.startswith(b"--- "):
        raise Damaged
    work_factor = int(words[3])
    if not 1 <= work_factor <= HIGHEST_WORK_FACTOR:
        raise Damaged
    salt, wrapped, mac = _unbase64(words[2], 16), _unbase64(body.rstrip(b"\n"), 32), _unbase64(foot[4:].rstrip(b"\n"), 32)
    try:
        file_key = ChaCha20Poly1305(_scrypt(passphrase, salt, work_factor)).decrypt(_ZERO_NONCE, wrapped, None)
    except InvalidTag as error:
        raise WrongPassphrase from error
    if not hmac.compare_digest(mac, _mac(file_key, magic + stanza + body + b"---")):
        raise Damaged
    return file_key


def _scrypt(passphrase: str, salt: bytes, work_factor: int) -> bytes:
    return Scrypt(salt=_LABEL + salt, length=32, n=2**work_factor, r=8, p=1).derive(passphrase.encode())


def _derived(file_key: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=salt, info=info).derive(file_key)


def _mac(file_key: bytes, head: bytes) -> bytes:
    return hmac.digest(_derived(file_key, b"", b"header"), head, "sha256")


def _nonce(counter: int, *, last: bool) -> bytes:
    return counter.to_bytes(11, "big") + (b"\1" if last else b"\0")


def _base64(data: bytes) -> bytes:
    return base64.b64encode(data).rstrip(b"=")


def _unbase64(text: bytes, length: int) -> bytes:
    """Canonical base64 without padding. Raises `Damaged`."""
    try:
        data = base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except ValueError as error:
        raise Damaged from error
    if len(data) != length or _base64(data) != text:
        raise Damaged
    return data
