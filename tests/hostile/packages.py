"""Packages as an attacker would send them, each a function that spoils a sound one. Made when the tests run."""

import io
import itertools
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from PIL import Image

from tests.faults.packages.making import Files, as_bytes, good, write_folder, write_zip
from tests.hostile import pdfs

WORDS = (
    "<script>owned()</script>",
    '"><img src=x onerror=owned()>',
    "' onmouseover='owned()",
    "{{ 7*191 }}{% for x in range(9) %}{{ config }}",
    "[red]紅[/red][/]",
    "\x1b]0;owned\x07\x1b[2J",
    "照\u202egpj.exe\u2066片",
    '=HYPERLINK("http://evil.example/","x")',
    "javascript:owned()",
    "</title></style></svg>]]><script>owned()</script>",
    "\u0085\u009b31m\ufdd0\U0001ffff",
    "\x00\x01\x7f\ud800",
    "--><!--&lt;b&gt;&#x202e;",
    "a\nERROR all is lost\r\nb",
    "expression(owned()) url(http://evil.example/x.css) \\75 rl(//evil.example)",
    "file:///etc/passwd",
    "../../../../etc/passwd",
)
"""Strings that mean something to a browser, a template, a terminal, a spreadsheet, a log, a path."""

MARKDOWN = """# <script>owned()</script> {{ 7*191 }}

[x](javascript:owned()) [y](data:text/html;base64,PHNjcmlwdD4=) [z](vbscript:owned()) [f](file:///etc/passwd) <javascript:owned()> <http://evil.example/>

![p](file:///etc/passwd) ![q](http://evil.example/x.png) ![r](data:image/svg+xml;base64,PHN2Zy8+) ![s](照片.jpg "\\" onerror=owned() x=")

<img src=x onerror=owned()><svg onload=owned()><iframe src="http://evil.example/"></iframe><style>@import "http://evil.example/"</style>

[a]: javascript:owned() "\\"><script>owned()</script>"
[a]

```"><script>owned()</script>
</code></pre><script>owned()</script>
```
\u202e reversed
"""
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="owned()"><script>owned()</script><image href="http://evil.example/x.png"/></svg>'
HTML = b"<!DOCTYPE html><script>owned()</script>"
LINKS = ("課程學習成果文件檔案連結", "課程學習成果影音檔案連結", "證明文件連結", "影音檔案連結")
NUMBERS = ("應試號碼",)

Spoil = Callable[[Files], None]
SPOILED: dict[str, Spoil] = {}
"""What changes the sound package's files, by the applicant number's last two digits in order."""
ZIPS: dict[str, Callable[[Path], Path]] = {}
"""What writes a whole zip."""
ASIDE: dict[str, str] = {}
"""Code of the problem with which a package is set aside; all others are shown."""


def sound() -> Files:
    """A package in which nothing is odd, with files that can be opened."""
    files = good()
    picture = io.BytesIO()
    Image.new("RGB", (80, 60), "red").save(picture, "JPEG")
    return files | {"報導.pdf": pdfs.plain(), "獎狀.jpg": picture.getvalue()}


def spoiled(aside: str = "") -> Callable[[Spoil], Spoil]:
    def register(change: Spoil) -> Spoil:
        SPOILED[change.__name__] = change
        if aside:
            ASIDE[change.__name__] = aside
        return change

    return register


def filled(value: Any, words: Iterator[str]) -> Any:
    """The value with hostile words in the place of every text and number, links to files left."""
    if isinstance(value, dict):
        return {key: member if key in (*LINKS, *NUMBERS) else filled(member, words) for key, member in value.items()} | {
            next(words): next(words)
        }
    if isinstance(value, list):
        return [filled(item, words) for item in value]
    return next(words)


def fill(files: Files, start: int) -> None:
    words = itertools.islice(itertools.cycle(WORDS), start, None)
    for name in [name for name in files if name.endswith(".json")]:
        files[name] = filled(files[name], words)
    files["課程計畫.csv"] = (
        "課程代碼,課程名稱,課程說明\n" + "".join(f'"{next(words)}","國語文","{next(words)}"\n'.replace("\0", "") for _ in range(9))
    ).encode("utf-8", "replace")


for _start in range(0, len(WORDS), 4):

    def _fill(files: Files, start: int = _start) -> None:
        fill(files, start)

    SPOILED[f"words_{_start}"] = _fill


@spoiled()
def markdown(files: Files) -> None:
    files["學習歷程自述.md"] = files["多元表現綜整心得.md"] = files["其他.md"] = MARKDOWN.encode("utf-8")


@spoiled()
def disguised(files: Files) -> None:
    files["獎狀.jpg"], files["報導.pdf"], files["照片.jpg"] = SVG, HTML, SVG


