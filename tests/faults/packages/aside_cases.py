"""What sets a dossier aside: JSON that does not parse or is not of its shape, links and names that lead out of the package (DOMAIN, "What a package holds")."""

from collections.abc import Callable

from tests.faults.packages.casebook import spoiled
from tests.faults.packages.making import PDF, Files, as_bytes

# JSON parts that do not parse or are not of their shape: set aside.


@spoiled
def json_cut_off(files: Files) -> None:
    files["多元表現.json"] = as_bytes(files["多元表現.json"])[:-3]


@spoiled
def json_in_big5(files: Files) -> None:
    files["基本資料.json"] = '{"姓名": "林怡君"}'.encode("cp950")


@spoiled
def json_with_nan(files: Files) -> None:
    files["修課紀錄.json"] = b'{"\xe5\xad\xb8\xe7\xbf\x92\xe7\xb4\x80\xe9\x8c\x84": [{"\xe5\xad\xb8\xe5\x88\x86\xe6\x95\xb8": NaN}]}'


@spoiled
def json_of_depth_100000(files: Files) -> None:
    files["多元表現.json"] = b"[" * 100_000


@spoiled
def json_of_many_values(files: Files) -> None:
    files["課程學習成果.json"] = b"[" + b"0," * 300_000 + b"0]"


@spoiled
def json_too_large(files: Files) -> None:
    files["基本資料.json"] = b'{"\xe5\xa7\x93\xe5\x90\x8d": "' + b"x" * 9_000_000 + b'"}'


@spoiled
def json_empty(files: Files) -> None:
    files["課程學習成果.json"] = b""


@spoiled
def identity_is_list(files: Files) -> None:
    files["基本資料.json"] = [files["基本資料.json"]]


@spoiled
def record_is_list(files: Files) -> None:
    files["修課紀錄.json"] = [files["修課紀錄.json"]]


@spoiled
def courses_are_text(files: Files) -> None:
    files["修課紀錄.json"]["學習紀錄"] = "無"


@spoiled
def a_course_is_number(files: Files) -> None:
    files["修課紀錄.json"]["學習紀錄"].append(7)


@spoiled
def outcomes_are_object(files: Files) -> None:
    files["課程學習成果.json"] = {"課程學習成果": files["課程學習成果.json"]}


@spoiled
def outcomes_are_null(files: Files) -> None:
    files["課程學習成果.json"] = None


@spoiled
def performances_are_list(files: Files) -> None:
    files["多元表現.json"] = []


@spoiled
def a_performance_is_true(files: Files) -> None:
    files["多元表現.json"]["競賽參與紀錄"] = [True]


@spoiled
def extras_not_object(files: Files) -> None:
    files["附加資訊.json"] = []


# Links and names that lead out of the package: set aside.


def _linked(name: str) -> Callable[[Files], None]:
    def change(files: Files) -> None:
        files["課程學習成果.json"][0]["課程學習成果文件檔案連結"] = name

    return change


for _name, _link in {
    "link_climbs": "../../../etc/passwd",
    "link_climbs_inside": "附件/../../x.pdf",
    "link_absolute": "/etc/passwd",
    "link_drive": "C:/Users/x.pdf",
    "link_backslash": "..\\..\\x.pdf",
    "link_device": "aux.pdf",
    "link_address": "https://example.org/x.pdf",
    "link_file_address": "file:///etc/passwd",
    "link_network_share": "//server/share/x.pdf",
}.items():
    _change = _linked(_link)
    _change.__name__ = _name
    spoiled(_change)


@spoiled
def picture_leads_out(files: Files) -> None:
    files["學習歷程自述.md"] = "看圖：![海](../../照片.png)".encode()


@spoiled
def glyph_picture_leads_out(files: Files) -> None:
    files["造字/造字.csv"] = "碼位,檔名,對應字,說明\nE000,../../x.svg,堃,方方土\n".encode()


@spoiled
def name_of_device(files: Files) -> None:
    files["nul.pdf"] = PDF


@spoiled
def name_with_backslash(files: Files) -> None:
    files["..\\x.pdf"] = PDF


@spoiled
def names_differ_in_case(files: Files) -> None:
    files["Report.pdf"], files["report.pdf"] = PDF, PDF


@spoiled
def names_differ_in_normal_form(files: Files) -> None:
    files["caf\u00e9.pdf"], files["cafe\u0301.pdf"] = PDF, PDF


@spoiled
def folders_too_deep(files: Files) -> None:
    files["/".join("abcdefghi") + "/x.pdf"] = PDF
