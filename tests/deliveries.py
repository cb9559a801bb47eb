"""Small departments' folders, keys and containers for the specifications of deliveries."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyrage

from reviewer.site.delivery import applying, making
from reviewer.site.delivery.applying import Applied, Wish
from reviewer.site.delivery.envelopes import Lock, Opening
from reviewer.site.delivery.making import Order

CODE = "101001"
IDENTITY = pyrage.x25519.Identity.generate()
LOCK = Lock(recipients=(IDENTITY.to_public(),))
OPENING = Opening(identities=(IDENTITY,))
OLD = {
    "10110001/f/a.webp": b"picture",
    "10110001/index.html": b"one",
    "10110002/index.html": b"two",
    "index.html": b"cohort",
    "theme/a.css": b"",
}
NEW = {
    "10110001/f/a.webp": b"picture",
    "10110001/index.html": b"one, changed",
    "10110003/index.html": b"three" * 1000,
    "index.html": b"cohort",
}


def sums_of(files: Mapping[str, bytes]) -> bytes:
    """SHA256SUMS of a department with these files."""
    return b"".join(f"{hashlib.sha256(files[path]).hexdigest()}  {path}\n".encode() for path in sorted(files))


def department(folder: Path, files: Mapping[str, bytes]) -> Path:
    """Write a department's folder as the build does."""
    for path, content in {**files, "SHA256SUMS": sums_of(files)}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def container(target: Path, folder: Path, **more: Any) -> Path:
    """Deliver a folder to the one recipient."""
    making.deliver(Order(**{"folder": folder, "target": target, "form": "age", "lock": LOCK, **more}))
    return target


def apply(file: Path, folder: Path, **more: Any) -> Applied:
    """Apply a container with the recipient's key."""
    return applying.apply(Wish(**{"container": file, "folder": folder, "opening": OPENING, "trusted": (), **more}))


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its path, `delivery.json` left out: it says what the folder is, and is no part of the site."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "delivery.json"
    }
