"""Every way in which a package can be odd, one a function: it spoils the sound package; `expected.toml` says what is then told.

Three fates (DOMAIN, "What a package holds"): `aside` sets the dossier aside, `problem` is shown in its slot, `note` is only told.
"""

import os
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.faults.packages.bag_making import write_bag
from tests.faults.packages.making import COURSE_CODE, JPEG, MP4, PDF, PNG, Files, as_bytes, good, write_folder, write_zip

Make = Callable[[Path], Path]
"""Writes a package below an empty folder and returns its location."""
CASES: dict[str, Make] = {}


def case(make: Make) -> Make:
    """Register a case under its function's name."""
    CASES[make.__name__] = make
    return make


def spoiled(change: Callable[[Files], None]) -> Make:
    """Register a case that changes the files of the sound package, as a folder."""

    def make(folder: Path) -> Path:
        files = good()
        change(files)
        return write_folder(folder / "package", files)

    CASES[change.__name__] = make
    return make


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


# Zips.


@case
def zip_cut_off(folder: Path) -> Path:
    path = write_zip(folder / "package.zip", good())
    path.write_bytes(path.read_bytes()[:-30])
    return path


@case
def zip_is_text(folder: Path) -> Path:
    path = folder / "package.zip"
    path.write_text("這不是壓縮檔")
    return path


@case
def zip_damaged_inside(folder: Path) -> Path:
    path = write_zip(folder / "package.zip", good())
    data = bytearray(path.read_bytes())
    data[120] ^= 0xFF
    path.write_bytes(data)
    return path


def _zipped(name: str, entry: str) -> None:
    def make(folder: Path) -> Path:
        return write_zip(folder / "package.zip", {**good(), entry: PDF})

    CASES[name] = make


for _name, _entry in {
    "zip_slip": "../x.pdf",
    "zip_slip_within": "a/../../x.pdf",
    "zip_slip_absolute": "/tmp/x.pdf",
    "zip_slip_drive": "C:x.pdf",
    "zip_slip_backslash": "..\\x.pdf",
    "zip_slip_share": "\\\\server\\x.pdf",
    "zip_slip_device": "CON.pdf",
    "zip_slip_stream": "x.pdf:evil",
    "zip_too_deep": "/".join("abcdefghi") + "/x.pdf",
    "zip_names_clash": "獎狀.JPG",
    "zip_deceiving_name": "報\u202efdp.exe",
}.items():
    _zipped(_name, _entry)


@case
def zip_file_within_file(folder: Path) -> Path:
    return write_zip(folder / "package.zip", {**good(), "報導.pdf/x.pdf": PDF})


@case
def zip_locked(folder: Path) -> Path:
    path = write_zip(folder / "package.zip", good())
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := data.find(mark, at + 1)) >= 0:
            data[at + offset] |= 1
    path.write_bytes(data)
    return path


@case
def zip_with_bzip2(folder: Path) -> Path:
    path = folder / "package.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("基本資料.json", b"{}")
    return path


@case
def zip_bomb_by_ratio(folder: Path) -> Path:
    return write_zip(folder / "package.zip", {**good(), "零.pdf": b"\0" * (40 * 2**20)})


@case
def zip_bomb_overlapping(folder: Path) -> Path:
    path = write_zip(folder / "package.zip", {"a.pdf": PDF, "b.pdf": PDF})
    data = bytearray(path.read_bytes())
    second = data.rfind(b"PK\x01\x02")
    struct.pack_into("<L", data, second + 42, 0)
    path.write_bytes(data)
    return path


@case
def zip_promises_less(folder: Path) -> Path:
    path = write_zip(folder / "package.zip", {"基本資料.json": b"{" + b" " * 5000 + b"}"})
    data = bytearray(path.read_bytes())
    struct.pack_into("<L", data, data.find(b"PK\x01\x02") + 24, 10)
    path.write_bytes(data)
    return path


@case
def zip_of_6000_entries(folder: Path) -> Path:
    path = folder / "package.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(6000):
            archive.writestr(f"{number}", b"")
    return path


@case
def zip_with_link(folder: Path) -> Path:
    def change(entry: zipfile.ZipInfo) -> None:
        if entry.filename == "獎狀.jpg":
            entry.external_attr = 0o120777 << 16

    return write_zip(folder / "package.zip", {**good(), "獎狀.jpg": b"/etc/passwd"}, change)


