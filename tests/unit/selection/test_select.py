"""What one department's reviewers see: which slot, in which state, with which words."""

from dataclasses import replace
from decimal import Decimal

import pytest

from reviewer.model.attachment import MediaType
from reviewer.model.codes import Group
from reviewer.model.course_codes import Inquiry
from reviewer.model.dates import Semester
from reviewer.model.dossier import SlotState
from reviewer.model.parts import Lane
from reviewer.model.portfolio import Certification, Course, CourseRecord, Glyph, Score
from reviewer.model.problem import SetAside, Where
from reviewer.model.selection import SectionChoice
from reviewer.model.text import both
from reviewer.packages.performances import UNKNOWN_KIND
from tests.unit.selection.samples import (
    application,
    chosen,
    file,
    kinds,
    missing_file,
    nothing_ticked,
    outcome,
    performance,
    portfolio,
    section,
    selection,
    slot,
    technology,
    upload,
)

COURSE = Course(
    index=0,
    semester=Semester(113, 1),
    semester_raw="",
    name="數學",
    code="",
    category="部定必修",
    domain="數學",
    credits_raw="4",
    score=Score(raw="85", value=Decimal(85)),
    distribution=None,
    percent=Decimal("13.6"),
)


@pytest.mark.parametrize(("ticks", "shown"), [((), True), (("競賽參與紀錄[0]",), False)], ids=["everything ticked", "ticked"])
def test_a_list_that_cannot_be_shown_is_told_where_all_of_it_was_ticked(ticks: tuple[str, ...], *, shown: bool) -> None:
    problem = UNKNOWN_KIND.at(Where(package="s1", file="s1_多元表現.json", path="國際交流紀錄"), key="國際交流紀錄")
    student = portfolio(performances=(performance("競賽參與紀錄", 0),), problems=(problem,))
    result = chosen(student, apply=application(*ticks))
    assert ([one.code for one in result.dossier.problems] == ["unknown-kind"]) is shown
    assert ("unknown-kind" in [one.code for one in result.office.problems]) is not shown


def test_untitled_items_are_not_the_same_activity() -> None:
    span = {"開始日期": "1130901", "結束日期": "1140115"}
    student = portfolio(
        performances=(performance("幹部經歷暨事蹟紀錄", 0, "", **span), performance("團體活動時間紀錄", 0, "", **span)),
    )
    assert [entry.related for entry in chosen(student).dossier.entries()] == [(), ()]


def test_every_slot_is_there_and_says_that_nothing_was_handed_in() -> None:
    result = chosen(portfolio())
    states = [(part.id, slot.codes, slot.state) for part in result.dossier.sections for slot in part.slots if part.id != "not_offered"]
    assert states == [
        ("course_record", ("A",), SlotState.EMPTY),
        ("outcome", ("B", "C"), SlotState.EMPTY),
        ("performance", ("F",), SlotState.EMPTY),
        ("performance", ("J",), SlotState.EMPTY),
        ("apart", (), SlotState.EMPTY),
        ("summary", ("N",), SlotState.EMPTY),
        ("statement", ("O",), SlotState.EMPTY),
        ("statement", ("P",), SlotState.EMPTY),
    ]
    assert slot(result, "J").reason == both_of("申請人沒有提交這一項。", "The applicant handed nothing in here.")
    assert section(result, "apart").slots[0].reason.zh == "申請人沒有另外提交其他有利審查資料。"


def both_of(zh: str, en: str) -> object:
    return replace(both(zh), en=en)


def test_what_the_department_does_not_take_is_said_in_words_and_nothing_of_it_is_shown() -> None:
    choice = selection(sections=(SectionChoice(group=Group.PERFORMANCE, codes=("F", "G", "H", "I")),))
    result = chosen(portfolio(record=CourseRecord(semesters=(), courses=(COURSE,)), uploads=(upload("學習歷程自述"),)), choice)
    assert [slot.reason.zh for slot in section(result, "not_offered").slots][0:1] == ["本系不採計修課紀錄：A 修課紀錄。"]
    assert section(result, "not_offered").slots[2].codes == ("J", "K", "L", "M")
    assert {slot.state for slot in section(result, "not_offered").slots} == {SlotState.NOT_OFFERED}
    assert result.dossier.record is None
    assert result.dossier.entries() == ()
    assert [problem.what.zh for problem in result.office.problems] == [
        "本系不採計「學習歷程自述」，檔案「學習歷程自述.pdf」沒有放進本系的資料夾。"
    ]


