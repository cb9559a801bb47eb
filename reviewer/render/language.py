"""What pages say, in the language at hand.

Every sentence is written in Traditional Chinese and is its own message id; other languages come from `locale/<language>/LC_MESSAGES/reviewer.po`,
which Babel keeps (`make words`). Three ways to write one, for three places:

- Python: `say("至多 {n} 件", n=3)`, where `say` is the `Wording` at hand; a constant is written `N_("…")` and said later.
- Templates: `{{ _("…") }}` and `{% trans n=x %}至多 {{ n }} 件{% endtrans %}`.
- Scripts: `Reviewer.say("至多 {n} 件", {n: 3})`.

English needs a plural where Chinese has none: in a translation `{n|item|items}` is the first word for 1 and the second for any other number.
"""

import functools
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from types import MappingProxyType

from babel.messages.pofile import read_po

from reviewer.model.language import Language
from reviewer.model.text import Text, numbered

PLACEHOLDER = re.compile(r"\{(\w+)\}")
"""`{n}` is the value of n."""


@dataclass(frozen=True, slots=True)
class Wording:
    """How pages speak."""

    language: Language = Language.CHINESE
    """The language."""

    def __call__(self, message: str, /, **values: object) -> str:
        """Say a sentence of the source, with its placeholders filled; as it stands in the source where it is not translated."""
        return filled(translated(message, self.language), values)

    def of(self, text: Text) -> str:
        """Words that the model holds in both languages."""
        return text.of(self.language)


CHINESE = Wording()
"""The source itself."""


def N_(message: str) -> str:  # noqa: N802 - the name that gettext users and extractors know
    """Mark a constant for the catalogues; it is said later, where the language is known."""
    return message


def filled(message: str, values: Mapping[str, object]) -> str:
    """Put values into the placeholders of a sentence; a name without a value is a programming error (KeyError)."""
    return PLACEHOLDER.sub(lambda match: str(values[match[1]]), numbered(message, values))


def translated(message: str, language: Language) -> str:
    """A sentence of the source in a language, placeholders still open."""
    return message if language is Language.CHINESE else catalogue(language).get(message, message)


@functools.cache
def catalogue(language: Language) -> Mapping[str, str]:
    """All translations of a language by the sentence of the source."""
    return MappingProxyType({message: words for message, (words, _places) in _read(language).items()})


def words_js(language: Language) -> bytes:
    """`theme/words.js`: the sentences that scripts say, for a language other than the source's; must stand before the theme's script."""
    said = {message: words for message, (words, places) in _read(language).items() if any(place.endswith(".js") for place in places)}
    dictionary = json.dumps(dict(sorted(said.items())), ensure_ascii=False, indent=0).replace("<", "\\u003c")
    return f"window.Reviewer = {{ words: {dictionary} }};\n".encode()


@functools.cache
def _read(language: Language) -> Mapping[str, tuple[str, tuple[str, ...]]]:
    """Translations with the files in which the sentences stand."""
    path = resources.files("reviewer.render").joinpath(f"locale/{language.value}/LC_MESSAGES/reviewer.po")
    with path.open("rb") as file:
        messages = read_po(file, locale=language.value)
    return {
        message.id: (message.string, tuple(name for name, _line in message.locations))
        for message in messages
        if isinstance(message.id, str) and message.id and isinstance(message.string, str) and message.string
    }
