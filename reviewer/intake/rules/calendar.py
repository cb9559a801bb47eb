"""The windows of the school's calendar: in order, and what was sent or certified within them [S3, S5]."""

from collections.abc import Iterator
from itertools import pairwise

from reviewer.intake.findings import Finding
from reviewer.intake.rules.context import Context, Rule, told
from reviewer.intake.school import WINDOWS
from reviewer.intake.student import Student
from reviewer.model.dates import parse_day
from reviewer.model.problem import ProblemKind, Severity, Where
from reviewer.model.text import Text

OUT_OF_ORDER = ProblemKind(
    "calendar-out-of-order",
    Severity.ERROR,
    Text(
        "school.toml 的行事曆：{later}（{later_day}）早於{earlier}（{earlier_day}）。",
        "The calendar in school.toml: {later} ({later_day}) is before {earlier} ({earlier_day}).",
    ),
    Text("請更正日期；中央資料庫的提交日期不能更改。", "Correct the dates; the central submission date cannot be changed."),
)
SENT_LATE = ProblemKind(
    "sent-after-window",
    Severity.WARNING,
    Text(
        "「{item}」於 {day} 送審，晚於學校的上傳截止日 {until}。",
        "“{item}” was sent on {day}, after the school's last day of uploading, {until}.",
    ),
    Text("請確認是否有核准的延期。", "Check whether an extension was granted."),
)
CERTIFIED_LATE = ProblemKind(
    "certified-after-window",
    Severity.WARNING,
    Text(
        "「{item}」於 {day} 認證，晚於學校的認證截止日 {until}。", "“{item}” was certified on {day}, after the school's last day, {until}."
    ),
    Text("請確認是否有核准的延期。", "Check whether an extension was granted."),
)

_NAMES = {
    "upload_until": Text("上傳截止", "end of uploading"),
    "certify_until": Text("認證截止", "end of certification"),
    "tick_until": Text("勾選截止", "end of ticking"),
    "central_submission": Text("提交中央資料庫", "central submission"),
}


def check(student: Student, context: Context) -> Iterator[Finding]:
    """Ask it of outcomes that were sent or certified after the windows of the rosters' own year."""
    calendar = context.uploads.school.calendar
    for item in student.outcomes:
        for key, window, kind in (("送審時間", "upload_until", SENT_LATE), ("認證時間", "certify_until", CERTIFIED_LATE)):
            day, until = parse_day(item.row.get(key)), calendar.get(window)
            if day is not None and until is not None and day > until:
                yield told(kind.at(item.row.where(key), item=item.title, day=day.roc, until=until.roc), item.row.get("認證教師"))


def check_school(context: Context) -> Iterator[Finding]:
    """The calendar's own order."""
    given = [(name, context.uploads.school.calendar[name]) for name in WINDOWS if name in context.uploads.school.calendar]
    for (earlier, first), (later, second) in pairwise(given):
        if second < first:
            facts = {"later": _NAMES[later], "later_day": second.roc, "earlier": _NAMES[earlier], "earlier_day": first.roc}
            yield told(OUT_OF_ORDER.at(Where(file="school.toml", path=f"calendar.{later}"), **facts))


RULE = Rule(
    code="calendar",
    sentence=Text("上傳與認證在學校行事曆的期限之內。", "Uploads and certifications are within the school's windows."),
    kinds=(OUT_OF_ORDER, SENT_LATE, CERTIFIED_LATE),
    student=check,
    school=check_school,
)
