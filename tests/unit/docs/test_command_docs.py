"""Every command and option stands in docs/commands.md, each with words in both languages."""

import subprocess
import sys
from pathlib import Path

import click
import pytest

from reviewer.cli.main import group
from tools.command_docs import commands, document

ROOT = Path(__file__).resolve().parents[3]
ALL = {context.command_path: command for command, context in commands(group, click.Context(group, info_name="reviewer"))}


def test_the_page_is_what_the_commands_say() -> None:
    check = subprocess.run([sys.executable, "tools/command_docs.py", "--check"], cwd=ROOT, check=False, capture_output=True, text=True)
    assert (check.returncode, check.stderr) == (0, ""), "docs/commands.md is not current: python tools/command_docs.py"


def test_the_page_tells_defaults_and_what_is_needed() -> None:
    words = document()
    assert "報告放在哪裡。 / Where the report goes. [預設 / default: out/intake] |" in words
    assert "封裝結果放在哪裡。 / Where the packages go. [必填 / needed] |" in words
    assert "[預設 / default: (處理器數 / number of processors)] |" in words, "the same page on every machine"


@pytest.mark.parametrize("path", ALL)
def test_commands_say_what_they_do_in_both_languages(path: str) -> None:
    first = (ALL[path].help or "").split("\n\n")[0]
    assert " / " in first, first
    assert any("\u4e00" <= character <= "\u9fff" for character in first)


@pytest.mark.parametrize("path", ALL)
def test_options_say_what_they_do_in_both_languages(path: str) -> None:
    silent = [
        option.name
        for option in ALL[path].params
        if isinstance(option, click.Option) and " / " not in (option.help or "") and option.name != "help"
    ]
    assert silent == []
