"""PDFs as an attacker, or a broken program, would send them. Made when the tests run; nothing hostile lies in the repository."""

import io
import zlib
from collections.abc import Callable

from pikepdf import Array, Dictionary, Encryption, Name, Object, Pdf, StreamDecodeLevel, String
from PIL import Image

XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></x:xmpmeta>'


def saved(pdf: Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out, static_id=True, compress_streams=False, stream_decode_level=StreamDecodeLevel.none)
    return out.getvalue()


def page_of(pdf: Pdf, content: bytes = b"0.2 0.4 0.6 rg 20 20 100 60 re f") -> Object:
    pdf.add_blank_page(page_size=(200, 200))
    page = pdf.pages[-1].obj
    page.Contents = pdf.make_stream(content)
    return page


def plain() -> bytes:
    with Pdf.new() as pdf:
        page_of(pdf)
        return saved(pdf)


def _script(words: str = "app.alert('x')") -> Object:
    return Dictionary(S=Name.JavaScript, JS=String(words))


def active_everywhere() -> bytes:
    """JavaScript in ten places, and every other action, embedded file, medium, form, and private datum that the standard has room for."""
    with Pdf.new() as pdf:
        page = page_of(pdf)
        root = pdf.Root
        stream = pdf.make_stream(b"MZ evil")
        stream.Type = Name.EmbeddedFile
        file = pdf.make_indirect(Dictionary(Type=Name.Filespec, F=String("evil.exe"), EF=Dictionary(F=stream)))
        action = _script()
        action.Next = Array([_script(), Dictionary(S=Name.Launch, F=String("calc.exe"))])
        root.OpenAction = action  # 1, 2
        root.AA = Dictionary(WC=_script(), DP=_script())  # 3
        root.Names = Dictionary(
            JavaScript=Dictionary(Names=Array([String("a"), _script()])),  # 4
            EmbeddedFiles=Dictionary(Names=Array([String("evil.exe"), file])),
        )
        root.AF = Array([file])
        root.Outlines = pdf.make_indirect(Dictionary(Count=1))
        item = pdf.make_indirect(Dictionary(Title=String("click"), A=_script(), Parent=root.Outlines))  # 5
        root.Outlines.First = root.Outlines.Last = item
        root.URI = Dictionary(Base=String("http://example.com/"))
        root.Collection = Dictionary(View=Name.D)
        root.Metadata = pdf.make_stream(XMP)
        pdf.trailer.Info = pdf.make_indirect(Dictionary())
        pdf.trailer.Info["/Author"] = String("王小明")
        page.AA = Dictionary(O=_script())  # 6
        page.Metadata, page.Thumb = pdf.make_stream(b"<x/>"), pdf.make_stream(b"thumb")
        page.PieceInfo = Dictionary(Word=Dictionary(Private=_script()))  # 7
        page.B = Array([file])
        field = Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("f"), V=String("v"), Rect=Array([10, 150, 90, 170]),
            A=_script(), AA=Dictionary(K=_script(), F=_script()),  # 8, 9
        )  # fmt: skip
        field = pdf.make_indirect(field)
        root.AcroForm = Dictionary(Fields=Array([field]), XFA=pdf.make_stream(b"<xdp/>"), DA=String("/Helv 0 Tf 0 g"))
        annotations = [field]
        for kind, extra in (
            ("Link", {"/A": Dictionary(S=Name.URI, URI=String("https://example.com/a?b=1"))}),
            ("Link", {"/A": Dictionary(S=Name.GoToR, F=String("other.pdf"), D=Array([0, Name.Fit]))}),
            ("Link", {"/A": Dictionary(S=Name.SubmitForm, F=String("http://example.com/"))}),
            ("Link", {"/A": Dictionary(S=Name.ImportData, F=String("x.fdf"))}),
            ("Link", {"/A": Dictionary(S=Name.GoToE, F=file)}),
            ("Screen", {"/A": Dictionary(S=Name.Rendition, OP=0, R=Dictionary(C=Dictionary(D=file)), JS=String("x()"))}),  # 10
            ("Movie", {"/Movie": Dictionary(F=file)}),
            ("RichMedia", {"/RichMediaContent": Dictionary(Assets=Dictionary(Names=Array([String("a.swf"), file])))}),
            ("3D", {"/3DD": stream}),
            ("FileAttachment", {"/FS": file}),
        ):
            annotations.append(pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name(f"/{kind}"), Rect=Array([0, 0, 9, 9]))))
            for key, value in extra.items():
                annotations[-1][key] = value
        page.Annots = Array(annotations)
        _hide_in_resources(pdf, page, file)
        return saved(pdf)


