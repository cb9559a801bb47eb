"""The faces that may draw a character: the project's own, and the fallback faces that this machine has.

The project's faces come with the theme, so that output does not depend on the machine: two of its typeface, and two for Latin letters that it lacks
(`fonts.latin`). Fallback faces (CNS 11643 全字庫, 花園明朝) come from
the operating system, are needed only where a build meets such a character, and are always tried in the order of `FALLBACK_FILES`.
"""

import functools
import hashlib
from dataclasses import dataclass
from pathlib import Path

from reviewer import resources

FALLBACK_FILES = (
    ("tw-sung", "TW-Sung", "TW-Sung-98_1.ttf"),
    ("tw-sung-ext-b", "TW-Sung-Ext-B", "TW-Sung-Ext-B-98_1.ttf"),
    ("tw-sung-plus", "TW-Sung-Plus", "TW-Sung-Plus-98_1.ttf"),
    ("hanamin-a", "HanaMinA", "HanaMinA.ttf"),
    ("hanamin-b", "HanaMinB", "HanaMinB.ttf"),
    ("tw-kai", "TW-Kai", "TW-Kai-98_1.ttf"),
    ("tw-kai-ext-b", "TW-Kai-Ext-B", "TW-Kai-Ext-B-98_1.ttf"),
    ("tw-kai-plus", "TW-Kai-Plus", "TW-Kai-Plus-98_1.ttf"),
)
"""Id, family and file name; Song before Ming before Kai, since one style of fallback is less conspicuous than several."""

FONT_FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path("/opt/homebrew/share/fonts"),
    Path("/Library/Fonts"),
    Path("~/.local/share/fonts"),
    Path("~/Library/Fonts"),
)
"""Where operating systems keep fonts; searched in this order, two levels deep."""

DEBIAN_PACKAGES = "fonts-cns11643-sung fonts-cns11643-kai fonts-hanazono"
"""What to install to have all fallback faces."""


LATIN_FAMILY = "Reviewer Latin"
"""Name under which style sheets know the project's Latin face."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """One font file that may draw characters."""

    id: str
    """Short ASCII name, used in file names of the output: `text-regular`, `tw-sung-plus`."""
    family: str
    """Family name, as reports print it."""
    path: Path
    """The TTF file."""
    bold: bool = False
    """Whether it is the bold weight of its family."""
    fallback: bool = False
    """Whether it belongs to the operating system."""
    latin: bool = False
    """Whether it is one of the project's faces for Latin letters that its typeface lacks."""

    @property
    def css_family(self) -> str:
        """Name under which style sheets know it, apart from any font that the reader's machine may have."""
        if self.latin:
            return LATIN_FAMILY
        return f"Reviewer {self.id}" if self.fallback else "Reviewer Text"


def project_faces() -> tuple[Face, Face]:
    """Noto Sans TC Regular and Bold, as they come with the default theme."""
    folder = resources.data_folder("themes") / "default" / "fonts"
    return (
        Face(id="text-regular", family="Noto Sans TC", path=folder / "NotoSansTC-Regular.ttf"),
        Face(id="text-bold", family="Noto Sans TC", path=folder / "NotoSansTC-Bold.ttf", bold=True),
    )


def latin_faces() -> tuple[Face, Face]:
    """Noto Sans Regular and Bold, as they come with the default theme."""
    folder = resources.data_folder("themes") / "default" / "fonts"
    return (
        Face(id="latin-regular", family="Noto Sans", path=folder / "NotoSans-Regular.ttf", latin=True),
        Face(id="latin-bold", family="Noto Sans", path=folder / "NotoSans-Bold.ttf", bold=True, latin=True),
    )


@functools.cache
def fallback_faces() -> tuple[Face, ...]:
    """The fallback faces that are installed, in fixed order; empty on a machine without them."""
    found = {path.name: path for folder in reversed(FONT_FOLDERS) for path in _font_files(folder.expanduser())}
    return tuple(
        Face(id=face_id, family=family, path=found[name], fallback=True) for face_id, family, name in FALLBACK_FILES if name in found
    )


def all_faces() -> tuple[Face, ...]:
    """The project's faces, then the fallback faces: the order in which they are asked."""
    return (*project_faces(), *latin_faces(), *fallback_faces())


@functools.cache
def fingerprint(face: Face) -> str:
    """Hexadecimal SHA-256 of the font file: an input of everything that it draws."""
    with face.path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _font_files(folder: Path) -> list[Path]:
    return sorted(path for pattern in ("*.ttf", "*/*.ttf", "*/*/*.ttf") for path in folder.glob(pattern))
