"""Dossiers to measure with: the example schools', or as many as asked for, taken through the same steps as a build, in this process."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from fixtures.generate import generate
from reviewer import resources
from reviewer.attachments.cache import Store
from reviewer.attachments.process import process
from reviewer.fonts import rare
from reviewer.fonts.rare import DrawingPlan
from reviewer.model.processed import Processed
from reviewer.packages import applications as tables
from reviewer.packages.discovery import discover
from reviewer.packages.opening import file_path, open_package
from reviewer.packages.reader import read
from reviewer.render.files import OutputFile, output_files
from reviewer.render.html import dossier_page
from reviewer.render.view import DossierView, characters, dossier_view
from reviewer.selection import config
from reviewer.selection.select import select

EXAMPLES = resources.data_folder("fixtures")
"""The example schools: 24 students, 37 applications to three departments."""

CONFIG = resources.data_folder("site_config")
"""The departments that they apply to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A dossier just before it is rendered."""

    name: str
    """校系代碼/應試號碼."""
    package: str
    """The student."""
    view: DossierView
    """What templates may use."""
    files: tuple[OutputFile, ...]
    """Derived files by the names that the view uses."""
    processed: dict[str, Processed]
    """Its attachments."""
    plan: DrawingPlan
    """What draws its rare characters."""
    originals: dict[str, bytes]
    """Its attachments as they were handed in, by hash."""
    page: str
    """The HTML page."""


def export_of(students: int, folder: Path) -> Path:
    """An export of so many students, with attachments hard-linked; made once, then found again."""
    place = folder / f"export-{students}"
    if not (place / "applications.csv").exists():
        generate(place, students, link=True)
    return place


def site_of(students: int, folder: Path) -> Path:
    """The site of such an export, without PDFs, brought up to date by this version of the program; its cache is `folder/cache`."""
    export, site = export_of(students, folder), folder / f"site-{students}"
    arguments = [sys.executable, "-m", "reviewer", "build", str(export / "central"), "--applications", str(export / "applications.csv")]
    subprocess.run(
        [*arguments, "--config", str(CONFIG), "--out", str(site), "--cache", str(folder / "cache"), "--no-pdf"],
        check=True,
        stdout=sys.stderr,
    )
    return site


def prepare(export: Path, store: Store, *, only: Callable[[str], bool] = lambda _name: True) -> Iterator[Prepared]:
    """Yield the dossiers of a central export, their attachments processed; `only` chooses by 校系代碼/應試號碼."""
    configuration = config.load(CONFIG)
    rows, _ = tables.read_table(export / "applications.csv")
    for application, address in tables.match(discover(export / "central"), rows).pairs:
        name = f"{application.department_code}/{application.applicant_number}"
        if not only(name) or application.department_code not in configuration.departments:
            continue
        with open_package(address) as opened:
            selected = select(read(opened), configuration.departments[application.department_code], application)
            paths = {each.sha256: file_path(opened, each) for each in selected.attachments}
            originals = {sha256: path.read_bytes() for sha256, path in paths.items()}
            processed = {each.sha256: process(paths[each.sha256], each, store) for each in selected.attachments}
        dossier = selected.dossier
        plan = rare.plan(characters(dossier, processed), dossier.glyphs)
        view = dossier_view(dossier, processed, plan, pdf="dossier.pdf")
        yield Prepared(
            name=name,
            package=address.package_id,
            view=view,
            files=output_files(dossier, processed),
            processed=processed,
            plan=plan,
            originals=originals,
            page=dossier_page(view),
        )