def _hide_in_resources(pdf: Pdf, page: Object, file: Object) -> None:
    """Put actions and files where only drawing should be: what a list of forbidden places forgets."""
    form = pdf.make_stream(b"1 0 0 rg 150 150 20 20 re f")
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 200, 200])
    form.AF, form.Ref, form.PieceInfo = Array([file]), Dictionary(F=file, Page=0), Dictionary(X=Dictionary(Private=_script()))
    form.Metadata, form.OPI, form.AA = pdf.make_stream(b"<x/>"), Dictionary(V=file), Dictionary(O=_script())
    image = pdf.make_stream(
        b"\x80", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, BitsPerComponent=8, ColorSpace=Name.DeviceGray
    )
    image.Alternates = Array([Dictionary(Image=file)])
    image.Metadata = _script()
    script = pdf.make_stream(b"showpage", Type=Name.XObject, Subtype=Name.PS)
    outside = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, F=file, FFilter=Name.FlateDecode)
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, AA=_script(), Evil=file)
    page.Resources = Dictionary(
        XObject=Dictionary(Fm=form, Im=image, Ps=script, Ex=outside),
        Font=Dictionary(F1=font),
        ExtGState=Dictionary(G=Dictionary(Type=Name.ExtGState, CA=1, Evil=_script(), SMask=Dictionary(S=Name.Alpha, G=form, A=_script()))),
        Properties=Dictionary(P=Dictionary(Metadata=file, AF=Array([file]))),
        Evil=_script(),
        ColorSpace=Dictionary(
            C=Array([Name.Separation, Name.X, Name.DeviceGray, Dictionary(FunctionType=2, N=1, Domain=Array([0, 1]), JS=String("x"))])
        ),
    )
    page.Contents = pdf.make_stream(b"/Fm Do q 10 0 0 10 50 50 cm /Im Do Q BT /F1 12 Tf 20 100 Td (plain) Tj ET")


def locked(password: str, *, owner: str = "owner") -> bytes:
    with Pdf.open(io.BytesIO(plain())) as pdf:
        out = io.BytesIO()
        pdf.save(out, encryption=Encryption(user=password, owner=owner))
        return out.getvalue()


def many_pages(count: int) -> bytes:
    with Pdf.open(io.BytesIO(plain())) as pdf:
        for _ in range(count - 1):
            pdf.pages.append(pdf.pages[0])
        return saved(pdf)


def many_objects(count: int) -> bytes:
    """A flat file of small objects; none is used."""
    body = bytearray(b"%PDF-1.4\n")
    body += b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    body += b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
    body += b"".join(b"%d 0 obj 0 endobj\n" % number for number in range(4, count))
    return bytes(body + b"trailer<</Root 1 0 R/Size %d>>\n%%%%EOF" % count)


def content_bomb(megabytes: int, *, times: int = 1) -> bytes:
    """A content stream that inflates to many megabytes of blanks; `times` filters in a row."""
    data = b" " * (megabytes * 2**20)
    for _ in range(times):
        data = zlib.compress(data, 9)
    with Pdf.new() as pdf:
        page = page_of(pdf)
        page.Contents = pdf.make_stream(b"x")
        page.Contents.write(data, filter=Array([Name.FlateDecode] * times))
        return saved(pdf)


def pixel_bomb() -> bytes:
    """A picture of 100,000 times 100,000 pixels in a few bytes."""
    with Pdf.new() as pdf:
        page = page_of(pdf, b"200 0 0 200 0 0 cm /Im Do")
        image = pdf.make_stream(b"\0" * 10, Type=Name.XObject, Subtype=Name.Image, Width=100_000, Height=100_000)
        image.BitsPerComponent, image.ColorSpace = 8, Name.DeviceGray
        page.Resources = Dictionary(XObject=Dictionary(Im=image))
        return saved(pdf)


def picture_bomb(megabytes: int) -> bytes:
    """A picture of one pixel whose data inflate to many megabytes."""
    with Pdf.new() as pdf:
        page = page_of(pdf, b"200 0 0 200 0 0 cm /Im Do")
        image = pdf.make_stream(
            b"x", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, BitsPerComponent=8, ColorSpace=Name.DeviceGray
        )
        image.write(zlib.compress(b"\0" * megabytes * 2**20, 9), filter=Name.FlateDecode)
        page.Resources = Dictionary(XObject=Dictionary(Im=image))
        return saved(pdf)


def cyclic_page_tree() -> bytes:
    body = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R 3 0 R 2 0 R]/Count 3>>endobj\n"
    return body + b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


def cyclic_forms() -> bytes:
    """Two forms that draw each other, and one that draws itself."""
    with Pdf.new() as pdf:
        page = page_of(pdf, b"/Fa Do /Fa Do")
        forms = [pdf.make_stream(b"/Fa Do /Fb Do 1 0 0 rg 10 10 50 50 re f") for _ in range(2)]
        for form in forms:
            form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 200, 200])
            form.Resources = Dictionary(XObject=Dictionary(Fa=forms[0], Fb=forms[1]))
        page.Resources = Dictionary(XObject=Dictionary(Fa=forms[0]))
        return saved(pdf)