def test_sections_stand_in_the_department_s_order() -> None:
    result = chosen(portfolio(), technology())
    assert [part.id for part in result.dossier.sections] == ["statement", "outcome", "performance", "apart", "not_offered"]
    assert [slot.codes for slot in section(result, "performance").slots] == [("C-5",), ("C-2",)]


def test_outcomes_share_one_slot_with_their_codes() -> None:
    result = chosen(portfolio(outcomes=(outcome(0), outcome(1))))
    assert [(entry.id, entry.codes, entry.tick) for entry in slot(result, "B").entries] == [
        ("BE-1", ("B", "C"), "課程學習成果[0]"),
        ("BE-2", ("B", "C"), "課程學習成果[1]"),
    ]
    assert slot(result, "C").title.zh == "課程學習成果"


def test_outcomes_of_the_other_set_are_divided_by_their_own_code() -> None:
    rows = (outcome(0, category_value="2"), outcome(1, category_value="B-1"), outcome(2, category_value="7"))
    result = chosen(portfolio(outcomes=rows), technology())
    assert [entry.id for entry in slot(result, "B-1").entries] == ["B-1-1", "B-1-2"]
    assert [entry.id for entry in slot(result, "B-2").entries] == ["B-2-1"]
    assert [problem.what.zh for problem in slot(result, "B-1").entries[1].problems] == ["成果類別代碼「7」無法判讀，先列在 B-1。"]
    assert slot(result, "B-2").entries[0].fields[0].shown.zh == "其他課程學習（作品）成果"


def test_a_code_s_own_limit() -> None:
    result = chosen(portfolio(outcomes=tuple(outcome(n, category_value="1") for n in range(4))), technology(max_outcomes=6))
    assert kinds(slot(result, "B-1").entries[3].problems) == ["outcomes-of-code-above-limit"]


def test_performances_outside_the_named_codes_stand_apart() -> None:
    rows = (performance("競賽參與紀錄", 0, "科展"), performance("服務學習紀錄", 0, "淨灘"), performance("職場學習紀錄", 0, "工廠"))
    result = chosen(portfolio(performances=rows))
    assert [entry.title for entry in slot(result, "J").entries] == ["科展"]
    assert [(entry.id, entry.title, entry.codes) for entry in section(result, "apart").slots[0].entries] == [
        ("X-1", "淨灘", ()),
        ("X-2", "工廠", ()),
    ]
    assert result.dossier.ledger.ticked == result.dossier.ledger.shown == 3


def test_a_coded_field_decides() -> None:
    rows = (
        performance("彈性學習時間紀錄", 0, "自學", 彈性學習時間類別代碼="1"),
        performance("彈性學習時間紀錄", 1, "培訓", 彈性學習時間類別代碼="2"),
    )
    result = chosen(portfolio(performances=rows))
    assert [entry.title for entry in slot(result, "F").entries] == ["自學"]
    assert [entry.title for entry in section(result, "apart").slots[0].entries] == ["培訓"]


def test_beyond_the_limits_everything_is_shown_with_a_problem() -> None:
    rows = tuple(performance("競賽參與紀錄", n) for n in range(11))
    result = chosen(portfolio(outcomes=tuple(outcome(n) for n in range(4)), performances=rows))
    assert [kinds(entry.problems) for entry in slot(result, "B").entries] == [[], [], [], ["outcomes-above-limit"]]
    assert slot(result, "J").entries[10].problems[0].what.zh == "這是第 11 件多元表現，本系至多採計 10 件。"
    assert (result.dossier.ledger.ticked, result.dossier.ledger.shown, result.dossier.ledger.shown_with_problem) == (15, 13, 2)


def test_only_what_was_ticked_and_the_rest_for_the_office_alone() -> None:
    rows = tuple(performance("競賽參與紀錄", n, f"競賽{n}") for n in range(3))
    result = chosen(portfolio(performances=rows, outcomes=(outcome(0),)), apply=application("競賽參與紀錄[1]"))
    assert [entry.title for entry in result.dossier.entries()] == ["競賽1"]
    assert result.office.unticked == ("競賽參與紀錄[0]", "競賽參與紀錄[2]", "課程學習成果[0]")
    assert "競賽0" not in repr(result.dossier)


