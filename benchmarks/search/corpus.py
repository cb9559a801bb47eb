"""A generated cohort in Traditional Chinese for the figures of search: dossiers of 12,000 characters, the same for the same seed.

Text is made of syllable-like words over some 3,000 common characters with a Zipf distribution, subject words that queries ask for, Latin words,
full-width punctuation, rare characters of extensions B to G, and private use. Each dossier has 45 courses, 14 items, 3 statements and 20 pages.
"""

import itertools
import random
from collections.abc import Iterator

from reviewer.model.parts import Lane
from reviewer.search import spool
from reviewer.search.documents import Has, Kind, SearchDocument

CHARACTERS_PER_DOSSIER = 12_000

SUBJECTS = (
    "機器人", "自主學習", "社團", "科展", "實驗", "數學", "物理", "化學", "程式設計", "國際志工", "臺灣文學", "田野調查", "微積分", "人工智慧",
    "全國高級中等學校科學展覽會", "畢業專題", "志工服務", "幹部", "演算法", "生態保育", "環境議題", "班級經營", "辯論", "管樂", "桌球", "模擬聯合國",
)  # fmt: skip
LATIN = (
    "Python",
    "AI",
    "Arduino",
    "TOEIC",
    "machine learning",
    "Scratch",
    "GPS",
    "STEAM",
    "DNA",
    "App Inventor",
    "3D",
    "C++",
    "IoT",
    "Micro:bit",
)
RARE = "𠮷𡘙𤧟𪚥𫞩𬜬𭉼𮧟\U00030000\U0003106c\ue123\uf6b1\U000f0123"
SURNAMES = "陳林黃張李王吳劉蔡楊許鄭謝郭洪曾邱廖賴周葉蘇莊江何蕭羅高簡朱"
_PUNCTUATION = "，，，，。。、；：！？（）「」"
_SOURCES = tuple(Lane)
_CODES = ("F", "G", "H", "I", "J", "K", "L", "M")


class Writer:
    """Writes text by a seed."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311 - example data
        common = [chr(point) for point in range(0x4E00, 0x9FA0)]
        random.Random(7).shuffle(common)  # noqa: S311
        characters = common[:3000]
        weights = [1 / (rank + 8) for rank in range(len(characters))]
        words = random.Random(11)  # noqa: S311
        self.words = ["".join(words.choices(characters, weights, k=words.choice((1, 2, 2, 2, 3, 4)))) for _ in range(20_000)]
        self.weights = list(itertools.accumulate(1 / (rank + 20) for rank in range(len(self.words))))

    def text(self, length: int) -> str:
        """Prose of about so many characters."""
        dice, out, size = self.dice, [], 0
        while size < length:
            sentence = dice.choices(self.words, cum_weights=self.weights, k=dice.randint(3, 9))
            if dice.random() < 0.22:
                sentence.append(dice.choice(SUBJECTS))
            if dice.random() < 0.08:
                sentence.append(f" {dice.choice(LATIN)} ")
            if dice.random() < 0.004:
                sentence.append(dice.choice(RARE))
            dice.shuffle(sentence)
            line = "".join(sentence) + dice.choice(_PUNCTUATION) + ("\n" if dice.random() < 0.12 else "")
            out.append(line)
            size += len(line)
        return "".join(out)[:length]


def number(index: int) -> str:
    """應試號碼 of the n-th applicant."""
    return f"{1_600_000 + index * 7:08d}"


def dossier(writer: Writer, applicant_number: str) -> Iterator[SearchDocument]:
    """Yield the search documents of one dossier."""
    dice = writer.dice

    def document(entry: str, kind: Kind, *segments: str, **facts: object) -> SearchDocument:
        given = {"suffix": "", "codes": (), "source": Lane.SCHOOL, "semester": "", "has": frozenset(), "health": ""} | facts
        return SearchDocument(dossier_id=applicant_number, entry=entry, kind=kind, segments=segments, **given)  # type: ignore[arg-type]

    name = dice.choice(SURNAMES) + (dice.choice(RARE) if dice.random() < 0.01 else "") + writer.text(2).replace("\n", "")
    yield document("", Kind.IDENTITY, name, applicant_number, "臺北市立" + writer.text(4) + "高級中學")
    semesters = [f"{year}-{term}" for year in (111, 112, 113) for term in (1, 2)]
    for index in range(45):
        yield document(f"A-c{index}", Kind.COURSE, writer.text(5), "部定必修", "語文", codes=("A",), semester=dice.choice(semesters))
    for index in range(14):
        code = dice.choice(_CODES)
        has = frozenset(dice.sample([Has.DOCUMENT, Has.VIDEO, Has.LINK], dice.randint(0, 2)))
        facts = {"codes": (code,), "source": dice.choice(_SOURCES), "semester": dice.choice(semesters), "has": has}
        yield document(f"{code}-{index}", Kind.ITEM, dice.choice(SUBJECTS) + writer.text(6), writer.text(90), **facts)
        for page in range(1, dice.choice((1, 1, 2)) + 1):
            health = "scan" if dice.random() < 0.1 else "text"
            words = writer.text(440) if health == "text" else ""
            yield document(f"{code}-{index}", Kind.PAGE, *([words] if words else []), suffix=f"a-p{page}", health=health, **facts)
    for code in ("N", "O", "P"):
        yield document(code, Kind.STATEMENT, *writer.text(750).split("\n"), codes=(code,), source=Lane.APPLICATION)


def records(count: int, seed: int = 1) -> Iterator[tuple[str, bytes, int]]:
    """Yield (應試號碼, record, bytes of its text as UTF-8) of a cohort, ascending."""
    writer = Writer(seed)
    for index in range(count):
        found = list(dossier(writer, number(index)))
        size = sum(len(segment.encode()) for document in found for segment in document.segments)
        yield number(index), spool.encode(spool.record(number(index), found)), size
