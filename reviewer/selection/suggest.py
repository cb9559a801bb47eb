"""Did you mean …: the known word that an unknown one was probably meant to be."""

import difflib
from collections.abc import Iterable

from reviewer.model.text import Text


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
    return Text(f"可以用的有：{'、'.join(names)}。", f"Known are: {', '.join(names)}.")
