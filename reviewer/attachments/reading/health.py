"""What a page's text layer is worth, by its words and by what is drawn."""

from PIL import Image as Pillow

from reviewer.attachments.reading.mojibake import is_garbled
from reviewer.attachments.reading.shapes import Box, Glyph, PageMatter
from reviewer.model.processed import PageHealth

SCAN_SHARE = 0.6
"""Share of the page that pictures cover on a scan; scanners leave white margins, cameras crop."""

WORDS_FEW = 40
"""Visible characters below which a page full of ink is a picture with a line of words, not a text."""

SAMPLE = 300
"""Characters at which the drawn page is looked at."""

INK_SHARE = 0.5
"""Share of the sampled characters that must have ink where they are said to be."""

INK_LEAST = 0.004
"""Share of a page's sample that is inked when it is not empty: a thin line at the foot is less."""

_CONTRAST = 24


def page_health(matter: PageMatter, words: str, drawing: Pillow.Image) -> PageHealth:
    """Judge a page by its glyphs, its words in reading order, and its drawing (any size, turned as drawn)."""
    visible = [glyph for glyph in matter.glyphs if not glyph.hidden]
    grey = _upright(drawing, matter.turn).convert("L")
    ink = _inked_share(grey)
    if not matter.glyphs and not matter.unmapped and not matter.controls:
        return PageHealth.EMPTY if ink < INK_LEAST and not _covered(matter) > 0.02 else PageHealth.SCAN
    lost = matter.unmapped + matter.controls
    if _is_picture(matter, visible, ink):
        return PageHealth.SCAN
    if is_garbled(words, lost) or not _is_drawn(visible, matter, grey):
        return PageHealth.GARBLED
    return PageHealth.TEXT


def words_are_sound(words: str, lost: int) -> bool:
    """Whether the words that text recognition laid behind a scan may be searched."""
    return bool(words) and not is_garbled(words, lost)


def _is_picture(matter: PageMatter, visible: list[Glyph], ink: float) -> bool:
    """A scan, with or without recognised words behind it; or a page drawn as outlines under a line of words."""
    hidden = len(matter.glyphs) - len(visible)
    covered = _covered(matter)
    if hidden > len(visible):
        return True
    return len(visible) < WORDS_FEW and (covered >= SCAN_SHARE or (ink > 0.05 and covered < 0.02 and len(visible) < WORDS_FEW / 2))


def _covered(matter: PageMatter) -> float:
    """Share of the page under pictures; strips that a scanner cut lie side by side, so areas add up."""
    page = Box(0, 0, matter.width, matter.height)
    return min(sum(box.common(page).area for box in matter.pictures if box.common(page).width > 0), page.area) / max(page.area, 1.0)


def _upright(drawing: Pillow.Image, turn: int) -> Pillow.Image:
    turns = {1: Pillow.Transpose.ROTATE_270, 2: Pillow.Transpose.ROTATE_180, 3: Pillow.Transpose.ROTATE_90}
    return drawing.transpose(turns[turn]) if turn in turns else drawing


def _inked_share(grey: Pillow.Image) -> float:
    small = grey.resize((180, 240), Pillow.Resampling.BOX)
    counts = small.histogram()
    ground = max(range(256), key=counts.__getitem__)
    return sum(count for value, count in enumerate(counts) if abs(value - ground) > 6) / (180 * 240)


def _is_drawn(visible: list[Glyph], matter: PageMatter, grey: Pillow.Image) -> bool:
    """Whether there is ink where the words are said to be; white on white and words behind a picture are not."""
    step = max(1, len(visible) // SAMPLE)
    sample = visible[::step]
    if not sample:
        return True
    across, down = grey.width / max(matter.width, 1.0), grey.height / max(matter.height, 1.0)
    inked = 0
    for glyph in sample:
        box = glyph.box
        left, top = max(int(box.x0 * across), 0), max(int(box.y0 * down), 0)
        right, bottom = min(int(box.x1 * across) + 1, grey.width), min(int(box.y1 * down) + 1, grey.height)
        if right - left < 1 or bottom - top < 1:
            continue
        low, high = grey.crop((left, top, right, bottom)).getextrema()
        inked += int(high) - int(low) > _CONTRAST  # type: ignore[arg-type] # one channel: (lowest, highest)
    return inked >= INK_SHARE * len(sample)