def test_nothing_ticked() -> None:
    result = chosen(portfolio(outcomes=(outcome(0),)), apply=nothing_ticked())
    assert result.dossier.entries() == ()
    assert result.dossier.ledger.ticked == 0


def test_a_tick_that_points_to_nothing_is_said_in_its_slot() -> None:
    result = chosen(portfolio(), apply=application("競賽參與紀錄[4]"))
    found = slot(result, "J")
    assert found.state is SlotState.MISSING
    assert found.reason.zh == "資料包裡應有這一項的檔案，但找不到：競賽參與紀錄（第 5 件）。"
    assert found.entries[0].problems[0].what.zh == "勾選了「競賽參與紀錄[4]」，但資料包裡沒有這一項。"
    assert result.dossier.ledger.shown_with_problem == 1


def test_an_item_that_stands_twice_sets_the_dossier_aside() -> None:
    with pytest.raises(SetAside, match="勾選 1 件，列出 2 件、有問題 0 件，對不起來。"):
        chosen(portfolio(outcomes=(outcome(0), outcome(0))))


def test_a_file_that_is_missing_and_no_word_beside_it() -> None:
    row = replace(outcome(0), abstract="", files=(missing_file("a.pdf"),))
    result = chosen(portfolio(outcomes=(row,)))
    assert slot(result, "B").state is SlotState.MISSING
    assert slot(result, "B").reason.zh == "資料包裡應有這一項的檔案，但找不到：a.pdf。"
    with_words = replace(row, abstract="我做了什麼")
    assert slot(chosen(portfolio(outcomes=(with_words,))), "B").state is SlotState.PRESENT


def test_a_statement_in_one_file_stands_in_the_first_slot() -> None:
    result = chosen(portfolio(uploads=(upload("學習歷程自述"),)))
    assert (slot(result, "O").state, slot(result, "P").state) == (SlotState.PRESENT, SlotState.TOGETHER)
    assert slot(result, "P").reason.zh == "與 O 寫在同一份檔案，列在 O。"
    assert slot(result, "P").shown_at == "O"
    assert [(entry.id, entry.codes) for entry in result.dossier.entries()] == [("O", ("O", "P"))]


def test_statements_in_files_of_their_own() -> None:
    result = chosen(portfolio(uploads=(upload("學習歷程自述", "P", text="動機"), upload("學習歷程自述", "Q"))))
    assert (slot(result, "O").state, slot(result, "P").state) == (SlotState.EMPTY, SlotState.PRESENT)
    assert [entry.markdown for entry in result.dossier.entries()] == ["動機"]
    assert kinds(result.office.problems) == ["upload-not-taken"]


def test_an_unknown_code_in_a_file_s_name() -> None:
    entry = chosen(portfolio(uploads=(upload("學習歷程自述", "Y1"),))).dossier.entries()[0]
    assert (entry.id, entry.problems[0].what.zh) == ("O", "檔名裡的代碼 Y1 不是任何一項，先列在 O。")


def test_what_was_uploaded_for_another_department_is_never_there() -> None:
    result = chosen(portfolio(uploads=(upload("學習歷程自述", department="001099"), upload("多元表現綜整心得", department="001012"))))
    assert [entry.id for entry in result.dossier.entries()] == ["N"]
    assert "001099" not in repr(result.dossier) + repr(result.office)


def test_a_part_as_pdf_fills_its_whole_group() -> None:
    result = chosen(portfolio(uploads=(upload("多元表現"), upload("修課紀錄"), upload("成績單"))))
    assert {slot.state for slot in section(result, "performance").slots} == {SlotState.AS_PDF}
    assert slot(result, "F").reason.zh == "申請人以檔案上傳整份「多元表現」，沒有逐項勾選。"
    assert slot(result, "J").reason.zh == "申請人以檔案上傳整份「多元表現」，列在 F。"
    assert slot(result, "A").state is SlotState.AS_PDF
    assert [entry.id for entry in result.dossier.entries()] == ["A", "A-T", "FM-P"]
    assert [entry.lane for entry in result.dossier.entries()] == [Lane.APPLICATION, Lane.SCHOOL, Lane.APPLICATION]


