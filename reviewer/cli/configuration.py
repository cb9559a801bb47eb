"""Which configuration folder a command means when `--config` is not given."""

from pathlib import Path

from reviewer.cli import terminal
from reviewer.model.problem import ExitStatus, Stop, Where
from reviewer.selection import config, faults


def usual_folder() -> Path:
    """The folder that is read when none is named; said where it is not the university's own."""
    examples = config.examples_used()
    if examples is not None:
        terminal.print_problem(terminal.error_console(), examples)
    return config.default_folder()


def own_folder() -> Path:
    """The folder that is written to when none is named. Raises `Stop` where there is none: the examples are nobody's to change."""
    here = Path(config.DEFAULT_FOLDER)
    if not here.is_dir():
        raise Stop(faults.FOLDER_MISSING.at(Where(file=str(here)), folder=here), status=ExitStatus.USAGE)
    return here
