"""A department's logo, made safe: a PNG is drawn anew in a bounded size, an SVG keeps shapes and colours and is refused for anything that could act or fetch.

A page loads the logo as a picture, where scripts do not run; the paper's layout reads it too. Refusing instead of guessing keeps what the office sees
in its drawing program and what reviewers see the same.
"""

import base64
import hashlib
import io
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree as ET

from PIL import Image, UnidentifiedImageError

from reviewer.model.problem import Problem, ProblemKind, Severity, Where
from reviewer.model.selection import Logo
from reviewer.model.text import Text
from reviewer.selection import faults

MAX_LOGO_BYTES = 1_048_576
"""A logo of a page is some 20 KB; more is a photograph or a print file."""

MAX_PIXELS = 25_000_000
"""A larger PNG is not opened: it would take 100 MB of memory."""

DRAWN_PX = (960, 240)
"""Widest and highest that a PNG is drawn: four times its size on the page, for paper and fine screens."""

LOGO_UNREADABLE = ProblemKind(
    "logo-unreadable",
    Severity.ERROR,
    Text("讀不出這個標誌：{reason}。", "This logo cannot be read: {reason}."),
    Text("請改存成 PNG 或 SVG，檔案小於 1 MB。", "Save it as PNG or SVG, in a file of less than 1 MB."),
)
LOGO_UNSAFE = ProblemKind(
    "logo-unsafe",
    Severity.ERROR,
    Text("標誌的 SVG 含有 {what}，頁面不採用。", "The logo's SVG has {what}, which pages do not take."),
    Text(
        "請在繪圖軟體把文字轉成外框、移除連結、程式與嵌入的圖片，另存為一般 SVG；或改用 PNG。",
        "In the drawing program turn text into outlines, remove links, scripts and embedded pictures, and save as plain SVG; or use a PNG.",
    ),
)

_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_DROPPED = frozenset({"metadata", "title", "desc"})
_SHAPES = frozenset(
    [
        "svg",
        "g",
        "defs",
        "symbol",
        "use",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "linearGradient",
        "radialGradient",
        "stop",
        "clipPath",
        "mask",
        "style",
    ]
)
_DOCTYPE = re.compile(r"<!DOCTYPE\s+svg[^\[\]>]*>", re.IGNORECASE)
_OUTSIDE = re.compile(r"url\(\s*[\"']?(?!#[\w.-]+[\"']?\s*\))|@|\\|expression|javascript:|//|data:", re.IGNORECASE)
_SIZE = re.compile(r"\s*([0-9]+(?:\.[0-9]+)?)\s*(?:px|pt|mm|cm|in)?\s*")


def read_logo(folder: Path, value: str, words: Text, where: Where) -> tuple[Logo | None, tuple[Problem, ...]]:
    """A logo from a file within the configuration folder, made safe; `words` say what it shows to those who do not see it."""
    target = folder / value
    if PurePosixPath(value).is_absolute() or not target.resolve().is_relative_to(folder.resolve()):
        return None, (faults.OUTSIDE_FOLDER.at(where, value=value),)
    try:
        with target.open("rb") as file:
            data = file.read(MAX_LOGO_BYTES + 1)
    except FileNotFoundError:
        hint = Text("請放進這個檔，或刪掉 logo 這一行。", "Put the file there, or remove the line logo.")
        return None, (faults.REFERENCE_MISSING.at(where, value=value, hint=hint),)
    except OSError as error:
        return None, (faults.FILE_UNREADABLE.at(where, reason=error.strerror or type(error).__name__),)
    if len(data) > MAX_LOGO_BYTES:
        return None, (LOGO_UNREADABLE.at(where, reason=Text("檔案超過 1 MB", "it is larger than 1 MB")),)
    try:
        ending, content, size = _png(data) if data.startswith(b"\x89PNG\r\n\x1a\n") else _svg(data)
    except _Refused as refused:
        return None, (refused.kind.at(where, **refused.facts),)
    logo = Logo(
        name=f"logo.{ending}",
        words=words,
        width=size[0],
        height=size[1],
        content=base64.b64encode(content).decode("ascii"),
        sha256=hashlib.sha256(content).hexdigest(),
    )
    return logo, ()


class _Refused(Exception):
    def __init__(self, kind: ProblemKind, **facts: Text | str) -> None:
        super().__init__(kind.code)
        self.kind, self.facts = kind, facts


def _unreadable(zh: str, en: str) -> _Refused:
    return _Refused(LOGO_UNREADABLE, reason=Text(zh, en))


