"""A sound package, and how to spoil it: each case of tests/faults/packages starts from this one and changes one thing."""

import copy
import json
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from reviewer.packages.address import PackageAddress

NUMBER = "01686463"
COURSE_CODE = "112350301H11101010101A1"
"""Never read here but for its length: 23 characters."""
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00"
MP3 = (b"\xff\xfb\x90\x00" + b"\x00" * 413) * 3
MP4 = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isommp41" + b"\x00" * 32
DISTRIBUTION = {"組距0_60的人數": 10, "組距60_80的人數": 50, "組距80_90的人數": 30, "組距90_100的人數": 10}

_GOOD: dict[str, Any] = {
    "基本資料.json": {"應試號碼": NUMBER, "姓名": "林怡君", "學校代碼": "350301", "學校名稱": "山海高中", "縣市": "花蓮縣"},
    "修課紀錄.json": {
        "學期成績與學習相對表現資訊": [
            {"學年度": "112", "學期": "1", "學生學期成績": 85.5, "校學習相對表現資訊": {"母體人數": 100, "分數級距分布": DISTRIBUTION}}
        ],
        "學習紀錄": [
            {
                "實際修課學年度": "112",
                "實際修課學期": "1",
                "課程代碼": COURSE_CODE,
                "課程類別": "部定必修",
                "課程領域資訊": {"名稱": "語文"},
                "科目名稱": "國語文",
                "學分數": 4,
                "學業成績": {"分數": 85},
                "母體人數": 100,
                "本科目分數級距分布": DISTRIBUTION,
            }
        ],
    },
    "課程學習成果.json": [
        {
            "科目名稱": "國語文",
            "課程代碼": COURSE_CODE,
            "實際修課學年度": "112",
            "實際修課學期": "1",
            "課程學習成果簡述": "訪談三位漁民，寫成一篇報導。",
            "課程學習成果文件檔案連結": "報導.pdf",
            "課程學習成果影音檔案連結": "",
        }
    ],
    "多元表現.json": {
        "競賽參與紀錄": [
            {
                "競賽名稱": "縣語文競賽",
                "項目": "作文",
                "競賽等級代碼": "2",
                "競賽獎項": "第二名",
                "結果公布日期": "2024/03/15",
                "團體或個人參與代碼": "1",
                "內容簡述": "題目是海。",
                "證明文件連結": "獎狀.jpg",
                "影音檔案連結": None,
                "外部影音連結": "",
            }
        ]
    },
    "報導.pdf": PDF,
    "獎狀.jpg": JPEG,
}

Content = Any
"""Bytes as they are, anything else as JSON."""
Files = dict[str, Content]
"""Content by path."""


def good() -> Files:
    """The files of a package in which nothing is odd."""
    return copy.deepcopy(_GOOD)


def as_bytes(content: Content) -> bytes:
    """A file's content."""
    return content if isinstance(content, bytes) else json.dumps(content, ensure_ascii=False).encode("utf-8", "backslashreplace")


def write_folder(folder: Path, files: Mapping[str, Content]) -> Path:
    """Write files below a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(as_bytes(content))
    return folder


def write_zip(path: Path, files: Mapping[str, Content], change: Callable[[zipfile.ZipInfo], None] = lambda _: None) -> Path:
    """Write a zip; `change` may spoil each entry's facts."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            change(entry)
            archive.writestr(entry, as_bytes(content))
    return path


def address(location: Path, *, package_id: str = NUMBER, **facts: Any) -> PackageAddress:
    """The address of a package in a test."""
    return PackageAddress(package_id=package_id, location=str(location), **facts)
