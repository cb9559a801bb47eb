"""PDFs that tell who wrote them, each in another way. Beside the words that must go stand 前 and 後, which must stay where they are."""

import io
import zlib
from collections.abc import Callable

from pikepdf import Array, Dictionary, Name, Object, OutlineItem, Pdf, String
from PIL import Image

from tests.hostile.pdfs import page_of, saved
from tests.unit.attachments.text_pdfs import composite_font, hexadecimal, to_unicode

NAME, SCHOOL, SCHOOL_CODE, CITY = "諸葛怡萱", "國立山海高級中學", "350301", "臺北市"
"""Who wrote them."""

STAY = "前後"
"""Letters that every page shows, and that stay where they are."""

CASES: dict[str, Callable[[Pdf], None]] = {}
"""What makes the page of each case, by its name."""

Case = Callable[[Pdf], None]


def case(make: Case) -> Case:
    CASES[make.__name__] = make
    return make


def u(text: str) -> bytes:
    """A string of a font whose codes are UTF-16."""
    return hexadecimal(text.encode("utf-16-be"))


def fonts(pdf: Pdf, *, vertical: bool = False) -> Object:
    return Dictionary(F1=pdf.make_indirect(composite_font("UniCNS-UTF16-V" if vertical else "UniCNS-UTF16-H", "CNS1")))


def page(pdf: Pdf, content: bytes, *, vertical: bool = False, **resources: object) -> Object:
    made = page_of(pdf, content)
    made.Resources = Dictionary(Font=fonts(pdf, vertical=vertical))
    for key, value in resources.items():
        made.Resources[f"/{key}"] = value
    return made


def form(pdf: Pdf, content: bytes, subtype: str = "Form") -> Object:
    made = pdf.make_stream(content)
    made.Type, made.Subtype, made.BBox = Name.XObject, Name(f"/{subtype}"), Array([0, 0, 200, 200])
    made.Resources = Dictionary(Font=fonts(pdf))
    return made


TEXT = b"BT /F1 12 Tf 20 150 Td "


@case
def one_string(pdf: Pdf) -> None:
    page(pdf, TEXT + u(f"前{NAME}後") + b" Tj ET")


@case
def pieces_of_tj(pdf: Pdf) -> None:
    page(pdf, TEXT + b"[" + u(f"前{NAME[0]}") + b" -50 " + u(NAME[1:3]) + b" 20 30 " + u(f"{NAME[3]}後") + b"] TJ ET")


@case
def spaced_and_marked(pdf: Pdf) -> None:
    page(pdf, TEXT + u("前" + " ".join(NAME)) + b" Tj 0 -20 Td " + u("\u3000".join(NAME) + "-".join(NAME)) + b" Tj " + u("後") + b" Tj ET")


@case
def over_two_lines(pdf: Pdf) -> None:
    page(pdf, TEXT + b"14 TL " + u(f"前{NAME[:2]}") + b" Tj " + u(f"{NAME[2:]}後") + b" ' 1 2 " + u(SCHOOL) + b' " ET')


@case
def other_spellings(pdf: Pdf) -> None:
    page(pdf, TEXT + u(f"前台北市Ｗａｎｇ３５０３０１112{SCHOOL_CODE}H11101A1010101後山海高中") + b" Tj ET")


@case
def spacing_and_scaling(pdf: Pdf) -> None:
    page(pdf, b"BT 3 Tc 2 Tw 80 Tz 4 Ts /F1 12 Tf 20 150 Td " + u(f"前{NAME}") + b" Tj " + u("後") + b" Tj ET")


@case
def turned(pdf: Pdf) -> None:
    page(pdf, b"0.9 0.2 -0.2 0.9 5 5 cm BT /F1 -12 Tf -1.1 0 0.3 -1 30 100 Tm " + u(f"前{NAME}") + b" Tj " + u("後") + b" Tj ET")


@case
def down_the_page(pdf: Pdf) -> None:
    page(pdf, b"BT 1 Tc /F1 12 Tf 150 180 Td " + u("前") + b" Tj " + u(NAME) + b" Tj " + u("後") + b" Tj ET", vertical=True)


@case
def letter_by_letter_downwards(pdf: Pdf) -> None:
    letters = b"".join(
        f"1 0 0 1 50 {150 - 15 * place} Tm ".encode() + u(letter) + b" Tj " for place, letter in reversed(list(enumerate(NAME)))
    )
    page(pdf, b"BT /F1 12 Tf " + letters + b"1 0 0 1 50 170 Tm " + u("前") + b" Tj 1 0 0 1 50 50 Tm " + u("後") + b" Tj ET")


