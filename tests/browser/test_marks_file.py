"""The review file: out, in elsewhere, merged field by field, chosen; refused with a reason; held and written again and again."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import BrowserContext, expect

from reviewer.marks.reading import parse_review_file
from tests.browser.marking import FIRST, download, press, start, take
from tests.marks_desk import NUMBERS, desk_data, dossier, write_desk


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_desk(tmp_path_factory.mktemp("marks-file"))


def test_out_in_elsewhere_merged_and_the_choice_is_his(machines: tuple[BrowserContext, BrowserContext], desk: Path) -> None:
    here, there = start(machines[0], desk), start(machines[1], desk, name="")
    press(here, "2c3")
    file = download(here)
    expect(here.locator(".saved-line")).to_contain_text("全部在檔案「marks-001012-115-林教授.json」裡")
    assert take(there, file) == "讀入「marks.json」：1 份檔案的 2 項有變動。"
    there.get_by_role("button", name="關閉").click()
    expect(there.locator("#level-record-very-good")).to_be_checked()
    expect(there.locator(".saved-line")).to_contain_text("全部在檔案「marks.json」裡")
    # Both go on, apart: one field differently, one field only there.
    press(here, "C1")
    press(there, "4cc2")
    other = download(there)
    said = take(here, other)
    assert said == "讀入「marks.json」：1 份檔案的 2 項有變動。\n其中 1 處兩邊不同，請在下面選擇。"
    conflict = here.locator(".saved-panel .conflict")
    expect(conflict).to_have_attribute("data-field", "level:record")
    expect(conflict.locator(".conflict-value")).to_have_text(["可", "傑出"])
    expect(conflict.locator(".quiet").nth(1)).to_contain_text("這台電腦")
    expect(conflict.locator(".quiet").nth(0)).to_contain_text("另一台電腦（")
    assert here.evaluate(f"async () => (await Reviewer.marks.ready).values('{FIRST}').level") == {
        "record": None,
        "outcomes": "good",
        "performances": "very-good",
    }
    conflict.get_by_role("button", name="採用「可」").click()
    expect(here.locator(".conflict")).to_have_count(0)
    here.get_by_role("button", name="關閉").click()
    expect(here.locator("#level-record-fair")).to_be_checked()
    chosen = download(here)
    take(there, chosen)
    expect(there.locator("#level-record-fair")).to_be_checked()
    expect(there.locator(".conflict")).to_have_count(0)


def test_the_office_reads_what_the_desk_writes(machines: tuple[BrowserContext, BrowserContext], desk: Path) -> None:
    page = start(machines[0], desk)
    press(page, "2ec3c1c2c4df")
    page.locator("#note-dossier").fill("好 🙂")
    press(page, "")
    file, problems = parse_review_file(download(page).encode(), "marks.json")
    assert problems == ()
    assert file is not None
    fields = file.dossiers[FIRST]["fields"]
    assert fields["level:record"][0]["value"] == "very-good"
    assert fields["note:"][0]["value"] == "好 🙂"
    assert fields["graded"][0]["value"] is True


def changed(file: str, **changes: Any) -> str:
    return json.dumps(json.loads(file) | changes, ensure_ascii=False)


def test_what_is_not_his_file_is_refused_with_the_reason(machines: tuple[BrowserContext, BrowserContext], desk: Path) -> None:
    page = start(machines[0], desk)
    press(page, "2")
    file = download(page)
    fields = json.loads(file)["dossiers"]
    broken = json.loads(json.dumps(fields))
    broken[FIRST]["fields"]["level:record"][0]["at"] = "yesterday"
    refused = {
        "{": "這個檔案讀不出來：不是評分檔案，或沒有存完整。請選這個網頁存下的 .json。",
        "[]": "這不是評分檔案。請選這個網頁存下的 .json。",
        changed(file, version=2): "這個檔案的格式是第 2 版，這裡只讀得懂第 1 版。請向校系索取新的資料夾。",
        changed(
            file, department={"code": "001022", "name": ""}
        ): "這是校系 001022 的評分，這裡是 001012，沒有讀入。請到那個校系的資料夾讀入。",
        changed(file, admission_year=114): "這是 114 學年度的評分，這裡是 115 學年度，沒有讀入。",
        changed(
            file, dossiers=broken
        ): "這個檔案的內容不合格式（dossiers.10210001.fields.level:record[0].at），沒有讀入。檔案可能被改過，請選原來存下的檔案。",
        changed(
            file, rater={"id": "r-2", "name": "陳教授"}
        ): "這是「陳教授」的評分，這裡是「林教授」的，沒有讀入。不同委員的檔案請交給校系彙整；如果是同一個人，請先把兩邊的姓名改成一樣，再讀入。",
    }
    for text, reason in refused.items():
        assert take(page, text) == reason
        page.get_by_role("button", name="關閉").click()
    assert json.loads(download(page))["dossiers"] == fields


def test_another_rubric_is_said_and_unknown_fields_are_kept(machines: tuple[BrowserContext, BrowserContext], desk: Path) -> None:
    page = start(machines[0], desk)
    press(page, "2")
    data = json.loads(download(page))
    data["rubric"]["sha256"] = "0" * 64
    versions = data["dossiers"][FIRST]["fields"]["level:record"]
    data["dossiers"][FIRST]["fields"]["level:former"] = versions
    data["dossiers"][FIRST]["fields"]["later:kind"] = versions
    said = take(page, json.dumps(data))
    assert said.splitlines()[1] == "檔案裡的評分是依另一版評量尺規給的：名稱相同的向度照樣併入，其餘留在檔案裡，不會遺失。"
    page.get_by_role("button", name="關閉").click()
    kept = json.loads(download(page))["dossiers"][FIRST]["fields"]
    assert kept["level:former"] == versions
    assert kept["later:kind"] == versions


def test_the_sheet_is_one_line_a_dimension_and_no_formula(machines: tuple[BrowserContext, BrowserContext], desk: Path) -> None:
    page = start(machines[0], desk, name="=林教授")
    press(page, "2c3c1c2c4d")
    page.locator("#note-dossier").fill('+1 "很好"\n第二行')
    text = download(page, "下載 .csv")
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert [(row["應試號碼"], row["向度"], row["等第"], row["權重"]) for row in rows] == [
        (FIRST, "修課紀錄", "優", "30"),
        (FIRST, "課程學習成果", "佳", "30"),
        (FIRST, "多元表現", "傑出", "15"),
        (FIRST, "學習歷程自述", "優", "20"),
        (FIRST, "其他", "可", "5"),
    ]
    first = rows[0]
    assert (first["評分者"], first["筆記"]) == ("'=林教授", '\'+1 "很好"\n第二行')
    assert (first["加權總分"], first["評完"]) == ("82.08", "是")


def test_what_changed_since_is_said_until_it_is_confirmed(machines: tuple[BrowserContext, BrowserContext], tmp_path: Path) -> None:
    desk = write_desk(tmp_path / "site")
    page = start(machines[0], desk)
    press(page, "2c3")
    write_desk(tmp_path / "site", desk_data(dossiers=[dossier(FIRST, state="2"), *(dossier(number) for number in NUMBERS[1:])]))
    page.reload()
    notice = page.locator("[data-notice=changed]")
    expect(notice.locator("p")).to_have_text("你評過之後，這份檔案有變動：J 競賽表現。")
    assert page.evaluate(f"async () => (await Reviewer.marks.ready).changed('{FIRST}')") == ["s-J"]
    notice.get_by_role("button", name="看過了，評分維持").click()
    expect(notice).to_have_count(0)
    press(page, "")
    page.reload()
    expect(page.locator("#level-record-very-good")).to_be_checked()
    expect(notice).to_have_count(0)


def test_what_changed_has_a_name_also_where_the_department_takes_it_no_longer(
    machines: tuple[BrowserContext, BrowserContext], tmp_path: Path
) -> None:
    before = dossier(FIRST)
    before["slots"] = {"cover": "0" * 16, "s-M": "1" * 16, "s-B-C": "2" * 16, "s-A": "a" * 16}
    desk = write_desk(tmp_path / "site", desk_data(dossiers=[before]))
    page = start(machines[0], desk)
    press(page, "2")
    now = dossier(FIRST, state="2") | {"slots": {"cover": "9" * 16, "s-A": "a" * 16}}
    write_desk(tmp_path / "site", desk_data(dossiers=[now], former={"s-M": "M 特殊優良表現證明"}))
    page.reload()
    expect(page.locator("[data-notice=changed] p")).to_have_text("你評過之後，這份檔案有變動：摘要、M 特殊優良表現證明、B/C。")


def test_the_pane_by_keyboard_and_axe_finds_nothing(machines: tuple[BrowserContext, BrowserContext], desk: Path) -> None:
    page = start(machines[0], desk)
    place = {"number": FIRST, "anchor": "J-2a-p3"}
    page.evaluate("(detail) => document.dispatchEvent(new CustomEvent('desk-place', {detail}))", place)
    press(page, "2e")
    chip = page.locator(".chip a")
    expect(chip).to_have_text("J-2 全國能源科技創意實作競賽 第 3 頁")
    expect(chip).to_have_attribute("href", f"#/d/{FIRST}/J-2a-p3")
    press(page, "d")
    expect(page.locator(".rubric-missing")).to_have_text("還沒有評：課程學習成果、多元表現、學習歷程自述、其他")
    expect(page.locator("[data-dimension=outcomes]")).to_have_attribute("data-current", "")
    expect(page.locator(".rubric-total")).to_have_text("目前 84.5（已評 30 % 的權重）")
    page.keyboard.press("s")
    page.keyboard.type("93")
    page.keyboard.press("Enter")
    expect(page.locator("#level-outcomes-excellent")).to_be_checked()
    press(page, "c0c2c3")
    page.keyboard.press("s")
    page.keyboard.type("89.5")
    page.keyboard.press("Enter")
    expect(page.locator("[data-dimension=others] .criterion-said")).to_have_text(
        re.compile("^89.5 在「優 80–89」和「傑出 90–100」之間，沒有記下。請填 89 或 90。\\s*記著的仍是「佳」。$")
    )
    page.keyboard.press("Escape")
    press(page, "CC1d")
    expect(page.locator(".rubric-done")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".rubric-total")).to_have_text("加權總分 88.1")
    page.get_by_role("button", name="不再引用").click()
    expect(page.locator(".chip")).to_have_count(0)
    page.get_by_role("tab", name="準備指引").click()
    expect(page.locator("#rubric-guide")).to_contain_text("請依評量尺規閱讀")
    page.get_by_role("tab", name="評量尺規").click()
    assert [one["id"] for one in Axe().run(page).response["violations"]] == []
    page.click(".saved-open")
    assert [one["id"] for one in Axe().run(page).response["violations"]] == []
