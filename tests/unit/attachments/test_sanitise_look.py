"""What is inert looks as it did: boxes, rotation, annotations, fields, layers."""

import io

import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from reviewer.attachments.normalise import installed_faces, normalise
from reviewer.attachments.sanitise import sanitise
from tests.hostile.pdfs import page_of, saved
from tests.unit.attachments import inert, pdfium

CONTENT = b"0.9 0.2 0.1 rg 20 30 60 40 re f 0 0 1 RG 3 w 10 10 m 190 150 l S"


def _form(pdf: Pdf, content: bytes, box: list[float], matrix: list[float] | None = None) -> Object:
    form = pdf.make_stream(content)
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array(box)
    if matrix:
        form.Matrix = Array(matrix)
    return form


def _annotated(pdf: Pdf, page: Object, **entries: object) -> Object:
    annotation = pdf.make_indirect(Dictionary(Type=Name.Annot, Rect=Array([20, 120, 120, 160])))
    for key, value in entries.items():
        annotation[f"/{key}"] = value
    page.Annots = Array([*page.get("/Annots", []), annotation])
    return annotation


@pytest.mark.parametrize(
    "entries",
    [
        {"Rotate": 90},
        {"Rotate": 180},
        {"Rotate": -90},
        {"Rotate": 450},
        {"CropBox": [10, 20, 150, 120]},
        {"CropBox": [150, 120, 10, 20], "Rotate": 270},
        {"CropBox": [-50, -50, 100, 100]},
        {"UserUnit": 2},
        {"MediaBox": [-30, -40, 170, 160], "TrimBox": [0, 0, 9, 9], "ArtBox": [0, 0, 9, 9]},
    ],
    ids=str,
)
def test_a_page_keeps_its_area_and_its_turn(entries: dict[str, object]) -> None:
    with Pdf.new() as pdf:
        page = page_of(pdf, CONTENT)
        for key, value in entries.items():
            page[f"/{key}"] = Array(value) if isinstance(value, list) else value
        original = saved(pdf)
    sanitised = sanitise(original).pdf
    assert pdfium.difference(pdfium.picture(original), pdfium.picture(sanitised)) == 0
    assert b"TrimBox" not in sanitised


@pytest.mark.parametrize("crop", [[500, 500, 600, 600], [0, 0, 1, 1], [1, 2, 3], ["x", 0, 0, 0]], ids=str)
def test_a_crop_box_that_cannot_be_is_not_heeded(crop: list[object]) -> None:
    with Pdf.new() as pdf:
        page = page_of(pdf, CONTENT)
        without = saved(pdf)
        page.CropBox = Array([String(side) if isinstance(side, str) else side for side in crop])
        original = saved(pdf)
    assert sanitise(original).pdf == sanitise(without).pdf


def test_annotations_are_drawn_as_they_are_shown_by_matrix_and_box() -> None:
    with Pdf.new() as pdf:
        page = page_of(pdf)
        turned = _form(pdf, b"0 0.6 0 rg 0 0 30 10 re f 0 g 0 0 5 5 re f", [0, 0, 30, 10], [0, 1, -1, 0, 3, 4])
        _annotated(pdf, page, Subtype=Name.Stamp, AP=Dictionary(N=turned), F=4)
        original = saved(pdf)
    sanitised = sanitise(original).pdf
    assert pdfium.difference(pdfium.picture(original), pdfium.picture(sanitised, annotations=False)) == 0
    assert inert.walk(sanitised) == []


@pytest.mark.parametrize(("flag", "name"), [(2, "hidden"), (32, "not for viewing")])
def test_what_is_hidden_stays_hidden(flag: int, name: str) -> None:
    with Pdf.new() as pdf:
        page = page_of(pdf)
        original_without = saved(pdf)
        _annotated(pdf, page, Subtype=Name.Stamp, AP=Dictionary(N=_form(pdf, b"0 g 0 0 9 9 re f", [0, 0, 9, 9])), F=flag)
        original = saved(pdf)
    assert pdfium.difference(pdfium.picture(original_without), pdfium.picture(sanitise(original).pdf)) == 0, name


