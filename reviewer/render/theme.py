"""A theme's folder as the output gets it: one style sheet, two scripts, and two small style sheets that a build writes.

`style.css` is the theme's tokens and its style sheets, `script.js` its scripts, in the order of its `theme.toml`; `desk.js` holds those that only the desk
needs, so that the hundred dossiers that open within it do not each read them. Each script is fenced: one that throws is told of, by its name, to the
line that stands ready on every page, and the others run. `fonts.css` names the fallback
faces that this build needed; `accent.css` holds a department's colour. A theme that lacks a file takes the default theme's.
"""

import functools
from collections.abc import Iterable, Mapping
from pathlib import Path

from reviewer.fonts.faces import Face
from reviewer.selection.themes import tokens
from reviewer.selection.themes.contract import DEFAULT, Theme, theme

TOKENS = "tokens"
"""How the tokens are named in the joined style sheet."""


@functools.cache
def theme_files(name: str = DEFAULT) -> Mapping[str, bytes]:
    """Files of a theme's folder that no department changes, by name; raise `Stop` for a theme that does not exist."""
    contract = theme(name)
    head = f"/* {TOKENS} */\n{tokens.tokens_css(contract)}\n".encode()
    return {
        "style.css": head + _joined(contract, contract.styles),
        "script.js": _fenced(contract, contract.scripts),
        "desk.js": _fenced(contract, contract.desk_scripts),
        **{Path(entry).name: contract.path(entry).read_bytes() for entry in contract.files},
    }


@functools.cache
def paper_css(name: str = DEFAULT) -> str:
    """The style sheet of a theme's PDFs."""
    contract = theme(name)
    return "\n".join(contract.text(entry) for entry in contract.paper)


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


def accent_css(accent: str, name: str = DEFAULT) -> bytes:
    """A department's colour `#rrggbb`, readable in every scheme of the theme; empty takes the theme's own."""
    return tokens.accent_css(accent, theme(name))


def _joined(contract: Theme, names: Iterable[str]) -> bytes:
    return "\n".join(f"/* {name} */\n{contract.text(name).strip()}\n" for name in names).encode()


def _fenced(contract: Theme, names: Iterable[str]) -> bytes:
    """Scripts one after the other, each of which fails alone. Browsers hide from a page what a file beside it threw, so its name is said anew."""
    return "".join(
        f"/* {name} */ try {{\n{contract.text(name).strip()}\n}} catch (error) {{\n  console.error(error);\n"
        f'  dispatchEvent(new ErrorEvent("error", {{ filename: "{name}", error }}));\n}}\n\n'
        for name in names
    ).encode()
