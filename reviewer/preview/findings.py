"""What can be wrong with what a preview is asked for, and what it says on a dossier's cover."""

from reviewer.model.problem import ProblemKind, Severity
from reviewer.model.text import Text

NOTHING_TO_PREVIEW = ProblemKind(
    "preview-source-unknown",
    Severity.ERROR,
    Text(
        "「{path}」不是學校的上傳資料夾（裡面沒有 school.toml），也不是封裝好的資料。",
        "“{path}” is no school's folder of uploads (there is no school.toml in it), nor does it hold packages.",
    ),
    Text("{hint}", "{hint}"),
)
HINT_WITHIN = Text("學校的資料夾在它裡面，請指定其中一個：{found}。", "Schools' folders lie within it; name one of them: {found}.")
HINT_USUAL = Text(
    "請指定放有 school.toml 與名冊的資料夾；可用 reviewer intake practice 產生範例。",
    "Name the folder with school.toml and the rosters; `reviewer intake practice` makes an example.",
)
UPLOADS_EMPTY = ProblemKind(
    "preview-uploads-empty",
    Severity.ERROR,
    Text("「{path}」的名冊裡沒有任何學生。", "There is no student in the rosters of “{path}”."),
    Text("請確認學生資料名冊在資料夾裡，而且已經填寫。", "Check that the roster of students lies there and is filled in."),
)
STUDENT_UNKNOWN = ProblemKind(
    "preview-student-unknown",
    Severity.ERROR,
    Text("沒有學生「{student}」。{hint}", "There is no student “{student}”. {hint}"),
    Text("--student 可以寫學號、學生代號或應試號碼。", "--student takes 學號, 學生 or 應試號碼."),
)
DEPARTMENT_NEEDED = ProblemKind(
    "preview-department-needed",
    Severity.ERROR,
    Text("沒有申請名單，需要知道要看哪個校系。", "There is no applications table, so the department must be named."),
    Text("請加上 --department；已設定的校系：{known}。", "Add --department; departments that are configured: {known}."),
)
NOBODY_APPLIES = ProblemKind(
    "preview-nobody-applies",
    Severity.ERROR,
    Text("申請名單裡沒有人申請要看的校系（{codes}）。", "The applications table names nobody for these departments ({codes})."),
    Text(
        "請核對 --department 與申請名單，或用 --student 指定學生。",
        "Check --department against the table, or name a student with --student.",
    ),
)
TARGET_NO_PREVIEW = ProblemKind(
    "preview-target-taken",
    Severity.ERROR,
    Text("{out} 是 reviewer build 製作的資料夾，預覽不會覆寫它。", "{out} was made by reviewer build; a preview does not overwrite it."),
    Text("請用 --out 指定另一個資料夾。", "Name another folder with --out."),
)
TARGET_WITHIN_UPLOADS = ProblemKind(
    "preview-target-within-uploads",
    Severity.ERROR,
    Text("預覽不能放在 {source} 之內，也不能包住它。", "A preview cannot be put into {source}, nor around it."),
    Text("請用 --out 指定另一個資料夾。", "Name another folder with --out."),
)
EVERYTHING_TICKED = ProblemKind(
    "preview-everything-ticked",
    Severity.NOTE,
    Text("沒有這個校系的申請資料，所有項目都視為已勾選。", "There is no application for this department; every item counts as ticked."),
    Text("實際只會顯示學生勾選的項目。", "Reviewers will see what the student ticks, and nothing else."),
)
WOULD_BE_HELD = ProblemKind(
    "preview-would-be-held",
    Severity.WARNING,
    Text(
        "這位學生有 {count} 個錯誤，更正前不會封裝，審查委員也就看不到這份檔案。",
        "This student has {count} {count|error|errors}; until {count|it is|they are} corrected nothing is packed, and reviewers will not see this dossier.",
    ),
    Text("請依各項旁邊的說明更正。", "Correct them as it says beside each item."),
)
