"""Faults of the configuration, each with what to do. All are errors unless it says otherwise: a build does not start on a doubtful configuration."""

from reviewer.model.problem import ProblemKind, Severity
from reviewer.model.text import Text

FOLDER_MISSING = ProblemKind(
    "config-folder-missing",
    Severity.ERROR,
    Text("找不到設定資料夾「{folder}」。", "There is no configuration folder “{folder}”."),
    Text("請用 --config 指定，或用 reviewer init 建立一份。", "Name it with --config, or write one with reviewer init."),
)
EXAMPLES_USED = ProblemKind(
    "config-examples-used",
    Severity.NOTE,
    Text(
        "沒有指定 --config，這裡也沒有 site_config；用的是隨附的範例設定 {folder}。",
        "There is no --config and no site_config here; the examples that come with the product are used, {folder}.",
    ),
    Text("請用 --config 指出自己的設定資料夾。", "Name your own configuration folder with --config."),
)
NOT_WRITTEN = ProblemKind(
    "config-not-written",
    Severity.ERROR,
    Text(
        "沒有寫入：這裡不是終端機，無法詢問（會改變的檔：{count}）。",
        "Nothing was written: this is no terminal on which to ask (files that would change: {count}).",
    ),
    Text("看過上列差異後加上 --yes 再執行一次。", "Look at the differences above and run again with --yes."),
)
FILE_MISSING = ProblemKind(
    "config-file-missing",
    Severity.ERROR,
    Text("設定資料夾裡沒有 {name}。", "The configuration folder has no {name}."),
    Text("請用 reviewer init 產生範本再修改。", "Write one with reviewer init and adapt it."),
)
NO_DEPARTMENTS = ProblemKind(
    "config-no-departments",
    Severity.ERROR,
    Text("departments 資料夾裡沒有任何校系的設定檔。", "The folder departments holds no department file."),
    Text("請用 reviewer departments new 新增一個。", "Add one with reviewer departments new."),
)
FILE_UNREADABLE = ProblemKind(
    "config-file-unreadable",
    Severity.ERROR,
    Text("讀不到這個檔：{reason}。", "This file cannot be read: {reason}."),
    Text("請確認檔案存在、可以開啟，而且是 UTF-8 編碼的文字檔。", "Check that it exists, can be opened, and is text in UTF-8."),
)
TOML_SYNTAX = ProblemKind(
    "config-toml-syntax",
    Severity.ERROR,
    Text("這一行不是合法的 TOML，{reason}：「{line}」。", "This line is not TOML ({reason}): “{line}”."),
    Text("請檢查引號、括號與逗號；文字要用雙引號包起來。", "Check quotes, brackets and commas; text stands in double quotes."),
)
KEY_UNKNOWN = ProblemKind(
    "config-key-unknown",
    Severity.ERROR,
    Text("沒有「{key}」這個設定。", "There is no setting “{key}”."),
    Text("{hint}", "{hint}"),
)
KEY_MISSING = ProblemKind(
    "config-key-missing",
    Severity.ERROR,
    Text("缺少必要的設定「{key}」。", "The setting “{key}” is needed and missing."),
    Text("請補上：{meaning}", "Add it: {meaning}"),
)
VALUE_WRONG = ProblemKind(
    "config-value",
    Severity.ERROR,
    Text("「{value}」不能用在這裡。", "“{value}” cannot stand here."),
    Text("{hint}", "{hint}"),
)
CODE_UNKNOWN = ProblemKind(
    "config-code-unknown",
    Severity.ERROR,
    Text("代碼種類「{code_set}」沒有代碼 {code}。", "The code set “{code_set}” has no code {code}."),
    Text("{hint}", "{hint}"),
)
CODE_WRONG_GROUP = ProblemKind(
    "config-code-group",
    Severity.ERROR,
    Text("{code} 屬於「{group}」，不能放在「{section}」。", "{code} belongs to “{group}” and cannot stand under “{section}”."),
    Text("請移到 {key}。", "Move it to {key}."),
)
CODE_TWICE = ProblemKind(
    "config-code-twice",
    Severity.ERROR,
    Text("「{code}」寫了兩次。", "“{code}” stands twice."),
    Text("請刪掉一個。", "Remove one of them."),
)
TOO_MANY_CATEGORIES = ProblemKind(
    "config-too-many-categories",
    Severity.ERROR,
    Text(
        "{department} 採計了 {count} 項多元表現（{codes}），至多 {limit} 項。",
        "{department} takes {count} performance categories ({codes}); at most {limit} are allowed.",
    ),
    Text(
        "請刪到 {limit} 項；其餘項目學生仍可放在「其他有利審查資料」。",
        "Keep {limit}; applicants may still hand in the rest as further material.",
    ),
)
NAME_NEEDED = ProblemKind(
    "config-own-name-missing",
    Severity.ERROR,
    Text("代碼 {code} 要由校系命名，但沒有寫名稱。", "The code {code} is named by the department, but no name is given."),
    Text(
        '請補上名稱，例如 {{ code = "{code}", name = "個人資料表" }}。',
        'Add a name, such as {{ code = "{code}", name = "Personal data form" }}.',
    ),
)
FILE_NAME = ProblemKind(
    "config-file-name",
    Severity.ERROR,
    Text("檔名是 {stem}.toml，裡面的校系代碼卻是 {code}。", "The file is named {stem}.toml, but the department code in it is {code}."),
    Text("請讓兩者相同。", "Make them the same."),
)
ABOVE_LIMIT = ProblemKind(
    "config-above-limit",
    Severity.ERROR,
    Text("{value} 超過「{code_set}」的上限 {limit}。", "{value} is above the limit {limit} of “{code_set}”."),
    Text("請改成 {limit} 以下，或刪掉這一行。", "Write {limit} or less, or remove the line."),
)
ORIGINALS_WITH_MASK = ProblemKind(
    "config-originals-masked",
    Severity.ERROR,
    Text(
        "originals 與 masks 不能並用：原始頁面會露出遮蔽的資料。",
        "originals and masks exclude each other: original pages show what is masked.",
    ),
    Text("請把 originals 改成 false，或清空 masks。", "Set originals to false, or empty masks."),
)
CONTRAST = ProblemKind(
    "config-contrast",
    Severity.ERROR,
    Text(
        "強調色 {colour} 在紙色上的對比只有 {ratio}，至少要 4.5（WCAG AA）。",
        "The accent {colour} has a contrast of only {ratio} on paper; at least 4.5 is needed (WCAG AA).",
    ),
    Text("同色系可以用 {better}。", "Of the same hue, {better} will do."),
)
NOTHING_TAKEN = ProblemKind(
    "config-nothing-taken",
    Severity.ERROR,
    Text("{department} 沒有採計任何項目。", "{department} takes nothing at all."),
    Text("請至少採計一項，例如 course_record = true。", "Take at least one item, such as course_record = true."),
)
REFERENCE_MISSING = ProblemKind(
    "config-reference-missing",
    Severity.ERROR,
    Text("找不到「{value}」。", "“{value}” does not exist."),
    Text("{hint}", "{hint}"),
)
OUTSIDE_FOLDER = ProblemKind(
    "config-outside-folder",
    Severity.ERROR,
    Text("「{value}」指向設定資料夾之外。", "“{value}” leads out of the configuration folder."),
    Text("請把檔案放進設定資料夾，寫相對路徑。", "Put the file into the configuration folder and name it relative to it."),
)
UNIVERSITY_PREFIX = ProblemKind(
    "config-university-prefix",
    Severity.NOTE,
    Text(
        "校系代碼 {code} 的前三碼與大學代碼 {university} 不同。",
        "The department code {code} does not begin with the university's code {university}.",
    ),
    Text("若無誤可以不理會；否則請更正其中一個。", "Ignore this if it is meant; otherwise correct one of them."),
)
SET_TWICE = ProblemKind(
    "config-code-set-twice",
    Severity.ERROR,
    Text("代碼種類「{id}」在 {first} 已經有了。", "The code set “{id}” is already in {first}."),
    Text("請合併成一個檔，或改用別的 id。", "Merge the two files, or choose another id."),
)
DEPARTMENT_UNKNOWN = ProblemKind(
    "config-department-unknown",
    Severity.ERROR,
    Text("設定裡沒有校系 {code}。", "The configuration has no department {code}."),
    Text("{hint}", "{hint}"),
)
DEPARTMENT_EXISTS = ProblemKind(
    "config-department-exists",
    Severity.ERROR,
    Text("校系 {code} 已經有設定檔。", "The department {code} has a file already."),
    Text("請直接修改那個檔，或用 reviewer departments import。", "Edit that file, or use reviewer departments import."),
)
