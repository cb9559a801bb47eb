"""A package that somebody writes into while it is read: what changed is named, nothing of it is kept, the neighbour is unharmed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from reviewer.model.portfolio import Portfolio
from reviewer.packages.opening import Opened
from reviewer.packages.reader import read
from reviewer.site import dossier
from reviewer.site.report import BuildReport
from reviewer.site.request import Request

Build = Callable[..., BuildReport]
Contents = Callable[..., dict[str, bytes]]

CHANGING, NEIGHBOUR = "10110301", "001023/10110856"
LATE = b"\n% written while the package was read\n"


def test_an_attachment_that_changes_between_reading_and_drawing(
    build_it: Build,
    request_for: Request,
    export: Path,
    tmp_path: Path,
    site_contents: Contents,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    undisturbed = tmp_path / "undisturbed"
    build_it(site=undisturbed)
    papers = sorted((export / "001/001023" / CHANGING).glob("*.pdf"))
    assert papers

    def interrupted(opened: Opened) -> Portfolio:
        portfolio = read(opened)
        if portfolio.package_id == CHANGING:
            for paper in papers:
                paper.write_bytes(paper.read_bytes() + LATE)
        return portfolio

    with monkeypatch.context() as patch:
        patch.setattr(dossier, "read", interrupted)
        report = build_it(cache=tmp_path / "cache")  # what was drawn before is not drawn again, so it could not change
    (changed,) = (group for group in report.totals.findings if group.code == "attachment-changed")
    assert changed.example.what.en == "The file changed while it was processed; it is not what was read from the package."
    assert changed.count == len(papers)
    neighbour = {path: content for path, content in site_contents(undisturbed).items() if path.startswith(NEIGHBOUR)}
    assert neighbour
    assert {path: content for path, content in site_contents(request_for.site).items() if path.startswith(NEIGHBOUR)} == neighbour

    again = build_it(cache=tmp_path / "cache")
    assert (again.made, again.kept) == (1, 2)
    assert "attachment-changed" not in {group.code for group in again.totals.findings}
    build_it(site=tmp_path / "fresh")
    assert site_contents(request_for.site) == site_contents(tmp_path / "fresh")
