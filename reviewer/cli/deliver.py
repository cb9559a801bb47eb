"""`reviewer deliver`: one encrypted container per committee; `reviewer deliver apply`: what the reviewer does with it."""

import json
from pathlib import Path

import click

from reviewer.cli import secret_options, terminal
from reviewer.cli.given_paths import GivenPath
from reviewer.model.canonical import plain
from reviewer.model.problem import ExitStatus, Problem, ProblemKind, Severity, Stop, Where
from reviewer.model.text import Text
from reviewer.packages.signature import trusted_keys
from reviewer.site.delivery import age_keys, applying, envelopes, making
from reviewer.site.delivery.applying import Applied, Wish
from reviewer.site.delivery.envelopes import Form, Lock
from reviewer.site.delivery.making import Delivered, Order

ONE_LOCK = ProblemKind(
    "delivery-lock-choice",
    Severity.ERROR,
    Text("請以收件人公鑰或密語二者之一加密。", "A container is locked either for recipients' keys or by a passphrase."),
    Text(
        "加上 --recipient（可重複），或 --passphrase、--passphrase-file 其中之一。",
        "Add --recipient (it may be repeated), or one of --passphrase and --passphrase-file.",
    ),
)
ZIP_RECIPIENT = ProblemKind(
    "delivery-zip-recipient",
    Severity.ERROR,
    Text("zip 只能以密語加密，不能使用 --recipient。", "A zip can be locked by a passphrase only, not with --recipient."),
    Text("請改用 --passphrase，或去掉 --format zip。", "Use --passphrase, or leave out --format zip."),
)
SHORT_PASSPHRASE = ProblemKind(
    "delivery-short-passphrase",
    Severity.ERROR,
    Text("密語太短：{form} 格式至少 {least} 個字元。", "The passphrase is too short: for the {form} format it takes {least} characters."),
    Text("建議用五、六個不相關的詞組成。", "Five or six unrelated words make a good one."),
)

_JSON = click.option("--json", "as_json", is_flag=True, help="只印出一個 JSON 物件。 / Print one JSON object and nothing else.")


class _Deliver(click.Group):
    """A group that is a command itself: `deliver SITE` makes, `deliver apply` applies."""

    allow_interspersed_args = True

    def make_context(self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: object) -> click.Context:
        """Hand `apply` over to its own command."""
        if args[:1] == ["apply"]:
            # A plain group stands for this one, whose own argument would be named in the usage.
            outer = click.Context(click.Group(info_name), info_name=info_name, parent=parent)
            return self.commands["apply"].make_context("apply", args[1:], parent=outer)
        return super().make_context(info_name, args, parent, **extra)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse as a plain command."""
        return click.Command.parse_args(self, ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Run as a plain command."""
        return click.Command.invoke(self, ctx)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Describe the usage as a plain command's."""
        return click.Command.collect_usage_pieces(self, ctx)


