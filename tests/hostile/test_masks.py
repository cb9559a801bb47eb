"""What a department masks is nowhere in its folder, wherever the applicant or his school put it, uploads included: name and school, status and photo.

One package that tells everything everywhere is built twice: for a department that masks name and school, and for one that masks status and photo.
What is drawn or said in uploads (scans, other pictures, sound) is not promised; the office's leak report says so.
"""

import io
import json
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import av
import pypdf
import pytest
from pikepdf import Array, Dictionary, Name, Object, OutlineItem, Pdf, PdfError, PdfImage, Stream, String
from PIL import Image, PngImagePlugin

from reviewer import resources
from reviewer.model.selection import Mask
from reviewer.selection.leaks import REMAINS
from reviewer.site.build import build
from reviewer.site.request import Request
from tests.faults.packages.making import Files, write_folder
from tests.hostile import packages, telling
from tests.hostile.pdfs import saved
from tests.hostile.telling import CITY, NAME, SCHOOL, SCHOOL_CODE
from tests.unit.attachments.test_media import film, sound

STATUS, LOW_INCOME, OTHER_STATUS = "特殊境遇家庭子女", "中低收入戶", "身心障礙人士子女"
"""考生身分, 低收入戶, and a status under a key that nobody knows."""

LABEL = "低收入戶"
"""Name of a fact: it stands on every cover as a label, and may stand nowhere else."""

WITHIN = (
    f"我是{NAME}（{' '.join(NAME)}、ＷＡＮＧ），就讀{SCHOOL}（山海高中，{SCHOOL_CODE}，{CITY}），"
    f"家裡是{LOW_INCOME}（{'-'.join(LOW_INCOME)}、{LABEL}），{STATUS}，{OTHER_STATUS}"
)
COURSE = f"112{SCHOOL_CODE}H11101A1010101"
PORTRAIT = (230, 20, 200)
"""Colour of the applicant's photo; nothing else in the package has it."""


@dataclass(frozen=True)
class Hiding:
    """What a department masks, and what of it was planted."""

    masks: tuple[str, ...]
    secrets: tuple[str, ...]
    stays: tuple[str, ...]
    """What is not masked is there: the masks do not hide too much, and the package does tell."""


HIDINGS = {
    "name and school": Hiding(
        masks=("name", "school"),
        secrets=(NAME, SCHOOL, "山海高級中學", "山海高中", SCHOOL_CODE, CITY, "台北市", "WANG"),
        stays=(STATUS, LOW_INCOME, OTHER_STATUS),
    ),
    "status and photo": Hiding(
        masks=("low_income", "photo"),
        secrets=(STATUS, LOW_INCOME, OTHER_STATUS),
        stays=(NAME, SCHOOL, CITY),
    ),
}


def photograph(colour: str | tuple[int, int, int] = "navy") -> bytes:
    exif = Image.Exif()
    exif[0x010E], exif[0x013B], exif[0x8298] = f"{NAME} {STATUS}", f"{SCHOOL} {LOW_INCOME}", NAME
    out = io.BytesIO()
    Image.new("RGB", (90, 120), colour).save(out, "JPEG", exif=exif, comment=WITHIN.encode())
    return out.getvalue()


