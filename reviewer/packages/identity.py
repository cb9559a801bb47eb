"""基本資料.json: who the applicant is; names exactly as sent."""

from dataclasses import replace
from typing import Any

from reviewer.model import tables
from reviewer.model.parts import IDENTITY, parts
from reviewer.model.portfolio import Identity
from reviewer.model.problem import ProblemKind, Severity
from reviewer.model.text import Text
from reviewer.packages.findings import Findings, Place
from reviewer.packages.shapes import as_object
from reviewer.packages.values import fields_of, others_of

IDENTITY_MISSING = ProblemKind(
    "identity-missing",
    Severity.WARNING,
    Text(
        "沒有基本資料.json，姓名與學校不明，以資料夾名稱「{package}」辨識。",
        "There is no 基本資料.json: name and school are unknown, the folder's name “{package}” stands in their place.",
    ),
    Text("請確認匯出是否完整。", "Check whether the export is complete."),
)
IDENTITY_TWICE = ProblemKind(
    "identity-twice",
    Severity.NOTE,
    Text("基本資料重複 {count} 次，內容相同，採用一次。", "The identity is there {count} times with the same content; it is taken once."),
    Text("無須處理。", "Nothing need be done."),
)
NUMBER_DIFFERS = ProblemKind(
    "applicant-number-differs",
    Severity.WARNING,
    Text(
        "基本資料的應試號碼為「{sent}」，資料夾為「{folder}」；以資料夾為準。",
        "The applicant number is “{sent}” in 基本資料 and “{folder}” in the folder's name, which is taken.",
    ),
    Text("請確認是否放錯資料夾。", "Check whether it lies in the wrong folder."),
)
TEST_SCHOOL = ProblemKind(
    "test-school",
    Severity.NOTE,
    Text("學校代碼 {code} 是測試學校。", "The school code {code} is that of a test school."),
    Text("若為正式審查，請洽匯出單位。", "If this is a real review, ask who made the export."),
)

_NUMBER, _NAME, _SCHOOL, _SCHOOL_NAME = "應試號碼", "姓名", "學校代碼", "學校名稱"


def read_identity(value: Any, place: Place, applicant_number: str) -> Identity:
    """Read the part; `applicant_number` is the folder's, empty in the central export. Raises `SetAside` when it is not of its shape."""
    if isinstance(value, list) and len(value) > 1 and all(item == value[0] for item in value):
        place.note(IDENTITY_TWICE, count=len(value))
        value = value[0]
    row = as_object(value, place)
    fields = fields_of(parts()[IDENTITY], row, place)
    sent = {field.key: field.raw for field in fields}
    number = sent.get(_NUMBER, "")
    if applicant_number and number and number != applicant_number:
        place.key(_NUMBER).note(NUMBER_DIFFERS, sent=number, folder=applicant_number)
    if is_test_school(sent.get(_SCHOOL, "")):
        place.key(_SCHOOL).note(TEST_SCHOOL, code=sent[_SCHOOL])
    return Identity(
        applicant_number=applicant_number or number,
        name=sent.get(_NAME, ""),
        school_code=sent.get(_SCHOOL, ""),
        school_name=sent.get(_SCHOOL_NAME, ""),
        fields=tuple(
            replace(field, raw=applicant_number, shown=Text(applicant_number, applicant_number))
            if field.key == _NUMBER and applicant_number
            else field
            for field in fields
        ),
        other_fields=others_of(parts()[IDENTITY], row, place),
    )


def unknown_identity(package_id: str, applicant_number: str, findings: Findings) -> Identity:
    """The identity of a package without 基本資料.json: what its path says."""
    findings.keep(IDENTITY_MISSING.at(findings.where(""), package=package_id))
    return Identity(applicant_number=applicant_number, name="", school_code="", school_name="", fields=())


def is_test_school(code: str) -> bool:
    """Whether the school code is one of the operators' test schools."""
    return tables.lookup("測試學校", code) is not None
