"""`reviewer init`: a commented configuration for a new university."""

import sys
from pathlib import Path

import click

from reviewer.selection.json_schemas import write_schemas
from reviewer.selection.starter import write_starter


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--university-code", help="大學代碼，3 碼。 / The university's code, 3 characters.")
@click.option("--university-name", help="大學名稱。 / The university's name.")
@click.option("--university-name-en", help="英文名稱。 / Its name in English.")
@click.option("--admission-year", type=int, help="招生學年度（民國）。 / Admission year (ROC).")
@click.option("--code-set", help="university（大學）或 technology（四技）。 / university or technology.")
@click.option("--schemas", "schemas_only", is_flag=True, help="只更新 DIR/schemas。 / Renew DIR/schemas alone.")
def init(
    folder: Path,
    university_code: str | None,
    university_name: str | None,
    university_name_en: str | None,
    admission_year: int | None,
    code_set: str | None,
    *,
    schemas_only: bool,
) -> None:
    """為一所大學建立附說明的設定資料夾。 / Write a commented configuration for a new university.

    What is not given by an option is asked for on a terminal; elsewhere example values are written, to be changed.
    """
    if schemas_only:
        for path in write_schemas(folder):
            click.echo(path)
        return
    written = write_starter(
        folder,
        code=_ask(university_code, "大學代碼（3 碼） / University code", "001"),
        zh=_ask(university_name, "大學名稱 / University", "國立示範大學"),
        en=_ask(university_name_en, "英文名稱（可空白） / English name (may be left empty)", ""),
        year=int(_ask(None if admission_year is None else str(admission_year), "招生學年度 / Admission year (ROC)", "115", number=True)),
        code_set=_ask(code_set, "代碼種類：university 或 technology / Code set", "university"),
    )
    for path in written:
        click.echo(f"已寫入 / Wrote {path}")
    click.echo("接下來 / Next:")
    click.echo(f"  reviewer departments new <校系代碼> --config {folder}")
    click.echo(f"  reviewer departments check --config {folder}")


def _ask(given: str | None, words: str, usual: str, *, number: bool = False) -> str:
    """What was given, else the answer on a terminal, else the usual value."""
    if given is not None:
        return given
    if not sys.stdin.isatty():
        return usual
    return str(click.prompt(words, default=usual, show_default=bool(usual), type=int if number else str))
