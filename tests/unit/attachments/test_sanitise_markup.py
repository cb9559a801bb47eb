"""Annotations that come without an appearance: drawn as readers draw them, or told with their words."""

import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from reviewer.attachments import limits
from reviewer.attachments.normalise import installed_faces, normalise
from reviewer.attachments.sanitise import sanitise
from tests.hostile.pdfs import page_of, saved
from tests.unit.attachments import inert, pdfium

WORDS = b"BT /F1 20 Tf 20 130 Td (marked words) Tj ET"
QUADS = [20, 150, 120, 150, 20, 120, 120, 120]
ROUND_ABOUT = [20, 120, 120, 120, 120, 150, 20, 150]


def annotated(**entries: object) -> bytes:
    """A page with an annotation; numbers in lists become arrays."""
    with Pdf.new() as pdf:
        page = page_of(pdf, WORDS)
        page.Resources = Dictionary(Font=Dictionary(F1=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)))
        annotation = pdf.make_indirect(Dictionary(Type=Name.Annot, Rect=Array([20, 120, 120, 150]), F=4))
        for key, value in entries.items():
            annotation[f"/{key}"] = _stated(value)
        page.Annots = Array([annotation])
        if annotation.get("/Subtype") == "/Widget":
            pdf.Root.AcroForm = Dictionary(Fields=Array([annotation]))
        return saved(pdf)


def _stated(value: object) -> object:
    return Array([_stated(one) for one in value]) if isinstance(value, list) else value


def told(document: bytes) -> list[str]:
    return [note.what.zh for note in sanitise(document).notes]


@pytest.mark.parametrize(
    ("kind", "entries", "place", "colour"),
    [
        ("Highlight", {"QuadPoints": QUADS, "C": [1, 1, 0]}, (110, 55), (255, 255, 0)),
        ("Highlight", {"QuadPoints": ROUND_ABOUT, "C": [1, 1, 0]}, (110, 55), (255, 255, 0)),
        ("Highlight", {}, (110, 55), (255, 255, 0)),
        ("Underline", {"QuadPoints": QUADS, "C": [1, 0, 0]}, (110, 78), (255, 0, 0)),
        ("Underline", {"QuadPoints": ROUND_ABOUT, "C": [1, 0, 0]}, (110, 78), (255, 0, 0)),
        ("Squiggly", {"QuadPoints": QUADS, "C": [1, 0, 0]}, (110, 78), (255, 0, 0)),
        ("StrikeOut", {"QuadPoints": QUADS, "C": [0, 0, 1], "CA": 1}, (118, 65), (0, 0, 255)),
        ("Square", {"C": [0, 0, 1], "IC": [0, 1, 0], "BS": Dictionary(W=4)}, (21, 60), (0, 0, 255)),
        ("Square", {"C": [0, 0, 1], "IC": [0, 1, 0], "BS": Dictionary(W=4)}, (110, 55), (0, 255, 0)),
        ("Circle", {"C": [0, 0, 1], "IC": [0, 1, 0], "Border": [0, 0, 4]}, (70, 52), (0, 0, 255)),
        ("Circle", {"C": [0, 0, 1], "IC": [0, 1, 0], "Border": [0, 0, 4]}, (21, 51), (255, 255, 255)),
        ("Line", {"L": [20, 30, 120, 30], "C": [1, 0, 0], "BS": Dictionary(W=4)}, (70, 169), (255, 0, 0)),
        ("Line", {"L": [20, 30, 120, 30], "C": [1], "BS": Dictionary(W=4), "LE": [Name("/None"), Name.OpenArrow]}, (70, 169), (255, 255, 255)),
        ("PolyLine", {"Vertices": [20, 30, 120, 30, 120, 90], "C": [1, 0, 0], "BS": Dictionary(W=4)}, (119, 140), (255, 0, 0)),
        ("Polygon", {"Vertices": [20, 30, 120, 30, 120, 90], "IC": [1, 0, 0]}, (100, 150), (255, 0, 0)),
        ("Ink", {"InkList": [[20, 30, 70, 30, 120, 30], [150, 150]], "C": [1, 0, 0], "BS": Dictionary(W=4)}, (70, 169), (255, 0, 0)),
        ("Ink", {"InkList": [[150, 150]], "C": [0, 0.0, 1, 0], "BS": Dictionary(W=8)}, (149, 50), (255, 242, 0)),
    ],
)  # fmt: skip
def test_marks_and_shapes_are_drawn(kind: str, entries: dict[str, object], place: tuple[int, int], colour: tuple[int, int, int]) -> None:
    sanitised = sanitise(annotated(Subtype=Name(f"/{kind}"), **entries))
    pixel = pdfium.picture(sanitised.pdf, annotations=False).getpixel(place)
    assert isinstance(pixel, tuple)
    assert max(abs(part - meant) for part, meant in zip(pixel, colour, strict=True)) <= 60
    assert sanitised.notes == ()
    assert inert.walk(sanitised.pdf) == []


def test_an_arrow_has_its_head() -> None:
    line: dict[str, object] = {"L": [20, 30, 120, 30], "C": [1, 0, 0], "BS": Dictionary(W=2)}
    plain, arrow = (
        pdfium.picture(sanitise(annotated(Subtype=Name.Line, LE=[Name("/None"), Name(f"/{end}")], **line)).pdf)
        for end in ("None", "OpenArrow")
    )
    assert plain.crop((20, 150, 90, 190)).tobytes() == arrow.crop((20, 150, 90, 190)).tobytes()
    assert pdfium.difference(plain, arrow) > 100


