"""Fingerprints of what every dossier of a department is made from, the packages apart. This is where the machine is read, once a build."""

import ctypes
import ctypes.util
import functools
import hashlib
import importlib.metadata
import os
import sys
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from reviewer import resources
from reviewer.fonts import faces
from reviewer.model.application import Application
from reviewer.model.canonical import canonical_sha256
from reviewer.model.selection import Selection
from reviewer.selection.themes.contract import DEFAULT
from reviewer.site.notes import Note
from reviewer.site.results import Inputs

_PACKAGE = Path(resources.__file__).parent

LIBRARIES = (
    "av",
    "babel",
    "bagit",
    "brotli",
    "cssselect2",
    "fonttools",
    "jinja2",
    "lxml",
    "markdown-it-py",
    "markupsafe",
    "mdurl",
    "pdfminer.six",
    "pikepdf",
    "pillow",
    "pydantic",
    "pydantic-core",
    "pydyf",
    "pypdf",
    "pypdfium2",
    "pyphen",
    "tinycss2",
    "tinyhtml5",
    "uharfbuzz",
    "weasyprint",
    "webencodings",
    "zxing-cpp",
)
"""Python packages whose version may show in the bytes: all that reads what is handed in, lays out, draws or compresses."""

BESIDE_THE_BYTES = frozenset(
    {
        "annotated-types",  # what pydantic is written with: it neither reads nor writes by itself
        "cffi",  # carries calls to the libraries of the operating system
        "cryptography",  # a signature is right or wrong in every version
        "filelock",  # who writes first, not what
        "fsspec",  # where packages come from; their bytes are hashed when they are here
        "openpyxl",  # writes and reads a department's workbook of choices; the choices themselves are hashed
        "platformdirs",  # where the cache is
        "pycparser",  # part of cffi
        "setuptools",  # cffi looks whether it is there
        "tomlkit",  # writes configuration
        "typing-extensions",  # annotations
        "typing-inspection",  # annotations
        "whoosh-reloaded",  # the office's index, beside the departments' folders
    }
)
"""Python packages that the rooms below import and that cannot change a dossier; every other one stands in LIBRARIES, which a test holds to."""

SHARED_LIBRARIES = (("pango-1.0", "pango_version_string"), ("harfbuzz", "hb_version_string"))
"""Libraries of the operating system that lay out text, and the functions by which they name their version."""

CODE_ROOMS = ("model", "packages", "fonts", "attachments", "selection", "render", "search", "site")
"""Rooms whose files make a dossier, its department's pages, theme and sums."""

CODE_MODULES = ("__init__.py", "resources.py")
"""The version, which pages show, and where templates and themes are."""

AROUND = frozenset(
    {
        "site/build.py",
        "site/cluster.py",
        "site/cluster_findings.py",
        "site/delivery",
        "site/extract.py",
        "site/leak_report.py",
        "site/office.py",
        "site/plan.py",
        "site/publish.py",
        "site/rehash.py",
        "site/report.py",
        "site/request.py",
        "site/run.py",
        "site/signatures.py",
        "site/survey.py",
    }
)
"""What stands around the making: which dossiers are made, on which machines, where they go, what the office hears. It changes no byte of a
department's folder; everything else in CODE_ROOMS counts as if it did."""


def shared_inputs(selection: Selection, *, with_pdf: bool, watermark: str = "") -> Inputs:
    """What all dossiers of a department have in common; `package` and `application` are left empty."""
    return Inputs(
        package="",
        application="",
        selection=canonical_sha256(selection),
        templates=tree_sha256(resources.data_folder("templates")),
        theme=theme_sha256(selection.theme),
        fonts=fonts_sha256(),
        code=code_sha256(),
        options=("pdf" if with_pdf else "no-pdf") + (f" {watermark}" if watermark else ""),
    )


def application_sha256(application: Application, notes: tuple[Note, ...] = ()) -> str:
    """Fingerprint of one row, and of what a preview says beside its items."""
    return canonical_sha256([application, notes] if notes else application)


def theme_sha256(name: str) -> str:
    """Fingerprint of a theme's folder, and of the default theme's, from which it takes what it lacks."""
    folder = resources.data_folder("themes")
    return canonical_sha256([tree_sha256(folder / each) for each in dict.fromkeys((name, DEFAULT))])


@functools.cache
def tree_sha256(folder: Path) -> str:
    """Hash over the sorted names and contents of a folder's files."""
    return _files_sha256(folder, (path for path in folder.rglob("*") if path.is_file()))


@functools.cache
def fonts_sha256() -> str:
    """Hash over all faces that may draw a character, in their order.

    Of a fallback face only the size and the head of the file are read: its table directory holds a checksum of every table, and the faces
    together are 300 MB.
    """
    return canonical_sha256(
        [[face.id, _directory_sha256(face) if face.fallback else faces.fingerprint(face)] for face in faces.all_faces()]
    )


def _directory_sha256(face: faces.Face) -> str:
    with face.path.open("rb") as file:
        head = file.read(1024)
    return hashlib.sha256(head + str(face.path.stat().st_size).encode()).hexdigest()


@functools.cache
def code_sha256() -> str:
    """Hash over the product's own code and the versions of what it stands on."""
    return canonical_sha256([_files_sha256(_PACKAGE, code_files()), versions()])


def code_files() -> Iterator[Path]:
    """Every file of the product, data and words among them, that may show in the bytes."""
    yield from (_PACKAGE / name for name in CODE_MODULES)
    for room in CODE_ROOMS:
        for folder, folders, names in os.walk(_PACKAGE / room):
            place = Path(folder).relative_to(_PACKAGE).as_posix()
            folders[:] = [name for name in folders if name != "__pycache__" and f"{place}/{name}" not in AROUND]
            yield from (Path(folder, name) for name in names if f"{place}/{name}" not in AROUND)


@functools.cache
def versions() -> tuple[tuple[str, str], ...]:
    """Name and version of the libraries, for fingerprints and the build report."""
    # Of Python itself: how it folds and normalises text, and what it compresses with.
    itself = (("python", sys.version.partition(" ")[0]), ("unicode", unicodedata.unidata_version), ("zlib", zlib.ZLIB_RUNTIME_VERSION))
    python = tuple((name, _python_version(name)) for name in LIBRARIES)
    return (*itself, *python, *((name, _library_version(name, function)) for name, function in SHARED_LIBRARIES))


def _python_version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _library_version(name: str, function: str) -> str:
    found = ctypes.util.find_library(name)
    if found is None:
        return ""
    try:
        version = getattr(ctypes.CDLL(found), function)
    except (OSError, AttributeError):
        return ""
    version.restype = ctypes.c_char_p
    return bytes(version()).decode("ascii", "replace")


def _files_sha256(root: Path, files: Iterable[Path]) -> str:
    total = hashlib.sha256()
    for path in sorted(files):
        if "__pycache__" in path.parts:
            continue
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        total.update(f"{content}  {path.relative_to(root).as_posix()}\n".encode())
    return total.hexdigest()
