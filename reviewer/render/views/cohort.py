"""The view of a department's first page: who applied, and where each dossier is. Neutral: no counts, no ranking."""

from collections.abc import Iterable, Sequence

from reviewer.model.codes import Group
from reviewer.model.dossier import Dossier, SlotState
from reviewer.model.parts import Lane
from reviewer.model.selection import Mask, Selection
from reviewer.render.language import CHINESE, N_, Wording
from reviewer.render.markdown import prose
from reviewer.render.shapes.cohort import ChoiceView, CohortCell, CohortRow, CohortView, LegendView
from reviewer.render.shapes.small import BadgeView
from reviewer.render.views.desk import desk_row
from reviewer.render.views.dossier import PROGRAM, name_words
from reviewer.render.views.states import slot_label, state_badge, state_legend
from reviewer.render.words import Lettering

_MASKS = {Mask.NAME: N_("姓名"), Mask.SCHOOL: N_("學校"), Mask.LOW_INCOME: N_("經濟與身分資料"), Mask.PHOTO: N_("照片")}
_LANES = {
    Lane.SCHOOL: N_("由學校登錄。"),
    Lane.CERTIFIED: N_("由學生填報；認證的是作品出自學生本人，不是作品的品質。"),
    Lane.STUDENT: N_("由學生自己填報，學校未審查內容。"),
    Lane.APPLICATION: N_("申請時由申請人上傳。"),
}


def cohort_row(dossier: Dossier, letters: Lettering, *, pdf: bool, folder: str = "") -> CohortRow:
    """What one dossier hands to the cohort page; made where the dossier is made. `folder` is its folder where the number cannot name one."""
    folder = folder or dossier.applicant_number
    facts = {fact.key: fact.value for fact in dossier.identity}
    here = letters.at(f"{folder}/")
    return CohortRow(
        number=dossier.applicant_number,
        name=name_words(dossier.name, here),
        school=here.words(facts.get("學校名稱", "")),
        school_type=_join(facts, "部別", "班別", "實驗教育類型"),
        group=_join(facts, "群別", "科班學程別"),
        cells=tuple(
            CohortCell(label=slot_label(slot), title=slot.title.of(letters.language), state=state_badge(slot.state, letters.say))
            for section in dossier.sections
            for slot in section.slots
            if slot.state is not SlotState.NOT_OFFERED
        ),
        page=f"{folder}/index.html",
        pdf=f"{folder}/dossier.pdf" if pdf else "",
        desk=desk_row(dossier, folder, letters.say),
    )


def cohort_view(selection: Selection, rows: Iterable[CohortRow], *, watermark: str = "") -> CohortView:
    """The whole page, applicants by number."""
    return ordered_cohort_view(selection, tuple(sorted(rows, key=lambda row: row.number)), watermark=watermark)


def ordered_cohort_view(selection: Selection, rows: Sequence[CohortRow], *, watermark: str = "") -> CohortView:
    """The same of rows that come by number already; they are looked through once here and never copied."""
    shapes = {cell.state.shape for row in rows for cell in row.cells}
    states = frozenset(state for state in SlotState if state_badge(state).shape in shapes)
    return CohortView(
        university=selection.university_name.of(selection.language),
        department=selection.name.of(selection.language),
        department_code=selection.department_code,
        admission_year=selection.admission_year,
        choices=tuple(_choice(section.group, section.codes, selection) for section in selection.sections),
        masks=mask_sentence(selection),
        columns=rows[0].cells if rows else (),
        rows=rows,
        legend=state_legend(states, Wording(selection.language)),
        lanes=lane_legend(Wording(selection.language)),
        guide=prose(selection.guide, None, Lettering(language=selection.language), shift=2) if selection.guide.strip() else None,
        program=PROGRAM,
        watermark=watermark,
        language=selection.language,
    )


def mask_sentence(selection: Selection) -> str:
    """What is hidden, as a sentence; empty when nothing is."""
    say = Wording(selection.language)
    masks = say("、").join(say(words) for mask, words in _MASKS.items() if mask in selection.masks)
    if selection.masks == {Mask.PHOTO}:  # no words to take out
        return say(
            "依本校系的設定，照片不顯示；附件裡的圖片、掃描與影片照樣呈現，其中可能有人臉，校系辦公室的製作報告逐檔逐頁列出程式看得出的。"
        )
    return (
        say(
            "依本校系的設定，{masks}不顯示，資料夾裡的文字也不含這些內容；掃描、照片、手寫與聲音裡的，程式無法保證，校系辦公室的製作報告逐檔逐頁列出。",
            masks=masks,
        )
        if masks
        else ""
    )


def lane_legend(say: Wording = CHINESE) -> tuple[LegendView, ...]:
    """The source lanes with their shapes."""
    return tuple(
        LegendView(state=BadgeView(shape=f"lane-{lane.value}", words=say.of(lane.label)), sentence=say(_LANES[lane])) for lane in Lane
    )


def _join(facts: dict[str, str], *keys: str) -> str:
    values = [facts[key] for key in keys if facts.get(key)]
    return "・".join(dict.fromkeys(values))


def _choice(group: Group, codes: tuple[str, ...], selection: Selection) -> ChoiceView:
    say = Wording(selection.language)
    limits = {
        Group.OUTCOME: say("至多 {n} 件", n=selection.max_outcomes),
        Group.PERFORMANCE: say("合計至多 {n} 件", n=selection.max_performances),
    }
    items = ((code, selection.item(code)) for code in codes)
    return ChoiceView(
        title=say.of(group.label),
        items=tuple(f"{code} {say.of(item.name)}" if item else code for code, item in items),
        limit=limits.get(group, ""),
    )
