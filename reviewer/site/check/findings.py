"""What the check can find. All are errors: what has one is not published."""

from reviewer.model.problem import ProblemKind, Severity
from reviewer.model.text import Text

_REPORT = Text("這是程式的問題，請將本報告回報給系統維護者。", "This is a fault of the program; please report it to those who maintain it.")

DEAD_LINK = ProblemKind(
    "check-dead-link",
    Severity.ERROR,
    Text("頁面連到不存在的檔案 {address}。", "The page names the file {address}, which is not there."),
    _REPORT,
)

DEAD_FRAGMENT = ProblemKind(
    "check-dead-fragment",
    Severity.ERROR,
    Text("頁面連到不存在的位置 {address}。", "The page names the place {address}, which is not there."),
    _REPORT,
)

ABSOLUTE_PATH = ProblemKind(
    "check-absolute-path",
    Severity.ERROR,
    Text("頁面含有絕對路徑 {address}，換一台電腦就打不開。", "The page holds the absolute path {address}, which no other computer has."),
    _REPORT,
)

REMOTE_ADDRESS = ProblemKind(
    "check-remote-address",
    Severity.ERROR,
    Text("頁面會連到網路位址 {address}。", "The page would reach for the network address {address}."),
    _REPORT,
)

LEAVES_FOLDER = ProblemKind(
    "check-leaves-folder",
    Severity.ERROR,
    Text("頁面連到資料夾之外：{address}。", "The page leads out of the folder: {address}."),
    _REPORT,
)

UNREFERENCED = ProblemKind(
    "check-unreferenced-file",
    Severity.ERROR,
    Text("沒有任何頁面用到這個檔案。", "No page uses this file."),
    _REPORT,
)

BAD_NAME = ProblemKind(
    "check-bad-name",
    Severity.ERROR,
    Text(
        "檔名含有英數字、點、連字號、底線以外的字元。",
        "The name holds characters other than ASCII letters, digits, dot, hyphen and underscore.",
    ),
    _REPORT,
)

LONG_PATH = ProblemKind(
    "check-long-path",
    Severity.ERROR,
    Text(
        "路徑有 {length} 個字元，Windows 可能打不開（上限 {limit}）。",
        "The path has {length} characters, too long for Windows ({limit} at most).",
    ),
    _REPORT,
)

MASKED_FACT = ProblemKind(
    "check-masked-fact",
    Severity.ERROR,
    Text("應遮蔽的{fact}出現在 {file}。", "The masked fact {fact} stands in {file}."),
    Text(
        "多半是資料以特殊的寫法寫出它；這一份沒有發布，請看過原檔，並將寫法回報給系統維護者。",
        "Most likely the package writes it in an unusual way; the dossier is not published. Look at the original, and report the way to those who maintain the program.",
    ),
)
