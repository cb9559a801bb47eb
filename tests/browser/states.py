"""Every state of the desk as reviewers meet it, on the demo's own folder: each is opened as a person opens it, and says that it stands there."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, expect

NARROW_PX = 840
"""Below this the desk's three panes are tabs."""

FILL = """async (numbers) => {
  const store = await Reviewer.marks.ready;
  const [graded, flagged, torn, changed] = numbers;
  const levels = store.rubric.levels.map((level) => level.id);
  const long = "很長的筆記，寫了又寫。".repeat(60) + "https://example.org/" + "x".repeat(120);
  const { slots } = Reviewer.desk.data.dossiers.find(({ number }) => number === changed);
  await store.setRater("林教授");
  for (const number of [graded, flagged, torn]) {
    for (const [at, { id }] of store.rubric.dimensions.entries()) await store.set(number, `level:${id}`, levels[at % levels.length]);
    await store.set(number, `evidence:${store.rubric.dimensions[0].id}:s-A`, { title: "A 修課紀錄" + "長".repeat(60), entry: "" });
    await store.set(number, "note:", number === torn ? long : "讀得仔細。");
  }
  await store.set(graded, "graded", true);
  await store.set(flagged, "flag", "再看一次");
  // What another computer wrote: in one dossier beside what stands here, in one of before it was made again.
  const file = store.export();
  const version = (value, on) => [{ value, at: "2026-03-28T08:00:00.000Z", by: "d-other", seen: { "d-other": 1 }, on }];
  const { fields } = file.dossiers[torn];
  const first = `level:${store.rubric.dimensions[0].id}`;
  fields[first] = version(levels[4], fields[first][0].on);
  fields["note:"] = version("另一台：" + long, fields["note:"][0].on);
  const former = "f".repeat(64);
  file.dossiers[changed] = { bases: { [former]: { ...slots, [Object.keys(slots)[0]]: "0".repeat(16) } }, reading: {}, fields: {} };
  for (const { id } of store.rubric.dimensions) file.dossiers[changed].fields[`level:${id}`] = version(levels[0], former);
  const { refused } = await store.import(JSON.stringify(file), "other.json");
  await store.settle();
  return refused;
}"""
"""Marks in four dossiers: graded, flagged, in conflict, and changed since."""

QUIET = """() => {
  Reviewer.desk.queue.pick(null);
  for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close();
  for (const folded of document.querySelectorAll("#queue-options, #desk-look")) folded.open = false;
  document.activeElement?.blur();
}"""


@dataclass(frozen=True, slots=True)
class Desk:
    """A desk that is open in a window."""

    page: Page
    numbers: list[str]

    @property
    def narrow(self) -> bool:
        """Whether its panes are tabs."""
        size = self.page.viewport_size
        return size is not None and size["width"] < NARROW_PX

    def go(self, route: str) -> None:
        """To an address, with nothing left open of before."""
        self.page.evaluate(QUIET)
        self.page.evaluate("(route) => Reviewer.desk.to(route)", route)

    def tab(self, name: str) -> None:
        """To a tab, where there are tabs."""
        if self.narrow:
            self.page.locator(f'#desk-tabs [data-tab="{name}"]').click()

    def dossier(self, number: str) -> None:
        """Open a dossier and wait until it can be read."""
        self.go(f"#/d/{number}")
        self.page.wait_for_function("(number) => Reviewer.desk.reading.frames.frames.get(number)?.ready", arg=number)
        expect(self.page.locator("#desk-read h1:visible")).to_contain_text(number)
        expect(self.page.locator(f'iframe[data-shown][src^="{number}/"]')).to_be_visible()

    def rubric(self, number: str) -> None:
        """Open a dossier with the rubric in view."""
        self.dossier(number)
        self.tab("rubric")
        expect(self.page.locator(".rubric-title")).to_be_visible()
        expect(self.page.locator(".rubric-title")).to_contain_text(number)

    def compare(self, numbers: list[str]) -> None:
        """Open dossiers side by side and wait until each can be read."""
        self.go(f"#/compare/{','.join(numbers)}/s-A")
        ready = """(count) => {
          const columns = [...(Reviewer.desk.compare.columns?.values() || [])];
          return columns.length === count && columns.every(({ frames }) => [...frames.frames.values()][0].ready);
        }"""
        self.page.wait_for_function(ready, arg=len(numbers))
        expect(self.page.locator("#desk-compare h1:visible")).to_contain_text("並排比較：")


def the_list(desk: Desk) -> None:
    desk.go("#/")
    expect(desk.page.locator("table.cohort")).to_be_visible()


def dossier(desk: Desk) -> None:
    desk.dossier(desk.numbers[4])


def levels(desk: Desk) -> None:
    desk.rubric(desk.numbers[0])
    dimensions = desk.page.locator(".criterion").count()
    assert dimensions > 1
    expect(desk.page.locator(".criterion input[type=radio]:checked")).to_have_count(dimensions)
    expect(desk.page.locator(".chip").first).to_be_visible()
    expect(desk.page.locator("#note-dossier")).to_have_value("讀得仔細。")
    expect(desk.page.locator(".rubric-done")).to_have_attribute("aria-pressed", "true")


