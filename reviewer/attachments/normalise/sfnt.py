"""Writes the smallest TrueType font that a PDF can embed: outlines and widths, no names, no layout, no instructions."""

import struct
from collections.abc import Sequence
from typing import Final

UNITS_PER_EM: Final = 1000
"""The em of the project's faces, and of PDF's widths."""

_DATE: Final = 0xC0000000
"""Creation and change, fixed so that the same glyphs give the same bytes."""


def write(glyphs: Sequence[tuple[bytes, int]], *, bold: bool) -> bytes:
    """Return a TrueType font program from (simple glyph description, advance width); glyph 0 is the missing one.

    Advances are units of `UNITS_PER_EM`. Raises struct.error for an advance beyond 65,535.
    """
    outlines, offsets, box, most_points, most_contours = bytearray(), [0], [0, 0, 0, 0], 0, 0
    for description, _ in glyphs:
        if description:
            contours, left, bottom, right, top = struct.unpack_from(">5h", description)
            box = [min(box[0], left), min(box[1], bottom), max(box[2], right), max(box[3], top)]
            most_contours = max(most_contours, contours)
            most_points = max(most_points, struct.unpack_from(">H", description, 8 + 2 * contours)[0] + 1)
        outlines += description + b"\0" * (-len(description) % 4)
        offsets.append(len(outlines))
    count = len(glyphs)
    widest = max(advance for _, advance in glyphs)
    tables = {
        b"glyf": bytes(outlines) or b"\0\0\0\0",
        b"head": struct.pack(
            ">IIIIHHQQ4hHHhhh", 0x10000, 0x10000, 0, 0x5F0F3CF5, 0x0003, UNITS_PER_EM, _DATE, _DATE, *box, int(bold), 8, 2, 1, 0
        ),
        b"hhea": struct.pack(">IhhhH11hH", 0x10000, 880, -120, 0, min(widest, 0xFFFF), 0, 0, box[2], 1, 0, 0, 0, 0, 0, 0, 0, count),
        b"hmtx": b"".join(struct.pack(">Hh", advance, struct.unpack_from(">h", text, 2)[0] if text else 0) for text, advance in glyphs),
        b"loca": struct.pack(f">{count + 1}I", *offsets),
        b"maxp": struct.pack(">IH13H", 0x10000, count, most_points, most_contours, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0),
    }
    return _assembled(tables)


def _assembled(tables: dict[bytes, bytes]) -> bytes:
    count = len(tables)
    power = 1 << count.bit_length() - 1
    header = struct.pack(">IHHHH", 0x10000, count, power * 16, power.bit_length() - 1, (count - power) * 16)
    at = 12 + 16 * count
    directory, body = b"", b""
    for tag in sorted(tables):
        data = tables[tag]
        directory += struct.pack(">4sIII", tag, _sum(data), at + len(body), len(data))
        body += data + b"\0" * (-len(data) % 4)
    font = header + directory + body
    adjustment = (0xB1B0AFBA - _sum(font)) & 0xFFFFFFFF
    head = font.index(struct.pack(">II", 0x10000, 0x10000) + b"\0\0\0\0\x5f\x0f\x3c\xf5")
    return font[: head + 8] + struct.pack(">I", adjustment) + font[head + 12 :]


def _sum(data: bytes) -> int:
    padded = data + b"\0" * (-len(data) % 4)
    total: int = sum(struct.unpack(f">{len(padded) // 4}I", padded))
    return total & 0xFFFFFFFF


def read(font: bytes) -> list[tuple[bytes, int]]:
    """Return the glyphs of a font that `write` made: the reverse of it."""
    tables = {}
    for index in range(struct.unpack_from(">H", font, 4)[0]):
        tag, _, at, length = struct.unpack_from(">4sIII", font, 12 + 16 * index)
        tables[tag] = font[at : at + length]
    count = struct.unpack_from(">H", tables[b"maxp"], 4)[0]
    offsets = struct.unpack(f">{count + 1}I", tables[b"loca"])
    advances = struct.unpack(">" + "Hh" * count, tables[b"hmtx"])[::2]
    return [(tables[b"glyf"][offsets[index] : offsets[index + 1]], advances[index]) for index in range(count)]