def _png(data: bytes) -> tuple[str, bytes, tuple[int, int]]:
    """Draw a PNG anew: its pixels and nothing else."""
    try:
        with Image.open(io.BytesIO(data), formats=("PNG",)) as image:
            if image.width * image.height > MAX_PIXELS:
                raise _unreadable("像素太多", "it has too many pixels")
            image.load()
            drawn = image.convert("RGBA")
    except (OSError, UnidentifiedImageError, ValueError, SyntaxError) as error:
        raise _unreadable("PNG 損壞", "the PNG is damaged") from error
    drawn.thumbnail(DRAWN_PX)
    target = io.BytesIO()
    drawn.save(target, "PNG", optimize=True)
    return "png", target.getvalue(), drawn.size


def _svg(data: bytes) -> tuple[str, bytes, tuple[int, int]]:
    """Keep the shapes of an SVG."""
    try:
        text = _DOCTYPE.sub("", data.decode("utf-8-sig"), count=1)
    except UnicodeDecodeError as error:
        raise _unreadable("不是 PNG，也不是 UTF-8 的 SVG", "it is neither a PNG nor an SVG in UTF-8") from error
    if re.search(r"<!(DOCTYPE|ENTITY)", text, re.IGNORECASE):
        raise _Refused(LOGO_UNSAFE, what="<!ENTITY>")
    try:
        root = ET.fromstring(text)  # noqa: S314 - declarations of entities were refused above, and expat fetches nothing
    except ET.ParseError as error:
        raise _unreadable("不是 PNG，也不是合法的 SVG", "it is neither a PNG nor a sound SVG") from error
    if root.tag != f"{{{_SVG}}}svg":
        raise _unreadable("不是 PNG，也不是合法的 SVG", "it is neither a PNG nor a sound SVG")
    clean = _cleaned(root)
    size = _size(clean)
    ET.register_namespace("", _SVG)
    ET.register_namespace("xlink", _XLINK)
    return "svg", ET.tostring(clean, encoding="utf-8"), size


def _cleaned(element: ET.Element) -> ET.Element:
    made = ET.Element(element.tag, dict(_attributes(element)))
    name = element.tag.removeprefix(f"{{{_SVG}}}")
    if name == "style":
        _refuse_outside(element.text or "", "<style>")
        made.text = element.text
    for child in element:
        kind = child.tag.removeprefix(f"{{{_SVG}}}")
        if "}" in kind or kind in _DROPPED:
            continue
        if kind not in _SHAPES:
            raise _Refused(LOGO_UNSAFE, what=f"<{kind[:40]}>")
        made.append(_cleaned(child))
    return made


def _attributes(element: ET.Element) -> Iterator[tuple[str, str]]:
    for name, value in element.attrib.items():
        if name in ("href", f"{{{_XLINK}}}href"):
            if not re.fullmatch(r"#[\w.-]+", value):
                raise _Refused(LOGO_UNSAFE, what=f"href={value[:40]}")
            yield name, value
        elif not name.startswith("{"):
            if name.lower().startswith("on"):
                raise _Refused(LOGO_UNSAFE, what=name[:40])
            _refuse_outside(value, name)
            yield name, value


def _refuse_outside(value: str, where: str) -> None:
    if _OUTSIDE.search(value):
        raise _Refused(LOGO_UNSAFE, what=f"{where}：{value.strip()[:40]}")


def _size(root: ET.Element) -> tuple[int, int]:
    """Width and height of the drawing, by its viewBox, else by its own size, which then becomes the viewBox."""
    box = [part for part in re.split(r"[\s,]+", root.get("viewBox", "").strip()) if part]
    own = [_SIZE.fullmatch(root.get(name, "")) for name in ("width", "height")]
    try:
        numbers = [float(part) for part in box[2:4]] if len(box) == 4 else [float(match[1]) for match in own if match]
    except ValueError:
        numbers = []
    if len(numbers) != 2 or min(numbers) <= 0 or max(numbers) > 1e6:
        raise _unreadable("SVG 沒有 viewBox", "the SVG has no viewBox")
    if len(box) != 4:
        root.set("viewBox", f"0 0 {numbers[0]:g} {numbers[1]:g}")
    root.attrib.pop("width", None)
    root.attrib.pop("height", None)
    scale = DRAWN_PX[1] / numbers[1]
    return max(1, round(numbers[0] * scale)), DRAWN_PX[1]
