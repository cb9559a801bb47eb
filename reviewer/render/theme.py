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

from reviewer.fonts import latin, rare
from reviewer.fonts.faces import LATIN_FAMILY, Face, project_faces
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

    The typeface's two weights are always there, those of the Latin face only where a word is set in it, a fallback face only where one of its
    characters occurs. Names are fixed, so that a new character changes a font file and no page.
    """
    plan = rare.plan(points)
    for face in project_faces():
        yield f"{FONTS}/{face.id}.ttf", cut(face, points, flavor="ttf")
    for face in plan.faces:
        shown = points & latin.alphabet() if face.latin else plan.of_face(face)
        yield f"{FONTS}/{_name(face)}", cut(face, shown, flavor="ttf")
    yield FONT_RULES, fonts_css(plan.faces)


def fonts_css(faces: Iterable[Face]) -> bytes:
    """Faces for the rare characters of a build, in fixed order: `fonts/rare-<id>.ttf`; for words in the Latin face, both its weights and their rule."""
    faces = tuple(faces)
    rules = [
        f'@font-face{{font-family:"{face.css_family}";src:url("{FONTS}/{_name(face)}") format("truetype");{_weight(face)}font-display:swap}}'
        for face in faces
    ]
    families = ", ".join(dict.fromkeys(f'"{face.css_family}"' for face in faces))
    root = f":root{{--font-rare:{families}}}" if faces else "/* no rare characters in this build */"
    if any(face.latin for face in faces):
        rules.append(latin_rule("var(--font-text)"))
    return ("\n".join([*rules, root]) + "\n").encode()


def latin_rule(family: str) -> str:
    """The rule for runs in the Latin face, before the family of all other text; lower than that, they leave the lines where they are."""
    return f'.latin{{font-family:"{LATIN_FAMILY}", {family};line-height:1}}'


def accent_css(accent: str, name: str = DEFAULT) -> bytes:
    """A department's colour `#rrggbb`, readable in every scheme of the theme; empty takes the theme's own."""
    return tokens.accent_css(accent, theme(name))


def _name(face: Face) -> str:
    return f"{face.id}.ttf" if face.latin else f"rare-{face.id}.ttf"


def _weight(face: Face) -> str:
    """What a rule says of a face of two weights."""
    return f"font-weight:{700 if face.bold else 400};" if face.latin else ""


def _joined(contract: Theme, names: Iterable[str]) -> bytes:
    return "\n".join(f"/* {name} */\n{contract.text(name).strip()}\n" for name in names).encode()


def _fenced(contract: Theme, names: Iterable[str]) -> bytes:
    """Scripts one after the other, each of which fails alone. Browsers hide from a page what a file beside it threw, so its name is said anew."""
    return "".join(
        f"/* {name} */ try {{\n{contract.text(name).strip()}\n}} catch (error) {{\n  console.error(error);\n"
        f'  dispatchEvent(new ErrorEvent("error", {{ filename: "{name}", error }}));\n}}\n\n'
        for name in names
    ).encode()
