"""Contrast of colours after WCAG 2.2, the one place where it is computed: for the tokens of a theme and for a department's accent.

One colour cannot reach AA on warm paper and on dark ink at once (the ranges of luminance do not meet), so its twins are made, never asked for.
"""

from collections.abc import Iterable

AA_TEXT = 4.5
"""Least ratio for text of usual size (WCAG 2.2, success criterion 1.4.3)."""

AAA_TEXT = 7.0
"""Least ratio for text where a reader asks for more contrast (success criterion 1.4.6)."""

AA_PARTS = 3.0
"""Least ratio for the edges of fields and buttons, and for lines that carry meaning (success criterion 1.4.11)."""


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, 0.0 to 1.0."""
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1.0 to 21.0."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def worst(colour: str, grounds: Iterable[str]) -> float:
    """The least ratio of a colour on any of these grounds."""
    return min(ratio(colour, ground) for ground in grounds)


def readable(colour: str, grounds: Iterable[str], least: float = AA_TEXT) -> str:
    """Return the colour, or the nearest one of its hue (towards black or white, away from the grounds) that reaches `least` on all of them."""
    grounds = tuple(grounds)
    towards = 0 if min(map(luminance, grounds)) > 0.18 else 255
    for step in range(101):
        mixed = _mix(colour, towards, step)
        if worst(mixed, grounds) >= least:
            return mixed
    raise ValueError(f"no colour reaches {least} on {grounds}")


def _mix(colour: str, towards: int, percent: int) -> str:
    channels = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return "#" + "".join(f"{round(channel + (towards - channel) * percent / 100):02x}" for channel in channels)