def certificate() -> bytes:
    """A PDF that tells the status: in its text, over two strings, in its form, its link, its metadata and its bookmark."""
    with Pdf.new() as pdf:
        telling.page(pdf, telling.TEXT + telling.u(f"前{LOW_INCOME}，{STATUS[:3]}") + b" Tj " + telling.u(f"{STATUS[3:]}後") + b" Tj ET")
        drawn = telling.form(pdf, telling.TEXT + telling.u(f"前{' '.join(LOW_INCOME)} {OTHER_STATUS}後") + b" Tj ET")
        made = telling.page(pdf, b"/Fm Do", XObject=Dictionary(Fm=pdf.make_indirect(drawn)))
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]))
        link.A = Dictionary(S=Name.URI, URI=String(f"https://example.org/{LOW_INCOME}"))
        made.Annots = Array([pdf.make_indirect(link)])
        pdf.docinfo["/Author"], pdf.docinfo["/Title"], pdf.docinfo["/Subject"] = LOW_INCOME, STATUS, OTHER_STATUS
        with pdf.open_metadata() as metadata:
            metadata["dc:description"] = STATUS
        with pdf.open_outline() as outline:
            outline.root.append(OutlineItem(LOW_INCOME, 0))
        return saved(pdf)


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
        "低收入戶": LOW_INCOME,
        "考生身分": STATUS,
        "特殊身分": OTHER_STATUS,
        NAME: SCHOOL,
    }
    for row in (*files["修課紀錄.json"]["學習紀錄"], files["課程學習成果.json"][0]):
        row |= {"課程代碼": COURSE, f"備註{NAME}": WITHIN}
    files["修課紀錄.json"][WITHIN] = WITHIN
    contest = files["多元表現.json"]["競賽參與紀錄"][0]
    contest |= {"證明文件連結": f"{NAME}_{SCHOOL}.jpg", "外部影音連結": f"https://example.org/{NAME}", f"欄位{NAME}": {"內": WITHIN}}
    files["多元表現.json"]["服務學習紀錄"] = [
        {"服務名稱": WITHIN, "服務單位名稱": SCHOOL, "證明文件連結": f"{NAME}缺.pdf", "服務學習時數": NAME, "開始日期": WITHIN[:30]},
        {"服務名稱": LOW_INCOME, "服務單位名稱": STATUS, "證明文件連結": f"{LOW_INCOME}_{STATUS}.pdf", OTHER_STATUS: STATUS},
        {"服務名稱": "導覽", "證明文件連結": "照片.jpg", "內容簡述": "證明文件就是照片.jpg"},
    ]
    files[f"{LOW_INCOME}_{STATUS}.pdf"] = certificate()
    files["課程學習成果.json"][0] |= {"課程學習成果文件檔案連結": f"{SCHOOL}_{NAME}.pdf"}
    files[f"{NAME}_{SCHOOL}.jpg"], files[f"{SCHOOL}_{NAME}.pdf"] = photograph(), telling.document()
    files["照片.jpg"] = photograph(PORTRAIT)
    files["學習歷程自述.md"] = (
        f"# {NAME}\n\n{WITHIN}\n\n[{SCHOOL}](https://example.org/{NAME}) ![{NAME}]({NAME}.png)\n\n`{SCHOOL_CODE}`\n\n![{STATUS}](照片.jpg)\n".encode()
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


@pytest.fixture(scope="module", params=HIDINGS)
def hiding(request: pytest.FixtureRequest) -> Hiding:
    return HIDINGS[request.param]


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export")
    write_folder(folder / "001" / "001023" / "10110042", planted(tmp_path_factory.mktemp("media")))
    return folder


@pytest.fixture(scope="module")
def built(exported: Path, hiding: Hiding, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("masks")
    config = root / "config"
    shutil.copytree(resources.data_folder("site_config"), config)
    file = config / "departments" / "001023.toml"
    own, count = re.subn(r"(?m)^masks = .*$", f"masks = {json.dumps(hiding.masks)}", file.read_text(encoding="utf-8"))
    assert count == 1
    file.write_text(own, encoding="utf-8")
    request = Request(packages=str(exported), applications=None, config=config, site=root / "site", cache=root / "cache")
    report = build(request)
    assert report.totals.dossiers == 1, [str(problem) for line in report.totals.set_aside for problem in line.problems]
    return root / "site"


@pytest.fixture(scope="module")
def department(built: Path) -> Path:
    return built / "001023"


def flat(words: str) -> str:
    return "".join(unicodedata.normalize("NFKC", words).split()).upper()


Texts = Callable[[str], list[str]]
Bytes = Callable[[bytes], list[str]]


@pytest.fixture(scope="module")
def told(hiding: Hiding) -> Texts:
    """What of the secrets a text tells."""

    def tell(words: str) -> list[str]:
        plain = flat(words)
        return [secret for secret in hiding.secrets if secret in plain]

    return tell


@pytest.fixture(scope="module")
def bytes_told(hiding: Hiding) -> Bytes:
    """What of the secrets stands in bytes, in any encoding that names and captions are written in."""

    def tell(data: bytes) -> list[str]:
        return [one for one in hiding.secrets if any(one.encode(codec) in data for codec in ("utf-8", "utf-16-le", "utf-16-be", "cp950"))]

    return tell


def test_no_page_shard_sum_or_name_tells(department: Path, told: Texts) -> None:
    for path in department.rglob("*"):
        assert told(path.relative_to(department).as_posix()) == []
        if path.suffix in (".html", ".js", ".json", ".css", "") and path.is_file():
            data = path.read_bytes()
            text = data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8")
            unescaped = re.sub(r"\\u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), text)
            assert told(text) + told(unescaped) + told(unquote(text)) == [], path.name


def test_no_byte_of_any_file_tells(department: Path, bytes_told: Bytes) -> None:
    files = [path for path in department.rglob("*") if path.is_file()]
    assert {path.suffix for path in files} >= {".html", ".js", ".pdf", ".webp", ".mp3", ".mp4"}
    assert [path.name for path in files if bytes_told(path.read_bytes())] == []


def test_the_pdf_does_not_tell_in_words_metadata_or_bookmarks(department: Path, told: Texts) -> None:
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


def test_no_stream_of_the_pdf_tells(department: Path, told: Texts, bytes_told: Bytes) -> None:
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


def words_of(department: Path) -> str:
    command = ["pdftotext", "-raw", str(department / "10110042" / "dossier.pdf"), "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_what_stands_beside_hidden_words_is_still_there(department: Path, hiding: Hiding) -> None:
    words = words_of(department)
    assert words.count("前") >= len(telling.CASES)
    page = (department / "10110042" / "index.html").read_text(encoding="utf-8")
    assert "前" in page
    assert ("○○同學" in page) is ("name" in hiding.masks)


def test_what_is_not_masked_is_there(department: Path, hiding: Hiding) -> None:
    page = (department / "10110042" / "index.html").read_text(encoding="utf-8")
    assert [words for words in hiding.stays if words not in page or words not in flat(words_of(department))] == []


def test_the_name_of_a_hidden_fact_is_a_label_and_nothing_else(department: Path, hiding: Hiding) -> None:
    """The cover says that 低收入戶 is hidden, for whoever applied; in the applicant's own words and files it is gone."""
    page = (department / "10110042" / "index.html").read_text(encoding="utf-8")
    assert f"<dt>{LABEL}</dt>" in page
    assert (LABEL in page.replace(f"<dt>{LABEL}</dt>", "")) is ("low_income" not in hiding.masks)
    assert (words_of(department).count(LABEL) > 1) is ("low_income" not in hiding.masks)


def test_pictures_carry_no_words(department: Path) -> None:
    pictures = [path for path in department.rglob("*") if path.suffix in (".webp", ".jpg", ".png")]
    assert pictures
    for path in pictures:
        with Image.open(path) as image:
            assert not image.getexif()


def has_portrait(picture: Image.Image) -> bool:
    colours = picture.convert("RGB").resize((40, 40)).getcolors(1600) or []
    seen = [colour for _, colour in colours if isinstance(colour, tuple)]
    return any(max(abs(value - own) for value, own in zip(colour, PORTRAIT, strict=True)) < 40 for colour in seen)


def pictures_of(department: Path) -> Iterator[tuple[str, Image.Image]]:
    """Every picture of the folder and every picture within its PDFs."""
    for path in sorted(department.rglob("*")):
        if path.suffix in (".webp", ".jpg", ".png"):
            with Image.open(path) as picture:
                yield path.name, picture.copy()
        if path.suffix == ".pdf":
            with Pdf.open(path) as pdf:
                streams = [thing for thing in pdf.objects if isinstance(thing, Stream) and thing.get("/Subtype") == "/Image"]
                for stream in streams:
                    yield path.name, PdfImage(stream).as_pil_image()


def test_the_photo_is_in_no_picture(department: Path, hiding: Hiding) -> None:
    """Nor where the applicant named the very file as a proof or within his statement."""
    found = [name for name, picture in pictures_of(department) if has_portrait(picture)]
    assert bool(found) is ("photo" not in hiding.masks), found


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


@dataclass(frozen=True)
class Told:
    """What the office's report says of the one dossier."""

    dossier: dict[str, Any]
    sums: dict[str, Any]
    page: str


def office(built: Path) -> Told:
    report = json.loads((built / "build-report.json").read_text(encoding="utf-8"))
    (dossier,), (sums,) = report["dossiers"], report["leaks"]
    return Told(dossier, sums, (built / "build-report.html").read_text(encoding="utf-8"))


def test_the_office_is_told_what_is_hidden(built: Path, hiding: Hiding) -> None:
    told = office(built)
    assert (told.sums["code"], told.sums["dossiers"]) == ("001023", 1)
    assert [one["mask"] for one in told.sums["masked"]] == list(hiding.masks)
    assert "遮蔽與無法保證的部分" in told.page


def test_the_office_is_told_by_file_and_page_without_the_words(built: Path, hiding: Hiding) -> None:
    told = office(built)
    if "name" in hiding.masks:
        assert told.sums["masked"][0]["in_files"] >= len(telling.CASES) - 2
        file = next(file for file in told.dossier["blinding"]["files"] if len(file["pages"]) > 5)
        assert file["name"] == "○○○_○○同學.pdf"
        assert [page["page"] for page in file["pages"] if page["removed"]] == [
            number for number, name in enumerate(telling.CASES, 1) if name not in ("names_and_remarks", "captions_of_a_picture")
        ]
    else:
        status, photo = told.sums["masked"]
        # Two pages of the certificate, two facts each.
        assert (status["in_files"], photo["in_files"]) == (4, 0)
        file = next(file for file in told.dossier["blinding"]["files"] if any(page["removed"] for page in file["pages"]))
        assert file["name"] == "○○○_○○○.pdf"
        assert [(page["page"], page["removed"]) for page in file["pages"]] == [(1, [["low_income", 2]]), (2, [["low_income", 2]])]
    assert file["name"] in told.page


def test_the_office_is_told_what_cannot_be_guaranteed(built: Path, hiding: Hiding) -> None:
    told = office(built)
    doubts = {one["doubt"]: one["files"] for one in told.sums["doubts"]}
    # The photo that an item names is one more picture, unless it is hidden.
    assert doubts == {"scan": 3 if "photo" in hiding.masks else 4, "picture": 1, "garbled": 1, "sound": 1, "film": 1}
    for mask in hiding.masks:
        assert REMAINS[Mask(mask)].zh in told.page
