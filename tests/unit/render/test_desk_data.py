"""`data/desk.js`: what the desk's script knows of every dossier, and the hashes by which it says what changed."""

import json
from dataclasses import replace
from typing import Any

from reviewer.model.dossier import Dossier, Section, Slot
from reviewer.model.selection import Mask
from reviewer.render.view import cohort_row, desk_script
from reviewer.render.words import PLAIN
from reviewer.resources import data_folder
from reviewer.selection.hashing import cover_sha256, slot_sha256
from reviewer.selection.rubrics import load_rubrics, rubric_sha256
from reviewer.site import rows
from tests import factories
from tests.pages import selection

RUBRIC = load_rubrics(data_folder("site_config"))[0]["default"]


def data(*dossiers: Dossier, **changes: object) -> dict[str, Any]:
    script = desk_script(selection(**changes), [cohort_row(one, PLAIN, pdf=False) for one in dossiers], RUBRIC)
    assert script.startswith('Reviewer.give("desk", ')
    assert script.endswith(");\n")
    found: dict[str, Any] = json.loads(script.removeprefix('Reviewer.give("desk", ').removesuffix(");\n"))
    return found


def with_slot(dossier: Dossier, code: str, **changes: object) -> Dossier:
    def slot(one: Slot) -> Slot:
        return replace(one, **changes) if code in one.codes else one  # type: ignore[arg-type]

    def section(one: Section) -> Section:
        return replace(one, slots=tuple(map(slot, one.slots)))

    return replace(dossier, sections=tuple(map(section, dossier.sections)))


def test_it_names_department_rubric_slots_and_dossiers() -> None:
    found = data(factories.dossier(), masks=frozenset({Mask.PHOTO}))
    assert found["department"] == {"code": "001012", "name": "水資源及環境工程學系"}
    assert (found["university"], found["admission_year"], found["masks"]) == ("範例大學", 115, ["photo"])
    assert (found["rubric"]["id"], found["rubric"]["sha256"]) == ("default", rubric_sha256(RUBRIC))
    assert [level["name"] for level in found["rubric"]["levels"]] == ["傑出", "優", "佳", "可", "不佳"]
    assert [slot["label"] for slot in found["slots"]] == ["A", "B–D", "F", "H", "J", "L", "＋", "N", "O", "P", "Q"]
    assert found["former"]["s-M"] == "M 特殊優良表現證明"
    assert "s-J" not in found["former"]
    (dossier,) = found["dossiers"]
    assert (dossier["number"], dossier["folder"], dossier["page"]) == ("10210007", "10210007", "10210007/index.html")
    assert dossier["pdf"] == ""
    assert dossier["standing"] == {"semester": "114-1", "scopes": {"校": 13.6, "群別": 13.1, "科班學程別": 28.4}}
    assert dossier["items"][0] == {"anchor": "BE-1", "slot": "s-B-C-D", "title": "探究與實作：水的旅行"}


def test_dossiers_stand_by_number_whatever_the_order_of_the_build() -> None:
    made = [factories.dossier(applicant_number=number) for number in ("10210009", "10210007")]
    assert data(*made) == data(*reversed(made))


def test_a_slot_that_only_some_have_stands_in_its_place() -> None:
    whole = factories.dossier()
    without = replace(whole, sections=tuple(section for section in whole.sections if section.id != "apart"))
    assert [slot["id"] for slot in data(replace(without, applicant_number="1"), whole)["slots"]] == [
        slot["id"] for slot in data(whole)["slots"]
    ]


def test_a_preview_has_no_rubric() -> None:
    assert '"rubric":null' in desk_script(selection(), [cohort_row(factories.dossier(), PLAIN, pdf=False)], None)


def test_words_cannot_end_the_script() -> None:
    script = desk_script(selection(), [cohort_row(factories.dossier(name="</script><script>\u2028"), PLAIN, pdf=False)], RUBRIC)
    assert "<" not in script
    assert data(factories.dossier(name="</script>"))["dossiers"][0]["name"] == "</script>"


def test_the_hash_of_a_slot_changes_with_that_slot_alone() -> None:
    one = factories.dossier()
    entries = next(slot.entries for section in one.sections for slot in section.slots if "J" in slot.codes)
    other = with_slot(one, "J", entries=(replace(entries[0], text="改過的簡述"), *entries[1:]))
    before, after = (data(dossier)["dossiers"][0]["slots"] for dossier in (one, other))
    assert {slot for slot in before if before[slot] != after[slot]} == {"s-J"}


def test_the_record_belongs_to_the_slot_of_course_records() -> None:
    one = factories.dossier()
    assert one.record is not None
    other = replace(one, record=replace(one.record, courses=one.record.courses[1:]))
    before, after = (data(dossier)["dossiers"][0]["slots"] for dossier in (one, other))
    assert {slot for slot in before if before[slot] != after[slot]} == {"s-A"}


def test_who_the_applicant_is_has_a_hash_of_its_own_without_the_number() -> None:
    one = factories.dossier()
    assert cover_sha256(one) != cover_sha256(factories.dossier(name="林亭妤"))
    facts = tuple(replace(fact, value="2") if fact.key == "應試號碼" else fact for fact in one.identity)
    assert cover_sha256(one) == cover_sha256(replace(one, applicant_number="2", identity=facts))


def test_findings_do_not_change_a_slot() -> None:
    one = factories.dossier()
    slot = next(slot for section in one.sections for slot in section.slots if "J" in slot.codes)
    found = factories.problem("x", "有一個問題。", "請看一下。")
    noted = replace(slot, entries=tuple(replace(entry, problems=(found,)) for entry in slot.entries))
    assert slot_sha256(one, slot) == slot_sha256(with_slot(one, "J", entries=noted.entries), noted)


def test_rows_pass_through_the_record_unchanged() -> None:
    row = cohort_row(factories.dossier(), PLAIN, pdf=True)
    assert rows.from_json(rows.to_json(row)) == row
