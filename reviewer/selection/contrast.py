"""Contrast of colours after WCAG 2.2: a department's accent must be readable as text on the paper, and gets a lighter twin for the dark page.

One colour cannot reach AA on warm paper and on dark ink at once (the ranges of luminance do not meet), so the twin is made, never asked for.
"""

AA_TEXT = 4.5
"""Least ratio for text of usual size (WCAG 2.2, success criterion 1.4.3)."""

PAPER = "#faf8f4"
"""The light theme's paper (tokens.css)."""

INK = "#1b1a18"
"""The dark theme's ground (tokens.css)."""


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, 0.0 to 1.0."""
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1.0 to 21.0."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def readable(colour: str, ground: str) -> str:
    """Return the colour, or the nearest one of its hue (towards black or white, away from the ground) that reaches AA on the ground."""
    towards = 0 if luminance(ground) > 0.18 else 255
    for step in range(101):
        mixed = _mix(colour, towards, step)
        if ratio(mixed, ground) >= AA_TEXT:
            return mixed
    raise ValueError(f"no colour reaches AA on {ground}")


def on_dark(accent: str) -> str:
    """The accent's twin for the dark page."""
    return readable(accent, INK)


def _mix(colour: str, towards: int, percent: int) -> str:
    channels = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return "#" + "".join(f"{round(channel + (towards - channel) * percent / 100):02x}" for channel in channels)
