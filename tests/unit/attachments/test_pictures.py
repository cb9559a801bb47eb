"""Pictures: upright, without metadata, in colours as meant, within bounds."""

import io
import struct
import zlib
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageCms, PngImagePlugin

from reviewer.attachments import drawing, pictures, webp
from reviewer.attachments.refusal import Refusal
from tests.papers import Words, page_of_words, pdf, photograph

SECRETS = (b"Secret", b"GPS", b"Exif", b"http://ns.adobe.com", b"25.03")


def written(tmp_path: Path, picture: Image.Image, kind: str, **options: object) -> Path:
    path = tmp_path / f"given.{kind.lower()}"
    picture.save(path, kind, **options)
    return path


def exif(orientation: int) -> Image.Exif:
    made = Image.Exif()
    made[0x0112] = orientation
    made[0x0110] = "Secret Camera"
    made.get_ifd(0x8825)[2] = (25.0, 2.0, 1.0)
    return made


def quarters() -> Image.Image:
    """Red, green over blue, white: which side is up shows."""
    picture = Image.new("RGB", (200, 100), "white")
    picture.paste("red", (0, 0, 100, 50))
    picture.paste("lime", (100, 0, 200, 50))
    picture.paste("blue", (0, 50, 100, 100))
    return picture


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_pictures_stand_upright_whatever_way_the_camera_was_held(tmp_path: Path, orientation: int, kind: str) -> None:
    turns = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    way = {2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE,
           6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE, 8: Image.Transpose.ROTATE_270}  # fmt: skip
    stored = quarters().transpose(way[orientation]) if orientation in turns else quarters()
    path = written(tmp_path, stored, kind, exif=exif(orientation))
    made = pictures.open_picture(path).picture
    assert made.size == (200, 100)
    corners = [made.crop((x, y, x + 1, y + 1)).tobytes() for x, y in ((50, 25), (150, 25), (50, 75), (150, 75))]
    assert [tuple(round(value / 255) for value in corner) for corner in corners] == [(1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 1, 1)]


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_no_metadata_reaches_any_derived_file(tmp_path: Path, kind: str) -> None:
    options: dict[str, object] = {"exif": exif(1)}
    if kind == "PNG":
        words = PngImagePlugin.PngInfo()
        words.add_itxt("XML:com.adobe.xmp", "http://ns.adobe.com/ Secret")
        words.add_text("Comment", "Secret", zip=True)
        options["pnginfo"] = words
    else:
        options |= {"comment": b"Secret", "xmp": b"http://ns.adobe.com/ Secret"}
    path = written(tmp_path, photograph(), kind, **options)
    out = tmp_path / "out"
    out.mkdir()
    pictures.save_picture_files(path, out)
    assert sorted(file.name for file in out.iterdir()) == ["document.pdf", "picture-1.webp"]
    for file in out.iterdir():
        assert not [secret for secret in SECRETS if secret in file.read_bytes()]


def test_a_large_picture_has_two_widths_and_a_page(tmp_path: Path) -> None:
    made = pictures.save_picture_files(written(tmp_path, photograph(4000, 3000), "JPEG"), tmp_path)
    (page,) = made.pages
    assert [(image.name, image.width_px, image.height_px) for image in page.images] == [
        ("picture-1.webp", 900, 675),
        ("picture-2.webp", 1600, 1200),
    ]
    assert (page.width_pt, page.height_pt) == (793.71, 595.28)
    document = pypdfium2.PdfDocument(tmp_path / made.pdf)
    assert len(document) == 1
    assert document[0].get_size() == pytest.approx((793.71, 595.28), abs=0.01)
    document.close()


def test_a_small_picture_is_not_blown_up(tmp_path: Path) -> None:
    made = pictures.save_picture_files(written(tmp_path, photograph(300, 200), "PNG"), tmp_path)
    (page,) = made.pages
    assert [(image.width_px, image.height_px) for image in page.images] == [(300, 200)]
    assert (page.width_pt, page.height_pt) == (225.0, 150.0)


def test_equal_pictures_give_equal_bytes(tmp_path: Path) -> None:
    path = written(tmp_path, photograph(1200, 900), "JPEG")
    results = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        pictures.save_picture_files(path, tmp_path / name)
        results.append({file.name: file.read_bytes() for file in (tmp_path / name).iterdir()})
    assert results[0] == results[1]