def deep_forms(depth: int) -> bytes:
    """Forms within forms, each drawn twice: two to the power of `depth` drawings for whoever counts them out."""
    with Pdf.new() as pdf:
        page = page_of(pdf, b"/Fa Do")
        inner = pdf.make_stream(b"BT ET")
        inner.Type, inner.Subtype, inner.BBox = Name.XObject, Name.Form, Array([0, 0, 200, 200])
        for _ in range(depth):
            outer = pdf.make_stream(b"/Fa Do /Fa Do")
            outer.Type, outer.Subtype, outer.BBox = Name.XObject, Name.Form, Array([0, 0, 200, 200])
            outer.Resources = Dictionary(XObject=Dictionary(Fa=inner))
            inner = outer
        page.Resources = Dictionary(XObject=Dictionary(Fa=inner))
        return saved(pdf)


def nested_arrays(depth: int) -> bytes:
    body = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    body += b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Resources<</Font<</F1 " + b"[" * depth + b"]" * depth + b">>>>>>endobj\n"
    return body + b"trailer<</Root 1 0 R>>\n%%EOF"


def wrong_kinds() -> bytes:
    """Numbers, names and arrays where dictionaries belong."""
    body = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R/AcroForm 7/OCProperties[1]/Names(x)>>endobj\n"
    body += b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    body += b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[/a 0 99 (z)]/CropBox 5/Rotate/x/UserUnit(y)/Annots<</A 1>>/Contents[4 0 R 5 /N]"
    body += b"/Resources<</Font[1 2]/XObject<</X 3/Y[4]/Z(s)>>/ExtGState 5/ColorSpace<</C/D>>>>>>endobj\n"
    return body + b"4 0 obj<</Length 30>>stream\nBT /F 12 Tf (x) Tj ET /X Do   \nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


def truncated() -> bytes:
    return plain()[:-250]


def broken_references() -> bytes:
    return plain().replace(b"startxref\n", b"startxref\n9")


def photographed() -> bytes:
    """A page with a photograph that says where it was taken."""
    exif = Image.Exif()
    exif[0x0110] = "Secret Camera"
    exif.get_ifd(0x8825)[2] = (25.0, 2.0, 1.0)
    out = io.BytesIO()
    Image.linear_gradient("L").convert("RGB").save(out, "JPEG", exif=exif, comment=b"secret comment")
    with Pdf.new() as pdf:
        page = page_of(pdf, b"200 0 0 200 0 0 cm /Im Do")
        image = pdf.make_stream(b"x", Type=Name.XObject, Subtype=Name.Image, Width=256, Height=256, BitsPerComponent=8)
        image.ColorSpace = Name.DeviceRGB
        image.write(out.getvalue(), filter=Name.DCTDecode)
        page.Resources = Dictionary(XObject=Dictionary(Im=image))
        return saved(pdf)


def uncounted_pages() -> bytes:
    """A tree of pages without their count, a name where a page should be: qpdf holds that to be impossible."""
    return plain().replace(b"/Count 1", b"/Coumt 1").replace(b"/Kids [ ", b"/Kids [/x ")


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "zero bytes": (lambda: b"", "pdf-empty"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 2000, "pdf-not-a-pdf"),
    "a header and nothing else": (lambda: b"%PDF-1.4\n", "pdf-damaged"),
    "a page tree that contains itself": (cyclic_page_tree, "pdf-damaged"),
    "a page tree without a count": (uncounted_pages, "pdf-damaged"),
    "forms that multiply": (lambda: deep_forms(20), "pdf-too-many-drawings"),
    "forms forty deep": (lambda: deep_forms(40), "pdf-too-many-drawings"),
    "a password": (lambda: locked("secret"), "pdf-locked"),
    "a bomb of blanks": (lambda: content_bomb(200), "pdf-stream-too-large"),
    "a bomb within a bomb": (lambda: content_bomb(200, times=2), "pdf-stream-too-large"),
    "five filters": (lambda: content_bomb(1, times=5), "pdf-stream-too-large"),
    "a picture of ten thousand million pixels": (pixel_bomb, "pdf-stream-too-large"),
    "a picture that inflates": (lambda: picture_bomb(50), "pdf-stream-too-large"),
    "too many pages": (lambda: many_pages(401), "pdf-too-many-pages"),
    "too many objects": (lambda: many_objects(200_010), "pdf-too-many-objects"),
}
"""What must be refused, and by which code."""

SHOWN: dict[str, Callable[[], bytes]] = {
    "active everywhere": active_everywhere,
    "an empty user password": lambda: locked(""),
    "forms that draw each other": cyclic_forms,
    "forms ten deep": lambda: deep_forms(10),
    "arrays four hundred deep": lambda: nested_arrays(400),
    "objects of the wrong kind": wrong_kinds,
    "truncated": truncated,
    "broken references": broken_references,
    "a photograph with its place": photographed,
}
"""What leads to pages all the same."""
