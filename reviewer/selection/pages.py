"""Pages of one file each: style, script and typeface inside, so that the page can be mailed or put anywhere and still asks the network for nothing."""

import base64
import functools
import hashlib
from dataclasses import dataclass

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from reviewer.fonts.coverage import covered
from reviewer.fonts.faces import project_faces
from reviewer.fonts.subset import cut
from reviewer.resources import data_folder
from reviewer.selection.themes.contract import theme
from reviewer.selection.themes.tokens import tokens_css

_STYLES = ("css/base.css", "css/office.css", "departments/pages.css")
_ALWAYS = frozenset(range(0x20, 0x7F))


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands around a page's content; the only ready-made markup that templates get."""

    style: Markup
    """Content of the page's style element."""
    script: Markup
    """Content of the page's script element; empty when it has none."""
    policy: str
    """Content security policy: this style and this script by their hashes, the typeface as data, nothing else."""


@functools.cache
def environment() -> Environment:
    """The template environment of this room: escaping, strict."""
    return Environment(
        loader=FileSystemLoader(data_folder("templates"), encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def page(
    template: str,
    script: str = "",
    *,
    folder: str = "departments",
    style: str = "",
    templates: Environment | None = None,
    **view: object,
) -> bytes:
    """Render a page of templates/`folder`/ into one file, with a further style sheet of the theme if it needs one.

    The page is rendered twice: its words decide which characters the typeface holds. `templates` is an environment of a room above, for a page
    that speaks a department's language.
    """
    made = (templates or environment()).get_template(f"{folder}/{template}")
    styles = (*_STYLES, style) if style else _STYLES
    code = (data_folder("themes") / "default" / "departments" / script).read_text(encoding="utf-8") if script else ""
    words = made.render(frame=_frame("", code, styles), **view)
    faces = _faces(frozenset(map(ord, words + code)) | _ALWAYS)
    return made.render(frame=_frame(faces, code, styles), **view).encode("utf-8", errors="replace")


def _frame(faces: str, script: str, styles: tuple[str, ...]) -> Frame:
    contract = theme()
    style = faces + tokens_css(contract) + "\n".join(contract.text(name) for name in styles)
    hashes = {"style": _hash(style), "script": _hash(script)}
    script_rule = f"script-src '{hashes['script']}'" if script else "script-src 'none'"
    policy = f"default-src 'none'; style-src '{hashes['style']}'; {script_rule}; font-src data:; base-uri 'none'; form-action 'none'"
    return Frame(style=Markup(style), script=Markup(script), policy=policy)  # noqa: S704 - files of the theme, no input


def _faces(points: frozenset[int]) -> str:
    rules = []
    for face in project_faces():
        data = base64.b64encode(cut(face, points & covered(face), flavor="woff2")).decode()
        source = f'url("data:font/woff2;base64,{data}") format("woff2")'
        rules.append(f'@font-face{{font-family:"Reviewer Text";font-weight:{700 if face.bold else 400};src:{source}}}\n')
    return "".join(rules)


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
