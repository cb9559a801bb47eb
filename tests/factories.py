"""Dossiers and processed attachments made by hand: one of everything that a page can show. Plain values, no files."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from decimal import Decimal

from reviewer.model.attachment import Attachment, FileLink, FileRole, MediaType
from reviewer.model.codes import Group
from reviewer.model.course_codes import Inquiry
from reviewer.model.dates import Day, Semester
from reviewer.model.dossier import DOSSIER_SCHEMA, Dossier, Entry, EntryKind, IdentityFact, Ledger, Section, Slot, SlotState
from reviewer.model.parts import Lane
from reviewer.model.portfolio import Certification, Course, CourseRecord, FieldValue, Score, SemesterResult, Standing
from reviewer.model.problem import Problem, Severity, Where
from reviewer.model.processed import Block, BlockKind, FoundAddress, Image, PageHealth, PageView, Processed
from reviewer.model.standing import Bucket, Distribution, relative_standing
from reviewer.model.text import Text, both

SEMESTERS = (*tuple(Semester(year, term) for year in (112, 113) for term in (1, 2)), Semester(114, 1))
"""Five semesters before an application for 115."""

_COURSES = (
    ("國語文", "語文領域", "部定必修", "4"),
    ("英語文", "語文領域", "部定必修", "4"),
    ("數學", "數學領域", "部定必修", "4"),
    ("歷史", "社會領域", "部定必修", "2"),
    ("探究與實作：水的旅行", "自然科學領域", "校訂必修", "2"),
    ("物理", "自然科學領域", "部定必修", "2"),
    ("生活科技", "科技領域", "部定必修", "1"),
    ("體育", "健康與體育領域", "部定必修", "2"),
)


def day(year: int, month: int, number: int) -> Day:
    """A day of a ROC year."""
    return Day(dt.date(year + 1911, month, number))


def distribution(population: int = 412) -> Distribution:
    """A plausible distribution of marks."""
    shares = ((0, 60, 12), (60, 70, 60), (70, 80, 130), (80, 90, 150), (90, 95, 46), (95, 100, 14))
    return Distribution(population=population, buckets=tuple(Bucket(Decimal(low), Decimal(high), people) for low, high, people in shares))


def score(value: str) -> Score:
    """A mark; `-1` has no value."""
    return Score(raw=value, value=None if value == "-1" else Decimal(value))


def problem(code: str, what: str, remedy: str, *, severity: Severity = Severity.WARNING, path: str = "", page: int = 0) -> Problem:
    """A finding in both languages."""
    return Problem(
        code=code,
        where=Where(package="stu-0007", file="多元表現.json", path=path, page=page),
        what=Text(what, "Something was found."),
        remedy=Text(remedy, "Look at it."),
        severity=severity,
    )


def field(key: str, value: str) -> FieldValue:
    """A labelled value."""
    return FieldValue(key=key, label=both(key), raw=value, shown=both(value))


def link(name: str, media_type: MediaType = MediaType.PDF, *, role: FileRole = FileRole.DOCUMENT) -> FileLink:
    """A file that is there; its hash is that of its name."""
    sha256 = hashlib.sha256(name.encode()).hexdigest()
    return FileLink(name=name, role=role, attachment=Attachment(path=name, sha256=sha256, size_bytes=1_234_567, media_type=media_type))


def record() -> CourseRecord:
    """A record of five semesters with everything that occurs: no score, no distribution, words for a mark."""
    courses: list[Course] = []
    for at, semester in enumerate(SEMESTERS):
        for number, (name, domain, category, credits_raw) in enumerate(_COURSES):
            value = "-1" if (at, number) == (2, 7) else str(74 + (at * 7 + number * 5) % 23)
            spread = None if number == 6 else distribution(412 - at * 3)
            made = score(value)
            courses.append(
                Course(
                    index=len(courses),
                    semester=semester,
                    semester_raw=str(semester),
                    name=name,
                    code=f"112010301H11101A10{number:02d}01",
                    category=category,
                    domain=domain,
                    credits_raw=credits_raw,
                    score=made,
                    distribution=spread,
                    percent=relative_standing(made.value, spread) if spread and made.value is not None else None,
                    description="以校園旁的水圳為題，練習提出可驗證的問題、設計取樣、整理數據並公開報告。" if number == 4 else "",
                )
            )
    return CourseRecord(semesters=tuple(_result(at, semester) for at, semester in enumerate(SEMESTERS)), courses=tuple(courses))


def _result(at: int, semester: Semester) -> SemesterResult:
    made = score(("84.6", "86.1", "83.9", "87.4", "88.2")[at])
    standings = []
    for scope, population in (("校", 412), ("群別", 405), ("科班學程別", 38)):
        percent = Decimal(
            {"校": "24.1 19.8 26.0 16.5 13.6", "群別": "23.0 18.9 25.2 16.1 13.1", "科班學程別": "40.2 35.0 44.7 30.9 28.4"}[scope].split()[
                at
            ]
        )
        missing = scope == "群別" and at == 1
        standings.append(
            Standing(scope=scope, distribution=None if missing else distribution(population), percent=None if missing else percent)
        )
    return SemesterResult(semester=semester, score=made, standings=tuple(standings))


def outcomes(courses: tuple[Course, ...]) -> tuple[Entry, ...]:
    """Three outcomes: certified with a long report, certified with a scan and a film, refused without a file."""
    report = Entry(
        id="BE-1",
        kind=EntryKind.OUTCOME,
        lane=Lane.CERTIFIED,
        codes=("B", "C", "D"),
        kind_label=both("課程學習成果"),
        title="探究與實作：水的旅行",
        tick="課程學習成果[0]",
        text="我們沿著學校旁的水圳取樣四次，量了溶氧與電導度，想知道排水口下游的水質是不是真的比較差。\n結果和預期不同：下雨後上游反而更混濁。",
        semester=SEMESTERS[1],
        course=courses[12],
        inquiry=Inquiry.SCIENCE,
        certification=Certification(
            status="Y",
            status_text=both("教師已認證"),
            teacher="林靜宜",
            at=day(113, 7, 2),
            sent_at=day(113, 6, 28),
            note="本組由三位同學完成，取樣與分析由該生負責。",
        ),
        files=(link("水的旅行_成果報告.pdf"),),
    )
    film = Entry(
        id="BE-2",
        kind=EntryKind.OUTCOME,
        lane=Lane.CERTIFIED,
        codes=("B", "C", "D"),
        kind_label=both("課程學習成果"),
        title="生活科技",
        tick="課程學習成果[1]",
        text="用雷射切割做的可調式檯燈，附製作過程影片。",
        semester=SEMESTERS[2],
        course=courses[22],
        certification=Certification(status="Y", status_text=both("教師已認證"), teacher="陳建宏", at=day(114, 1, 10)),
        files=(link("檯燈手稿_掃描.pdf"), link("製作過程.mp4", MediaType.MP4, role=FileRole.MEDIA)),
        other_fields=(field("備註", "與選修課合開"),),
    )
    refused = Entry(
        id="BE-3",
        kind=EntryKind.OUTCOME,
        lane=Lane.STUDENT,
        codes=("B", "C", "D"),
        kind_label=both("課程學習成果"),
        title="英語文",
        tick="課程學習成果[2]",
        text="My reading log of three short novels. I compare how the narrators earn or lose the reader's trust, and what I would ask each author.",
        semester=SEMESTERS[4],
        course=courses[33],
        certification=Certification(
            status="F", status_text=both("認證未通過"), teacher="Olivia Chen", note="檔案與課堂作業不符，請重新上傳。"
        ),
        files=(
            FileLink(
                name="reading_log_final_FINAL_version_with_a_very_long_name_2025.docx",
                role=FileRole.DOCUMENT,
                problem=problem("file-missing", "資料列有這個檔案，但資料夾裡沒有。", "請向匯出單位索取完整的資料。"),
            ),
        ),
    )
    return report, film, refused


def performances() -> tuple[tuple[Entry, ...], tuple[Entry, ...], tuple[Entry, ...]]:
    """Entries of H, J and what stands apart."""
    office = Entry(
        id="H-1",
        kind=EntryKind.PERFORMANCE,
        lane=Lane.SCHOOL,
        codes=("H",),
        kind_label=both("校方建立幹部經歷紀錄"),
        title="高一 3 班",
        tick="校方建立幹部經歷紀錄[0]",
        fields=(field("擔任職務名稱", "學藝股長"), field("幹部等級代碼", "班級")),
        start=day(112, 9, 1),
        end=day(113, 1, 20),
        semester=SEMESTERS[0],
        related=("X-1",),
    )
    first = Entry(
        id="J-1",
        kind=EntryKind.PERFORMANCE,
        lane=Lane.STUDENT,
        codes=("J",),
        kind_label=both("競賽參與紀錄"),
        title="第 64 屆中小學科學展覽會地方賽",
        tick="競賽參與紀錄[0]",
        text="與兩位同學以「水圳的呼吸」參展。我負責取樣規畫與統計；口頭報告時評審追問取樣間隔，我們回來後補做了第五次取樣。",
        fields=(
            field("項目", "地球與行星科學"),
            field("競賽等級代碼", "縣市級"),
            field("競賽獎項", "佳作"),
            field("團體或個人參與代碼", "團體"),
        ),
        start=day(113, 4, 18),
        semester=SEMESTERS[1],
        files=(link("獎狀.jpg", MediaType.JPEG),),
        addresses=("https://science-fair.example.edu.tw/64/works/earth/水圳的呼吸?lang=zh-Hant&page=12",),
    )
    second = Entry(
        id="J-2",
        kind=EntryKind.PERFORMANCE,
        lane=Lane.STUDENT,
        codes=("J",),
        kind_label=both("競賽參與紀錄"),
        title="全國高級中等學校小論文寫作比賽",
        tick="競賽參與紀錄[1]",
        text="小論文全文與口試錄音。",
        fields=(field("競賽等級代碼", "全國"), field("競賽獎項", "甲等"), field("團體或個人參與代碼", "個人")),
        start=day(114, 3, 27),
        semester=SEMESTERS[3],
        files=(
            link("小論文.pdf"),
            link("口試.mp3", MediaType.MP3, role=FileRole.MEDIA),
            link("錄影.mp4", MediaType.MP4, role=FileRole.MEDIA),
        ),
        problems=(
            problem(
                "value-odd",
                "競賽等級代碼寫成「,3」，依內容讀為「全國」。",
                "需要時請向學校確認。",
                severity=Severity.NOTE,
                path="競賽參與紀錄[1].競賽等級代碼",
            ),
        ),
    )
    apart = Entry(
        id="X-1",
        kind=EntryKind.PERFORMANCE,
        lane=Lane.STUDENT,
        codes=(),
        kind_label=both("團體活動時間紀錄"),
        title="管樂社",
        tick="團體活動時間紀錄[0]",
        text="",
        fields=(field("辦理單位", "學務處"), field("節數或時數", "36")),
        semester=SEMESTERS[0],
        related=("H-1",),
    )
    return (office,), (first, second), (apart,)


STATEMENT = """# 從一條水圳開始

