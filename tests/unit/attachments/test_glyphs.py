"""Pictures of private characters: geometry only."""

import io
from pathlib import Path

import pytest
from PIL import Image

from reviewer.attachments import jobs
from reviewer.attachments.process import glyph_picture
from reviewer.model.problem import Problem

OUTLINE = '<path d="M100 100 H900 V300 H100 Z" fill="#000"/>'


def svg(inside: str, head: str = "") -> bytes:
    return f'{head}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 1000 1000">{inside}</svg>'.encode()


def given(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "E000"
    path.write_bytes(data)
    return path


def picture(tmp_path: Path, data: bytes) -> Image.Image:
    made = glyph_picture(given(tmp_path, data))
    jobs.close()
    assert isinstance(made, bytes)
    return Image.open(io.BytesIO(made))


def test_an_outline_is_drawn_as_ink_on_clear_ground(tmp_path: Path) -> None:
    made = picture(tmp_path, svg(OUTLINE))
    assert (made.format, made.mode, made.size) == ("PNG", "LA", (200, 200))
    assert made.getpixel((100, 40)) == (0, 255)
    assert made.getpixel((100, 150)) == (0, 0)


def test_equal_outlines_give_equal_bytes(tmp_path: Path) -> None:
    assert glyph_picture(given(tmp_path, svg(OUTLINE))) == glyph_picture(given(tmp_path, svg(OUTLINE)))
    jobs.close()


def test_a_doctype_without_entities_does_no_harm(tmp_path: Path) -> None:
    head = '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    assert picture(tmp_path, svg(OUTLINE, head)).size == (200, 200)


def test_styles_are_read_as_attributes_and_descriptions_left_out(tmp_path: Path) -> None:
    made = picture(tmp_path, svg(f'<title>x</title><metadata>y</metadata><g style="fill:#000;filter:url(http://a/b)">{OUTLINE}</g>'))
    assert made.getpixel((100, 40)) == (0, 255)


def test_a_png_is_scaled(tmp_path: Path) -> None:
    out = io.BytesIO()
    scan = Image.new("L", (800, 800), 255)
    scan.paste(0, (200, 200, 600, 600))
    scan.save(out, "PNG")
    made = picture(tmp_path, out.getvalue())
    assert (made.size, made.getpixel((100, 100)), made.getpixel((10, 10))) == ((200, 200), (0, 255), (0, 0))


HOSTILE = {
    "script": (svg(f"<script>alert(1)</script>{OUTLINE}"), "SVG 內有不允許的元素 script"),
    "foreign": (svg("<foreignObject/>"), "SVG 內有不允許的元素 foreignObject"),
    "image": (svg('<image href="file:///etc/passwd"/>'), "SVG 內有不允許的元素 image"),
    "use": (svg('<use xlink:href="http://example.org/x.svg#a"/>'), "SVG 內有不允許的元素 use"),
    "style": (svg("<style>@import 'http://example.org';</style>"), "SVG 內有不允許的元素 style"),
    "text": (svg("<text>字</text>"), "SVG 內有不允許的元素 text"),
    "animation": (svg('<animate attributeName="x"/>'), "SVG 內有不允許的元素 animate"),
    "entities": (svg(OUTLINE, '<!DOCTYPE svg [<!ENTITY a "b">]>'), "SVG 內有文件型別宣告"),
    "laughs": (svg("&b;", '<!DOCTYPE s [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'), "SVG 內有文件型別宣告"),
    "external": (svg("&x;", '<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), "SVG 內有文件型別宣告"),
    "deep": (svg("<g>" * 200 + "</g>" * 200), "SVG 太複雜"),
    "many": (svg(OUTLINE * 3000), "SVG 太複雜"),
    "large": (svg("<!--" + "x" * 600_000 + "-->"), "檔案太大"),
    "nothing": (svg(""), "SVG 內沒有任何外框"),
    "blank": (svg('<path d="M0 0H1V1Z" fill="#fff"/>'), "圖上什麼都沒有"),
    "html": (b"<html><svg/></html>", "不是 SVG 也不是 PNG"),
    "rubbish": (b"\x00\x01\x02", "不是 SVG 也不是 PNG"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_what_is_more_than_an_outline_is_refused(tmp_path: Path, case: str) -> None:
    data, why = HOSTILE[case]
    made = glyph_picture(given(tmp_path, data))
    assert isinstance(made, Problem)
    assert made.what.zh == f"造字圖檔不能使用：{why}。"


@pytest.fixture(autouse=True, scope="module")
def _ended() -> object:
    yield
    jobs.close()
