"""XML of strangers as a stream of elements: the interpreter's own parser, held to what data needs.

Defended: entities and document types are refused, so that nothing expands; the encoding is UTF-8 whatever the file says, so that no other reader
sees other tags; depth and the size of one tag are bounded, since a parser keeps both in memory, and reads an unfinished tag again with every piece.
"""

from collections.abc import Callable, Mapping
from typing import IO
from xml.parsers import expat

from reviewer.packages import limits

_CHUNK_BYTES = 2**16

Attributes = Mapping[str, str]
Start = Callable[[str, Attributes], None]
End = Callable[[str], None]


class BadXml(Exception):
    """The file is no well-formed XML, or more than data needs."""


class Elements:
    """Calls `start` and `end` with each element's name; text goes to `take` while somebody listens."""

    def __init__(self, start: Start, end: End, *, is_bounded: bool = False) -> None:
        """`is_bounded`: the handlers see to prefixes and to depth themselves, as `local` and `Depth` do here: a million cells are worth it."""
        self._parser = expat.ParserCreate("UTF-8")
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = _refuse
        self._parser.StartElementHandler, self._parser.EndElementHandler = (start, end) if is_bounded else _bounded(start, end)

    def listen(self, take: Callable[[str], object] | None) -> None:
        """Hand the text that follows to `take`; to nobody when it is None."""
        self._parser.CharacterDataHandler = take

    def read(self, stream: IO[bytes]) -> None:
        """Read to the end. Raises `BadXml`, and what the stream and the handlers raise."""
        fed = 0
        try:
            while data := stream.read(_CHUNK_BYTES):
                self._parser.Parse(data, False)
                fed += len(data)
                if fed - self._parser.CurrentByteIndex > limits.XML_TAG_BYTES:
                    raise BadXml("an endless tag")
            self._parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise BadXml(str(error)) from error


class Depth:
    """Elements that are open."""

    def __init__(self) -> None:
        self._open = 0

    def enter(self) -> None:
        """One more. Raises `BadXml` beyond `limits.XML_DEPTH`."""
        self._open += 1
        if self._open > limits.XML_DEPTH:
            raise BadXml("elements within elements")

    def leave(self) -> None:
        """One less."""
        self._open -= 1


def local(name: str) -> str:
    """An element's name without its prefix."""
    return name.rpartition(":")[2]


def _bounded(start: Start, end: End) -> tuple[Start, End]:
    depth = Depth()

    def opened(name: str, attributes: Attributes) -> None:
        depth.enter()
        start(local(name), attributes)

    def closed(name: str) -> None:
        depth.leave()
        end(local(name))

    return opened, closed


def _refuse(*_: object) -> None:
    raise BadXml("a document type")
