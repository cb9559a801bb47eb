"""Code tables (代碼表): what one-character codes in the export mean. The data stand in data/tables.toml, once."""

import functools
import tomllib
from collections.abc import Mapping
from importlib import resources
from types import MappingProxyType

from reviewer.model.text import Text


@functools.cache
def code_tables() -> Mapping[str, Mapping[str, Text]]:
    """All code tables by name, each from code to words."""
    text = resources.files("reviewer.model").joinpath("data/tables.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    return MappingProxyType(
        {name: MappingProxyType({code: Text(*words) for code, words in table.items()}) for name, table in tables.items()}
    )


def lookup(table: str, code: str) -> Text | None:
    """What a code means; None when the table does not have it. An unknown table is a programming error (KeyError)."""
    return code_tables()[table].get(code)