def test_the_record_as_data() -> None:
    record = CourseRecord(semesters=(), courses=(COURSE,))
    result = chosen(portfolio(record=record, outcomes=(outcome(0, course=COURSE),)))
    assert slot(result, "A").state is SlotState.PRESENT
    assert result.dossier.record == record
    assert slot(result, "B").entries[0].course == COURSE


def test_marks_stay_away_where_the_record_is_not_taken() -> None:
    choice = selection(sections=(SectionChoice(group=Group.OUTCOME, codes=("B",)),))
    course = chosen(portfolio(outcomes=(outcome(0, course=COURSE),)), choice).dossier.entries()[0].course
    assert course is not None
    assert (course.name, course.score.raw, course.percent) == ("數學", "", None)


@pytest.mark.parametrize(("codes", "hint"), [(("B", "D"), Inquiry.SCIENCE), (("B",), None)])
def test_a_hint_at_inquiry_where_the_department_takes_it(codes: tuple[str, ...], hint: Inquiry | None) -> None:
    choice = selection(sections=(SectionChoice(group=Group.OUTCOME, codes=codes),))
    row = outcome(0, "物理探究與實作", course_code="1121234561A1010110010499"[:19] + "0401")
    assert len(row.course_code) == 23
    assert chosen(portfolio(outcomes=(row,)), choice).dossier.entries()[0].inquiry is hint


@pytest.mark.parametrize(("status", "lane"), [("Y", Lane.CERTIFIED), ("N", Lane.STUDENT), ("", Lane.STUDENT)])
def test_an_outcome_is_certified_unless_the_package_says_that_it_is_not(status: str, lane: Lane) -> None:
    row = outcome(0, certification=Certification(status=status, status_text=both("")))
    assert chosen(portfolio(outcomes=(row,))).dossier.entries()[0].lane is lane
    assert chosen(portfolio(outcomes=(outcome(0),))).dossier.entries()[0].lane is Lane.CERTIFIED


def test_a_reflection_beyond_its_limits() -> None:
    pictures = tuple(file(f"{n}.png", MediaType.PNG) for n in range(4))
    text = "# 心得\n\n" + "字" * 801 + "![圖](0.png)"
    long = replace(upload("多元表現綜整心得", text=text), pictures=pictures)
    problems = chosen(portfolio(uploads=(long,))).dossier.entries()[0].problems
    assert [problem.what.zh for problem in problems] == ["綜整心得約 803 字，至多 800 字。", "綜整心得有 4 張圖，至多 3 張。"]
    assert chosen(portfolio(uploads=(upload("多元表現綜整心得", text="字" * 800),))).dossier.entries()[0].problems == ()


def test_one_activity_under_two_kinds_is_shown_twice_and_linked() -> None:
    club = performance("團體活動時間紀錄", 0, "熱舞社", 團體活動時間類別代碼="2", 開始日期="1121001", 結束日期="1130110")
    office = performance("幹部經歷暨事蹟紀錄", 0, "熱舞社社長", 開始日期="1120901", 結束日期="1130630", 擔任職務名稱="社長")
    later = performance("幹部經歷暨事蹟紀錄", 1, "熱舞社", 開始日期="1140901", 結束日期="1150110", 擔任職務名稱="副社長")
    result = chosen(portfolio(performances=(club, office, later)))
    assert [(entry.title, entry.related) for entry in result.dossier.entries()] == [
        ("熱舞社", ("X-2",)),
        ("熱舞社社長", ("X-1",)),
        ("熱舞社", ()),
    ]
    assert result.dossier.ledger.ticked == 3


def test_glyphs_that_occur_and_no_others() -> None:
    glyphs = (Glyph(code_point=0xE001, mapped="堃"), Glyph(code_point=0xE002))
    student = portfolio(outcomes=(outcome(0, "數學\ue001"),), glyphs=glyphs)
    assert [glyph.code_point for glyph in chosen(student).dossier.glyphs] == [0xE001]


def test_attachments_are_listed_once() -> None:
    same = file("a.pdf")
    result = chosen(portfolio(outcomes=(outcome(0, files=(same,)), outcome(1, files=(same, file("b.pdf"))))))
    assert sorted(attachment.path for attachment in result.attachments) == ["a.pdf", "b.pdf"]
