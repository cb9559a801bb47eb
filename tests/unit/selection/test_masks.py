"""Masks: what stands in the place of a hidden fact, and that no word of the dossier holds it."""

from dataclasses import replace

import pytest

from reviewer.model.canonical import canonical_json
from reviewer.model.dates import Semester
from reviewer.model.hiding import finder
from reviewer.model.portfolio import Course, CourseRecord, FieldValue, Score, Signature
from reviewer.model.problem import ProblemKind, Severity, Where
from reviewer.model.selection import Mask
from reviewer.model.text import Text, both
from reviewer.render.shapes.small import BadgeView
from reviewer.render.view import dossier_view
from reviewer.selection.masks import mask_name, masking
from reviewer.selection.school_names import school_forms
from tests.unit.selection.samples import chosen, field, file, identity, outcome, performance, portfolio, selection, upload

CODE = "112123456" + "1A101011001" + "101"
NOTE = ProblemKind("sample-of-a-test", Severity.NOTE, Text("王小明的一列", "a row"), Text("", ""))


@pytest.mark.parametrize(
    ("name", "mask"),
    [
        ("王小明", "○同學"),
        ("歐陽小明", "○○同學"),
        ("范姜大衛", "○○同學"),
        ("歐陽", "○同學"),
        ("王", "○同學"),
        ("𠮷田一", "○同學"),
        ("\ue001小明", "○同學"),
        ("谷辣斯・尤達卡", "○同學"),
        ("Ana Lee", "○同學"),
        ("", "○同學"),
    ],
)
def test_the_surname_s_width_not_its_letter(name: str, mask: str) -> None:
    assert mask_name(name) == mask


def test_usual_forms_of_a_school_s_name() -> None:
    assert "臺北市立示範高級中學" in school_forms("臺北市立示範高級中學", "臺北市")
    assert {"台北市立示範高級中學", "示範高級中學", "示範高中"} <= set(school_forms("臺北市立示範高級中學", "臺北市"))
    assert "海濱高工" in school_forms("國立海濱高級工業職業學校", "屏東縣")
    assert school_forms("", "") == ()


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("臺北市立松山高級工農職業學校", "松山工農"),
        ("臺北市立松山高級商業家事職業學校", "松山家商"),
        ("新北市立三重高級商工職業學校", "三重商工"),
        ("臺中市立臺中家事商業高級中等學校", "臺中家商"),
    ],
)
def test_schools_of_several_trades_have_short_names_too(name: str, short: str) -> None:
    assert short in school_forms(name, name[:3])


@pytest.mark.parametrize("sent", ["WANG, HSIAO-MING", "Wang Hsiao-Ming", "Hsiao-Ming Wang"])
@pytest.mark.parametrize("written", ["Wang Hsiao-Ming", "Hsiao-Ming Wang", "WANG, HSIAO-MING", "hsiao ming wang", "Wang, Hsiaoming"])
def test_a_latin_name_is_found_with_the_family_name_at_either_end(sent: str, written: str) -> None:
    student = replace(identity(), other_fields=(field("英文姓名", sent),))
    assert masking(student, frozenset({Mask.NAME})).text(f"我是 {written}。") == "我是 ○同學。"


@pytest.mark.parametrize("written", ["王&#23567;明", "王\\_小\\_明", "王&nbsp;小明"])
def test_a_name_in_references_and_escapes_of_markdown_is_found(written: str) -> None:
    hide = masking(replace(identity(), name="王小明"), frozenset({Mask.NAME}))
    assert hide.text(f"我是{written}。") == "我是○同學。"
    assert hide.text("研究 R&amp;D 與 a\\*b") == "研究 R&amp;D 與 a\\*b"


@pytest.mark.parametrize(
    "written",
    [
        "`王`小明", "``王`` 小`明`", "王\\\n小明", "[王](http://x)小明", "[王](<a b> (x y))小明", "[王小][1]明", "![王](a.png)小明", "**王**`小`*明*",
        "`王`&#23567;明", "[王](http://x)`小`\\\n明",
    ],
)  # fmt: skip
def test_a_name_across_signs_of_markdown_is_found(written: str) -> None:
    hide = masking(replace(identity(), name="王小明"), frozenset({Mask.NAME}))
    other = "* [`程式`](http://x)\n* `王` [小](y)華\\\n下一行"
    masked = hide.text(f"{other}\n\n我是{written}。\n\n{other}")
    assert "明" not in masked
    assert masked.startswith(f"{other}\n\n我是")
    assert masked.endswith((f"○同學。\n\n{other}", f"○同學*。\n\n{other}"))


