"""Pictures for the README are small, keep the colours of small things, and come out the same each time."""

import io
import random

from PIL import Image, ImageDraw

from tools.screenshots import MOST_BYTES, small

ACCENT = (0x1F, 0x5F, 0x8B)


def page() -> bytes:
    """A page of greys and browns, as text and borders give, with a link of a few pixels in the accent colour."""
    dice = random.Random(9)  # noqa: S311 - a picture, not a secret
    picture = Image.new("RGB", (900, 600), (250, 248, 244))
    pixels = picture.load()
    assert pixels is not None
    for x in range(900):
        for y in range(300):
            grey = dice.randrange(20, 250)
            pixels[x, y] = (grey, max(0, grey - dice.randrange(9)), max(0, grey - dice.randrange(20)))
    ImageDraw.Draw(picture).rectangle((400, 450, 420, 460), fill=ACCENT)
    content = io.BytesIO()
    picture.save(content, "PNG")
    assert len(content.getvalue()) > MOST_BYTES
    return content.getvalue()


def test_the_accent_colour_survives_the_palette() -> None:
    picture = Image.open(io.BytesIO(small(page())))
    assert picture.mode == "P"
    red, green, blue = picture.convert("RGB").getpixel((410, 455))  # type: ignore[misc] # three channels
    assert max(abs(red - ACCENT[0]), abs(green - ACCENT[1]), abs(blue - ACCENT[2])) <= 4


def test_the_same_picture_gives_the_same_file() -> None:
    content = page()
    assert small(content) == small(content)


def test_a_small_picture_stays_as_it_is() -> None:
    content = io.BytesIO()
    Image.new("RGB", (100, 100), ACCENT).save(content, "PNG")
    assert small(content.getvalue()) == content.getvalue()
