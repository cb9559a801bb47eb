"""Renews the catalogues: every sentence of the pages' views, templates and scripts, with its translation where there is one.

Run by `make words`. A sentence that is no longer said goes; one whose Chinese changed is a new sentence, so that no old translation stands
beside it. What has no translation yet is listed, and the run fails.
"""

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

CHECKOUT = Path(__file__).resolve().parents[1]
CATALOGUES = CHECKOUT / "reviewer" / "render" / "locale"

PLACES = {
    "reviewer/render": ([("**.py", "python")], {}),
    "templates": (
        [("**.html", "jinja2")],
        {"**.html": {"newstyle_gettext": "true", "trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}},
    ),
    "themes": ([("**.js", "javascript")], {}),
}
"""Where sentences stand, and how each kind of file is read."""

KEYWORDS = {"_": None, "gettext": None, "say": None, "N_": None}
"""Functions whose first argument is a sentence."""

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
