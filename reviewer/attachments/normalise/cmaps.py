"""CMaps: how the bytes of a string fall into codes, and which character identifier or Unicode text a code stands for.

Predefined CMaps and the Adobe character collections come as JSON with pdfminer.six; embedded CMaps and ToUnicode streams are parsed here
(ISO 32000-2, 9.7.5 and 9.10.3), leniently: what does not parse maps nothing.
"""

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import Any, Final

from reviewer.attachments import limits

_NAME: Final = re.compile(r"[A-Za-z0-9-]{1,40}\Z")
_TOKEN: Final = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])|/?([^\s<>\[\]/()]+)|<<|>>")
_COMMENT: Final = re.compile(rb"%[^\r\n]*")

Code = tuple[int, int]
"""A code as (number of bytes, value): the same value in one and in two bytes are different codes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CMap:
    """An encoding of a composite font."""

    spaces: tuple[tuple[int, int, int], ...]
    """Code space ranges: number of bytes, lowest and highest code; each byte within its own bounds."""
    cids: dict[Code, int] = field(default_factory=dict)
    """Character identifiers of codes; empty for an identity, where the code is the identifier."""
    vertical: bool = False
    """Whether text runs downwards."""

    @property
    def is_identity(self) -> bool:
        """Whether a code is its own character identifier."""
        return not self.cids

    def split(self, shown: bytes) -> Iterator[Code]:
        """Yield the codes of a string; a byte that begins no code counts as one of the shortest length."""
        lengths = {length for length, _, _ in self.spaces}
        if len(lengths) == 1:
            length = lengths.pop()
            for at in range(0, len(shown) - length + 1, length):
                yield length, int.from_bytes(shown[at : at + length], "big")
            return
        at, shortest = 0, min(lengths, default=1)
        longest_first = sorted(self.spaces, reverse=True)
        while at < len(shown):
            length = next((length for length, low, high in longest_first if _within(shown[at : at + length], length, low, high)), shortest)
            yield length, int.from_bytes(shown[at : at + length], "big")
            at += length

    def cid(self, code: Code) -> int:
        """Return the character identifier of a code; 0, the missing character, where there is none."""
        return self.cids.get(code, 0) if self.cids else code[1]


def _within(part: bytes, length: int, low: int, high: int) -> bool:
    if len(part) != length:
        return False
    return all(
        least <= byte <= most for byte, least, most in zip(part, low.to_bytes(length, "big"), high.to_bytes(length, "big"), strict=True)
    )


ONE_BYTE: Final = CMap(spaces=((1, 0, 0xFF),))
"""The codes of simple fonts."""


def identity(*, vertical: bool) -> CMap:
    """Identity-H or Identity-V."""
    return CMap(spaces=((2, 0, 0xFFFF),), vertical=vertical)


_BUILT_UPON: Final = {
    "ETenms-B5-H": "ETen-B5-H",
    "ETenms-B5-V": "ETen-B5-V",
    "UniJIS-UCS2-HW-H": "UniJIS-UCS2-H",
    "UniJIS-UCS2-HW-V": "UniJIS-UCS2-V",
}
"""Predefined CMaps whose data hold only what differs from another."""


@lru_cache(maxsize=8)
def predefined(name: str) -> CMap | None:
    """Return a predefined CMap by its name, or None where there is no such."""
    if name in ("Identity-H", "Identity-V"):
        return identity(vertical=name.endswith("V"))
    data = _data(name)
    if not data or "CODE2CID" not in data:
        return None
    base = predefined(_BUILT_UPON[name]) if name in _BUILT_UPON else None
    cids: dict[Code, int] = dict(base.cids) if base else {}
    spaces: dict[tuple[int, int, int], None] = dict.fromkeys(base.spaces) if base else {}
    _flatten(data["CODE2CID"], 0, 0, cids, spaces)
    joined = _joined(list(spaces))
    if "UTF16" in name:
        joined = ((2, 0x0000, 0xD7FF), (4, 0xD800DC00, 0xDBFFDFFF), (2, 0xE000, 0xFFFF))
    elif "UCS2" in name:
        joined = ((2, 0x0000, 0xFFFF),)
    return CMap(spaces=joined, cids=cids, vertical=bool(data.get("IS_VERTICAL")))


def _flatten(node: dict[str, Any], length: int, prefix: int, cids: dict[Code, int], spaces: dict[tuple[int, int, int], None]) -> None:
    for byte, value in node.items():
        code = prefix << 8 | int(byte)
        if isinstance(value, dict):
            _flatten(value, length + 1, code, cids, spaces)
        else:
            cids[length + 1, code] = value
            spaces[length + 1, code & ~0xFF if length else code, code | 0xFF if length else code] = None


def _joined(spaces: list[tuple[int, int, int]]) -> tuple[tuple[int, int, int], ...]:
    """Join neighbouring ranges whose last byte is free, so that few ranges are left."""
    result: list[tuple[int, int, int]] = []
    for length, low, high in sorted(spaces):
        step = 1 if length == 1 else 0x100
        if result and result[-1][0] == length and result[-1][2] + 1 == low and (low // step) % 0x100:
            result[-1] = (length, result[-1][1], high)
        else:
            result.append((length, low, high))
    return tuple(result)


@lru_cache(maxsize=8)
def collection(ordering: str, *, vertical: bool) -> dict[int, str]:
    """Return the Unicode text of the identifiers of Adobe's character collections CNS1, GB1, Japan1, Korea1; empty for others."""
    data = _data(f"to-unicode-Adobe-{ordering}")
    return {int(cid): text for cid, text in data.get("CID2UNICHR_V" if vertical else "CID2UNICHR_H", {}).items()}


