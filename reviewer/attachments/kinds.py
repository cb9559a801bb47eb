"""What a file is, by its content and never by its name.

The first bytes decide. What is not taken is still recognised as far as that helps its sender: "a Word document" is a message that a student
understands, "unknown format" is not.
"""

import codecs
import re
from dataclasses import dataclass

from reviewer.model.attachment import MediaType
from reviewer.model.text import Text

HEAD_BYTES = 4096
"""Enough for every signature below, a PDF header behind rubbish included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A recognised kind of content."""

    media_type: MediaType
    """The type that is taken, or UNKNOWN."""
    name: Text
    """What people call it."""


def _taken(media_type: MediaType, zh: str, en: str) -> Kind:
    return Kind(media_type=media_type, name=Text(zh, en))


def _other(zh: str, en: str) -> Kind:
    return Kind(media_type=MediaType.UNKNOWN, name=Text(zh, en))


PDF = _taken(MediaType.PDF, " PDF", "a PDF")
JPEG = _taken(MediaType.JPEG, " JPEG 圖片", "a JPEG picture")
PNG = _taken(MediaType.PNG, " PNG 圖片", "a PNG picture")
MP3 = _taken(MediaType.MP3, " MP3 聲音檔", "an MP3 sound")
MP4 = _taken(MediaType.MP4, " MP4 影音檔", "an MP4 film")
QUICKTIME = _taken(MediaType.MP4, " QuickTime（MOV）", "QuickTime (MOV)")
THIRD_GENERATION = _taken(MediaType.MP4, " 3GP", "3GP")
UNKNOWN = _other("無法辨認的資料", "data of no known format")
TEXT = _other("純文字檔", "plain text")

_STARTS: tuple[tuple[bytes, Kind], ...] = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"ID3", MP3),
    (b"GIF8", _other(" GIF 圖片", "a GIF picture")),
    (b"BM", _other(" BMP 圖片", "a BMP picture")),
    (b"II*\0", _other(" TIFF 圖片", "a TIFF picture")),
    (b"MM\0*", _other(" TIFF 圖片", "a TIFF picture")),
    (b"8BPS", _other(" Photoshop 檔", "a Photoshop file")),
    (b"AT&TFORM", _other(" DjVu 文件", "a DjVu document")),
    (b"{\\rtf", _other(" RTF 文件", "an RTF document")),
    (b"%!PS", _other(" PostScript 檔", "a PostScript file")),
    (b"Rar!", _other(" RAR 壓縮檔", "a RAR archive")),
    (b"7z\xbc\xaf\x27\x1c", _other(" 7z 壓縮檔", "a 7z archive")),
    (b"\x1f\x8b", _other(" gzip 壓縮檔", "a gzip archive")),
    (b"MZ", _other(" Windows 程式", "a Windows program")),
    (b"\x7fELF", _other("程式", "a program")),
    (b"OggS", _other(" Ogg 影音檔", "an Ogg medium")),
    (b"fLaC", _other(" FLAC 聲音檔", "a FLAC sound")),
    (b"\x1aE\xdf\xa3", _other(" WebM 或 Matroska 影音檔", "a WebM or Matroska film")),
    (b"0&\xb2u\x8ef\xcf\x11", _other(" Windows Media 影音檔（WMV、WMA）", "a Windows Media film or sound (WMV, WMA)")),
    (b"FLV\x01", _other(" Flash 影片", "a Flash film")),
    (b"#!AMR", _other(" AMR 聲音檔", "an AMR sound")),
    (b"MThd", _other(" MIDI 檔", "a MIDI file")),
)
_RIFF = {
    b"WEBP": _other(" WebP 圖片", "a WebP picture"),
    b"WAVE": _other(" WAV 聲音檔", "a WAV sound"),
    b"AVI ": _other(" AVI 影片", "an AVI film"),
}
_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"hevx", b"mif1", b"msf1", b"heim", b"heis")
_ZIPS: tuple[tuple[bytes, Kind], ...] = (
    (b"word/", _other(" Word 文件（.docx）", "a Word document (.docx)")),
    (b"ppt/", _other(" PowerPoint 簡報（.pptx）", "a PowerPoint presentation (.pptx)")),
    (b"xl/", _other(" Excel 活頁簿（.xlsx）", "an Excel workbook (.xlsx)")),
    (b"opendocument.text", _other(" OpenDocument 文件（.odt）", "an OpenDocument text (.odt)")),
    (b"opendocument.presentation", _other(" OpenDocument 簡報（.odp）", "an OpenDocument presentation (.odp)")),
    (b"opendocument.spreadsheet", _other(" OpenDocument 試算表（.ods）", "an OpenDocument spreadsheet (.ods)")),
    (b"application/epub", _other(" EPUB 電子書", "an EPUB book")),
    (b"Index/Document.iwa", _other(" Pages、Keynote 或 Numbers 文件", "a Pages, Keynote or Numbers document")),
)
_ZIP = _other(" ZIP 壓縮檔", "a ZIP archive")
_OLE = _other("舊版 Office 文件（.doc、.ppt、.xls）", "an old Office document (.doc, .ppt, .xls)")
_HEIC = _other(" HEIC 圖片（iPhone 相片）", "a HEIC picture (iPhone photo)")
_AVIF = _other(" AVIF 圖片", "an AVIF picture")
_SVG = _other(" SVG 圖", "an SVG drawing")
_HTML = _other("網頁（HTML）", "a web page (HTML)")
_XML = _other(" XML 檔", "an XML file")
_AAC = _other(" AAC 聲音檔（沒有容器）", "an AAC sound without a container")
_SHORTCUT = _other("捷徑或網址檔", "a shortcut")

