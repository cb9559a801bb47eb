"""TOML files into validated models: syntax errors with their line, and every fault of the shape as a Problem with its key path."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from reviewer.model.problem import Problem, Where
from reviewer.model.text import Text, both
from reviewer.selection import faults
from reviewer.selection.suggest import did_you_mean

Model = TypeVar("Model", bound=BaseModel)

_MAX_CONFIG_BYTES = 4_194_304
"""No configuration file of ours comes near; more is a wrong file."""

_PLACE = re.compile(r" \(at line (\d+), column (\d+)\)$")

_TWO_LANGUAGES = re.compile(r"(.*。)([ -~…×校系代碼“”–]+)", re.DOTALL)

_SYNTAX = (
    ("Expected '='", "鍵的後面少了等號"),
    ("Invalid value", "值的寫法不對"),
    ("Unterminated string", "引號沒有關上"),
    ("Illegal character '\\n'", "引號沒有關上"),
    ("Unclosed array", "方括號沒有關上"),
    ("Cannot overwrite", "同一個設定寫了兩次"),
    ("Cannot declare", "同一個表格寫了兩次"),
    ("Expected newline", "這一行多了東西"),
    ("Expected ']'", "方括號沒有關上"),
    ("Invalid statement", "看不出是什麼設定"),
    ("Unclosed inline table", "大括號沒有關上"),
)
"""How tomllib's messages begin, and what they mean."""

_EXPECTED = {
    "string_type": Text("要寫文字，用雙引號包起來。", "Write text in double quotes."),
    "int_type": Text("要寫整數，不加引號。", "Write a whole number without quotes."),
    "bool_type": Text("要寫 true 或 false。", "Write true or false."),
    "tuple_type": Text('要寫陣列，例如 ["F", "J"]。', 'Write an array, such as ["F", "J"].'),
    "model_type": Text('要寫成 {{ zh = "…", en = "…" }} 這樣的表格。', 'Write a table, such as {{ zh = "…", en = "…" }}.'),
    "dict_type": Text("要寫成表格。", "Write a table."),
    "string_too_short": Text("不能空白。", "It must not be empty."),
    "string_too_long": Text("至多 {max_length} 個字。", "At most {max_length} characters."),
    "string_pattern_mismatch": Text("格式不對：{shape}。", "Wrong form: {shape}."),
    "greater_than_equal": Text("至少要 {ge}。", "It must be at least {ge}."),
    "less_than_equal": Text("至多 {le}。", "It must be at most {le}."),
    "too_short": Text("至少要 {min_length} 個。", "At least {min_length} are needed."),
    "too_long": Text("個數不對。", "Too many or too few."),
    "missing": Text("個數不對。", "Too many or too few."),
}
"""What to write instead, by pydantic's type of error."""

_SHAPES = {
    "^#[": Text("要像 #1f5f8b", "such as #1f5f8b"),
    "{3}$": Text("要 3 個英數字", "3 letters or digits"),
    "{6}$": Text("要 6 個英數字", "6 letters or digits"),
    "^[A-Z](": Text("代碼要像 J 或 B-1（大寫）", "a code such as J or B-1, in capitals"),
    "^[a-z0-9]": Text("只能用小寫英數字、- 與 _", "lower case letters, digits, - and _ only"),
    "^[^": Text('檔名不能有 \\ : * ? " < > |', 'no \\ : * ? " < > | in a file name'),
}
"""What a pattern of `schema` asks for, by a piece of it that no other has."""


_BEYOND = Text("數字過長或括號層數過多", "a number is too long, or brackets stand in too many brackets")


def read_toml(path: Path, name: str) -> tuple[Mapping[str, Any] | None, tuple[Problem, ...]]:
    """Read a TOML file, with or without a BOM; `name` is what messages call it."""
    if path.is_fifo():  # it would be waited for
        return None, (faults.FILE_UNREADABLE.at(Where(file=name), reason=Text("不是一般檔案", "no regular file")),)
    try:
        data = path.read_bytes()
        text = data[:_MAX_CONFIG_BYTES].decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        return None, (faults.FILE_UNREADABLE.at(Where(file=name), reason=error.strerror or type(error).__name__),)
    except UnicodeDecodeError as error:
        return None, (faults.FILE_UNREADABLE.at(Where(file=name), reason=f"UTF-8, byte {error.start + 1}"),)
    try:
        return tomllib.loads(text), ()
    except tomllib.TOMLDecodeError as error:
        return None, (syntax_problem(str(error), text, name),)
    except (ValueError, RecursionError):
        # What `tomllib` does not call a fault of the file: numbers of thousands of digits, brackets within a thousand brackets.
        return None, (faults.TOML_SYNTAX.at(Where(file=name), reason=_BEYOND, line=Text("整個檔案", "the whole file")),)


def syntax_problem(message: str, text: str, name: str) -> Problem:
    """Say where the TOML breaks: the line's number and the line itself."""
    lines = text.split("\n")
    match = _PLACE.search(message)
    row = int(match[1]) if match else len(lines)
    shown = lines[row - 1].strip() if 0 < row <= len(lines) else ""
    english = message.split(" (at ", maxsplit=1)[0]
    chinese = next((words for beginning, words in _SYNTAX if english.startswith(beginning)), english)
    return faults.TOML_SYNTAX.at(Where(file=name, row=row), reason=Text(chinese, english), line=shown or Text("檔尾", "end of file"))


