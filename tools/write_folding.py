"""Write reviewer/model/data/folding.json: what search and masks take for the same, as data that Python and browsers read.

Run it after a change of variants.toml or of a rule below. Which code points are assigned is taken from a Python whose Unicode is 14 (3.11), or
else from the file that stands; what an assigned character folds to is stable over Unicode's versions by its own policy.
"""

import json
import sys
import tomllib
import unicodedata
from collections.abc import Iterable
from pathlib import Path

DATA = Path(__file__).resolve().parents[1] / "reviewer/model/data"
UNICODE = "14.0.0"
ALL = [point for point in range(0x110000) if not 0xD800 <= point <= 0xDFFF]

BLANKS = [*range(0x09, 0x0E), 0x20, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000]
"""Unicode's White_Space, spelled out, since `\\s` differs between the languages."""

VISIBLE_FORMATS = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}
"""Format characters that are drawn."""

FILLERS = {0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0}
"""Letters and marks that are not drawn."""

SELECTORS = {*range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)}
"""Variation selectors: the same character in another shape."""

CHINESE = [
    *range(0x2E80, 0x2FE0), *range(0x3001, 0x3130), *range(0x31A0, 0x31C0), *range(0x31F0, 0x3200), *range(0x3400, 0x4DC0),
    *range(0x4E00, 0xA000), *range(0xE000, 0xFB00), *range(0x1B000, 0x1B170), *range(0x20000, 0x3FFFE), *range(0xF0000, 0xFFFFE),
    *range(0x100000, 0x10FFFE),
]  # fmt: skip
"""Beside these a blank means nothing: Han, kana, bopomofo, Chinese punctuation, and private use, where names with rare characters stand."""

RADICALS = (
    "⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺇𠘨⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺑𡯂⺒巳⺓幺⺔彑⺕𫜹⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王"
    "⺪𤴔⺫目⺬示⺭礻⺮𥫗⺯糹⺰纟⺱罓⺲罒⺳㓁⺴冗⺵𦉫⺶羊⺷𦍌⺸𦍋⺹耂⺺肀⺻聿⺼肉⺽𦥑⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇𧢲⻈讠⻉贝⻊𧾷⻋车⻌辶⻍辶⻎辶⻏邑⻐钅⻑長"
    "⻒镸⻓长⻔门⻕𨸏⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞𩙿⻟飠⻠饣⻡𩠐⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)
"""Radicals of the block 2E80 to 2EF3, each before the ideograph that it looks like: Unicode's Equivalent_Unified_Ideograph 15.0 (NFKC knows two of them).

Fonts draw some of both with one glyph (民, 長, 西, 青), and producers of PDF then write the lower code point.
"""

SPELLINGS_OF_SYNTAX = {
    "quotes": '"\uff02\u201c\u201d\u201e\u201f',
    "minuses": "-\uff0d\u2212",
    "colons": ":\uff1a",
}
"""Characters that the query language takes for its own signs, full width included."""


def ranges(points: Iterable[int]) -> list[list[int]]:
    """First and last of every run."""
    found: list[list[int]] = []
    for point in sorted(points):
        if found and point == found[-1][1] + 1:
            found[-1][1] = point
        else:
            found.append([point, point])
    return found


def assigned() -> set[int]:
    """Code points that Unicode 14 assigns."""
    if unicodedata.unidata_version == UNICODE:
        return {point for point in ALL if unicodedata.category(chr(point)) != "Cn"}
    standing = json.loads((DATA / "folding.json").read_text(encoding="utf-8"))
    return {point for name in ("fold", "blanks", "dropped", "kept") for first, last in standing[name] for point in range(first, last + 1)}


def is_joiner(point: int) -> bool:
    """Whether NFKC may join the character to the one before it."""
    first = unicodedata.normalize("NFKD", chr(point))[0]
    return bool(unicodedata.combining(first)) or ord(first) in SECONDS


def seconds() -> set[int]:
    """Characters that stand second in a composition."""
    found = {*range(0x1161, 0x1176), *range(0x11A8, 0x11C3)}
    for point in ALL:
        parts = unicodedata.decomposition(chr(point)).split()
        if len(parts) == 2 and not parts[0].startswith("<"):
            found.add(int(parts[1], 16))
    return found


SECONDS = seconds()


def tables() -> dict[str, object]:
    """Everything that folding needs."""
    points = assigned()
    blanks = set(BLANKS)
    dropped = {point for point in points if unicodedata.category(chr(point)) in ("Cc", "Cf")} - VISIBLE_FORMATS - blanks
    dropped = (dropped | FILLERS | SELECTORS) & points
    kept = {point for point in points - blanks - dropped if blanks & set(map(ord, unicodedata.normalize("NFKC", chr(point))))}
    fold = points - blanks - dropped - kept
    lower = {chr(point): chr(point).lower() for point in sorted(fold) if chr(point).lower() != chr(point)}
    groups = tomllib.loads((DATA / "variants.toml").read_text(encoding="utf-8"))["groups"]
    variants = {other: group[0] for group in groups for other in group[1:]}
    variants |= {radical: variants.get(meant, meant) for radical, meant in zip(RADICALS[::2], RADICALS[1::2], strict=True)}

    def folded(character: str) -> str:
        plain = unicodedata.normalize("NFKC", character)
        plain = unicodedata.normalize("NFKC", "".join(lower.get(each, each) for each in plain))
        return "".join(variants.get(each, each) for each in plain)

    return {
        "unicode": UNICODE,
        "fold": ranges(fold),
        "changing": ranges(point for point in fold if folded(chr(point)) != chr(point)),
        "joiners": ranges(point for point in fold if is_joiner(point)),
        "blanks": ranges(blanks),
        "dropped": ranges(dropped),
        "kept": ranges(kept),
        "chinese": ranges(CHINESE),
        "lower": " ".join(upper + small for upper, small in lower.items()),
        "variants": " ".join(other + first for other, first in variants.items()),
        **SPELLINGS_OF_SYNTAX,
    }


def text() -> str:
    """The file's content, one table a line."""
    rows = (f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=True, separators=(',', ':'))}" for name, value in tables().items())
    return "{\n" + ",\n".join(rows) + "\n}\n"


if __name__ == "__main__":
    (DATA / "folding.json").write_text(text(), encoding="utf-8")
    sys.stdout.write(f"{DATA / 'folding.json'}\n")
