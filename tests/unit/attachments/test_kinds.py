"""What a file is, by its content."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from reviewer.attachments.kinds import recognise
from reviewer.model.attachment import MediaType


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


def picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, kind)
    return out.getvalue()


CASES = {
    "pdf": (b"%PDF-1.7\n", MediaType.PDF, "a PDF"),
    "pdf-behind-rubbish": (b"\r\n\r\nHTTP/1.1 200\r\n\r\n%PDF-1.4\n", MediaType.PDF, "a PDF"),
    "jpeg": (picture("JPEG"), MediaType.JPEG, "a JPEG picture"),
    "png": (picture("PNG"), MediaType.PNG, "a PNG picture"),
    "mp3-tagged": (b"ID3\x04\0\0\0\0\0\0", MediaType.MP3, "an MP3 sound"),
    "mp3-frames": (b"\xff\xfb\x90\x00" * 4, MediaType.MP3, "an MP3 sound"),
    "mp4": (b"\0\0\0\x18ftypisom\0\0\2\0", MediaType.MP4, "an MP4 film"),
    "m4a": (b"\0\0\0\x18ftypM4A \0\0\2\0", MediaType.MP4, "an MP4 film"),
    "mov": (b"\0\0\0\x14ftypqt  \0\0\2\0", MediaType.MP4, "QuickTime (MOV)"),
    "old-mov": (b"\0\0\0\x08wide\0\0\0\0mdat", MediaType.MP4, "QuickTime (MOV)"),
    "3gp": (b"\0\0\0\x18ftyp3gp5\0\0\2\0", MediaType.MP4, "3GP"),
    "heic": (b"\0\0\0\x18ftypheic\0\0\0\0", MediaType.UNKNOWN, "a HEIC picture (iPhone photo)"),
    "avif": (b"\0\0\0\x18ftypavif\0\0\0\0", MediaType.UNKNOWN, "an AVIF picture"),
    "webp": (picture("WEBP"), MediaType.UNKNOWN, "a WebP picture"),
    "gif": (picture("GIF"), MediaType.UNKNOWN, "a GIF picture"),
    "bmp": (picture("BMP"), MediaType.UNKNOWN, "a BMP picture"),
    "tiff": (picture("TIFF"), MediaType.UNKNOWN, "a TIFF picture"),
    "wav": (b"RIFF\0\0\0\0WAVEfmt ", MediaType.UNKNOWN, "a WAV sound"),
    "avi": (b"RIFF\0\0\0\0AVI LIST", MediaType.UNKNOWN, "an AVI film"),
    "aac": (b"\xff\xf1\x50\x80\x00\x1f", MediaType.UNKNOWN, "an AAC sound without a container"),
    "word": (zipped("[Content_Types].xml", "word/document.xml"), MediaType.UNKNOWN, "a Word document (.docx)"),
    "powerpoint": (zipped("[Content_Types].xml", "ppt/presentation.xml"), MediaType.UNKNOWN, "a PowerPoint presentation (.pptx)"),
    "excel": (zipped("[Content_Types].xml", "xl/workbook.xml"), MediaType.UNKNOWN, "an Excel workbook (.xlsx)"),
    "zip-that-holds-a-pdf": (b"PK\3\4" + b"\0" * 26 + b"a.pdf%PDF-1.4", MediaType.UNKNOWN, "a ZIP archive"),
    "zip": (zipped("a.txt"), MediaType.UNKNOWN, "a ZIP archive"),
    "old-office": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 8, MediaType.UNKNOWN, "an old Office document (.doc, .ppt, .xls)"),
    "svg": (b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', MediaType.UNKNOWN, "an SVG drawing"),
    "html": ("﻿<!DOCTYPE html><html>".encode(), MediaType.UNKNOWN, "a web page (HTML)"),
    "text": ("我的學習歷程\n".encode(), MediaType.UNKNOWN, "plain text"),
    "text-big5": ("我的學習歷程\n".encode("cp950"), MediaType.UNKNOWN, "plain text"),
    "program": (b"MZ\x90\0", MediaType.UNKNOWN, "a Windows program"),
    "shortcut": (b"[InternetShortcut]\r\nURL=https://example.org", MediaType.UNKNOWN, "a shortcut"),
    "nothing-known": (bytes(range(1, 255)), MediaType.UNKNOWN, "data of no known format"),
}


@pytest.mark.parametrize("case", CASES)
def test_content_is_recognised(case: str) -> None:
    data, media_type, name = CASES[case]
    kind = recognise(data, data[-4096:])
    assert (kind.media_type, kind.name.en) == (media_type, name)


def test_text_whose_last_character_the_sample_cuts_is_text() -> None:
    assert recognise("學習".encode()[:-1] + b"").name.en == "plain text"


@given(st.binary(max_size=200))
def test_nothing_makes_recognising_fail(data: bytes) -> None:
    assert recognise(data, data).name.zh