def _data(name: str) -> dict[str, Any]:
    if not _NAME.match(name):
        return {}
    file = resources.files("pdfminer") / "cmap" / f"{name}.json.gz"
    if not file.is_file():
        return {}
    data: dict[str, Any] = json.loads(gzip.decompress(file.read_bytes()))
    return data


@dataclass(slots=True)
class Parsed:
    """What an embedded CMap or ToUnicode stream says."""

    spaces: list[tuple[int, int, int]] = field(default_factory=list)
    """Code space ranges."""
    cids: dict[Code, int] = field(default_factory=dict)
    """Character identifiers (CMaps)."""
    texts: dict[Code, str] = field(default_factory=dict)
    """Unicode texts (ToUnicode)."""
    vertical: bool = False
    """WMode 1."""
    uses: str = ""
    """Name of a CMap that this one builds upon."""


def parse(data: bytes) -> Parsed:
    """Parse an embedded CMap. More than `limits.CMAP_ENTRIES` entries are cut off: no font has them."""
    parsed = Parsed()
    items: list[bytes | int | str] = []  # hexadecimal strings as bytes, words as str, brackets as int
    last = ""
    for match in _TOKEN.finditer(_COMMENT.sub(b"", data)):
        if match[1] is not None:
            digits = b"".join(match[1].split())
            items.append(bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode()))
        elif match[2] or match[3]:
            items.append(1 if match[2] else 0)
        elif match[4]:
            word = match[4].decode("latin-1")
            if word.startswith("begin"):
                items = []
            elif word.startswith("end"):
                _section(parsed, word, items)
                items = []
            elif word == "usecmap":
                parsed.uses = last
            elif word == "def":
                parsed.vertical = parsed.vertical or items[-2:] == ["WMode", "1"]
            else:
                items.append(word)
            last = word
    return parsed


def _section(parsed: Parsed, word: str, items: list[bytes | int | str]) -> None:
    if len(parsed.cids) + len(parsed.texts) > limits.CMAP_ENTRIES:
        return
    if word == "endcodespacerange":
        strings = [item for item in items if isinstance(item, bytes)]
        for low, high in zip(strings[::2], strings[1::2], strict=False):
            if len(low) == len(high) and 0 < len(low) <= 4:
                parsed.spaces.append((len(low), int.from_bytes(low, "big"), int.from_bytes(high, "big")))
    elif word == "endcidchar":
        for code, cid in zip(items[::2], items[1::2], strict=False):
            if isinstance(code, bytes) and isinstance(cid, str) and cid.isdigit():
                parsed.cids[len(code), int.from_bytes(code, "big")] = int(cid)
    elif word == "endcidrange":
        for first, last, cid in zip(items[::3], items[1::3], items[2::3], strict=False):
            if isinstance(first, bytes) and isinstance(last, bytes) and isinstance(cid, str) and cid.isdigit():
                for offset, code in enumerate(_codes(first, last)):
                    parsed.cids[len(first), code] = int(cid) + offset
    elif word == "endbfchar":
        for code, text in zip(items[::2], items[1::2], strict=False):
            if isinstance(code, bytes) and isinstance(text, bytes):
                parsed.texts[len(code), int.from_bytes(code, "big")] = _utf16(text)
    elif word == "endbfrange":
        _bf_ranges(parsed, items)


def _bf_ranges(parsed: Parsed, items: list[bytes | int | str]) -> None:
    at = 0
    while at + 2 < len(items):
        low, high, target = items[at : at + 3]
        at += 3
        if not isinstance(low, bytes) or not isinstance(high, bytes):
            continue
        if target == 1:  # an array, one text for each code
            for code in _codes(low, high):
                if at >= len(items) or items[at] == 0:
                    break
                text = items[at]
                at += 1
                if isinstance(text, bytes):
                    parsed.texts[len(low), code] = _utf16(text)
            while at < len(items) and items[at] != 0:
                at += 1
            at += 1
        elif isinstance(target, bytes) and target:
            start, head = int.from_bytes(target[-2:], "big"), target[:-2]
            for offset, code in enumerate(_codes(low, high)):
                tail = (start + offset & 0xFFFF).to_bytes(2, "big")
                parsed.texts[len(low), code] = _utf16(head + tail[-len(target) :])


def _codes(low: bytes, high: bytes) -> range:
    first, last = int.from_bytes(low, "big"), int.from_bytes(high, "big")
    return range(first, min(last, first + 0xFFFF) + 1)


def _utf16(text: bytes) -> str:
    if len(text) == 1:
        return chr(text[0])
    return text.decode("utf-16-be", "replace")
