"""Help for tests of the desk: a department's folder with several dossiers, each with its own page."""

from pathlib import Path

from reviewer.render.html import dossier_page
from reviewer.render.view import cohort_row, dossier_view
from reviewer.render.words import PLAIN
from tests import factories
from tests.pages import write_department

NUMBERS = ("10210007", "10210008", "10210009", "10210010", "10210011", "10210012")
"""Applicants of the folder."""

THIRTY = tuple(f"1021{at:04d}" for at in range(7, 37))
"""Applicants of a folder as large as an afternoon."""

NAMES = ("王思源", "以沙克・法厄荻兒・魯夫拉桑・巴納伊・撒奇萊雅・Kacaw Fotol-Sapalengaw", "林亭妤", "歐陽宇軒", "陳冠宇", "張雅筑")
"""Their names, in the same order."""


def write_desk(folder: Path, numbers: tuple[str, ...] = NUMBERS) -> Path:
    """Write a department's folder; every second applicant is of another kind of school."""
    processed = factories.processed()
    made = []
    for at, number in enumerate(numbers):
        identity = factories.dossier().identity
        if at % 2:
            identity = tuple(
                type(fact)(key=fact.key, label=fact.label, value="夜間部" if fact.key == "部別" else fact.value) for fact in identity
            )
        made.append(factories.dossier(applicant_number=number, name=NAMES[at % len(NAMES)], identity=identity))
    write_department(folder, made[0], processed, tuple(cohort_row(one, PLAIN, pdf=False) for one in made))
    pictures = folder / numbers[0] / "f"
    pages: dict[tuple[object, ...], tuple[str, str]] = {}  # applicants who differ by their number alone share what is drawn
    for one in made[1:]:
        alike = (one.name, one.identity)
        if alike not in pages:
            pages[alike] = one.applicant_number, dossier_page(dossier_view(one, processed))
        number, page = pages[alike]
        home = folder / one.applicant_number
        home.mkdir()
        (home / "index.html").write_text(page.replace(number, one.applicant_number), encoding="utf-8")
        (home / "f").symlink_to(pictures)
    return folder
