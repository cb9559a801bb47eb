"""A sentence or name in the product's two languages."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from reviewer.model.language import Language

DECEIVING = re.compile("[\\x00-\\x1f\\x7f-\\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800-\udfff]")
"""Characters that are not seen but act: on a terminal (controls), on the order of what stands beside them, on lines; and those that no file can hold."""

PLURAL = re.compile(r"\{(\w+)\|([^{}|]*)\|([^{}|]*)\}")
"""`{n|item|items}` is the word for so many."""

_ACTING = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Text:
    """Words in Traditional Chinese and in English, of the same meaning and register."""

    zh: str
    """Traditional Chinese (zh-Hant-TW): the official term where there is one."""
    en: str
    """English."""

    def of(self, language: Language) -> str:
        """The words of a language."""
        return self.zh if language is Language.CHINESE else self.en

    def format(self, **facts: object) -> "Text":
        """Return both sentences with `{name}` placeholders filled; a fact that is a Text gives each its own words.

        English needs a plural where Chinese has none: `{name|item|items}` is the first word where the fact is 1, else the second.

        A missing name is a programming error (KeyError).
        """
        zh = {name: fact.zh if isinstance(fact, Text) else fact for name, fact in facts.items()}
        en = {name: fact.en if isinstance(fact, Text) else fact for name, fact in facts.items()}
        return Text(self.zh.format(**zh), numbered(self.en, en).format(**en))

    def __str__(self) -> str:
        return f"{self.zh} / {self.en}"


def numbered(message: str, values: Mapping[str, object]) -> str:
    """Choose the words for one or for many."""
    return PLURAL.sub(lambda match: match[2] if str(values[match[1]]) == "1" else match[3], message)


def number_of(count: int, one: str, many: str = "") -> str:
    """`1 file`, `2,000 files`: a number with its English noun, for sentences that are made of few words."""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"


def both(words: str) -> Text:
    """Return a Text for words that are the same in both languages (a name as it was sent, a file name)."""
    return Text(words, words)


def on_one_line(words: str) -> str:
    """Words for a sentence, a log or a name: what would act instead of being seen, line breaks too, is written out as `‹U+202E›`."""
    return DECEIVING.sub(_written_out, words)


def seen(words: str) -> str:
    """Words for a page or a terminal: what would act on what stands beside it is written out; line breaks, tabs and marks of direction stay."""
    return _ACTING.sub(_written_out, words)


def _written_out(match: re.Match[str]) -> str:
    return f"‹U+{ord(match[0]):04X}›"
