"""A theme's folder as the output gets it: one style sheet, two scripts, and two small style sheets that a build writes.

`style.css` is the theme's tokens and its style sheets, `script.js` its scripts, in the order of its `theme.toml`; `desk.js` holds those that only the desk
needs, so that the hundred dossiers that open within it do not each read them. Each script is fenced: one that throws is told of, by its name, to the
line that stands ready on every page, and the others run. `fonts.css` names the fallback
faces that this build needed; `accent.css` holds a department's colour. A theme that lacks a file takes the default theme's.

Fonts lie there as TrueType, not as WOFF2. A browser gives each file of a disk an origin of its own, so that every dossier decodes its fonts anew: two
faces of 3,400 characters cost an opened dossier some 14 ms of its 140 as WOFF2 and 3 as they are, and compressing them costs a department 5 s of its
build. What WOFF2 saves, a megabyte a department, is a network's concern, and there is none.
"""

import functools
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from reviewer.fonts import rare
from reviewer.fonts.faces import Face, project_faces
from reviewer.fonts.subset import cut
from reviewer.selection.themes import tokens
from reviewer.selection.themes.contract import DEFAULT, Theme, theme

FONTS = "fonts"
"""Folder of the fonts, within the theme's."""

FONT_RULES = "fonts.css"

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


def font_files(points: frozenset[int]) -> Iterator[tuple[str, bytes]]:
    """The fonts of pages that show these characters, each cut to what occurs, and `fonts.css`: names below the theme's folder, and bytes.

    The project's two faces are always there, a fallback face only where one of its characters occurs. Names are fixed, so that a new character
    changes a font file and no page.
    """
    plan = rare.plan(points)
    fallback = tuple(dict.fromkeys(drawing.face for drawing in plan.drawings if drawing.face is not None))
    for face in project_faces():
        yield f"{FONTS}/{face.id}.ttf", cut(face, points, flavor="ttf")
    for face in fallback:
        yield f"{FONTS}/{_rare_name(face)}", cut(face, plan.of_face(face), flavor="ttf")
    yield FONT_RULES, fonts_css(fallback)


def fonts_css(fallback: Iterable[Face]) -> bytes:
    """Faces for the rare characters of a build, in fixed order: `fonts/rare-<id>.ttf`."""
    faces = tuple(fallback)
    rules = [
        f'@font-face{{font-family:"{face.css_family}";src:url("{FONTS}/{_rare_name(face)}") format("truetype");font-display:swap}}'
        for face in faces
    ]
    families = ", ".join(f'"{face.css_family}"' for face in faces)
    root = f":root{{--font-rare:{families}}}" if faces else "/* no rare characters in this build */"
    return ("\n".join([*rules, root]) + "\n").encode()


def accent_css(accent: str, name: str = DEFAULT) -> bytes:
    """A department's colour `#rrggbb`, readable in every scheme of the theme; empty takes the theme's own."""
    return tokens.accent_css(accent, theme(name))


def _rare_name(face: Face) -> str:
    return f"rare-{face.id}.ttf"


def _joined(contract: Theme, names: Iterable[str]) -> bytes:
    return "\n".join(f"/* {name} */\n{contract.text(name).strip()}\n" for name in names).encode()


def _fenced(contract: Theme, names: Iterable[str]) -> bytes:
    """Scripts one after the other, each of which fails alone. Browsers hide from a page what a file beside it threw, so its name is said anew."""
    return "".join(
        f"/* {name} */ try {{\n{contract.text(name).strip()}\n}} catch (error) {{\n  console.error(error);\n"
        f'  dispatchEvent(new ErrorEvent("error", {{ filename: "{name}", error }}));\n}}\n\n'
        for name in names
    ).encode()
