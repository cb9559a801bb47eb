"""Write docs/commands.md: every command with its arguments and options, read from the command line itself. A test compares.

Usage: python tools/command_docs.py [--check]
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from reviewer.cli.main import group

TARGET = Path(__file__).resolve().parent.parent / "docs" / "commands.md"

HEAD = """# Commands / 指令

Made by `python tools/command_docs.py` from the commands themselves; a test holds it to them. Exit statuses and messages: [problems.md](problems.md).

本頁由指令本身產生，測試確保兩者一致。結束狀態與訊息見 [problems.md](problems.md)。
"""


def commands(command: click.Command, context: click.Context) -> Iterator[tuple[click.Command, click.Context]]:
    """Yield a command and all below it, in the order of their names; a group itself where it does something of its own."""
    if not isinstance(command, click.Group):
        yield command, context
        return
    if command.invoke_without_command:
        yield command, context
    # A group's own arguments are no part of its subcommands' names.
    plain = click.Context(click.Group(context.info_name), info_name=context.info_name, parent=context.parent)
    for name in command.list_commands(context):
        found = command.get_command(context, name)
        if found is not None and not found.hidden:
            yield from commands(found, click.Context(found, info_name=name, parent=plain))


def section(command: click.Command, context: click.Context) -> str:
    """One command: its usage, what it does, its options."""
    usage = " ".join(command.collect_usage_pieces(context))
    lines = [f"\n## {context.command_path}\n", "```", f"{context.command_path} {usage}", "```\n", _prose(command.help or "")]
    options = [option for option in command.params if isinstance(option, click.Option) and not option.hidden]
    if options:
        lines += ["", "| option | |", "|---|---|"]
        lines += [f"| `{_name(option, context)}` | {_words(option, context)} |" for option in options]
    return "\n".join(lines)


def document() -> str:
    """The whole page."""
    root = click.Context(group, info_name="reviewer")
    options = "\n".join(
        f"| `{_name(option, root)}` | {_words(option, root)} |" for option in group.params if isinstance(option, click.Option)
    )
    shared = f"\n## Every command / 所有指令\n\n| option | |\n|---|---|\n{options}\n| `-h`, `--help` | 說明。 / Help. |"
    return "\n".join([HEAD.rstrip("\n"), shared, *(section(command, context) for command, context in commands(group, root))]) + "\n"


def _name(option: click.Option, context: click.Context) -> str:
    names = "`, `".join((*option.opts, *option.secondary_opts))
    metavar = "" if option.is_flag or option.count else f" {option.make_metavar(context)}"
    return names + metavar.replace("|", "\\|")


def _words(option: click.Option, context: click.Context) -> str:
    """What `--help` says of an option: its words, whether it is needed, its default."""
    extra = option.get_help_extra(context)
    needed = "必填 / needed" if "required" in extra else ""
    usual = f"預設 / default: {extra['default']}" if "default" in extra else ""
    said = "; ".join(part for part in (needed, usual) if part)
    return _cell(f"{option.help or ''} [{said}]" if said else option.help or "")


def _prose(text: str) -> str:
    """A docstring as paragraphs, without click's marks."""
    paragraphs = text.replace("\b", "").split("\n\n")
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs if paragraph.strip())


def _cell(words: str) -> str:
    return " ".join(words.split()).replace("|", "\\|")


def main() -> None:
    """Write the page, or with --check exit with 1 when it is not current."""
    if "--check" in sys.argv:
        sys.exit(not TARGET.is_file() or TARGET.read_text(encoding="utf-8") != document())
    TARGET.write_text(document(), encoding="utf-8")


if __name__ == "__main__":
    main()
