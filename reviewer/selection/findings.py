"""What selecting may find in content. Shown beside the item, or told to the office alone."""

from reviewer.model.problem import ProblemKind, Severity
from reviewer.model.text import Text

TICK_WITHOUT_ITEM = ProblemKind(
    "tick-without-item",
    Severity.WARNING,
    Text("勾選了「{tick}」，但資料包裡沒有這一項。", "“{tick}” was ticked, but the package does not hold it."),
    Text("請承辦單位向來源確認；其他項目不受影響。", "The office should ask where the package is from; nothing else is affected."),
)
OUTCOMES_ABOVE_LIMIT = ProblemKind(
    "outcomes-above-limit",
    Severity.WARNING,
    Text(
        "這是第 {number} 件課程學習成果，本系至多採計 {limit} 件。",
        "This is course outcome number {number}; the department takes at most {limit}.",
    ),
    Text("是否採計由本系決定；內容照樣列出。", "The department decides whether it counts; it is shown all the same."),
)
OUTCOMES_OF_CODE_ABOVE_LIMIT = ProblemKind(
    "outcomes-of-code-above-limit",
    Severity.WARNING,
    Text("這是 {code} 的第 {number} 件，這一項至多採計 {limit} 件。", "This is number {number} under {code}, which takes at most {limit}."),
    Text("是否採計由本系決定；內容照樣列出。", "The department decides whether it counts; it is shown all the same."),
)
PERFORMANCES_ABOVE_LIMIT = ProblemKind(
    "performances-above-limit",
    Severity.WARNING,
    Text(
        "這是第 {number} 件多元表現，本系至多採計 {limit} 件。",
        "This is performance number {number}; the department takes at most {limit}.",
    ),
    Text("是否採計由本系決定；內容照樣列出。", "The department decides whether it counts; it is shown all the same."),
)
OUTCOME_CODE_UNKNOWN = ProblemKind(
    "outcome-code-unknown",
    Severity.NOTE,
    Text("成果類別代碼「{value}」無法判讀，先列在 {code}。", "The outcome code “{value}” cannot be read; it is shown under {code}."),
    Text("請依內容判斷屬於哪一項。", "Judge from the content where it belongs."),
)
OUTCOME_NOT_TAKEN = ProblemKind(
    "outcome-not-taken",
    Severity.NOTE,
    Text(
        "本系不採計這一類課程學習成果，但申請人勾選了。",
        "The department does not take this sort of course outcome, but the applicant ticked it.",
    ),
    Text("列在其他有利審查資料；是否參考由本系決定。", "It stands under further material; the department decides whether to look at it."),
)
SUMMARY_TOO_LONG = ProblemKind(
    "summary-too-long",
    Severity.WARNING,
    Text("綜整心得約 {count} 字，至多 {limit} 字。", "The reflection has about {count} characters; at most {limit} are allowed."),
    Text("全文照樣列出；是否扣分由本系決定。", "It is shown whole; the department decides what follows."),
)
SUMMARY_TOO_MANY_PICTURES = ProblemKind(
    "summary-too-many-pictures",
    Severity.WARNING,
    Text("綜整心得有 {count} 張圖，至多 {limit} 張。", "The reflection has {count} pictures; at most {limit} are allowed."),
    Text("圖片照樣列出；是否扣分由本系決定。", "They are all shown; the department decides what follows."),
)
UPLOAD_CODE_UNKNOWN = ProblemKind(
    "upload-code-unknown",
    Severity.NOTE,
    Text(
        "檔名裡的代碼 {code} 不是任何一項，先列在 {slot}。",
        "The code {code} in the file's name means nothing here; the file is shown under {slot}.",
    ),
    Text("請依內容判斷屬於哪一項。", "Judge from the content where it belongs."),
)
UPLOAD_NOT_TAKEN = ProblemKind(
    "upload-not-taken",
    Severity.NOTE,
    Text(
        "本系不採計「{part}」，檔案「{name}」沒有放進本系的資料夾。",
        "The department does not take “{part}”; the file “{name}” is not in its folder.",
    ),
    Text("無須處理。", "Nothing need be done."),
)
LEDGER_UNBALANCED = ProblemKind(
    "ledger-unbalanced",
    Severity.ERROR,
    Text(
        "勾選 {ticked} 件，列出 {shown} 件、有問題 {shown_with_problem} 件，對不起來。",
        "{ticked} items were ticked, {shown} are shown and {shown_with_problem} shown with a problem: this does not add up.",
    ),
    Text("這一份先不輸出；請檢查資料包裡是否有重複的項目。", "This dossier is set aside; check the package for repeated items."),
)
