"""A disk of its own for builds, really full or really read-only: run within a mount namespace (`unshare`), prints what happened as JSON.

    unshare --mount --map-root-user python tests/faults/build/small_disk.py EXPORT CHANGED CACHE FOLDER

The disk is a tmpfs of a few MB, gone when this process ends.
"""

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

MEGABYTE = 2**20


def mount(*arguments: str | Path) -> None:
    subprocess.run(["mount", *map(str, arguments)], check=True, capture_output=True)


def build(export: Path, site: Path, cache: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "reviewer", "build", str(export), "--out", str(site), "--cache", str(cache), "--no-pdf", "--jobs", "1"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return {"status": done.returncode, "said": done.stderr, "site": published(site), "staging": (site / ".reviewer/staging").exists()}


def published(site: Path) -> dict[str, str]:
    """Every published file with its hash, the office's pages left out."""
    folders = [path.parent for path in site.glob("*/SHA256SUMS")]
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def fill(disk: Path, leave: int) -> Path:
    """Take all the room but so many bytes."""
    filler = disk / "filler"
    filler.write_bytes(bytes(max(0, shutil.disk_usage(disk).free - leave)))
    return filler


def main(export: Path, changed: Path, cache: Path, folder: Path) -> dict[str, Any]:
    disk, site = folder / "disk", folder / "disk" / "site"
    disk.mkdir()
    mount("-t", "tmpfs", "-o", "size=64m", "tmpfs", disk)
    told: dict[str, Any] = {"first": build(export, site, cache)}
    changed.write_text("改寫過的自述。\n" * 40, encoding="utf-8")
    for name, leave in (("full", 0), ("nearly", 60_000), ("later", MEGABYTE)):
        filler = fill(disk, leave)
        told[name] = build(export, site, cache)
        filler.unlink()
        # The next moment must find work again: what was staged is thrown away, the published folders stay.
        shutil.rmtree(site / ".reviewer/staging", ignore_errors=True)
    told["after"] = build(export, site, cache)

    small = folder / "small"
    small.mkdir()
    mount("-t", "tmpfs", "-o", "size=1m", "tmpfs", small)
    told["too small"] = build(export, small / "site", cache)
    mount("-o", "remount,size=64m", small)
    told["grown"] = build(export, small / "site", cache)

    narrow = folder / "narrow"
    narrow.mkdir()
    mount("-t", "tmpfs", "-o", "size=300k", "tmpfs", narrow)
    told["cache full"] = build(export, disk / "other", narrow / "cache")

    mount("--bind", disk, disk)
    changed.write_text("再改一次。\n", encoding="utf-8")
    mount("-o", "remount,bind,ro", disk)
    told["read-only"] = build(export, site, cache)
    told["read-only, new"] = build(export, disk / "new", cache)
    mount("-o", "remount,bind,rw", disk)
    told["writable again"] = build(export, site, cache)
    return told


if __name__ == "__main__":
    json.dump(main(*map(Path, sys.argv[1:])), sys.stdout)
