"""Pictures: upright, in sRGB, without a word of metadata, in two widths and as one page for the merged dossier; strips as several (`strips`).

Only Pillow's decoders for JPEG and PNG are ever started, and only after the size that the header names was found bearable. A JPEG larger than
needed is decoded at a fraction of its size (`draft`: 77 ms for 12 megapixels, 239 without).
"""

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from PIL import Image as Pillow
from PIL import ImageChops, ImageCms, ImageFile, ImageOps

from reviewer.attachments import limits, strips, webp
from reviewer.attachments.codes import addresses_in_codes
from reviewer.attachments.findings import PICTURE_MOVES, PICTURE_TOO_LARGE, PICTURE_TRUNCATED, PICTURE_UNREADABLE
from reviewer.attachments.refusal import Refusal
from reviewer.attachments.strips import PAGE_PT, POINTS_PER_PIXEL
from reviewer.model.problem import Problem, Where
from reviewer.model.processed import FoundAddress, Image

WIDTHS_PX = (900, 1600)
"""Reading width, and enlarged."""

PIXELS_MOST = 6_000_000
"""Of what is kept: a panorama of 1600 px width stays far below, a strip as high as a tower is scaled down."""

PRINT_PX = 1600
"""Longer side of the picture in the merged dossier: 190 dpi over the width of A4."""

PRINT_QUALITY = 82

STRIP_PIXELS_MOST = 6 * PIXELS_MOST
"""The same of a strip that is cut into pages: each of twenty keeps 1,100 px of width. Drawn on white it takes 0.5 GB for a moment."""

