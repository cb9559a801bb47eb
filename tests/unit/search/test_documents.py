"""What of a dossier can be found, where it stands, and what cannot be found."""

from dataclasses import replace

from reviewer.model.dossier import Dossier
from reviewer.model.hiding import Hidden, HiddenWord
from reviewer.model.portfolio import Glyph
from reviewer.model.selection import Mask
from reviewer.render.html import dossier_page
from reviewer.render.view import dossier_view
from reviewer.search.documents import Kind, SearchDocument, documents, markdown_words
from reviewer.search.spool import decode, spool
from tests import factories


def made(dossier: Dossier | None = None) -> tuple[SearchDocument, ...]:
    return tuple(documents(dossier or factories.dossier(), factories.processed()))


def test_every_anchor_stands_on_the_dossier_s_page() -> None:
    dossier, processed = factories.dossier(), factories.processed()
    page = dossier_page(dossier_view(dossier, processed))
    assert [each.anchor for each in documents(dossier, processed) if each.anchor and f' id="{each.anchor}"' not in page] == []


def test_there_is_one_for_the_applicant_each_course_each_entry_and_each_page() -> None:
    dossier, processed = factories.dossier(), factories.processed()
    found = made()
    assert dossier.record is not None
    assert [each.kind for each in found].count(Kind.IDENTITY) == 1
    assert [each.kind for each in found].count(Kind.COURSE) == len(dossier.record.courses)
    assert [each.entry for each in found if each.kind in (Kind.ITEM, Kind.STATEMENT)] == [entry.id for entry in dossier.entries()]
    links = [link for entry in dossier.entries() for link in entry.files if link.attachment]
    shown = [processed[link.attachment.sha256] for link in links if link.attachment and link.attachment.sha256 in processed]
    assert [each.kind for each in found].count(Kind.PAGE) == sum(len(each.pages) for each in shown if each.refused is None)
    assert len({each.anchor for each in found}) == len(found)


def test_a_masked_fact_is_in_no_document() -> None:
    dossier = factories.dossier()
    facts = tuple(replace(fact, value="○○○", masked=True) for fact in dossier.identity)
    masked = replace(dossier, name="○同學", name_masked=True, identity=facts)
    assert made(masked)[0].segments == (dossier.applicant_number,)


def test_masked_words_are_taken_out_of_uploads() -> None:
    dossier, processed = factories.dossier(), factories.processed()
    word = next(words for words in (page.text[:4] for one in processed.values() for page in one.pages) if words)
    hidden = Hidden(words=(HiddenWord(word=word, shown="○○○", mask=Mask.SCHOOL),))
    pages = [document for document in documents(dossier, processed, hidden) if document.kind is Kind.PAGE]
    assert any("○○○" in segment for page in pages for segment in page.segments)
    assert [page for page in pages if any(word in segment for segment in page.segments)] == []


def test_a_rare_name_is_found_as_it_is_mapped_and_as_it_was_sent() -> None:
    dossier = replace(factories.dossier(name="王\ue001明"), glyphs=(Glyph(code_point=0xE001, mapped="堃"),))
    record = decode(spool(dossier, factories.processed()).decode("utf-16-le"))
    assert record is not None
    assert record.text.startswith("王堃明\n")
    assert "\n王\ue001明\n" in record.text


def test_markdown_is_found_by_its_words_without_its_signs() -> None:
    assert markdown_words("# 動機\n\n我**很**想\n學 `C++`。\n\n- 一\n- [二](http://a)\n") == ("動機", "我很想\n學 C++。", "一", "二")
