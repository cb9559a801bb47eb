"""The one handler: sentences and exit statuses."""

import subprocess
import sys

import click
import pytest

from reviewer import __version__
from reviewer.cli import main
from reviewer.model.problem import ExitStatus


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.run(["--version"]) == 0
    assert capsys.readouterr().out == f"reviewer, version {__version__}\n"


@pytest.mark.parametrize("name", sorted(main.COMMANDS))
def test_every_command_has_help_that_explains_each_option(name: str) -> None:
    command = main.Commands().get_command(click.Context(main.group), name)
    assert command is not None
    commands = list(command.commands.values()) if isinstance(command, click.Group) else [command]
    for each in (command, *commands):
        assert each.help
        assert [option.name for option in each.params if isinstance(option, click.Option) and not option.help] == []


def test_no_command_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.run([]) == ExitStatus.USAGE
    assert "Commands:" in capsys.readouterr().err


def failing() -> None:
    raise RuntimeError("something nobody foresaw")


def test_a_file_that_ends_too_early_is_no_interruption(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Python calls both `EOFError`: what a torn file gives, and Ctrl-D at a prompt."""

    def torn() -> None:
        raise EOFError("Compressed file ended before the end-of-stream marker was reached")

    monkeypatch.setattr(main.Commands, "get_command", lambda *_: click.Command("torn", callback=torn))
    assert main.run(["torn"]) == ExitStatus.NOTHING
    said = capsys.readouterr().err
    assert "已中斷" not in said
    assert "EndOfFile" in said


@pytest.mark.parametrize("debug", [False, True])
def test_an_unexpected_error_is_a_sentence_and_a_traceback_only_with_debug(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, debug: bool
) -> None:
    monkeypatch.setattr(main.group, "main", lambda *_arguments, **_options: failing())
    assert main.run(["--debug"] if debug else []) == ExitStatus.NOTHING
    words = capsys.readouterr().err
    assert "程式發生未預期的錯誤（RuntimeError：something nobody foresaw）" in words
    assert ("Traceback" in words) is debug


def test_ctrl_c_is_a_sentence(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_arguments: object, **_options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(main.group, "main", interrupted)
    assert main.run([]) == 130
    assert capsys.readouterr().err == "已中斷；先前的結果沒有變動。 / Interrupted; what stood before is untouched.\n"


def test_a_reader_that_goes_away_is_no_error() -> None:
    command = f"{sys.executable} -m reviewer build --help | head -c 1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_starting_imports_nothing_that_draws() -> None:
    """`reviewer --help` must come at once."""
    code = "import sys; from reviewer.cli.main import run; run(['--version']); print(sorted({'weasyprint', 'pikepdf', 'av'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
