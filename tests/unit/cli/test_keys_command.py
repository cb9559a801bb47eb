"""`reviewer keys new` where nobody can type a password."""

from pathlib import Path

import pytest

from reviewer.cli.main import run
from reviewer.model.problem import ExitStatus


def test_without_a_terminal_a_password_is_not_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Path("/dev/null").open(encoding="utf-8") as nobody:
        monkeypatch.setattr("sys.stdin", nobody)
        assert run(["keys", "new", "wang", "--out", str(tmp_path)]) == ExitStatus.USAGE
    assert "A password cannot be typed here: run this in a terminal, or add --no-password." in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_both_uses_of_a_public_key_are_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["keys", "new", "wang", "--no-password", "--out", str(tmp_path)]) == ExitStatus.WELL
    said = capsys.readouterr().out
    assert "a university puts it into site_config/keys/, an office names it with --recipient" in said
    assert sorted(path.name for path in tmp_path.iterdir()) == ["wang.key", "wang.pem"]
