"""A small export, cut from the example schools', and builds of it within this process."""

import shutil
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest

from reviewer import resources
from reviewer.site.build import build
from reviewer.site.report import BuildReport
from reviewer.site.request import Request

PICKED = ("001/001023/10110301", "001/001023/10110856", "101/101004/10110671")
"""The smallest packages of two departments; the first department masks names and schools."""

T = TypeVar("T")
Build = Callable[..., BuildReport]


class Here(Executor):
    """A pool that needs no other process."""

    def __init__(self, workers: int) -> None:
        self.workers = workers

    def submit(self, work: Callable[..., T], /, *arguments: object, **options: object) -> "Future[T]":
        future: Future[T] = Future()
        future.set_result(work(*arguments, **options))
        return future


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


def copy_export(folder: Path) -> Path:
    """The committee's tree, with copies that a test may spoil."""
    source = resources.data_folder("fixtures") / "committee"
    for package in PICKED:
        shutil.copytree(source / package, folder / package)
    return folder


@pytest.fixture
def export(tmp_path: Path) -> Path:
    return copy_export(tmp_path / "export")


@pytest.fixture
def request_for(export: Path, cache: Path, tmp_path: Path) -> Request:
    return Request(
        packages=str(export),
        applications=None,
        config=resources.data_folder("site_config"),
        site=tmp_path / "site",
        cache=cache,
        with_pdf=False,
    )


@pytest.fixture
def build_it(request_for: Request) -> Build:
    """Build the small export; keywords change the request."""

    def run(**changes: object) -> BuildReport:
        return build(replace(request_for, **changes), open_pool=Here)  # type: ignore[arg-type] # a test's keywords

    return run


def contents(folder: Path, *, without: tuple[str, ...] = ("build-report.html", "build-report.json")) -> dict[str, bytes]:
    """Every file of a site by its path, the build report left out."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in without
    }


@pytest.fixture
def site_contents() -> Callable[..., dict[str, bytes]]:
    return contents
