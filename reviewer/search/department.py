"""Searching one department's folder in the terminal: the shards that browsers read, with the same formula."""

from pathlib import Path

from reviewer.search.answers import Answer, answer
from reviewer.search.collection import load
from reviewer.search.query import parse
from reviewer.search.ranking import evaluate


def search(folder: Path, written: str) -> Answer:
    """Answer a query over SITE/CODE. Raises `Stop` when the folder cannot be searched at all."""
    collection, query = load(folder), parse(written)
    problems = (*query.problems(), *collection.problems)
    if query.error:
        return Answer(dossiers=(), facets={}, problems=problems, understood=False)
    code = folder.resolve().name
    return answer(((code, found) for found in evaluate(collection, query)), query.terms, problems)