@pytest.mark.parametrize("state", ["On", "Off"])
def test_a_check_box_shows_its_state(state: str) -> None:
    with Pdf.new() as pdf:
        page = page_of(pdf)
        states = Dictionary(
            On=_form(pdf, b"0 g 0 0 40 40 re f", [0, 0, 40, 40]), Off=_form(pdf, b"1 0 0 RG 0 0 40 40 re S", [0, 0, 40, 40])
        )
        field = _annotated(pdf, page, Subtype=Name.Widget, FT=Name.Btn, T=String("c"), AS=Name(f"/{state}"), AP=Dictionary(N=states), F=4)
        pdf.Root.AcroForm = Dictionary(Fields=Array([field]))
        original = saved(pdf)
    assert pdfium.difference(pdfium.picture(original, annotations=False), pdfium.picture(sanitise(original).pdf)) > 100
    dark = pdfium.picture(sanitise(original).pdf).getpixel((70, 60))
    assert (dark == (0, 0, 0)) == (state == "On")


@pytest.mark.parametrize("needed", [True, False])
def test_a_field_without_appearance_shows_its_value_in_the_projects_typeface(needed: bool) -> None:
    with Pdf.new() as pdf:
        page = page_of(pdf)
        stale = _form(pdf, b"", [0, 0, 100, 40])
        field = _annotated(pdf, page, Subtype=Name.Widget, T=String("name"), DA=String("/Helv 12 Tf 0 g"), F=4)
        parent = pdf.make_indirect(Dictionary(FT=Name.Tx, V=String("王小明 Wang"), Kids=Array([field])))
        field.Parent = parent
        if needed:
            field.AP = Dictionary(N=stale)
        pdf.Root.AcroForm = Dictionary(Fields=Array([parent]), NeedAppearances=needed)
        original = saved(pdf)
    sanitised = sanitise(original).pdf
    assert pdfium.page_texts(sanitised) == ["王小明 Wang"]
    normalised = normalise(sanitised, installed_faces())
    assert normalised.report.characters_left == 0
    assert pdfium.page_texts(normalised.pdf) == ["王小明 Wang"]


def test_a_field_of_several_lines_is_wrapped() -> None:
    with Pdf.new() as pdf:
        page = page_of(pdf)
        field = _annotated(
            pdf, page, Subtype=Name.Widget, FT=Name.Tx, Ff=4096, T=String("t"), V=String("我參加了三次服務學習活動\n很有收穫"),
            DA=String("/Helv 12 Tf 0 g"), F=4,
        )  # fmt: skip
        pdf.Root.AcroForm = Dictionary(Fields=Array([field]))
        original = saved(pdf)
    heights = {round(y) for _, _, y in pdfium.origins(sanitise(original).pdf)[0]}
    assert len(heights) == 3


def _layered(base: str, on: list[int], off: list[int]) -> bytes:
    with Pdf.new() as pdf:
        page = page_of(
            pdf, b"/OC /L0 BDC q 0 0 1 rg 10 10 50 50 re f Q EMC /OC /L1 BDC 1 0 0 rg 100 10 50 50 re f EMC /Fm Do 20 150 30 30 re f"
        )
        groups = [pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(str(number)))) for number in range(3)]
        form = _form(pdf, b"0 0.5 0 rg 100 100 50 50 re f", [0, 0, 200, 200])
        form.OC = groups[2]
        page.Resources = Dictionary(Properties=Dictionary(L0=groups[0], L1=groups[1]), XObject=Dictionary(Fm=form))
        default = Dictionary(BaseState=Name(f"/{base}"), ON=Array([groups[one] for one in on]), OFF=Array([groups[one] for one in off]))
        pdf.Root.OCProperties = Dictionary(OCGs=Array(groups), D=default)
        return saved(pdf)


@pytest.mark.parametrize(
    ("base", "on", "off"), [("ON", [], []), ("ON", [], [0]), ("ON", [], [1, 2]), ("OFF", [1], []), ("OFF", [], []), ("OFF", [0, 2], [])]
)
def test_layers_are_kept_as_they_are_shown_when_the_file_is_opened(base: str, on: list[int], off: list[int]) -> None:
    original = _layered(base, on, off)
    sanitised = sanitise(original).pdf
    assert pdfium.difference(pdfium.picture(original), pdfium.picture(sanitised)) == 0
    assert inert.walk(sanitised) == []
    with Pdf.open(io.BytesIO(sanitised)) as placed, Pdf.new() as other:  # as a later step does: the catalogue is lost
        other.pages.extend(placed.pages)
        assert pdfium.difference(pdfium.picture(original), pdfium.picture(saved(other))) == 0
