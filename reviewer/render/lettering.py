"""How the rare characters of one dossier are drawn in its page: what the fonts' plan says, turned into pictures and placeholders.

A sender's glyph is only ever shown as the picture that `attachments` made of it; where it made none (an SVG that was refused), the character
becomes a placeholder like any other that nothing can draw.
"""

from collections.abc import Mapping

from reviewer.fonts.rare import DrawingPlan, DrawnBy
from reviewer.model.dossier import Dossier
from reviewer.model.language import Language
from reviewer.model.portfolio import Glyph
from reviewer.model.processed import Processed
from reviewer.render.files import Names
from reviewer.render.language import N_, Wording
from reviewer.render.words import Lettering, Special

NO_DESCRIPTION = N_("來源學校未附說明")
"""Said of a private-use character that the school's table does not describe."""


def lettering(
    dossier: Dossier, processed: Mapping[str, Processed], names: Names, plan: DrawingPlan | None, language: Language = Language.CHINESE
) -> Lettering:
    """Make the Lettering of a dossier's page; without a plan, or when the fonts draw everything, text is just text."""
    if plan is None:
        return Lettering(language=language)
    say = Wording(language)
    mapped = {glyph.code_point: glyph for glyph in dossier.glyphs}
    specials: dict[str, Special] = {}
    number = 0
    for drawing in plan.drawings:
        if drawing.by not in (DrawnBy.SENDER, DrawnBy.PLACEHOLDER):
            continue
        glyph = drawing.glyph or mapped.get(drawing.code_point)
        source = _source(glyph, processed, names) if drawing.by is DrawnBy.SENDER else ""
        number += not source
        specials[chr(drawing.code_point)] = Special(
            character=chr(drawing.code_point),
            notation=drawing.notation,
            description=_describe(glyph, say),
            number=0 if source else number,
            source=source,
        )
    return Lettering(specials=specials, language=language)


def _source(glyph: Glyph | None, processed: Mapping[str, Processed], names: Names) -> str:
    attachment = glyph.picture.attachment if glyph and glyph.picture else None
    result = processed.get(attachment.sha256) if attachment else None
    if result is None or not result.pages or not result.pages[0].images:
        return ""
    return names.get((result.sha256, result.pages[0].images[0].name), "")


def _describe(glyph: Glyph | None, say: Wording) -> str:
    if glyph is None:
        return say(NO_DESCRIPTION)
    mapped = say("對應「{character}」", character=glyph.mapped) if glyph.mapped else ""
    return say("，").join(part for part in (glyph.description, mapped) if part) or say(NO_DESCRIPTION)
