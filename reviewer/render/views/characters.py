"""Which characters a page draws: for the fonts' plan before rendering, and for the build's font subset after it."""

import dataclasses
from collections.abc import Iterator, Mapping

from reviewer.model.dossier import Dossier
from reviewer.model.processed import Processed

_CONTROLS = frozenset(range(0x20)) | {0x7F, 0xFEFF}


def characters(dossier: Dossier, processed: Mapping[str, Processed]) -> frozenset[int]:
    """Every code point that our own faces, or what stands in for them, must draw in the dossier's page and paper."""
    points: set[int] = set()
    for text in _texts(dossier):
        points.update(map(ord, text))
    for sha256 in sorted({file.attachment.sha256 for entry in dossier.entries() for file in entry.files if file.attachment}):
        result = processed.get(sha256)
        for text in _texts(result.problems if result else ()):
            points.update(map(ord, text))
        for page in result.pages if result else ():
            for block in page.blocks:
                points.update(map(ord, block.text))
    return frozenset(points - _CONTROLS)


def page_characters(html: str) -> frozenset[int]:
    """Every code point of a finished page, its own words included: what the build's fonts must hold."""
    return frozenset(set(map(ord, set(html))) - _CONTROLS)


def _texts(value: object) -> Iterator[str]:
    """All strings within a value of the model."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from _texts(getattr(value, field.name))
