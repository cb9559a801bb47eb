"""Laws of `select` over generated portfolios: nothing dropped, nothing invented, order, determinism, masks, the ledger."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.model.application import Application, Tick
from reviewer.model.canonical import canonical_json
from reviewer.model.codes import Group, shipped_code_sets
from reviewer.model.dates import Semester
from reviewer.model.parts import OUTCOMES, performance_kinds
from reviewer.model.portfolio import Outcome, Performance, Portfolio
from reviewer.model.selection import Mask, SectionChoice, Selection
from reviewer.selection.related import same_activity
from reviewer.selection.select import select
from tests.unit.selection.samples import file, identity, missing_file, outcome, performance, portfolio, selection, upload

NAME, SCHOOL, CODE = "魏晨曦", "臺南市立曙光高級中學", "987654"
WORDS = st.text(alphabet="的了我在甲乙丙丁魏晨曦南曙光123 9\n", max_size=12)
TEXTS = st.one_of(WORDS, WORDS.map(lambda words: f"{words}{NAME}{words}"), WORDS.map(lambda words: f"{SCHOOL}{words}{CODE}"))
FILES = st.lists(st.one_of(TEXTS.map(lambda words: file(f"{words}.pdf")), st.just(missing_file("a.pdf"))), max_size=2).map(tuple)


@st.composite
def outcomes(draw: st.DrawFn) -> tuple[Outcome, ...]:
    count = draw(st.integers(0, 6))
    return tuple(
        outcome(
            index,
            draw(TEXTS),
            abstract=draw(TEXTS),
            files=draw(FILES),
            category_value=draw(st.sampled_from(["", "1", "2", "B-1", "9"])),
            semester=draw(st.sampled_from([None, Semester(113, 1)])),
        )
        for index in range(count)
    )


@st.composite
def performances(draw: st.DrawFn) -> tuple[Performance, ...]:
    rows = []
    for part in performance_kinds():
        for index in range(draw(st.integers(0, 2))):
            day = draw(st.sampled_from(["", "1130101", "1140301"]))
            values = {"開始日期": day, "彈性學習時間類別代碼": draw(st.sampled_from("12")), "團體活動時間類別代碼": "2"}
            rows.append(replace(performance(part.key, index, draw(TEXTS), **values), files=draw(FILES)))
    return tuple(rows)


UPLOADS = st.lists(
    st.builds(
        upload,
        st.sampled_from(["學習歷程自述", "其他", "多元表現綜整心得", "多元表現", "課程學習成果", "修課紀錄", "成績單"]),
        st.sampled_from(["", "", "O", "P", "Q", "R", "Z9"]),
        st.sampled_from(["", "001012", "001099"]),
        st.one_of(st.none(), TEXTS),
    ),
    max_size=4,
).map(tuple)
PORTFOLIOS = st.builds(
    lambda rows, more, files: portfolio(
        identity=identity(姓名=NAME, 學校名稱=SCHOOL, 學校代碼=CODE, 縣市="臺南市"), outcomes=rows, performances=more, uploads=files
    ),
    outcomes(),
    performances(),
    UPLOADS,
)


@st.composite
def selections(draw: st.DrawFn) -> Selection:
    code_set = shipped_code_sets()[draw(st.sampled_from(["university", "technology"]))]
    sections = []
    for group in draw(st.permutations([group for group in Group if code_set.of_group(group)])):
        codes = [item.code for item in code_set.of_group(group)]
        taken = draw(st.lists(st.sampled_from(codes), unique=True, max_size=4))
        sections += [SectionChoice(group=group, codes=tuple(taken))] if taken else []
    masks = draw(st.frozensets(st.sampled_from(Mask)))
    return selection(code_set.id, sections=tuple(sections), masks=masks)


@st.composite
def applications(draw: st.DrawFn, student: Portfolio) -> Application:
    there = [Tick(OUTCOMES, row.index) for row in student.outcomes] + [Tick(row.kind, row.index) for row in student.performances]
    absent = [Tick(OUTCOMES, 50), Tick("競賽參與紀錄", 51)]
    ticks = draw(st.one_of(st.none(), st.lists(st.sampled_from(there + absent), unique=True).map(tuple)))
    return Application(applicant_number="10110005", department_code="001012", package_id="s1", ticks=ticks)


@settings(max_examples=80, deadline=None)
@given(st.data(), PORTFOLIOS, selections())
def test_every_ticked_item_is_in_exactly_one_slot(data: st.DataObject, student: Portfolio, choice: Selection) -> None:
    application = data.draw(applications(student))
    result = select(student, choice, application)
    everything = {str(Tick(OUTCOMES, row.index)) for row in student.outcomes} | {
        str(Tick(row.kind, row.index)) for row in student.performances
    }
    wanted = everything if application.ticks is None else {str(tick) for tick in application.ticks}
    shown = [entry.tick for entry in result.dossier.entries() if entry.tick]
    assert sorted(shown) == sorted(wanted)
    assert set(result.office.unticked) == everything - wanted
    ledger = result.dossier.ledger
    assert ledger.ticked == len(wanted) == ledger.shown + ledger.shown_with_problem
    assert len({entry.id for entry in result.dossier.entries()}) == len(result.dossier.entries())
    assert all(entry.id.isascii() for entry in result.dossier.entries())


@settings(max_examples=60, deadline=None)
@given(PORTFOLIOS, selections())
def test_the_same_slots_for_everybody(student: Portfolio, choice: Selection) -> None:
    application = Application(applicant_number="1", department_code="001012", package_id="s1", ticks=None)
    full, empty = select(student, choice, application).dossier, select(portfolio(), choice, application).dossier
    assert [[slot.codes for slot in section.slots] for section in full.sections] == [
        [slot.codes for slot in section.slots] for section in empty.sections
    ]
    order = [section.id for section in full.sections if section.id not in ("apart", "not_offered")]
    assert order == [section.group.value for section in choice.sections]
    assert all(slot.reason.zh or slot.state.value == "present" for section in full.sections for slot in section.slots)
    for section in full.sections:
        for slot in section.slots:
            kinds = [entry.tick for entry in slot.entries if entry.tick]
            assert kinds == sorted(kinds, key=lambda tick: _package_order(student, tick))


def _package_order(student: Portfolio, tick: str) -> int:
    order = [str(Tick(OUTCOMES, row.index)) for row in student.outcomes] + [str(Tick(row.kind, row.index)) for row in student.performances]
    return order.index(tick)


@settings(max_examples=60, deadline=None)
@given(PORTFOLIOS, selections())
def test_same_input_same_dossier(student: Portfolio, choice: Selection) -> None:
    application = Application(applicant_number="1", department_code="001012", package_id="s1", ticks=None)
    assert select(student, choice, application) == select(student, choice, application)
    other = replace(application, applicant_number="2")
    assert select(student, choice, other).dossier.sha256 == select(student, choice, application).dossier.sha256


@settings(max_examples=80, deadline=None)
@given(PORTFOLIOS, selections())
def test_nothing_masked_is_anywhere(student: Portfolio, choice: Selection) -> None:
    application = Application(applicant_number="10110005", department_code="001012", package_id="s1", ticks=None)
    dossier = select(student, choice, application).dossier
    hashes = {link.attachment.sha256 for entry in dossier.entries() for link in entry.files if link.attachment} | {dossier.sha256}
    text = canonical_json(dossier).decode()
    for sha256 in hashes:
        text = text.replace(sha256, "")
    if Mask.NAME in choice.masks:
        assert NAME not in text
    if Mask.SCHOOL in choice.masks:
        assert [word for word in (SCHOOL, "曙光高中", "臺南市", "台南市", CODE) if word in text] == []


@settings(max_examples=60, deadline=None)
@given(PORTFOLIOS)
def test_related_is_symmetric_and_never_within_a_kind(student: Portfolio) -> None:
    application = Application(applicant_number="1", department_code="001012", package_id="s1", ticks=None)
    entries = {entry.id: entry for entry in select(student, selection(), application).dossier.entries()}
    for entry in entries.values():
        assert entry.id not in entry.related
        for other in entry.related:
            assert entry.id in entries[other].related
            assert entries[other].kind_label != entry.kind_label
            assert same_activity(entry, entries[other])
