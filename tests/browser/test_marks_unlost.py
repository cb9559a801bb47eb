"""Nothing is lost where files, tabs, browsers and two computers get into each other's way."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.marking import DISK, FIRST, download, hold, press, press_only, remove, start, take
from tests.marks_desk import write_desk


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_desk(tmp_path_factory.mktemp("marks-unlost"))


def test_a_held_file_follows_every_change_and_takes_in_what_others_wrote(
    machines: tuple[BrowserContext, BrowserContext], desk: Path
) -> None:
    """The pickers are answered by `DISK`.

    A real one cannot be written here: headless Chromium shows no picker and never answers when it is asked for leave to write, and pages from file://
    have no origin-private files. What can be real, a handle that is kept through a crash, is in test_marks_kept.py.
    """
    machines[0].add_init_script(DISK)
    page = start(machines[0], desk)
    press(page, "2")
    page.click(".saved-open")
    page.get_by_role("button", name="存進新的檔案，之後持續寫入…").click()
    expect(page.locator(".panel-said")).to_have_text("之後每一項變更都會寫進「own.json」。")
    page.get_by_role("button", name="關閉").click()
    line = page.locator(".saved-line")
    expect(line).to_contain_text("已存在這個瀏覽器和「own.json」。")
    press(page, "1")
    page.wait_for_function("() => disk.text.includes('excellent')")
    press(page, "c3")
    page.wait_for_function("() => disk.text.includes('level:outcomes')")
    # Another computer wrote into the same file meanwhile.
    data = json.loads(page.evaluate("disk.text"))
    field = {"value": "別處寫的", "at": "2026-03-28T08:00:00.000Z", "by": "d-other", "seen": {"d-other": 1}, "on": ""}
    data["dossiers"][FIRST]["fields"]["flag"] = [field]
    page.evaluate("(text) => Object.assign(disk, {text, at: 900})", json.dumps(data))
    press(page, "c2")
    page.wait_for_function("() => disk.text.includes('別處寫的') && disk.text.includes('level:performances')")
    expect(page.locator("#rubric-flag")).to_have_value("別處寫的")
    # The browser asks again for leave to write, and the disk is full for a while: both are said, and made good by one press.
    page.evaluate("disk.granted = 'prompt'")
    press(page, "1")
    expect(line).to_contain_text("要繼續寫入「own.json」，請允許一次。1 項變更還不在檔案裡。")
    page.evaluate("disk.full = true")
    page.get_by_role("button", name="允許寫入").click()
    expect(line).to_contain_text("起寫不進檔案「own.json」。評分仍在這個瀏覽器")
    page.evaluate("disk.full = false")
    page.get_by_role("button", name="再試一次").click()
    expect(line).to_contain_text("已存在這個瀏覽器和「own.json」。")
    # What is no review file any more is never written over.
    page.evaluate("Object.assign(disk, {text: 'a letter', at: 1000})")
    press(page, "4")
    expect(line).to_contain_text("檔案裡現在是別的內容，沒有覆寫：這個檔案讀不出來：不是評分檔案，或沒有存完整。")
    assert page.evaluate("disk.text") == "a letter"


def test_a_file_that_is_there_is_gone_on_with_and_a_new_one_has_a_name_of_its_own(
    machines: tuple[BrowserContext, BrowserContext], desk: Path
) -> None:
    """Where one saves to, browsers empty the file before anybody can read it: what is there must be opened."""
    machines[0].add_init_script(DISK)
    elsewhere = start(machines[1], desk)
    press(elsewhere, "2")
    kept = download(elsewhere)
    page = start(machines[0], desk)
    page.evaluate("(text) => Object.assign(disk, {text, at: 500})", kept)
    press(page, "c3")
    hold(page, "接著寫進原有的檔案…")
    page.wait_for_function("() => disk.text.includes('level:outcomes')")
    assert set(json.loads(page.evaluate("disk.text"))["dossiers"][FIRST]["fields"]) == {"level:record", "level:outcomes"}
    expect(page.locator("#level-record-very-good")).to_be_checked()
    hold(page, "存進新的檔案，之後持續寫入…")
    assert re.fullmatch(r"marks-001012-115-林教授-\d{12}\.json", page.evaluate("disk.suggested"))


def test_a_file_of_something_else_is_not_taken_and_the_former_one_goes_on(
    machines: tuple[BrowserContext, BrowserContext], desk: Path
) -> None:
    machines[0].add_init_script(DISK)
    page = start(machines[0], desk)
    press(page, "2")
    hold(page, "存進新的檔案，之後持續寫入…")
    page.evaluate(OTHER)
    page.click(".saved-open")
    page.get_by_role("button", name="接著寫進原有的檔案…").click()
    expect(page.locator(".panel-said")).to_contain_text("「letter.json」沒有採用：這個檔案讀不出來")
    page.get_by_role("button", name="關閉").click()
    press(page, "c3")
    page.wait_for_function("() => disk.text.includes('level:outcomes')")
    expect(page.locator(".saved-line")).to_contain_text("已存在這個瀏覽器和「own.json」。")


OTHER = """() => {
  window.showOpenFilePicker = async () => [{
    name: "letter.json",
    queryPermission: async () => "granted",
    getFile: async () => ({ size: 8, lastModified: 1, text: async () => "a letter" }),
  }];
}"""
"""The picker is answered by a file that holds no marks."""


def test_marks_removed_in_one_tab_are_not_written_over_in_the_file_that_another_holds(
    machines: tuple[BrowserContext, BrowserContext], desk: Path
) -> None:
    machines[0].add_init_script(DISK)
    page = start(machines[0], desk)
    press(page, "2c3")
    hold(page, "存進新的檔案，之後持續寫入…")
    page.wait_for_function("() => disk.text.includes('level:outcomes')")
    other = start(machines[0], desk, name="")
    remove(other)
    page.wait_for_function("async () => !(await Reviewer.marks.ready).numbers().length")
    press(page, "f")
    page.wait_for_function("() => disk.text.includes('flag')")
    assert set(json.loads(page.evaluate("disk.text"))["dossiers"][FIRST]["fields"]) == {"level:record", "level:outcomes", "flag"}


def test_what_is_marked_after_a_removal_stands_beside_what_is_in_the_file(
    machines: tuple[BrowserContext, BrowserContext], desk: Path
) -> None:
    page = start(machines[0], desk)
    press(page, "4332")
    file = download(page)
    remove(page)
    page.fill("#rater-name", "林教授")
    page.press("#rater-name", "Enter")
    press(page, "1")
    assert "其中 1 處兩邊不同" in take(page, file)
    values = page.locator(".saved-panel .conflict .conflict-value")
    assert sorted(values.all_inner_texts()) == ["傑出", "優"]


def test_a_choice_of_a_level_takes_the_score_with_it(machines: tuple[BrowserContext, BrowserContext], desk: Path) -> None:
    here, there = start(machines[0], desk), start(machines[1], desk)
    press(here, "2")
    there.locator("#score-record").fill("98")
    there.keyboard.press("Enter")
    press(there, "")
    take(here, download(there))
    values = f"async () => {{ const store = await Reviewer.marks.ready; const {{ level, score }} = store.values('{FIRST}'); return [level.record, score.record, store.total('{FIRST}').sofar]; }}"
    assert here.evaluate(values) == [None, 98, None]
    here.locator(".saved-panel .conflict").get_by_role("button", name="採用「優」").click()
    expect(here.locator(".conflict")).to_have_count(0)
    assert here.evaluate(values)[:2] == ["very-good", None]


def test_a_score_about_which_two_sides_differ_has_no_points_and_nothing_is_done(
    machines: tuple[BrowserContext, BrowserContext], desk: Path
) -> None:
    here, there = start(machines[0], desk), start(machines[1], desk)
    for page, score in ((here, "81"), (there, "82")):
        page.locator("#score-record").fill(score)
        page.keyboard.press("Enter")
        press(page, "c2c2c2c2d")
    state = f"async () => {{ const store = await Reviewer.marks.ready; return [store.state('{FIRST}'), store.total('{FIRST}').total, store.missing('{FIRST}')]; }}"
    take(here, download(there))
    assert here.evaluate(state) == ["reading", None, ["record"]]
    here.locator(".saved-panel .conflict").get_by_role("button", name="採用「82」").click()
    expect(here.locator(".conflict")).to_have_count(0)


def test_a_note_that_goes_on_settles_only_what_stood_in_it(machines: tuple[BrowserContext, BrowserContext], desk: Path) -> None:
    here, there = start(machines[0], desk), start(machines[1], desk)
    here.locator("#note-dossier").fill("這裡寫的")
    there.locator("#note-dossier").fill("別處寫的")
    press(there, "")
    take(here, download(there))
    here.get_by_role("button", name="關閉").click()
    here.locator("#note-dossier").press("End")
    here.keyboard.insert_text("！")
    press(here, "")
    texts = f"async () => (await Reviewer.marks.ready).versions('{FIRST}', 'note:').map(({{ value }}) => value).sort()"
    assert here.evaluate(texts) in (["別處寫的", "這裡寫的！"], ["別處寫的！", "這裡寫的"])


KEEPERS = """async (typed) => {
  const [one, two] = [new Reviewer.marks.Keeper(["keepers", 1]), new Reviewer.marks.Keeper(["keepers", 1])];
  await Promise.all([one.load(), two.load()]);
  const base = { sha256: "", slots: {} };
  const write = (keeper, value) => keeper.write("1", "note:", { value, shown: keeper.kept("1").record.fields["note:"] || [], base });
  write(one, "甲");
  await one.settle();
  for (let at = 1; at <= typed.length; at++) write(two, typed.slice(0, at));  // before its first is kept, and before it knows of the other tab's
  await two.settle();
  await one.reread();
  return one.kept("1").record.fields["note:"].map(({ value }) => value).sort();
}"""


@pytest.mark.parametrize("typed", ["乙", "乙丙", "乙丙丁", "乙丙丁戊"])
def test_keystrokes_in_a_row_take_nothing_from_another_tab(machines: tuple[BrowserContext, BrowserContext], desk: Path, typed: str) -> None:
    assert start(machines[0], desk).evaluate(KEEPERS, typed) == [typed, "甲"]


EMPTIED = """() => new Promise((done) => {
  const request = indexedDB.open("reviewer");
  request.onsuccess = () => {
    const change = request.result.transaction(["marks", "settings"], "readwrite");
    change.objectStore("marks").clear();
    change.objectStore("settings").clear();
    change.oncomplete = () => { request.result.close(); done(); };
  };
})"""


def test_data_that_the_browser_lost_beneath_the_page_are_put_back(machines: tuple[BrowserContext, BrowserContext], desk: Path) -> None:
    page = start(machines[0], desk)
    press(page, "2c3")
    before = page.evaluate("async () => (await Reviewer.marks.ready).rater")
    page.evaluate(EMPTIED)
    press(page, "f")
    again = start(machines[0], desk, name="")
    record = f"async () => Object.keys((await Reviewer.marks.ready).get('{FIRST}').fields).sort()"
    assert again.evaluate(record) == ["flag", "level:outcomes", "level:record"]
    assert again.evaluate("async () => (await Reviewer.marks.ready).rater") == before


SHUT = """() => {
  const open = IDBFactory.prototype.open;
  IDBFactory.prototype.open = function (...given) {
    if (sessionStorage.getItem("shut")) throw new DOMException("locked", "UnknownError");
    return open.apply(this, given);
  };
}"""


def test_whoever_marks_stays_who_he_is_when_the_browser_s_storage_comes_back(
    machines: tuple[BrowserContext, BrowserContext], desk: Path
) -> None:
    page = start(machines[0], desk)
    press(page, "2")
    rater = "async () => (await Reviewer.marks.ready).rater"
    before = page.evaluate(rater)
    page.evaluate("sessionStorage.setItem('shut', '1')")
    page.add_init_script(f"({SHUT})()")
    page.reload()
    expect(page.locator(".saved-line")).to_contain_text("這個瀏覽器不保存這個頁面的資料")
    page.fill("#rater-name", "林教授（系主任）")
    page.press("#rater-name", "Enter")
    press_only(page, "c3")
    page.evaluate("sessionStorage.removeItem('shut')")
    page.evaluate("async () => (await Reviewer.marks.ready).settle()")
    assert page.evaluate(rater) == {"id": before["id"], "name": "林教授（系主任）"}
    page.reload()
    expect(page.locator("#level-outcomes-good")).to_be_checked()
    expect(page.locator("#level-record-very-good")).to_be_checked()
    assert page.evaluate(rater) == {"id": before["id"], "name": "林教授（系主任）"}
