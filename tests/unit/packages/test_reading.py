"""What a package holds becomes a portfolio: each value kept as sent, shown as understood."""

from decimal import Decimal
from pathlib import Path

import pytest

from reviewer.model.attachment import FileRole, MediaType
from reviewer.model.dates import Semester
from reviewer.model.parts import Lane
from reviewer.model.problem import SetAside
from reviewer.model.text import Text
from reviewer.packages.address import PackageAddress
from reviewer.packages.opening import open_package
from reviewer.packages.reader import read
from reviewer.packages.verifying import verify
from tests.faults.packages.cases import make
from tests.faults.packages.making import COURSE_CODE, DISTRIBUTION, JPEG, MP3, PDF, address, good, write_folder
from tests.faults.packages.telling import line
from tests.unit.packages.reading import read_files


def test_identity(tmp_path: Path) -> None:
    files = good()
    files["基本資料.json"]["暱稱"] = "小林"
    identity = read_files(tmp_path, files).identity
    assert (identity.applicant_number, identity.name, identity.school_code, identity.school_name) == (
        "01686463",
        "林怡君",
        "350301",
        "山海高中",
    )
    assert [(field.key, field.raw) for field in identity.fields][-1] == ("縣市", "花蓮縣")
    assert [(field.key, field.raw) for field in identity.other_fields] == [("暱稱", "小林")]


def test_names_keep_their_code_points(tmp_path: Path) -> None:
    files = good()
    name = "\ue000\U00020021\U000f0001\ufa0c"
    files["基本資料.json"]["姓名"] = name
    assert read_files(tmp_path, files).identity.name == name


def test_the_record(tmp_path: Path) -> None:
    record = read_files(tmp_path, good()).record
    assert record is not None
    (semester,), (course,) = record.semesters, record.courses
    assert (semester.semester, semester.score.value, semester.standings[0].scope) == (Semester(112, 1), Decimal("85.5"), "校")
    assert semester.standings[0].percent == Decimal("23.5")
    assert (course.name, course.category, course.domain, course.credits_raw) == ("國語文", "部定必修", "語文", "4")
    assert (course.score.raw, course.percent) == ("85", Decimal("25.0"))
    assert course.distribution is not None
    assert [bucket.people for bucket in course.distribution.buckets] == [10, 50, 30, 10]


def test_category_and_domain_come_from_the_code_when_they_were_not_sent(tmp_path: Path) -> None:
    files = good()
    row = files["修課紀錄.json"]["學習紀錄"][0]
    row |= {"課程代碼": "112350301H1110113A10401", "課程領域資訊": None, "課程類別": None}
    assert len(row["課程代碼"]) == 23
    record = read_files(tmp_path, files).record
    assert record is not None
    assert (record.courses[0].category, record.courses[0].domain) == ("加深加廣選修", "自然科學")


@pytest.mark.parametrize("within", ["each semester", "one object"])
def test_courses_may_lie_within_the_semesters(tmp_path: Path, within: str) -> None:
    files = good()
    record = files["修課紀錄.json"]
    first = record["學期成績與學習相對表現資訊"][0]
    first["學習紀錄"] = record.pop("學習紀錄")
    if within == "one object":
        record["學期成績與學習相對表現資訊"] = first
    found = read_files(tmp_path, files)
    assert found.record is not None
    assert [course.name for course in found.record.courses] == ["國語文"]
    assert len(found.record.semesters) == 1
    assert found.outcomes[0].course == found.record.courses[0]


def test_semesters_ascend_and_unreadable_ones_come_last(tmp_path: Path) -> None:
    files = good()
    rows = [{"學年度": year, "學期": term, "學生學期成績": 80} for year, term in ((113, 2), ("甲", 1), (112, 1), (113, 1))]
    files["修課紀錄.json"]["學期成績與學習相對表現資訊"] = rows
    record = read_files(tmp_path, files).record
    assert record is not None
    assert [str(row.semester) for row in record.semesters] == ["112-1", "113-1", "113-2", "None"]


def test_buckets_with_decimals_are_sorted(tmp_path: Path) -> None:
    files = good()
    files["修課紀錄.json"]["學習紀錄"][0]["本科目分數級距分布"] = {"組距85.5_100的人數": 20, "組距0_85.5的人數": 80}
    record = read_files(tmp_path, files).record
    assert record is not None
    assert record.courses[0].distribution is not None
    assert [(bucket.low, bucket.high) for bucket in record.courses[0].distribution.buckets] == [
        (Decimal(0), Decimal("85.5")),
        (Decimal("85.5"), Decimal(100)),
    ]


