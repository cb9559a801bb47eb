import pytest

from reviewer.model.codes import Group, shipped_code_sets
from reviewer.model.course_codes import Inquiry, inquiry_hint, parse_course_code
from reviewer.model.dates import Semester
from reviewer.model.limits import all_limits, limit
from reviewer.model.parts import FieldType, parts, performance_kinds
from reviewer.model.tables import code_tables, lookup

UNIVERSITY, TECHNOLOGY = shipped_code_sets()["university"], shipped_code_sets()["technology"]


def test_two_sets_are_shipped() -> None:
    assert sorted(shipped_code_sets()) == ["technology", "university"]


def test_the_universities_codes_are_those_published() -> None:
    assert "".join(item.code for item in UNIVERSITY.items) == "ABCDEFGHIJKLMNOPQ"
    assert [item.code for item in UNIVERSITY.of_group(Group.OUTCOME)] == ["B", "C", "D", "E"]
    assert [item.code for item in UNIVERSITY.of_group(Group.PERFORMANCE)] == ["F", "G", "H", "I", "J", "K", "L", "M"]
    assert [item.code for item in UNIVERSITY.of_group(Group.SUMMARY)] == ["N"]
    assert [item.code for item in UNIVERSITY.of_group(Group.STATEMENT)] == ["O", "P", "Q"]
    assert UNIVERSITY.department_codes[:3] == ("R", "S", "T")
    assert (UNIVERSITY.max_categories, UNIVERSITY.max_outcomes, UNIVERSITY.max_performances) == (4, 3, 10)


def test_the_technological_colleges_codes_are_those_published() -> None:
    codes = ["A", "B-1", "B-2", *(f"C-{n}" for n in range(1, 9)), "D-1", "D-2", "D-3"]
    assert [item.code for item in TECHNOLOGY.items] == codes


@pytest.mark.parametrize(
    ("kind", "values", "code"),
    [
        ("校方建立幹部經歷紀錄", {}, "H"),
        ("幹部經歷暨事蹟紀錄", {}, "H"),
        ("競賽參與紀錄", {}, "J"),
        ("檢定證照紀錄", {}, "L"),
        ("服務學習紀錄", {}, "I"),
        ("彈性學習時間紀錄", {"彈性學習時間類別代碼": "1"}, "F"),
        ("彈性學習時間紀錄", {"彈性學習時間類別代碼": "2"}, None),
        ("團體活動時間紀錄", {"團體活動時間類別代碼": "2"}, "G"),
        ("團體活動時間紀錄", {}, None),
        ("職場學習紀錄", {}, None),
        ("作品成果紀錄", {}, "K"),
        ("大學及技專校院先修課程紀錄", {}, None),
        ("其他多元表現紀錄", {}, "M"),
    ],
)
def test_the_usual_code_of_each_kind(kind: str, values: dict[str, str], code: str | None) -> None:
    assert UNIVERSITY.performance_code(kind, values) == code


def test_assignments_name_kinds_fields_and_codes_that_there_are() -> None:
    kinds = {part.key: part for part in performance_kinds()}
    for code_set in shipped_code_sets().values():
        for row in code_set.assignments:
            assert code_set.item(row.code) is not None, row
            assert not row.field or row.field in {field.key for field in kinds[row.kind].fields}, row


def test_a_technological_outcome_says_which_code_it_is() -> None:
    assert [TECHNOLOGY.outcome_code(value) for value in ("1", "B-2", " B1 ", "", "Z")] == ["B-1", "B-2", "B-1", None, None]
    assert UNIVERSITY.outcome_code("1") is None


def test_eleven_kinds_each_with_a_title_of_its_own_fields() -> None:
    assert len(performance_kinds()) == 11
    for part in performance_kinds():
        assert part.title in {field.key for field in part.fields}, part.key


def test_every_coded_field_has_its_table() -> None:
    tables = {field.table for part in parts().values() for field in part.fields if field.type is FieldType.CODE}
    assert tables <= code_tables().keys()
    assert "" not in tables


def test_the_code_tables() -> None:
    assert [words.zh for words in code_tables()["競賽等級"].values()] == ["校級", "縣市級", "全國", "國際"]
    assert list(code_tables()["幹部等級"]) == ["1", "2", "3", "4", "5", "9"]
    assert lookup("認證狀態", "F") is not None
    assert lookup("競賽等級", "9") is None
    assert sorted(code_tables()["測試學校"]) == ["000000", "000001", "000005", "000B00"]


def test_no_name_of_a_part_is_anothers() -> None:
    names = [name for part in parts().values() for name in (part.key, *part.aliases)]
    assert len(names) == len(set(names))


def test_a_course_code_is_taken_apart() -> None:
    code = parse_course_code("112350301H1110113A10401")
    assert code is not None
    assert (code.entry_year, code.school, code.category, code.domain) == ("112", "350301", "3", "04")
    assert code.category_name is not None
    assert code.category_name.zh == "加深加廣選修"
    assert [parse_course_code(words) for words in ("", "1" * 22, "１" * 23, "1" * 22 + "-")] == [None] * 4


def test_inquiry_is_a_hint_from_course_and_domain() -> None:
    assert inquiry_hint("自然科學探究與實作", "04") is Inquiry.SCIENCE
    assert inquiry_hint("公共議題與社會探究", "03") is Inquiry.SOCIETY
    assert inquiry_hint("探究與實作", "02") is None
    assert inquiry_hint("物理", "04") is None


@pytest.mark.parametrize(("at", "document", "media"), [((107, 1), 2, 5), ((108, 2), 2, 5), ((109, 1), 4, 10), ((114, 2), 4, 10)])
def test_limits_hold_from_their_dates(at: tuple[int, int], document: int, media: int) -> None:
    assert limit("document_bytes", Semester(*at)) == document * 2**20
    assert limit("media_bytes", Semester(*at)) == media * 2**20


def test_an_unknown_rule_is_an_error_of_the_program() -> None:
    with pytest.raises(KeyError):
        limit("no_such_rule", Semester(114, 1))
    assert {row.rule for row in all_limits()} >= {"document_bytes", "media_bytes", "abstract_characters"}
