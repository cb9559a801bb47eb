"""Options of `reviewer departments new`, and the questions in their place on a terminal."""

import sys
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])

_LISTS = {
    "outcomes": ("課程學習成果的代碼，以逗號分隔，例如 B,C / Course outcomes, such as B,C", ""),
    "performances": ("多元表現的代碼，例如 F,J / Performances, such as F,J", ""),
    "statements": ("學習歷程自述的代碼，例如 O,P,Q / Statements, such as O,P,Q", ""),
}


def taking(command: Command) -> Command:
    """Add the options that say what the department takes."""
    options = [
        click.option("--name", help="校系名稱。 / The department's name."),
        click.option("--name-en", help="英文名稱。 / Its name in English."),
        click.option("--field", help="學群。 / Field of study."),
        click.option("--code-set", help="代碼種類；省略時用 site.toml 的。 / Code set; site.toml's when left out."),
        click.option("--university-code", help="大學代碼；省略時用 site.toml 的。 / University code; site.toml's when left out."),
        click.option("--university-name", help="大學名稱；省略時用 site.toml 的。 / University name; site.toml's when left out."),
        click.option("--course-record/--no-course-record", default=None, help="是否採計修課紀錄。 / Whether the course record is taken."),
        *(click.option(f"--{key}", help=f"{words[0]}.") for key, words in _LISTS.items()),
        click.option("--summary/--no-summary", default=None, help="是否採計多元表現綜整心得。 / Whether the reflection is taken."),
        click.option(
            "--other",
            "others",
            multiple=True,
            metavar="CODE=NAME",
            help="校系自訂項目，例如 R=個人資料表，可重複。 / An item of its own; may be repeated.",
        ),
        click.option("--mask", "masks", multiple=True, help="name、school、low_income、photo，可重複。 / What is masked; may be repeated."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def department_settings(given: Mapping[str, Any]) -> dict[str, Any]:
    """Settings of a department file from the options, with questions for what they leave open."""
    settings: dict[str, Any] = {}
    name = given["name"] if given["name"] is not None else _ask("校系名稱 / Name", "")
    english = given["name_en"] if given["name_en"] is not None else _ask("英文名稱（可空白） / English name", "")
    settings["name"] = {"zh": name, "en": english} if english else name
    settings["field"] = given["field"] if given["field"] is not None else _ask("學群（可空白） / Field", "")
    settings |= {key: given[key] for key in ("code_set", "university_code", "university_name") if given[key]}
    for key, words in (("course_record", "採計修課紀錄？ / Course record?"), ("summary", "採計多元表現綜整心得？ / Reflection?")):
        settings[key] = given[key] if given[key] is not None else _confirm(words)
    for key, (words, usual) in _LISTS.items():
        settings[key] = _codes(given[key] if given[key] is not None else _ask(words, usual))
    own = given["others"] or tuple(part for part in _ask("其他，例如 R=個人資料表;S=…（可空白） / Others", "").split(";") if part)
    settings["others"] = [{"code": code.strip(), "name": name.strip()} for code, _, name in (part.partition("=") for part in own)]
    settings["masks"] = list(given["masks"])
    return settings


def _codes(words: str) -> list[str]:
    plain = words.replace("、", ",").replace("，", ",").replace(" ", ",")
    return [code.strip().upper() for code in plain.split(",") if code.strip()]


def _ask(words: str, usual: str) -> str:
    return str(click.prompt(words, default=usual, show_default=bool(usual))) if sys.stdin.isatty() else ""


def _confirm(words: str) -> bool:
    return click.confirm(words, default=True) if sys.stdin.isatty() else False