@pytest.mark.parametrize(
    ("sent", "raw", "value"),
    [(-1, "-1", None), ("通過", "通過", None), (None, "", None), ("９２", "９２", Decimal(92)), (0, "0", Decimal(0))],
)
def test_scores_keep_what_was_sent(tmp_path: Path, sent: object, raw: str, value: Decimal | None) -> None:
    files = good()
    files["修課紀錄.json"]["學習紀錄"][0]["學業成績"] = {"分數": sent, "補考": "及格"}
    record = read_files(tmp_path, files).record
    assert record is not None
    assert (record.courses[0].score.raw, record.courses[0].score.value) == (raw, value)
    assert [(field.key, field.raw) for field in record.courses[0].other_fields] == [("學業成績.補考", "及格")]


def test_nothing_is_dropped_from_a_distribution_that_cannot_be_read(tmp_path: Path) -> None:
    files = good()
    files["修課紀錄.json"]["學習紀錄"][0]["本科目分數級距分布"] = {"未知": 3}
    record = read_files(tmp_path, files).record
    assert record is not None
    assert [field.raw for field in record.courses[0].other_fields] == ['{"未知": 3}']


def test_an_outcome_belongs_to_its_course_by_code_else_by_name(tmp_path: Path) -> None:
    files = good()
    one = files["課程學習成果.json"][0]
    files["課程學習成果.json"] = [one, one | {"課程代碼": ""}, one | {"課程代碼": "", "實際修課學期": "2"}]
    outcomes = read_files(tmp_path, files).outcomes
    assert [outcome.course.name if outcome.course else None for outcome in outcomes] == ["國語文", "國語文", None]
    assert [outcome.index for outcome in outcomes] == [0, 1, 2]


def test_certification_stands_in_the_part_or_in_the_trail(tmp_path: Path) -> None:
    files = good()
    files["課程學習成果.json"] = [
        files["課程學習成果.json"][0] | more for more in ({"認證狀態": "F", "認證說明": "請補出處"}, {}, {"認證狀態": ""})
    ]
    files["附加資訊.json"] = {
        "課程學習成果": [{}, {"認證狀態": "Y", "認證時間": "1130620", "認證教師": "王老師", "送審時間": "2024/06/18 下午 03:20:11"}, {}]
    }
    first, second, third = (outcome.certification for outcome in read_files(tmp_path, files).outcomes)
    assert first is not None
    assert (first.status, first.status_text.zh, first.note) == ("F", "認證未通過", "請補出處")
    assert second is not None
    assert (second.teacher, second.at and second.at.roc, second.sent_at and second.sent_at.roc) == ("王老師", "113.06.20", "113.06.18")
    assert third is not None
    assert third.status_text.zh == "未送認證"


def test_what_the_trail_says_besides_is_kept(tmp_path: Path) -> None:
    files = good()
    files["課程學習成果.json"][0] |= {"認證教師": "王老師", "認證時間": None}
    files["附加資訊.json"] = {
        "格式版本": "1",
        "其他鍵": "x",
        "空的": None,
        "課程學習成果": [{"認證狀態": "Y", "認證教師": "李老師", "認證時間": "1130620", "來源": {"列": 3}, "秘密": "z"}],
    }
    portfolio = read_files(tmp_path, files)
    (outcome,) = portfolio.outcomes
    assert [(field.key, field.raw) for field in outcome.other_fields] == [("附加資訊.認證教師", "李老師"), ("附加資訊.秘密", "z")]
    assert outcome.certification is not None
    assert (outcome.certification.teacher, outcome.certification.at and outcome.certification.at.roc) == ("王老師", "113.06.20")
    assert [line(problem) for problem in portfolio.problems] == [
        "warning extra-unknown 01686463 · 附加資訊.其他鍵：附加資訊沒有「其他鍵」這一欄，其內容沒有列出。請匯出單位確認；若為新欄位，請更新軟體。"
    ]


def test_nothing_said_of_certification_is_none(tmp_path: Path) -> None:
    assert read_files(tmp_path, good()).outcomes[0].certification is None


