"""What of Markdown all readers of a text must take alike."""

import re

_PICTURE_BY_REFERENCE = re.compile(r"!\[[^\]]*\](?:\[|(?![(\[]))")


def cites_pictures(text: str) -> bool:
    """Whether a picture stands in the text by reference (`![圖][1]`), with its file in a line of its own.

    Only then are lines like `[1]: …` references. Elsewhere they are what they look like, entries of a list of sources, and Markdown would swallow them.
    """
    return _PICTURE_BY_REFERENCE.search(text) is not None
