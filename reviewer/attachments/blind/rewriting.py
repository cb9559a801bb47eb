"""Takes codes out of content streams. In their place stands the number that moves the pen as far as they did, so that nothing else moves.

Only streams that show such a code, or that say hidden words to reading programmes, are written anew; all others keep their bytes.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from pikepdf import (
    Array,
    ContentStreamInlineImage,
    ContentStreamInstruction,
    Dictionary,
    Name,
    Object,
    Operator,
    String,
    parse_content_stream,
    unparse_content_stream,
)

from reviewer.attachments.blind.walk import SHOWS, SPEECH

Cuts = Mapping[tuple[int, int], list[tuple[int, int, float]]]
"""By operator and string: first byte, byte after the last, and the number that stands in their place."""

Rename = Callable[[str], str]
"""The name that stands for a name of the file's; most stand for themselves."""

_DIGITS: Final = 5
_MARKED: Final = frozenset({"BDC", "DP"})


def rewritten(stream: Any, cuts: Cuts, *, hush: bool, rename: Rename) -> bytes:
    """The content of a stream without the codes of `cuts`, and without what is said instead of what is drawn when `hush`.

    Raises pikepdf.PdfError for content that does not parse; nobody draws it either.
    """
    made: list[Any] = []
    show = 0
    for instruction in parse_content_stream(stream):
        if isinstance(instruction, ContentStreamInlineImage):
            made.append(instruction)
            continue
        operator = instruction.operator.unparse().decode("latin-1")
        operands: Any = list(instruction.operands)
        if operator in SHOWS:
            made += _shows(operator, operands, cuts, show, instruction)
            show += 1
        elif operator in _MARKED and hush and operands and isinstance(operands[-1], Dictionary):
            made.append(ContentStreamInstruction([*_renamed(operands[:-1], rename), _hushed(operands[-1])], instruction.operator))
        elif any(isinstance(operand, String) for operand in operands):
            continue  # no other operator takes a string: what no viewer knows has nothing to say
        elif any(isinstance(operand, Name) and rename(str(operand)) != str(operand) for operand in operands):
            made.append(ContentStreamInstruction(_renamed(operands, rename), instruction.operator))
        else:
            made.append(instruction)
    return unparse_content_stream(made)


def _renamed(operands: list[Any], rename: Rename) -> list[Any]:
    return [Name(rename(str(operand))) if isinstance(operand, Name) else operand for operand in operands]


def _hushed(properties: Object) -> Object:
    return Dictionary({key: value for key, value in properties.items() if key not in SPEECH})


def _shows(operator: str, operands: list[Any], cuts: Cuts, show: int, instruction: Any) -> list[Any]:
    items: Any = operands[0] if operator == "TJ" and operands else operands[-1:]
    if operator == "TJ" and not isinstance(items, Array):
        return [instruction]
    strings = sum(isinstance(item, String) for item in items)
    if not any((show, number) in cuts for number in range(strings)):
        return [instruction]
    made: list[Any] = []
    if operator == '"':
        made += [_instruction("Tw", operands[0]), _instruction("Tc", operands[1])]
    if operator in ("'", '"'):
        made.append(_instruction("T*"))
    pieces: list[Any] = []
    number = 0
    for item in items:
        if isinstance(item, String):
            pieces += _cut(bytes(item), cuts.get((show, number), []))
            number += 1
        else:
            pieces.append(item)
    if not any(isinstance(piece, String) for piece in pieces):
        pieces.append(String(b""))  # PDFium takes an array of numbers alone for horizontal, even in vertical lines
    made.append(_instruction("TJ", Array(_summed(pieces))))
    return made


def _cut(data: bytes, cuts: list[tuple[int, int, float]]) -> list[Any]:
    pieces: list[Any] = []
    at = 0
    for first, last, adjust in sorted(cuts):
        if first > at:
            pieces.append(String(data[at:first]))
        pieces.append(adjust)
        at = last
    if at < len(data):
        pieces.append(String(data[at:]))
    return pieces


def _summed(pieces: list[Any]) -> list[Any]:
    """Numbers that follow each other made one: the sum is rounded once."""
    made: list[Any] = []
    for piece in pieces:
        if not isinstance(piece, Object) and made and not isinstance(made[-1], Object):
            made[-1] = float(made[-1]) + float(piece)
        else:
            made.append(piece)
    return [piece if isinstance(piece, Object) else _short(float(piece)) for piece in made]


def _short(value: float) -> float | int:
    return int(value) if value == int(value) else round(value, _DIGITS)


def _instruction(operator: str, *operands: Any) -> ContentStreamInstruction:
    return ContentStreamInstruction(list(operands), Operator(operator))
