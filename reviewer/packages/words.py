"""All words of a portfolio, for surveys of its characters."""

import dataclasses
from collections.abc import Iterator

from reviewer.model.attachment import FileLink
from reviewer.model.portfolio import Portfolio
from reviewer.model.problem import Problem


def words(portfolio: Portfolio) -> str:
    """Every text that a page could show of the portfolio, a line each: names, titles, abstracts, Markdown parts; no file content else."""
    parts = (portfolio.identity, portfolio.record, portfolio.outcomes, portfolio.performances, portfolio.uploads)
    return "\n".join(text for part in parts for text in _texts(part))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, FileLink):
        yield value.name
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type | Problem):
        for field in dataclasses.fields(value):
            yield from _texts(getattr(value, field.name))
