"""Reading a package that a test wrote."""

from pathlib import Path

from reviewer.model.portfolio import Portfolio
from reviewer.packages.opening import open_package
from reviewer.packages.reader import read
from tests.faults.packages.making import Files, address, write_folder


def read_files(folder: Path, files: Files, **facts: str) -> Portfolio:
    """Write the files as a package and read it."""
    with open_package(address(write_folder(folder / "package", files), **facts)) as opened:
        return read(opened)