def test_colours_are_those_of_the_embedded_profile(tmp_path: Path) -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    path = written(tmp_path, Image.new("RGB", (50, 50), (200, 30, 60)), "PNG", icc_profile=lab)
    pixel = pictures.open_picture(path).picture.getpixel((25, 25))
    assert isinstance(pixel, tuple)
    assert all(abs(value - meant) <= 2 for value, meant in zip(pixel, (200, 30, 60), strict=True))


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "1", "L", "I;16", "CMYK"])
def test_every_mode_is_shown(tmp_path: Path, mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    picture = Image.new("I;16", (60, 40), 40_000) if mode == "I;16" else photograph(60, 40).convert(mode)
    made = pictures.open_picture(written(tmp_path, picture, kind)).picture
    assert (made.mode, made.size) == ("RGB", (60, 40))


def test_what_is_clear_becomes_white(tmp_path: Path) -> None:
    path = written(tmp_path, Image.new("RGBA", (10, 10), (0, 0, 0, 0)), "PNG")
    assert pictures.open_picture(path).picture.getpixel((5, 5)) == (255, 255, 255)


SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


@pytest.mark.parametrize("profile", [None, SRGB], ids=["plain", "with a profile"])
@pytest.mark.parametrize("size", [(60, 40), (2800, 2200)], ids=str)
def test_a_colour_that_stands_for_clear_is_never_shown(tmp_path: Path, size: tuple[int, int], profile: bytes | None) -> None:
    picture = Image.new("RGB", size, (255, 0, 255))
    picture.paste((20, 40, 60), (size[0] // 2, 0, *size))
    path = written(tmp_path, picture, "PNG", transparency=(255, 0, 255), **({"icc_profile": profile} if profile else {}))
    made = pictures.open_picture(path).picture
    left, edge, right = (made.crop((made.width // 2 + x, 9, made.width // 2 + x + 1, 10)).getpixel((0, 0)) for x in (-9, -1, 9))
    assert left == (255, 255, 255)
    assert isinstance(edge, tuple)
    assert not edge[0] > edge[1] + 60 < edge[2], "magenta"
    assert isinstance(right, tuple)
    assert all(abs(value - meant) <= 2 for value, meant in zip(right, (20, 40, 60), strict=True))


@pytest.mark.parametrize("mode", ["L", "P", "1"])
def test_clear_greys_and_palettes_become_white(tmp_path: Path, mode: str) -> None:
    picture = Image.new("L", (60, 40), 0)
    picture.paste(255, (30, 0, 60, 40))
    shown = picture.convert(mode)
    clear = shown.getpixel((45, 9))
    made = pictures.open_picture(written(tmp_path, shown, "PNG", transparency=clear, icc_profile=SRGB)).picture
    assert [made.getpixel((x, 9)) for x in (9, 45)] == [(0, 0, 0), (255, 255, 255)]


@pytest.mark.parametrize("ink", [(255, 255, 255, 255), (250, 248, 240, 255), (255, 255, 255, 120), (0, 0, 0, 8)], ids=str)
@pytest.mark.parametrize("legible", [0, 5])
def test_white_drawing_on_clear_ground_is_laid_on_grey(tmp_path: Path, ink: tuple[int, int, int, int], legible: int) -> None:
    picture = Image.new("RGBA", (200, 100), (0, 0, 0, 0))
    picture.paste(ink, (20, 20, 120, 40))
    picture.paste((200, 0, 0, 255), (150, 50, 150 + legible, 70))
    made = pictures.open_picture(written(tmp_path, picture, "PNG")).picture
    if ink[3] < 32:
        assert made.getpixel((5, 5)) == (255, 255, 255)
    else:
        assert made.getpixel((5, 5)) == (118, 118, 118)
        assert made.convert("L").crop((60, 30, 61, 31)).tobytes()[0] >= 118 + 60


def test_sheets_with_clear_corners_and_dark_drawings_stay_on_white(tmp_path: Path) -> None:
    sheet = Image.new("RGBA", (200, 100), (0, 0, 0, 0))
    sheet.paste((255, 255, 255, 255), (5, 5, 195, 95))
    drawing_ = Image.new("RGBA", (200, 100), (255, 255, 255, 0))
    drawing_.paste((255, 255, 255, 255), (20, 20, 120, 40))
    drawing_.paste((0, 0, 90, 255), (20, 20, 60, 40))
    for picture in (sheet, drawing_):
        assert pictures.open_picture(written(tmp_path, picture, "PNG")).picture.getpixel((2, 2)) == (255, 255, 255)


def test_a_bomb_is_refused_by_its_header(tmp_path: Path) -> None:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    path = tmp_path / "bomb.png"
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", b"x")
        + chunk(b"IEND", b"")
    )
    with pytest.raises(Refusal) as caught:
        pictures.open_picture(path)
    assert str(caught.value) == "：圖片有 60000 × 60000 像素，大到無法安全開啟。請縮小圖片後重新上傳。"


def test_a_truncated_picture_is_shown_as_far_as_it_goes(tmp_path: Path) -> None:
    path = written(tmp_path, photograph(800, 600), "JPEG")
    path.write_bytes(path.read_bytes()[:6000])
    opened = pictures.open_picture(path)
    assert opened.picture.size == (800, 600)
    assert [problem.what.zh for problem in opened.problems] == ["圖片不完整，只顯示讀得到的部分。"]


@pytest.mark.parametrize("data", [b"\xff\xd8\xff\xe0" + b"\0" * 40, b"\x89PNG\r\n\x1a\n" + b"\0" * 40, b"\xff\xd8\xff"])
def test_rubbish_behind_a_good_start_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x"
    path.write_bytes(data)
    with pytest.raises(Refusal) as caught:
        pictures.open_picture(path)
    assert str(caught.value) == "：圖片已損壞，無法開啟。請重新上傳這張圖片。"


def test_an_animation_says_that_it_stands_still(tmp_path: Path) -> None:
    path = tmp_path / "x.png"
    photograph(40, 30).save(path, "PNG", save_all=True, append_images=[photograph(40, 30).rotate(90)])
    assert [problem.what.zh for problem in pictures.open_picture(path).problems] == ["這是會動的圖片，只顯示第一個畫面。"]


def test_page_images_of_text_are_lossless_and_grey_and_small(tmp_path: Path) -> None:
    document = pypdfium2.PdfDocument(pdf([Words(60, 80 + 20 * row, "學習歷程檔案的頁面影像" * 3) for row in range(30)]))
    sheet = drawing.save_sheet(document[0], tmp_path, "p001")
    assert [(image.name, image.width_px) for image in sheet.images] == [("p001-1.webp", 900), ("p001-2.webp", 1440)]
    assert (sheet.width_pt, sheet.height_pt) == (595.28, 841.89)
    data = (tmp_path / "p001-2.webp").read_bytes()
    assert b"VP8L" in data[:32]
    assert len(data) < 240_000
    shades = drawing.opened(tmp_path / "p001-2.webp").convert("L").getcolors()
    assert shades is not None
    assert len(shades) <= 18
    document.close()


def test_pale_fields_keep_their_colour(tmp_path: Path) -> None:
    picture = Image.new("RGB", (400, 300), (246, 247, 249))
    picture.paste((255, 250, 235), (0, 100, 400, 200))
    image = webp.save_page(picture, tmp_path, "p.webp")
    made = drawing.opened(tmp_path / image.name)
    assert [made.getpixel(place) for place in ((5, 5), (5, 150))] == [(246, 247, 249), (255, 250, 235)]


def test_scans_and_photographs_are_lossy(tmp_path: Path) -> None:
    for name, picture in (("scan", page_of_words()), ("photograph", photograph(900, 700))):
        image = webp.save_page(picture, tmp_path, f"{name}.webp")
        assert b"VP8 " in (tmp_path / image.name).read_bytes()[:32]


@pytest.mark.parametrize("size", [(3, 14_400), (14_400, 3), (14_400, 14_400), (3, 3), (200, 120)])
def test_pages_of_odd_sizes_stay_within_bounds(tmp_path: Path, size: tuple[float, float]) -> None:
    document = pypdfium2.PdfDocument(pdf([], size=size))
    sheet = drawing.save_sheet(document[0], tmp_path, "p")
    assert all(1 <= image.width_px * image.height_px <= drawing.PIXELS_MOST * 1.01 for image in sheet.images)
    assert all(image.width_px <= max(size[0] * drawing.SCALE_MOST + 1, 1) for image in sheet.images)
    document.close()


def test_a_page_that_normalising_left_alone_has_no_original(tmp_path: Path) -> None:
    one, other = (pypdfium2.PdfDocument(pdf([Words(60, 80, text)])) for text in ("學習歷程", "自主學習"))
    sheet = drawing.save_sheet(one[0], tmp_path, "p001")
    assert drawing.save_original(one, 0, sheet, tmp_path, "o.webp") == ()
    assert [image.name for image in drawing.save_original(other, 0, sheet, tmp_path, "o.webp")] == ["o.webp"]
    one.close()
    other.close()


def test_a_document_of_pictures_holds_nothing_but_them() -> None:
    data = pictures.pdf_of_pictures([(photograph(), 300.0, 200.0), (page_of_words(), 595.0, 842.0)])
    assert data == pictures.pdf_of_pictures([(photograph(), 300.0, 200.0), (page_of_words(), 595.0, 842.0)])
    with pikepdf.Pdf.open(io.BytesIO(data)) as made:
        assert [[float(side) for side in page.MediaBox] for page in made.pages] == [[0, 0, 300, 200], [0, 0, 595, 842]]
        assert "/Info" not in made.trailer
        assert "/Metadata" not in made.Root
