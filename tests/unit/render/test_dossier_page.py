"""The dossier's page: every slot in its place, every anchor there, nothing that leads outside."""

import base64
import hashlib
import itertools
import re
from dataclasses import replace

import pytest

from reviewer.model.attachment import MediaType
from reviewer.model.dates import Day
from reviewer.model.dossier import SlotState
from reviewer.model.language import Language
from reviewer.model.processed import PageHealth
from reviewer.render.environment import PAGE_CHECK, environment
from reviewer.render.html import dossier_page
from reviewer.render.view import dossier_view
from tests import factories
from tests.pages import Page


@pytest.fixture(scope="module")
def html() -> str:
    return dossier_page(dossier_view(factories.dossier(), factories.processed(), pdf="dossier.pdf"))


@pytest.fixture(scope="module")
def page(html: str) -> Page:
    return Page(html)


def test_the_same_dossier_gives_the_same_bytes(html: str) -> None:
    assert dossier_page(dossier_view(factories.dossier(), factories.processed(), pdf="dossier.pdf")) == html


def test_ids_are_unique_and_every_fragment_resolves(page: Page) -> None:
    assert len(page.ids) == len(set(page.ids))
    fragments = {link.attributes["href"][1:] for link in page.all("a") if link.attributes["href"].startswith("#")}
    assert fragments <= set(page.ids)
    labels = {
        word for one in page.elements for name in ("aria-labelledby", "aria-describedby") for word in one.attributes.get(name, "").split()
    }
    assert labels <= set(page.ids)


def test_anchors_of_entries_files_and_pages_are_stable(page: Page) -> None:
    for anchor in ("s-J", "J-2", "J-2a", "J-2a-p2", "BE-1a-p3", "A-112-1", "A-c12", "section-performance", "s-apart", "X-1", "s-B-C-D"):
        assert anchor in page.ids


def test_entries_carry_what_a_desk_needs(page: Page) -> None:
    (entry,) = page.all("article", id="J-2")
    assert {name: value for name, value in entry.attributes.items() if name.startswith("data-")} == {
        "data-entry": "J-2",
        "data-code": "J",
        "data-semester": "113-2",
    }


def test_links_stay_in_the_folder(page: Page) -> None:
    addresses = [link.attributes["href"] for link in page.all("a") if not link.attributes["href"].startswith("#")]
    assert set(addresses) == {"../index.html", "../help.html", "dossier.pdf"}


def test_everything_that_is_loaded_lies_in_the_folder(page: Page) -> None:
    loaded = [one.attributes[name] for one in page.elements for name in ("src", "poster") if name in one.attributes]
    loaded += [one.attributes["href"] for one in page.all("link")]
    assert all(re.fullmatch(r"(\.\./theme|f)/[A-Za-z0-9.\-]+", address) for address in loaded)


@pytest.mark.parametrize(
    "sentence",
    [
        "申請人沒有提交這一項。",
        "與 O 寫在同一份檔案，列在 O。",
        "資料包裡應有這一項的檔案，但找不到：證書.pdf。",
        "本系不採計多元表現：G 社團活動經驗、I 服務學習經驗、K 非修課紀錄之成果作品、M 特殊優良表現證明。",
        "本頁是掃描或圖片，沒有可閱讀的文字層，請看頁面影像。",
        "本頁的文字層與畫面不符，無法轉成文字，請看頁面影像。",
        "本頁沒有內容。",
        "資料列有這個檔案，但資料夾裡沒有。請向匯出單位索取完整的資料。",
        "瀏覽器無法播放這個檔案（編碼：HEVC (H.265)）。需要時請向校系承辦人索取原始檔。",
        "課程學習成果依規定不得附網址；以下連結已自文件移除：",
        "外部網址（內容可能已經改變）：",
        "競賽等級代碼寫成「,3」，依內容讀為「全國」。需要時請向學校確認。",
        "同一活動也列在：X-1 管樂社",
    ],
)
def test_it_says_in_words(page: Page, sentence: str) -> None:
    assert sentence in page.text


def test_every_slot_keeps_its_place_whatever_its_state(page: Page) -> None:
    states = [one.attributes["data-state"] for one in page.all("section") if "data-state" in one.attributes]
    assert states == [
        "present",
        "present",
        "empty",
        "present",
        "present",
        "missing",
        "not_offered",
        "present",
        "present",
        "present",
        "together",
        "empty",
    ]


def test_standings_carry_unit_and_population(page: Page) -> None:
    assert "前 24.1 % · 母體 412 人" in page.text


def test_dates_are_of_this_country_with_the_western_day_in_the_title(html: str) -> None:
    assert '<time datetime="2025-03-27" title="2025-03-27">114.03.27</time>' in html


def test_pictures_say_what_they_are_and_how_large(page: Page) -> None:
    for picture in page.all("img"):
        assert {"alt", "width", "height", "loading"} <= set(picture.attributes), picture
    assert page.all("img", src="f/J-1a-p001-900.webp")[0].attributes["alt"] == "獎狀.jpg，圖片"


