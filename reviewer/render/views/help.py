"""The view of a department's help page: what its reviewers need to know, from the selection and the model alone."""

from decimal import Decimal

from reviewer.model.codes import CodeItem, CodeSet, Group
from reviewer.model.dossier import SlotState
from reviewer.model.language import Language
from reviewer.model.parts import parts
from reviewer.model.processed import PageHealth
from reviewer.model.selection import Selection
from reviewer.model.standing import Bucket, Distribution, relative_standing
from reviewer.model.tables import code_tables
from reviewer.model.text import Text
from reviewer.render import phrases
from reviewer.render.language import N_, Wording
from reviewer.render.shapes.cohort import LegendView
from reviewer.render.shapes.help import BucketHelp, CodeHelp, ExampleHelp, GroupHelp, HelpView, TermHelp
from reviewer.render.shapes.small import BadgeView
from reviewer.render.views.cohort import lane_legend, mask_sentence
from reviewer.render.views.dossier import PROGRAM
from reviewer.render.views.sheets import NOTES
from reviewer.render.views.states import state_legend

CATEGORIES = {
    "1": N_("教育部課綱規定、全國學生都要修的課。"),
    "2": N_("學校自己訂、全校學生都要修的課，各校不同，常與學校特色有關。"),
    "3": N_("課綱列出的進階選修，依學生的興趣與進路選讀。"),
    "4": N_("給需要補強的學生，重新學習部定必修的內容。"),
    "5": N_("學校開設的多元選修，跨領域或實作的課多在這裡。"),
    "6": N_("其他選修課。"),
    "7": N_("技術型高中由學校開設的選修課。"),
    "8": N_("班級活動、社團、週會等，沒有學分。"),
    "9": N_("自主學習、選手培訓、充實或補強課程、學校特色活動，多半沒有學分。"),
    "A": N_("大學先修課程。"),
    "B": N_("職業訓練課程（代碼 B 到 F）。"),
}
"""What a kind of course is; the training codes B to F are told in one line."""

CERTIFICATIONS = {
    "": N_("學生沒有送出認證，或還沒有送出。"),
    "N": N_("已送出，老師還沒有處理。"),
    "Y": N_("老師確認這是學生在這門課裡自己做的。"),
    "F": N_("老師沒有確認，理由寫在認證說明。"),
}
"""What a state of certification means."""

KEYS = (
    ("/", N_("到搜尋欄，輸入字詞就在全部檔案與附件裡找；上下鍵選結果，Enter 打開，Esc 回到搜尋欄。")),
    ("j k", N_("下一個、上一個項目；並排比較時是下一項、上一項審查資料。")),
    ("J K", N_("下一份、上一份檔案，依左邊順序排列；沒有打開檔案時，打開最近讀過的，或第一份。")),
    ("g", N_("再按代碼的字母，例如 g 再按 J：到那一項審查資料；同一個字母再按一次，到下一個。")),
    ("r", N_("閱讀畫面裡的文件時，在「閱讀」與原來的檢視方式之間切換。")),
    ("o", N_("在調整字型前的原稿與調整後的頁面之間切換（校系開放時才有）。")),
    ("1–9 0", N_("在目前的向度評等第，由高到低；0 清除。")),
    ("c C", N_("下一個、前一個向度。")),
    ("s", N_("填寫分數。")),
    ("e", N_("引用正在讀的這一處，作為目前向度的依據。")),
    ("n N", N_("寫整份檔案的筆記；寫正在讀的項目的筆記。")),
    ("f", N_("做記號；順序裡可以只列有旗標的檔案。")),
    ("d", N_("評完，或改為還沒有評完。")),
    ("u", N_("評過之後檔案有變動時：看過了，評分維持。")),
    ("x v", N_("把這份檔案選入並排比較；開始並排比較，最多四份。")),
    ("y", N_("複製目前位置的連結。")),
    ("[ ]", N_("收起或展開左邊的順序、右邊的評分。")),
    ("Esc", N_("離開輸入，回到檔案；離開檔案或空的搜尋框，回到順序。上下鍵選擇，Enter 打開。")),
    ("?", N_("列出所有按鍵。")),
)
"""Keys of the pages' scripts; a test compares."""