_ICC_BYTES = 4 * 2**20
_GREY_GROUND = (118, 118, 118, 255)
"""White and black stand out from it 4.5 to 1."""
_VISIBLE_ALPHA = 32
"""Opacity below which nothing is seen."""
_CLEAR_SHARE = 0.25
"""Of a picture, at least: less is corners, or the shadow around a window."""
_PALE = 226
"""A level from which a channel is hardly told from white (1.3 to 1)."""
_LEGIBLE_SHARE = 0.1
"""Of what is drawn, at least, must stand out from white."""
_MODES_WITH_ALPHA = ("RGBA", "LA", "PA", "La", "RGBa")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A picture that was read."""

    picture: Pillow.Image
    """RGB in sRGB, upright, on white or grey, within PIXELS_MOST, a strip within STRIP_PIXELS_MOST."""
    problems: tuple[Problem, ...]
    """Truncated, animated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PicturePage:
    """A picture, or a part of a strip."""

    images: tuple[Image, ...]
    """WebP, ascending by width."""
    width_pt: float
    """Width of its page in the PDF."""
    height_pt: float
    """Height of that page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureFiles:
    """What was written of a picture."""

    pages: tuple[PicturePage, ...]
    """Mostly one; the parts of a strip in order."""
    pdf: str
    """File name of the PDF, which has as many pages."""
    problems: tuple[Problem, ...]
    """Truncated, animated."""
    addresses: tuple[FoundAddress, ...]
    """Addresses in QR codes."""


def open_picture(path: Path) -> Opened:
    """Read a JPEG or PNG. Raises `Refusal` for one that is too large or damaged beyond its first lines."""
    with _own_pixel_limit():
        try:
            return _read(path, patient=False)
        except (OSError, SyntaxError, ValueError, EOFError, IndexError):
            # Pillow's ways to say that data is missing or wrong; what can be read of it may still be worth seeing.
            return _read(path, patient=True)


def save_picture_files(path: Path, folder: Path) -> PictureFiles:
    """Write `picture-1.webp`, `picture-2.webp` (of further parts `picture-p02-1.webp` …) and `document.pdf`. Raises `Refusal`."""
    opened = open_picture(path)
    parts = [opened.picture.crop(box) for box in strips.cuts(*opened.picture.size)]
    sheets = [_on_page(part) for part in parts]
    (folder / "document.pdf").write_bytes(pdf_of_pictures(sheets))
    pages = tuple(
        PicturePage(
            images=_save_images(part, folder, f"picture-p{number:02d}" if number > 1 else "picture"), width_pt=width, height_pt=height
        )
        for number, (part, (_, width, height)) in enumerate(zip(parts, sheets, strict=True), start=1)
    )
    return PictureFiles(pages=pages, pdf="document.pdf", problems=opened.problems, addresses=_addresses(opened.picture, parts))


def _save_images(part: Pillow.Image, folder: Path, stem: str) -> tuple[Image, ...]:
    images: list[Image] = []
    for count, width_px in enumerate(WIDTHS_PX, start=1):
        made = webp.fit(part, width_px)
        if not images or made.width > images[-1].width_px:
            images.append(webp.save_picture(made, folder, f"{stem}-{count}.webp"))
    return tuple(images)


def _addresses(picture: Pillow.Image, parts: list[Pillow.Image]) -> tuple[FoundAddress, ...]:
    """Addresses in codes, by the part that shows them; one that a cut runs through is read from the whole."""
    found: dict[str, int] = {}
    for number, part in enumerate((*parts, picture) if len(parts) > 1 else parts, start=1):
        for address in addresses_in_codes(part):
            found.setdefault(address, number if number <= len(parts) else 1)
    return tuple(FoundAddress(address=address, page=page, how="qr") for address, page in found.items())


def _on_page(picture: Pillow.Image) -> tuple[Pillow.Image, float, float]:
    """A picture as large as paper needs it, with the width and height in points of the page that it fills."""
    longest = max(picture.size)
    if longest > PRINT_PX:
        size = tuple(max(1, round(side * PRINT_PX / longest)) for side in picture.size)
        shown = picture.resize((size[0], size[1]), Pillow.Resampling.LANCZOS, reducing_gap=2.0)
    else:
        shown = picture
    lying = picture.width > picture.height
    most = PAGE_PT[::-1] if lying else PAGE_PT
    scale = min(POINTS_PER_PIXEL, most[0] / picture.width, most[1] / picture.height)
    return shown, round(picture.width * scale, 2), round(picture.height * scale, 2)


def pdf_of_pictures(pages: Iterable[tuple[Pillow.Image, float, float]]) -> bytes:
    """A document of pages that one picture each fills: (RGB picture, width, height in points). Equal input gives equal bytes."""
    out = io.BytesIO()
    with pikepdf.Pdf.new() as pdf:
        for picture, width_pt, height_pt in pages:
            width, height = max(width_pt, limits.PAGE_SIDE_POINTS_LEAST), max(height_pt, limits.PAGE_SIDE_POINTS_LEAST)
            grey = webp.is_grey(picture)
            image = pikepdf.Stream(pdf, _jpeg(picture.convert("L") if grey else picture))
            image.update(_image_dictionary(picture, grey=grey))
            page = pdf.add_blank_page(page_size=(round(width, 2), round(height, 2)))
            page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=image))
            page.Contents = pikepdf.Stream(pdf, f"q {width:.2f} 0 0 {height:.2f} 0 0 cm /P Do Q".encode())
        pdf.save(out, deterministic_id=True, compress_streams=True)
    return out.getvalue()


def _image_dictionary(picture: Pillow.Image, *, grey: bool) -> dict[str, object]:
    return {
        "/Type": pikepdf.Name.XObject,
        "/Subtype": pikepdf.Name.Image,
        "/Width": picture.width,
        "/Height": picture.height,
        "/ColorSpace": pikepdf.Name.DeviceGray if grey else pikepdf.Name.DeviceRGB,
        "/BitsPerComponent": 8,
        "/Filter": pikepdf.Name.DCTDecode,
    }


def _jpeg(picture: Pillow.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=PRINT_QUALITY, optimize=True, subsampling="4:2:0")
    return out.getvalue()


def _read(path: Path, *, patient: bool) -> Opened:
    ImageFile.LOAD_TRUNCATED_IMAGES = patient
    try:
        with Pillow.open(path, formats=("JPEG", "PNG")) as picture:
            if picture.width * picture.height > limits.PICTURE_PIXELS:
                raise Refusal(PICTURE_TOO_LARGE.at(Where(), width=picture.width, height=picture.height))
            problems = [PICTURE_TRUNCATED.at(Where())] if patient else []
            # A JPEG of several pictures (depth maps, previews of phones) is the picture that it begins with, not an animation.
            if getattr(picture, "is_animated", False) and picture.format == "PNG":
                problems.append(PICTURE_MOVES.at(Where()))
            return Opened(picture=_upright(picture), problems=tuple(problems))
    except Refusal:
        raise
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, TypeError):
        if not patient:
            raise
        raise Refusal(PICTURE_UNREADABLE.at(Where())) from None
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = False


def _upright(picture: Pillow.Image) -> Pillow.Image:
    if picture.format != "PNG":
        # Twice the widest size wanted: the decoder halves in steps of two, the rest is done with a good filter.
        picture.draft(None, (WIDTHS_PX[-1], WIDTHS_PX[-1]))
    picture.load()
    profile = picture.info.get("icc_profile") or b""
    whole = _with_alpha(ImageOps.exif_transpose(picture))
    most = PIXELS_MOST if len(strips.cuts(*whole.size)) == 1 else STRIP_PIXELS_MOST
    if whole.width * whole.height > most:
        share = (most / (whole.width * whole.height)) ** 0.5
        whole.thumbnail((max(1, int(whole.width * share)), max(1, int(whole.height * share))), Pillow.Resampling.LANCZOS, reducing_gap=2.0)
    clean = _on_ground(_in_srgb(whole, profile))
    # A new picture from the bare pixels: nothing of `info`, EXIF, XMP or text chunks can follow it into a file.
    return Pillow.frombytes("RGB", clean.size, clean.tobytes())


def _with_alpha(picture: Pillow.Image) -> Pillow.Image:
    """A colour or palette entries that stand for clear (tRNS) as a channel: whatever scales or converts colours would lose or smear them."""
    if "transparency" not in picture.info or picture.mode not in ("1", "L", "P", "RGB"):
        return picture
    return picture.convert("LA" if picture.mode in ("1", "L") else "RGBA")


def _in_srgb(picture: Pillow.Image, profile: bytes) -> Pillow.Image:
    """Colours as meant: by the embedded profile, else as they are. A profile that does not fit the picture is as good as none."""
    if picture.mode in ("I", "I;16", "I;16B", "I;16L", "F"):
        return picture.point(lambda value: value / 256).convert("L")
    if not profile or len(profile) > _ICC_BYTES or picture.mode not in ("RGB", "CMYK", "L", "RGBA", "LA"):
        return picture
    alpha = picture.getchannel("A") if picture.mode in ("RGBA", "LA") else None
    try:
        plain = picture.convert(picture.mode[:-1]) if alpha is not None else picture
        converted = ImageCms.profileToProfile(plain, io.BytesIO(profile), ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture
    if converted is None:
        return picture
    if alpha is not None:
        converted.putalpha(alpha)
    return converted


def _on_ground(picture: Pillow.Image) -> Pillow.Image:
    """On white, as on paper; on grey where white would swallow what is drawn."""
    if picture.mode not in _MODES_WITH_ALPHA and "transparency" not in picture.info:
        return picture.convert("RGB")
    layered = picture.convert("RGBA")
    on_white = Pillow.alpha_composite(Pillow.new("RGBA", layered.size, "white"), layered).convert("RGB")
    if not _is_swallowed(layered.getchannel("A"), on_white):
        return on_white
    return Pillow.alpha_composite(Pillow.new("RGBA", layered.size, _GREY_GROUND), layered).convert("RGB")


def _is_swallowed(alpha: Pillow.Image, on_white: Pillow.Image) -> bool:
    """Whether a drawing on clear ground is hardly to be seen on white. Sheets and screenshots with clear corners or shadows are not meant."""
    visible = alpha.point([255 if level >= _VISIBLE_ALPHA else 0 for level in range(256)])
    shown = visible.histogram()[255]
    if not shown or shown > (1 - _CLEAR_SHARE) * alpha.width * alpha.height:
        return False
    red, green, blue = on_white.split()
    darkest = ImageChops.darker(ImageChops.darker(red, green), blue)
    legible = darkest.point([255 if level < _PALE else 0 for level in range(256)])
    return ImageChops.darker(legible, visible).histogram()[255] < _LEGIBLE_SHARE * shown


@contextmanager
def _own_pixel_limit() -> Iterator[None]:
    """Pillow's own guard is put aside: it only warns up to twice its limit, while ours asks right after the header was read."""
    before = Pillow.MAX_IMAGE_PIXELS
    Pillow.MAX_IMAGE_PIXELS = None
    try:
        yield
    finally:
        Pillow.MAX_IMAGE_PIXELS = before
