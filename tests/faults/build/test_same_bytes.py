"""Law 7: a dossier's bytes depend on its own inputs only, never on the neighbours, the clock or the number of workers."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from reviewer import resources
from reviewer.site import run
from reviewer.site.build import build
from reviewer.site.request import Request

Contents = Callable[..., dict[str, bytes]]


def test_one_worker_and_two_write_the_same(request_for: Request, tmp_path: Path, site_contents: Contents) -> None:
    """With PDFs, by the real pool, the second time with a cold cache and pools of one job each, so that the order differs as well."""
    build(replace(request_for, with_pdf=True, site=tmp_path / "one", workers=1))
    second = replace(request_for, with_pdf=True, site=tmp_path / "two", workers=2, cache=tmp_path / "cold")
    build(second, open_pool=run.local_pool)
    assert site_contents(tmp_path / "one") == site_contents(tmp_path / "two")


def test_a_dossier_alone_is_the_dossier_among_others(request_for: Request, export: Path, tmp_path: Path, site_contents: Contents) -> None:
    build(replace(request_for, site=tmp_path / "all"))
    build(replace(request_for, packages=str(export / "001/001023/10110301"), site=tmp_path / "alone"))
    together, alone = (site_contents(tmp_path / name / "001023/10110301") for name in ("all", "alone"))
    assert alone == together


def test_both_forms_of_the_export_lead_to_the_same_dossiers(request_for: Request, tmp_path: Path) -> None:
    """The committee's tree, and the central export with its applications table: the same hashes, department by department."""
    fixtures = resources.data_folder("fixtures")
    committee = replace(request_for, packages=str(fixtures / "committee"), site=tmp_path / "committee", departments=("101004",))
    central = replace(committee, packages=str(fixtures / "central"), applications=fixtures / "applications.csv", site=tmp_path / "central")
    hashes = []
    for request in (committee, central):
        build(request)
        text = (request.site / ".reviewer/records/101004.jsonl").read_text(encoding="utf-8")
        rows = [json.loads(line) for line in text.splitlines()[1:]]
        hashes.append({row["applicant_number"]: row["dossier_sha256"] for row in rows})
    assert len(hashes[0]) == 10
    assert hashes[0] == hashes[1]
