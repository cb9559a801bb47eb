"""What normalising did to a file's fonts, for the report."""

import enum
from dataclasses import dataclass

from reviewer.model.text import Text


class Reason(enum.StrEnum):
    """Why characters of a font are not drawn in the project's typeface; NONE where all are."""

    NONE = "none"
    TYPE_3 = "type-3"
    SYMBOLS = "symbols"
    NO_UNICODE = "no-unicode"
    WRONG_UNICODE = "wrong-unicode"
    NO_GLYPH = "no-glyph"
    INVISIBLE = "invisible"
    DAMAGED = "damaged"

    @property
    def label(self) -> Text:
        """The words that reports print."""
        return _LABELS[self]


_LABELS = {
    Reason.NONE: Text("已全部替換", "all replaced"),
    Reason.TYPE_3: Text("字形是繪圖程序（Type 3），無法替換", "drawn by procedures (Type 3), cannot be replaced"),
    Reason.SYMBOLS: Text("符號、數學或樂譜字型，保留原樣", "symbols, mathematics or music, left as they are"),
    Reason.NO_UNICODE: Text(
        "檔案未說明字碼是什麼字；請以原文件重新匯出", "the file does not say which characters its codes are; please export it again"
    ),
    Reason.WRONG_UNICODE: Text(
        "檔案所說的字與所畫的不符，保留原樣", "what the file says of its characters is not what it draws; left as it is"
    ),
    Reason.NO_GLYPH: Text("部分字元本系統字型沒有，保留原字形", "the project's faces lack some characters, whose original shapes stay"),
    Reason.INVISIBLE: Text("掃描影像上的隱形文字層，不顯示", "the invisible text layer of a scan, never shown"),
    Reason.DAMAGED: Text("字型資料有誤，保留原樣", "the font's data are faulty; left as it is"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FontFinding:
    """What became of one font."""

    name: str
    """Its PostScript name, without the tag of a subset."""
    kind: str
    """Its type in the file: `Type0/CIDFontType2`, `TrueType`, `Type1`, `Type3`."""
    embedded: bool
    """Whether the file carried it."""
    characters_normalised: int
    """Characters shown that are now drawn in the project's typeface, fallback faces included."""
    characters_left: int
    """Characters shown that keep their shape."""
    characters_invisible: int
    """Characters that are never shown, in neither of the two counts."""
    reason: Reason
    """Why some or all are left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FontReport:
    """What became of the fonts of one file."""

    fonts: tuple[FontFinding, ...] = ()
    """In the order in which the pages meet them."""

    @property
    def characters_normalised(self) -> int:
        """Characters drawn in the project's typeface."""
        return sum(font.characters_normalised for font in self.fonts)

    @property
    def characters_left(self) -> int:
        """Characters that keep their shape."""
        return sum(font.characters_left for font in self.fonts)

    @property
    def not_embedded(self) -> tuple[str, ...]:
        """Names of fonts that the file never carried and that could not be given to it."""
        return tuple(font.name for font in self.fonts if not font.embedded and not font.characters_normalised and font.characters_left)