def test_a_performance(tmp_path: Path) -> None:
    (performance,) = read_files(tmp_path, good()).performances
    assert (performance.kind, performance.index, performance.title, performance.lane) == ("競賽參與紀錄", 0, "縣語文競賽", Lane.STUDENT)
    assert [(field.key, field.shown.zh) for field in performance.fields] == [
        ("競賽名稱", "縣語文競賽"),
        ("項目", "作文"),
        ("競賽等級代碼", "縣市級"),
        ("競賽獎項", "第二名"),
        ("結果公布日期", "113.03.15"),
        ("團體或個人參與代碼", "個人"),
    ]
    assert (performance.semester, performance.abstract) == (Semester(112, 2), "題目是海。")
    assert [(link.name, link.role) for link in performance.files] == [("獎狀.jpg", FileRole.DOCUMENT)]


def test_aliases_of_kinds_and_fields(tmp_path: Path) -> None:
    files = good()
    files["多元表現.json"] = {
        "其他多元表現": [{"名稱": "交換學生", "主辦單位": "扶輪社"}],
        "彈性學習時間紀錄": [
            {"學年度": "112", "學期": "2", "彈性學習時間類別(種類)代碼": ",1", "內容(開設名稱)": "潮間帶觀察", "開設單位": "教務處"}
        ],
        "檢定證照紀錄": [{"證照資訊": {"證照名稱": "丙級烘焙", "字號": "07"}, "取得檢定證照日期": "1120701"}],
    }
    license_, flexible, other = read_files(tmp_path, files).performances
    assert (other.kind, other.title) == ("其他多元表現紀錄", "交換學生")
    assert (flexible.title, flexible.semester, flexible.values()["彈性學習時間類別代碼"]) == ("潮間帶觀察", Semester(112, 2), "1")
    assert (license_.title, license_.start and license_.start.roc) == ("丙級烘焙", "112.07.01")
    assert [(field.key, field.raw) for field in license_.other_fields] == [("證照資訊.字號", "07")]


def test_a_field_under_two_names_keeps_both_values(tmp_path: Path) -> None:
    files = good()
    files["多元表現.json"]["競賽參與紀錄"][0]["競賽項目組別"] = "高中組"
    (performance,) = read_files(tmp_path, files).performances
    assert performance.values()["項目"] == "作文"
    assert [(field.key, field.raw) for field in performance.other_fields] == [("競賽項目組別", "高中組")]


@pytest.mark.parametrize(
    ("sent", "code", "shown"),
    [
        (",1", "1", "自主學習"),
        ("1,3", "1", "自主學習、充實（增廣）課程"),
        ("０２", "2", "選手培訓"),
        ("選手培訓", "2", "選手培訓"),
        ("9", "", "9"),
    ],
)
def test_codes_are_understood_as_they_were_meant(tmp_path: Path, sent: str, code: str, shown: str) -> None:
    files = good()
    files["多元表現.json"] = {
        "彈性學習時間紀錄": [{"學年度": 112, "學期": 1, "彈性學習時間類別代碼": sent, "內容_開設名稱": "x", "開設單位": "y"}]
    }
    (performance,) = read_files(tmp_path, files).performances
    field = next(field for field in performance.fields if field.key == "彈性學習時間類別代碼")
    assert (field.code, field.shown.zh, field.raw) == (code, shown, sent)


def test_addresses_are_parted(tmp_path: Path) -> None:
    files = good()
    files["多元表現.json"]["競賽參與紀錄"][0]["外部影音連結"] = (
        "https://a.example/1;https://a.example/2\r\nhttps://a.example/1　https://b.example"
    )
    files["多元表現.json"]["作品成果紀錄"] = [{"名稱": "模型", "作品成果連結": "https://c.example"}]
    competition, work = read_files(tmp_path, files).performances
    assert competition.addresses == ("https://a.example/1", "https://a.example/2", "https://b.example")
    assert work.addresses == ("https://c.example",)


@pytest.mark.parametrize(
    ("sent", "addresses"),
    [
        ("https://e.example/v;jsessionid=A?x=1;y=2", ("https://e.example/v;jsessionid=A?x=1;y=2",)),
        ("https://zh.example/命運；門", ("https://zh.example/命運；門",)),
        ("https://a.example;www.b.example；http://c.example/;d=1;", ("https://a.example", "www.b.example", "http://c.example/;d=1")),
        ("https://a.example/;;b;;https://b.example", ("https://a.example/;;b", "https://b.example")),
        (" ; https://a.example ;； https://b.example", ("https://a.example", "https://b.example")),
    ],
)
def test_a_semicolon_within_an_address_stays(tmp_path: Path, sent: str, addresses: tuple[str, ...]) -> None:
    files = good()
    files["多元表現.json"]["競賽參與紀錄"][0]["外部影音連結"] = sent
    assert read_files(tmp_path, files).performances[0].addresses == addresses


