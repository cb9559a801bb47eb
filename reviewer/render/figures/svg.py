"""Small pieces of SVG. Presentation attributes only: a strict CSP forbids style attributes, and paper does not inherit the page's styles."""

from markupsafe import Markup

FONT_FAMILY = "Reviewer Text, Noto Sans TC, sans-serif"
"""Named in every drawing, since inline SVG on paper does not inherit the page's family."""

_TEXT = Markup(
    '<text x="{x}" y="{y}" font-size="{size}" text-anchor="{anchor}" fill="currentColor" fill-opacity="{opacity}">{words}</text>'
)
_LINE = Markup('<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="currentColor" stroke-opacity="{opacity}" stroke-width="{width}"/>')
_FRAME = Markup(
    '<svg class="{name}" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
    'aria-labelledby="{id}-title {id}-desc" font-family="{family}"><title id="{id}-title">{title}</title><desc id="{id}-desc">{desc}</desc>{body}</svg>'
)


def number(value: float) -> str:
    """A coordinate, at most one decimal, without a trailing zero."""
    return f"{value:.1f}".rstrip("0").rstrip(".")


def text(x: float, y: float, words: str | Markup, *, size: int = 13, anchor: str = "start", opacity: str = "1") -> Markup:
    """A piece of text."""
    return _TEXT.format(x=number(x), y=number(y), size=size, anchor=anchor, opacity=opacity, words=words)


def line(x1: float, y1: float, x2: float, y2: float, *, opacity: str = "0.25", width: str = "1") -> Markup:
    """A straight line."""
    return _LINE.format(x1=number(x1), y1=number(y1), x2=number(x2), y2=number(y2), opacity=opacity, width=width)


def frame(*, figure_id: str, name: str, width: int, height: int, title: str, desc: str, body: Markup) -> Markup:
    """The whole drawing with its name and description."""
    return _FRAME.format(id=figure_id, name=name, width=width, height=height, family=FONT_FAMILY, title=title, desc=desc, body=body)
