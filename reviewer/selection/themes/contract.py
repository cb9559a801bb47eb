"""A theme's folder as its theme.toml describes it: which files in which order, and the tokens. What a theme leaves out is the default theme's.

The default theme defines the contract: its tokens are all that there are, and every other theme changes some of their values.
"""

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StrictStr

from reviewer import resources
from reviewer.model.problem import ExitStatus, Problem, ProblemKind, Severity, Stop, Where
from reviewer.model.text import Text
from reviewer.selection.schema import Colour, FileModel, Name, as_text
from reviewer.selection.toml_files import check_shape, read_toml

DEFAULT = "default"
"""The theme that every other falls back to."""

CONTRACT = "theme.toml"
"""What makes a folder a theme."""

Scheme = Literal["light", "dark", "light-more", "dark-more"]
"""A set of colours: by day or by night, of usual or of high contrast."""

SCHEMES: tuple[Scheme, ...] = ("light", "dark", "light-more", "dark-more")
"""In the order in which the build writes them."""

THEME_UNKNOWN = ProblemKind(
    "theme-unknown",
    Severity.ERROR,
    Text("找不到版面主題「{name}」。", "There is no theme “{name}”."),
    Text("請改用已有的主題：{known}。", "Use one that exists: {known}."),
)

_Path = Annotated[StrictStr, Field(pattern=r"^[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*\.[a-z0-9]+$")]
_Values = dict[StrictStr, StrictStr]


class ThemeFile(FileModel):
    """themes/<name>/theme.toml."""

    name: Name = Field(description="主題名稱。Name of the theme.")
    styles: tuple[_Path, ...] = Field((), description="樣式檔，依串接的先後；省略時同預設主題。Style sheets in order.")
    add_styles: tuple[_Path, ...] = Field((), description="接在後面的樣式檔。Style sheets after those.")
    scripts: tuple[_Path, ...] = Field((), description="程式檔，依串接的先後；省略時同預設主題。Scripts in order.")
    add_scripts: tuple[_Path, ...] = Field((), description="接在後面、啟動之前的程式檔。Scripts after those, before the start.")
    desk_scripts: tuple[_Path, ...] = Field(
        (), description="只有審查桌才載入的程式檔；省略時同預設主題。Scripts of the desk alone, in order."
    )
    paper: tuple[_Path, ...] = Field((), description="紙本的樣式檔，依串接的先後；省略時同預設主題。Style sheets of the PDF in order.")
    files: tuple[_Path, ...] = Field((), description="原樣放在旁邊的檔案。Further files that go beside them as they are.")
    type: _Values = Field(default_factory=dict, description="字級、行高、字型。Type.")
    space: _Values = Field(default_factory=dict, description="間距與欄寬。Space.")
    colour: dict[Scheme, dict[StrictStr, Colour]] = Field(default_factory=dict, description="顏色。Colours.")
    print: _Values = Field(default_factory=dict, description="列印時不同的值。What is different on paper.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A theme with everything that it takes from the default theme."""

    id: str
    """Name of its folder."""
    name: Text
    """What people call it."""
    folders: tuple[Path, ...]
    """Where its files are looked for: its own folder, then the default theme's."""
    styles: tuple[str, ...]
    """Style sheets in order, relative to the folders."""
    scripts: tuple[str, ...]
    """Scripts of every page, in order."""
    desk_scripts: tuple[str, ...]
    """Scripts of the desk alone, in order."""
    paper: tuple[str, ...]
    """Style sheets of the PDF in order."""
    files: tuple[str, ...]
    """Further files."""
    measures: Mapping[str, str]
    """Tokens of type and space by name, without the dashes."""
    colours: Mapping[Scheme, Mapping[str, str]]
    """Every colour of every scheme, `#rrggbb`."""
    on_paper: Mapping[str, str]
    """Tokens that differ on paper."""

    def path(self, entry: str) -> Path:
        """Where a file of the theme is: its own, else the default theme's, which may lack it too."""
        return next((folder / entry for folder in self.folders if (folder / entry).is_file()), self.folders[-1] / entry)

    def text(self, entry: str) -> str:
        """A file's text."""
        return self.path(entry).read_text(encoding="utf-8")

    def grounds(self, scheme: Scheme) -> tuple[str, ...]:
        """The colours that text may stand on."""
        return tuple(self.colours[scheme][name] for name in GROUNDS)


GROUNDS = ("paper", "wash", "sheet")
"""Tokens that text may stand on."""


def known(root: Path | None = None) -> tuple[str, ...]:
    """Names of the themes that there are."""
    root = root or resources.data_folder("themes")
    return tuple(sorted(folder.name for folder in root.iterdir() if (folder / CONTRACT).is_file()))


@functools.cache
def theme(name: str = DEFAULT, root: Path | None = None) -> Theme:
    """A theme by the name of its folder; raise `Stop` (status USAGE) for one that does not exist or whose theme.toml is faulty."""
    root = root or resources.data_folder("themes")
    if name not in known(root):
        raise Stop(THEME_UNKNOWN.at(Where(file="themes"), name=name, known="、".join(known(root))), status=ExitStatus.USAGE)
    file, problems = read(root / name)
    if file is None or problems:
        raise Stop(*problems, status=ExitStatus.USAGE)
    base = file if name == DEFAULT else default_file()
    return _merged(name, file, base, (root / name, resources.data_folder("themes") / DEFAULT))


def read(folder: Path) -> tuple[ThemeFile | None, tuple[Problem, ...]]:
    """Read a theme.toml, with every fault of its shape."""
    name = f"{folder.name}/{CONTRACT}"
    data, problems = read_toml(folder / CONTRACT, name)
    return (None, problems) if data is None else check_shape(ThemeFile, data, name, {"name": folder.name})


def default_file() -> ThemeFile:
    """The default theme's contract; raise `Stop` when it is faulty."""
    file, problems = read(resources.data_folder("themes") / DEFAULT)
    if file is None or problems:
        raise Stop(*problems, status=ExitStatus.USAGE)
    return file


def _merged(name: str, file: ThemeFile, base: ThemeFile, folders: tuple[Path, ...]) -> Theme:
    *scripts, start = file.scripts or base.scripts
    return Theme(
        id=name,
        name=as_text(file.name),
        folders=tuple(dict.fromkeys(folders)),
        styles=(*(file.styles or base.styles), *file.add_styles),
        scripts=(*scripts, *file.add_scripts, start),
        desk_scripts=file.desk_scripts or base.desk_scripts,
        paper=file.paper or base.paper,
        files=file.files or base.files,
        measures={**base.type, **base.space, **file.type, **file.space},
        colours={scheme: {**base.colour.get(scheme, {}), **file.colour.get(scheme, {})} for scheme in SCHEMES},
        on_paper={**base.print, **file.print},
    )
