"""The stream inside a container: a plain ustar archive that has one form only, so that equal folders give equal bytes.

Whoever unpacks it by other means (tar, 7-Zip) sees ordinary files. Our own reader accepts exactly the headers that our writer makes: links,
devices, sparse files, extended headers, set-uid bits and whatever else a tar can carry are refused without being interpreted. Nothing is
compressed, so a container can never hold more than its own size.
"""

import tarfile
from typing import Protocol

BLOCK_BYTES = 512
END = bytes(2 * BLOCK_BYTES)
"""What ends a tar."""
MODIFIED_S = 315_532_800
"""Time of every file: the first of January 1980, the earliest that every file system can hold."""
LARGEST_FILE_BYTES = 8**11 - 1
"""What ustar's eleven octal digits can hold: 8 GB."""


class Malformed(ValueError):
    """The stream is not of our form."""


class Receiver(Protocol):
    """Takes the files of a tar, one after the other."""

    def begin(self, path: str, size_bytes: int) -> None:
        """Start a file."""

    def take(self, data: memoryview) -> None:
        """Take the next bytes of the file."""

    def end(self) -> None:
        """End the file: all its bytes were taken."""


def header(path: str, size_bytes: int) -> bytes:
    """Header block of a regular file. Raises ValueError for a path or size that ustar cannot hold."""
    info = tarfile.TarInfo(path)
    info.size, info.mode, info.mtime = size_bytes, 0o644, MODIFIED_S
    return info.tobuf(tarfile.USTAR_FORMAT, "utf-8", "strict")


def padding(size_bytes: int) -> bytes:
    """What fills a file's last block."""
    return bytes(-size_bytes % BLOCK_BYTES)


def entry_bytes(size_bytes: int) -> int:
    """Length of a file in the stream: header, content, padding."""
    return BLOCK_BYTES + size_bytes + -size_bytes % BLOCK_BYTES


class Reader:
    """Reads a tar that is handed over in pieces of any length; holds one block at most."""

    def __init__(self, receiver: Receiver) -> None:
        self._receiver = receiver
        self._block = bytearray()
        self._left_bytes = 0
        self._padding_bytes = 0
        self._zero_blocks = 0

    def write(self, data: bytes) -> None:
        """Take the next bytes. Raises `Malformed`, and what the receiver raises."""
        view = memoryview(data)
        while view:
            if self._left_bytes:
                view = self._content(view)
            elif self._padding_bytes:
                count = min(self._padding_bytes, len(view))
                if any(view[:count]):
                    raise Malformed
                self._padding_bytes -= count
                view = view[count:]
            else:
                count = min(BLOCK_BYTES - len(self._block), len(view))
                self._block += view[:count]
                view = view[count:]
                if len(self._block) == BLOCK_BYTES:
                    self._header(bytes(self._block))
                    self._block.clear()

    def close(self) -> None:
        """Raise `Malformed` unless the tar has come to its end."""
        if self._zero_blocks != 2 or self._block:
            raise Malformed

    def _content(self, view: memoryview) -> memoryview:
        count = min(self._left_bytes, len(view))
        self._receiver.take(view[:count])
        self._left_bytes -= count
        if not self._left_bytes:
            self._receiver.end()
        return view[count:]

    def _header(self, block: bytes) -> None:
        if self._zero_blocks == 2:
            raise Malformed
        if not any(block):
            self._zero_blocks += 1
            return
        if self._zero_blocks:
            raise Malformed
        path, size_bytes = _parsed(block)
        self._receiver.begin(path, size_bytes)
        self._left_bytes, self._padding_bytes = size_bytes, -size_bytes % BLOCK_BYTES
        if not size_bytes:
            self._receiver.end()


def _parsed(block: bytes) -> tuple[str, int]:
    """Path and size; the header must be the very one that `header` makes for them."""
    try:
        name, prefix = (part.split(b"\0", 1)[0].decode("utf-8") for part in (block[:100], block[345:500]))
        path, size_bytes = f"{prefix}/{name}" if prefix else name, int(block[124:135], 8)
        same = header(path, size_bytes) == block
    except ValueError as error:
        raise Malformed from error
    if not same:
        raise Malformed
    return path, size_bytes
