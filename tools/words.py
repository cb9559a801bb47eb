"""Renews the catalogues: every sentence of the pages' views, templates and scripts, with its translation where there is one.

Run by `make words`. A sentence that is no longer said goes; one whose Chinese changed is a new sentence, so that no old translation stands
beside it. What has no translation yet is listed, and the run fails.
"""

import ast
import io
import json
import re
import sys
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

CHECKOUT = Path(__file__).resolve().parents[1]
CATALOGUES = CHECKOUT / "reviewer" / "render" / "locale"

KEYWORDS = {"_": None, "gettext": None, "say": None, "N_": None}
"""Functions whose first argument is a sentence."""

Found = Iterator[tuple[int, str, str, list[str]]]
"""Line, function, sentence, comments: what Babel takes from a method of extraction."""


def of_python(file: IO[bytes], keywords: Collection[str], _tags: object, options: object) -> Found:
    """Sentences of Python, also of a call within another call, which Babel's own method passes over."""
    del options
    for node in ast.walk(ast.parse(file.read())):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id if isinstance(node.func, ast.Name) else ""
            if name in keywords:
                yield node.lineno, name, node.args[0].value, []


_COMMENT = re.compile(r"(?:^|\s)//[^\n]*|/\*.*?\*/", re.MULTILINE | re.DOTALL)
_SAID = re.compile(r"(?<![\w#])(say|N_)\(\s*(\"(?:[^\"\\]|\\.)*\")")


def of_script(file: IO[bytes], _keywords: object, _tags: object, options: object) -> Found:
    """Sentences of our scripts, which say them in double quotes; Babel's own method loses its way among template literals and nested calls."""
    del options
    text = _COMMENT.sub("", file.read().decode("utf-8"))
    for match in _SAID.finditer(text):
        yield text.count("\n", 0, match.start()) + 1, match[1], json.loads(match[2]), []


PLACES: dict[str, tuple[list[tuple[str, Any]], dict[str, dict[str, str]]]] = {
    "reviewer/render": ([("**.py", of_python)], {}),
    "templates": (
        [("**.html", "jinja2")],
        {"**.html": {"newstyle_gettext": "true", "trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}},
    ),
    "themes": ([("**.js", of_script)], {}),
}
"""Where sentences stand, and how each kind of file is read."""

HEADER = """\
# What pages say, in {language}. Kept by `make words`; the source is Traditional Chinese, and each sentence of it is its own id.
# `{{n}}` and `%(n)s` stand for values; `{{n|item|items}}` is the word for one and for any other number."""


def template() -> Catalog:
    """Every sentence of the source, by file and in the order of the files."""
    found = Catalog(charset="utf-8")
    for place, (methods, options) in PLACES.items():
        extracted = extract_from_dir(CHECKOUT / place, methods, options, KEYWORDS)
        for file, _line, message, comments, _context in sorted(extracted, key=lambda each: (each[0], each[1])):
            found.add(message, locations=[(f"{place}/{file}", 1)], auto_comments=comments)
    return found


def renewed(path: Path) -> Catalog:
    """A language's catalogue, brought to what the source says."""
    language = path.parents[1].name
    with path.open("rb") as file:
        former = read_po(file, locale=language)
    made = Catalog(locale=language, charset="utf-8", header_comment=HEADER.format(language=language))
    for message in template():
        if message.id:
            known = former.get(message.id)
            places = sorted({(name, 1) for name, _line in message.locations})
            made.add(message.id, known.string if known else "", locations=places)
    return made


def as_bytes(catalogue: Catalog) -> bytes:
    """The file: files named without lines, nothing wrapped, no dates, so that it changes only when a sentence does."""
    target = io.BytesIO()
    write_po(target, catalogue, width=0, omit_header=True, include_lineno=False, sort_by_file=False)
    head = (
        catalogue.header_comment
        + '\nmsgid ""\nmsgstr ""\n'
        + f'"Language: {catalogue.locale}\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    )
    content: bytes = head.encode() + target.getvalue()
    return content


def catalogues() -> tuple[Path, ...]:
    """The files of all languages."""
    return tuple(sorted(CATALOGUES.glob("*/LC_MESSAGES/reviewer.po")))


def main() -> int:
    """Renew all catalogues; 1 when a sentence has no translation."""
    missing = 0
    for path in catalogues():
        made = renewed(path)
        path.write_bytes(as_bytes(made))
        for message in made:
            if message.id and not message.string:
                missing += 1
                print(f"{path.relative_to(CHECKOUT)}: {message.id}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
