"""Cut fonts, kept by what they were cut to: compressing a face takes seconds, and most builds meet the characters of the last one."""

from collections.abc import Iterable
from pathlib import Path

from reviewer.fonts.faces import Face
from reviewer.fonts.subset import cut
from reviewer.model.canonical import canonical_sha256
from reviewer.site import disk, inputs

MOST_FILES = 400
"""Files kept, some 150 MB: two faces for each department of a university, several builds back."""

_SIGNATURE = b"wOF2"


def cut_woff2(face: Face, points: Iterable[int], cache: Path) -> bytes:
    """The face as WOFF2 with these characters only, from the cache folder where it was cut before."""
    wanted = sorted(points)
    path = cache / "fonts" / f"{canonical_sha256([face.id, wanted, inputs.fonts_sha256(), inputs.code_sha256()])}.woff2"
    known = _whole(path)
    if known is not None:
        return known
    content = cut(face, wanted, flavor="woff2")
    path.parent.mkdir(parents=True, exist_ok=True)
    disk.write_whole(path, content)
    _prune(path.parent)
    return content


def _whole(path: Path) -> bytes | None:
    """A cached file, if it is there and as long as its own header says (a machine that lost power leaves shorter ones)."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    return content if content.startswith(_SIGNATURE) and int.from_bytes(content[8:12], "big") == len(content) else None


def _prune(folder: Path) -> None:
    files = sorted(folder.glob("*.woff2"), key=lambda path: path.stat().st_mtime_ns)
    for path in files[:-MOST_FILES]:
        path.unlink(missing_ok=True)
