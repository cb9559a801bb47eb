"""File names that nobody has vouched for: which are ignored, which lead out of the package, which may not be used.

Defended: a name that, written to a disk or put into a path, would reach another place (on this system or on the reviewer's Windows), and
a name that shows people another name than it has. Names are compared in NFC and without case; people's names are never changed.
"""

import re
import unicodedata
from pathlib import PurePosixPath

from reviewer.model.text import DECEIVING, on_one_line
from reviewer.packages import limits

_IGNORED = frozenset(
    {"desktop.ini", "thumbs.db", "ehthumbs.db", ".ds_store", "__macosx", ".spotlight-v100", ".trashes", ".fseventsd", "$recycle.bin"}
)
_DEVICES = frozenset({"con", "prn", "aux", "nul", "conin$", "conout$"} | {f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³"})
_DRIVE = re.compile(r"[A-Za-z]:")


def is_ignored(name: str) -> bool:
    """Whether the name is what file managers leave behind (desktop.ini, .DS_Store, __MACOSX, AppleDouble `._x`, Office's lock files)."""
    return name.casefold() in _IGNORED or name.startswith(("._", "~$"))


def leads_out(path: str) -> bool:
    """Whether a path could reach another place than its own folder: absolute, `..`, a drive, a backslash, a device name, a file stream."""
    if path.startswith("/") or "\\" in path or _DRIVE.match(path):
        return True
    for part in path.split("/"):
        stem = part.split(".")[0].rstrip(" ").casefold()
        if part == ".." or stem in _DEVICES or ":" in part:
            return True
    return False


def deceives(name: str) -> bool:
    """Whether a name holds control or bidirectional characters, line separators or bytes that are no characters, or is too long."""
    return bool(DECEIVING.search(name)) or len(name.encode("utf-8", "surrogatepass")) > limits.NAME_BYTES


def visible(name: str) -> str:
    """The name for people: characters that cannot be seen or that turn others round are written out."""
    shown = on_one_line(name)
    return shown if len(shown) <= 120 else f"{shown[:100]}…{shown[-16:]}"


def normal(path: str) -> str:
    """The path in NFC: macOS writes names decomposed."""
    return unicodedata.normalize("NFC", path)


def fold(path: str) -> str:
    """What two names are compared by: NFC and without case, as Windows and macOS do. No two files of a package may share it."""
    return unicodedata.normalize("NFC", normal(path).casefold())


def suffix(path: str) -> str:
    """The ending of a file's name in small letters, without its dot."""
    return PurePosixPath(path).suffix.lower().removeprefix(".")
