"""Help for tests of pages: a small reader of HTML, and a department's folder with pages, theme and pictures made by hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from PIL import Image

from reviewer.model.codes import Group, shipped_code_sets
from reviewer.model.dossier import Dossier
from reviewer.model.language import Language
from reviewer.model.processed import Processed
from reviewer.model.selection import SectionChoice, Selection
from reviewer.model.text import both
from reviewer.render.files import output_files
from reviewer.render.html import cohort_page, dossier_page, help_page
from reviewer.render.language import words_js
from reviewer.render.theme import accent_css, font_files, theme_files
from reviewer.render.view import CohortRow, cohort_view, desk_script, dossier_view, help_view, page_characters
from reviewer.resources import data_folder
from reviewer.selection.rubrics import load_rubrics

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
"""Elements without an end tag."""


@dataclass(frozen=True, slots=True)
class Element:
    """An element as it stands in a page."""

    tag: str
    attributes: Mapping[str, str]
    parents: tuple[str, ...]


class Page(HTMLParser):
    """A page taken apart; elements that are not closed in order are a mistake."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), (tag, names)
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}, tuple(self._open)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}, tuple(self._open)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open
        assert self._open.pop() == tag, tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] not in ("script", "style", "title", "desc"):
            self.words.append(data)

    @property
    def text(self) -> str:
        """All visible words."""
        return "".join(self.words)

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """Elements of a tag with these attributes; `class_` and `data_code` stand for `class` and `data-code`."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [one for one in self.elements if one.tag == tag and all(one.attributes.get(name) == value for name, value in wanted.items())]

    @property
    def ids(self) -> list[str]:
        """Every id."""
        return [one.attributes["id"] for one in self.elements if "id" in one.attributes]


def selection(**changes: object) -> Selection:
    """The selection that the factories' dossier is of."""
    values: dict[str, object] = {
        "department_code": "001012",
        "university_code": "001",
        "university_name": both("範例大學"),
        "name": both("水資源及環境工程學系"),
        "admission_year": 115,
        "code_set": shipped_code_sets()["university"],
        "sections": (
            SectionChoice(group=Group.COURSE_RECORD, codes=("A",)),
            SectionChoice(group=Group.OUTCOME, codes=("B", "C", "D")),
            SectionChoice(group=Group.PERFORMANCE, codes=("F", "H", "J", "L")),
            SectionChoice(group=Group.SUMMARY, codes=("N",)),
            SectionChoice(group=Group.STATEMENT, codes=("O", "P", "Q")),
        ),
        "guide": "# 我們看什麼\n\n請依**評量尺規**閱讀，先看摘要。",
    }
    return Selection(**(values | changes))  # type: ignore[arg-type]


def write_department(
    folder: Path,
    dossier: Dossier,
    processed: Mapping[str, Processed],
    rows: tuple[CohortRow, ...],
    media: Path | None = None,
    *,
    language: Language = Language.CHINESE,
) -> None:
    """Write a department's folder with one dossier; pictures are plain sheets of the right size, `media` is used for films and sounds."""
    chosen = selection(language=language)
    page = dossier_page(dossier_view(dossier, processed, language=language))
    cohort = cohort_page(cohort_view(chosen, rows))
    home = folder / dossier.applicant_number
    (home / "f").mkdir(parents=True)
    (home / "index.html").write_text(page, encoding="utf-8")
    (folder / "index.html").write_text(cohort, encoding="utf-8")
    guide = help_page(help_view(chosen))
    (folder / "help.html").write_text(guide, encoding="utf-8")
    rubrics, _ = load_rubrics(data_folder("site_config"))
    (folder / "data").mkdir(exist_ok=True)
    (folder / "data" / "desk.js").write_text(desk_script(chosen, rows, rubrics["default"]), encoding="utf-8")
    theme = folder / "theme"
    (theme / "fonts").mkdir(parents=True)
    words = {} if language is Language.CHINESE else {"words.js": words_js(language)}
    fonts = dict(font_files(page_characters(page + cohort + guide)))
    for name, content in {**theme_files(), **words, **fonts, "accent.css": accent_css("#7a3b2e")}.items():
        (theme / name).write_bytes(content)
    for file in output_files(dossier, processed):
        target = home / file.name
        if file.is_media:
            target.write_bytes(media.read_bytes() if media else b"")
        else:
            Image.new("RGB", _size(processed[file.sha256], file.source_name), "#e8e4da").save(target)


def _size(result: Processed, name: str) -> tuple[int, int]:
    images = [image for page in result.pages for image in (*page.images, *page.originals)] + ([result.poster] if result.poster else [])
    return next(((image.width_px, image.height_px) for image in images if image.name == name), (600, 360))
