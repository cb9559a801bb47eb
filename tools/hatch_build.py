"""Puts the folders that `reviewer.resources` looks for into the wheel, under `reviewer/_data/`.

A hook and not `force-include`, because that would also copy them into an editable install, where the checkout's own folders are used.
"""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SHIPPED = ("templates", "themes", "site_config", "fixtures/committee", "fixtures/central", "fixtures/uploads", "fixtures/applications.csv")
"""Relative to the checkout. The fixtures' generator and tests' cases stay out: `reviewer demo` needs what was generated."""


class DataFolders(BuildHookInterface[Any]):
    """Adds the shipped folders to a standard wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Tell hatchling what else to put in; `version` is "standard" or "editable"."""
        if version == "editable":
            return
        root = Path(self.root)
        for name in SHIPPED:
            if (root / name).exists():
                build_data["force_include"][str(root / name)] = f"reviewer/_data/{name}"
