"""A sentence or name in the product's two languages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """Words in Traditional Chinese and in English, of the same meaning and register."""

    zh: str
    """Traditional Chinese (zh-Hant-TW): the official term where there is one."""
    en: str
    """English."""

    def format(self, **facts: object) -> "Text":
        """Return both sentences with `{name}` placeholders filled; a fact that is a Text gives each its own words.

        A missing name is a programming error (KeyError).
        """
        zh = {name: fact.zh if isinstance(fact, Text) else fact for name, fact in facts.items()}
        en = {name: fact.en if isinstance(fact, Text) else fact for name, fact in facts.items()}
        return Text(self.zh.format(**zh), self.en.format(**en))

    def __str__(self) -> str:
        return f"{self.zh} / {self.en}"


def both(words: str) -> Text:
    """Return a Text for words that are the same in both languages (a name as it was sent, a file name)."""
    return Text(words, words)
