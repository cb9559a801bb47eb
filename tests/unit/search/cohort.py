"""A small made-up cohort for the tests of search, and a naive oracle that answers by reading everything."""

import math
import random
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from reviewer.model.parts import Lane
from reviewer.search import shards, spool
from reviewer.search.documents import Has, Kind, SearchDocument
from reviewer.search.folding import folding, units, units_length

ALPHABET = '機器人台臺灣學習社團的圖書館裡裏𠮷\U0002a6d6\ue001ＡaABé一二，。！（）-:"“ \u3000\n\u200bﬁ㈱ｶﾞ'
WORDS = (
    "機器人", "自主學習", "臺灣", "台灣", "社團", "裏", "裡面", "𠮷野", "AI", "ＡＩ", "machine learning", "Machine\nLearning", "10:30", "C++",
    "（一）", "(一)", "2024-11", "e\u0301te", "été", "ﬁn", "哈哈哈", "aaaa", "\ue001", "《詩》", "𪚥", "資訊", "Ⅳ", "①", "著", "着",
)  # fmt: skip
FIELDS = (
    "code:J", "code:j", "code:B", "-code:J", "code:X", "semester:113-1", "semester:113", "-semester:112", "source:school", "來源：學生",
    "source:certified", "has:video", "has:image", "-has:link", "附有:影片", "applicant:016", "applicant:0160000", "-applicant:01600007",
)  # fmt: skip
Cohort = Mapping[str, tuple[SearchDocument, ...]]


def cohort(count: int, seed: int) -> Cohort:
    """Search documents by 應試號碼."""
    dice = random.Random(seed)  # noqa: S311 - example data
    return {f"{1_600_000 + index * 7:08d}": tuple(_documents(dice, f"{1_600_000 + index * 7:08d}")) for index in range(count)}


def _documents(dice: random.Random, number: str) -> Iterator[SearchDocument]:
    def text() -> str:
        return "".join(dice.choice(WORDS) if dice.random() < 0.3 else dice.choice(ALPHABET) for _ in range(dice.randint(0, 40)))

    yield SearchDocument(
        dossier_id=number, entry="", suffix="", kind=Kind.IDENTITY, codes=(), source=Lane.SCHOOL, semester="", has=frozenset(),
        segments=(f"王{dice.choice('𠮷大小')}明", number),
    )  # fmt: skip
    for index in range(dice.randint(1, 6)):
        code = dice.choice("ABJKX")
        has = frozenset(dice.sample(list(Has), dice.randint(0, 2)))
        semester = dice.choice(("113-1", "113-2", "112-1", ""))
        source = dice.choice(list(Lane))
        codes = ("B", "C") if code == "B" else (code,)
        for page in range(dice.randint(0, 3) + 1):
            segments = tuple(text() for _ in range(1 if page else dice.randint(1, 4)))
            yield SearchDocument(
                dossier_id=number, entry=f"{code}-{index}", suffix=f"a-p{page}" if page else "", kind=Kind.PAGE if page else Kind.ITEM,
                codes=codes, source=source, semester=semester, has=has, health="text" if page else "", segments=segments,
            )  # fmt: skip


def write(folder: Path, made: Cohort) -> Path:
    """Write the search files of a cohort into a department's folder; return that folder."""
    shards.write(folder / "data", ((number, number) for number in made), lambda number: spool.encode(spool.record(number, made[number])))
    return folder


