"""Where the files are that are not Python: templates, themes, the default configuration, the example schools.

An installed wheel carries them in `reviewer/_data/`; a checkout has them in its root. There is never a copy of both in one place.
"""

from pathlib import Path
from typing import Literal

from reviewer.model.problem import ProblemKind, Severity, Stop, Where
from reviewer.model.text import Text

DataFolder = Literal["templates", "themes", "site_config", "fixtures"]
"""The folders that ship with the package."""

DATA_MISSING = ProblemKind(
    "data-missing",
    Severity.ERROR,
    Text("安裝不完整，找不到資料夾 {name}。", "The installation is incomplete: the folder {name} is missing."),
    Text("請重新安裝 portfolio-reviewer。", "Install portfolio-reviewer again."),
)

_PACKAGE = Path(__file__).resolve().parent


def data_folder(name: DataFolder) -> Path:
    """Return the folder of that name, absolute; raise `Stop` when the installation lacks it."""
    for root in (_PACKAGE / "_data", _PACKAGE.parent):
        folder = root / name
        if folder.is_dir():
            return folder
    raise Stop(DATA_MISSING.at(Where(file=str(_PACKAGE)), name=name))