@case
def out_of_order(pdf: Pdf) -> None:
    page(pdf, b"BT /F1 12 Tf 1 0 0 1 44 150 Tm " + u(f"{NAME[1:]}後") + b" Tj 1 0 0 1 20 150 Tm " + u(f"前{NAME[0]}") + b" Tj ET")


@case
def drawn_twice(pdf: Pdf) -> None:
    letters = b"".join(
        f"1 0 0 1 {20 + 12 * place + shift} 150 Tm ".encode() + u(letter) + b" Tj "
        for place, letter in enumerate(f"前{NAME}後")
        for shift in (0, 0.3)
    )
    page(pdf, b"BT /F1 12 Tf " + letters + b"ET")


@case
def in_a_form(pdf: Pdf) -> None:
    drawn = form(pdf, TEXT + u(f"前{NAME}後") + b" Tj ET")
    page(pdf, b"q 0.5 0 0 0.5 10 10 cm /Fm Do Q /Fm Do", XObject=Dictionary(Fm=pdf.make_indirect(drawn)))


@case
def over_two_forms(pdf: Pdf) -> None:
    one, other = form(pdf, TEXT + u(f"前{NAME[:2]}") + b" Tj ET"), form(pdf, b"BT /F1 12 Tf 56 150 Td " + u(f"{NAME[2:]}後") + b" Tj ET")
    page(pdf, b"/A Do /B Do", XObject=Dictionary(A=pdf.make_indirect(one), B=pdf.make_indirect(other)))


@case
def in_a_pattern(pdf: Pdf) -> None:
    pattern = pdf.make_stream(b"BT /F1 12 Tf 5 50 Td " + u(NAME) + b" Tj ET")
    pattern.Type, pattern.PatternType, pattern.PaintType, pattern.TilingType = Name.Pattern, 1, 1, 1
    pattern.BBox, pattern.XStep, pattern.YStep, pattern.Resources = Array([0, 0, 90, 90]), 90, 90, Dictionary(Font=fonts(pdf))
    content = b"/Pattern cs /P scn 0 0 200 100 re f " + TEXT + u(STAY) + b" Tj ET"
    page(pdf, content, Pattern=Dictionary(P=pdf.make_indirect(pattern)))


@case
def in_an_annotation_and_a_field(pdf: Pdf) -> None:
    made = page(pdf, TEXT + u(STAY) + b" Tj ET")
    note = Dictionary(Type=Name.Annot, Subtype=Name.FreeText, Rect=Array([20, 20, 180, 60]), Contents=String(NAME), T=String(NAME))
    note.AP = Dictionary(N=pdf.make_indirect(form(pdf, b"BT /F1 12 Tf 5 5 Td " + u(NAME) + b" Tj ET")))
    field = Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String(NAME), V=String(NAME), Rect=Array([20, 70, 180, 90]), DA=String("/H 9 Tf 0 g")
    )  # fmt: skip
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]))
    link.A = Dictionary(S=Name.URI, URI=String(f"https://example.org/{NAME}/%E8%AB%B8%E8%91%9B%E6%80%A1%E8%90%B1.html"))
    made.Annots = Array([pdf.make_indirect(one) for one in (note, field, link)])
    pdf.Root.AcroForm = Dictionary(Fields=Array([made.Annots[1]]), DA=String("/H 9 Tf 0 g"))


@case
def said_instead_of_drawn(pdf: Pdf) -> None:
    spoken = hexadecimal(b"\xfe\xff" + NAME.encode("utf-16-be"))
    content = (
        TEXT
        + u("前")
        + b" Tj /Span <</ActualText "
        + spoken
        + b">> BDC "
        + u("甲乙丙丁")
        + b" Tj EMC /Span /P1 BDC "
        + u("戊")
        + b" Tj EMC "
    )
    properties = Dictionary(P1=pdf.make_indirect(Dictionary(ActualText=String(NAME), Alt=String(NAME), E=String(NAME))))
    page(pdf, content + u("後") + b" Tj ET", Properties=properties)


@case
def said_letter_by_letter(pdf: Pdf) -> None:
    spans = b"".join(
        b"/Span <</ActualText " + hexadecimal(b"\xfe\xff" + one.encode("utf-16-be")) + b">> BDC " + u("甲") + b" Tj EMC " for one in NAME
    )
    page(pdf, TEXT + u("前") + b" Tj " + spans + u("後") + b" Tj ET")


