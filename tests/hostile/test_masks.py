"""A department that masks name and school finds neither anywhere in its folder, wherever the applicant or his school put them, uploads included.

What is drawn or said in uploads (scans, pictures, sound) is not promised; the office's leak report says so.
"""

import io
import json
import re
import subprocess
import unicodedata
from pathlib import Path
from urllib.parse import unquote

import av
import pypdf
import pytest
from pikepdf import Object, Pdf, PdfError, Stream
from PIL import Image, PngImagePlugin

from reviewer import resources
from reviewer.site.build import build
from reviewer.site.request import Request
from tests.faults.packages.making import Files, write_folder
from tests.hostile import packages, telling
from tests.hostile.telling import CITY, NAME, SCHOOL, SCHOOL_CODE
from tests.unit.attachments.test_media import film, sound

SECRETS = (NAME, SCHOOL, "山海高級中學", "山海高中", SCHOOL_CODE, CITY, "台北市", "WANG")
WITHIN = f"我是{NAME}（{' '.join(NAME)}、ＷＡＮＧ），就讀{SCHOOL}（山海高中，{SCHOOL_CODE}，{CITY}）"
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


def planted(folder: Path) -> Files:
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
        "英文姓名": "Wang",
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
    files[f"{NAME}_{SCHOOL}.jpg"], files[f"{SCHOOL}_{NAME}.pdf"] = photograph(), telling.document()
    files["照片.jpg"] = photograph()
    files["學習歷程自述.md"] = (
        f"# {NAME}\n\n{WITHIN}\n\n[{SCHOOL}](https://example.org/{NAME}) ![{NAME}]({NAME}.png)\n\n`{SCHOOL_CODE}`\n".encode()
    )
    files[f"{NAME}.png"] = picture()
    files["多元表現綜整心得.md"] = WITHIN.encode()
    files["課程計畫.csv"] = f"課程代碼,課程名稱,課程說明\n{COURSE},國語文,{WITHIN}\n".encode()
    files[f"{NAME}說明.txt"] = WITHIN.encode()
    files["課程學習成果.json"][0]["課程學習成果影音檔案連結"] = f"{NAME}.mp4"
    files[f"{NAME}.mp4"] = film(folder / "a.mp4", frames=10, title=NAME).read_bytes()
    contest["影音檔案連結"] = f"{NAME}.mp3"
    files[f"{NAME}.mp3"] = sound(folder / "a.mp3", title=NAME).read_bytes()
    return files


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("masks")
    media = tmp_path_factory.mktemp("media")
    write_folder(root / "export" / "001" / "001023" / "10110042", planted(media))
    request = Request(
        packages=str(root / "export"),
        applications=None,
        config=resources.data_folder("site_config"),
        site=root / "site",
        cache=root / "cache",
    )
    report = build(request)
    assert report.totals.dossiers == 1, [str(problem) for line in report.totals.set_aside for problem in line.problems]
    return root / "site"


@pytest.fixture(scope="module")
def department(built: Path) -> Path:
    return built / "001023"


def flat(words: str) -> str:
    return "".join(unicodedata.normalize("NFKC", words).split()).upper()


def told(words: str) -> list[str]:
    return [secret for secret in SECRETS if secret in flat(words)]


def bytes_told(data: bytes) -> list[str]:
    return [secret for secret in SECRETS if any(secret.encode(codec) in data for codec in ("utf-8", "utf-16-le", "utf-16-be", "cp950"))]