def test_unknown_kinds_are_kept(tmp_path: Path) -> None:
    files = good()
    files["多元表現.json"]["國際交流紀錄"] = [{"名稱": "姊妹校"}]
    assert [(field.key, field.raw) for field in read_files(tmp_path, files).other_fields] == [("國際交流紀錄", '[{"名稱": "姊妹校"}]')]


def test_line_breaks_stay_and_numbers_stay_as_sent(tmp_path: Path) -> None:
    files = good()
    files["課程學習成果.json"][0] |= {"課程學習成果簡述": "一\r\n二\r三", "頁數": 12.5}
    outcome = read_files(tmp_path, files).outcomes[0]
    assert outcome.abstract == "一\n二\n三"
    assert [(field.key, field.raw) for field in outcome.other_fields] == [("頁數", "12.5")]


def test_a_number_of_a_million_digits_is_cut_not_computed(tmp_path: Path) -> None:
    files = good()
    files["基本資料.json"] = b'{"\xe5\xa7\x93\xe5\x90\x8d": "x", "n": ' + b"9" * 1_000_000 + b"}"
    portfolio = read_files(tmp_path, files)
    assert len(portfolio.identity.other_fields[0].raw) == 20_000


@pytest.mark.parametrize("link", ["報導.pdf", "01686463_報導.pdf", "./報導.pdf", "課程學習成果/報導.pdf"])
def test_links_find_their_files(tmp_path: Path, link: str) -> None:
    files = good()
    files["課程學習成果.json"][0]["課程學習成果文件檔案連結"] = link
    files["課程學習成果/報導.pdf" if "/" in link[2:] else "報導.pdf"] = files.pop("報導.pdf")
    found = read_files(tmp_path, files, applicant_number="01686463").outcomes[0].files[0]
    assert found.name == link
    assert found.problem is None
    assert found.attachment is not None
    assert found.attachment.media_type is MediaType.PDF


def test_two_kinds_may_each_have_a_file_of_one_name(tmp_path: Path) -> None:
    files = good()
    paper = files.pop("報導.pdf")
    files |= {"課程學習成果/同名.pdf": paper, "多元表現/同名.pdf": paper + b"\n"}
    files["課程學習成果.json"][0]["課程學習成果文件檔案連結"] = "同名.pdf"
    files["多元表現.json"]["競賽參與紀錄"][0]["證明文件連結"] = "同名.pdf"
    portfolio = read_files(tmp_path, files)
    competition = next(one for one in portfolio.performances if one.kind == "競賽參與紀錄")
    found = [link.attachment.path for one in (portfolio.outcomes[0], competition) for link in one.files if link.attachment]
    assert found == ["課程學習成果/同名.pdf", "多元表現/同名.pdf"]


@pytest.mark.parametrize("nothing", ["", None, "  "])
def test_no_link_is_no_file(tmp_path: Path, nothing: object) -> None:
    files = good()
    files["課程學習成果.json"][0]["課程學習成果文件檔案連結"] = nothing
    assert read_files(tmp_path, files).outcomes[0].files == ()


def test_uploads_of_the_root_and_of_departments(tmp_path: Path) -> None:
    files = good() | {
        "01686463_多元表現綜整心得.pdf": PDF,
        "學習歷程自述_O.md": "# 反思\n\n![海](海.jpg)".encode(),
        "其他_R.pdf": PDF,
        "第6學期成績單.pdf": PDF,
        "課程學習成果.pdf": PDF,
        "001012/學習歷程自述_P.md": "動機 ![山](山.jpg)".encode(),
        "001012/山.jpg": JPEG,
        "海.jpg": JPEG,
        "照片.jpg": JPEG,
    }
    portfolio = read_files(tmp_path, files)
    assert [(upload.part, upload.code, upload.department) for upload in portfolio.uploads] == [
        ("課程學習成果", "", ""),
        ("多元表現綜整心得", "", ""),
        ("學習歷程自述", "O", ""),
        ("學習歷程自述", "P", "001012"),
        ("其他", "R", ""),
        ("成績單", "", ""),
    ]
    reflection, motive = (upload for upload in portfolio.uploads if upload.part == "學習歷程自述")
    assert reflection.text == "# 反思\n\n![海](海.jpg)"
    assert reflection.file.attachment is not None
    assert reflection.file.attachment.media_type is MediaType.MARKDOWN
    assert [picture.attachment and picture.attachment.path for picture in (*reflection.pictures, *motive.pictures)] == [
        "海.jpg",
        "001012/山.jpg",
    ]
    assert portfolio.photo is not None
    assert portfolio.unclaimed == ()
    assert portfolio.problems == ()


