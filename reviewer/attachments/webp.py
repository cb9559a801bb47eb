"""Pictures as WebP, small and equal from run to run.

Measured on pages of text (A4 at 900 px): 16 greys without loss take 34–76 KB and 20–45 ms, lossy at quality 70 takes 52–104 KB and 55–80 ms
and blurs strokes. Photographs are the other way about. So a page with few colours is kept without loss in 16 levels a channel, and whatever
comes out large is tried lossy as well; the smaller stays. Grounds and fields keep their colours exactly.
"""

import io
from pathlib import Path

from PIL import Image as Pillow
from PIL import ImageChops

from reviewer.model.processed import Image

SIDE_MOST_PX = 16_000
"""WebP holds sides of up to 16,383 pixels."""

FEW_COLOURS = 2048
"""Colours of a page that has no photograph and no gradient: text, its smoothed edges, lines, fields."""

LOSSLESS_BYTES_PER_PIXEL = 0.11
"""Above this a lossless page is a scan or a grey photograph, and lossy is tried."""

QUALITY_PAGE = 62
"""Quality of pages with photographs: no visible loss at reading size."""

QUALITY_PICTURE = 76
"""Quality of a student's own pictures, which are looked at for themselves."""

_SATURATION = 10
_FIELD_SHARE = 0.004
"""Share of a page from which a value of a channel is a ground, a field or a line of its own, and kept exactly."""


def is_grey(picture: Pillow.Image) -> bool:
    """Whether no pixel of an RGB picture has a colour that an eye would see."""
    red, green, blue = picture.split()
    return all(_highest(ImageChops.difference(one, other)) <= _SATURATION for one, other in ((red, green), (green, blue)))


def save_page(picture: Pillow.Image, folder: Path, name: str) -> Image:
    """Write a drawn page (RGB) as WebP into `folder` and return what was written."""
    grey = is_grey(picture)
    few = grey or picture.getcolors(FEW_COLOURS) is not None
    data = _lossless(picture.convert("L").convert("RGB") if grey else picture) if few else b""
    if not few or len(data) > LOSSLESS_BYTES_PER_PIXEL * picture.width * picture.height:
        lossy = _lossy(picture.convert("L").convert("RGB") if grey else picture, QUALITY_PAGE, 2)
        data = lossy if not data or len(lossy) < len(data) else data
    return _write(data, picture, folder, name)


def save_picture(picture: Pillow.Image, folder: Path, name: str) -> Image:
    """Write a student's picture, a still or a cut-out (RGB) as lossy WebP."""
    return _write(_lossy(picture, QUALITY_PICTURE, 4), picture, folder, name)


def save_drawing(picture: Pillow.Image, folder: Path, name: str) -> Image:
    """Write a drawing of few colours without loss."""
    return _write(_lossless(picture), picture, folder, name)


def fit(picture: Pillow.Image, width_px: int) -> Pillow.Image:
    """Return the picture at most that wide, never enlarged, and within WebP's bounds."""
    scale = min(width_px / picture.width, SIDE_MOST_PX / picture.height)
    if scale >= 1.0:
        return picture
    size = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
    return picture.resize(size, Pillow.Resampling.LANCZOS, reducing_gap=2.0)


def _write(data: bytes, picture: Pillow.Image, folder: Path, name: str) -> Image:
    (folder / name).write_bytes(data)
    return Image(name=name, width_px=picture.width, height_px=picture.height, size_bytes=len(data))


def _lossless(picture: Pillow.Image) -> bytes:
    out = io.BytesIO()
    picture.point(_levels(picture)).save(out, "WEBP", lossless=True, quality=20, method=1, exact=True)
    return out.getvalue()


def _levels(picture: Pillow.Image) -> list[int]:
    """Sixteen levels a channel for the smoothed edges of letters; what fills a field keeps its very value, so that no pale tint is lost."""
    least = _FIELD_SHARE * picture.width * picture.height
    return [place % 256 if count > least else (place % 256 + 8) // 17 * 17 for place, count in enumerate(picture.histogram())]


def _lossy(picture: Pillow.Image, quality: int, method: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=quality, method=method)
    return out.getvalue()


def _highest(channel: Pillow.Image) -> int:
    extrema = channel.getextrema()
    return int(extrema[1])  # type: ignore[arg-type] # one channel: (lowest, highest)