@case
def zip_within_zip(folder: Path) -> Path:
    inner = write_zip(folder / "inner.zip", {"x.pdf": PDF}).read_bytes()
    return write_zip(folder / "package.zip", {**good(), "報導.pdf": inner})


# Bags.


@case
def bag_changed(folder: Path) -> Path:
    bag = write_bag(folder / "package", good())
    (bag / "data" / "報導.pdf").write_bytes(PDF + b"x")
    return bag


@case
def bag_changed_same_size(folder: Path) -> Path:
    bag = write_bag(folder / "package", good())
    (bag / "data" / "報導.pdf").write_bytes(PDF.replace(b"1.4", b"1.7"))
    return bag


@case
def bag_lacks_file(folder: Path) -> Path:
    bag = write_bag(folder / "package", good())
    (bag / "data" / "報導.pdf").unlink()
    return bag


@case
def bag_has_more(folder: Path) -> Path:
    bag = write_bag(folder / "package", good())
    (bag / "data" / "多的.pdf").write_bytes(PDF)
    return bag


@case
def bag_manifest_line_malformed(folder: Path) -> Path:
    bag = write_bag(folder / "package", good())
    with (bag / "manifest-sha256.txt").open("a") as manifest:
        manifest.write("只有檔名\n")
    return bag


@case
def bag_manifest_hash_short(folder: Path) -> Path:
    bag = write_bag(folder / "package", good(), tag_manifest=False)
    manifest = bag / "manifest-sha256.txt"
    manifest.write_text(manifest.read_text()[1:])
    return bag


@case
def bag_manifest_lists_twice(folder: Path) -> Path:
    bag = write_bag(folder / "package", good(), tag_manifest=False)
    manifest = bag / "manifest-sha256.txt"
    manifest.write_text(manifest.read_text() + manifest.read_text().splitlines()[0] + "\n")
    return bag


@case
def bag_manifest_leads_out(folder: Path) -> Path:
    bag = write_bag(folder / "package", good(), tag_manifest=False)
    with (bag / "manifest-sha256.txt").open("a") as manifest:
        manifest.write(f"{'0' * 64}  data/../../x.pdf\n")
    return bag


@case
def bag_manifest_in_big5(folder: Path) -> Path:
    bag = write_bag(folder / "package", good(), tag_manifest=False)
    manifest = bag / "manifest-sha256.txt"
    manifest.write_bytes(manifest.read_text().encode("cp950"))
    return bag


@case
def bag_without_manifest(folder: Path) -> Path:
    bag = write_bag(folder / "package", good(), tag_manifest=False)
    (bag / "manifest-sha256.txt").unlink()
    return bag


@case
def bag_fetches(folder: Path) -> Path:
    bag = write_bag(folder / "package", good())
    (bag / "fetch.txt").write_text("https://example.org/x.pdf 12 data/x.pdf\n")
    return bag


@case
def bag_of_version_2(folder: Path) -> Path:
    return write_bag(folder / "package", good(), version="2.0")


@case
def bag_declares_big5(folder: Path) -> Path:
    return write_bag(folder / "package", good(), encoding="Big5")


@case
def bag_declaration_malformed(folder: Path) -> Path:
    bag = write_bag(folder / "package", good(), tag_manifest=False)
    (bag / "bagit.txt").write_text("BagIt\n")
    return bag


@case
def bag_hashed_by_crc32(folder: Path) -> Path:
    bag = write_bag(folder / "package", good(), tag_manifest=False)
    (bag / "manifest-sha256.txt").rename(bag / "manifest-crc32.txt")
    return bag


@case
def bag_oxum_differs(folder: Path) -> Path:
    return write_bag(folder / "package", good(), oxum="1.1")


@case
def bag_info_changed(folder: Path) -> Path:
    bag = write_bag(folder / "package", good())
    (bag / "bag-info.txt").write_text("Source-Organization: 別的學校\n")
    return bag


@case
def bag_with_link(folder: Path) -> Path:
    bag = write_bag(folder / "package", good())
    (bag / "data" / "報導.pdf").unlink()
    (bag / "data" / "報導.pdf").symlink_to("/etc/passwd")
    return bag


@case
def bag_without_payload(folder: Path) -> Path:
    return write_bag(folder / "package", {})


# Files that are shown with their problem.


