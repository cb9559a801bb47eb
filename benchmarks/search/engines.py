"""Index engines on the same text: `python -m benchmarks.search.engines [DOSSIERS]` (100 by default). Processor seconds and milliseconds.

Each indexes every place's normalised text as pairs of neighbouring characters and single characters and confirms candidates in the text, so all
answer exactly; the pages' scan stands beside them. tantivy is for this comparison only: `pip install tantivy`.
"""

import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from benchmarks.search import corpus
from benchmarks.search.browsers import queries
from reviewer.model.folding import folding, whole
from reviewer.search import engine, shards
from reviewer.search.collection import Collection, load

Places = list[tuple[int, int, str]]
"""(dossier, place, text)."""
Answer = Callable[[str], set[tuple[int, int]]]


def tokens(text: str) -> str:
    """Pairs and letters as words that a blank-splitting tokenizer keeps whole: hexadecimal code points."""
    words = [*sorted(set(text)), *sorted(engine.pairs(text))]
    return " ".join("x".join(f"{ord(each):x}" for each in word) for word in words if "\n" not in word)


def wanted(word: str) -> list[str]:
    """Tokens that a word's places must hold."""
    pairs = [word] if len(word) == 1 else sorted(engine.pairs(word))
    return ["x".join(f"{ord(each):x}" for each in pair) for pair in pairs]


def with_whoosh(folder: Path, collection: Collection, texts: dict[tuple[int, int], str]) -> Answer:
    """The office's index."""
    engine.write(folder, collection.dossiers)
    opened = engine.Engine(folder, lambda dossier, place: collection.dossiers[dossier].text_of(collection.dossiers[dossier].places[place]))

    def answer(word: str) -> set[tuple[int, int]]:
        return {
            key for key in opened.places(engine.Words([word], None, lambda dossier, place: texts[dossier, place])) if word in texts[key]
        }

    return answer


def with_sqlite(folder: Path, _: Collection, texts: dict[tuple[int, int], str]) -> Answer:
    """SQLite FTS5, with tokens made beforehand."""
    database = sqlite3.connect(folder / "fts.db")
    database.execute("create virtual table pages using fts5(words, content='', detail=none)")
    database.execute("create table keys(id integer primary key, dossier, place)")
    for number, (key, text) in enumerate(texts.items(), 1):
        database.execute("insert into pages(rowid, words) values(?, ?)", (number, tokens(text)))
        database.execute("insert into keys values(?, ?, ?)", (number, *key))
    database.commit()

    def answer(word: str) -> set[tuple[int, int]]:
        rows = database.execute(
            "select dossier, place from keys where id in (select rowid from pages where pages match ?)", (" AND ".join(wanted(word)),)
        )
        return {(dossier, place) for dossier, place in rows if word in texts[dossier, place]}

    return answer


def with_tantivy(folder: Path, _: Collection, texts: dict[tuple[int, int], str]) -> Answer:
    """tantivy, with tokens made beforehand."""
    import tantivy  # type: ignore[import-not-found,unused-ignore]  # noqa: PLC0415 - a dependency of this comparison only

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("words", stored=False, tokenizer_name="whitespace", index_option="basic")
    builder.add_integer_field("dossier", stored=True)
    builder.add_integer_field("place", stored=True)
    schema = builder.build()
    made = tantivy.Index(schema, path=str(folder))
    writer = made.writer(heap_size=128_000_000, num_threads=1)
    for (dossier, place), text in texts.items():
        writer.add_document(tantivy.Document(words=tokens(text), dossier=dossier, place=place))
    writer.commit()
    writer.wait_merging_threads()
    made.reload()
    searcher = made.searcher()

    def answer(word: str) -> set[tuple[int, int]]:
        terms = [(tantivy.Occur.Must, tantivy.Query.term_query(schema, "words", token, index_option="basic")) for token in wanted(word)]
        hits = searcher.search(tantivy.Query.boolean_query(terms), limit=max(1, len(texts))).hits
        found = (searcher.doc(address) for _, address in hits)
        keys = ((document.get_first("dossier"), document.get_first("place")) for document in found)
        return {key for key in keys if word in texts[key]}

    return answer


ENGINES: dict[str, Callable[[Path, Collection, dict[tuple[int, int], str]], Answer]] = {
    "Whoosh": with_whoosh,
    "SQLite FTS5": with_sqlite,
    "tantivy": with_tantivy,
}


def words() -> list[str]:
    """The single words among the queries, normalised."""
    plain = (folding().text(written) for written in queries() if not set(written) & set(' ":-'))
    return list(dict.fromkeys(plain))


def size_of(folder: Path) -> int:
    """Bytes of a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def main(count: int) -> None:
    """Print a line for each engine."""
    with tempfile.TemporaryDirectory(prefix="reviewer-engines-") as place:
        folder = Path(place)
        made = {number: record for number, record, _ in corpus.records(count)}
        shards.write(folder / "data", ((number, number) for number in made), made.__getitem__)
        collection = load(folder)
        texts = {(each.index, one.index): whole(each.text_of(one)) for each in collection.dossiers for one in each.places}
        megabytes = sum(len(text.encode()) for text in texts.values()) / 1e6
        truth = {word: {key for key, text in texts.items() if word in text} for word in words()}
        print(f"{count} dossiers, {megabytes:.1f} MB as UTF-8, {len(texts)} places, {len(truth)} words of one to fourteen characters")
        for name, index in ENGINES.items():
            target = folder / name.replace(" ", "-")
            target.mkdir()
            start = time.process_time()
            answer = index(target, collection, texts)
            seconds = time.process_time() - start
            report(name, seconds / megabytes, size_of(target) / 1e6 / megabytes, *ask(answer, truth))
        scan = dict.fromkeys(truth, 0.0)
        for word in scan:
            start = time.perf_counter()
            sum(each.record.text.count(word) for each in collection.dossiers)
            scan[word] = 1000 * (time.perf_counter() - start)
        report("scan of the shards' text", 0.0, 0.0, list(scan.values()), len(truth))


def ask(answer: Answer, truth: dict[str, set[tuple[int, int]]]) -> tuple[list[float], int]:
    """Milliseconds of every word, and how many were answered exactly."""
    times, exact = [], 0
    for word, expected in truth.items():
        start = time.perf_counter()
        found = answer(word)
        times.append(1000 * (time.perf_counter() - start))
        exact += found == expected
    return times, exact


def report(name: str, seconds: float, size: float, times: Iterable[float], exact: int, **_: Any) -> None:
    """One line."""
    cuts = statistics.quantiles(times, n=100)
    print(f"  {name}: {seconds:.2f} s/MB, {size:.2f} MB/MB, p50 {cuts[49]:.1f}, p95 {cuts[94]:.1f} ms, exact {exact}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