@pytest.mark.parametrize("name", ["其他.pdf", "01686463_成績單.pdf", "課程學習成果.pdf"])
def test_an_everyday_name_or_one_beside_its_data_is_an_items_own_document(tmp_path: Path, name: str) -> None:
    files = good()
    files["課程學習成果.json"][0]["課程學習成果文件檔案連結"] = name
    files[name] = files.pop("報導.pdf")
    portfolio = read_files(tmp_path, files)
    assert portfolio.uploads == ()
    assert portfolio.outcomes[0].files[0].attachment is not None
    assert [problem.code for problem in portfolio.problems] == ["part-is-document"]


@pytest.mark.parametrize(
    "name",
    [
        "學習歷程自述_O.md",
        "學習歷程自述.pdf",
        "多元表現綜整心得.pdf",
        "修課紀錄.pdf",
        "第6學期成績單.pdf",
        "其他_R.pdf",
        "001012/其他.pdf",
        "其他.docx",
    ],
)
def test_an_item_that_links_to_a_part_does_not_take_it_away(tmp_path: Path, name: str) -> None:
    files = good()
    del files["修課紀錄.json"]
    files["多元表現.json"]["競賽參與紀錄"][0]["證明文件連結"] = name
    files[name] = PDF if name.endswith("pdf") else "文字".encode()
    portfolio = read_files(tmp_path, files)
    (upload,) = portfolio.uploads
    (link,) = portfolio.performances[0].files
    assert upload.file.attachment is not None
    assert link.attachment is not None
    assert upload.file.attachment.path == link.attachment.path == name
    assert "part-is-document" not in {problem.code for problem in portfolio.problems}


def test_the_course_plan_describes_courses(tmp_path: Path) -> None:
    files = good()
    files["課程計畫.csv"] = f"課程代碼,課程名稱,課程說明\n{COURSE_CODE},國語文,閱讀在地\n,數學,x\n".encode("utf-8-sig")
    portfolio = read_files(tmp_path, files)
    assert portfolio.outcomes[0].course is not None
    assert portfolio.outcomes[0].course.description == "閱讀在地"


