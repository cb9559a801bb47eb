"""Options by which secrets come in: files and prompts, never words on the command line, which others on the machine can read."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from reviewer.cli.given_paths import GivenPath
from reviewer.intake.keys import needs_password, read_key
from reviewer.model.problem import ExitStatus, ProblemKind, Severity, Stop, Where
from reviewer.model.text import Text
from reviewer.site.delivery import age_keys
from reviewer.site.delivery.envelopes import Opening
from reviewer.site.delivery.statement import Signer

PASSPHRASE_FILE = ProblemKind(
    "delivery-passphrase-file",
    Severity.ERROR,
    Text("密語檔「{name}」無法讀取，或第一行是空的。", "The passphrase file “{name}” cannot be read, or its first line is empty."),
    Text("請將密語寫在 UTF-8 文字檔的第一行。", "Write the passphrase into the first line of a UTF-8 text file."),
)
NO_TERMINAL = ProblemKind(
    "delivery-no-terminal",
    Severity.ERROR,
    Text("沒有終端機，無法詢問密語或密碼。", "There is no terminal on which to ask for the passphrase or password."),
    Text("請改用 --passphrase-file，或使用沒有密碼的金鑰檔。", "Use --passphrase-file, or a key file without a password."),
)

_Function = TypeVar("_Function", bound=Callable[..., Any])
_PRIVATE_PEM = b"PRIVATE KEY-----"
_OPENSSH_PEM = b"-----BEGIN OPENSSH"
_LONGEST_LINE_CHARACTERS = 1024


def opening_options(function: _Function) -> _Function:
    """Add the options with which a container is opened."""
    key = click.option(
        "--key",
        "keys",
        type=GivenPath(dir_okay=False, path_type=Path),
        multiple=True,
        metavar="FILE",
        help="收件人的私鑰檔：reviewer keys new 的 .key、age 的金鑰檔、OpenSSH 私鑰；可重複。 / Recipient's private key: .key of reviewer keys new, age's, or OpenSSH's; may be repeated.",
    )
    return key(passphrase_options(function))


def passphrase_options(function: _Function) -> _Function:
    """Add `--passphrase` and `--passphrase-file`."""
    ask = click.option(
        "--passphrase", is_flag=True, help="以密語加密或解密，在終端機輸入。 / Lock or open by a passphrase, asked for on the terminal."
    )
    file = click.option(
        "--passphrase-file",
        type=GivenPath(dir_okay=False, allow_dash=True, path_type=Path),
        default=None,
        metavar="FILE",
        help="密語在這個檔案的第一行；- 為標準輸入。 / The passphrase is the first line of this file; - is standard input.",
    )
    return ask(file(function))


def passphrase(*, ask: bool, file: Path | None, anew: bool) -> str:
    """The passphrase, empty when none is wanted; `anew` asks for it twice. Raises `Stop`."""
    if file is not None:
        return _from_file(file)
    if not ask:
        return ""
    return _asked("密語 / Passphrase", twice=anew)


def opening(keys: tuple[Path, ...], *, ask: bool, file: Path | None) -> Opening:
    """With what a container may be opened. Raises `Stop`."""
    identities = tuple(identity for key in keys for identity in _identities(key))
    return Opening(identities=identities, passphrase=passphrase(ask=ask, file=file, anew=False))


def signer(path: Path | None) -> Signer | None:
    """Who signs; None when nobody is asked to. Raises `Stop`."""
    if path is None:
        return None
    key = read_key(path, _password(path))
    return Signer(private=key.private, name=key.signer)


def _identities(path: Path) -> tuple[age_keys.Identity, ...]:
    try:
        data = age_keys.read_key_file(path)
    except (OSError, ValueError):
        data = b""
    if _PRIVATE_PEM in data.partition(b"\n")[0] and not data.startswith(_OPENSSH_PEM):
        return (age_keys.own_identity(read_key(path, _password(path)).private),)
    return age_keys.identities(data, path)


def _password(path: Path) -> str:
    return _asked(f"私鑰密碼 / Password of {path.name}", twice=False) if needs_password(path) else ""


def _asked(words: str, *, twice: bool) -> str:
    if not sys.stdin.isatty():
        raise Stop(NO_TERMINAL.at(Where()), status=ExitStatus.USAGE)
    return str(click.prompt(words, hide_input=True, confirmation_prompt=twice, err=True))


def _from_file(path: Path) -> str:
    try:
        with click.open_file(str(path), encoding="utf-8-sig") as file:
            words = str(file.readline(_LONGEST_LINE_CHARACTERS)).rstrip("\r\n")
    except (OSError, UnicodeDecodeError):
        words = ""
    if not words:
        raise Stop(PASSPHRASE_FILE.at(Where(file=str(path)), name=path.name), status=ExitStatus.USAGE)
    return words
