"""資料版本: what a school previews is what the university builds, for every student and department of the example schools."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewer.packages import applications as tables
from reviewer.packages.discovery import discover
from reviewer.packages.opening import open_package
from reviewer.packages.reader import read
from reviewer.preview.material import WATERMARK, prepare
from reviewer.preview.request import PreviewRequest
from reviewer.selection import config
from reviewer.selection.masks import masking
from reviewer.selection.select import select
from reviewer.site.notes import add_notes
from reviewer.site.request import Material

CHECKOUT = Path(__file__).resolve().parents[3]
CONFIG = CHECKOUT / "site_config"
SCHOOLS = ("013398", "11D901", "170497")

Versions = dict[tuple[str, str], str]


def versions(material: Material) -> Versions:
    """Hashes of dossiers by 校系代碼 and 應試號碼, made as a worker of the build makes them."""
    return dict(_versions(material))


def _versions(material: Material) -> Iterator[tuple[tuple[str, str], str]]:
    for application, address in material.applications:
        selection = material.selections.get(application.department_code)
        if selection is None:
            continue
        with open_package(address) as opened:
            portfolio = read(opened)
            dossier = select(portfolio, selection, application, watermark=material.watermark).dossier
            notes = material.notes.get((address.package_id, application.department_code), ())
            shown = add_notes(dossier, notes, masking(portfolio.identity, selection.masks).text)
        assert shown.sha256 == dossier.sha256
        assert shown.watermark == material.watermark
        yield (application.department_code, application.applicant_number), shown.sha256


def built(packages: Path, table: Path | None) -> Versions:
    """What the university makes of an export."""
    discovery = discover(str(packages))
    rows = tables.read_table(table)[0] if table else tables.from_tree(discovery)
    pairs = tables.match(discovery, rows).pairs
    return versions(Material(applications=pairs, selections=config.load(CONFIG).departments, packages=0, idle_packages=0, problems=()))


@pytest.fixture(scope="module")
def from_central() -> Versions:
    return built(CHECKOUT / "fixtures/central", CHECKOUT / "fixtures/applications.csv")


@pytest.fixture(scope="module")
def from_committee() -> Versions:
    return built(CHECKOUT / "fixtures/committee", None)


@pytest.fixture(scope="module")
def previewed(uploads: Path, tmp_path_factory: pytest.TempPathFactory) -> Versions:
    found: Versions = {}
    for school in SCHOOLS:
        scratch = tmp_path_factory.mktemp(school)
        request = PreviewRequest(source=uploads / school, config=CONFIG, out=scratch / "out", cache=scratch / "cache", workers=2)
        material = prepare(request, scratch / "packages").material
        assert material.watermark == WATERMARK
        found |= versions(material)
    return found


def test_every_application_of_the_example_schools_is_previewed(previewed: Versions, from_central: Versions) -> None:
    assert len(previewed) == 36
    assert previewed.keys() == from_central.keys()


def test_the_preview_has_the_hash_of_the_build_of_the_central_export(previewed: Versions, from_central: Versions) -> None:
    assert previewed == from_central


def test_the_preview_has_the_hash_of_the_build_of_the_committees_tree(previewed: Versions, from_committee: Versions) -> None:
    assert previewed == from_committee
