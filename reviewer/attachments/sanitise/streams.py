"""Checks streams before anybody decodes them: filters in a row, decoded size, pixels. Takes positions and names out of photographs.

Deflate is measured here because it is what bombs are made of. LZW and run lengths are left to the child process's memory limit: their
decoders run in C++ under that limit, and a bomb in them ends the child, not the build.
"""

import base64
import zlib
from typing import Final

from pikepdf import Array, Dictionary, Name, Object

from reviewer.attachments import limits
from reviewer.attachments.sanitise.grammar import Part
from reviewer.attachments.sanitise.photographs import without_metadata

_CHUNK: Final = 2**20
_PICTURE_BYTES_A_PIXEL_MOST: Final = 8
"""Four components of 16 bits."""
_MARGIN: Final = 2**20
_FULL_NAMES: Final = {
    "/Fl": "/FlateDecode",
    "/DCT": "/DCTDecode",
    "/LZW": "/LZWDecode",
    "/RL": "/RunLengthDecode",
    "/AHx": "/ASCIIHexDecode",
    "/A85": "/ASCII85Decode",
}


class StreamTooLarge(Exception):
    """A stream is a bomb by one of the limits; the message says by which."""


class StreamBudget:
    """What the streams of one document may come to, decoded."""

    def __init__(self) -> None:
        self._left = limits.PDF_DECODED_BYTES

    def check(self, stream: Object, part: Part) -> None:
        """Raise `StreamTooLarge` when a stream decodes to more than it may; take metadata out of a JPEG."""
        filters = filter_names(stream)
        if len(filters) > limits.PDF_STREAM_FILTERS:
            raise StreamTooLarge(f"{len(filters)} filters")
        if part is Part.IMAGE:
            _check_picture(stream, filters)
        elif "/FlateDecode" in filters:
            self._left -= _decoded_size(stream.read_raw_bytes(), filters, min(limits.PDF_STREAM_BYTES, self._left))


def filter_names(stream: Object) -> list[str]:
    """Return a stream's filters in order, as full names with the slash."""
    filters = stream.get("/Filter")
    if isinstance(filters, Array):
        return [_FULL_NAMES.get(str(name), str(name)) for name in filters]
    return [_FULL_NAMES.get(str(filters), str(filters))] if isinstance(filters, Name) else []


def _check_picture(stream: Object, filters: list[str]) -> None:
    pixels = _whole(stream.get("/Width")) * _whole(stream.get("/Height"))
    if pixels > limits.PICTURE_PIXELS:
        raise StreamTooLarge(f"{pixels} pixels")
    raw = stream.read_raw_bytes()
    if filters == ["/DCTDecode"]:
        clean = without_metadata(raw)
        if len(clean) != len(raw):
            stream.write(clean, filter=Name.DCTDecode, decode_parms=_parameters(stream))
    elif "/FlateDecode" in filters:
        _decoded_size(raw, filters, pixels * _PICTURE_BYTES_A_PIXEL_MOST + _MARGIN)


def _parameters(stream: Object) -> Dictionary | Array | None:
    parameters = stream.get("/DecodeParms")
    return parameters if isinstance(parameters, Dictionary | Array) else None


def _whole(value: object) -> int:
    return value if isinstance(value, int) and value > 0 else 0


def _decoded_size(data: bytes, filters: list[str], most: int) -> int:
    """Return the size after the last Deflate of a chain (what follows it shrinks or is a picture); raise above `most` bytes."""
    flates = filters.count("/FlateDecode")
    size = len(data)
    for name in filters:
        if name == "/FlateDecode":
            flates -= 1
            data, size = _inflate(data, most, keep=flates > 0)
            if not flates:
                return size
        elif name == "/ASCII85Decode":
            data = _ascii85(data)
        elif name == "/ASCIIHexDecode":
            data = bytes.fromhex("".join(chr(byte) for byte in data if chr(byte) in "0123456789abcdefABCDEF")[: len(data) // 2 * 2 - 2])
        else:
            return size
    return size


def _ascii85(data: bytes) -> bytes:
    try:
        return base64.a85decode(data.strip().removeprefix(b"<~").removesuffix(b"~>"))
    except ValueError:
        return b""  # damaged: every decoder stops here


def _inflate(data: bytes, most: int, *, keep: bool) -> tuple[bytes, int]:
    inflater = zlib.decompressobj()
    kept: list[bytes] = []
    size = 0
    try:
        while data and not inflater.eof:
            chunk = inflater.decompress(data, _CHUNK)
            data = inflater.unconsumed_tail
            size += len(chunk)
            if size > most:
                raise StreamTooLarge(f"{most} bytes")
            if keep:
                kept.append(chunk)
    except zlib.error:
        pass  # damaged: what came before the damage is what readers draw
    return b"".join(kept), size
