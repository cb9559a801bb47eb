"""Pages in two languages: nothing untranslated, nothing fuzzy, nothing left over, and no Chinese word of ours on an English page."""

import dataclasses
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from jinja2 import nodes

from reviewer import resources
from reviewer.model.dates import Semester, parse_day
from reviewer.model.language import Language
from reviewer.model.tables import code_tables
from reviewer.model.text import Text, both, numbered
from reviewer.render import phrases, terms
from reviewer.render.environment import environment
from reviewer.render.html import cohort_page, dossier_page, help_page
from reviewer.render.language import N_, Wording, filled, words_js
from reviewer.render.view import cohort_row, cohort_view, dossier_view, help_view
from reviewer.render.words import Lettering, chinese
from reviewer.selection.identity import NAME_UNKNOWN
from tests import factories
from tests.pages import selection
from tools import words

HAN = re.compile("[\u3001-\u303f\u3400-\u9fff\uf900-\ufaff\uff01-\uff0a\uff0c-\uff60\U00020000-\U0003ffff]")
"""Chinese characters and marks; ＋ is the label of what stands outside the named codes, in every language."""

IDEOGRAPH = re.compile("[\u3400-\u9fff]")
PLACEHOLDERS = re.compile(r"%\((\w+)\)s|\{(\w+)(?:\|[^{}]*)?\}")
ENGLISH = Wording(Language.ENGLISH)
say = ENGLISH

BILINGUAL = {
    "departments": "the university's public tables, each word in both languages",
    "guide": "the guide for families, each sentence in both languages",
    "marks/report.html": "the office's report of merged marks, each sentence in both languages",
    "intake": "the registrar's report and receipts, each sentence in both languages",
    "office": "the office's report, each sentence in both languages",
    "preview": "the registrar's preview, each sentence in both languages",
}
"""Templates, by folder or one by one, that are for offices and families and hold both languages at once."""

NOT_SAID = {"themes/default/departments/public.js": "works on the public table, whose headings are Chinese and English at once"}
"""Scripts with Chinese that nobody reads as a sentence."""


def messages(path: Path) -> list[Message]:
    with path.open("rb") as file:
        return [message for message in read_po(file, locale=path.parents[1].name) if message.id]


@pytest.fixture(params=words.catalogues(), ids=lambda path: path.parents[1].name)
def catalogue(request: pytest.FixtureRequest) -> Path:
    path = request.param
    assert isinstance(path, Path)
    return path


def test_there_is_a_catalogue_for_every_language_but_the_source() -> None:
    assert {path.parents[1].name for path in words.catalogues()} == {one.value for one in Language} - {"zh-Hant"}


def test_the_catalogue_holds_what_the_source_says_and_no_more(catalogue: Path) -> None:
    assert catalogue.read_bytes() == words.as_bytes(words.renewed(catalogue)), "run `make words`"


def test_every_sentence_is_translated_and_none_is_guessed(catalogue: Path) -> None:
    assert [message.id for message in messages(catalogue) if not message.string or message.fuzzy] == []


def test_translations_have_the_places_for_values_that_their_sentences_have(catalogue: Path) -> None:
    def places(text: str) -> set[str]:
        return {one or other for one, other in PLACEHOLDERS.findall(text)}

    assert [message.id for message in messages(catalogue) if places(str(message.id)) != places(str(message.string))] == []


def test_translations_hold_no_chinese_and_nothing_that_would_break_an_attribute(catalogue: Path) -> None:
    wrong = [
        message.id
        for message in messages(catalogue)
        if HAN.search(str(message.string))
        or '"' in re.sub(r"<[^>]*>", "", str(message.string))
        or sorted(re.findall(r"<[^>]*>", str(message.string))) != sorted(re.findall(r"<[^>]*>", str(message.id)))
    ]
    assert wrong == []


