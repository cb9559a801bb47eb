"""The command `reviewer`: finds the subcommands, and is the one place that turns what stops a run into sentences and an exit status."""

import importlib
import os
import sys
import traceback
from collections.abc import Sequence

import click

from reviewer import __version__
from reviewer.cli import given_paths, terminal
from reviewer.model.problem import ExitStatus, Stop

COMMANDS = {
    "build": "reviewer.cli.build:build",
    "cache": "reviewer.cli.cache:cache",
    "deliver": "reviewer.cli.deliver:deliver",
    "demo": "reviewer.cli.demo:demo",
    "departments": "reviewer.cli.departments:departments",
    "fonts": "reviewer.cli.fonts:fonts",
    "index": "reviewer.cli.index:index",
    "init": "reviewer.cli.init:init",
    "intake": "reviewer.cli.intake:intake",
    "keys": "reviewer.cli.keys:keys",
    "marks": "reviewer.cli.marks:marks",
    "preview": "reviewer.cli.preview:preview",
    "schema": "reviewer.cli.schema:schema",
    "search": "reviewer.cli.search:search",
    "verify": "reviewer.cli.verify:verify",
}
"""Subcommands and where they are; imported when asked for, so that each starts quickly."""

INTERRUPTED = 130
"""What shells expect of a program that was ended by Ctrl-C."""


class Commands(click.Group):
    """The group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Names of all commands, sorted."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Import a command; None when there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command = getattr(importlib.import_module(module), name)
        return command if isinstance(command, click.Command) else None

    def invoke(self, ctx: click.Context) -> object:
        """Run the command. A prompt that met the end of its input has raised `Abort` by itself."""
        try:
            return super().invoke(ctx)
        except EOFError as error:
            raise EndOfFile(str(error)) from error


class EndOfFile(Exception):
    """Something that was read ended too early. Under its own name Python's `EOFError` would be taken by click for Ctrl-D at a prompt."""


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "--version", prog_name="reviewer")
@click.option("--debug", is_flag=True, help="出錯時一併印出程式的追蹤訊息。 / Print tracebacks as well when something fails.")
def group(*, debug: bool) -> None:
    """把學習歷程檔案的匯出資料做成離線審查資料夾。 / Make offline review dossiers from exports of learning portfolios.

    Exit statuses: 0 all well; 3 done, but something was set aside or found;
    1 nothing could be done; 2 wrong usage or a fault in the configuration.
    """
    del debug  # taken from the arguments wherever it stands, before anything can fail


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command and end the process."""
    arguments = sys.argv[1:] if arguments is None else arguments
    sys.exit(run(arguments))


def run(arguments: Sequence[str]) -> int:
    """Run the command; return the exit status. Nothing escapes but what ends the interpreter itself."""
    debug = "--debug" in arguments
    arguments = [argument for argument in arguments if argument != "--debug"]
    try:
        status = group.main(arguments, prog_name="reviewer", standalone_mode=False)
        sys.stdout.flush()
        return int(status or 0)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return ExitStatus.USAGE
    except click.ClickException as error:
        error.show(file=sys.stderr)
        return ExitStatus.USAGE
    except (KeyboardInterrupt, click.Abort):
        terminal.error_console().print("已中斷；先前的結果沒有變動。 / Interrupted; what stood before is untouched.")
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has closed it (`| head`); Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitStatus.WELL
    except Exception as error:  # noqa: BLE001 - the last resort: a sentence, never a traceback, unless it was asked for
        return _failed(error, arguments, debug=debug)


def _failed(error: Exception, arguments: Sequence[str], *, debug: bool) -> int:
    """Say what failed; errors over paths are the same sentence whichever command met them."""
    stop = error if isinstance(error, Stop) else given_paths.stop_of(error)
    if stop is None:
        terminal.print_unexpected(error)
    else:
        terminal.print_stop(stop)
        if "--json" in arguments:
            terminal.print_stop_as_json(stop)
    if debug:
        traceback.print_exc()
    return ExitStatus.NOTHING if stop is None else stop.status