def check_shape(
    model: type[Model], data: Mapping[str, Any], name: str, stand_ins: Mapping[str, Any]
) -> tuple[Model | None, tuple[Problem, ...]]:
    """Validate, and return every fault of the shape.

    Where the shape is faulty, the model of what remains comes back as well (faulty keys left out, `stand_ins` for required ones), so that
    the rules can report the rest at the same time; None when even that cannot be made. Callers use it for checking only.
    """
    try:
        return model.model_validate(data), ()
    except ValidationError as error:
        details = error.errors(include_url=False)
    problems = tuple(_problems(model, data, details, name))
    remains = _sound_part(data, details)
    remains = {**{key: value for key, value in stand_ins.items() if key not in remains}, **remains}
    try:
        return model.model_validate(remains), problems
    except ValidationError:
        return None, problems


def _sound_part(data: Mapping[str, Any], details: Sequence[ErrorDetails]) -> dict[str, Any]:
    """The file without its faulty keys; of a list with a faulty item what stands before it, so that places keep their numbers."""
    remains = dict(data)
    for detail in details:
        key, *rest = _place(data, detail) or ("",)
        if rest and isinstance(rest[0], int) and isinstance(data.get(str(key)), list):
            kept = remains.get(str(key), ())
            remains[str(key)] = list(kept)[: rest[0]]
        else:
            remains.pop(str(key), None)
    return remains


def key_path(steps: Sequence[str | int]) -> str:
    """`others[1].code` from its steps."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps).removeprefix(".")


def _problems(model: type[BaseModel], data: Mapping[str, Any], details: Sequence[ErrorDetails], name: str) -> Iterator[Problem]:
    """One Problem a place; the branches of a union are one fault, told by the deepest place that pydantic reached."""
    by_place: dict[tuple[str | int, ...], list[ErrorDetails]] = defaultdict(list)
    for detail in details:
        by_place[_place(data, detail)].append(detail)
    for steps, found in by_place.items():
        if any(len(other) > len(steps) and other[: len(steps)] == steps for other in by_place):
            continue
        yield _problem(model, data, steps, found, name)


def _place(data: Any, detail: ErrorDetails) -> tuple[str | int, ...]:
    """The steps of pydantic's `loc` that exist in the file; names of union branches are left out, a missing or unknown key is kept."""
    steps: list[str | int] = []
    here = data
    for step in detail["loc"]:
        if isinstance(here, Mapping) and (step in here or (detail["type"] == "missing" and step == detail["loc"][-1])):
            here = here.get(step)
            steps.append(step)
        elif isinstance(here, list) and isinstance(step, int) and step < len(here):
            here = here[step]
            steps.append(step)
    return tuple(steps)


def _problem(
    model: type[BaseModel], data: Mapping[str, Any], steps: tuple[str | int, ...], found: list[ErrorDetails], name: str
) -> Problem:
    where = Where(file=name, path=key_path(steps))
    kinds = {detail["type"] for detail in found}
    key = str(steps[-1]) if steps else ""
    if kinds == {"missing"} and steps and not isinstance(steps[-1], int):
        return faults.KEY_MISSING.at(where, key=key, meaning=_meaning(model, steps))
    if "extra_forbidden" in kinds:
        return faults.KEY_UNKNOWN.at(where, key=key, hint=did_you_mean(key, _known_keys(model, steps)))
    value = _value(data, steps)
    hints = [_hint(detail, value) for detail in found]
    hint = Text("或：".join(dict.fromkeys(hint.zh for hint in hints)), " Or: ".join(dict.fromkeys(hint.en for hint in hints)))
    return faults.VALUE_WRONG.at(where, value=_shown(value), hint=hint)


def _hint(detail: ErrorDetails, value: Any) -> Text:
    context = dict(detail.get("ctx", {}))
    if detail["type"] in ("literal_error", "enum"):
        return did_you_mean(str(value), re.findall(r"'([^']*)'", str(context["expected"])))
    shape = next((words for piece, words in _SHAPES.items() if piece in str(context.get("pattern", ""))), Text("", ""))
    words = _EXPECTED.get(detail["type"])
    return words.format(shape=shape, **context) if words else Text(f"{detail['msg']}。", f"{detail['msg']}.")


def _known_keys(model: type[BaseModel], steps: tuple[str | int, ...]) -> list[str]:
    return sorted(_model_at(model, steps[:-1]).model_fields)


def _meaning(model: type[BaseModel], steps: tuple[str | int, ...]) -> Text:
    field = _model_at(model, steps[:-1]).model_fields.get(str(steps[-1]))
    return described((field.description or "") if field else "")


def described(description: str) -> Text:
    """A field's description in its two languages: Chinese up to the last full stop before the English."""
    match = _TWO_LANGUAGES.fullmatch(description)
    return Text(match[1], match[2]) if match else both(description)


def _model_at(model: type[BaseModel], steps: tuple[str | int, ...]) -> type[BaseModel]:
    """The model that holds the key at the end of these steps; numbers step into lists of the same field."""
    for step in steps:
        if isinstance(step, str) and step in model.model_fields:
            model = next(_models_in(model.model_fields[step].annotation), model)
    return model


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from _models_in(inner)


def _value(data: Any, steps: tuple[str | int, ...]) -> Any:
    for step in steps:
        data = data[step]
    return data


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    words = value if isinstance(value, str) else str(value)
    return words if len(words) <= 60 else words[:59] + "…"