def queries(count: int, seed: int) -> tuple[str, ...]:
    """Queries of every sort, bad ones among them."""
    dice = random.Random(seed)  # noqa: S311 - example data

    def part() -> str:
        word = dice.choice(WORDS) if dice.random() < 0.6 else "".join(dice.choice(ALPHABET) for _ in range(dice.randint(1, 3)))
        word = f'"{word}"' if dice.random() < 0.4 else word
        minus = dice.choice(("-", "－")) if dice.random() < 0.15 else ""
        return minus + word if dice.random() < 0.7 else dice.choice(FIELDS)

    odd = ("", " ", "-", '"', '""', "code:", "foo:x", "source:nobody", "has:", "semester:abc", "-社團", "\u200b", "\u202e機器", "x" * 501, "http://a",
           "code:\"J\" 機", "備註：機", "a " * 17, "\ud83d機器", "“機器”人", "code:J -code:J", "機器人\u3000社團", "--a", "constructor:x", "has:constructor")  # fmt: skip
    return (*odd, *(" ".join(part() for _ in range(dice.choice((1, 1, 1, 2, 2, 3)))) for _ in range(count - len(odd))))


class Oracle:
    """Reads every text for every query; knows nothing of shards, edits, counts by dossier or caches."""

    def __init__(self, made: Cohort) -> None:
        fold = folding().text
        self._texts = {
            number: [(document, [units(fold(segment)) for segment in document.segments]) for document in documents]
            for number, documents in sorted(made.items())
        }
        lengths = {
            number: units_length("\n".join("\n".join(filter(None, segments)) for _, segments in rows))
            for number, rows in self._texts.items()
        }
        total, count = sum(lengths.values()), len(lengths)
        self._kd = {number: (300_000 + 900_000 * length * count // total) // 1000 for number, length in lengths.items()}
        self._count = count

    def answer(self, terms: list[str], excluded: list[str], filters: list[tuple[str, str, bool]]) -> list[tuple[str, int, list[str]]]:
        """Dossiers in order, each with its score and the anchors of its places in order."""
        rows = {}
        for number, documents in self._texts.items():
            if not all(self._applicant(number, filters)):
                continue
            counting = [(document, segments) for document, segments in documents if self._counts(document, segments, excluded, filters)]
            if counting:
                rows[number] = counting
        tf = {number: [sum(_often(term, segments) for _, segments in places) for term in terms] for number, places in rows.items()}
        df = [sum(counts[at] > 0 for counts in tf.values()) for at in range(len(terms))]
        found = []
        for number, places in rows.items():
            if all(tf[number]):
                score = sum(self._weight(n) * t * 2_200_000 // (t * 1000 + self._kd[number]) for n, t in zip(df, tf[number], strict=True))
                kinds = [(-sum(_often(term, segments) > 0 for term in terms), at) for at, (_, segments) in enumerate(places)]
                anchors = [places[at][0].anchor for words, at in sorted(kinds) if words or not terms]
                found.append((number, score, anchors))
        return sorted(found, key=lambda row: (-row[1], row[0]))

    def _weight(self, df: int) -> int:
        return max(1, round(1000 * math.log(1 + (self._count - df + 0.5) / (df + 0.5))))

    def _applicant(self, number: str, filters: list[tuple[str, str, bool]]) -> tuple[bool, bool]:
        wanted = [value for name, value, out in filters if name == "applicant" and not out]
        unwanted = [value for name, value, out in filters if name == "applicant" and out]
        return not wanted or any(number.startswith(value) for value in wanted), not any(number.startswith(value) for value in unwanted)

    def _counts(self, document: SearchDocument, segments: list[str], excluded: list[str], filters: list[tuple[str, str, bool]]) -> bool:
        facts = {
            "code": {code.lower() for code in document.codes},
            "semester": {document.semester, document.semester.partition("-")[0]} - {""},
            "source": {document.source.value},
            "has": {has.value for has in document.has},
        }
        names = {name for name, _, out in filters if not out and name in facts}
        agree = all(any(value in facts[name] for other, value, out in filters if other == name and not out) for name in names)
        against = any(value in facts[name] for name, value, out in filters if out and name in facts)
        return agree and not against and not any(_often(word, segments) for word in excluded)


def _often(term: str, segments: list[str]) -> int:
    return sum(len(re.findall(re.escape(term), segment)) for segment in segments)
