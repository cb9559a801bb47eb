"""Templates are held to the views: every key they use is a field, and nothing of the applicant's reaches a page unescaped."""

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import nodes

from reviewer import resources
from reviewer.model.dossier import Dossier
from reviewer.model.processed import Processed
from reviewer.render import html as html_module
from reviewer.render.environment import environment
from reviewer.render.html import cohort_page, dossier_page
from reviewer.render.shapes import cohort, desk, dossier, material, page, small
from reviewer.render.shapes import help as help_shapes
from reviewer.render.view import cohort_row, cohort_view, dossier_view
from reviewer.render.words import PLAIN, Words
from tests import factories
from tests.pages import Page, selection

TYPES: dict[str, tuple[type, ...]] = {
    "page": (page.PageView,),
    "logo": (page.LogoView,),
    "badge": (small.BadgeView,),
    "date": (small.DateView,),
    "period": (small.PeriodView,),
    "fact": (small.FactView,),
    "paragraph": (small.ParagraphView,),
    "problem": (small.ProblemView,),
    "address": (material.AddressView,),
    "standing": (small.StandingView,),
    "figure": (dossier.FigureView,),
    "record": (dossier.RecordView,),
    "semester": (dossier.SemesterView,),
    "domain": (dossier.DomainView,),
    "course": (dossier.CourseView,),
    "certification": (dossier.CertificationView,),
    "entry": (dossier.EntryView,),
    "other": (dossier.RelatedView,),
    "slot": (dossier.SlotView,),
    "section": (dossier.SectionView,),
    "glyph": (dossier.GlyphView,),
    "file": (material.FileView,),
    "sheet": (material.SheetView,),
    "block": (material.BlockView,),
    "image": (material.ImageView,),
    "large": (material.ImageView,),
    "media": (material.MediaView,),
    "choice": (cohort.ChoiceView,),
    "line": (cohort.LegendView,),
    "cell": (cohort.CohortCell,),
    "desk": (desk.DeskRow,),
    "row": (cohort.CohortRow, small.StandingView),
    "view": (dossier.DossierView, cohort.CohortView, help_shapes.HelpView),
    "group": (help_shapes.GroupHelp,),
    "code": (help_shapes.CodeHelp,),
    "term": (help_shapes.TermHelp,),
    "bucket": (help_shapes.BucketHelp,),
    "example": (help_shapes.ExampleHelp,),
    "original": (material.ImageView,),
    "poster": (material.ImageView,),
    "signature": (small.BadgeView,),
    "state": (small.BadgeView,),
    "lane": (small.BadgeView,),
}
"""What each name in a template stands for; any other name is Words."""

OWN = sorted(path for path in resources.data_folder("templates").rglob("*.html") if path.parent.name in ("templates", "parts"))
HOSTILE = "\"><img src=x onerror=alert(1)><script>alert(1)</script>'{{7*7}}"


def attributes(node: nodes.Node) -> Iterator[tuple[str, str]]:
    """(name, attribute) of every chain that a template uses, `view.name` and the links within `entry.period.start`."""
    for found in node.find_all(nodes.Getattr):
        if isinstance(found.node, nodes.Name):
            yield found.node.name, found.attr
        elif isinstance(found.node, nodes.Getattr):
            yield found.node.attr, found.attr


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_templates_use_only_what_the_views_have(path: Path) -> None:
    used = set(attributes(environment().parse(path.read_text(encoding="utf-8"))))
    unknown = [
        f"{name}.{attribute}"
        for name, attribute in sorted(used)
        if name != "loop" and not any(attribute == field.name for one in TYPES.get(name, (Words,)) for field in dataclasses.fields(one))
    ]
    assert unknown == []


def test_no_field_is_there_for_nobody() -> None:
    root = Path(resources.data_folder("templates"))
    rooms = [Path(html_module.__file__).parent / "pdf", Path(html_module.__file__).parents[1] / "site"]
    desk = Path(html_module.__file__).parent / "views" / "desk.py"  # hands its rows to the desk's script, not to a template
    sources = [*root.rglob("*.html"), desk, *(path for room in rooms for path in room.rglob("*.py"))]
    words = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    types = {one for group in TYPES.values() for one in group}
    fields = {f"{one.__name__}.{field.name}" for one in types for field in dataclasses.fields(one)}
    assert sorted(name for name in fields if not re.search(rf"""[.\["]{name.rpartition(".")[2]}\b""", words)) == []


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_templates_never_switch_escaping_off(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"\|\s*safe|autoescape|\bstyle=|\son[a-z]+=|href=\"https?:|javascript:", text) == []


def hostile(value: object) -> object:
    """The same value with every free text replaced by one that tries to break out."""
    if isinstance(value, tuple):
        return tuple(hostile(item) for item in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type) and type(value).__module__.startswith("reviewer.model"):
        changes = {field.name: _hostile_field(field.name, getattr(value, field.name)) for field in dataclasses.fields(value) if field.init}
        return dataclasses.replace(value, **changes)
    return value


_KEPT = frozenset(
    [
        "schema",
        "sha256",
        "applicant_number",
        "department_code",
        "code_set_id",
        "id",
        "shown_at",
        "codes",
        "related",
        "tick",
        "key",
        "path",
        "scope",
        "status",
        "notation",
        "code_point",
        "picture",
        "media",
        "pdf",
        "how",
        "group",
        "lane",
        "kind",
        "state",
        "severity",
        "health",
        "media_type",
        "role",
        "section_id",
        "images",
        "originals",
        "poster",
        "semester_raw",
    ]
)


def _hostile_field(name: str, value: object) -> object:
    if name in _KEPT:
        return value
    if type(value) is str and value:
        return value + HOSTILE
    return hostile(value)


def test_nothing_that_an_applicant_writes_becomes_markup() -> None:
    dossier_made = hostile(factories.dossier())
    assert isinstance(dossier_made, Dossier)
    processed = {
        key: result
        for key, result in ((one.sha256, hostile(one)) for one in factories.processed().values())
        if isinstance(result, Processed)
    }
    html = dossier_page(dossier_view(dossier_made, processed))
    assert "onerror" in html
    found = Page(html)
    assert found.all("img", src="x") == []
    assert not any(name.startswith("on") for element in found.elements for name in element.attributes)
    assert len(found.all("script")) == 2
    assert "49" not in re.findall(r"alert\(1\)</script>'(\d+)", html)


def test_nothing_that_an_applicant_writes_becomes_markup_of_the_cohort_page() -> None:
    dossier_made = hostile(factories.dossier())
    assert isinstance(dossier_made, Dossier)
    found = Page(cohort_page(cohort_view(selection(), [cohort_row(dossier_made, PLAIN, pdf=True)])))
    assert found.all("img") == []
    assert [one.attributes.get("src") for one in found.all("script")] == ["theme/script.js", "theme/desk.js", "data/desk.js", None]