def literals(path: Path) -> Iterator[str]:
    """Chinese that a template prints by itself, outside of `_()` and `{% trans %}`."""
    tree = environment().parse(path.read_text(encoding="utf-8"))
    yield from (data.data.strip() for data in tree.find_all(nodes.TemplateData) if HAN.search(data.data))
    said = {
        id(constant) for call in tree.find_all(nodes.Call) if isinstance(call.node, nodes.Name) for constant in call.find_all(nodes.Const)
    }
    marked = {id(constant) for one in tree.find_all(nodes.Filter) if one.name == "chinese" for constant in one.find_all(nodes.Const)}
    for constant in tree.find_all(nodes.Const):
        if isinstance(constant.value, str) and HAN.search(constant.value) and id(constant) not in said | marked:
            yield constant.value


def test_no_template_of_reviewers_prints_a_sentence_that_cannot_be_translated() -> None:
    root = resources.data_folder("templates")
    paths = {path.relative_to(root): path for path in sorted(root.rglob("*.html"))}
    said = {name: path for name, path in paths.items() if BILINGUAL.keys().isdisjoint((name.parts[0], name.as_posix()))}
    assert Path("marks/evidence.html") in said
    assert [(name.as_posix(), text) for name, path in said.items() for text in literals(path)] == []


def test_what_is_called_bilingual_is_there() -> None:
    root = resources.data_folder("templates")
    assert [name for name in BILINGUAL if not (root / name).exists()] == []


def test_no_script_says_a_sentence_that_cannot_be_translated() -> None:
    root = resources.data_folder("themes").parent
    said = re.compile(r"""\bsay\(\s*(["'`])(?:(?!\1).)*\1""")
    comment = re.compile(r"/\*.*?\*/|^\s*//.*?$", re.DOTALL | re.MULTILINE)
    found = [
        (path.relative_to(root).as_posix(), line.strip())
        for path in sorted(root.glob("themes/**/*.js"))
        if path.relative_to(root).as_posix() not in NOT_SAID
        for line in said.sub("", comment.sub("", path.read_text(encoding="utf-8"))).splitlines()
        if IDEOGRAPH.search(line)
    ]
    assert found == []


@pytest.mark.parametrize("name", sorted(NOT_SAID))
def test_exceptions_exist(name: str) -> None:
    assert IDEOGRAPH.search((resources.data_folder("themes").parent / name).read_text(encoding="utf-8"))


def test_a_sentence_is_said_with_its_values_and_the_word_for_so_many() -> None:
    assert Wording()("再列 {n} 處", n=3) == "再列 3 處"
    assert (say("再列 {n} 處", n=1), say("再列 {n} 處", n=3)) == ("1 more place", "3 more places")
    assert say("沒有這一句") == "沒有這一句"
    assert filled("{a}", {"a": "{b}"}) == "{b}"
    assert numbered("{n|eins|viele} {n}", {"n": 2}) == "viele {n}"
    with pytest.raises(KeyError):
        filled("{a}", {})
    assert N_("搜尋") == "搜尋"
    assert say.of(Text("修課紀錄", "course record")) == "course record"


def test_templates_say_sentences_as_markup_and_escape_values() -> None:
    made = environment(Language.ENGLISH).from_string(
        '{{ _("%(n)s 頁", n=1) }}; {{ _("%(n)s 頁", n="<2>") }}; {% trans n=3 %}{{ n }} 頁{% endtrans %}'
    )
    assert made.render() == "1 page; &lt;2&gt; pages; 3 pages"


def test_days_and_semesters_name_both_calendars() -> None:
    day = parse_day("114.03.27")
    assert day
    found = phrases.date_view(day, say)
    assert found
    assert (found.words, found.other, found.western) == ("27 Mar 2025", "ROC 114.03.27", "2025-03-27")
    plain = phrases.date_view(day)
    assert plain
    assert (plain.words, plain.other) == ("114.03.27", "2025-03-27")
    assert phrases.semester_words(Semester(113, 1), say) == "2024–25 (ROC 113), term 1"
    assert phrases.semester_words(Semester(113, 1)) == "113 學年度第 1 學期"
    assert phrases.semester_words(Semester(88, 0), say) == "1999–00 (ROC 88)"
    assert phrases.length(125, say) == "2 min 05 s"


