"""Writing BagIt bags (RFC 8493, version 1.0), the same bytes for the same content: no dates, names sorted, zips stored and dated 1980."""

import hashlib
import re
import shutil
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from reviewer.packages import signature

Content = bytes | Path
"""A file's content, or the file that holds it."""

_DATE = (1980, 1, 1, 0, 0, 0)
_CHUNK_BYTES = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A school's private key."""

    private: Ed25519PrivateKey
    """The key itself."""
    signer: str
    """Whose it says it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bag:
    """A bag, planned: nothing is written yet."""

    payload: Mapping[str, Content]
    """Files of `data/`, by path, sorted."""
    hashes: Mapping[str, str]
    """SHA-256 of each."""
    tags: Mapping[str, bytes]
    """Tag files by name, sorted."""

    @property
    def mark(self) -> str:
        """SHA-256 of all tag files: differs when anything in the bag does."""
        return hashlib.sha256(b"".join(name.encode() + b"\0" + self.tags[name] for name in sorted(self.tags))).hexdigest()


def plan_bag(payload: Mapping[str, Content], info: Mapping[str, str], key: Key | None) -> Bag:
    """Hash the payload and write the tag files' content; signed when there is a key."""
    hashes, total = {}, 0
    for path in sorted(payload):
        hashes[path], size = digest(payload[path])
        total += size
    facts = {**info, "Payload-Oxum": f"{total}.{len(payload)}"}
    tags = {
        "bag-info.txt": "".join(f"{name}: {_one_line(value)}\n" for name, value in facts.items()).encode(),
        "bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "manifest-sha256.txt": "".join(f"{hashes[path]}  data/{_escaped(path)}\n" for path in sorted(hashes)).encode(),
    }
    tags["tagmanifest-sha256.txt"] = "".join(f"{hashlib.sha256(tags[name]).hexdigest()}  {name}\n" for name in sorted(tags)).encode()
    if key is not None:
        tags[signature.FILE] = signature.sign(tags["tagmanifest-sha256.txt"], key.private, key.signer)
    return Bag(payload={path: payload[path] for path in sorted(payload)}, hashes=hashes, tags=dict(sorted(tags.items())))


def write_folder(bag: Bag, folder: Path) -> None:
    """Write a bag as a folder, which must not be there."""
    write_files(
        {**{name: bag.tags[name] for name in bag.tags}, **{f"data/{path}": content for path, content in bag.payload.items()}}, folder
    )


def write_files(files: Mapping[str, Content], folder: Path) -> None:
    """Write plain files below a folder, which must not be there."""
    folder.mkdir(parents=True)
    for name, content in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, Path):
            shutil.copyfile(content, target)
        else:
            target.write_bytes(content)


def write_zip(bag: Bag, name: str, target: Path) -> None:
    """Write a bag as a .zip that unpacks to one folder `name`."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for path, content in (*bag.tags.items(), *((f"data/{path}", content) for path, content in bag.payload.items())):
            entry = zipfile.ZipInfo(f"{name}/{path}", _DATE)
            entry.external_attr = 0o100644 << 16
            entry.create_system = 3
            with archive.open(entry, "w") as out:
                if isinstance(content, Path):
                    with content.open("rb") as source:
                        shutil.copyfileobj(source, out, _CHUNK_BYTES)
                else:
                    out.write(content)


def digest(content: Content) -> tuple[str, int]:
    """SHA-256 and size of a content."""
    if isinstance(content, bytes):
        return hashlib.sha256(content).hexdigest(), len(content)
    with content.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    return found, content.stat().st_size


def _escaped(path: str) -> str:
    return path.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")


def _one_line(words: str) -> str:
    return re.sub(r"\s+", " ", words).strip()
