"""Bags for the tests, written line by line as RFC 8493 says, so that each line can be spoiled."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from tests.faults.packages.making import Content, as_bytes


def write_bag(
    folder: Path,
    files: Mapping[str, Content],
    *,
    version: str = "1.0",
    encoding: str = "UTF-8",
    algorithms: tuple[str, ...] = ("sha256",),
    oxum: str = "",
    tag_manifest: bool = True,
) -> Path:
    """Write a bag with its manifests; a sound one unless told otherwise."""
    payload = {f"data/{name}": as_bytes(content) for name, content in files.items()}
    sizes = sum(len(content) for content in payload.values())
    tags = {
        "bagit.txt": f"BagIt-Version: {version}\nTag-File-Character-Encoding: {encoding}\n".encode(),
        "bag-info.txt": f"Source-Organization: 山海高中\nPayload-Oxum: {oxum or f'{sizes}.{len(payload)}'}\n".encode(),
    }
    for algorithm in algorithms:
        tags[f"manifest-{algorithm}.txt"] = _manifest(payload, algorithm)
    if tag_manifest:
        tags |= {f"tagmanifest-{algorithm}.txt": _manifest(tags, algorithm) for algorithm in algorithms}
    for name, content in {**payload, **tags}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def _manifest(files: Mapping[str, bytes], algorithm: str) -> bytes:
    lines = (f"{hashlib.new(algorithm, content).hexdigest()}  {name}\n" for name, content in sorted(files.items()))
    return "".join(lines).encode()
