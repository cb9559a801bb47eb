"""What every theme keeps to, checked with the configuration: known tokens, readable colours, files that exist, style sheets that fetch and hide nothing."""

import functools
import re
from collections.abc import Iterator
from pathlib import Path

from reviewer import resources
from reviewer.model.problem import Problem, ProblemKind, Severity, Where
from reviewer.model.text import Text
from reviewer.selection import contrast, faults
from reviewer.selection.suggest import did_you_mean
from reviewer.selection.themes import style_rules
from reviewer.selection.themes.contract import (
    CONTRACT,
    DEFAULT,
    GROUNDS,
    SCHEMES,
    THEME_UNKNOWN,
    Theme,
    ThemeFile,
    default_file,
    known,
    read,
    theme,
)
from reviewer.selection.themes.tokens import least

VALUE = ProblemKind(
    "theme-value",
    Severity.ERROR,
    Text("「{value}」不能當作 {token} 的值。", "“{value}” cannot be the value of {token}."),
    Text("{hint}", "{hint}"),
)
CONTRAST = ProblemKind(
    "theme-contrast",
    Severity.ERROR,
    Text(
        "{token}（{colour}）在 {ground}（{behind}）上的對比只有 {ratio}，至少要 {least}。",
        "{token} ({colour}) has a contrast of only {ratio} on {ground} ({behind}); at least {least} is needed.",
    ),
    Text("同色系可以用 {better}。", "Of the same hue, {better} will do."),
)
FILE_MISSING = ProblemKind(
    "theme-file-missing",
    Severity.ERROR,
    Text("主題列出的檔案 {file} 不存在，預設主題也沒有。", "The theme lists {file}, which neither it nor the default theme has."),
    Text("請補上檔案，或從 theme.toml 刪掉這一行。", "Add the file, or remove the line from theme.toml."),
)

_LENGTH = re.compile(r"[0-9]+(\.[0-9]+)?(px|rem|em|mm|pt|ch)")
_REM = re.compile(r"([0-9]+(?:\.[0-9]+)?)rem")
_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")
_FONTS = re.compile(r'("[^"\\]+"|[A-Za-z-]+|var\(--font-rare, "[^"\\]+"\))(, *("[^"\\]+"|[A-Za-z-]+|var\(--font-rare, "[^"\\]+"\)))*')
_COLOUR = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)

_LEAST_REM = 0.8125
"""Nothing on a screen is set smaller than 13 px."""

_LEAST_LEADING = 1.3
"""Chinese lines that stand closer touch."""


@functools.cache
def theme_problems(name: str, root: Path | None = None) -> tuple[Problem, ...]:
    """Every fault of a theme's folder; empty for one that may be used."""
    root = root or resources.data_folder("themes")
    if name not in known(root):
        return (THEME_UNKNOWN.at(Where(file="themes"), name=name, known="、".join(known(root))),)
    file, problems = read(root / name)
    if file is None or problems:
        return problems
    where = Where(file=f"{name}/{CONTRACT}")
    found = (*_tokens(file, where), *_values(file, where))
    if found:
        return found
    merged = theme(name, root)
    return (*_files(merged, where), *_colours(merged, where), *style_rules.problems(merged, root / name))


def theme_paper(name: str) -> str:
    """The light paper of a theme, `#rrggbb`; of the default theme for one that is faulty or unknown."""
    return theme(DEFAULT if theme_problems(name) else name).colours["light"]["paper"]


def _tokens(file: ThemeFile, where: Where) -> Iterator[Problem]:
    """Only tokens of the default theme: anything else would do nothing."""
    base = theme(DEFAULT)
    measures = default_file()
    colours = base.colours["light"].keys()
    groups = [("type", file.type, measures.type), ("space", file.space, measures.space)]
    groups += [(f"colour.{scheme}", values, dict.fromkeys(colours, "")) for scheme, values in file.colour.items()]
    groups += [("print", file.print, {**base.measures, **dict.fromkeys(colours, "")})]
    for group, values, tokens in groups:
        for token in values.keys() - tokens.keys():
            yield faults.KEY_UNKNOWN.at(_at(where, f"{group}.{token}"), key=token, hint=did_you_mean(token, sorted(tokens)))


def _values(file: ThemeFile, where: Where) -> Iterator[Problem]:
    """Every value is one that its token can take, and no type is too small to read."""
    for group, values in (("type", file.type), ("space", file.space), ("print", file.print)):
        for token, value in values.items():
            hint = _fault_of(token, value, on_paper=group == "print")
            if hint:
                yield VALUE.at(_at(where, f"{group}.{token}"), value=value, token=token, hint=hint)


def _fault_of(token: str, value: str, *, on_paper: bool) -> Text | None:
    if token.startswith("font-"):
        return None if _FONTS.fullmatch(value) else Text("請寫字型名稱，用逗號分開。", "Write names of typefaces with commas between them.")
    if token.startswith("leading"):
        sound = _NUMBER.fullmatch(value) and float(value) >= _LEAST_LEADING
        return None if sound else Text(f"請寫 {_LEAST_LEADING} 以上的數字。", f"Write a number of {_LEAST_LEADING} or more.")
    if token.startswith("size-") and not on_paper:
        match = _REM.fullmatch(value)
        sound = match is not None and float(match[1]) >= _LEAST_REM
        return None if sound else Text(f"請寫 {_LEAST_REM}rem 以上，例如 1.125rem。", f"Write {_LEAST_REM}rem or more, such as 1.125rem.")
    if on_paper and _COLOUR.fullmatch(value):
        return None
    return None if _LENGTH.fullmatch(value) else Text("請寫長度，例如 8px 或 1.5rem。", "Write a length, such as 8px or 1.5rem.")


def _files(merged: Theme, where: Where) -> Iterator[Problem]:
    """What is listed is there."""
    lists = {
        "styles": merged.styles,
        "scripts": merged.scripts,
        "desk_scripts": merged.desk_scripts,
        "paper": merged.paper,
        "files": merged.files,
    }
    for key, entries in lists.items():
        for entry in entries:
            if not merged.path(entry).is_file():
                yield FILE_MISSING.at(_at(where, key), file=entry)


def _colours(merged: Theme, where: Where) -> Iterator[Problem]:
    """Every ink is readable on every ground of its scheme, and strong lines are seen."""
    inks = [name for name in merged.colours["light"] if name not in (*GROUNDS, "rule")]
    for scheme in SCHEMES:
        colours = merged.colours[scheme]
        for ink in inks:
            needed = contrast.AA_PARTS if ink == "rule-strong" else least(scheme)
            ground = min(GROUNDS, key=lambda name: contrast.ratio(colours[ink], colours[name]))
            ratio = contrast.ratio(colours[ink], colours[ground])
            if ratio < needed:
                yield CONTRAST.at(
                    _at(where, f"colour.{scheme}.{ink}"),
                    token=ink,
                    colour=colours[ink],
                    ground=ground,
                    behind=colours[ground],
                    ratio=f"{ratio:.1f}",
                    least=needed,
                    better=contrast.readable(colours[ink], merged.grounds(scheme), needed),
                )


def _at(where: Where, path: str) -> Where:
    return Where(file=where.file, path=path)
