"""Listing folders, wherever they are: what finding packages needs to know of a disk, or of a remote store (`remote.RemoteTree`)."""

import os
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One member of a folder."""

    path: PurePath
    """Where it is, in its tree."""
    is_folder: bool
    """Folder or file; a link is neither."""
    is_link: bool = False
    """A symbolic link, which is never followed."""
    size_bytes: int = 0
    """Size of a file, where listing tells it."""
    stamp: str = ""
    """Times and tags for recognising what is unchanged, where listing tells them."""

    @property
    def name(self) -> str:
        """Last part of the path."""
        return self.path.name


class Tree(Protocol):
    """A place with folders in it."""

    @property
    def root(self) -> PurePath:
        """The address itself."""

    def exists(self) -> bool:
        """Whether there is something at the address."""

    def is_file(self) -> bool:
        """Whether the address is a file."""

    def list(self, path: PurePath) -> list[Listed]:
        """Members of a folder, by name. Raises OSError."""

    def location(self, path: PurePath) -> str:
        """What `open_package` is told of something below the root."""


class LocalTree:
    """A folder on this machine."""

    def __init__(self, address: str | Path) -> None:
        try:
            self._given = Path(address).expanduser()
        except RuntimeError:  # `~name` of nobody on this machine: a path like any other
            self._given = Path(address)
        self._root = self._given.resolve()

    @property
    def root(self) -> PurePath:
        """The address itself, without links."""
        return self._root

    def exists(self) -> bool:
        """Whether there is something at the address."""
        return self._given.exists()

    def is_file(self) -> bool:
        """Whether the address is a file."""
        return self._root.is_file()

    def list(self, path: PurePath) -> list[Listed]:
        """Members of a folder, by name. Raises OSError."""
        with os.scandir(path) as entries:
            listed = [
                Listed(path=path / entry.name, is_folder=entry.is_dir(follow_symlinks=False), is_link=entry.is_symlink())
                for entry in entries
            ]
        return sorted(listed, key=lambda each: each.name)

    def location(self, path: PurePath) -> str:
        """The path itself."""
        return str(path)
