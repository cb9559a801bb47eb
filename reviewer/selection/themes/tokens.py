"""Tokens as custom properties: for the machine's setting (light or dark, more contrast, forced colours, paper) and for a reader's own choice.

A reader's choice stands in attributes of the page's root, `data-scheme="light|dark"` and `data-contrast="more"`, set by js/look.js. On paper
the light colours hold, whatever was chosen.
"""

from collections.abc import Iterator, Mapping

from reviewer.selection import contrast
from reviewer.selection.themes.contract import SCHEMES, Scheme, Theme

_FORCED = {
    "paper": "Canvas",
    "wash": "Canvas",
    "sheet": "Canvas",
    "ink": "CanvasText",
    "quiet": "CanvasText",
    "rule": "CanvasText",
    "rule-strong": "CanvasText",
    "accent": "LinkText",
}
"""What stands for our colours where the reader's system sets its own; every other ink is CanvasText."""

_LIGHT, _DARK, _MORE = '[data-scheme="light"]', '[data-scheme="dark"]', '[data-contrast="more"]'
_BY_NIGHT, _MORE_BY_SYSTEM = "(prefers-color-scheme: dark)", "(prefers-contrast: more)"

_WHERE: dict[Scheme, tuple[tuple[str, str], ...]] = {
    "light": (("", ""),),
    "dark": ((_BY_NIGHT, f":not({_LIGHT})"), ("", _DARK)),
    "light-more": ((_MORE_BY_SYSTEM, f":not({_DARK})"), ("", _MORE)),
    "dark-more": (
        (f"{_BY_NIGHT} and {_MORE_BY_SYSTEM}", f":not({_LIGHT}):not({_LIGHT})"),
        (_BY_NIGHT, f"{_MORE}:not({_LIGHT})"),
        (_MORE_BY_SYSTEM, f"{_DARK}:root"),
        ("", f"{_DARK}{_MORE}"),
    ),
}
"""Where each scheme holds: a media condition and what the root must be. Each row outweighs those before it that hold at the same time."""


def tokens_css(theme: Theme) -> str:
    """A theme's tokens: type and space once, colours for every scheme, forced colours, paper."""
    colours = {scheme: {**values, **_follow(scheme)} for scheme, values in theme.colours.items()}
    forced = {name: _FORCED.get(name, "CanvasText") for name in theme.colours["light"]}
    return "\n".join(
        (
            _rule(":root", theme.measures),
            *scheme_rules(colours),
            f"@media (forced-colors: active) {{ {_rule(_strong(), forced)} }}",
            f"@media print {{ {_rule(_strong(), theme.on_paper)} }}",
            "",
        )
    )


def accent_css(accent: str, theme: Theme) -> bytes:
    """A department's colour `#rrggbb`, readable as text on every ground of every scheme; empty takes the theme's own."""
    if not accent:
        return b"/* the theme's own accent */\n"
    values = {scheme: {"accent": contrast.readable(accent, theme.grounds(scheme), least(scheme))} for scheme in SCHEMES}
    forced = f"@media (forced-colors: active) {{ {_rule(_strong(), {'accent': _FORCED['accent']})} }}"
    return ("\n".join((*scheme_rules(values), forced)) + "\n").encode()


def least(scheme: Scheme) -> float:
    """The least contrast of text in a scheme."""
    return contrast.AAA_TEXT if scheme.endswith("-more") else contrast.AA_TEXT


def scheme_rules(values: Mapping[Scheme, Mapping[str, str]]) -> Iterator[str]:
    """One rule for every way in which a scheme comes to hold."""
    for scheme, places in _WHERE.items():
        for media, root in places:
            rule = _rule(f":root{root}", values[scheme])
            yield rule if scheme == "light" else f"@media screen{f' and {media}' if media else ''} {{ {rule} }}"


def _follow(scheme: Scheme) -> dict[str, str]:
    """What follows from a scheme: how the browser draws fields and bars, and how a school's black characters become light ones."""
    dark = scheme.startswith("dark")
    return {"color-scheme": "dark" if dark else "light", "glyph-filter": "invert(1)" if dark else "none"}


def _strong() -> str:
    """A root that outweighs every scheme."""
    return ":root" * 4


def _rule(selector: str, values: Mapping[str, str]) -> str:
    declarations = (f"{name if name == 'color-scheme' else f'--{name}'}: {value};" for name, value in values.items())
    return f"{selector} {{ {' '.join(declarations)} }}"