我住的地方離學校**四十分鐘**，其中二十五分鐘沿著水圳走。高一的[探究課](https://example.org/water)讓我第一次把每天看到的東西當成題目。

## 學到的三件事

1. 取樣的時間比儀器更重要。
2. 沒有預期的結果要先懷疑自己的步驟。
3. 圖要讓沒來的人也看得懂。

![取樣點](images/map.png)

> 「你們怎麼知道不是下雨的關係？」評審問。

I would like to learn how hydrologists decide where to measure, and why.
"""


def statements() -> tuple[Entry, Entry]:
    """N as Markdown with a picture, O as Markdown."""
    summary = Entry(
        id="N",
        kind=EntryKind.UPLOAD,
        lane=Lane.APPLICATION,
        codes=("N",),
        kind_label=both("多元表現綜整心得"),
        title="多元表現綜整心得",
        tick="",
        markdown="三年裡我參加的活動不多，但每一件都做完了。\n\n社團教我等人，競賽教我被問倒之後怎麼站著，服務教我先問需不需要。",
    )
    own = Entry(
        id="O",
        kind=EntryKind.UPLOAD,
        lane=Lane.APPLICATION,
        codes=("O",),
        kind_label=both("學習歷程自述"),
        title="高中學習歷程反思",
        tick="",
        markdown=STATEMENT,
        pictures=(link("images/map.png", MediaType.PNG, role=FileRole.PICTURE),),
    )
    return summary, own


def slot(
    codes: str, title: str, entries: tuple[Entry, ...] = (), state: SlotState | None = None, reason: str = "", shown_at: str = ""
) -> Slot:
    """A slot; empty when it has no entries and no other state is given."""
    chosen = state or (SlotState.PRESENT if entries else SlotState.EMPTY)
    words = reason or ("申請人沒有提交這一項。" if chosen is SlotState.EMPTY else "")
    return Slot(codes=tuple(codes), title=both(title), state=chosen, reason=both(words), entries=entries, shown_at=shown_at)


def sections(courses: tuple[Course, ...]) -> tuple[Section, ...]:
    """Every state of a slot once."""
    office, contests, apart = performances()
    summary, own = statements()
    missing = problem("file-missing", "資料列有這個檔案，但資料夾裡沒有。", "請向匯出單位索取完整的資料。")
    licence = Entry(
        id="L-1",
        kind=EntryKind.PERFORMANCE,
        lane=Lane.STUDENT,
        codes=("L",),
        kind_label=both("檢定證照紀錄"),
        title="全民英檢中高級",
        tick="檢定證照紀錄[0]",
        start=day(113, 12, 6),
        semester=SEMESTERS[2],
        files=(FileLink(name="證書.pdf", role=FileRole.DOCUMENT, problem=missing),),
    )
    own_slots = (
        slot("O", "高中學習歷程反思", (own,)),
        slot("P", "就讀動機", state=SlotState.TOGETHER, reason="與 O 寫在同一份檔案，列在 O。", shown_at="O"),
        slot("Q", "未來學習計畫與生涯規劃"),
    )
    made = (
        (Group.COURSE_RECORD, "修課紀錄", (slot("A", "修課紀錄", state=SlotState.PRESENT),)),
        (Group.OUTCOME, "課程學習成果", (slot("BCD", "課程學習成果", outcomes(courses)),)),
        (
            Group.PERFORMANCE,
            "多元表現",
            (
                slot("F", "高中自主學習計畫與成果"),
                slot("H", "擔任幹部經驗", office),
                slot("J", "競賽表現", contests),
                slot("L", "檢定證照", (licence,), SlotState.MISSING, "資料包裡應有這一項的檔案，但找不到：證書.pdf。"),
                slot(
                    "GIKM",
                    "多元表現",
                    state=SlotState.NOT_OFFERED,
                    reason="本系不採計多元表現：G 社團活動經驗、I 服務學習經驗、K 非修課紀錄之成果作品、M 特殊優良表現證明。",
                ),
            ),
        ),
        (Group.SUMMARY, "多元表現綜整心得", (slot("N", "多元表現綜整心得", (summary,)),)),
        (Group.STATEMENT, "學習歷程自述", own_slots),
    )
    found = [Section(id=group.value, group=group, title=both(title), slots=slots) for group, title, slots in made]
    return (
        *found[:3],
        Section(id="apart", group=Group.PERFORMANCE, title=both("其他有利審查資料"), slots=(slot("", "其他有利審查資料", apart),)),
        *found[3:],
    )


def dossier(**changes: object) -> Dossier:
    """One of everything; keyword arguments replace fields."""
    made = record()
    facts = (
        ("應試號碼", "10210007"),
        ("姓名", "王思源"),
        ("學校名稱", "臺南市立大灣高級中學"),
        ("縣市", "臺南市"),
        ("部別", "日間部"),
        ("班別", "普通班"),
        ("群別", "普通群"),
        ("科班學程別", "普通科"),
        ("考生身分", "一般生"),
    )
    values: dict[str, object] = {
        "schema": DOSSIER_SCHEMA,
        "sha256": "3f" * 32,
        "applicant_number": "10210007",
        "department_code": "001012",
        "department_name": both("水資源及環境工程學系"),
        "university_name": both("範例大學"),
        "admission_year": 115,
        "code_set_id": "university",
        "name": "王思源",
        "name_masked": False,
        "identity": tuple(IdentityFact(key=key, label=both(key), value=value) for key, value in facts),
        "record": made,
        "sections": sections(made.courses),
        "ledger": Ledger(ticked=8, shown=6, shown_with_problem=2),
        "originals": True,
    }
    return Dossier(**(values | changes))  # type: ignore[arg-type]


def page(number: int, health: PageHealth, *, blocks: tuple[Block, ...] = (), original: bool = False) -> PageView:
    """One A4 page with two widths."""
    widths = ((900, 1273), (1600, 2263))
    images = tuple(
        Image(name=f"p{number:03d}-{width}.webp", width_px=width, height_px=height, size_bytes=40_000) for width, height in widths
    )
    before = (Image(name=f"o{number:03d}-1600.webp", width_px=1600, height_px=2263, size_bytes=60_000),) if original else ()
    return PageView(
        number=number,
        width_pt=595.3,
        height_pt=841.9,
        health=health,
        images=images,
        originals=before,
        blocks=blocks,
        text="".join(block.text for block in blocks),
    )


REPORT = (
    (BlockKind.HEADING, "沿著水圳走：排水口上下游的水質差異", 1),
    (BlockKind.HEADING, "一、研究動機", 2),
    (
        BlockKind.PARAGRAPH,
        "學校東側的水圳每天有人經過，卻少有人知道水從哪裡來。我們在高一下學期的探究與實作課上，選了三個取樣點，想回答一個簡單的問題：經過排水口以後，水是不是變差了？",
        0,
    ),
    (
        BlockKind.PARAGRAPH,
        "文獻上常以溶氧（dissolved oxygen, DO）與電導度描述水體狀況。考量器材與時間，我們選擇這兩項，並在每次取樣時記錄氣溫、水溫與前三日雨量。",
        0,
    ),
    (BlockKind.HEADING, "二、方法", 2),
    (BlockKind.PARAGRAPH, "取樣點間隔約一百五十公尺，每點取三次，取中位數。儀器在每次出發前以標準液校正。", 0),
)


def processed() -> Mapping[str, Processed]:
    """What became of the factory's attachments."""
    blocks = tuple(Block(kind=kind, text=text, level=level) for kind, text, level in REPORT)
    picture = Block(kind=BlockKind.PICTURE, text="取樣點位置圖", picture="b1.webp", width_px=600, height_px=360)
    text_pages = (
        page(1, PageHealth.TEXT, blocks=blocks, original=True),
        page(2, PageHealth.TEXT, blocks=(picture, *blocks[2:4]), original=True),
        page(3, PageHealth.SCAN),
    )
    made = [
        _processed(
            "水的旅行_成果報告.pdf",
            pages=text_pages,
            addresses=(FoundAddress(address="https://example.org/raw-data", page=2, how="annotation"),),
        ),
        _processed("檯燈手稿_掃描.pdf", pages=(page(1, PageHealth.SCAN), page(2, PageHealth.EMPTY))),
        _processed("小論文.pdf", pages=(page(1, PageHealth.GARBLED), page(2, PageHealth.TEXT, blocks=blocks))),
        _processed("獎狀.jpg", MediaType.JPEG, pages=(_picture(1600, 1131),)),
        _processed("images/map.png", MediaType.PNG, pages=(_picture(1600, 900),)),
        _processed(
            "製作過程.mp4", MediaType.MP4, media="m.mp4", seconds=125.0, codec="H.264 / AAC", poster=_image("poster.webp", 960, 540)
        ),
        _processed("口試.mp3", MediaType.MP3, media="m.mp3", seconds=71.0, codec="MP3", poster=_image("wave.webp", 960, 160)),
        _processed(
            "錄影.mp4",
            MediaType.MP4,
            media="m.mp4",
            seconds=63.0,
            codec="HEVC (H.265)",
            playable=False,
            poster=_image("poster.webp", 540, 960),
        ),
    ]
    return {result.sha256: result for result in made}


def _image(name: str, width: int, height: int) -> Image:
    return Image(name=name, width_px=width, height_px=height, size_bytes=20_000)


def _picture(width: int, height: int) -> PageView:
    images = (_image("p001-900.webp", 900, height * 900 // width), _image(f"p001-{width}.webp", width, height))
    return PageView(number=1, width_pt=800.0, height_pt=566.0, health=PageHealth.SCAN, images=images, originals=(), blocks=(), text="")


def _processed(name: str, media_type: MediaType = MediaType.PDF, **values: object) -> Processed:
    sha256 = hashlib.sha256(name.encode()).hexdigest()
    return Processed(sha256=sha256, media_type=media_type, size_bytes=1_234_567, pdf="" if values.get("media") else "n.pdf", **values)  # type: ignore[arg-type]
