import io

import pytest

from reviewer.model.attachment import MediaType
from reviewer.packages.media_types import described, media_type
from tests.faults.packages.making import JPEG, MP3, MP4, PDF, PNG

TAG = b"ID3\x04\x00\x00\x00\x00\x08\x00" + b"x" * 1024
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"
QUICKTIME = b"\x00\x00\x00\x14ftypqt  \x00\x00\x02\x00qt  "


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (PDF, MediaType.PDF),
        (b"\xef\xbb\xbf\n" + PDF, MediaType.PDF),
        (b"some header of a mail\n" + PDF, MediaType.PDF),
        (b"<html>%PDF-1.4", MediaType.UNKNOWN),
        (b"PK\x03\x04%PDF-1.4", MediaType.UNKNOWN),
        (b" " * 1100 + PDF, MediaType.UNKNOWN),
        (JPEG, MediaType.JPEG),
        (b"\xff\xd8\xff", MediaType.UNKNOWN),
        (PNG, MediaType.PNG),
        (b"\x89PNG\r\n\x1a\n", MediaType.UNKNOWN),
        (MP3, MediaType.MP3),
        (TAG + MP3, MediaType.MP3),
        (TAG + b"\0" * 600 + MP3, MediaType.MP3),
        (TAG + b"fLaC" + b"\0" * 900, MediaType.UNKNOWN),
        (b"\xff\xfb\x90\x00" + b"x" * 900, MediaType.UNKNOWN),
        (b"\xff\xff\xff\xff" * 300, MediaType.UNKNOWN),
        (MP4, MediaType.MP4),
        (QUICKTIME, MediaType.MP4),
        (HEIC, MediaType.UNKNOWN),
        (b"", MediaType.UNKNOWN),
        (b"GIF89a", MediaType.UNKNOWN),
    ],
)
def test_content_decides(content: bytes, expected: MediaType) -> None:
    assert media_type(io.BytesIO(content)) is expected


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04", "ZIP 壓縮檔或 Office 文件"),
        (b"", "空的檔案"),
        (HEIC, "HEIC 或 AVIF 圖片"),
        (b'<?xml version="1.0"?><svg/>', "SVG 圖形"),
        (b"\xef\xbb\xbf<!DOCTYPE html>", "網頁或 XML"),
        ("只是一段話。".encode(), "純文字"),
        (b"\x00\x01\x02", "無法辨識的資料"),
        (b"\xfe\xfe\xfe" * 50, "無法辨識的資料"),
        (b"MZ\x90", "Windows 程式"),
    ],
)
def test_the_rest_is_described(content: bytes, words: str) -> None:
    assert described(content).zh == words
