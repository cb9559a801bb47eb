"""Paths that a person gave: pipes are refused before they are waited for, errors of the system are sentences, the program's own stay what they are."""

import errno
import os
from pathlib import Path

import click
import pytest

from reviewer.cli import main
from reviewer.model.problem import ExitStatus

LONG = "x" * 300


@pytest.fixture
def pipe(tmp_path: Path) -> str:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    return str(path)


@pytest.mark.parametrize(
    "command",
    [
        ["deliver", "apply", "PIPE", "folder"],
        ["deliver", "apply", "x.age", "folder", "--passphrase-file", "PIPE"],
        ["deliver", "apply", "x.age", "folder", "--key", "PIPE"],
        ["intake", "transfer", "read", "PIPE", "--into", "uploads"],
        ["intake", "check", "PIPE"],
        ["intake", "check", "/dev/null"],
        ["intake", "pack", "PIPE", "--out", "x"],
    ],
    ids=" ".join,
)
def test_what_is_neither_file_nor_folder_is_not_waited_for(command: list[str], pipe: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.run([pipe if word == "PIPE" else word for word in command]) == ExitStatus.USAGE
    said = capsys.readouterr().err
    assert "不是一般檔案。" in said or "不是資料夾。" in said


def test_a_pipe_that_the_shell_has_open_is_read(capsys: pytest.CaptureFixture[str]) -> None:
    source, sink = os.pipe()
    os.write(sink, b"correct horse battery staple\n")
    os.close(sink)
    assert main.run(["deliver", "apply", "missing.age", "folder", "--passphrase-file", f"/dev/fd/{source}"]) == ExitStatus.NOTHING
    assert "一般檔案" not in capsys.readouterr().err
    os.close(source)


@pytest.mark.parametrize(
    "command",
    [["build", LONG, "--out", "o"], ["verify", LONG], ["preview", LONG], ["init", LONG], ["fonts", "check", LONG], ["intake", "practice", LONG],
     ["cache", "info", "--cache", LONG], ["build", "LOOP", "--out", "o"], ["verify", "LOOP"]],
    ids=" ".join,
)  # fmt: skip
def test_a_path_that_cannot_be_is_a_sentence(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("LOOP").symlink_to("LOOP")
    assert main.run(command) == ExitStatus.USAGE
    said = capsys.readouterr().err
    assert "未預期" not in said
    assert "（名稱太長）" in said or "（連結繞成一圈）" in said


def test_the_home_of_nobody_is_a_path_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.run(["verify", "~no-such-person/x"]) == ExitStatus.NOTHING
    assert "找不到「~no-such-person/x」" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (
            PermissionError(errno.EACCES, "Permission denied", "site/001012/SHA256SUMS"),
            "錯誤 無法使用「site/001012/SHA256SUMS」（沒有權限）。",
        ),
        (OSError(errno.ENOSPC, "No space left on device"), "錯誤 無法使用「…」（磁碟已滿）。"),
        (FileNotFoundError(errno.ENOENT, "No such file", str(Path(main.__file__).parent / "gone.py")), "未預期的錯誤（FileNotFoundError"),
        (OSError("something of a library"), "未預期的錯誤（OSError"),
    ],
)
def test_errors_over_paths_are_sentences_wherever_they_are_met(
    error: OSError, words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def failing() -> None:
        raise error

    monkeypatch.setattr(main.Commands, "get_command", lambda *_: click.Command("failing", callback=failing))
    assert main.run(["failing"]) == ExitStatus.NOTHING
    assert words in capsys.readouterr().err
