"""The dirt of real extracts: kept, shown as far as it is known, and told as a note."""

from tests.faults.packages.casebook import spoiled
from tests.faults.packages.making import COURSE_CODE, MP4, PDF, Files, as_bytes

# Dirt that is only told.


@spoiled
def json_key_twice(files: Files) -> None:
    files["基本資料.json"] = as_bytes(files["基本資料.json"])[:-1] + ', "姓名": "林怡均"}'.encode()


@spoiled
def lone_surrogate(files: Files) -> None:
    files["課程學習成果.json"] = as_bytes(files["課程學習成果.json"]).replace("訪談".encode(), b"\\ud83c\\u0000")


@spoiled
def score_minus_one(files: Files) -> None:
    files["修課紀錄.json"]["學習紀錄"][0]["學業成績"]["分數"] = -1


@spoiled
def score_zero_but_passed(files: Files) -> None:
    files["修課紀錄.json"]["學習紀錄"][0]["學業成績"] = {"分數": 0, "是否及格": "是"}


@spoiled
def score_above_100(files: Files) -> None:
    files["修課紀錄.json"]["學期成績與學習相對表現資訊"][0]["學生學期成績"] = 855


@spoiled
def facts_of_a_course_too_long(files: Files) -> None:
    course = files["修課紀錄.json"]["學習紀錄"][0]
    course |= {"課程類別": "類" * 300, "課程領域資訊": {"名稱": "域" * 300}, "學業成績": {"分數": "優" * 300}}


@spoiled
def credits_are_a_letter(files: Files) -> None:
    files["修課紀錄.json"]["學習紀錄"][0]["學分數"] = "T"


@spoiled
def year_is_6(files: Files) -> None:
    files["修課紀錄.json"]["學習紀錄"][0]["實際修課學年度"] = "6"


@spoiled
def year_is_western(files: Files) -> None:
    files["課程學習成果.json"][0]["實際修課學年度"] = 2023


@spoiled
def semester_twice(files: Files) -> None:
    files["修課紀錄.json"]["學期成績與學習相對表現資訊"] *= 2


@spoiled
def population_differs(files: Files) -> None:
    files["修課紀錄.json"]["學習紀錄"][0]["母體人數"] = 101


@spoiled
def population_missing(files: Files) -> None:
    files["修課紀錄.json"]["學習紀錄"][0]["母體人數"] = None


@spoiled
def bucket_unreadable(files: Files) -> None:
    files["修課紀錄.json"]["學習紀錄"][0]["本科目分數級距分布"] = {"組距60_50的人數": 3}


@spoiled
def buckets_overlap(files: Files) -> None:
    files["修課紀錄.json"]["學習紀錄"][0]["本科目分數級距分布"] = {"組距0_61的人數": 60, "組距60_100的人數": 40}


@spoiled
def distribution_is_text(files: Files) -> None:
    files["修課紀錄.json"]["學習紀錄"][0]["本科目分數級距分布"] = "未提供"


@spoiled
def outcome_of_no_course(files: Files) -> None:
    files["課程學習成果.json"][0] |= {"課程代碼": COURSE_CODE[:-1] + "2", "科目名稱": "海洋文學"}


@spoiled
def code_in_list(files: Files) -> None:
    files["多元表現.json"]["競賽參與紀錄"][0]["競賽等級代碼"] = ",2"


@spoiled
def code_unknown(files: Files) -> None:
    files["多元表現.json"]["競賽參與紀錄"][0]["競賽等級代碼"] = "7"


@spoiled
def certification_unknown(files: Files) -> None:
    files["課程學習成果.json"][0]["認證狀態"] = "Z"


@spoiled
def date_impossible(files: Files) -> None:
    files["多元表現.json"]["競賽參與紀錄"][0]["結果公布日期"] = "2024/02/30"


@spoiled
def certification_date_impossible(files: Files) -> None:
    files["課程學習成果.json"][0] |= {"認證狀態": "Y", "認證時間": "某日"}


def _service(**facts: object) -> dict[str, object]:
    return {"服務名稱": "淨灘", "服務單位名稱": "漁會", "開始日期": "1130301", "結束日期": "1130302", "服務學習時數": 4} | facts


@spoiled
def hours_zero(files: Files) -> None:
    files["多元表現.json"]["服務學習紀錄"] = [_service(服務學習時數=0)]


@spoiled
def hours_negative(files: Files) -> None:
    files["多元表現.json"]["服務學習紀錄"] = [_service(服務學習時數=-2)]


@spoiled
def hours_in_words(files: Files) -> None:
    files["多元表現.json"]["服務學習紀錄"] = [_service(服務學習時數="約四小時")]


@spoiled
def organiser_missing(files: Files) -> None:
    files["多元表現.json"]["服務學習紀錄"] = [_service(服務單位名稱="")]


@spoiled
def title_missing(files: Files) -> None:
    files["多元表現.json"]["服務學習紀錄"] = [_service(服務名稱=None)]


@spoiled
def ends_before_it_begins(files: Files) -> None:
    files["多元表現.json"]["服務學習紀錄"] = [_service(開始日期="1130303")]


@spoiled
def row_in_wrong_list(files: Files) -> None:
    files["多元表現.json"]["檢定證照紀錄"] = [{"服務名稱": "淨灘", "服務單位名稱": "漁會", "服務學習時數": 4}]


@spoiled
def identity_twice(files: Files) -> None:
    files["基本資料.json"] = [files["基本資料.json"]] * 2


@spoiled
def test_school(files: Files) -> None:
    files["基本資料.json"]["學校代碼"] = "000B00"


@spoiled
def markdown_in_big5(files: Files) -> None:
    files["學習歷程自述.md"] = "我想讀海洋系。".encode("cp950")


@spoiled
def glyph_described_at_length(files: Files) -> None:
    files["造字/造字.csv"] = f"碼位,檔名,對應字,說明\nE000,,{'方' * 21},{'土' * 101}\nE001,,{'方' * 20},{'土' * 100}\n".encode()


@spoiled
def files_unclaimed(files: Files) -> None:
    files["草稿.pdf"] = PDF
    files["其他文件/影片.mp4"] = MP4


@spoiled
def part_is_document(files: Files) -> None:
    files["課程學習成果.json"][0]["課程學習成果文件檔案連結"] = "其他.pdf"
    files["其他.pdf"] = files.pop("報導.pdf")
