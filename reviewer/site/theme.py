"""A department's theme folder: the theme's files, its accent, and fonts cut to the characters that the department's pages show.

The fonts' names are fixed, so that a new character changes a font file and no page. The project's two faces are always there, a fallback face
only where one of its characters occurs; `fonts.css` names what there is.
"""

import base64
import hashlib
from collections.abc import Mapping
from pathlib import Path

from reviewer.model.canonical import canonical_sha256
from reviewer.model.language import Language
from reviewer.model.selection import Logo
from reviewer.render.language import words_js
from reviewer.render.theme import FONTS, accent_css, font_files, theme_files
from reviewer.site import disk, inputs

ACCENT = "accent.css"
WORDS = "words.js"

ALWAYS = frozenset(range(0x20, 0x7F))
"""Scripts may write any of these."""


def characters_of(theme: str, language: Language = Language.CHINESE) -> frozenset[int]:
    """Characters that style sheets and scripts bring themselves."""
    points: set[int] = set(ALWAYS)
    for name, content in files_of(theme, language).items():
        if name.endswith((".css", ".js")):
            points.update(map(ord, content.decode("utf-8")))
    return frozenset(point for point in points if point >= 0x20)


def files_of(theme: str, language: Language) -> Mapping[str, bytes]:
    """Files that no department changes: the theme's, and the words that its scripts say in another language than the source's."""
    return theme_files(theme) if language is Language.CHINESE else {**theme_files(theme), WORDS: words_js(language)}


def files_sha256(theme: str) -> str:
    """Fingerprint of a theme's files."""
    return canonical_sha256({name: hashlib.sha256(content).hexdigest() for name, content in theme_files(theme).items()})


def characters_sha256(points: frozenset[int]) -> str:
    """Fingerprint of what the fonts are cut to."""
    return canonical_sha256([sorted(points), inputs.fonts_sha256()])


def write(
    target: Path,
    accent: str,
    name: str,
    points: frozenset[int],
    *,
    language: Language = Language.CHINESE,
    logo: Logo | None = None,
) -> None:
    """Write a theme folder, with the department's logo if it has one."""
    disk.remove_tree(target)
    (target / FONTS).parent.mkdir(parents=True)
    for file, content in files_of(name, language).items():
        (target / file).write_bytes(content)
    (target / ACCENT).write_bytes(accent_css(accent, name))
    if logo is not None:
        (target / logo.name).write_bytes(base64.b64decode(logo.content))
    (target / FONTS).mkdir()
    for file, content in font_files(points):
        (target / file).write_bytes(content)