def flagged(desk: Desk) -> None:
    desk.rubric(desk.numbers[1])
    expect(desk.page.locator(".rubric-flag")).to_have_attribute("aria-pressed", "true")
    if desk.page.locator("#rubric-flag").is_hidden():  # where there is little room
        desk.page.locator(".rubric-more").click()
    expect(desk.page.locator("#rubric-flag")).to_have_value("再看一次")
    expect(desk.page.locator("#rubric-flag")).to_be_visible()


def conflict(desk: Desk) -> None:
    desk.rubric(desk.numbers[2])
    expect(desk.page.locator(".rubric .conflict-value")).to_have_count(4)
    expect(desk.page.locator(".rubric .conflict-value", has_text="另一台：很長的筆記")).to_be_visible()


def changed(desk: Desk) -> None:
    desk.rubric(desk.numbers[3])
    expect(desk.page.locator("[data-notice=changed]")).to_be_visible()


def guide_beside(desk: Desk) -> None:
    desk.rubric(desk.numbers[4])
    desk.page.get_by_role("tab", name="準備指引").click()
    expect(desk.page.locator("#rubric-guide")).to_be_visible()
    expect(desk.page.locator("#rubric-sheet")).to_be_hidden()


def keys(desk: Desk) -> None:
    desk.go("#/")
    desk.page.keyboard.press("?")
    expect(desk.page.locator("#keys-dialog")).to_be_visible()


def saved(desk: Desk) -> None:
    desk.go("#/")
    desk.page.locator(".saved-open").click()
    expect(desk.page.locator("dialog.saved-panel")).to_be_visible()
    expect(desk.page.locator("dialog.saved-panel .conflict")).to_have_count(0)


def saved_over_conflict(desk: Desk) -> None:
    desk.rubric(desk.numbers[2])
    desk.page.locator(".saved-open").click()
    expect(desk.page.locator("dialog.saved-panel .conflict")).to_have_count(2)
    expect(desk.page.locator(".rubric .conflict")).to_have_count(2)


def queue(desk: Desk) -> None:
    desk.dossier(desk.numbers[4])
    desk.tab("queue")
    expect(desk.page.locator("#queue")).to_be_visible()
    expect(desk.page.locator("#queue-list [aria-current]")).to_have_count(1)


def queue_options(desk: Desk) -> None:
    queue(desk)
    desk.page.locator("#queue-options > summary").click()
    expect(desk.page.locator("#queue-state")).to_be_visible()
    desk.page.select_option("#queue-order", "state")


def queue_at_random(desk: Desk) -> None:
    queue_options(desk)
    desk.page.select_option("#queue-order", "random")
    expect(desk.page.locator("#queue-seed")).to_be_visible()


def picked(desk: Desk) -> None:
    queue(desk)
    for at in (0, 1):
        desk.page.locator("#queue-list input").nth(at).check()
    expect(desk.page.locator("#queue-compare")).to_be_enabled()


def guide(desk: Desk) -> None:
    desk.go("#/guide")
    expect(desk.page.locator("#desk-list .guide")).to_be_visible()
    expect(desk.page.locator("table.cohort")).to_be_hidden()


def search(desk: Desk) -> None:
    desk.go("#/search")
    desk.page.locator("#search-field").fill("機器人")
    expect(desk.page.locator(".search-place").first).to_be_visible()
    expect(desk.page.locator(".search-facet").first).to_be_visible()


def compare_one(desk: Desk) -> None:
    """A link to two, one of whom is gone."""
    desk.go(f"#/compare/{desk.numbers[0]},999/s-A")
    expect(desk.page.get_by_text("並排比較需要兩份到四份檔案。")).to_be_visible()


def compare_two(desk: Desk) -> None:
    desk.compare(desk.numbers[:2])


def compare_four(desk: Desk) -> None:
    desk.compare(desk.numbers[:4])


def cohort_bare(desk: Desk) -> None:
    desk.go("#/cohort")
    expect(desk.page.locator("#desk-cohort figure").first).to_be_visible()
    expect(desk.page.get_by_text("還沒有評分。", exact=True)).to_be_visible()


def cohort_marked(desk: Desk) -> None:
    desk.dossier(desk.numbers[0])
    desk.go("#/cohort")
    expect(desk.page.locator("#desk-cohort figcaption, #desk-cohort figure").last).to_contain_text("已評")
    expect(desk.page.get_by_role("button", name=f"標出剛才閱讀的 {desk.numbers[0]}")).to_be_visible()


def unknown(desk: Desk) -> None:
    desk.go("#/d/999")
    expect(desk.page.get_by_text("這個資料夾裡沒有應試號碼 999 的檔案。")).to_be_visible()


BARE: tuple[Callable[[Desk], None], ...] = (cohort_bare, saved, dossier, guide_beside)
"""States without any marks: their reviewer has just begun, and is asked for a name."""

MARKED: tuple[Callable[[Desk], None], ...] = (
    the_list, dossier, levels, flagged, conflict, changed, guide_beside, keys, saved_over_conflict, queue, queue_options, queue_at_random, picked,
    guide, search, compare_one, compare_two, compare_four, cohort_marked, unknown,
)  # fmt: skip
"""States of a desk that is at work."""
