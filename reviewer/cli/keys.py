"""`reviewer keys`: key pairs of schools that sign packages and of those who send and receive deliveries; which public keys a university trusts."""

import re
import sys
from pathlib import Path

import click

from reviewer.intake.keys import new_keys
from reviewer.model.problem import ExitStatus
from reviewer.packages.signature import fingerprint, trusted_keys

_NAME = re.compile(r"[0-9A-Za-z\u4e00-\u9fff._-]{1,60}")


@click.group()
def keys() -> None:
    """簽章與收件用的金鑰。 / Keys to sign with and to receive deliveries with."""


@keys.command("new")
@click.argument("name")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    show_default="目前資料夾 / current folder",
    help="放在哪裡。 / Where they go.",
)
@click.option(
    "--password/--no-password",
    "locked",
    default=True,
    show_default=True,
    help="私鑰是否加密碼。 / Whether the private key is locked by a password.",
)
def new(*, name: str, out: Path, locked: bool) -> ExitStatus:
    """產生一對金鑰：NAME.key 自己保管，NAME.pem 交給對方（簽章資料包或遞送檔，或收件）。 / Make a key pair to sign or to receive with: NAME.key stays with you, NAME.pem goes to the others."""
    if not _NAME.fullmatch(name) or name.startswith("."):
        raise click.UsageError(
            "名稱請用中英文、數字、點、底線與連字號。 / Use letters, digits, dots, underscores and hyphens for the name."
        )
    words = "私鑰密碼 / Password of the private key"
    if locked and not sys.stdin.isatty():
        raise click.UsageError(
            "這裡無法輸入密碼；請在終端機執行，或加上 --no-password。 / A password cannot be typed here: run this in a terminal, or add --no-password."
        )
    password = str(click.prompt(words, hide_input=True, confirmation_prompt=True, err=True)) if locked else ""
    private, public, mark = new_keys(out, name, password)
    click.echo(f"私鑰 / private  {private}（請妥善保管，勿外傳 / keep it, give it to nobody）")
    click.echo(f"公鑰 / public   {public}（交給對方：大學放進 site_config/keys/，辦公室用於 --recipient")
    click.echo("                 / for the others: a university puts it into site_config/keys/, an office names it with --recipient）")
    click.echo(f"指紋 / fingerprint  {mark}")
    return ExitStatus.WELL


@keys.command("show")
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    default=Path("site_config"),
    show_default=True,
    help="設定資料夾。 / The configuration folder.",
)
def show(*, config: Path) -> ExitStatus:
    """列出信任的公鑰與指紋。 / List the trusted public keys with their fingerprints."""
    found = trusted_keys(config / "keys")
    for key in found:
        click.echo(f"{key.name}  {fingerprint(key.raw)}")
    if not found:
        click.echo(
            f"{config}/keys 裡沒有公鑰；把學校的 .pem 放進去即可。 / No public keys in {config}/keys; put schools' .pem files there."
        )
    return ExitStatus.WELL