def test_a_strip_that_was_cut_counts_its_pages() -> None:
    known = dict(factories.processed())
    for sha256, made in known.items():
        if made.media_type in (MediaType.JPEG, MediaType.PNG):
            known[sha256] = replace(made, pages=(made.pages[0], replace(factories.page(2, PageHealth.SCAN), number=2)))
    page = Page(dossier_page(dossier_view(factories.dossier(), known, pdf="dossier.pdf")))
    assert [page.all("img", src=f"f/J-1a-p00{number}-900.webp")[0].attributes["alt"] for number in (1, 2)] == [
        "獎狀.jpg，第 1 頁，共 2 頁",
        "獎狀.jpg，第 2 頁，共 2 頁",
    ]
    assert "圖片 · 2 頁" in page.text
    assert "J-1a-p2" in page.ids


def test_media_wait_until_they_are_asked_for(page: Page) -> None:
    media = page.all("video") + page.all("audio")
    assert [one.attributes["preload"] for one in media] == ["none", "none"]
    assert all("controls" in one.attributes for one in media)


def test_without_scripts_no_button_is_shown(page: Page) -> None:
    for button in page.all("button"):
        assert "hidden" in button.attributes or "div" in button.parents


def test_the_policy_allows_the_one_inline_script_and_no_more(page: Page) -> None:
    (policy,) = [one.attributes["content"] for one in page.all("meta") if one.attributes.get("http-equiv") == "Content-Security-Policy"]
    digest = base64.b64encode(hashlib.sha256(PAGE_CHECK.encode()).digest()).decode()
    assert policy.startswith("default-src 'none'; ")
    assert f"'sha256-{digest}'" in policy
    assert "unsafe" not in policy
    assert "connect-src 'none'" in policy
    assert not any("style" in one.attributes or "integrity" in one.attributes or "crossorigin" in one.attributes for one in page.elements)
    assert page.all("style") == []


def test_english_passages_are_marked(page: Page) -> None:
    assert [one.attributes["lang"] for one in page.all("html")] == ["zh-Hant-TW"]
    assert len(page.all("p", lang="en")) == 2


def test_headings_never_skip_a_level(page: Page) -> None:
    levels = [int(one.tag[1]) for one in page.elements if re.fullmatch(r"h[1-6]", one.tag)]
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in itertools.pairwise(levels))


def test_originals_are_shown_only_where_the_department_allows(page: Page) -> None:
    assert any(one.attributes.get("class") == "original" for one in page.all("details"))
    without = Page(dossier_page(dossier_view(factories.dossier(originals=False), factories.processed())))
    assert not any(one.attributes.get("class") == "original" for one in without.all("details"))


def test_a_preview_is_watermarked_on_every_screen() -> None:
    page = Page(dossier_page(dossier_view(factories.dossier(watermark="預覽，非正式審查資料"), factories.processed())))
    assert page.text.count("預覽，非正式審查資料") == 2


def test_nothing_counts_items(page: Page) -> None:
    assert re.findall(r"共\s*\d+\s*[件項]", page.text) == []


def test_a_dossier_without_record_or_files_is_a_whole_page() -> None:
    dossier = factories.dossier(record=None)
    page = Page(dossier_page(dossier_view(dossier, {})))
    assert "沒有可推估的相對表現。" in page.text
    assert SlotState.EMPTY.value in {one.attributes.get("data-state") for one in page.all("section")}


def test_what_is_found_in_many_places_is_said_once_with_the_first_of_them() -> None:
    many = [factories.problem("cell-odd", "學分數不是數字。", "無須處理。", path=f"學習紀錄[{place}]") for place in range(240)]
    few = [factories.problem("cell-missing", "沒有學分。", "無須處理。", path=f"學習紀錄[{place}]") for place in range(3)]
    page = Page(dossier_page(dossier_view(factories.dossier(problems=(many[0], few[0], *many[1:], *few[1:])), {})))
    assert page.text.count("學分數不是數字。") == 1
    assert "學習紀錄第 1 筆、學習紀錄第 2 筆、學習紀錄第 3 筆 等 240 處" in page.text
    assert page.text.count("沒有學分。") == 3


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [(factories.day(113, 1, 9), factories.day(113, 1, 16), "113.01.09–113.01.16"), (None, factories.day(113, 1, 16), "至 113.01.16")],
)
def test_an_end_without_a_beginning_is_said_on_pages_and_paper(start: Day | None, end: Day | None, words: str) -> None:
    dossier = factories.dossier()
    entry = replace(factories.performances()[1][0], start=start, end=end, semester=None)
    sections = tuple(replace(one, slots=(replace(one.slots[0], entries=(entry,)), *one.slots[1:])) for one in dossier.sections[:1])
    view = dossier_view(replace(dossier, sections=sections), {})
    for page in (dossier_page(view), environment(Language.CHINESE).get_template("pdf/dossier.html").render(view=view, logo=None)):
        assert words in Page(page).text