def test_words_below_a_mark_stay_legible() -> None:
    without = pdfium.picture(sanitise(annotated(Subtype=Name.Link)).pdf).convert("L")
    marked = pdfium.picture(sanitise(annotated(Subtype=Name.Highlight, QuadPoints=QUADS)).pdf).convert("L")
    assert marked.getextrema()[0] == without.getextrema()[0] == 0


@pytest.mark.parametrize(
    "entries", [{"Contents": String("方框裡的字 in a box")}, {"RC": String("<body><p>方框裡的字 in a box</p></body>")}]
)
def test_words_in_a_box_are_words_of_the_page_in_the_projects_typeface(entries: dict[str, object]) -> None:
    sanitised = sanitise(annotated(Subtype=Name.FreeText, Rect=[20, 20, 190, 60], DA=String("/Helv 12 Tf 0 g"), **entries))
    normalised = normalise(sanitised.pdf, installed_faces())
    assert normalised.report.characters_left == 0
    assert pdfium.page_texts(normalised.pdf) == ["marked words 方框裡的字 in a box"]
    assert sanitised.notes == ()


def test_a_note_is_told_with_its_words() -> None:
    assert told(annotated(Subtype=Name.Text, Contents=String("老師：\r寫得很好"))) == [
        "第 1 頁附有 1 則點開才看得到的便箋或評註，頁面上沒有這些文字：「老師： 寫得很好」"
    ]
    assert told(annotated(Subtype=Name.Highlight, QuadPoints=QUADS, Contents=String("為什麼？"))) == [
        "第 1 頁附有 1 則點開才看得到的便箋或評註，頁面上沒有這些文字：「為什麼？」"
    ]


def test_words_in_broken_bytes_are_no_reason_to_refuse_a_file() -> None:
    assert told(annotated(Subtype=Name.Text, Contents=String(b"\xef\xbb\xbfa\xff")))[0].endswith("：「a\ufffd」")


def test_a_long_note_is_shortened_and_many_are_counted() -> None:
    assert told(annotated(Subtype=Name.Text, Contents=String("長" * 400)))[0].endswith("：「" + "長" * 300 + "〔…〕」")
    with Pdf.new() as pdf:
        for number in range(1, 4):
            page = page_of(pdf)
            page.Annots = Array([_note(pdf, f"{number}.{one}") for one in range(4)])
        many = saved(pdf)
    (sentence,) = told(many)
    assert sentence.startswith("第 1、2、3 頁附有 12 則")
    assert sentence.endswith("「2.3」〔…〕")


def _note(pdf: Pdf, words: str) -> Object:
    return pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([0, 0, 9, 9]), Contents=String(words)))


def test_what_nobody_can_draw_is_counted() -> None:
    assert told(annotated(Subtype=Name.Stamp)) == ["第 1 頁共有 1 個註解（圖章、便箋等）沒有外觀資料，未顯示在頁面上。"]
    assert told(annotated(Subtype=Name.Stamp, AP=Dictionary(N=Dictionary()), AS=Name.On)) == told(annotated(Subtype=Name.Stamp))


@pytest.mark.parametrize(
    "entries",
    [
        {"Subtype": Name.Stamp, "F": 2},
        {"Subtype": Name.Text, "F": 32, "Contents": String("x")},
        {"Subtype": Name.Text, "StateModel": String("Review"), "Contents": String("Accepted set by x")},
        {"Subtype": Name.Popup, "Contents": String("x")},
        {"Subtype": Name.Link, "Contents": String("x")},
        {"Subtype": Name.Widget, "FT": Name.Sig},
    ],
    ids=str,
)
def test_what_is_hidden_or_has_no_look_by_its_nature_is_not_told(entries: dict[str, object]) -> None:
    assert told(annotated(**entries)) == []


@pytest.mark.parametrize(
    "entries",
    [
        {"Subtype": Name.Ink, "InkList": String("x")},
        {"Subtype": Name.Ink, "InkList": [[String("x"), 1, 2], 7]},
        {"Subtype": Name.Line, "L": [10**12, 1, 2, 3]},
        {"Subtype": Name.Square, "Rect": [0, 0, 10]},
        {"Subtype": Name.FreeText, "Rect": [0, 0, 0, 0]},
        {"Subtype": Name.Underline, "C": []},
    ],
    ids=lambda entries: str(entries)[:60],
)
def test_what_cannot_be_drawn_of_a_shape_is_told(entries: dict[str, object]) -> None:
    assert told(annotated(**entries)) == ["第 1 頁共有 1 個註解（圖章、便箋等）沒有外觀資料，未顯示在頁面上。"]


def test_more_points_than_anybody_draws_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MARKUP_POINTS", 3)
    assert told(annotated(Subtype=Name.Ink, InkList=[[1, 2] * 3])) == []
    assert told(annotated(Subtype=Name.Ink, InkList=[[1, 2] * 3, [1, 2]])) != []


@pytest.mark.parametrize(
    "entries",
    [
        {"C": [9, -3, String("x")], "BS": Dictionary(W=String("x"), S=Name.D, D=Array([String("x")]))},
        {"C": Name.Red, "CA": String("x"), "BS": Dictionary(W=-4)},
        {"CA": 0.5, "BS": Dictionary(S=Name.D, D=Array([0, 0])), "RD": [100, 100, 100, 100]},
        {"Border": [1]},
    ],
    ids=str,
)
def test_entries_of_another_kind_are_passed_over(entries: dict[str, object]) -> None:
    sanitised = sanitise(annotated(Subtype=Name.Square, **entries))
    assert sanitised.notes == ()
    assert inert.walk(sanitised.pdf) == []
