"""The last packages, as far as rules compare with them: each item's hash and whether it was certified, from 附加資訊.json."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reviewer.intake.extras import read_extras
from reviewer.model.parts import OUTCOMES
from reviewer.model.problem import SetAside
from reviewer.packages import discovery, opening
from reviewer.packages.address import PackageAddress


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """An item of the last package."""

    kind: str
    """課程學習成果 or a kind of performance."""
    title: str
    """What it was called."""
    sha256: str
    """Its own words and files, hashed (`package_files.item_sha256`)."""
    certified: bool
    """Whether a teacher had certified it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Packages of an earlier run, opened when a student is asked for."""

    addresses: Mapping[str, PackageAddress] = field(default_factory=dict)
    """By package id."""

    def of(self, package_id: str) -> tuple[Former, ...]:
        """A student's items in the last package; none when there was none, or it cannot be read."""
        address = self.addresses.get(package_id)
        if address is None:
            return ()
        try:
            with opening.open_package(address) as opened:
                value = read_extras(opened)
        except (SetAside, OSError):
            return ()
        return tuple(_formers(value))


def read_history(folder: Path | None) -> History:
    """Find the packages of the last run. Raises `Stop` when the folder holds none."""
    if folder is None:
        return History()
    return History(addresses={address.package_id: address for address in discovery.discover(folder).packages})


def _formers(value: Mapping[str, Any]) -> list[Former]:
    others = value.get("多元表現")
    lists = {OUTCOMES: value.get(OUTCOMES), **(others if isinstance(others, dict) else {})}
    return [
        Former(kind=kind, title=str(row.get("項目") or ""), sha256=str(row.get("內容雜湊") or ""), certified=row.get("認證狀態") == "Y")
        for kind, rows in lists.items()
        for row in (rows if isinstance(rows, list) else [])
        if isinstance(row, dict) and row.get("內容雜湊")
    ]