def test_no_page_shard_sum_or_name_tells(department: Path) -> None:
    for path in department.rglob("*"):
        assert told(path.relative_to(department).as_posix()) == []
        if path.suffix in (".html", ".js", ".json", ".css", "") and path.is_file():
            data = path.read_bytes()
            text = data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8")
            unescaped = re.sub(r"\\u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), text)
            assert told(text) + told(unescaped) + told(unquote(text)) == [], path.name


def test_no_byte_of_any_file_tells(department: Path) -> None:
    files = [path for path in department.rglob("*") if path.is_file()]
    assert {path.suffix for path in files} >= {".html", ".js", ".pdf", ".webp", ".mp3", ".mp4"}
    assert [path.name for path in files if bytes_told(path.read_bytes())] == []


def test_the_pdf_does_not_tell_in_words_metadata_or_bookmarks(department: Path) -> None:
    path = department / "10110042" / "dossier.pdf"
    for command in (
        ["pdftotext", str(path), "-"],
        ["pdftotext", "-raw", str(path), "-"],
        ["pdfinfo", str(path)],
        ["pdfinfo", "-meta", str(path)],
        ["pdfinfo", "-struct-text", str(path)],
    ):
        words = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        assert told(words) == [], command
    with Pdf.open(path) as pdf, pdf.open_outline() as outline:
        assert told("".join(item.title for item in outline.root)) == []


def test_no_stream_of_the_pdf_tells(department: Path) -> None:
    path = department / "10110042" / "dossier.pdf"
    assert [told(page.extract_text()) for page in pypdf.PdfReader(path).pages if told(page.extract_text())] == []
    with Pdf.open(path) as pdf:
        for thing in pdf.objects:
            data = thing.unparse(resolved=True) if not isinstance(thing, Stream) else stream_bytes(thing)
            assert bytes_told(data) == []


def stream_bytes(stream: Object) -> bytes:
    try:
        return stream.read_bytes()
    except PdfError:
        return stream.read_raw_bytes()


def test_what_stands_beside_hidden_words_is_still_there(department: Path) -> None:
    words = subprocess.run(
        ["pdftotext", "-raw", str(department / "10110042" / "dossier.pdf"), "-"], capture_output=True, text=True, check=True
    )
    assert words.stdout.count("前") >= len(telling.CASES)
    page = (department / "10110042" / "index.html").read_text(encoding="utf-8")
    assert "前" in page
    assert "○○同學" in page


def test_pictures_carry_no_words(department: Path) -> None:
    pictures = [path for path in department.rglob("*") if path.suffix in (".webp", ".jpg", ".png")]
    assert pictures
    for path in pictures:
        with Image.open(path) as image:
            assert not image.getexif()


def test_media_carry_no_tags(department: Path) -> None:
    media = [path for path in department.rglob("*") if path.suffix in (".mp3", ".mp4")]
    assert len(media) == 2
    for path in media:
        with av.open(str(path)) as opened:
            tags = [opened.metadata, *(track.metadata for track in opened.streams)]
            assert [value for tag in tags for key, value in tag.items() if key in ("title", "artist", "comment", "location")] == []
        assert poster(path).is_file()


def poster(medium: Path) -> Path:
    return medium.with_name(f"{medium.stem}-poster.webp")


def test_the_office_is_told_by_file_and_page_without_the_words(built: Path) -> None:
    report = json.loads((built / "build-report.json").read_text(encoding="utf-8"))
    (dossier,) = report["dossiers"]
    (sums,) = report["leaks"]
    assert (sums["code"], sums["dossiers"], [one["mask"] for one in sums["masked"]]) == ("001023", 1, ["name", "school"])
    assert sums["masked"][0]["in_files"] >= len(telling.CASES) - 2
    assert {one["doubt"]: one["files"] for one in sums["doubts"]} == {"scan": 3, "picture": 1, "garbled": 1, "sound": 1, "film": 1}
    file = next(file for file in dossier["blinding"]["files"] if len(file["pages"]) > 5)
    assert file["name"] == "○○○_○○同學.pdf"
    assert [page["page"] for page in file["pages"] if page["removed"]] == [
        number for number, name in enumerate(telling.CASES, 1) if name not in ("names_and_remarks", "captions_of_a_picture")
    ]
    page = (built / "build-report.html").read_text(encoding="utf-8")
    assert "遮蔽與無法保證的部分" in page
    assert "○○○_○○同學.pdf" in page
