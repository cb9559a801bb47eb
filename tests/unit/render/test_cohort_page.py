"""The department's first page: who applied and where each dossier is, neutral."""

from dataclasses import replace

from reviewer.model.selection import Mask
from reviewer.render.html import cohort_page
from reviewer.render.view import cohort_row, cohort_view
from reviewer.render.words import PLAIN
from tests import factories
from tests.pages import Page, selection


def rows(*numbers: str) -> list:  # type: ignore[type-arg]
    return [cohort_row(factories.dossier(applicant_number=number), PLAIN, pdf=True) for number in numbers]


def test_applicants_stand_by_number_whatever_the_order_of_the_build() -> None:
    one = cohort_page(cohort_view(selection(), rows("10210009", "10210007")))
    assert one == cohort_page(cohort_view(selection(), rows("10210007", "10210009")))
    assert [row.attributes["data-applicant"] for row in Page(one).all("tr") if "data-applicant" in row.attributes] == [
        "10210007",
        "10210009",
    ]


def test_the_selection_stands_in_words() -> None:
    text = Page(cohort_page(cohort_view(selection(), []))).text
    assert "F 高中自主學習計畫與成果、H 擔任幹部經驗、J 競賽表現、L 檢定證照（合計至多 10 件）" in text
    assert "目前沒有可閱讀的申請人檔案。" in text


def test_each_slot_is_a_shape_with_a_word_never_a_count() -> None:
    page = Page(cohort_page(cohort_view(selection(), rows("10210007"))))
    cells = [one.attributes["title"] for one in page.all("td", class_="code")]
    assert cells[:3] == ["修課紀錄：已提供", "課程學習成果：已提供", "高中自主學習計畫與成果：未提供"]
    assert len(cells) == 11


def test_only_neutral_facts_can_be_sorted_by() -> None:
    page = Page(cohort_page(cohort_view(selection(), rows("10210007"))))
    assert [one.attributes["data-sort"] for one in page.all("th") if "data-sort" in one.attributes] == ["number", "type", "group"]


def test_what_is_masked_is_said() -> None:
    masked = replace(selection(), masks=frozenset({Mask.NAME, Mask.SCHOOL}))
    assert (
        "依本校系的設定，姓名、學校不顯示，資料夾裡的文字也不含這些內容；掃描、照片、手寫與聲音裡的，程式無法保證，校系辦公室的製作報告逐檔逐頁列出。"
        in Page(cohort_page(cohort_view(masked, []))).text
    )
    words = Page(cohort_page(cohort_view(replace(selection(), masks=frozenset({Mask.PHOTO})), []))).text
    assert "照片不顯示；附件裡的圖片、掃描與影片照樣呈現，其中可能有人臉，校系辦公室的製作報告逐檔逐頁列出程式看得出的。" in words
    assert "資料夾裡的文字也不含" not in words


def test_links_lead_to_dossiers_and_their_papers() -> None:
    page = Page(cohort_page(cohort_view(selection(), rows("10210007"))))
    links = [one.attributes["href"] for one in page.all("a")]
    assert [link for link in links if not link.startswith("#/")] == ["#main", "10210007/index.html", "10210007/dossier.pdf", "help.html"]


def test_without_scripts_nothing_of_the_desk_is_shown() -> None:
    page = Page(cohort_page(cohort_view(selection(), rows("10210007"))))
    hidden = {one.attributes["id"] for one in page.elements if "id" in one.attributes and "hidden" in one.attributes}
    assert {"desk-bar", "queue", "desk-read", "desk-compare", "desk-cohort", "desk-rubric", "desk-tabs"} <= hidden


def test_a_dossier_without_paper_has_no_link_to_it() -> None:
    page = Page(cohort_page(cohort_view(selection(), [cohort_row(factories.dossier(), PLAIN, pdf=False)])))
    assert "10210007/dossier.pdf" not in [one.attributes["href"] for one in page.all("a")]


def test_the_guide_is_markdown_below_its_heading() -> None:
    page = Page(cohort_page(cohort_view(selection(), [])))
    assert len(page.all("h3", class_="prose-h1")) == 1
    assert "請依評量尺規閱讀，先看摘要。" in page.text