@click.group(cls=_Deliver, invoke_without_command=True, no_args_is_help=False)
@click.argument("site", type=click.Path(path_type=Path))
@click.option(
    "--to",
    "target",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    metavar="FILE",
    help="遞送檔。 / The container to write.",
)
@click.option("--overwrite", is_flag=True, help="遞送檔已經存在時覆寫。 / Overwrite a container that exists.")
@click.option(
    "--department", default="", metavar="CODE", help="SITE 是整個網站時，要遞送的校系。 / The department, when SITE is a whole site."
)
@click.option(
    "--recipient",
    "recipients",
    multiple=True,
    metavar="KEY|FILE",
    help="收件人的公鑰：age1…、ssh-ed25519 …，或公鑰檔（reviewer keys new 的 .pem）；可重複。 / Recipient's public key, or a file of them (.pem of reviewer keys new); may be repeated.",
)
@secret_options.passphrase_options
@click.option(
    "--format",
    "form",
    type=click.Choice(("age", "zip")),
    default="age",
    show_default=True,
    help="zip：AES-256，7-Zip 可開。 / zip: AES-256, for 7-Zip.",
)
@click.option(
    "--sign",
    type=click.Path(dir_okay=False, path_type=Path),
    default=None,
    metavar="FILE",
    help="以此私鑰簽章（reviewer keys new 的 .key）。 / Sign with this private key (.key of reviewer keys new).",
)
@click.option(
    "--since",
    type=click.Path(path_type=Path),
    default=None,
    metavar="OLD",
    help="只遞送與此不同的檔案：先前的 SHA256SUMS、資料夾或遞送檔。 / Only what differs from this: an earlier SHA256SUMS, folder or container.",
)
@click.option(
    "--since-key",
    type=click.Path(dir_okay=False, path_type=Path),
    multiple=True,
    metavar="FILE",
    help="打開先前遞送檔的私鑰。 / Private key that opens the earlier container.",
)
@click.option(
    "--since-passphrase-file",
    type=click.Path(dir_okay=False, path_type=Path),
    default=None,
    metavar="FILE",
    help="打開先前遞送檔的密語。 / Passphrase that opens the earlier container.",
)
@_JSON
def deliver(
    *,
    site: Path,
    target: Path,
    overwrite: bool,
    department: str,
    recipients: tuple[str, ...],
    passphrase: bool,
    passphrase_file: Path | None,
    form: Form,
    sign: Path | None,
    since: Path | None,
    since_key: tuple[Path, ...],
    since_passphrase_file: Path | None,
    as_json: bool,
) -> ExitStatus:
    """把一個校系的資料夾加密成一個遞送檔。 / Seal a department's folder into one encrypted container.

    SITE is a department's folder (SITE/CODE), or a whole site with --department. Every file is compared with SHA256SUMS on its way; the
    container appears whole or not at all. `reviewer deliver apply FILE DIR` unpacks it or brings DIR to the new state. Exit status 0: all well;
    3: files that SHA256SUMS does not name were left out; 1: no container was made; 2: wrong usage.
    """
    _check_choice(form, recipients, locks=int(bool(recipients)) + int(passphrase) + int(passphrase_file is not None))
    folder = making.find_department(site, department)
    if not overwrite:
        making.refuse_standing(target)
    keys = tuple(key for value in recipients for key in age_keys.recipients(value))
    old = making.older_state(since, secret_options.opening(since_key, ask=False, file=since_passphrase_file)) if since else None
    signer = secret_options.signer(sign)
    words = secret_options.passphrase(ask=passphrase, file=passphrase_file, anew=True)
    least = envelopes.SHORTEST_PASSPHRASE[form]
    if not keys and len(words) < least:
        raise Stop(SHORT_PASSPHRASE.at(Where(), form=form, least=least), status=ExitStatus.USAGE)
    order = Order(folder=folder, target=target, form=form, lock=Lock(recipients=keys, passphrase=words), signer=signer, since=old)
    delivered = making.deliver(order)
    status = applying.gravest(delivered.problems)
    _say(_delivered_words(delivered, target), delivered, delivered.problems, status, as_json=as_json)
    return status


@deliver.command("apply")
@click.argument("file", type=GivenPath(path_type=Path))
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@secret_options.opening_options
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    default=Path("site_config"),
    show_default=True,
    help="設定資料夾；其 keys/ 是信任的公鑰。 / Configuration; its keys/ holds the trusted public keys.",
)
@click.option("--require-signature", is_flag=True, help="沒有信任的簽章就不套用。 / Refuse a container without a trusted signature.")
@_JSON
def apply(
    *,
    file: Path,
    folder: Path,
    keys: tuple[Path, ...],
    passphrase: bool,
    passphrase_file: Path | None,
    config: Path,
    require_signature: bool,
    as_json: bool,
) -> ExitStatus:
    """把遞送檔套用到評閱者的資料夾。 / Apply a container to the reviewer's folder.

    A full container fills DIR; a delta brings it to the new state, when it is exactly the state that the delta was made for. Files that were
    not delivered (marks, notes) are never touched. Interrupted, DIR is the old state or the new one; run the command again. Exit status 0: all
    well; 1: nothing was applied; 2: wrong usage.
    """
    trusted = trusted_keys(config / "keys")
    opening = secret_options.opening(keys, ask=passphrase, file=passphrase_file)
    applied = applying.apply(Wish(container=file, folder=folder, opening=opening, trusted=trusted, must_be_signed=require_signature))
    status = applying.gravest(applied.problems)
    _say(_applied_words(applied, folder), applied, applied.problems, status, as_json=as_json)
    return status


