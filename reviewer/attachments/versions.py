"""The versions that derived files depend on: part of every cache key, so that a changed step makes its results again."""

import functools
import hashlib
from importlib import metadata

from reviewer.fonts.faces import all_faces, fingerprint

STEPS = {
    "probe": 2,
    "sanitise": 3,
    "normalise": 3,
    "drawing": 2,
    "reading": 3,
    "pictures": 3,
    "media": 1,
}
"""Raise a step's number with every change of what it writes."""

BLIND = 2
"""Version of what `blind` takes out: part of the keys of blinded entries only, so that everybody else's entries stay."""

LIBRARIES = ("av", "fonttools", "pdfminer.six", "pikepdf", "pillow", "pypdf", "pypdfium2", "uharfbuzz", "weasyprint", "zxing-cpp")
"""Whatever reads, draws or writes what is derived."""


@functools.cache
def current() -> str:
    """Sixteen hexadecimal digits of the steps' numbers, the libraries' versions and the faces that draw."""
    parts = [f"{name}={number}" for name, number in sorted(STEPS.items())]
    parts += [f"{name}={metadata.version(name)}" for name in LIBRARIES]
    parts += [f"{face.id}={fingerprint(face)}" for face in all_faces()]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
