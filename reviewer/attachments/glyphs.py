"""Pictures of private characters (造字) that a school sends: SVG or PNG, drawn as a small PNG for use inside a line.

An SVG from outside is a program that may fetch, run and expand. Ours is read as plain XML without a document type, and only geometry is taken
over into a new one: shapes, paths, groups, and attributes whose values hold no reference. That new drawing is what WeasyPrint draws, with
nothing to fetch, and PDFium makes the PNG.
"""

import base64
import io
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pypdfium2
from PIL import Image as Pillow

from reviewer.attachments import pictures
from reviewer.attachments.findings import GLYPH_REFUSED
from reviewer.attachments.refusal import Refusal
from reviewer.model.problem import Where

SIDE_PX = 200
"""Longer side of the PNG: a character in a 25 mm heading at 200 dpi."""

SVG_BYTES = 512 * 2**10
"""An outline of a character has 2 to 20 KB."""

ELEMENTS_MOST = 2000
DEPTH_MOST = 24

_SVG = "http://www.w3.org/2000/svg"
_SHAPES = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
_KEPT = _SHAPES | {"svg", "g"}
_DROPPED = {"title", "desc", "metadata", "defs", "namedview"}
_ATTRIBUTES = {
    "d", "points", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "width", "height", "viewBox", "transform", "fill", "fill-rule",
    "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "opacity", "fill-opacity", "stroke-opacity",
}  # fmt: skip
_PLAIN = re.compile(r"[\w\s.,+\-()#%]*\Z", re.ASCII)
_DOCTYPE = re.compile(rb"<!DOCTYPE[^>\[]*>", re.IGNORECASE)


def glyph_png(path: Path) -> bytes:
    """A character's picture as a PNG, black on clear ground, at most SIDE_PX on a side. Raises `Refusal`."""
    with path.open("rb") as file:
        head = file.read(SVG_BYTES + 1)
    if head.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        return _png(pictures.open_picture(path).picture)
    if len(head) > SVG_BYTES:
        raise _refusal("檔案太大", "the file is too large")
    return _png(_drawn(clean_svg(head)))


def clean_svg(data: bytes) -> bytes:
    """The same shapes in a new SVG that holds nothing else. Raises `Refusal` for what is not an SVG or is more than shapes."""
    plain = _DOCTYPE.sub(b"", data)
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise _refusal("SVG 內有文件型別宣告", "the SVG holds a document type with entities")
    try:
        root = ET.fromstring(plain)  # noqa: S314 - no document type is left that could expand or fetch
    except (ET.ParseError, ValueError, LookupError):
        raise _refusal("不是 SVG 也不是 PNG", "it is neither an SVG nor a PNG") from None
    if _name(root) != "svg":
        raise _refusal("不是 SVG 也不是 PNG", "it is neither an SVG nor a PNG")
    budget = [ELEMENTS_MOST]
    clean = _copy(root, budget, 0)
    if clean is None or not any(_name(element) in _SHAPES for element in clean.iter()):
        raise _refusal("SVG 內沒有任何外框", "the SVG holds no outline")
    _give_view_box(clean)
    ET.register_namespace("", _SVG)
    return bytes(ET.tostring(clean, encoding="utf-8", xml_declaration=False))


def _copy(element: ET.Element, budget: list[int], depth: int) -> ET.Element | None:
    name = _name(element)
    budget[0] -= 1
    if budget[0] < 0 or depth > DEPTH_MOST:
        raise _refusal("SVG 太複雜", "the SVG is too complex")
    if name in _DROPPED or not name:
        return None
    if name not in _KEPT:
        raise _refusal(f"SVG 內有不允許的元素 {name[:20]}", f"the SVG holds {name[:20]}, which is not taken")
    made = ET.Element(f"{{{_SVG}}}{name}")
    for key, value in {**element.attrib, **_style(element.get("style", ""))}.items():
        if key in _ATTRIBUTES and _PLAIN.match(value) and "url" not in value.lower():
            made.set(key, value)
    for child in element:
        copied = _copy(child, budget, depth + 1)
        if copied is not None:
            made.append(copied)
    return made


def _style(words: str) -> dict[str, str]:
    pairs = (pair.partition(":") for pair in words.split(";"))
    return {key.strip(): value.strip() for key, _, value in pairs if key.strip() in _ATTRIBUTES}


def _name(element: ET.Element) -> str:
    # A comment's or processing instruction's tag is a function.
    return str(element.tag).rpartition("}")[2] if not callable(element.tag) else ""


def _give_view_box(root: ET.Element) -> None:
    """A drawing without a view box fills its width and height; without either it is taken for a font's 1000 units."""
    if root.get("viewBox") is None:
        sides = [re.match(r"\d+(?:\.\d+)?", root.get(side, "")) for side in ("width", "height")]
        width, height = (float(side[0]) if side else 1000.0 for side in sides)
        root.set("viewBox", f"0 0 {width:g} {height:g}")
    root.attrib.pop("width", None)
    root.attrib.pop("height", None)


def _drawn(svg: bytes) -> Pillow.Image:
    import weasyprint  # noqa: PLC0415 - takes a third of a second, and few packages hold an SVG
    from weasyprint.urls import URLFetcher  # noqa: PLC0415

    style = "@page{size:100pt;margin:0}body{margin:0}img{display:block;width:100pt;height:100pt;object-fit:contain}"
    page = f"<style>{style}</style><img src='data:image/svg+xml;base64,{base64.b64encode(svg).decode()}'>"
    fetcher = URLFetcher(allowed_protocols={"data"})
    pdf = pypdfium2.PdfDocument(weasyprint.HTML(string=page, url_fetcher=fetcher, base_url="about:blank").write_pdf())
    drawn: Pillow.Image = pdf[0].render(scale=SIDE_PX / 100.0, rev_byteorder=True).to_pil().convert("RGB")
    pdf.close()
    return drawn


def _png(picture: Pillow.Image) -> bytes:
    """Darkness becomes ink on clear ground, so that the character takes part in dark pages and in print alike."""
    grey = picture.convert("L")
    grey.thumbnail((SIDE_PX, SIDE_PX), Pillow.Resampling.LANCZOS)
    ink = grey.point([255 - value for value in range(256)])
    if ink.getextrema()[1] < 32:  # type: ignore[operator] # one channel: (lowest, highest)
        raise _refusal("圖上什麼都沒有", "the picture is blank")
    out = io.BytesIO()
    Pillow.merge("LA", (Pillow.new("L", grey.size, 0), ink)).save(out, "PNG", optimize=True)
    return out.getvalue()


def _refusal(why_zh: str, why_en: str) -> Refusal:
    return Refusal(GLYPH_REFUSED.at(Where(), why_zh=why_zh, why_en=why_en))
