"""Files and parts that are shown with their problem in their slot."""

import os
from pathlib import Path

from tests.faults.packages.casebook import case, spoiled
from tests.faults.packages.making import JPEG, PNG, Files, good, write_folder

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
def markdown_without_a_word(files: Files) -> None:
    files["學習歷程自述.md"] = b" \n\xe3\x80\x80\n"


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
    files["學習歷程自述.md"] = b"x" * (2**17 + 1)


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
def glyphs_too_many(files: Files) -> None:
    files["造字/造字.csv"] = "碼位,對應字\n".encode() + b"".join(b"U+%X,x\n" % (0xF0000 + number) for number in range(6401))


@spoiled
def links_too_many(files: Files) -> None:
    files["課程學習成果.json"][0]["課程學習成果文件檔案連結"] = ["報導.pdf"] * 51


@spoiled
def certification_trail_differs(files: Files) -> None:
    files["附加資訊.json"] = {"課程學習成果": [{"認證狀態": "Y"}, {"認證狀態": "N"}]}


@spoiled
def parts_under_other_names(files: Files) -> None:
    performances = files["多元表現.json"]
    files |= {"多元表現_F.json": performances, "001012/多元表現.json": performances, "課程學習成果.csv": b"a,b", "修課紀錄.xlsx": b"PK"}


@spoiled
def statements_as_data(files: Files) -> None:
    files |= {"學習歷程自述.json": {"O": "反思"}, "多元表現綜整心得.csv": b"a,b"}


@spoiled
def plan_without_record(files: Files) -> None:
    del files["修課紀錄.json"]
    files["課程計畫.csv"] = "課程名稱,課程說明\n國語文,閱讀在地\n".encode()


@spoiled
def extra_unknown(files: Files) -> None:
    files["附加資訊.json"] = {"格式版本": "1", "備忘": "請見附件"}
