"""JSON Schemas of the files that a university writes, from the models themselves, so that editors complete and check while typing.

They lie in site_config/schemas/ and are named by the first line of every file: `#:schema ../schemas/department.json` (taplo, Even Better TOML).
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from reviewer.resources import data_folder
from reviewer.selection.code_sets import EXTENDS
from reviewer.selection.rubrics import RubricFile
from reviewer.selection.schema import CodeSetFile, DepartmentFile, SiteFile

FOLDER = "schemas"
"""Where they lie in a configuration folder."""

MARKS = "marks.json"
"""What `reviewer marks merge` writes for programs; a room above this one makes its schema."""

_MODELS: Mapping[str, type[BaseModel]] = {"site": SiteFile, "department": DepartmentFile, "codes": CodeSetFile, "rubric": RubricFile}


def schemas() -> Mapping[str, bytes]:
    """Every schema by its file name, as it is shipped."""
    return {f"{name}.json": _bytes(name, model) for name, model in _MODELS.items()}


def write_schemas(folder: Path) -> tuple[Path, ...]:
    """Write them below a configuration folder, and that of marks.json beside them; return what was written."""
    target = folder / FOLDER
    target.mkdir(parents=True, exist_ok=True)
    written = {**schemas(), MARKS: (data_folder("site_config") / FOLDER / MARKS).read_bytes()}
    for name, data in written.items():
        (target / name).write_bytes(data)
    return tuple(target / name for name in written)


def _bytes(name: str, model: type[BaseModel]) -> bytes:
    schema: dict[str, Any] = {"$schema": "http://json-schema.org/draft-07/schema#", **model.model_json_schema()}
    schema["title"] = name
    if name == "codes":
        schema = _with_extends(schema)
    return (json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def _with_extends(schema: dict[str, Any]) -> dict[str, Any]:
    """A code set says everything, or what it extends and what is different."""
    words = "以哪一個內建的代碼種類為底，其餘只寫不同的部分。Shipped code set from which everything else is taken."
    properties = {EXTENDS: {"type": "string", "description": words}, **schema["properties"]}
    required = schema.pop("required")
    return {**schema, "properties": properties, "anyOf": [{"required": [EXTENDS]}, {"required": required}]}
