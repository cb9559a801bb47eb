"""Names with private-use characters (造字) need a glyph or a mapping: without, nobody can draw them [S16]."""

from collections.abc import Iterator

from reviewer.fonts.rare import Rarity, rarity
from reviewer.intake.findings import Finding
from reviewer.intake.rules.context import Context, Rule, told
from reviewer.intake.student import Student
from reviewer.model.problem import ProblemKind, Severity
from reviewer.model.text import Text

NO_GLYPH = ProblemKind(
    "name-without-glyph",
    Severity.ERROR,
    Text(
        "姓名裡的造字 U+{point} 沒有字形，也沒有對應字。",
        "The private-use character U+{point} in the name has neither a glyph nor a mapping.",
    ),
    Text("請在 造字/造字.csv 補上 SVG 或 PNG 檔名，或對應字。", "Give an SVG or PNG, or a mapping, in 造字/造字.csv."),
)
GLYPH_GONE = ProblemKind(
    "glyph-file-not-there",
    Severity.ERROR,
    Text("造字 U+{point} 的圖檔「{name}」不在造字資料夾裡。", "The picture “{name}” of the character U+{point} is not in the folder 造字."),
    Text("請補上圖檔，或更正檔名。", "Put it there, or correct its name."),
)


def check(student: Student, context: Context) -> Iterator[Finding]:
    """Ask it of every character of the name."""
    glyphs, folder = context.uploads.glyphs, context.uploads.folder / "造字"
    for point in dict.fromkeys(map(ord, student.name)):
        if rarity(point) is not Rarity.PRIVATE:
            continue
        row = glyphs.get(point, {})
        name = row.get("檔名", "")
        if not name and not row.get("對應字"):
            yield told(NO_GLYPH.at(student.row.where("姓名"), point=f"{point:04X}"))
        elif name and not (folder / name).is_file():
            yield told(GLYPH_GONE.at(student.row.where("姓名"), point=f"{point:04X}", name=name))


RULE = Rule(
    code="rare-names",
    sentence=Text("姓名的造字都附字形或對應字。", "Private-use characters in names come with a glyph or a mapping."),
    kinds=(NO_GLYPH, GLYPH_GONE),
    student=check,
)
