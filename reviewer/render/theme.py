"""A theme's folder as the output gets it: one style sheet, one script, and two small style sheets that a build writes.

`style.css` and `script.js` are the theme's files in the order of its `theme.toml`. `fonts.css` names the fallback faces that this build needed;
`accent.css` holds a department's colour. A theme that lacks a file takes the default theme's.
"""

import functools
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

from reviewer import resources
from reviewer.fonts.faces import Face
from reviewer.model.problem import ExitStatus, ProblemKind, Severity, Stop, Where
from reviewer.model.text import Text
from reviewer.selection import contrast

DEFAULT = "default"
"""The theme that every other falls back to."""

THEME_UNKNOWN = ProblemKind(
    "theme-unknown",
    Severity.ERROR,
    Text("找不到版面主題「{name}」。", "There is no theme “{name}”."),
    Text("請改用已有的主題：{known}。", "Use one that exists: {known}."),
)


@functools.cache
def theme_files(name: str = DEFAULT) -> Mapping[str, bytes]:
    """Files of a theme's folder that no department changes, by name; raise `Stop` for a theme that does not exist."""
    contract = tomllib.loads(_file(name, "theme.toml").read_text(encoding="utf-8"))
    return {
        "style.css": _joined(name, contract["styles"]),
        "script.js": _joined(name, contract["scripts"]),
        **{Path(entry).name: _file(name, entry).read_bytes() for entry in contract.get("files", ())},
    }


def fonts_css(fallback: Iterable[Face]) -> bytes:
    """Faces for the rare characters of a build, in fixed order, each cut to what occurs: `fonts/rare-<id>.woff2`."""
    faces = tuple(fallback)
    rules = [
        f'@font-face{{font-family:"{face.css_family}";src:url("fonts/{rare_font_name(face)}") format("woff2");font-display:swap}}'
        for face in faces
    ]
    families = ", ".join(f'"{face.css_family}"' for face in faces)
    root = f":root{{--font-rare:{families}}}" if faces else "/* no rare characters in this build */"
    return ("\n".join([*rules, root]) + "\n").encode()


def rare_font_name(face: Face) -> str:
    """File name of a fallback face in the theme's `fonts/`."""
    return f"rare-{face.id}.woff2"


def accent_css(accent: str) -> bytes:
    """A department's colour `#rrggbb`, made light enough for the dark ground; empty takes the theme's own."""
    if not accent:
        return b"/* the theme's own accent */\n"
    light, dark = contrast.readable(accent, contrast.PAPER), contrast.on_dark(accent)
    return (
        f":root{{--accent:{light}}}\n@media (prefers-color-scheme:dark){{:root{{--accent:{dark}}}}}\n@media print{{:root{{--accent:{light}}}}}\n"
    ).encode()


def _joined(theme: str, names: Iterable[str]) -> bytes:
    parts = (f"/* {name} */\n{_file(theme, name).read_text(encoding='utf-8').strip()}\n" for name in names)
    return "\n".join(parts).encode()


def _file(theme: str, name: str) -> Path:
    """A theme's file, else the default theme's."""
    root = resources.data_folder("themes")
    if not (root / theme / "theme.toml").is_file():
        known = "、".join(sorted(folder.name for folder in root.iterdir() if (folder / "theme.toml").is_file()))
        raise Stop(THEME_UNKNOWN.at(Where(file="themes"), name=theme, known=known), status=ExitStatus.USAGE)
    own = root / theme / name
    return own if own.is_file() else root / DEFAULT / name
