"""`reviewer verify`: whether packages, built sites and deliveries are what they were."""

import json
from collections import Counter
from pathlib import Path

import click
from rich.markup import escape

from reviewer.cli import secret_options, terminal
from reviewer.model.canonical import plain
from reviewer.model.problem import ExitStatus, Problem, Severity
from reviewer.model.text import number_of
from reviewer.packages import verifying
from reviewer.packages.discovery import discover
from reviewer.packages.signature import trusted_keys
from reviewer.packages.verifying import SIGNATURE_VALID
from reviewer.site import sums
from reviewer.site.delivery import envelopes
from reviewer.site.delivery.verifying import verify_container, verify_folder


@click.command()
@click.argument("path", type=str)
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    default=Path("site_config"),
    show_default=True,
    help="設定資料夾；其 keys/ 是信任的公鑰。 / Configuration; its keys/ holds the trusted public keys.",
)
@secret_options.opening_options
@click.option("--json", "as_json", is_flag=True, help="只印出一個 JSON 物件。 / Print one JSON object and nothing else.")
def verify(*, path: str, config: Path, keys: tuple[Path, ...], passphrase: bool, passphrase_file: Path | None, as_json: bool) -> ExitStatus:
    """核對匯出資料、做好的網站或遞送檔。 / Check packages, a built site or a delivery.

    PATH is an export or a package (bags' hashes, every part's shape, every file that is named), or a built site or department (every file
    against SHA256SUMS: altered, missing and added files are named; a delivered folder's signature), or a container of `reviewer deliver`, which is
    opened with --key or a passphrase. Exit status 0: all well; 3: something was found; 1: PATH cannot be read; 2: wrong usage.
    """
    trusted = trusted_keys(config / "keys")
    folders, gone = sums.departments(Path(path))
    if is_delivery(Path(path)):
        opening = secret_options.opening(keys, ask=passphrase, file=passphrase_file)
        kind = "delivery"
        count, delivered = verify_container(Path(path), opening, trusted)
        problems = list(delivered)
    elif folders or gone:
        kind, count, problems = "site", 0, list(gone)
        for folder in folders:
            files, found = verify_folder(folder, trusted)
            count += files
            problems += found
    else:
        discovery = discover(path, trusted)
        kind, count, problems = "packages", len(discovery.packages), list(discovery.problems)
        for address in discovery.packages:
            problems += verifying.verify(address)
    faulty = any(problem.severity is not Severity.NOTE for problem in problems) if kind != "packages" else _has_errors(problems)
    status = ExitStatus.SOME if faulty else ExitStatus.WELL
    if as_json:
        answer = {"status": int(status), "kind": kind, "checked": count, "problems": [plain(problem) for problem in problems]}
        click.echo(json.dumps(answer, ensure_ascii=False))
    else:
        _print(kind, count, problems, status)
    return status


def is_delivery(path: Path) -> bool:
    """Whether a file is a container of `reviewer deliver`."""
    try:
        return path.is_file() and envelopes.form_of(path) is not None
    except OSError:
        return False


def _has_errors(problems: list[Problem]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in problems)


def _print(kind: str, count: int, problems: list[Problem], status: ExitStatus) -> None:
    console = terminal.SafeConsole(highlight=False, soft_wrap=True)
    what = f"{count:,} 個檔案" if kind != "packages" else f"{count:,} 份資料"
    counted = "、".join(
        f"{severity.label.zh} {number}" for severity in Severity if (number := sum(p.severity is severity for p in problems))
    )
    verdict = "都與當初相同。" if kind != "packages" else "都可以使用。"
    said = "all well" if status is ExitStatus.WELL else "something was found"
    console.print(
        f"已核對 {what}：{verdict if status is ExitStatus.WELL else '發現問題。'}{f'（{counted}）' if counted else ''}", style="bold"
    )
    console.print(f"Verified: {number_of(count, 'package' if kind == 'packages' else 'file')}; {said}.", style="dim")
    signers = Counter(problem.what for problem in problems if problem.code == SIGNATURE_VALID.code)
    for words, number in sorted(signers.items(), key=lambda item: item[0].zh):
        console.print(escape(f"{number:,} 份：{words.zh}"))
        console.print(escape(f"  {number:,}: {words.en}"), style="dim")
    for problem in problems:
        if problem.code == SIGNATURE_VALID.code:
            continue
        terminal.print_problem(console, problem)
