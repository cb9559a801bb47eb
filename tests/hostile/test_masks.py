"""A department that masks name and school finds neither anywhere in its folder, wherever the applicant or his school put them.

What stands inside uploads (pages, pictures, sound) is not promised here; the office's leak report says so.
"""

import io
import json
import re
import subprocess
import unicodedata
from pathlib import Path

import pytest
from pikepdf import Pdf
from PIL import Image, PngImagePlugin

from reviewer import resources
from reviewer.site.build import build
from reviewer.site.request import Request
from tests.faults.packages.making import Files, write_folder
from tests.hostile import packages, pdfs

NAME, SCHOOL, SCHOOL_CODE, CITY = "諸葛怡萱", "國立山海高級中學", "350301", "花蓮縣"
SECRETS = (NAME, SCHOOL, "山海高級中學", "山海高中", SCHOOL_CODE, CITY)
WITHIN = f"我是{NAME}，就讀{SCHOOL}（山海高中，{SCHOOL_CODE}，{CITY}）"
COURSE = f"112{SCHOOL_CODE}H11101A1010101"


def photograph() -> bytes:
    exif = Image.Exif()
    exif[0x010E], exif[0x013B], exif[0x8298] = NAME, SCHOOL, NAME
    out = io.BytesIO()
    Image.new("RGB", (90, 120), "navy").save(out, "JPEG", exif=exif, comment=WITHIN.encode())
    return out.getvalue()


def picture() -> bytes:
    notes = PngImagePlugin.PngInfo()
    notes.add_itxt("Author", WITHIN)
    out = io.BytesIO()
    Image.new("RGB", (90, 120), "green").save(out, "PNG", pnginfo=notes)
    return out.getvalue()


def document() -> bytes:
    """A PDF whose metadata, bookmarks and attachments' names tell, and whose page does not."""
    with Pdf.open(io.BytesIO(pdfs.plain())) as pdf:
        pdf.docinfo["/Author"], pdf.docinfo["/Title"] = NAME, SCHOOL
        with pdf.open_metadata() as metadata:
            metadata["dc:creator"] = [NAME]
        pdf.attachments[f"{NAME}.txt"] = WITHIN.encode()
        return pdfs.saved(pdf)


def planted() -> Files:
    files = packages.sound()
    plain = {name: content for name, content in files.items() if name.endswith(".json")}
    told = json.loads(
        json.dumps(plain, ensure_ascii=False)
        .replace("國語文", f"國語文（{WITHIN}）")
        .replace("題目是海。", WITHIN)
        .replace("寫成一篇報導。", WITHIN)
    )
    files |= told
    files["基本資料.json"] |= {
        "姓名": NAME,
        "學校名稱": SCHOOL,
        "學校代碼": SCHOOL_CODE,
        "縣市": CITY,
        "班級": f"{SCHOOL}三年一班",
        NAME: SCHOOL,
    }
    for row in (*files["修課紀錄.json"]["學習紀錄"], files["課程學習成果.json"][0]):
        row |= {"課程代碼": COURSE, f"備註{NAME}": WITHIN}
    files["修課紀錄.json"][WITHIN] = WITHIN
    contest = files["多元表現.json"]["競賽參與紀錄"][0]
    contest |= {"證明文件連結": f"{NAME}_{SCHOOL}.jpg", "外部影音連結": f"https://example.org/{NAME}", f"欄位{NAME}": {"內": WITHIN}}
    files["多元表現.json"]["服務學習紀錄"] = [
        {"服務名稱": WITHIN, "服務單位名稱": SCHOOL, "證明文件連結": f"{NAME}缺.pdf", "服務學習時數": NAME, "開始日期": WITHIN[:30]}
    ]
    files["課程學習成果.json"][0] |= {"課程學習成果文件檔案連結": f"{SCHOOL}_{NAME}.pdf"}
    files[f"{NAME}_{SCHOOL}.jpg"], files[f"{SCHOOL}_{NAME}.pdf"] = photograph(), document()
    files["照片.jpg"] = photograph()
    files["學習歷程自述.md"] = (
        f"# {NAME}\n\n{WITHIN}\n\n[{SCHOOL}](https://example.org/{NAME}) ![{NAME}]({NAME}.png)\n\n`{SCHOOL_CODE}`\n".encode()
    )
    files[f"{NAME}.png"] = picture()
    files["多元表現綜整心得.md"] = WITHIN.encode()
    files["課程計畫.csv"] = f"課程代碼,課程名稱,課程說明\n{COURSE},國語文,{WITHIN}\n".encode()
    files[f"{NAME}說明.txt"] = WITHIN.encode()
    return files


@pytest.fixture(scope="module")
def department(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("masks")
    write_folder(root / "export" / "001" / "001023" / "10110042", planted())
    request = Request(
        packages=str(root / "export"),
        applications=None,
        config=resources.data_folder("site_config"),
        site=root / "site",
        cache=root / "cache",
    )
    report = build(request)
    assert report.totals.dossiers == 1, [str(problem) for line in report.totals.set_aside for problem in line.problems]
    return root / "site" / "001023"


def flat(words: str) -> str:
    return "".join(unicodedata.normalize("NFKC", words).split())


def told(words: str) -> list[str]:
    return [secret for secret in SECRETS if secret in flat(words)]


def test_no_page_shard_sum_or_name_tells(department: Path) -> None:
    for path in department.rglob("*"):
        assert told(path.relative_to(department).as_posix()) == []
        if path.suffix in (".html", ".js", ".json", ".css", "") and path.is_file():
            data = path.read_bytes()
            text = data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8")
            unescaped = re.sub(r"\\u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), text)
            assert told(text) + told(unescaped) == [], path.name


def test_utf_16_shards_do_not_tell(department: Path) -> None:
    for path in department.rglob("*.js"):
        data = path.read_bytes()
        assert [secret for secret in SECRETS if secret.encode("utf-16-le") in data or secret.encode("utf-16-be") in data] == []


def test_the_pdf_does_not_tell_in_words_metadata_or_bookmarks(department: Path) -> None:
    path = department / "10110042" / "dossier.pdf"
    for command in (
        ["pdftotext", str(path), "-"],
        ["pdfinfo", str(path)],
        ["pdfinfo", "-meta", str(path)],
        ["pdfinfo", "-struct-text", str(path)],
    ):
        words = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        assert told(words) == [], command
    with Pdf.open(path) as pdf, pdf.open_outline() as outline:
        assert told("".join(item.title for item in outline.root)) == []


def test_pictures_carry_no_words(department: Path) -> None:
    pictures = [path for path in department.rglob("*") if path.suffix in (".webp", ".jpg", ".png")]
    assert pictures
    for path in pictures:
        data = path.read_bytes()
        with Image.open(path) as image:
            assert not image.getexif()
        assert not any(secret.encode(encoding) in data for secret in SECRETS for encoding in ("utf-8", "utf-16-le", "cp950"))
