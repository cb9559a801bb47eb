"""Takes out of a JPEG what is not its picture: EXIF with places and cameras, XMP, captions, comments, thumbnails. Lossless."""

from typing import Final

_METADATA: Final = frozenset({0xE1, 0xED, 0xFE})
"""APP1 (EXIF, XMP), APP13 (captions), COM. APP0, APP2 (colour profile) and APP14 (Adobe's colour transform) change the colours and stay."""
_START_OF_SCAN: Final = 0xDA
_ALONE: Final = frozenset({0x01, *range(0xD0, 0xD9)})
"""Markers without a length."""


def without_metadata(jpeg: bytes) -> bytes:
    """Return the same picture without metadata segments; what does not parse as segments is returned as it came."""
    if jpeg[:2] != b"\xff\xd8":
        return jpeg
    kept = [jpeg[:2]]
    at = 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF:
        marker = jpeg[at + 1]
        if marker == _START_OF_SCAN:
            break
        if marker in _ALONE or marker == 0xFF:
            at += 1 if marker == 0xFF else 2
            continue
        end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if end > len(jpeg):
            return jpeg
        if marker not in _METADATA:
            kept.append(jpeg[at:end])
        at = end
    return b"".join([*kept, jpeg[at:]])
