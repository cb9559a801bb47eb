"""Slots in short: their label, and their states as a neutral shape, a word, and what it means."""

from reviewer.model.dossier import Slot, SlotState
from reviewer.render.language import CHINESE, N_, Wording
from reviewer.render.shapes.cohort import LegendView
from reviewer.render.shapes.small import BadgeView

_WORDS = {
    SlotState.PRESENT: (N_("已提供"), N_("資料在本頁呈現。")),
    SlotState.AS_PDF: (N_("PDF"), N_("申請人以 PDF 檔提供，未以勾選方式提供。")),
    SlotState.TOGETHER: (N_("併於他項"), N_("與同類項目合為一個檔案，列在另一個代碼下。")),
    SlotState.EMPTY: (N_("未提供"), N_("申請人沒有提供這個項目。")),
    SlotState.NOT_OFFERED: (N_("不採計"), N_("本校系不採計這個項目。")),
    SlotState.UNREADABLE: (N_("無法呈現"), N_("已提供，但檔案無法讀取，原因寫在該項目下。")),
    SlotState.MISSING: (N_("檔案缺漏"), N_("資料中列有此項，但檔案不在匯出的資料裡。")),
}


def state_badge(state: SlotState, say: Wording = CHINESE) -> BadgeView:
    """Shape and word of a state."""
    return BadgeView(shape=f"state-{state.value.replace('_', '-')}", words=say(_WORDS[state][0]))


def state_legend(states: frozenset[SlotState], say: Wording = CHINESE) -> tuple[LegendView, ...]:
    """The legend of the states that occur, in fixed order."""
    return tuple(LegendView(state=state_badge(state, say), sentence=say(_WORDS[state][1])) for state in SlotState if state in states)


def slot_label(slot: Slot) -> str:
    """Codes as rail and tables print them: `J`, `B–E`, `B/D`; `＋` outside the named codes."""
    codes = slot.codes
    if not codes:
        return "＋"
    running = all(len(code) == 1 for code in codes) and [ord(code) for code in codes] == list(
        range(ord(codes[0]), ord(codes[0]) + len(codes))
    )
    return f"{codes[0]}–{codes[-1]}" if len(codes) > 2 and running else "/".join(codes)
