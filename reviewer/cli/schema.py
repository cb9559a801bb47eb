"""`reviewer schema`: what the fields of a package are, for programs, engineers, families and teachers; and what changed since an earlier version."""

import json
import sys
from pathlib import Path

import click

from reviewer.model.problem import Stop, Where
from reviewer.render.guide import changes as guide_changes
from reviewer.render.guide import tables
from reviewer.render.guide.json_schema import json_schema
from reviewer.selection.importing import WRITE_FAILED

FORMATS = ("json", "markdown", "html", "xlsx", "pdf")
_BINARY = ("xlsx", "pdf")


@click.command()
@click.option(
    "--format", "form", type=click.Choice(FORMATS), help="格式；預設 json，比較版本時預設 markdown。 / Form; json, or markdown with --diff."
)
@click.option("--plain", is_flag=True, help="給家長、學生與老師的白話說明。 / The plain-language guide for families and teachers.")
@click.option(
    "--diff",
    "old",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="OLD",
    help="與較早的 JSON 比較，逐句列出差異。 / What changed since an earlier JSON, a sentence each.",
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="寫入檔案，否則印出。 / Write to a file instead of printing.",
)
def schema(*, form: str | None, plain: bool, old: Path | None, out: Path | None) -> None:
    """列出資料的每一個欄位：JSON Schema、技術表或白話說明。 / Every field of a package: JSON Schema, technical table or plain guide.

    Without options it prints a JSON Schema (draft 2020-12). With --format markdown, html, xlsx or pdf it makes a table of all fields with
    type, source, limits, other names and since when; with --plain a guide in plain words in both languages.
    """
    if old is not None:
        data = _difference(old, form or "markdown", plain=plain)
    else:
        form = form or "json"
        if form in _BINARY and out is None and sys.stdout.isatty():
            raise click.UsageError(f"{form} 不能印在終端機上，請加 --out。 / {form} cannot be printed on a terminal; add --out.")
        data = _guide(form, plain=plain)
    _hand_over(data, out)


def _difference(old: Path, form: str, *, plain: bool) -> bytes:
    if plain or form not in ("json", "markdown"):
        raise click.UsageError("比較版本只有 json 與 markdown 兩種格式。 / A comparison comes as json or markdown only.")
    new = json_schema()
    before = guide_changes.read_schema(old.read_bytes(), str(old))
    found = guide_changes.changes(before, new)
    if form == "json":
        answer = {"from": before["x-version"], "to": new["x-version"], "changes": [{"zh": text.zh, "en": text.en} for text in found]}
        return _as_json(answer)
    lines = [f"- {text.zh}\n  {text.en}" for text in found] or ["沒有差異。 / Nothing changed."]
    return ("\n".join(lines) + "\n").encode()


def _guide(form: str, *, plain: bool) -> bytes:
    if form == "json":
        return _as_json(tables.plain_object() if plain else json_schema())
    if form == "markdown":
        return (tables.plain_markdown() if plain else tables.technical_markdown()).encode()
    if form == "xlsx":
        return tables.workbook(plain=plain)
    # The layout engine takes a while to load, and only these two forms need it.
    from reviewer.render.guide import pages  # noqa: PLC0415

    return pages.html(plain=plain) if form == "html" else pages.pdf(plain=plain)


def _as_json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _hand_over(data: bytes, out: Path | None) -> None:
    if out is None:
        click.echo(data, nl=False)
        return
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(data)
    except OSError as error:
        raise Stop(WRITE_FAILED.at(Where(file=str(out)), reason=error.strerror or type(error).__name__)) from error
    click.echo(f"已寫入 {out}。 / Wrote {out}.", err=True)