def test_many_brackets_cost_no_time() -> None:
    hide = masking(replace(identity(), name="王小明"), frozenset({Mask.NAME}))
    for odd in ("[", "[a](", "[a](\\", "`", "![[](", "\\\n", "[a](b(", "[王]("):
        text = odd * (2**17 // len(odd))
        assert hide.text(text) == text


@pytest.mark.parametrize("own", ["臺北市立大學 數學系", "台北市立大學 數學系"])
def test_what_the_university_is_called_is_no_secret_however_it_is_written(own: str) -> None:
    hidden = masking(identity(縣市="臺北市"), frozenset({Mask.SCHOOL})).beyond(own)
    assert not finder(hidden).tells(own)


def full() -> object:
    course = Course(
        index=0,
        semester=Semester(113, 1),
        semester_raw="",
        name="數學",
        code=CODE,
        category="部定必修",
        domain="數學",
        credits_raw="4",
        score=Score(raw="85", value=None),
        distribution=None,
        percent=None,
        description="示範高中的課",
    )
    return portfolio(
        package_id="123456-王小明",
        identity=replace(identity(低收入戶="是", 考生身分="低收入戶考生"), other_fields=(field("英文姓名", "WANG"),)),
        record=CourseRecord(semesters=(), courses=(course,)),
        outcomes=(
            outcome(0, "王小明的數學", course=course, course_code=CODE, files=(file("王小明_123456.pdf"),)),
            outcome(1, abstract="我在台北市，讀示範高中，家裡是中低收入戶"),
        ),
        performances=(performance("競賽參與紀錄", 0, "臺北市立示範高級中學科展"),),
        uploads=(upload("學習歷程自述", text="我是王小明"),),
        photo=file("照片.jpg"),
        problems=(
            NOTE.at(Where(package="123456-王小明", file="課程學習成果.json", path="[0].課程代碼")),
            NOTE.at(Where(package="123456-王小明", file="基本資料.json", path="姓名")),
        ),
    )


HIDDEN = ("王小明", "123456", "示範高級中學", "示範高中", "臺北市", "台北市", "低收入戶考生", "中低收入戶", "WANG", "照片")


def test_nothing_masked_is_anywhere_in_the_dossier() -> None:
    result = chosen(full(), selection(masks=frozenset(Mask)))  # type: ignore[arg-type]
    text = canonical_json(result.dossier).decode()
    assert [word for word in HIDDEN if word in text] == []
    assert "112○○○○○○1A101011001101" in text
    facts = {fact.key: fact.value for fact in result.dossier.identity if fact.masked}
    assert facts == {"姓名": "○同學", "學校代碼": "○○○○○○", "學校名稱": "○○○", "縣市": "○○○", "低收入戶": "○○○", "考生身分": "○○○"}
    assert result.dossier.entries()[0].title == "○同學的數學"
    assert result.dossier.name == "○同學"
    assert result.dossier.school_code == ""
    assert [attachment.path for attachment in result.attachments] == ["王小明_123456.pdf"]


@pytest.mark.parametrize("signer", ["示範高中", "0123 4567 89ab cdef"])
def test_who_signed_the_package_is_not_told_where_the_school_is_hidden(signer: str) -> None:
    """The name of a key is the school's, and a key nobody knows would still show whose applicants are of one school."""
    student = replace(full(), signature=Signature(state="valid", signer=signer))  # type: ignore[type-var]
    hidden = chosen(student, selection(masks=frozenset({Mask.SCHOOL}))).dossier  # type: ignore[arg-type]
    assert hidden.signature == Signature(state="valid", signer="")
    assert dossier_view(hidden, {}).signature == BadgeView(shape="signature-valid", words="封包簽章有效")
    assert chosen(student, selection(masks=frozenset({Mask.NAME}))).dossier.signature == Signature(state="valid", signer=signer)  # type: ignore[arg-type]


def test_the_office_learns_what_was_hidden_and_what_cannot_be_guaranteed() -> None:
    leaks = chosen(full(), selection(masks=frozenset({Mask.NAME, Mask.SCHOOL}))).office.leaks  # type: ignore[arg-type]
    assert [(leak.mask, leak.replaced_count) for leak in leaks] == [(Mask.NAME, 4), (Mask.SCHOOL, 7)]
    assert leaks[0].remains.zh == "只寫名字、綽號、資料裡沒有的英文名，以及掃描、圖片、影音與筆跡裡的姓名無法保證遮去。"


def test_without_masks_nothing_is_changed_but_the_package_s_name_in_problems() -> None:
    result = chosen(full())  # type: ignore[arg-type]
    assert result.dossier.name == "王小明"
    assert result.dossier.photo is not None
    assert {fact.key for fact in result.dossier.identity} >= {"姓名", "英文姓名", "低收入戶"}
    assert result.dossier.entries()[0].problems[0].where == Where(file="課程學習成果.json", path="[0].課程代碼")
    assert [problem.where.path for problem in result.dossier.problems] == ["姓名"]
    assert result.office.leaks == ()


def test_a_masked_fact_stands_there_whether_it_was_sent_or_not() -> None:
    choice = selection(masks=frozenset({Mask.LOW_INCOME}))
    with_status = chosen(portfolio(identity=identity(低收入戶="是", 考生身分="一般生")), choice).dossier
    without = chosen(portfolio(), choice).dossier
    assert with_status.identity == without.identity
    assert with_status.sha256 == without.sha256


def test_a_status_is_hidden_under_whatever_key_it_was_sent() -> None:
    who = identity(低收入戶="特殊境遇家庭", 考生身分="一般考生")
    who = replace(who, other_fields=(field("特殊身分別", "原住民族"), field("身分證號", "A123456789"), field("家庭經濟狀況", "無特殊狀況")))
    text = "特殊境遇家庭、原住民族、一般考生、A123456789、無特殊狀況"
    result = chosen(portfolio(identity=who, outcomes=(outcome(0, abstract=text),)), selection(masks=frozenset({Mask.LOW_INCOME})))
    assert result.dossier.entries()[0].text == "○○○、○○○、一般考生、A123456789、無特殊狀況"


def test_a_hidden_photo_is_hidden_where_an_item_names_it_too_and_the_reader_is_told() -> None:
    other = file("成果.pdf")
    given = portfolio(photo=file("照片.jpg"), outcomes=(outcome(0, files=(file("照片.jpg"), other)),))
    hidden = chosen(given, selection(masks=frozenset({Mask.PHOTO})))
    first, second = hidden.dossier.entries()[0].files
    assert (first.attachment, second) == (None, other)
    assert first.problem is not None
    assert str(first.problem) == "課程學習成果[0]：這個檔案是申請人的照片，依校系的設定不顯示。無須處理。"
    assert first.problem.severity is Severity.NOTE
    assert [attachment.path for attachment in hidden.attachments] == ["成果.pdf"]
    assert (hidden.dossier.ledger.shown, hidden.dossier.ledger.shown_with_problem) == (0, 1)
    assert chosen(given).dossier.entries()[0].files == (file("照片.jpg"), other)


def test_problems_of_what_was_not_ticked_go_to_the_office() -> None:
    where = Where(package="s1", file="課程學習成果.json", path="[7].課程代碼")
    result = chosen(portfolio(problems=(NOTE.at(where),)))
    assert result.dossier.problems == ()
    assert [problem.where for problem in result.office.problems] == [where]


def test_the_hash_leaves_out_who_applied_with_which_number() -> None:
    one = chosen(portfolio(uploads=(upload("學習歷程自述"),))).dossier
    prefixed = replace(upload("學習歷程自述"), file=replace(upload("學習歷程自述").file, name="10110005_學習歷程自述.pdf"))
    other = chosen(portfolio(uploads=(prefixed,), problems=(NOTE.at(Where(file="修課紀錄.json")),))).dossier
    assert one.sha256 == other.sha256
    changed = chosen(portfolio(uploads=(upload("學習歷程自述", text="改了"),))).dossier
    assert changed.sha256 != one.sha256


def test_an_unknown_field_is_kept() -> None:
    extra = FieldValue(key="新欄位", label=both("新欄位"), raw="x", shown=both("x"))
    assert chosen(portfolio(outcomes=(outcome(0, other_fields=(extra,)),))).dossier.entries()[0].other_fields == (extra,)