_PDF_HEADER = re.compile(rb"%PDF-\d")


def recognise(head: bytes, tail: bytes = b"") -> Kind:
    """Say what content is from its first bytes (HEAD_BYTES of them); `tail`, its last bytes, tells zipped documents apart."""
    if _PDF_HEADER.match(head):
        return PDF
    if head[4:8] == b"ftyp":
        return _iso_medium(head)
    if head[4:8] in (b"moov", b"mdat", b"wide", b"free", b"skip"):
        return QUICKTIME
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12], UNKNOWN)
    if head[:4] in (b"PK\3\4", b"PK\5\6", b"PK\7\x08"):
        return next((kind for mark, kind in _ZIPS if mark in head or mark in tail), _ZIP)
    if head[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return _OLE
    for start, kind in _STARTS:
        if head.startswith(start):
            return kind
    # Only now the header behind rubbish, which readers put up with: an archive may begin with a PDF that it holds.
    if _PDF_HEADER.search(head[:1024]):
        return PDF
    return _frames(head) or _words(head)


def _iso_medium(head: bytes) -> Kind:
    brand = head[8:12]
    if brand in _HEIC_BRANDS:
        return _HEIC
    if brand in (b"avif", b"avis"):
        return _AVIF
    if brand == b"qt  ":
        return QUICKTIME
    if brand[:2] == b"3g":
        return THIRD_GENERATION
    return MP4


def _frames(head: bytes) -> Kind | None:
    """Return MP3 or AAC for a stream of frames: eleven bits of sync, then a layer; layer 0 is ADTS (ISO 13818-7), the rest MPEG audio."""
    at = len(head) - len(head.lstrip(b"\0"))
    if len(head) < at + 4 or head[at] != 0xFF or head[at + 1] & 0xE0 != 0xE0 or head[at : at + 2] in (b"\xff\xfe", b"\xff\xff"):
        return None
    return MP3 if head[at + 1] & 0x06 else _AAC


def _words(head: bytes) -> Kind:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1024].lower()
    if start.startswith((b"[internetshortcut]", b"[desktop entry]")):
        return _SHORTCUT
    if b"<svg" in start:
        return _SVG
    if b"<html" in start or start.startswith(b"<!doctype html"):
        return _HTML
    if start.startswith(b"<?xml"):
        return _XML
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return TEXT
    for encoding in ("utf-8", "cp950"):
        try:
            # The last character may be cut in two by the end of the sample: an incremental decoder waits for its rest.
            words = codecs.getincrementaldecoder(encoding)().decode(head)
        except UnicodeDecodeError:
            continue
        if words and sum(not letter.isprintable() and letter not in "\r\n\t\f" for letter in words) == 0:
            return TEXT
    return UNKNOWN
