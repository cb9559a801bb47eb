"""Names in Latin that the typeface lacks, in Chromium: each word from one face, in both weights, and no line higher than others."""

from pathlib import Path

import pytest

from reviewer.render.view import cohort_row
from reviewer.render.words import PLAIN
from tests import factories
from tests.browser.conftest import Opener
from tests.pages import write_department

NAME = "Ia\u030dh \u1e3bow\u1e35i"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A department's folder with an applicant of such a name."""
    made = tmp_path_factory.mktemp("latin")
    dossier = factories.dossier(name=NAME)
    write_department(made, dossier, factories.processed(), (cohort_row(dossier, PLAIN, pdf=False),))
    return made


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("path", ["10210007/index.html", "index.html"])
def test_a_name_is_drawn_by_the_latin_face_alone(folder: Path, opened: Opener, path: str, width: int) -> None:
    page = opened.page(folder / path, width=width)
    page.wait_for_function("() => document.fonts.status === 'loaded'")
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    nodes = session.send("DOM.querySelectorAll", {"nodeId": root, "selector": ".latin"})["nodeIds"]
    assert len(nodes) >= 2
    drawn = [session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"] for node in nodes]
    faces = {(font["familyName"], font["isCustomFont"]) for fonts in drawn for font in fonts}
    assert faces == {("Noto Sans", True)}
    assert opened.complaints == []


def test_lines_are_as_high_with_such_words_as_without(folder: Path, opened: Opener) -> None:
    page = opened.page(folder / "10210007/index.html")
    page.wait_for_function("() => document.fonts.status === 'loaded'")
    heights = page.evaluate(
        """() => ['王 <span class="latin">Ia\u030dh</span>', '王 Iah'].map(html => {
            const line = document.createElement('p');
            line.innerHTML = html;
            document.querySelector('main').append(line);
            return line.getBoundingClientRect().height;
        })"""
    )
    assert heights[0] == heights[1]