@case
def codes_of_its_own(pdf: Pdf) -> None:
    """One-byte codes in an order of their own, told by a table to Unicode alone."""
    letters = f"前{NAME}後"
    font = Dictionary(
        Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name("/ABCDEF+Own"), FirstChar=1, LastChar=len(letters),
        Widths=Array([900 + 10 * place for place in range(len(letters))]), ToUnicode=to_unicode(pdf, dict(enumerate(letters, 1)), 2),
    )  # fmt: skip
    made = page(pdf, TEXT + hexadecimal(bytes(range(1, len(letters) + 1))) + b" Tj ET")
    made.Resources.Font = Dictionary(F1=pdf.make_indirect(font))


@case
def one_code_for_all(pdf: Pdf) -> None:
    """A ligature: one code that stands for the whole name."""
    font = composite_font("Identity-H", "Identity", ToUnicode=to_unicode(pdf, {1: "前", 2: NAME, 3: "後"}))
    made = page(pdf, TEXT + b"<000100020003> Tj ET")
    made.Resources.Font = Dictionary(F1=pdf.make_indirect(font))


@case
def drawn_by_procedures(pdf: Pdf) -> None:
    """A Type 3 font with a table to Unicode that cannot be replaced: its procedures set colours."""
    letters = f"前{NAME}後"
    glyphs = {f"/g{code}": pdf.make_stream(b"1000 0 d0 1 0 0 rg 50 0 700 700 re f") for code in range(len(letters))}
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, 0, 1000, 1000]), FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
        CharProcs=Dictionary(glyphs), Encoding=Dictionary(Differences=Array([0, *(Name(name) for name in glyphs)])),
        FirstChar=0, LastChar=len(letters) - 1, Widths=Array([1000] * len(letters)), ToUnicode=to_unicode(pdf, dict(enumerate(letters)), 2),
    )  # fmt: skip
    made = page(pdf, TEXT + hexadecimal(bytes(range(len(letters)))) + b" Tj ET")
    made.Resources.Font = Dictionary(F1=pdf.make_indirect(font))


@case
def behind_a_scan(pdf: Pdf) -> None:
    page(pdf, b"BT 3 Tr /F1 12 Tf 20 150 Td " + u(f"前{NAME}後") + b" Tj ET")


@case
def names_and_remarks(pdf: Pdf) -> None:
    """Names of fonts and resources, a mark's name, remarks, operators that nobody knows."""
    font = composite_font("UniCNS-UTF16-H", "CNS1", name=f"ABCDEF+{NAME}")
    hexed = "".join(f"#{byte:02x}" for byte in NAME.encode())
    content = f"% {NAME}\n/{hexed} BMC EMC BX ({NAME}) what EX /{hexed} Do ".encode() + TEXT + u(STAY) + b" Tj ET"
    made = page(pdf, content, XObject=Dictionary({f"/{NAME}": pdf.make_indirect(form(pdf, b"0 0 5 5 re f"))}))
    made.Resources.Font = Dictionary(F1=pdf.make_indirect(font))


@case
def captions_of_a_picture(pdf: Pdf) -> None:
    """A photograph within a second filter, which hides its caption from a look at the first bytes."""
    exif = Image.Exif()
    exif[0x010E], exif[0x013B] = NAME, SCHOOL
    out = io.BytesIO()
    Image.new("RGB", (90, 60), "navy").save(out, "JPEG", exif=exif, comment=NAME.encode())
    picture = pdf.make_stream(zlib.compress(out.getvalue()))
    picture.Type, picture.Subtype, picture.Width, picture.Height = Name.XObject, Name.Image, 90, 60
    picture.ColorSpace, picture.BitsPerComponent, picture.Filter = Name.DeviceRGB, 8, Array([Name.FlateDecode, Name.DCTDecode])
    page(pdf, b"q 90 0 0 60 50 50 cm /Im Do Q " + TEXT + u(STAY) + b" Tj ET", XObject=Dictionary(Im=picture))


def document(*names: str) -> bytes:
    """The pages of these cases, of all when none is named, in a document whose metadata, bookmarks, labels and embedded file's name tell as well."""
    with Pdf.new() as pdf:
        for name in names or tuple(CASES):
            CASES[name](pdf)
        pdf.docinfo["/Author"], pdf.docinfo["/Title"] = NAME, SCHOOL
        with pdf.open_metadata() as metadata:
            metadata["dc:creator"] = [NAME]
        with pdf.open_outline() as outline:
            outline.root.append(OutlineItem(NAME, 0))
        pdf.attachments[f"{NAME}.txt"] = NAME.encode()
        return saved(pdf)
