"""Which of the project's faces stands for a font, and which fonts are not text."""

import re
from typing import Final

from reviewer.attachments.normalise.source import SourceFont

_BOLD_NAME: Final = re.compile(r"bold|black|heavy|demi|[-_,. ]bd\b|[-_ ]w[6-9]\b|extrab|ultrab|cmbx|粗|特黑|超黑", re.IGNORECASE)
_LIGHT_NAME: Final = re.compile(r"light|regular|book|medium|thin|roman|[-_ ]w[1-5]\b", re.IGNORECASE)
_SYMBOL_NAME: Final = re.compile(
    r"^(wingdings|webdings|marlett|mtextra|mt-?extra|opensymbol|starsymbol|symbolmt|fontawesome|material(icons|symbols)|segoe-?ui-?(emoji|symbol)"
    r"|noto-?(color-?)?emoji|applecoloremoji|cm(sy|ex|mi|mib|bsy)\d|msam|msbm|eu(sm|fm|ex)\d|stix.*(size|nonunicode|integral)|euclid(extra|math|symbol)"
    r"|bravura|maestro|petrucci|sonata|opus|emmentaler|leland|musejazz|gonville|feta|musi|noto-?music|inkpen2|engraver|anastasia)",
    re.IGNORECASE,
)
_FORCE_BOLD: Final = 1 << 18
_BOLD_WEIGHT: Final = 600
_BOLD_STEM: Final = 140
"""Thousandths of an em: Arial's stems are 88 and Arial Bold's 138, PMingLiU's 60."""


def is_bold(font: SourceFont) -> bool:
    """Tell the weight by the name, the descriptor's weight and flags, and last by the stems."""
    if _BOLD_NAME.search(font.name) or font.whole("/FontWeight") >= _BOLD_WEIGHT or font.whole("/Flags") & _FORCE_BOLD:
        return True
    return not _LIGHT_NAME.search(font.name) and font.whole("/StemV") >= _BOLD_STEM


def is_symbols(font: SourceFont) -> bool:
    """Tell a font of pictures, mathematics or music by its name; the standard Symbol and ZapfDingbats have known codes and are text."""
    return _SYMBOL_NAME.match(font.name) is not None
