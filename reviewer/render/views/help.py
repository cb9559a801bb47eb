"""The view of a department's help page: what its reviewers need to know, from the selection and the model alone."""

from decimal import Decimal

from reviewer.model.codes import CodeItem, CodeSet, Group
from reviewer.model.dossier import SlotState
from reviewer.model.processed import PageHealth
from reviewer.model.selection import Selection
from reviewer.model.standing import Bucket, Distribution, relative_standing
from reviewer.model.tables import code_tables
from reviewer.render.shapes.cohort import LegendView
from reviewer.render.shapes.help import BucketHelp, CodeHelp, ExampleHelp, GroupHelp, HelpView, TermHelp
from reviewer.render.shapes.small import BadgeView
from reviewer.render.views.cohort import lane_legend, mask_sentence
from reviewer.render.views.dossier import PROGRAM
from reviewer.render.views.sheets import NOTES
from reviewer.render.views.states import state_legend

CATEGORIES = {
    "1": "教育部課綱規定、全國學生都要修的課。",
    "2": "學校自己訂、全校學生都要修的課，各校不同，常與學校特色有關。",
    "3": "課綱列出的進階選修，依學生的興趣與進路選讀。",
    "4": "給需要補強的學生，重新學習部定必修的內容。",
    "5": "學校開設的多元選修，跨領域或實作的課多在這裡。",
    "6": "其他選修課。",
    "7": "技術型高中由學校開設的選修課。",
    "8": "班級活動、社團、週會等，沒有學分。",
    "9": "自主學習、選手培訓、充實或補強課程、學校特色活動，多半沒有學分。",
    "A": "大學先修課程。",
    "B": "職業訓練課程（代碼 B 到 F）。",
}
"""What a kind of course is; the training codes B to F are told in one line."""

CERTIFICATIONS = {
    "": "學生沒有送出認證，或還沒有送出。",
    "N": "已送出，老師還沒有處理。",
    "Y": "老師確認這是學生在這門課裡自己做的。",
    "F": "老師沒有確認，理由寫在認證說明。",
}
"""What a state of certification means."""

KEYS = (
    ("/", "在名單上：到搜尋欄，輸入字詞就在全部檔案與附件裡找；上下鍵選結果，Enter 打開，Esc 回到搜尋欄。"),
    ("r", "閱讀畫面裡的文件時，在「閱讀」與原來的檢視方式之間切換。"),
    ("o", "在調整字型前的原稿與調整後的頁面之間切換（校系開放時才有）。"),
)
"""Keys of the pages' scripts; a test compares."""

_GROUPS = {
    Group.COURSE_RECORD: "每學期修的課、學分、成績與相對表現，由學校登錄。",
    Group.SUMMARY: "申請時寫的一篇心得，說明多元表現之間的關係。",
    Group.STATEMENT: "申請時寫的自述。",
    Group.OTHER: "本校系自訂的項目，申請時上傳。",
}
_SCORE = Decimal(85)
_EXAMPLE = Distribution(
    population=40,
    buckets=tuple(
        Bucket(Decimal(low), Decimal(high), people)
        for low, high, people in ((0, 60, 4), (60, 70, 6), (70, 80, 14), (80, 90, 10), (90, 100, 6))
    ),
)


def help_view(selection: Selection, *, watermark: str = "") -> HelpView:
    """The whole page."""
    return HelpView(
        university=selection.university_name.zh,
        department=selection.name.zh,
        department_code=selection.department_code,
        admission_year=selection.admission_year,
        groups=tuple(
            GroupHelp(title=section.group.label.zh, codes=tuple(_code(code, section.group, selection) for code in section.codes))
            for section in selection.sections
        ),
        left="、".join(f"{item.code} {item.name.zh}" for item in _left(selection)),
        limits=f"課程學習成果至多 {selection.max_outcomes} 件，多元表現合計至多 {selection.max_performances} 件；超過的仍然列出，並註明超過。",
        masks=mask_sentence(selection),
        categories=tuple(TermHelp(term=code_tables()["課程類別"][code].zh, sentence=sentence) for code, sentence in CATEGORIES.items()),
        domains="、".join(words.zh for words in code_tables()["領域"].values()),
        certifications=tuple(
            LegendView(state=BadgeView(shape=f"cert-{code.lower() or 'none'}", words=code_tables()["認證狀態"][code].zh), sentence=sentence)
            for code, sentence in CERTIFICATIONS.items()
        ),
        lanes=lane_legend(),
        states=state_legend(frozenset(SlotState)),
        pages=tuple(
            TermHelp(term=word, sentence=NOTES[health])
            for health, word in ((PageHealth.SCAN, "掃描或圖片"), (PageHealth.GARBLED, "文字亂碼"), (PageHealth.EMPTY, "空白頁"))
        ),
        example=_example(),
        originals=selection.originals,
        keys=tuple(TermHelp(term=key, sentence=sentence) for key, sentence in KEYS if key != "o" or selection.originals),
        program=PROGRAM,
        watermark=watermark,
    )


def _code(code: str, group: Group, selection: Selection) -> CodeHelp:
    item = selection.item(code)
    return CodeHelp(label=code, title=item.name.zh if item else "", sentence=_sentence(code, group, selection.code_set))


def _sentence(code: str, group: Group, code_set: CodeSet) -> str:
    """What stands under a code: for performances the kinds that the code set puts there."""
    if group is Group.OUTCOME:
        return "學生在這類課程裡的作品，旁邊列出課程與老師的認證。"
    if group is not Group.PERFORMANCE:
        return _GROUPS[group]
    kinds = [_kind(row.kind, row.field, row.value) for row in code_set.assignments if row.code == code]
    return f"通常是{'、'.join(kinds)}。" if kinds else "沒有固定的類別，依學生勾選。"


def _kind(kind: str, field: str, value: str) -> str:
    table = code_tables().get(field.removesuffix("代碼"), {})
    return f"{kind}（{table[value].zh}）" if value in table else kind


def _left(selection: Selection) -> tuple[CodeItem, ...]:
    taken = {code for section in selection.sections for code in section.codes}
    return tuple(item for item in selection.code_set.items if item.code not in taken)


def _example() -> ExampleHelp:
    """A mark of 85 among 40 students, worked out by the same function that the record uses."""
    percent = relative_standing(_SCORE, _EXAMPLE)
    inside = next(bucket for bucket in _EXAMPLE.buckets if bucket.low <= _SCORE < bucket.high)
    above = sum(bucket.people for bucket in _EXAMPLE.buckets if bucket.low >= inside.high)
    share = (inside.high - _SCORE) / (inside.high - inside.low) * inside.people
    return ExampleHelp(
        score=str(_SCORE),
        population=_EXAMPLE.population,
        buckets=tuple(
            BucketHelp(scores=f"{bucket.low}–{bucket.high}", people=bucket.people, holds=bucket is inside)
            for bucket in reversed(_EXAMPLE.buckets)
        ),
        sentence=(
            f"{inside.high} 分以上有 {above} 人；{_SCORE} 分落在 {inside.low}–{inside.high} 這一級，這級有 {inside.people} 人，"
            f"依分數的位置推估其中約 {share.normalize():f} 人在前。（{above} ＋ {share.normalize():f}）÷ {_EXAMPLE.population} ＝ {percent} %。"
        ),
        percent=f"前 {percent} % · 母體 {_EXAMPLE.population} 人",
    )
