"""What commands say in a terminal: sentences in both languages, tables, a progress bar. Standard error, unless it is the result itself."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import click
from rich.console import Console, ConsoleOptions, RenderableType
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.segment import Segment

from reviewer.model.canonical import plain
from reviewer.model.problem import Problem, Severity, Stop
from reviewer.model.text import seen

_STYLES = {Severity.ERROR: "bold", Severity.WARNING: "", Severity.NOTE: "dim"}


class SafeConsole(Console):
    """A console on which words of a package are only ever words: escape sequences, carriage returns and turned text are written out."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """Render as usual; what is no control of the console's own must not act as one."""
        for segment in super().render(renderable, options):
            yield segment if segment.control else Segment(seen(segment.text), segment.style)


def error_console() -> Console:
    """Where messages go."""
    return SafeConsole(stderr=True, highlight=False, soft_wrap=True)


def print_stop(stop: Stop) -> None:
    """Say why the run ended."""
    for problem in stop.problems:
        print_problem(error_console(), problem)


def print_stop_as_json(stop: Stop) -> None:
    """The same as the one object that `--json` promises."""
    click.echo(json.dumps({"status": int(stop.status), "problems": [plain(problem) for problem in stop.problems]}, ensure_ascii=False))


def print_problem(console: Console, problem: Problem) -> None:
    """One problem: where, what and what to do, in Traditional Chinese, then in English."""
    where = f"{problem.where}：" if str(problem.where) and str(problem.where) not in problem.what.zh else ""
    style = _STYLES[problem.severity]
    console.print(escape(f"{problem.severity.label.zh} {where}{problem.what.zh}{problem.remedy.zh}"), style=style)
    console.print(escape(f"  {problem.what.en} {problem.remedy.en}"), style="dim")


def print_unexpected(error: Exception) -> None:
    """Say that something failed that nobody foresaw."""
    kind = type(error).__name__
    console = error_console()
    console.print(
        escape(f"錯誤 程式發生未預期的錯誤（{kind}：{error}）。請加上 --debug 再執行一次，並把訊息回報給系統維護者。"), style="bold"
    )
    console.print(
        escape("  An unexpected error. Run again with --debug and report the message to those who maintain the program."), style="dim"
    )


@contextmanager
def progress(words: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on standard error when that is a terminal; nothing otherwise."""
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=error_console(), transient=True) as bar:
        task = bar.add_task(words, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
