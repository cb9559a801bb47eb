"""`reviewer search`: every word of a department, or of a whole university, in the terminal."""

import json
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text as Line

from reviewer.cli import terminal
from reviewer.model.canonical import plain
from reviewer.model.parts import Lane
from reviewer.model.problem import ExitStatus, Severity
from reviewer.model.text import number_of
from reviewer.search.answers import Answer, AnswerDossier, AnswerPlace
from reviewer.search.words import page_labels

PLACES_SHOWN = 5
"""Places printed of one dossier; `--json` has all."""

_FACET_NAMES = {value: name for names in page_labels().values() for value, name in names.items()}


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("path", type=click.Path(path_type=Path, exists=True))
@click.argument("query")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="最多列出幾份檔案。 / Dossiers printed at most.")
@click.option("--json", "as_json", is_flag=True, help="印出一個 JSON 物件，包含全部結果。 / Print one JSON object with everything found.")
def search(*, path: Path, query: str, limit: int, as_json: bool) -> ExitStatus:
    """在一個校系或整所大學的檔案與附件中搜尋。 / Search all dossiers and attachments.

    PATH is a department's folder (SITE/CODE), or an index that `reviewer index` made.

    \b
    Words and "phrases" must all occur; -word leaves out the places that hold it.
    code:J  applicant:0168  semester:113-1  source:school|certified|student|application
    has:video|audio|image|document|link

    Over an index also AND, OR, NOT, ( ), * and ?, semester:[112-1 TO 113-1], department:001012, kind:page, health:scan.

    Exit status 0: searched, whether something was found or not; 3: searched, but some search files are missing or damaged;
    2: the query cannot be understood; 1: PATH cannot be searched.
    """  # noqa: D301 - click's mark for lines that stay as they are
    answer = _answer(path, query)
    status = _status(answer)
    if as_json:
        click.echo(json.dumps({"status": int(status), "query": query, **plain(answer)}, ensure_ascii=False))
        return status
    for problem in answer.problems:
        terminal.print_problem(terminal.error_console(), problem)
    if answer.understood:
        _print(answer, limit)
    return status


def _answer(path: Path, query: str) -> Answer:
    from reviewer.search import department  # noqa: PLC0415 - the parts that are needed only

    if (path / "index.json").is_file():
        from reviewer.search import office  # noqa: PLC0415 - brings in Whoosh

        return office.search(path, query)
    return department.search(path, query)


def _status(answer: Answer) -> ExitStatus:
    if not answer.understood:
        return ExitStatus.USAGE
    lost = any(problem.severity is not Severity.NOTE for problem in answer.problems)
    return ExitStatus.SOME if lost else ExitStatus.WELL


def _print(answer: Answer, limit: int) -> None:
    console = terminal.SafeConsole(highlight=False, soft_wrap=True)
    if not answer.dossiers:
        console.print("沒有找到。 / Nothing was found.")
        return
    several = len(answer.facets["department"]) > 1
    for dossier in answer.dossiers[:limit]:
        _print_dossier(console, dossier, several=several)
    hits = sum(dossier.occurrences for dossier in answer.dossiers)
    shown = f"，列出前 {limit} 份（--limit 可調整）" if len(answer.dossiers) > limit else ""
    console.print(f"找到 {len(answer.dossiers)} 份檔案，共出現 {hits} 次{shown}。", style="bold")
    console.print(f"Found in {number_of(len(answer.dossiers), 'dossier')}, {number_of(hits, 'time')}.", style="dim")
    for name, label in (("department", "校系"), ("code", "項目"), ("source", "來源"), ("semester", "學期"), ("has", "附有")):
        values = answer.facets[name]
        if len(values) > (name == "department"):
            counts = (f"{_FACET_NAMES.get(value, value)} {count}" for value, count in values.items())
            console.print(Line(f"{label}  {'  '.join(counts)}", style="dim"))


def _print_dossier(console: Console, dossier: AnswerDossier, *, several: bool) -> None:
    name = "" if dossier.title == dossier.applicant_number else f"  {dossier.title}"
    head = Line(f"{dossier.department}  " if several else "", style="dim")
    head.append(f"{dossier.applicant_number}{name}", style="bold")
    head.append(f"  {len(dossier.places)} 處", style="dim")
    console.print(head)
    for place in dossier.places[:PLACES_SHOWN]:
        console.print(_line(place))
    if len(dossier.places) > PLACES_SHOWN:
        console.print(Line(f"  … 另有 {len(dossier.places) - PLACES_SHOWN} 處", style="dim"))


def _line(place: AnswerPlace) -> Line:
    where = "  ".join(filter(None, (place.anchor or "基本資料", place.semester, Lane(place.source).label.zh if place.anchor else "")))
    line = Line(f"  {where}  ", style="dim")
    for piece in place.snippet:
        line.append(piece.text, style="bold yellow not dim" if piece.hit else "not dim")
    return line
