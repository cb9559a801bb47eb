"""Did you mean …: the known word that an unknown one was probably meant to be."""

import difflib
from collections.abc import Iterable

from reviewer.model.text import Text

_MOST_LISTED = 30
"""So many known words are listed; a university has hundreds of departments."""


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word most like this one, or nothing. Case does not count: `f` is meant as `F`."""
    by_lower = {item.lower(): item for item in sorted(known)}
    found = difflib.get_close_matches(word.lower(), by_lower, n=1, cutoff=0.6)
    return by_lower[found[0]] if found else ""


def did_you_mean(word: str, known: Iterable[str]) -> Text:
    """A sentence that proposes the nearest known word, or lists what is known when nothing is near."""
    names = sorted(known)
    near = nearest(word, names)
    if near:
        return Text(f"是不是要寫「{near}」？", f"Did you mean “{near}”?")
    shown, more = names[:_MOST_LISTED], len(names) > _MOST_LISTED
    return Text(f"可以用的有：{'、'.join(shown)}{' 等' if more else ''}。", f"Known are: {', '.join(shown)}{' and more' if more else ''}.")