_GROUPS = {
    Group.COURSE_RECORD: N_("每學期修的課、學分、成績與相對表現，由學校登錄。"),
    Group.SUMMARY: N_("申請時寫的一篇心得，說明多元表現之間的關係。"),
    Group.STATEMENT: N_("申請時寫的自述。"),
    Group.OTHER: N_("本校系自訂的項目，申請時上傳。"),
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
    say = Wording(selection.language)
    return HelpView(
        university=say.of(selection.university_name),
        department=say.of(selection.name),
        department_code=selection.department_code,
        admission_year=selection.admission_year,
        groups=tuple(
            GroupHelp(title=say.of(section.group.label), codes=tuple(_code(code, section.group, selection) for code in section.codes))
            for section in selection.sections
        ),
        left=say("、").join(f"{item.code} {say.of(item.name)}" for item in _left(selection)),
        limits=say(
            "課程學習成果至多 {outcomes} 件，多元表現合計至多 {performances} 件；超過的仍然列出，並註明超過。",
            outcomes=selection.max_outcomes,
            performances=selection.max_performances,
        ),
        masks=mask_sentence(selection),
        categories=tuple(_term(code_tables()["課程類別"][code], say(sentence), say) for code, sentence in CATEGORIES.items()),
        domains=say("、").join(say.of(words) for words in code_tables()["領域"].values()),
        certifications=tuple(
            LegendView(
                state=BadgeView(shape=f"cert-{code.lower() or 'none'}", words=say.of(code_tables()["認證狀態"][code])),
                sentence=say(sentence),
            )
            for code, sentence in CERTIFICATIONS.items()
        ),
        lanes=lane_legend(say),
        states=state_legend(frozenset(SlotState), say),
        pages=tuple(
            TermHelp(term=word, sentence=say(NOTES[health]))
            for health, word in (
                (PageHealth.SCAN, say("掃描或圖片")),
                (PageHealth.GARBLED, say("文字亂碼")),
                (PageHealth.EMPTY, say("空白頁")),
            )
        ),
        example=_example(say),
        originals=selection.originals,
        keys=tuple(TermHelp(term=key, sentence=say(sentence)) for key, sentence in KEYS if key != "o" or selection.originals),
        program=PROGRAM,
        watermark=watermark,
        language=selection.language,
    )


def _code(code: str, group: Group, selection: Selection) -> CodeHelp:
    item = selection.item(code)
    say = Wording(selection.language)
    name = item.name if item else Text("", "")
    return CodeHelp(label=code, title=say.of(name), official=_official(name, say), sentence=_sentence(code, group, selection.code_set, say))


def _term(words: Text, sentence: str, say: Wording) -> TermHelp:
    return TermHelp(term=say.of(words), official=_official(words, say), sentence=sentence)


def _official(words: Text, say: Wording) -> str:
    """The Chinese word, where it is not the one that the page says."""
    return "" if say.language is Language.CHINESE or words.zh == words.en else words.zh


def _sentence(code: str, group: Group, code_set: CodeSet, say: Wording) -> str:
    """What stands under a code: for performances the kinds that the code set puts there."""
    if group is Group.OUTCOME:
        return say("學生在這類課程裡的作品，旁邊列出課程與老師的認證。")
    if group is not Group.PERFORMANCE:
        return say(_GROUPS[group])
    kinds = [_kind(row.kind, row.field, row.value, say) for row in code_set.assignments if row.code == code]
    return say("通常是{kinds}。", kinds=say("、").join(kinds)) if kinds else say("沒有固定的類別，依學生勾選。")


def _kind(kind: str, field: str, value: str, say: Wording) -> str:
    table = code_tables().get(field.removesuffix("代碼"), {})
    name = say.of(parts()[kind].label) if kind in parts() else kind
    return say("{kind}（{value}）", kind=name, value=say.of(table[value])) if value in table else name


def _left(selection: Selection) -> tuple[CodeItem, ...]:
    taken = {code for section in selection.sections for code in section.codes}
    return tuple(item for item in selection.code_set.items if item.code not in taken)


def _example(say: Wording) -> ExampleHelp:
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
        sentence=say(
            "{high} 分以上有 {above} 人；{score} 分落在 {low}–{high} 這一級，這級有 {people} 人，"
            "依分數的位置推估其中約 {share} 人在前。（{above} ＋ {share}）÷ {population} ＝ {percent} %。",
            high=inside.high,
            above=above,
            score=_SCORE,
            low=inside.low,
            people=inside.people,
            share=f"{share.normalize():f}",
            population=_EXAMPLE.population,
            percent=percent,
        ),
        percent=phrases.standing_view("", percent, _EXAMPLE, say).sentence,
    )
