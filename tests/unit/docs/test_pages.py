"""The documents for users: both languages, every link and picture there, every command that they name exists."""

import re
from pathlib import Path

import click
import pytest

from reviewer.cli.main import group
from tools.command_docs import commands

DOCS = Path(__file__).resolve().parents[3] / "docs"
PAGES = sorted(DOCS.glob("*.md"))
READERS = ("departments", "it", "registrars", "reviewers")
KNOWN = {context.command_path for _, context in commands(group, click.Context(group, info_name="reviewer"))}
GROUPS = {path.rpartition(" ")[0] for path in KNOWN} - {"reviewer"}
OPTIONS = {
    path: {name for option in command.params if isinstance(option, click.Option) for name in option.opts}
    for command, context in commands(group, click.Context(group, info_name="reviewer"))
    for path in [context.command_path]
}


def anchors(text: str) -> set[str]:
    """Places that GitHub's renderer gives to headings."""
    heads = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("reader", READERS)
def test_every_reader_has_a_page_in_both_languages_with_the_same_parts(reader: str) -> None:
    chinese, english = ((DOCS / f"{reader}.{language}.md").read_text(encoding="utf-8") for language in ("zh-TW", "en"))
    assert len(re.findall(r"^## ", chinese, re.MULTILINE)) == len(re.findall(r"^## ", english, re.MULTILINE))
    assert len(re.findall(r"^\|", chinese, re.MULTILINE)) == len(re.findall(r"^\|", english, re.MULTILINE))


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_links_and_pictures_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    targets = [target for target in re.findall(r"\]\(([^)\s]+)\)", text) if not target.startswith("http")]
    dead = []
    for target in targets:
        name, _, fragment = target.partition("#")
        file = page.parent / name if name else page
        if not file.exists() or (fragment and file.suffix == ".md" and fragment not in anchors(file.read_text(encoding="utf-8"))):
            dead.append(target)
    assert dead == []


def command_lines(text: str) -> list[str]:
    """What the page asks people to type: code in a line, and lines of console blocks; the page made from the commands aside."""
    return re.findall(r"`(reviewer [^`]+)`", text) + re.findall(r"^\$ (reviewer .+?)(?:\s{2,}#.*)?$", text, re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_commands_and_options_that_are_named_exist(page: Path) -> None:
    unknown = []
    for line in command_lines(page.read_text(encoding="utf-8")):
        words = line.split()
        path = next((" ".join(words[:length]) for length in (4, 3, 2) if " ".join(words[:length]) in {*KNOWN, *GROUPS}), "")
        options = re.findall(r"(?<![\w-])--[a-z][a-z-]*", line)
        unknown += [f"{path} {option}" for option in options if path in KNOWN and option not in OPTIONS[path]] if path else [line]
    assert unknown == []


def test_all_forty_four_questions_have_their_row() -> None:
    rows = re.findall(r"^\| (\d+) \| (.+) \| (.+) \| (.+) \|$", (DOCS / "questions.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert [int(row[0]) for row in rows] == list(range(1, 45))
    assert [row[0] for row in rows if " · " not in row[1] or " · " not in row[2]] == []