@spoiled
def file_missing(files: Files) -> None:
    del files["報導.pdf"]


@spoiled
def file_is_png_named_jpg(files: Files) -> None:
    files["獎狀.jpg"] = PNG


@spoiled
def file_is_svg_named_jpg(files: Files) -> None:
    files["獎狀.jpg"] = b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'


@spoiled
def file_is_web_page_named_pdf(files: Files) -> None:
    files["報導.pdf"] = b"<!DOCTYPE html><p>%PDF-1.4"


@spoiled
def file_is_zip_named_jpg(files: Files) -> None:
    files["獎狀.jpg"] = b"PK\x03\x04" + b"\0" * 40


@spoiled
def file_is_empty(files: Files) -> None:
    files["報導.pdf"] = b""


@spoiled
def file_is_word_document(files: Files) -> None:
    files["課程學習成果.json"][0]["課程學習成果文件檔案連結"] = "報導.docx"
    files["報導.docx"] = b"PK\x03\x04" + b"\0" * 40
    del files["報導.pdf"]


@spoiled
def link_is_number(files: Files) -> None:
    files["課程學習成果.json"][0]["課程學習成果文件檔案連結"] = 17
    del files["報導.pdf"]


@case
def file_is_symlink(folder: Path) -> Path:
    package = write_folder(folder / "package", good())
    (package / "報導.pdf").unlink()
    (package / "報導.pdf").symlink_to("/etc/passwd")
    return package


@case
def part_is_symlink(folder: Path) -> Path:
    package = write_folder(folder / "package", good())
    (package / "課程學習成果.json").rename(folder / "elsewhere.json")
    (package / "課程學習成果.json").symlink_to(folder / "elsewhere.json")
    (package / "報導.pdf").unlink()
    return package


@case
def folder_is_symlink(folder: Path) -> Path:
    package = write_folder(folder / "package", good())
    (package / "附件").symlink_to("/etc")
    return package


@case
def file_is_pipe(folder: Path) -> Path:
    package = write_folder(folder / "package", good())
    (package / "報導.pdf").unlink()
    os.mkfifo(package / "報導.pdf")
    return package


@case
def file_too_large(folder: Path) -> Path:
    package = write_folder(folder / "package", good())
    with (package / "報導.pdf").open("r+b") as stream:
        stream.truncate(600 * 2**20)
    return package


@spoiled
def file_with_deceiving_name(files: Files) -> None:
    files["課程學習成果.json"][0]["課程學習成果文件檔案連結"] = "報\u202efdp.exe"
    files["報\u202efdp.exe"] = files.pop("報導.pdf")


@spoiled
def identity_missing(files: Files) -> None:
    del files["基本資料.json"]


@case
def package_empty(folder: Path) -> Path:
    return write_folder(folder / "package", {})


@spoiled
def number_differs(files: Files) -> None:
    files["基本資料.json"]["應試號碼"] = "01686499"


@spoiled
def part_twice(files: Files) -> None:
    files["01686463_基本資料.json"] = files["基本資料.json"]


@spoiled
def unknown_kind_of_performance(files: Files) -> None:
    files["多元表現.json"]["國際交流紀錄"] = [{"名稱": "姊妹校互訪"}]


@spoiled
def text_too_long(files: Files) -> None:
    files["課程學習成果.json"][0]["課程學習成果簡述"] = "長" * 20_001


@spoiled
def too_many_addresses(files: Files) -> None:
    files["多元表現.json"]["競賽參與紀錄"][0]["外部影音連結"] = "\n".join(f"https://example.org/{n}" for n in range(60))


@spoiled
def picture_on_the_network(files: Files) -> None:
    files["學習歷程自述.md"] = "![海](https://example.org/sea.png) ![點](data:image/png;base64,iVBORw0KGgo=)".encode()


@spoiled
def picture_missing(files: Files) -> None:
    files["多元表現綜整心得.md"] = "![海](海.png)".encode()


@spoiled
def too_many_pictures(files: Files) -> None:
    files["多元表現綜整心得.md"] = " ".join(f"![圖](圖{n}.jpg)" for n in range(51)).encode()
    files |= {f"圖{n}.jpg": JPEG for n in range(50)}


@spoiled
def markdown_in_no_encoding(files: Files) -> None:
    files["學習歷程自述.md"] = b"\xff\x81\x81 abc"


