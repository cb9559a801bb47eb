"""Official terms that the model keeps by their Chinese word alone (a course's domain, its kind), in the page's language."""

import functools
from collections.abc import Mapping

from reviewer.model.language import Language
from reviewer.model.tables import code_tables
from reviewer.model.text import Text

DOMAIN, CATEGORY = "領域", "課程類別"
"""Code tables of a course's domain and kind."""

ENDINGS = ("領域", "教育")
"""Schools write a domain with or without them: 語文領域, 全民國防教育."""


def term(table: str, words: str, language: Language) -> str:
    """The page's word for a term of a code table; what the table does not have stays as it was sent."""
    found = _by_words(table).get(words)
    return found.of(language) if found else words


@functools.cache
def _by_words(table: str) -> Mapping[str, Text]:
    endings = ("", *ENDINGS) if table == DOMAIN else ("",)
    return {words.zh + ending: words for words in code_tables()[table].values() for ending in endings}
