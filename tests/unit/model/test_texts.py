"""Every sentence of the product for people is in both languages: pairs of words, kinds of problems, what the command line prints."""

import ast
import importlib
import itertools
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import reviewer
from reviewer.model.problem import ProblemKind
from reviewer.model.text import PLURAL, Text

ROOT = Path(reviewer.__file__).parent
HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
WORD = re.compile("[A-Za-z]{2}")
PLACE = re.compile(r"\{(\w*)[^{}]*\}")
OF_A_LANGUAGE = re.compile("_(zh|en)$")
"""Ends of the names of values that have a language: `{kind_zh}` beside `{kind_en}`."""
STOPS = re.compile("[。，；？！]$")
"""Chinese marks that end a sentence; quoted names of columns and files may stand within an English one."""


@dataclass(frozen=True)
class Pair:
    """Two literals that stand for one sentence, and where."""

    where: str
    zh: str
    en: str


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(ROOT.rglob("*.py")):
        yield path.relative_to(ROOT.parent).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def literal(node: ast.expr) -> str | None:
    """A literal as it stands, values as `{}`, words that go by a number in the plural; None for anything that is computed."""
    if isinstance(node, ast.Constant):
        return PLURAL.sub(r"\3", node.value) if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else nouns(part) for part in node.values)
    return None


def nouns(part: ast.expr) -> str:
    """A value within a literal: `{}`, with the noun where it is a number with one."""
    value = part.value if isinstance(part, ast.FormattedValue) else None
    words = literal(value.args[1]) if isinstance(value, ast.Call) and called(value) == "number_of" else None
    return "{}" if words is None else f"{{}} {words}"


def called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else node.func.attr if isinstance(node.func, ast.Attribute) else ""


def pairs() -> Iterator[Pair]:
    for name, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and called(node) == "Text" and len(node.args) == 2:
                zh, en = map(literal, node.args)
                if zh is not None and en is not None:
                    yield Pair(f"{name}:{node.lineno}", zh, en)


def faults(pair: Pair) -> list[str]:
    """What is wrong with a pair; nothing is, where both say nothing, and where only values and marks stand in both."""
    zh, en = PLACE.sub("", pair.zh).strip(), PLACE.sub("", pair.en).strip()
    found = []
    if bool(pair.zh.strip()) != bool(pair.en.strip()):
        found.append("one language is empty")
    if zh == en and (HAN.search(zh) or WORD.search(en)):
        found.append("both languages say the same")
    if HAN.search(zh) and not WORD.search(en):
        found.append("the English has no English word")
    if STOPS.search(en):
        found.append("the English ends with a Chinese mark")
    return found


def test_every_pair_of_words_has_both_languages() -> None:
    found = list(pairs())
    assert len(found) > 800
    assert [(pair.where, fault, pair.zh, pair.en) for pair in found for fault in faults(pair)] == []


@pytest.mark.parametrize(
    ("zh", "en"),
    [("檔案太大。", ""), ("檔案太大。", "檔案太大。"), ("", "Too large."), ("large", "large"), ("太大。", "{n}"), ("太大", "too large，")],
)
def test_the_test_sees_what_lacks_a_language(zh: str, en: str) -> None:
    assert faults(Pair("x", zh, en))


def test_words_that_are_said_to_be_the_same_in_both_languages_are_no_sentence_of_ours() -> None:
    """`both` is for what was sent, names and numbers; a literal of ours in it would be one language for two."""
    found = [
        (f"{name}:{node.lineno}", words)
        for name, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and called(node) == "both" and node.args
        for words in [literal(node.args[0])]
        if words is not None and (HAN.search(PLACE.sub("", words)) or len(WORD.findall(PLACE.sub("", words))) > 1)
    ]
    assert found == []


def kinds() -> dict[str, ProblemKind]:
    for module in pkgutil.walk_packages(reviewer.__path__, "reviewer."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    return ProblemKind.registry


def sentence(text: Text) -> bool:
    """Whether both languages say something, by themselves or by a value."""
    return bool(text.zh.strip() and text.en.strip())


def test_every_kind_of_problem_says_what_is_wrong_and_what_to_do_in_both_languages() -> None:
    declared = [kind for kind in kinds().values() if "-of-a-test" not in kind.code]
    assert len(declared) > 200
    assert [kind.code for kind in declared if not (sentence(kind.what) and sentence(kind.remedy))] == []


def test_both_languages_of_a_problem_tell_the_same_facts() -> None:
    def places(words: str) -> set[str]:
        return {OF_A_LANGUAGE.sub("", place) for place in PLACE.findall(words)}

    apart = [
        (kind.code, text.zh, text.en)
        for kind in kinds().values()
        for text in (kind.what, kind.remedy)
        if places(text.zh) != places(text.en)
    ]
    assert apart == []


def english(words: str) -> bool:
    """Whether there is an English word, beside values and marks of colour."""
    return WORD.search(re.sub(r"\[/?\w*\]", "", PLACE.sub("", words))) is not None


def printed(statement: ast.stmt | None) -> str | None:
    """The literal that a statement prints."""
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call) and statement.value.args:
        return literal(statement.value.args[0]) if called(statement.value) in ("echo", "print", "secho") else None
    return None


def in_one_language(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Chinese that is printed with no English in it and none on the next line, and helps of options without English."""
    for node in ast.walk(tree):
        for body in (getattr(node, "body", None), getattr(node, "orelse", None)):
            statements = body if isinstance(body, list) else []
            for statement, following in itertools.zip_longest(statements, statements[1:]):
                words, beside = printed(statement), printed(following) or ""
                if words is not None and HAN.search(words) and not english(words) and (HAN.search(beside) or not english(beside)):
                    yield statement.lineno, words
        for keyword in node.keywords if isinstance(node, ast.Call) else ():
            words = literal(keyword.value) if keyword.arg in ("help", "short_help", "epilog") else None
            if words is not None and HAN.search(words) and not english(words):
                yield keyword.value.lineno, words


def test_the_command_line_speaks_both_languages() -> None:
    commands = [(name, tree) for name, tree in modules() if name.startswith("reviewer/cli/")]
    assert len(commands) > 15
    assert [(name, *found) for name, tree in commands for found in in_one_language(tree)] == []


def test_the_test_hears_what_is_printed_in_one_language() -> None:
    alone = 'print(f"另有 {n} 份。")'
    assert list(in_one_language(ast.parse(alone))) == [(1, "另有 {} 份。")]
    assert list(in_one_language(ast.parse(f'{alone}\nprint("擱置")'))) == [(1, "另有 {} 份。"), (2, "擱置")]
    assert list(in_one_language(ast.parse(f'{alone}\nprint(f"{{n}} more.")'))) == []
    assert list(in_one_language(ast.parse('print("另有 / more")'))) == []
    assert list(in_one_language(ast.parse('option(help="輸出")'))) == [(1, "輸出")]
