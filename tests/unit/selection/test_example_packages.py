"""The shipped example: the committee's tree and the central export lead to the same dossiers, masked where the department asks for it."""

from collections.abc import Iterator

import pytest

from reviewer.model.application import Application
from reviewer.model.canonical import canonical_json
from reviewer.model.portfolio import Portfolio
from reviewer.model.selection import Mask
from reviewer.packages.address import PackageAddress
from reviewer.packages.applications import from_tree, read_table
from reviewer.packages.discovery import discover
from reviewer.packages.opening import open_package
from reviewer.packages.reader import read
from reviewer.resources import data_folder
from reviewer.selection.config import load
from reviewer.selection.select import Selected, select

Key = tuple[str, str]
DEPARTMENTS = load(data_folder("site_config")).departments


def committee() -> Iterator[tuple[Application, PackageAddress]]:
    discovery = discover(data_folder("fixtures") / "committee")
    addresses = {(address.package_id, address.department_code): address for address in discovery.packages}
    yield from ((application, addresses[application.package_id, application.department_code]) for application in from_tree(discovery))


def central() -> Iterator[tuple[Application, PackageAddress]]:
    addresses = {address.package_id: address for address in discover(data_folder("fixtures") / "central").packages}
    rows, _ = read_table(data_folder("fixtures") / "applications.csv")
    yield from ((application, addresses[application.package_id]) for application in rows if application.package_id in addresses)


def dossiers(pairs: Iterator[tuple[Application, PackageAddress]]) -> dict[Key, tuple[Portfolio, Selected]]:
    made = {}
    for application, address in pairs:
        with open_package(address) as opened:
            portfolio = read(opened)
        made[application.applicant_number, application.department_code] = (
            portfolio,
            select(portfolio, DEPARTMENTS[application.department_code], application),
        )
    return made


@pytest.fixture(scope="module")
def of_committee() -> dict[Key, tuple[Portfolio, Selected]]:
    return dossiers(committee())


def test_both_ways_lead_to_the_same_dossiers(of_committee: dict[Key, tuple[Portfolio, Selected]]) -> None:
    of_central = dossiers(central())
    assert len(of_committee) >= 24
    assert {key: row[1].dossier.sha256 for key, row in of_committee.items()} == {
        key: row[1].dossier.sha256 for key, row in of_central.items()
    }


def test_ledgers_balance_and_slots_speak(of_committee: dict[Key, tuple[Portfolio, Selected]]) -> None:
    for portfolio, result in of_committee.values():
        assert result.dossier.ledger.ticked == len(portfolio.outcomes) + len(portfolio.performances)
        assert result.dossier.ledger.balanced
        assert all(slot.reason.zh or slot.entries or slot.codes == ("A",) for section in result.dossier.sections for slot in section.slots)


def test_no_masked_fact_is_in_a_dossier(of_committee: dict[Key, tuple[Portfolio, Selected]]) -> None:
    masked = [row for key, row in of_committee.items() if DEPARTMENTS[key[1]].masks == {Mask.NAME, Mask.SCHOOL}]
    assert len(masked) >= 5
    for portfolio, result in masked:
        text = canonical_json(result.dossier).decode()
        who = portfolio.identity
        assert [word for word in (who.name, who.school_name, f'{who.school_code}"') if word and word in text] == []
