"""What can be wrong with a delivery, in words."""

from reviewer.model.problem import ProblemKind, Severity
from reviewer.model.text import Text

NOT_A_CONTAINER = ProblemKind(
    "delivery-unreadable",
    Severity.ERROR,
    Text(
        "「{name}」無法讀取，或不是 reviewer deliver 產生的遞送檔。", "“{name}” cannot be read or is no delivery made by reviewer deliver."
    ),
    Text("請確認檔名與路徑，或請製作單位重新提供。", "Check the name and the path, or ask the office that made it for another copy."),
)
LOCK_NEEDED = ProblemKind(
    "delivery-locked",
    Severity.ERROR,
    Text("「{name}」已加密，需要{means}才能打開。", "“{name}” is encrypted; to open it takes {means}."),
    Text("請加上 {option}。", "Add {option}."),
)
WRONG_PASSPHRASE = ProblemKind(
    "delivery-wrong-passphrase",
    Severity.ERROR,
    Text("密語打不開「{name}」（或檔案開頭遭更動）。", "The passphrase does not open “{name}” (or the head of the file was altered)."),
    Text("請確認密語，注意大小寫與全形、半形。", "Check the passphrase: capital letters, and full-width or half-width characters."),
)
WRONG_KEY = ProblemKind(
    "delivery-wrong-key",
    Severity.ERROR,
    Text(
        "所給的金鑰都打不開「{name}」（或檔案開頭遭更動）。", "None of the keys given opens “{name}” (or the head of the file was altered)."
    ),
    Text(
        "請確認使用的是收件人的私鑰，或請製作單位以您的公鑰重新製作。",
        "Check that it is the recipient's private key, or ask the office to make the container for your public key.",
    ),
)
CUT_OFF = ProblemKind(
    "delivery-cut-off",
    Severity.ERROR,
    Text("遞送檔不完整，在第 {position:,} 個位元組之後中斷。", "The container is incomplete: it breaks off after byte {position:,}."),
    Text("請重新複製或下載。", "Copy or download it again."),
)
ALTERED = ProblemKind(
    "delivery-altered",
    Severity.ERROR,
    Text("遞送檔在第 {position:,} 個位元組附近遭更動或損壞。", "The container was altered or damaged near byte {position:,}."),
    Text("請重新複製；若仍如此，請向製作單位索取。", "Copy it again; if that does not help, ask the office that made it."),
)
FILE_ALTERED = ProblemKind(
    "delivery-file-altered",
    Severity.ERROR,
    Text("遞送檔中的這個檔案與 SHA256SUMS 不符。", "This file in the container is not what SHA256SUMS says."),
    Text("請重新複製遞送檔；若仍如此，請向製作單位索取。", "Copy the container again; if that does not help, ask the office that made it."),
)
REFUSED = ProblemKind(
    "delivery-refused",
    Severity.ERROR,
    Text("遞送檔的內容不可接受：{reason}。", "The container holds what is not accepted: {reason}."),
    Text("沒有寫入任何檔案；請向製作單位查明來源。", "Nothing was written; ask the office where the container came from."),
)
SOURCE_CHANGED = ProblemKind(
    "delivery-source-altered",
    Severity.ERROR,
    Text("網站資料夾與它的 SHA256SUMS 不符，沒有產生遞送檔。", "The site's folder is not what its SHA256SUMS says; no container was made."),
    Text("請重新執行 reviewer build。", "Run reviewer build again."),
)
NO_DEPARTMENT = ProblemKind(
    "delivery-no-department",
    Severity.ERROR,
    Text(
        "{site} 不是單一校系的資料夾；其中的校系：{codes}。", "{site} is not one department's folder; it holds these departments: {codes}."
    ),
    Text("請以 --department 指定校系代碼。", "Name the department with --department."),
)
UNKNOWN_DEPARTMENT = ProblemKind(
    "delivery-unknown-department",
    Severity.ERROR,
    Text("{site} 裡沒有校系 {code}；其中的校系：{codes}。", "{site} holds no department {code}; it holds these departments: {codes}."),
    Text("請改用其中一個代碼。", "Name one of these with --department."),
)
NO_FILE = ProblemKind(
    "delivery-no-file",
    Severity.ERROR,
    Text("找不到檔案「{name}」。", "There is no file “{name}”."),
    Text("請確認檔名與路徑。", "Check the name and the path."),
)
NO_SITE = ProblemKind(
    "delivery-no-site",
    Severity.ERROR,
    Text("{site} 沒有 SHA256SUMS，不是 reviewer build 產生的資料夾。", "{site} has no SHA256SUMS and is no folder made by reviewer build."),
    Text("請指定 SITE/校系代碼，或整個網站加上 --department。", "Name SITE/CODE, or the whole site with --department."),
)
PATH_TOO_LONG = ProblemKind(
    "delivery-path-too-long",
    Severity.ERROR,
    Text("路徑太長，無法放進遞送檔。", "The path is too long to be put into a container."),
    Text("請縮短檔名後重新建置。", "Shorten the file's name and build again."),
)
TARGET_THERE = ProblemKind(
    "delivery-target-there",
    Severity.ERROR,
    Text(
        "{target} 已經存在，沒有覆寫；日後的更新可能以它為準（--since）。",
        "{target} exists and was not overwritten; later deltas may start from it (--since).",
    ),
    Text("請以 --to 指定另一個檔名，或加上 --overwrite。", "Name another file with --to, or add --overwrite."),
)
TARGET_INSIDE = ProblemKind(
    "delivery-target-inside",
    Severity.ERROR,
    Text("遞送檔不能放在要遞送的資料夾 {folder} 裡。", "The container cannot be put into the folder that it delivers, {folder}."),
    Text("請以 --to 指定其他位置。", "Name another place with --to."),
)
NO_SPACE = ProblemKind(
    "delivery-disk-full",
    Severity.ERROR,
    Text(
        "磁碟空間不足，無法寫入 {place}；先前的檔案沒有變動。", "There is no space left to write {place}; what stood before is untouched."
    ),
    Text("請騰出空間後重新執行同一指令。", "Free some space and run the same command again."),
)
NOT_WRITABLE = ProblemKind(
    "delivery-not-writable",
    Severity.ERROR,
    Text("無法寫入 {place}（{reason}）；先前的檔案沒有變動。", "Cannot write to {place} ({reason}); what stood before is untouched."),
    Text("請確認寫入權限，或指定其他位置。", "Check that you may write there, or name another place."),
)
BUSY = ProblemKind(
    "delivery-busy",
    Severity.ERROR,
    Text("另一個 reviewer deliver 正在寫入 {place}。", "Another reviewer deliver is writing to {place}."),
    Text("請等它結束後再執行。", "Wait until it has ended."),
)
DRIVE = ProblemKind(
    "delivery-whole-drive",
    Severity.ERROR,
    Text("{folder} 是整個磁碟或隨身碟，無法整體替換。", "{folder} is a whole drive and cannot be exchanged as one."),
    Text("請改用其中的一個資料夾。", "Use a folder on it."),
)
FOLDER_LINK = ProblemKind(
    "delivery-folder-link",
    Severity.ERROR,
    Text("{folder} 是指向 {target} 的連結，不會套用到連結上。", "{folder} is a link to {target}; nothing is applied to a link."),
    Text("若確定要套用到那裡，請直接寫出 {target}。", "If that is where it shall be applied, name {target} itself."),
)
FOLDER_FOREIGN = ProblemKind(
    "delivery-folder-foreign",
    Severity.ERROR,
    Text(
        "{folder} 已有其他檔案（如 {name}），而且不是 reviewer deliver 套用過的資料夾。",
        "{folder} already holds other files (such as {name}) and is no folder to which reviewer deliver applied anything.",
    ),
    Text("請指定新的或空的資料夾。", "Name a new or empty folder."),
)
OTHER_STATE = ProblemKind(
    "delivery-other-state",
    Severity.ERROR,
    Text("{folder} 不是這份更新檔所依據的版本。", "{folder} is not the state that this delta was made for."),
    Text(
        "請先套用中間的更新檔，或向製作單位索取完整的遞送檔。", "Apply the deltas in between first, or ask the office for a full delivery."
    ),
)
STATE_ALTERED = ProblemKind(
    "delivery-state-altered",
    Severity.ERROR,
    Text(
        "{folder} 中有 {count:,} 個遞送的檔案已遭更動或遺失，沒有套用。",
        "{count:,} delivered {count|file|files} in {folder} {count|was|were} altered or {count|is|are} missing; nothing was applied.",
    ),
    Text(
        "請先以同一版本的完整遞送檔修復，再套用更新檔。",
        "Repair the folder with the full delivery of the same state first, then apply the delta.",
    ),
)
REPLACED = ProblemKind(
    "delivery-replaced",
    Severity.NOTE,
    Text(
        "{folder} 原本是另一個版本（SHA256SUMS 的雜湊 {former}），已換成這份遞送檔的版本（{now}）；遞送檔沒有記載兩者孰新孰舊。",
        "{folder} stood at another state (hash of SHA256SUMS: {former}), which that of this container ({now}) has replaced; which is the newer one is not in the container.",
    ),
    Text("如果這是較早的遞送檔，請再套用最新的完整遞送檔。", "If this is an earlier delivery, apply the latest full one again."),
)
OTHER_FOLDER = ProblemKind(
    "delivery-other-folder",
    Severity.ERROR,
    Text(
        "{folder} 已有另一份遞送的內容，無法確認屬於校系 {department}。",
        "{folder} already holds another delivery, which cannot be shown to be of department {department}.",
    ),
    Text(
        "請套用到新的或空的資料夾；您自己的檔案可另行複製過去。", "Apply it to a new or empty folder; your own files can be copied there."
    ),
)
IN_THE_WAY = ProblemKind(
    "delivery-file-in-the-way",
    Severity.ERROR,
    Text("您自己的「{name}」與遞送的檔案同名，沒有套用。", "Your own “{name}” has the name of a delivered file; nothing was applied."),
    Text("請將它改名或移到別處後再套用。", "Rename or move it, then apply again."),
)
OWN_FILE = ProblemKind(
    "delivery-own-file",
    Severity.NOTE,
    Text("這個檔案不是遞送來的。", "This file was not delivered."),
    Text("若是您自己的檔案，不必處理；更新時會保留。", "If it is your own, leave it; it stays when a delta is applied."),
)
UNSIGNED = ProblemKind(
    "delivery-unsigned",
    Severity.NOTE,
    Text("這份內容沒有簽章，無法確認由誰製作。", "This is not signed; who made it cannot be told."),
    Text("如需確認來源，請製作單位以 --sign 簽章。", "If that matters, ask the office to sign it with --sign."),
)
SIGNER_UNKNOWN = ProblemKind(
    "delivery-signer-unknown",
    Severity.NOTE,
    Text(
        "簽章完好，但簽章的金鑰（{fingerprint}）不在信任的公鑰之中。",
        "The signature is sound, but its key ({fingerprint}) is none of those trusted.",
    ),
    Text(
        "向製作單位核對指紋後，將公鑰檔放進 site_config/keys/。",
        "Compare the fingerprint with the office, then put its public key into site_config/keys/.",
    ),
)
SIGNATURE_WRONG = ProblemKind(
    "delivery-signature-wrong",
    Severity.ERROR,
    Text("簽章與內容不符。", "The signature does not fit the content."),
    Text("內容在簽章後遭更動；請向製作單位重新索取。", "Something was changed after signing; ask the office for it again."),
)
SIGNATURE_REQUIRED = ProblemKind(
    "delivery-signature-required",
    Severity.ERROR,
    Text("這份遞送檔沒有信任的簽章，沒有套用。", "The container carries no trusted signature; nothing was applied."),
    Text("請製作單位簽章，並將其公鑰放進 site_config/keys/。", "Ask the office to sign it, and put its public key into site_config/keys/."),
)
SIGNER_CHANGED = ProblemKind(
    "delivery-signer-changed",
    Severity.ERROR,
    Text(
        "先前的內容由金鑰 {former} 簽章，這份卻不是；沒有套用。",
        "What stands there was signed by the key {former}, this was not; nothing was applied.",
    ),
    Text(
        "向製作單位查明；若確實換了金鑰，請將新公鑰放進 site_config/keys/。",
        "Ask the office; if its key did change, put the new public key into site_config/keys/.",
    ),
)