def test_a_long_description_of_a_course_is_cut_and_told_where_the_course_was_taken(tmp_path: Path) -> None:
    files = good()
    text = "海" * 2_001
    files["課程計畫.csv"] = f"課程代碼,課程名稱,課程說明\n{COURSE_CODE},國語文,{text}\n,數學,{text}\n".encode()
    portfolio = read_files(tmp_path, files)
    assert portfolio.outcomes[0].course is not None
    assert portfolio.outcomes[0].course.description == "海" * 2_000 + "…"
    assert [line(problem) for problem in portfolio.problems] == [
        "warning text-cut 01686463 · 課程計畫.csv · 國語文：內容有 2,001 字，只顯示前 2,000 字。請匯出單位確認內容是否正確。"
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp950"])
def test_glyphs(tmp_path: Path, encoding: str) -> None:
    files = good()
    files["造字/造字.csv"] = "碼位,檔名,對應字,說明\nU+E001,E001.png,土,吉吉\nE000,E000.svg,方,方方土\n".encode(encoding)
    files["造字/E000.svg"] = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
    files["造字/E001.png"] = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
    portfolio = read_files(tmp_path, files)
    assert [(glyph.code_point, glyph.mapped, glyph.description) for glyph in portfolio.glyphs] == [
        (0xE000, "方", "方方土"),
        (0xE001, "土", "吉吉"),
    ]
    assert [glyph.picture and (glyph.picture.problem, glyph.picture.attachment is not None) for glyph in portfolio.glyphs] == [
        (None, True)
    ] * 2
    assert portfolio.unclaimed == ()


def test_a_package_of_pdfs_only(tmp_path: Path) -> None:
    portfolio = read_files(tmp_path, {"修課紀錄.pdf": PDF, "多元表現.pdf": PDF}, applicant_number="01686463")
    assert portfolio.record is None
    assert [upload.part for upload in portfolio.uploads] == ["修課紀錄", "多元表現"]
    assert (portfolio.identity.applicant_number, portfolio.identity.name) == ("01686463", "")


def test_a_test_school_is_marked(tmp_path: Path) -> None:
    files = good()
    files["基本資料.json"]["學校代碼"] = "000001"
    assert read_files(tmp_path, files).test_school


def test_a_test_schools_code_is_a_note_only(tmp_path: Path) -> None:
    assert not read_files(tmp_path, good()).test_school


def test_the_content_hash_is_that_of_the_files_not_of_the_container(tmp_path: Path) -> None:
    hashes = set()
    for name in ("nothing_odd", "left_by_file_managers", "zip_wrapped_in_a_folder", "zip_named_in_cp950", "bag_sound", "bag_zipped"):
        with open_package(address(make(name, tmp_path / name))) as opened:
            hashes.add(read(opened).content_sha256)
    assert len(hashes) == 1
    changed = read_files(tmp_path, good() | {"報導.pdf": PDF + b" "})
    assert changed.content_sha256 not in hashes


def test_many_problems_of_one_file_are_counted(tmp_path: Path) -> None:
    files = good()
    row = files["多元表現.json"]["競賽參與紀錄"][0] | {"競賽等級代碼": "7"}
    files["多元表現.json"]["競賽參與紀錄"] = [row] * 203
    problems = read_files(tmp_path, files).problems
    assert len(problems) == 201
    assert line(problems[-1]) == "note more-problems 01686463 · 多元表現.json：這個檔案另有 3 個問題，不逐一列出。請先處理已列出的問題。"


def test_a_package_that_changes_while_it_is_read(tmp_path: Path) -> None:
    package = write_folder(tmp_path / "package", good() | {"草稿.pdf": PDF})
    with open_package(address(package)) as opened:
        (package / "報導.pdf").unlink()
        (package / "草稿.pdf").unlink()
        portfolio = read(opened)
    problem = portfolio.outcomes[0].files[0].problem
    assert problem is not None
    assert line(problem) == (
        "warning unreadable-file 01686463 · 課程學習成果[0].課程學習成果文件檔案連結：「報導.pdf」無法讀取（No such file or directory）。請檢查檔案權限與儲存媒體。"
    )
    with open_package(address(write_folder(tmp_path / "package", good()))) as opened:
        (package / "基本資料.json").unlink()
        with pytest.raises(SetAside) as aside:
            read(opened)
    assert [line(problem) for problem in aside.value.problems] == [
        "error json-unreadable 01686463 · 基本資料.json：檔案無法讀取（No such file or directory）。請檢查檔案權限與儲存媒體後再執行一次。"
    ]


def test_a_package_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(SetAside) as aside, open_package(address(tmp_path / "gone")):
        raise AssertionError("opened")
    assert [line(problem) for problem in aside.value.problems] == [
        "error package-gone 01686463：找不到這份資料，或無法讀取（not there）。請確認資料夾與權限後再執行一次。"
    ]


def test_verify_tells_the_gravest_first_and_never_raises(tmp_path: Path) -> None:
    files = good()
    del files["報導.pdf"]
    files["修課紀錄.json"]["學習紀錄"][0]["學分數"] = "T"
    write_folder(tmp_path / "package", files)
    assert [problem.code for problem in verify(address(tmp_path / "package"))] == ["file-missing", "credits-not-number"]
    assert [problem.code for problem in verify(address(make("bag_changed", tmp_path / "bag")))] == ["bag-hash"]
    assert [problem.code for problem in verify(PackageAddress(package_id="x", location=str(tmp_path / "gone")))] == ["package-gone"]


def test_media_beside_documents(tmp_path: Path) -> None:
    files = good() | {"錄音.mp3": MP3}
    files["課程學習成果.json"][0]["課程學習成果影音檔案連結"] = "錄音.mp3"
    links = read_files(tmp_path, files).outcomes[0].files
    assert [(link.role, link.attachment and link.attachment.media_type) for link in links] == [
        (FileRole.DOCUMENT, MediaType.PDF),
        (FileRole.MEDIA, MediaType.MP3),
    ]


def test_a_distribution_names_its_population(tmp_path: Path) -> None:
    files = good()
    files["修課紀錄.json"]["學期成績與學習相對表現資訊"][0]["群別學習相對表現資訊"] = {
        "母體人數": 100,
        "分數級距分布": DISTRIBUTION,
        "備註": "合班",
    }
    record = read_files(tmp_path, files).record
    assert record is not None
    assert [standing.scope for standing in record.semesters[0].standings] == ["校", "群別"]
    assert [(field.label, field.raw) for field in record.semesters[0].other_fields] == [
        (Text("群別學習相對表現資訊.備註", "群別學習相對表現資訊.備註"), "合班")
    ]
