"""Text that may hold rare characters, on its way into a page.

A view gives templates `Words`, never a bare string of the applicant's: printed as `{{ words }}` it becomes escaped text in which characters that no
font of ours draws are pictures or numbered placeholders, and words that the typeface cannot set are in the Latin face (`<span class="latin">`); in an
attribute a template writes `{{ words.plain }}`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from reviewer.fonts import latin
from reviewer.model.language import Language
from reviewer.model.text import Text, seen
from reviewer.render.language import N_, Wording


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of text, as characters and as markup."""

    plain: str
    """The characters as sent: for attributes, sorting and metadata."""
    markup: Markup | None = None
    """The same as HTML, where a character needs a picture or a placeholder, or a word the Latin face; None when plain text will do."""

    def __html__(self) -> str:
        return self.markup if self.markup is not None else escape(self.plain)

    def __str__(self) -> str:
        return self.plain

    def __bool__(self) -> bool:
        return bool(self.plain)


@dataclass(frozen=True, slots=True, kw_only=True)
class Special:
    """One character that is not drawn by a font: the school's own glyph, or a placeholder."""

    character: str
    """The character as sent."""
    notation: str
    """`U+E123`."""
    description: str
    """What the school's table says of it, else that it says nothing."""
    number: int = 0
    """Number of the placeholder, from 1; 0 when there is a picture."""
    source: str = ""
    """Picture of the glyph, relative to the dossier's page; empty for a placeholder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lettering:
    """How the text of one dossier is drawn."""

    specials: Mapping[str, Special] = field(default_factory=dict)
    """Characters that need markup; nearly always none."""
    prefix: str = ""
    """Put before the addresses of glyph pictures, for a page that lies elsewhere (`01686463/` for the cohort page)."""
    language: Language = Language.CHINESE
    """Language of the page's own words, in which Chinese text is marked as such."""

    @property
    def say(self) -> Wording:
        """How the page says its own words."""
        return Wording(self.language)

    def text(self, text: Text) -> Words:
        """The page's language of what the model holds in both; a name that has none in it stays Chinese, and is marked."""
        return self.words(text.of(self.language))

    def words(self, text: str) -> Words:
        """Make Words of a text. What would act on the words beside it is written out, and a text that runs from the right is kept to itself."""
        text = seen(text)
        special = bool(self.specials) and not self.specials.keys().isdisjoint(text)
        if special or _FROM_THE_RIGHT.search(text) or latin.has_runs(text) or self._foreign(text):
            return Words(text, self.markup(text))
        return Words(text)

    def markup(self, text: str) -> Markup:
        """Escaped text with pictures and placeholders in it, and its words in the Latin face."""
        text = seen(text)
        plainly = bool(self.specials) and sum(character in self.specials for character in text) > PLACEHOLDERS_OF_A_TEXT
        said: set[str] = set()
        drawn = Markup().join(
            _LATIN.format(piece) if in_latin else self._drawn(piece, said, plainly=plainly) for piece, in_latin in latin.pieces(text)
        )
        if _FROM_THE_RIGHT.search(text):
            drawn = _ISOLATED.format(drawn)
        return _CHINESE.format(drawn) if self._foreign(text) else drawn

    def _foreign(self, text: str) -> bool:
        return self.language is not Language.CHINESE and _HAN.search(text) is not None

    def at(self, prefix: str) -> "Lettering":
        """The same for a page elsewhere."""
        return Lettering(specials=self.specials, prefix=prefix, language=self.language)

    def _drawn(self, text: str, said: set[str], *, plainly: bool) -> Markup:
        """Text outside the Latin face; `said` are the characters that were drawn before in the same text."""
        if self.specials.keys().isdisjoint(text):
            return escape(text)
        drawn = []
        for character in text:
            drawn.append(self._draw(character, plainly=plainly, again=character in said))
            said.add(character)
        return Markup().join(drawn)

    def _draw(self, character: str, *, plainly: bool, again: bool) -> Markup:
        """One character; what the school says of it is said once in a text, and once in the markup."""
        special = self.specials.get(character)
        if special is None:
            return escape(character)
        if plainly:
            return escape(f"〔{special.number or special.notation}〕")
        name = special.notation if again else seen(self.say(_RARE, notation=special.notation, description=special.description))
        if special.source:
            return _PICTURE.format(source=self.prefix + special.source, name=name)
        return _PLACEHOLDER.format(number=special.number, name=name)


_FROM_THE_RIGHT = re.compile("[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
"""Letters of scripts that run from the right: beside them our own words and numbers would change places."""

_HAN = re.compile(
    "[\u2e80-\u2fdf\u3001-\u303f\u3100-\u312f\u31c0-\u31ef\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff60\U00020000-\U0003ffff]"
)
"""Chinese characters and the marks that are set with them."""

_RARE = N_("造字 {notation}：{description}")
_CHINESE = Markup('<span lang="zh-Hant-TW">{}</span>')
_ISOLATED = Markup("<bdi>{}</bdi>")
_LATIN = Markup('<span class="latin">{}</span>')
_PICTURE = Markup('<img class="glyph" src="{source}" alt="{name}" title="{name}">')
_PLACEHOLDER = Markup('<span class="glyph-missing" role="img" title="{name}">{number}</span>')

PLACEHOLDERS_OF_A_TEXT = 200
"""Pictures and placeholders within one text; where there are more, each is its number in brackets: a box in a line costs the more the longer the line."""

PLAIN = Lettering()
"""For text that holds no rare character."""


def chinese(value: object, language: Language) -> object:
    """Mark Chinese words, such as a school's or a department's name, within a page of another language; templates write `{{ name|chinese }}`."""
    return Lettering(language=language).words(value) if type(value) is str else value