def _check_choice(form: Form, recipients: tuple[str, ...], *, locks: int) -> None:
    if form == "zip" and recipients:
        raise Stop(ZIP_RECIPIENT.at(Where()), status=ExitStatus.USAGE)
    if locks != 1:
        raise Stop(ONE_LOCK.at(Where()), status=ExitStatus.USAGE)


def _delivered_words(delivered: Delivered, target: Path) -> Text:
    megabytes = f"{delivered.size_bytes / 2**20:,.1f} MB"
    facts: dict[str, object] = {
        "code": delivered.department,
        "target": target,
        "size": megabytes,
        "files": f"{delivered.files:,}",
        "removed": f"{delivered.removed:,}",
    }
    if delivered.is_delta:
        words = Text(
            "{target}（{size}）：校系 {code} 的更新，{files} 個新的或不同的檔案，{removed} 個移除。",
            "{target} ({size}): delta for department {code}, {files} new or changed {files|file|files}, {removed} removed.",
        )
    else:
        words = Text(
            "{target}（{size}）：校系 {code}，{files} 個檔案。", "{target} ({size}): department {code}, {files} {files|file|files}."
        )
    signed = (
        Text(f"由 {delivered.signed_by} 簽章。", f"Signed by {delivered.signed_by}.")
        if delivered.signed_by
        else Text("未簽章。", "Not signed.")
    )
    made = words.format(**facts)
    return Text(f"{made.zh}{signed.zh}", f"{made.en} {signed.en}")


def _applied_words(applied: Applied, folder: Path) -> Text:
    facts: dict[str, object] = {
        "folder": folder,
        "code": applied.department,
        "written": f"{applied.written:,}",
        "removed": f"{applied.removed:,}",
        "own": f"{applied.own:,}",
    }
    if applied.already:
        words = Text("{folder} 已經是這個版本，沒有變動。", "{folder} is at this state already; nothing was changed.")
    elif applied.is_delta:
        words = Text(
            "{folder} 已是校系 {code} 的新版本：寫入 {written} 個檔案，移除 {removed} 個，保留您自己的 {own} 個。",
            "{folder} is now the new state of department {code}: files written: {written}, removed: {removed}, your own kept: {own}.",
        )
    else:
        words = Text(
            "{folder} 已是校系 {code} 在這份遞送檔裡的版本：寫入 {written} 個檔案，移除 {removed} 個，保留您自己的 {own} 個。",
            "{folder} is now department {code} as this container holds it: files written: {written}, removed: {removed}, your own kept: {own}.",
        )
    signed = Text(f"由 {applied.signed_by} 簽章。", f"Signed by {applied.signed_by}.") if applied.signed_by else Text("", "")
    made = words.format(**facts)
    return Text(f"{made.zh}{signed.zh}", f"{made.en} {signed.en}".rstrip())


def _say(words: Text, result: Delivered | Applied, problems: tuple[Problem, ...], status: ExitStatus, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"status": int(status), **plain(result)}, ensure_ascii=False))
        return
    console = terminal.SafeConsole(highlight=False, soft_wrap=True)
    console.print(words.zh, style="bold", markup=False)
    console.print(f"  {words.en}", style="dim", markup=False)
    for problem in problems:
        terminal.print_problem(console, problem)
