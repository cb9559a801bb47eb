"""`reviewer fonts check`: which font draws what."""

import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import click
from rich.markup import escape
from rich.table import Table

from reviewer.cli import terminal
from reviewer.fonts.faces import DEBIAN_PACKAGES, FALLBACK_FILES, fallback_faces
from reviewer.fonts.rare import Drawing, DrawnBy
from reviewer.fonts.survey import Finding, Passage, survey
from reviewer.model.problem import ExitStatus, SetAside
from reviewer.packages.discovery import discover
from reviewer.packages.opening import open_package
from reviewer.packages.reader import read
from reviewer.packages.words import words

PLACES_SHOWN = 4
"""So many packages are named in a row; the rest are counted. `--json` names all."""


@click.group()
def fonts() -> None:
    """字型與罕見字。 / Fonts and rare characters."""


@fonts.command()
@click.argument("targets", nargs=-1, required=True, metavar="TEXT|PACKAGES...")
@click.option("--json", "as_json", is_flag=True, help="只印出一個 JSON 物件。 / Print one JSON object and nothing else.")
@click.pass_context
def check(context: click.Context, targets: tuple[str, ...], *, as_json: bool) -> None:
    """列出專案字型（Noto Sans TC）沒有的字各由什麼畫出。 / Print what draws each character that the project's typeface lacks.

    Each target is words, or a folder or file of packages, whose names and texts are then looked through. Exit status 3 when a character has
    no glyph anywhere and will be a numbered frame.
    """
    skipped: list[str] = []
    findings = survey(passage for target in targets for passage in _passages(target, skipped))
    missing = any(finding.drawing.by is DrawnBy.PLACEHOLDER for finding in findings)
    if as_json:
        click.echo(json.dumps({"characters": [_as_json(finding) for finding in findings], "skipped": skipped}, ensure_ascii=False))
    else:
        _print(findings, skipped)
    context.exit(ExitStatus.SOME if missing or skipped else ExitStatus.WELL)


def _passages(target: str, skipped: list[str]) -> Iterator[Passage]:
    if not Path(target).exists():
        yield Passage(place="", text=target)
        return
    for address in discover(target).packages:
        try:
            with open_package(address) as opened:
                portfolio = read(opened)
        except SetAside as fault:
            skipped.extend(f"{address.package_id}：{problem.what.zh}" for problem in fault.problems)
            continue
        yield Passage(place=address.package_id, text=words(portfolio), glyphs=portfolio.glyphs)


def _as_json(finding: Finding) -> dict[str, object]:
    return {
        "character": chr(finding.drawing.code_point),
        "code_point": finding.drawing.notation,
        "class": finding.drawing.rarity.value,
        "by": finding.drawing.by.value,
        "drawn_by": finding.drawn_by,
        "count": finding.count,
        "packages": finding.places,
    }


def _shown(drawing: Drawing) -> str:
    """A character in the table; a mark stands on a dotted circle, not on what is beside it."""
    if drawing.face is None:
        return "□"
    character = chr(drawing.code_point)
    return f"◌{character}" if unicodedata.category(character).startswith("M") else character


def _print(findings: tuple[Finding, ...], skipped: list[str]) -> None:
    console = terminal.SafeConsole(highlight=False)
    installed = {face.id for face in fallback_faces()}
    lacking = [family for face_id, family, _ in FALLBACK_FILES if face_id not in installed]
    if findings:
        table = Table(box=None, pad_edge=False, title=f"{len(findings)} 個字不在 Noto Sans TC 內", title_justify="left", title_style="bold")
        for heading in ("字", "碼位", "類別", "由何者畫出", "次數", "套件"):
            table.add_column(heading, justify="right" if heading == "次數" else "left")
        for finding in findings:
            places = "、".join(finding.places[:PLACES_SHOWN])
            more = f" 等 {len(finding.places)} 件" if len(finding.places) > PLACES_SHOWN else ""
            drawing = finding.drawing
            table.add_row(
                _shown(drawing),
                drawing.notation,
                drawing.rarity.label.zh,
                finding.drawn_by,
                str(finding.count),
                escape(places + more),
            )
        console.print(table)
    else:
        console.print("所有文字都由專案字型（Noto Sans TC）畫出。")
    if any(finding.drawing.by is DrawnBy.PLACEHOLDER for finding in findings):
        console.print("編號框：沒有字形可用，成品以編號框代替並附說明。請來源學校隨套件附上 造字/造字.csv 與字圖。")
    if lacking:
        console.print(f"本機未安裝的後備字型：{'、'.join(lacking)}。安裝：apt-get install {DEBIAN_PACKAGES}")
    for line in skipped:
        console.print(escape(f"未能讀取 {line}"))