@spoiled()
def pdf_named_as_a_picture(files: Files) -> None:
    """A PDF with scripts by the name of a picture, and a zip bomb and another package within the package: none is opened for what it is not."""
    files["獎狀.jpg"] = pdfs.active_everywhere()
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.pdf", bytes(64 * 2**20))
    nested = io.BytesIO()
    with zipfile.ZipFile(nested, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(50):
            archive.writestr(f"{number}.zip", bomb.getvalue())
    files["報導.pdf"] = nested.getvalue()


@spoiled()
def active_pdf(files: Files) -> None:
    files["報導.pdf"] = files["學習歷程自述.pdf"] = pdfs.active_everywhere()


@spoiled()
def pdf_bombs(files: Files) -> None:
    """A content stream of 200 MB in a few KB, and a picture of ten thousand million pixels."""
    files["報導.pdf"], files["學習歷程自述.pdf"] = pdfs.content_bomb(200, times=2), pdfs.pixel_bomb()


@spoiled()
def glyphs(files: Files) -> None:
    entities = b'<!ENTITY a "aaaaaaaaaaaaaaaa">' + b"".join(b'<!ENTITY %c "' % (98 + n) + b"&%c;" % (97 + n) * 30 + b'">' for n in range(9))
    files["造字/造字.csv"] = f"碼位,檔名,對應字,說明\nE000,a.svg,<b>,{WORDS[0]}\nE001,b.svg,堃,{WORDS[6]}\nE002,c.svg,堃,x\n".encode()
    files["造字/a.svg"] = (
        b'<?xml version="1.0"?><!DOCTYPE s ['
        + entities
        + b']><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text>&j;</text></svg>'
    )
    files["造字/b.svg"] = (
        b'<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text>&x;</text></svg>'
    )
    files["造字/c.svg"] = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0' + b" L9 9" * 200_000 + b'Z"/></svg>'
    files["基本資料.json"]["姓名"] = "王\ue000\ue001\ue002"


@spoiled()
def marks_upon_marks(files: Files) -> None:
    files["基本資料.json"]["姓名"] = "王" + "\u0301" * 500_000
    files["多元表現.json"] = {"其他多元表現紀錄": [{"名稱": "👩\u200d" * 5_000, "內容簡述": "שלום ﷺ 1-2 " * 500}]}


@spoiled()
def a_number_of_a_million_digits(files: Files) -> None:
    files["修課紀錄.json"]["學習紀錄"][0]["學業成績"] = {"分數": 0}
    files["修課紀錄.json"] = (
        json.dumps(files["修課紀錄.json"]).replace('{"\\u5206\\u6578": 0}', '{"\\u5206\\u6578": ' + "9" * 1_000_000 + "}").encode()
    )
    files["多元表現.json"] = b'{"\xe5\x85\xb6\xe4\xbb\x96": 1e999999999}'


@spoiled("json-too-large")
def depth_100000(files: Files) -> None:
    files["多元表現.json"] = b'{"a":' * 100_000


@spoiled("json-too-large")
def too_many_items(files: Files) -> None:
    files["多元表現.json"] = {"其他多元表現紀錄": [{}] * 16_000}


@spoiled("link-leads-out")
def link_out(files: Files) -> None:
    files["課程學習成果.json"][0]["課程學習成果文件檔案連結"] = "..\\..\\secret.txt"


SLIPS = ("../secret.txt", "a/../../secret.txt", "/tmp/secret.txt", "C:\\secret.txt", "..\\secret.txt", "CON.pdf")  # noqa: S108 - an attacker's, never written


def _slip(name: str) -> Callable[[Path], Path]:
    return lambda path: write_zip(path, {**{key: as_bytes(value) for key, value in good().items()}, name: b"slipped"})


for _number, _name in enumerate(SLIPS):
    ZIPS[f"slip_{_number}"] = _slip(_name)
    ASIDE[f"slip_{_number}"] = "name-leads-out"


def _zip_of_100000_entries(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(100_000):
            archive.writestr(zipfile.ZipInfo(str(number)), b"")
    return path


def _zip_bomb(path: Path) -> Path:
    return write_zip(path, {"基本資料.json": b"{}", "a.pdf": bytes(200 * 2**20)})


def _overlapping(path: Path) -> Path:
    """Two entries of the directory that are one file's bytes: how a small zip holds petabytes."""
    write_zip(path, {**{key: as_bytes(value) for key, value in good().items()}, "a.pdf": bytes(5_000), "b.pdf": bytes(5_000)})
    data = bytearray(path.read_bytes())
    first, second = (data.rfind(name) - 46 for name in (b"a.pdf", b"b.pdf"))
    data[second + 42 : second + 46] = data[first + 42 : first + 46]
    path.write_bytes(bytes(data))
    return path


def _odd_names(path: Path) -> Path:
    """Names with escape sequences, overrides of direction and line breaks, beside a sound package."""
    odd = ("照\u202egpj.exe", "a\x1b[2J.pdf", "b\nERROR.pdf", "\u2066c.jpg")
    return write_zip(path, {**{key: as_bytes(value) for key, value in sound().items()}, **dict.fromkeys(odd, b"x")})


ZIPS["odd_names"] = _odd_names
ZIPS["overlapping"], ASIDE["overlapping"] = _overlapping, "zip-bomb"
ZIPS["entries_100000"], ASIDE["entries_100000"] = _zip_of_100000_entries, "package-too-large"
ZIPS["bomb"], ASIDE["bomb"] = _zip_bomb, "zip-bomb"


def write_all(department: Path) -> dict[str, str]:
    """Write every hostile package as an applicant of a department of the committee's tree; return the names by applicant number."""
    names: dict[str, str] = {}
    for name, change in SPOILED.items():
        number = str(10_200_000 + len(names))
        files = sound()
        change(files)
        write_folder(department / number, files)
        names[number] = name
    for name, write in ZIPS.items():
        number = str(10_200_000 + len(names))
        write(department / f"{number}.zip")
        names[number] = name
    number = str(10_200_000 + len(names))
    linked = write_folder(department / number, sound())
    for file in ("報導.pdf", "獎狀.jpg"):
        (linked / file).unlink()
    (linked / "報導.pdf").symlink_to("/etc/passwd")
    (linked / "獎狀.jpg").symlink_to("/dev/zero")
    names[number] = "links"
    return names
