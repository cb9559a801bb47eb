"""Nothing is changed once it is certified, and nothing of a year that is closed [S11, S32]: compared with the last packages by hashes."""

from collections.abc import Iterator

from reviewer.intake.findings import Finding
from reviewer.intake.history import Former
from reviewer.intake.package_files import item_sha256
from reviewer.intake.rules.context import Context, Rule, semester_of, told
from reviewer.intake.student import Item, Student
from reviewer.model.problem import Problem, ProblemKind, Severity, Where
from reviewer.model.text import Text

CHANGED = ProblemKind(
    "changed-after-certification",
    Severity.ERROR,
    Text("「{item}」認證後內容有變動。", "“{item}” was changed after its certification."),
    Text("請恢復認證時的內容與檔案；要修改必須重新送認證。", "Put back what was certified; a changed item must be certified anew."),
)
GONE = ProblemKind(
    "certified-gone",
    Severity.ERROR,
    Text("上次封裝時已認證的「{item}」不見了。", "“{item}”, certified in the last package, is gone."),
    Text("請確認名冊是否漏列；已認證的成果不能移除。", "Check whether the roster lacks it; a certified outcome cannot be taken out."),
)
CLOSED = ProblemKind(
    "closed-year-changed",
    Severity.ERROR,
    Text(
        "「{item}」屬於已關閉的 {year} 學年度，內容與上次封裝不同。",
        "“{item}” is of the closed school year {year} and differs from the last package.",
    ),
    Text("請恢復原來的內容；之後的學年不能修改先前的資料。", "Put back what was there; later years cannot edit earlier ones."),
)


def check(student: Student, context: Context) -> Iterator[Finding]:
    """Compare with the last package of the same student; nothing is asked when there is none."""
    formers = context.history.of(student.package_id)
    hashes = {item_sha256(item) for item in student.items()} if formers else set()
    places = {(item.kind, item.title): item for item in student.items()}
    for former in formers:
        if former.sha256 in hashes:
            continue
        item = places.get((former.kind, former.title))
        if former.certified:
            yield told(_certified(former, item, student))
        elif item is not None:
            semester = semester_of(item)
            if semester is not None and semester.year <= context.uploads.school.closed_until:
                yield told(CLOSED.at(item.row.where(), item=item.title, year=semester.year))


def _certified(former: Former, item: Item | None, student: Student) -> Problem:
    if item is None:
        return GONE.at(Where(package=student.number), item=former.title)
    return CHANGED.at(item.row.where(), item=former.title)


RULE = Rule(
    code="unchanged",
    sentence=Text("認證後與已關閉學年度的內容不再變動。", "Nothing changes once certified, nor in a closed year."),
    kinds=(CHANGED, GONE, CLOSED),
    student=check,
)
