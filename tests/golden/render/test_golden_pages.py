"""Gold pages: what a dossier's and a cohort's page are, byte for byte. `UPDATE_GOLD=1 pytest tests/golden/render` writes them anew; look at the difference.

One scrub: the program's version, which changes with every release and stands in the foot of each page.
"""

import os
from pathlib import Path

import pytest

from reviewer import __version__
from reviewer.model.language import Language
from reviewer.render.html import cohort_page, dossier_page
from reviewer.render.view import cohort_row, cohort_view, dossier_view
from reviewer.render.words import PLAIN
from tests import factories
from tests.pages import selection

GOLD = Path(__file__).parent


def pages() -> dict[str, str]:
    """The pages by the name of their gold file."""
    dossier, processed = factories.dossier(), factories.processed()
    row = cohort_row(dossier, PLAIN, pdf=True)
    return {
        "dossier.html": dossier_page(dossier_view(dossier, processed, pdf="dossier.pdf")),
        "dossier-en.html": dossier_page(dossier_view(dossier, processed, pdf="dossier.pdf", language=Language.ENGLISH)),
        "cohort.html": cohort_page(cohort_view(selection(), [row])),
    }


@pytest.mark.parametrize("name", ["dossier.html", "dossier-en.html", "cohort.html"])
def test_page_is_as_gold(name: str) -> None:
    made = pages()[name].replace(f"portfolio-reviewer {__version__}", "portfolio-reviewer VERSION")
    if os.environ.get("UPDATE_GOLD"):
        (GOLD / name).write_text(made, encoding="utf-8")
    assert made == (GOLD / name).read_text(encoding="utf-8")
