"""Words that no part of the masked department's folder may hold: its applicants' names and schools."""

import tomllib
from pathlib import Path

from fixtures.schools import schools

_CAST = tomllib.loads((Path(__file__).resolve().parents[2] / "fixtures/data/cast.toml").read_text(encoding="utf-8"))["student"]

MASKED_DEPARTMENT = "001023"

MASKED = tuple(student["name"] for student in _CAST if MASKED_DEPARTMENT in student["departments"]) + tuple(
    words for school in schools(0).values() for words in (school.name, school.code)
)
