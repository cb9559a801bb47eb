"""The usual forms of a school's name, so that masking it hides more than its full official form."""

import re

_FOUNDERS = re.compile(r"^(?:財團法人|學校財團法人|國立|私立|市立|縣立|省立|(?:..[縣市])(?:立|私立)?)+")
_SHORT = (
    ("高級工業職業學校", "高工"),
    ("高級商業職業學校", "高商"),
    ("高級工商職業學校", "工商"),
    ("高級農工職業學校", "農工"),
    ("高級家事商業職業學校", "家商"),
    ("高級海事水產職業學校", "海事"),
    ("高級農業職業學校", "高農"),
    ("高級家事職業學校", "家職"),
    ("高級商工職業學校", "商工"),
    ("高級工農職業學校", "工農"),
    ("高級商業家事職業學校", "家商"),
    ("家事商業高級中等學校", "家商"),
    ("商業家事高級中等學校", "家商"),
    ("工商高級中等學校", "工商"),
    ("商工高級中等學校", "商工"),
    ("農工高級中等學校", "農工"),
    ("工農高級中等學校", "工農"),
    ("海事水產高級中等學校", "海事"),
    ("高級中等學校", "高中"),
    ("高級中學", "高中"),
    ("女子高級中學", "女中"),
    ("工業高級中等學校", "高工"),
    ("商業高級中等學校", "高商"),
)
"""Official endings and how people say them."""

_SHORTEST_FORM = 4
"""Shorter forms (建中) are also other words; they are left, and the office is told."""


def school_forms(name: str, city: str) -> tuple[str, ...]:
    """The name as sent, with 臺 and 台, without its founder, and with the short ending, as far as they are unmistakable."""
    if len(name) < 2:
        return ()
    forms = {name}
    without_city = name.removeprefix(city).removeprefix("立") if city and name.startswith(city) else name
    core = _FOUNDERS.sub("", without_city) or name
    forms.add(core)
    for whole in (name, core):
        forms |= {whole.removesuffix(ending) + short for ending, short in _SHORT if whole.endswith(ending) and whole != ending}
    kept = {form for form in forms if len(form) >= _SHORTEST_FORM} | {name}
    return tuple(sorted(spelling for form in kept for spelling in _spellings(form)))


def place_forms(city: str) -> tuple[str, ...]:
    """縣市 with 臺 and 台."""
    return tuple(sorted(_spellings(city))) if len(city) >= 2 else ()


def _spellings(words: str) -> set[str]:
    return {words, words.replace("臺", "台"), words.replace("台", "臺")}