def test_chinese_is_marked_on_an_english_page_and_left_alone_on_a_chinese_one() -> None:
    assert chinese("水利系", Language.ENGLISH).__html__() == '<span lang="zh-Hant-TW">水利系</span>'  # type: ignore[attr-defined]
    assert Lettering().words("水利系").markup is None
    assert Lettering(language=Language.ENGLISH).words("Hydraulics").markup is None
    assert Lettering(language=Language.ENGLISH).text(both("<系>")).__html__() == '<span lang="zh-Hant-TW">&lt;系&gt;</span>'


def test_scripts_get_their_sentences_before_they_start() -> None:
    script = words_js(Language.ENGLISH).decode()
    assert script.startswith("window.Reviewer = { words: {")
    assert '"請按 Ctrl+C": "Press Ctrl+C"' in script
    assert "給審查委員的說明" not in script
    html = dossier_page(dossier_view(factories.dossier(), factories.processed(), language=Language.ENGLISH))
    assert html.index("../theme/words.js") < html.index("../theme/script.js")
    assert "words.js" not in dossier_page(dossier_view(factories.dossier(), factories.processed()))


class Walk(HTMLParser):
    """Text and attributes with the language that they are in."""

    VOID = frozenset(("br", "img", "input", "meta", "link", "source", "hr", "path", "rect", "circle", "line", "polyline"))

    def __init__(self) -> None:
        super().__init__()
        self.languages: list[str] = [""]
        self.tags: list[str] = [""]
        self.texts: list[tuple[str, str]] = []
        self.attributes: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [value for name, value in attrs if value and name not in ("class", "href", "id")]
        if tag not in self.VOID:
            self.languages.append(dict(attrs).get("lang") or self.languages[-1])
            self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            self.languages.pop()
            self.tags.pop()

    def handle_data(self, data: str) -> None:
        if self.tags[-1] != "title":
            self.texts.append((self.languages[-1], data))
        else:
            self.attributes.append(data)


def strings(value: object) -> Iterator[str]:
    if isinstance(value, Text):
        yield from (value.zh,) if value.zh == value.en else ()
    elif isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list | frozenset):
        for item in value:
            yield from strings(item)
    elif isinstance(value, dict):
        yield from strings(tuple(value.values()))
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from strings(getattr(value, field.name))


def english_pages() -> dict[str, str]:
    chosen = selection(language=Language.ENGLISH)
    return {
        "dossier.html": dossier_page(
            dossier_view(factories.dossier(), factories.processed(), pdf="dossier.pdf", language=Language.ENGLISH)
        ),
        "help.html": help_page(help_view(chosen)),
        "index.html": cohort_page(cohort_view(chosen, [cohort_row(factories.dossier(), Lettering(language=Language.ENGLISH), pdf=True)])),
    }


@pytest.mark.parametrize("name", sorted(english_pages()))
def test_an_english_page_has_no_chinese_words_of_its_own(name: str) -> None:
    walk = Walk()
    walk.feed(english_pages()[name])
    assert walk.languages == [""]
    assert {language for language, data in walk.texts if data.strip()} <= {"", "en", "zh-Hant-TW"}
    assert [data.strip() for language, data in walk.texts if language != "zh-Hant-TW" and HAN.search(data)] == []
    sent = "\n".join(strings((factories.dossier(), factories.processed(), selection(guide=""))))
    runs = [run for value in walk.attributes for run in re.findall(f"(?:{HAN.pattern})+", value)]
    assert [run for run in runs if run not in sent] == []


def test_a_nameless_applicant_is_said_to_be_so_in_the_pages_language() -> None:
    page = dossier_view(factories.dossier(name=NAME_UNKNOWN), factories.processed(), language=Language.ENGLISH)
    assert page.name.plain == "(no name in the package)"


def test_official_terms_that_are_kept_in_chinese_are_said_in_the_pages_language() -> None:
    assert terms.term(terms.CATEGORY, "部定必修", Language.ENGLISH) == code_tables()["課程類別"]["1"].en
    assert terms.term(terms.DOMAIN, "語文領域", Language.ENGLISH) == terms.term(terms.DOMAIN, "語文", Language.ENGLISH) == "languages"
    assert terms.term(terms.DOMAIN, "水域領域", Language.ENGLISH) == "水域領域"
    assert terms.term(terms.DOMAIN, "全民國防教育", Language.ENGLISH) == code_tables()["領域"]["09"].en
