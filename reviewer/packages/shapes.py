"""The shape of JSON parts: an object here, a list of objects there. What is not of its shape sets the dossier aside; what lies in a field never does."""

from typing import Any

from reviewer.model.problem import ProblemKind, Severity
from reviewer.model.text import Text
from reviewer.packages import limits
from reviewer.packages.findings import Place
from reviewer.packages.json_text import JSON_TOO_LARGE, Number

WRONG_SHAPE = ProblemKind(
    "wrong-shape",
    Severity.ERROR,
    Text("這裡應該是{expected}，但內容是{found}。", "This should be {expected}, but it is {found}."),
    Text("請匯出單位確認檔案格式後重新匯出。", "Ask who made the export to check the file's form and to export again."),
)

_OBJECT, _LIST = Text("物件", "an object"), Text("清單", "a list")


def as_object(value: Any, place: Place) -> dict[str, Any]:
    """The value, which must be an object. Raises `SetAside`."""
    if isinstance(value, dict):
        return value
    raise _wrong(value, place, _OBJECT)


def as_objects(value: Any, place: Place, *, optional: bool = True) -> list[tuple[Place, dict[str, Any]]]:
    """The items of the value, which must be a list of at most `limits.ITEMS` objects; null is an empty one where the list is optional. Raises `SetAside`."""
    if value is None and optional:
        return []
    if not isinstance(value, list):
        raise _wrong(value, place, _LIST)
    if len(value) > limits.ITEMS:
        raise place.set_aside(JSON_TOO_LARGE, unit=Text("清單項數", "items in a list"), limit=f"{limits.ITEMS:,}")
    return [(place.item(index), as_object(item, place.item(index))) for index, item in enumerate(value)]


def _wrong(value: Any, place: Place, expected: Text) -> Exception:
    return place.set_aside(WRONG_SHAPE, expected=expected, found=_kind(value))


def _kind(value: Any) -> Text:
    if value is None:
        return Text("空值（null）", "null")
    if isinstance(value, dict):
        return _OBJECT
    if isinstance(value, list):
        return _LIST
    if isinstance(value, Number):
        return Text("數字", "a number")
    return Text("文字", "text") if isinstance(value, str) else Text("真假值", "true or false")
