"""The command `reviewer`."""

import click

from reviewer import __version__


@click.group()
@click.version_option(__version__, prog_name="reviewer")
def main() -> None:
    """Make offline review dossiers from exports of learning portfolios (學習歷程檔案)."""