@spoiled
def markdown_too_long(files: Files) -> None:
    files["學習歷程自述.md"] = b"x" * (2**20 + 1)


@spoiled
def upload_is_word_document(files: Files) -> None:
    files["學習歷程自述.docx"] = b"PK\x03\x04" + b"\0" * 40


@spoiled
def plan_without_column(files: Files) -> None:
    files["課程計畫.csv"] = "課程代碼,課程名稱\nx,y\n".encode()


@spoiled
def glyph_code_point_unreadable(files: Files) -> None:
    files["造字/造字.csv"] = "碼位,檔名,對應字,說明\n山,,,\n某某,,堃,方方土\n".encode()


@spoiled
def glyph_listed_twice(files: Files) -> None:
    files["造字/造字.csv"] = "碼位,檔名,對應字,說明\nU+E000,,堃,方方土\nE000,,喆,吉吉\n".encode()


@spoiled
def glyph_picture_missing(files: Files) -> None:
    files["造字/造字.csv"] = "碼位,檔名,對應字,說明\nU+E000,E000.svg,堃,方方土\n".encode()


@spoiled
def certification_trail_differs(files: Files) -> None:
    files["附加資訊.json"] = {"課程學習成果": [{"認證狀態": "Y"}, {"認證狀態": "N"}]}


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
def files_unclaimed(files: Files) -> None:
    files["草稿.pdf"] = PDF
    files["其他文件/影片.mp4"] = MP4


# What is dirt but says nothing: no problem at all.


@spoiled
def nothing_odd(files: Files) -> None:
    files["報導.pdf"] = PDF


@spoiled
def left_by_file_managers(files: Files) -> None:
    files |= {"desktop.ini": b"", "Thumbs.db": b"", ".DS_Store": b"", "__MACOSX/._x": b"", "._報導.pdf": b"", "~$報導.docx": b""}


@spoiled
def listing_of_the_committee(files: Files) -> None:
    files["01686463_LIST.json"] = b"not json"


@spoiled
def json_with_byte_order_mark(files: Files) -> None:
    files["基本資料.json"] = b"\xef\xbb\xbf" + as_bytes(files["基本資料.json"])


@spoiled
def names_with_prefix(files: Files) -> None:
    for name in list(files):
        files[f"01686463_{name}"] = files.pop(name)


@spoiled
def files_in_a_folder_of_the_part(files: Files) -> None:
    files["課程學習成果/報導.pdf"] = files.pop("報導.pdf")
    files["多元表現/獎狀.jpg"] = files.pop("獎狀.jpg")


@spoiled
def names_decomposed(files: Files) -> None:
    files["cafe\u0301.pdf"] = files.pop("報導.pdf")
    files["課程學習成果.json"][0]["課程學習成果文件檔案連結"] = "caf\u00e9.pdf"


@case
def zip_wrapped_in_a_folder(folder: Path) -> Path:
    return write_zip(folder / "package.zip", {f"匯出/{name}": content for name, content in good().items()} | {"__MACOSX/匯出/._x": b""})


class _Cp950Entry(zipfile.ZipInfo):
    """An entry whose name is written in CP950 without a flag, as Windows' own archiver does."""

    __slots__ = ()

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - the library's own name
        return self.filename.encode("cp950"), self.flag_bits


@case
def zip_named_in_cp950(folder: Path) -> Path:
    path = folder / "package.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in good().items():
            archive.writestr(_Cp950Entry(name), as_bytes(content))
    return path


@case
def bag_sound(folder: Path) -> Path:
    return write_bag(folder / "package", good())


@case
def bag_of_0_97_with_md5(folder: Path) -> Path:
    return write_bag(folder / "package", good(), version="0.97", algorithms=("md5", "sha1"))


@case
def bag_of_1_0_with_sha512(folder: Path) -> Path:
    return write_bag(folder / "package", good(), algorithms=("sha256", "sha512"))


@case
def bag_with_thumbnails(folder: Path) -> Path:
    bag = write_bag(folder / "package", good())
    (bag / "data" / "Thumbs.db").write_bytes(b"x")
    return bag


@case
def bag_zipped(folder: Path) -> Path:
    bag = write_bag(folder / "bag", good())
    files = {f"bag/{path.relative_to(bag)}": path.read_bytes() for path in sorted(bag.rglob("*")) if path.is_file()}
    return write_zip(folder / "package.zip", files)

