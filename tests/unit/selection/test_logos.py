"""Logos: what is taken and made safe, what is refused and with which sentence."""

import base64
import io
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from reviewer.model.problem import Where
from reviewer.model.selection import Logo
from reviewer.model.text import Text
from reviewer.resources import data_folder
from reviewer.selection.config import load
from reviewer.selection.logos import DRAWN_PX, MAX_LOGO_BYTES, read_logo

WORDS = Text("範例標誌", "Example logo")
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 40 20">'


def look(folder: Path, content: bytes | str, name: str = "a.svg") -> tuple[Logo | None, list[str]]:
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    logo, problems = read_logo(folder, name, WORDS, Where(file="departments/001012.toml", path="logo"))
    return logo, [f"{problem.what.zh}{problem.remedy.zh}" for problem in problems]


def test_a_png_is_drawn_anew_without_what_it_carried(tmp_path: Path) -> None:
    carried = PngInfo()
    carried.add_text("Author", "SECRET")
    target = io.BytesIO()
    Image.new("RGB", (4000, 500), "#1f5f8b").save(target, "PNG", pnginfo=carried)
    logo, said = look(tmp_path, target.getvalue() + b"SECRET", "a.png")
    assert said == []
    assert logo is not None
    content = base64.b64decode(logo.content)
    assert b"SECRET" not in content
    assert (logo.name, logo.words, logo.width, logo.height) == ("logo.png", WORDS, DRAWN_PX[0], 120)
    with Image.open(io.BytesIO(content)) as image:
        assert image.size == (DRAWN_PX[0], 120)


def test_an_svg_keeps_its_shapes_and_loses_what_others_put_in(tmp_path: Path) -> None:
    text = (
        '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
        + HEAD.replace("viewBox", 'xmlns:ink="urn:ink" ink:version="1" viewBox')
        + "<!-- note --><metadata>SECRET</metadata><ink:view a='1'/><style>.a{fill:#123456}</style>"
        + '<defs><linearGradient id="g"><stop offset="0"/></linearGradient></defs><path class="a" fill="url(#g)" d="M0 0h9v9z"/><use xlink:href="#g"/></svg>'
    )
    logo, said = look(tmp_path, text)
    assert said == []
    assert logo is not None
    kept = base64.b64decode(logo.content).decode()
    assert [word for word in ("SECRET", "urn:ink", "note", "DOCTYPE") if word in kept] == []
    assert [word for word in (".a{fill:#123456}", 'd="M0 0h9v9z"', 'fill="url(#g)"', 'href="#g"') if word not in kept] == []
    assert (logo.name, logo.width, logo.height) == ("logo.svg", 480, 240)


def test_an_svg_without_viewbox_gets_one_from_its_size(tmp_path: Path) -> None:
    logo, said = look(tmp_path, '<svg xmlns="http://www.w3.org/2000/svg" width="30mm" height="10mm"><path d="M0 0"/></svg>')
    assert said == []
    assert logo is not None
    assert b'viewBox="0 0 30 10"' in base64.b64decode(logo.content)


UNSAFE = {
    "<script>alert(1)</script>": "<script>",
    "<text>名</text>": "<text>",
    '<image href="data:image/png;base64,AAAA"/>': "<image>",
    "<foreignObject/>": "<foreignObject>",
    '<a href="#x"/>': "<a>",
    '<animate attributeName="d"/>': "<animate>",
    '<use href="https://example.org/a.svg#x"/>': "href=https://example.org/a.svg#x",
    '<use xlink:href="other.svg#x"/>': "href=other.svg#x",
    '<path onclick="x()"/>': "onclick",
    '<path fill="url(https://example.org/a)"/>': "fill：url(https://example.org/a)",
    "<style>@import 'a.css';</style>": "<style>：@import 'a.css';",
    "<path style=\"fill:url( 'http://a')\"/>": "style：fill:url( 'http://a')",
}


@pytest.mark.parametrize("inner", UNSAFE)
def test_what_could_act_or_fetch_is_refused(tmp_path: Path, inner: str) -> None:
    remedy = "請在繪圖軟體把文字轉成外框、移除連結、程式與嵌入的圖片，另存為一般 SVG；或改用 PNG。"
    assert look(tmp_path, f"{HEAD}{inner}</svg>") == (None, [f"標誌的 SVG 含有 {UNSAFE[inner]}，頁面不採用。{remedy}"])


UNREADABLE: dict[str, tuple[bytes | str, str | None]] = {
    "entity": ('<!DOCTYPE svg [<!ENTITY a "b">]>' + HEAD + "</svg>", None),
    "damaged PNG": (b"\x89PNG\r\n\x1a\n\0\0\0", "PNG 損壞"),
    "text": ("hello", "不是 PNG，也不是合法的 SVG"),
    "HTML": ("<html/>", "不是 PNG，也不是合法的 SVG"),
    "bytes": (b"\xff\xfe\x00", "不是 PNG，也不是 UTF-8 的 SVG"),
    "no size": ('<svg xmlns="http://www.w3.org/2000/svg"/>', "SVG 沒有 viewBox"),
    "too large": (b"a" * (MAX_LOGO_BYTES + 1), "檔案超過 1 MB"),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_what_is_no_picture_has_its_sentence(tmp_path: Path, case: str) -> None:
    content, reason = UNREADABLE[case]
    logo, (said,) = look(tmp_path, content)
    assert logo is None
    assert said.startswith(f"讀不出這個標誌：{reason}。請改存成 PNG 或 SVG" if reason else "標誌的 SVG 含有 <!ENTITY>，頁面不採用。")


def test_a_file_outside_the_folder_or_missing_is_named(tmp_path: Path) -> None:
    for value, sentence in (("../a.png", "「../a.png」指向設定資料夾之外。"), ("logos/a.png", "找不到「logos/a.png」。")):
        logo, (problem,) = read_logo(tmp_path, value, WORDS, Where())
        assert (logo, problem.what.zh) == (None, sentence)


def test_the_shipped_configuration_shows_how() -> None:
    departments = load(data_folder("site_config")).departments
    logo = departments["001012"].logo
    assert logo is not None
    assert logo.words == Text("資訊工程學系標誌", "Logo of Department of Computer Science and Information Engineering")
    assert departments["001023"].logo is None
