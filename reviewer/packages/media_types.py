"""What a file is by its content. Names say nothing: a picture may be called .pdf, and an attacker's page .jpg.

Only what the rules let in is recognised; anything else is UNKNOWN, however common, and `described` says what it looks like.
"""

from typing import BinaryIO

from reviewer.model.attachment import MediaType
from reviewer.model.text import Text

_HEAD_BYTES = 4096
_PDF_WITHIN_BYTES = 1024
"""Readers accept `%PDF-` within the first kilobyte (ISO 32000-1, annex H, note 13)."""
_PADDING_BYTES = 8192
"""Zero bytes that encoders leave between an ID3 tag and the first frame."""
_STILL_BRANDS = frozenset(
    {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis", b"crx ", b"jpx ", b"jp2 "}
)
_KNOWN: tuple[tuple[bytes, Text], ...] = (
    (b"PK\x03\x04", Text("ZIP 壓縮檔或 Office 文件", "a ZIP archive or an Office document")),
    (b"PK\x05\x06", Text("空的 ZIP 壓縮檔", "an empty ZIP archive")),
    (b"Rar!", Text("RAR 壓縮檔", "a RAR archive")),
    (b"7z\xbc\xaf", Text("7z 壓縮檔", "a 7z archive")),
    (b"\x1f\x8b", Text("gzip 壓縮檔", "a gzip archive")),
    (b"\xd0\xcf\x11\xe0", Text("舊版 Office 文件", "an old Office document")),
    (b"{\\rtf", Text("RTF 文件", "an RTF document")),
    (b"GIF8", Text("GIF 圖片", "a GIF picture")),
    (b"BM", Text("BMP 圖片", "a BMP picture")),
    (b"II*\x00", Text("TIFF 圖片", "a TIFF picture")),
    (b"MM\x00*", Text("TIFF 圖片", "a TIFF picture")),
    (b"RIFF", Text("WebP、WAV 或 AVI 檔", "a WebP, WAV or AVI file")),
    (b"OggS", Text("Ogg 影音檔", "an Ogg file")),
    (b"fLaC", Text("FLAC 聲音檔", "a FLAC file")),
    (b"\x1aE\xdf\xa3", Text("WebM 或 MKV 影片", "a WebM or MKV film")),
    (b"MZ", Text("Windows 程式", "a Windows program")),
    (b"\x7fELF", Text("Linux 程式", "a Linux program")),
    (b"#!", Text("程式腳本", "a script")),
)
_BIT_RATES_KBPS = {
    (True, 3): (32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
    (True, 2): (32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (True, 1): (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (False, 3): (32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    (False, 2): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    (False, 1): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_SAMPLE_RATES_HZ = (44100, 48000, 32000)


def media_type(stream: BinaryIO) -> MediaType:
    """What an open file is; the stream must be seekable and is left anywhere. Never MARKDOWN, which only a part's name can say."""
    stream.seek(0)
    head = stream.read(_HEAD_BYTES)
    if head.startswith(b"\x89PNG\r\n\x1a\n") and head[12:16] == b"IHDR":
        return MediaType.PNG
    if head.startswith(b"\xff\xd8\xff") and len(head) > 3 and head[3] >= 0xC0:
        return MediaType.JPEG
    if head[4:8] == b"ftyp":
        return _iso_media(head)
    if _pdf_begins(head):
        return MediaType.PDF
    return MediaType.MP3 if _is_mp3(stream, head) else MediaType.UNKNOWN


def described(head: bytes) -> Text:
    """What content that is not taken looks like, for people."""
    for start, words in _KNOWN:
        if head.startswith(start):
            return words
    if not head:
        return Text("空的檔案", "an empty file")
    if head[4:8] == b"ftyp":
        return Text("HEIC 或 AVIF 圖片", "a HEIC or AVIF picture")
    begin = head[:_PDF_WITHIN_BYTES].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<svg" in begin:
        return Text("SVG 圖形", "an SVG drawing")
    if begin.startswith((b"<!doctype", b"<html", b"<?xml", b"<")):
        return Text("網頁或 XML", "a web page or XML")
    try:
        head[:512].decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(head[:512]) - 4 or b"\0" in head:
            return Text("無法辨識的資料", "data of no known kind")
    return Text("無法辨識的資料", "data of no known kind") if b"\0" in head[:512] else Text("純文字", "plain text")


def _pdf_begins(head: bytes) -> bool:
    """A PDF, perhaps with some bytes before its header; but nothing that is evidently something else with a PDF inside."""
    at = head.find(b"%PDF-", 0, _PDF_WITHIN_BYTES)
    if at <= 0:
        return at == 0
    before = head[:at].lstrip(b"\xef\xbb\xbf \t\r\n\0")
    return not before.startswith((b"<", *(start for start, _ in _KNOWN)))


def _iso_media(head: bytes) -> MediaType:
    """MP4 and its relatives (M4A, M4V, QuickTime, 3GP), which players treat alike; still pictures in the same container are not taken."""
    length = int.from_bytes(head[:4])
    if length < 16 or length > _HEAD_BYTES:
        return MediaType.UNKNOWN
    return MediaType.UNKNOWN if head[8:12] in _STILL_BRANDS else MediaType.MP4


def _is_mp3(stream: BinaryIO, head: bytes) -> bool:
    """Two MPEG audio frames of layers I to III, one after the other, after an ID3 tag or none."""
    start = 0
    if head.startswith(b"ID3") and len(head) >= 10 and all(byte < 0x80 for byte in head[6:10]):
        size = 0
        for byte in head[6:10]:
            size = size << 7 | byte
        start = 10 + size + (10 if head[5] & 0x10 else 0)
    stream.seek(start)
    sound = stream.read(_PADDING_BYTES)
    first = len(sound) - len(sound.lstrip(b"\0"))
    stream.seek(start + first)
    sound = stream.read(_PADDING_BYTES)
    length = _frame_bytes(sound)
    return bool(length) and bool(_frame_bytes(sound[length:]) or len(sound) <= length + 128)


def _frame_bytes(data: bytes) -> int:
    """Length of the MPEG audio frame that `data` begins with; 0 when it does not begin with one."""
    if len(data) < 4 or data[0] != 0xFF or data[1] & 0xE0 != 0xE0:
        return 0
    version, layer = data[1] >> 3 & 3, data[1] >> 1 & 3
    rate, frequency, padding = data[2] >> 4, data[2] >> 2 & 3, data[2] >> 1 & 1
    if version == 1 or layer == 0 or rate in (0, 15) or frequency == 3:
        return 0
    first = version == 3
    bits = _BIT_RATES_KBPS[first, layer][rate - 1] * 1000
    hertz = _SAMPLE_RATES_HZ[frequency] // (1 if first else 2 if version == 2 else 4)
    if layer == 3:
        return (12 * bits // hertz + padding) * 4
    samples = 144 if first or layer == 2 else 72
    return samples * bits // hertz + padding
