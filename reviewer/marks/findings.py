"""What can be wrong with review files and with what was marked."""

from reviewer.model.problem import ProblemKind, Severity
from reviewer.model.text import Text

FILE_UNREADABLE = ProblemKind(
    "marks-file-unreadable",
    Severity.ERROR,
    Text("檔案無法讀取（{reason}），沒有併入。", "The file cannot be read ({reason}); it was left out."),
    Text("請確認檔案在那裡，再執行一次。", "Check that it is there and run again."),
)
FILE_IS_FOLDER = ProblemKind(
    "marks-folder",
    Severity.ERROR,
    Text("這是資料夾，不是評分檔案，沒有併入。", "This is a folder, not a review file; it was left out."),
    Text("請寫出裡面的檔案，例如 {path}/*.json。", "Name the files in it, such as {path}/*.json."),
)
FILE_TOO_LARGE = ProblemKind(
    "marks-file-too-large",
    Severity.ERROR,
    Text("檔案超過可讀取的範圍（{limit}），沒有併入。", "The file is beyond what can be read ({limit}); it was left out."),
    Text("評分檔案不會這麼大，請確認是不是選錯檔案。", "No review file is so large; check whether it is the right one."),
)
NOT_JSON = ProblemKind(
    "marks-not-json",
    Severity.ERROR,
    Text("檔案不是完整的 JSON，沒有併入。", "The file is not complete JSON; it was left out."),
    Text("請委員在評閱頁面重新存一次 .json。", "Ask the reviewer to save the .json once more from the desk."),
)
NOT_MARKS = ProblemKind(
    "marks-format",
    Severity.ERROR,
    Text(
        "這不是評分檔案（format 不是 reviewer-marks），沒有併入。",
        "This is no review file (format is not reviewer-marks); it was left out.",
    ),
    Text("請選評閱頁面存下的 .json；.csv 只供查閱，不能併入。", "Choose the .json that the desk saved; the .csv is for reading only."),
)
OTHER_VERSION = ProblemKind(
    "marks-version",
    Severity.ERROR,
    Text(
        "檔案格式是第 {version} 版，這裡只讀得懂第 1 版，沒有併入。",
        "The file has format version {version}; only version 1 is known here. It was left out.",
    ),
    Text("請更新 reviewer 後再執行。", "Use a newer reviewer."),
)
HEAD_SHAPE = ProblemKind(
    "marks-head",
    Severity.ERROR,
    Text(
        "檔案開頭的「{field}」不合格式，整個檔案沒有併入。",
        "“{field}” at the head of the file is not of its shape; the whole file was left out.",
    ),
    Text("檔案可能被改過或損壞，請委員重新存一次。", "It may have been changed or damaged; ask the reviewer to save it again."),
)
FIELD_SHAPE = ProblemKind(
    "marks-field",
    Severity.ERROR,
    Text(
        "這一處不合格式，沒有併入；檔案的其他部分照常。", "This place is not of its shape and was left out; the rest of the file was taken."
    ),
    Text("請委員開啟這一份，確認評分後重新存一次。", "Ask the reviewer to open this dossier, confirm the marks and save again."),
)
MORE_FAULTS = ProblemKind(
    "marks-more-faults",
    Severity.ERROR,
    Text("這個檔案另有 {count} 處不合格式，沒有一一列出。", "More places of the file that are not of their shape: {count}."),
    Text("請委員重新存一次這個檔案。", "Ask the reviewer to save the file again."),
)
OTHER_DEPARTMENT = ProblemKind(
    "marks-department",
    Severity.ERROR,
    Text(
        "這是校系 {other} 的評分，這次合併的是 {own}，沒有併入。",
        "These are marks of department {other}; this merge is of {own}. The file was left out.",
    ),
    Text("請和那個校系的檔案一起合併。", "Merge it with the files of that department."),
)
OTHER_YEAR = ProblemKind(
    "marks-year",
    Severity.ERROR,
    Text(
        "這是 {other} 學年度的評分，這次合併的是 {own} 學年度，沒有併入。",
        "These are marks of admission year {other}; this merge is of {own}. The file was left out.",
    ),
    Text("請確認是不是去年的檔案。", "Check whether it is last year's file."),
)
NO_MARKS = ProblemKind(
    "marks-none",
    Severity.WARNING,
    Text("「{name}」的檔案裡沒有任何評分。", "The file of “{name}” holds no marks."),
    Text(
        "請確認這位委員還沒開始評分，或請他在評分的那台電腦重新存檔。",
        "Check that this reviewer has not begun, or ask for a file saved on the computer on which the marks were given.",
    ),
)
NOTHING_MARKED = ProblemKind(
    "marks-nothing-marked",
    Severity.ERROR,
    Text("所有檔案裡都沒有評分，沒有可以合併的。", "None of the files holds a mark; there is nothing to merge."),
    Text("請等委員評分並存檔後再執行。", "Run again when reviewers have marked and saved."),
)
SEVERAL_FILES = ProblemKind(
    "marks-rater-several-files",
    Severity.NOTE,
    Text(
        "「{name}」有 {count} 個檔案（{files}），已合成一份；以每一處最後的評分為準。",
        "“{name}” has {count} files ({files}); they were merged into one, with the latest mark of each place.",
    ),
    Text(
        "無須處理；兩個版本各自改過的地方，報告會列出。",
        "Nothing need be done; places that both versions changed are listed in the report.",
    ),
)
MARKS_SUPERSEDED = ProblemKind(
    "marks-superseded",
    Severity.NOTE,
    Text(
        "「{name}」的 {former} 有 {count} 處評分，以 {latter} 較晚的為準：{marks}。",
        "Marks of “{name}” in {former} that gave way to later ones in {latter}: {count} ({marks}).",
    ),
    Text("無須處理；如果不是他自己改的，請向他確認。", "Nothing need be done; if it was not he who changed them, ask him."),
)
MARKS_OVERRULED = ProblemKind(
    "marks-overruled",
    Severity.WARNING,
    Text(
        "「{name}」的 {former} 有 {count} 處評分被 {latter} 取代，但後者的評分時間並不較晚，或檔案裡的姓名不同：{marks}。",
        "Marks of “{name}” in {former} were replaced by those in {latter}, though these were not given later, or the files name him differently: {count} ({marks}).",
    ),
    Text(
        "請向這位委員確認 {latter} 是不是他存的；如果不是，拿掉它再合併一次。",
        "Ask the reviewer whether he saved {latter}; if not, merge again without it.",
    ),
)
REREAD_FILE = ProblemKind(
    "marks-reread",
    Severity.NOTE,
    Text(
        "這是再閱的檔案：總分另列，不放進平均、標準化與一致性。",
        "This is the file of a re-reading: its totals stand apart and are in no mean, z-score or agreement.",
    ),
    Text("怎麼採用由校系決定。", "What to do with them is the department's decision."),
)
ONLY_REREADS = ProblemKind(
    "marks-only-rereads",
    Severity.WARNING,
    Text("只有再閱的檔案，沒有初閱的評分可以比較。", "There are files of re-readings alone, and no first readings to compare them with."),
    Text("請和初閱委員的檔案一起合併。", "Merge them with the files of the first readers."),
)
NOTHING_TO_MERGE = ProblemKind(
    "marks-nothing",
    Severity.ERROR,
    Text("沒有任何一個評分檔案可以合併。", "Not one review file can be merged."),
    Text("請依各檔案的原因處理後再執行。", "See the reason of each file, mend that, and run again."),
)
SAME_NAME = ProblemKind(
    "marks-rater-name-twice",
    Severity.WARNING,
    Text(
        "有 {count} 位評分者都叫「{name}」（{ids}），當成不同的人計算。",
        "{count} raters are called “{name}” ({ids}); they are counted as different people.",
    ),
    Text(
        "如果是同一位委員在兩台電腦上評分，請他在其中一台讀入另一台的檔案，重新存一次再合併。",
        "If it is one person on two computers, ask him to import one file on the other computer, save again, and merge.",
    ),
)
OTHER_RUBRIC = ProblemKind(
    "marks-rubric",
    Severity.WARNING,
    Text(
        "這個檔案用的評量尺規「{id}」和校系目前的「{own}」不同。",
        "The file was marked by rubric “{id}”, which differs from the department's “{own}”.",
    ),
    Text(
        "請確認尺規在評分後有沒有改過；等第與權重都以目前的尺規計算。",
        "Check whether the rubric was changed after marking; levels and weights are taken from the present one.",
    ),
)
RUBRIC_CHANGED = ProblemKind(
    "marks-rubric-changed",
    Severity.WARNING,
    Text(
        "評量尺規「{id}」在這個檔案評分之後改過。",
        "Rubric “{id}” was changed after the marks of this file were given.",
    ),
    Text(
        "等第與權重都以目前的尺規計算；請確認改了什麼，必要時請委員重新看過。",
        "Levels and weights are taken from the present one; check what was changed and, where it matters, ask the reviewer to look again.",
    ),
)
UNKNOWN_LEVEL = ProblemKind(
    "marks-level-unknown",
    Severity.WARNING,
    Text(
        "向度「{dimension}」的等第「{level}」不在目前的尺規裡，沒有計入。",
        "Level “{level}” of dimension “{dimension}” is not in the present rubric and was not counted.",
    ),
    Text("請委員重新選一個等第。", "Ask the reviewer to choose a level again."),
)
UNKNOWN_DIMENSION = ProblemKind(
    "marks-dimension-unknown",
    Severity.WARNING,
    Text(
        "目前的尺規沒有向度「{dimension}」，它的評分沒有計入（{count} 份）。",
        "The present rubric has no dimension “{dimension}”; its marks were not counted (dossiers: {count}).",
    ),
    Text("請確認尺規在評分後有沒有改過。", "Check whether the rubric was changed after marking."),
)
SCORE_RANGE = ProblemKind(
    "marks-score-range",
    Severity.WARNING,
    Text(
        "向度「{dimension}」的分數 {score} 超出尺規的 {low}–{high}，沒有計入。",
        "Score {score} of dimension “{dimension}” is beyond the rubric's {low}–{high} and was not counted.",
    ),
    Text("請委員改正這個分數。", "Ask the reviewer to correct the score."),
)
SCORE_OFF_LEVEL = ProblemKind(
    "marks-score-off-level",
    Severity.NOTE,
    Text(
        "向度「{dimension}」選了「{level}」，分數 {score} 卻不在它的範圍 {low}–{high}；以分數計算。",
        "Dimension “{dimension}” has level “{level}”, but score {score} is not within {low}–{high}; the score counts.",
    ),
    Text("如果不是有意的，請委員改正其中一個。", "If this was not meant, ask the reviewer to correct one of them."),
)
ANCHOR_UNKNOWN = ProblemKind(
    "marks-rehearsal-unknown",
    Severity.WARNING,
    Text("沒有人評過試評的檔案 {number}。", "Nobody marked rehearsal dossier {number}."),
    Text("請確認 --rehearsal 的應試號碼。", "Check the applicant number given with --rehearsal."),
)
CUT_BEYOND = ProblemKind(
    "marks-cut-beyond",
    Severity.WARNING,
    Text(
        "錄取 {cut} 名，但只有 {count} 份有完整的平均總分，無法檢查同分。",
        "To be admitted: {cut}. Dossiers with a complete mean: {count}, which is fewer; ties were not checked.",
    ),
    Text("等評分完成後再檢查。", "Check again when marking is complete."),
)
NO_DESK = ProblemKind(
    "marks-site-no-desk",
    Severity.ERROR,
    Text(
        "校系 {code} 的資料夾 {folder} 沒有評閱資料（data/desk.js），或無法讀取。",
        "{folder}, the folder of department {code}, has no readable desk data (data/desk.js).",
    ),
    Text("請用目前的版本重新執行 reviewer build。", "Run reviewer build again with this version."),
)
SITE_ELSEWHERE = ProblemKind(
    "marks-site-elsewhere",
    Severity.ERROR,
    Text(
        "{folder} 裡沒有校系 {code} 的資料夾，它本身也不是校系的資料夾。",
        "{folder} holds no folder of department {code}, nor is it a department's folder itself.",
    ),
    Text(
        "--site 請指向 reviewer build 用 --out 寫出的資料夾（{code}/ 就在裡面），或 {code}/ 本身。",
        "Let --site name the folder that reviewer build wrote with --out ({code}/ lies in it), or {code}/ itself.",
    ),
)
SITE_DEPARTMENT = ProblemKind(
    "marks-site-department",
    Severity.ERROR,
    Text(
        "{folder} 是校系 {other} 的資料夾，評分是校系 {own} 的。", "{folder} is the folder of department {other}, the marks are of {own}."
    ),
    Text(
        "--site 請指向校系 {own} 的資料夾，或各校系資料夾的上一層。",
        "Let --site name the folder of {own}, or the one that holds the departments' folders.",
    ),
)
SITE_REREAD = ProblemKind(
    "marks-site-reread",
    Severity.ERROR,
    Text("{folder} 是再閱資料夾，只有需要再閱的那幾份。", "{folder} is a folder for re-reading and holds nothing but what is read again."),
    Text(
        "--site 請指向 reviewer build 用 --out 寫出的資料夾，或其中的 {code}/。",
        "Let --site name the folder that reviewer build wrote with --out, or {code}/ in it.",
    ),
)
SITE_WITHOUT_RECORD = ProblemKind(
    "marks-site-no-record",
    Severity.ERROR,
    Text(
        "{folder} 沒有可用的製作紀錄（{record}），多半是複製或改名時沒有一起帶走。",
        "{folder} has no build record that can be used ({record}); most likely it was copied or renamed without it.",
    ),
    Text(
        "--site 請指向 reviewer build 寫出的原資料夾，或連同 .reviewer 一起複製。",
        "Let --site name the folder that reviewer build wrote, or copy it together with .reviewer.",
    ),
)
SITE_CONFIGURED_OTHERWISE = ProblemKind(
    "marks-site-configuration",
    Severity.ERROR,
    Text(
        "設定資料夾 {config} 裡校系 {code} 的設定，和製作 {folder} 時的不同；照它做的再閱資料夾會是別的樣子。",
        "The settings of department {code} in {config} are not those that {folder} was built with; a folder for re-reading made by them would differ from it.",
    ),
    Text(
        "請用 --config 指出製作時的設定資料夾；設定或程式在製作後改過的話，請先重新執行 reviewer build。",
        "Name the configuration that it was built with by --config; where settings or the program have changed since, run reviewer build again first.",
    ),
)
CONFIG_FOUND = ProblemKind(
    "marks-configuration",
    Severity.NOTE,
    Text("沒有指定 --config；尺規與校系的設定取自 {config}。", "There is no --config; rubric and settings are those of {config}."),
    Text("如果不是這一份，請用 --config 指出。", "If that is not the one, name it with --config."),
)
REREAD_NOT_MADE = ProblemKind(
    "marks-reread-not-made",
    Severity.ERROR,
    Text(
        "再閱資料夾 {folder} 沒有做出來；{files} 照常寫出。",
        "The folder for re-reading, {folder}, was not made; {files} are written all the same.",
    ),
    Text("請依同時列出的原因處理後，再合併一次。", "See the reason that is told beside this, mend that, and merge again."),
)
REREAD_FOREIGN = ProblemKind(
    "marks-reread-foreign",
    Severity.WARNING,
    Text(
        "{folder} 已經存在，而且不是這個指令做的再閱資料夾，沒有動它。",
        "{folder} exists and is not a folder for re-reading that this command made; it was left alone.",
    ),
    Text("請移走它，或用 --out 指定另一個資料夾。", "Move it away, or name another folder with --out."),
)
REREAD_REMOVED = ProblemKind(
    "marks-reread-removed",
    Severity.NOTE,
    Text(
        "這次沒有做再閱資料夾；先前合併留下的 {folder}（{count} 份檔案）已移除。",
        "This merge makes no folder for re-reading; {folder} of an earlier merge was removed (dossiers: {count}).",
    ),
    Text("如果已經複製給委員，請告訴他。", "If it was copied to a reviewer, tell him."),
)
REREAD_KEPT = ProblemKind(
    "marks-reread-kept",
    Severity.NOTE,
    Text(
        "另外存進 {folder} 的檔案留在原處（{count} 個）：{files}。",
        "What was saved in {folder} besides stays there (files: {count}): {files}.",
    ),
    Text("其中如果有委員的評分檔案，請一併合併。", "If a reviewer's file is among them, merge it with the others."),
)
REREAD_STAYS = ProblemKind(
    "marks-reread-stays",
    Severity.ERROR,
    Text(
        "先前合併留下的再閱資料夾 {folder} 無法移除（{reason}）；它和這次的合併無關。",
        "{folder}, the folder for re-reading of an earlier merge, cannot be removed ({reason}); it has nothing to do with this merge.",
    ),
    Text("請檢查權限，自行移除。", "Check permissions and remove it yourself."),
)
SITE_YEAR = ProblemKind(
    "marks-site-year",
    Severity.ERROR,
    Text(
        "{folder} 是 {other} 學年度的資料，評分是 {own} 學年度的。",
        "{folder} is of admission year {other}, the marks are of {own}.",
    ),
    Text("請確認 --site 指向這一年的輸出。", "Check that --site is the output of this year."),
)
NOT_IN_SITE = ProblemKind(
    "marks-not-in-site",
    Severity.WARNING,
    Text("檔案 {number} 有評分，但已不在校系的資料夾裡。", "Dossier {number} has marks but is no longer in the department's folder."),
    Text("請確認這位申請人是否已經放棄，或那一份被擱置。", "Check whether the applicant withdrew or the dossier was set aside."),
)
WRITE_FAILED = ProblemKind(
    "marks-write",
    Severity.ERROR,
    Text("無法寫入 {path}（{reason}）。", "Cannot write {path} ({reason})."),
    Text(
        "請檢查空間與權限，或檔案是否正在其他程式中開啟。", "Check space and permissions, and whether the file is open in another program."
    ),
)
