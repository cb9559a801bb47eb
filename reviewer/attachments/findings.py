"""What can be wrong with an attachment, in the words that people read. Sanitising and normalising declare their own beside their rules."""

from reviewer.model.problem import ProblemKind, Severity
from reviewer.model.text import Text

_EXPORT = Text("請另存成 PDF、JPG、PNG、MP3 或 MP4 後重新上傳。", "Save it as PDF, JPG, PNG, MP3 or MP4 and upload it again.")

FILE_EMPTY = ProblemKind(
    "attachment-empty",
    Severity.WARNING,
    Text("檔案是空的，沒有任何內容。", "The file is empty: it has no content at all."),
    Text("請學校或學生重新上傳這個檔案。", "Ask the school or the student to upload the file again."),
)
FILE_TYPE = ProblemKind(
    "attachment-type",
    Severity.WARNING,
    Text("檔案內容不是可收的格式，看起來是{kind_zh}。", "The content is not of a type that is taken; it looks like {kind_en}."),
    _EXPORT,
)
FILE_CHANGED = ProblemKind(
    "attachment-changed",
    Severity.WARNING,
    Text(
        "檔案在處理途中被改動，與讀取資料包時不同。", "The file changed while it was processed; it is not what was read from the package."
    ),
    Text("請確定沒有程式正在寫入資料包，再重新建置。", "Make sure that nothing writes to the packages, then build again."),
)
FILE_TOO_LARGE = ProblemKind(
    "attachment-too-large",
    Severity.WARNING,
    Text("檔案有 {size_mb} MB，超過可處理的 {limit_mb} MB。", "The file has {size_mb} MB, more than the {limit_mb} MB that are processed."),
    Text("請縮小檔案後重新上傳。", "Make the file smaller and upload it again."),
)
CHILD_STOPPED = ProblemKind(
    "attachment-stopped",
    Severity.WARNING,
    Text(
        "這個檔案需要的時間或記憶體超過限度，或使處理程式中斷，無法顯示。",
        "The file needs more time or memory than is allowed, or ends the program that reads it; it cannot be shown.",
    ),
    Text("請學生重新匯出檔案；若檔案正常，請回報。", "Ask the student to export the file again; if it is sound, please report it."),
)
PDF_NOT_DRAWABLE = ProblemKind(
    "pdf-not-drawable",
    Severity.WARNING,
    Text("PDF 已損壞，連頁面影像都無法產生。", "The PDF is damaged beyond drawing its pages."),
    Text("請學生重新匯出成 PDF 後上傳。", "Ask the student to export it as PDF again and upload it."),
)
PDF_AS_IMAGES = ProblemKind(
    "pdf-as-images",
    Severity.WARNING,
    Text(
        "PDF 無法安全整理，改以頁面影像呈現，因此不能搜尋其中文字。",
        "The PDF could not be put in safe order and is shown as images of its pages; its words cannot be searched.",
    ),
    Text(
        "若內容清楚可讀則不必處理，否則請學生重新匯出。", "Nothing need be done if the pages are legible; otherwise ask for a new export."
    ),
)
PDF_NOT_NORMALISED = ProblemKind(
    "pdf-not-normalised",
    Severity.WARNING,
    Text("這份 PDF 的字型無法替換，以原來的字型呈現。", "The fonts of this PDF could not be replaced; it is shown in its own."),
    Text("內容不受影響；請把檔案回報給開發者。", "Its content is not affected; please report the file."),
)
PAGE_NOT_DRAWN = ProblemKind(
    "pdf-page-not-drawn",
    Severity.WARNING,
    Text("這一頁無法畫出，以空白頁代替。", "This page cannot be drawn; an empty page stands in its place."),
    Text("請學生重新匯出成 PDF 後上傳。", "Ask the student to export it as PDF again and upload it."),
)
PDF_NOT_READ = ProblemKind(
    "pdf-not-read",
    Severity.WARNING,
    Text(
        "PDF 的文字無法讀取，只以頁面影像呈現，不列入搜尋。",
        "The words of the PDF could not be read; it is shown as images of its pages and left out of search.",
    ),
    Text(
        "若內容清楚可讀則不必處理，否則請學生重新匯出。", "Nothing need be done if the pages are legible; otherwise ask for a new export."
    ),
)
PAGES_CUT = ProblemKind(
    "pdf-pages-cut",
    Severity.WARNING,
    Text("PDF 有 {pages} 頁，只呈現前 {limit} 頁。", "The PDF has {pages} pages; only the first {limit} are shown."),
    Text("請把檔案拆開或縮短後重新上傳。", "Split or shorten the file and upload it again."),
)
PAGES_GARBLED = ProblemKind(
    "pdf-text-garbled",
    Severity.NOTE,
    Text(
        "第 {pages} 頁的文字層是亂碼，改以頁面影像呈現，不列入搜尋。",
        "The text layer of page {pages} is garbled; the page is shown as an image and left out of search.",
    ),
    Text("頁面影像不受影響，不必處理。", "The image of the page is not affected; nothing need be done."),
)
PICTURE_TOO_LARGE = ProblemKind(
    "picture-too-large",
    Severity.WARNING,
    Text("圖片有 {width} × {height} 像素，大到無法安全開啟。", "The picture has {width} × {height} pixels, too many to be opened safely."),
    Text("請縮小圖片後重新上傳。", "Make the picture smaller and upload it again."),
)
PICTURE_UNREADABLE = ProblemKind(
    "picture-unreadable",
    Severity.WARNING,
    Text("圖片已損壞，無法開啟。", "The picture is damaged and cannot be opened."),
    Text("請重新上傳這張圖片。", "Upload the picture again."),
)
PICTURE_TRUNCATED = ProblemKind(
    "picture-truncated",
    Severity.WARNING,
    Text("圖片不完整，只顯示讀得到的部分。", "The picture is incomplete; what could be read of it is shown."),
    Text("請重新上傳這張圖片。", "Upload the picture again."),
)
PICTURE_MOVES = ProblemKind(
    "picture-moves",
    Severity.NOTE,
    Text("這是會動的圖片，只顯示第一個畫面。", "The picture is animated; its first frame is shown."),
    Text("需要動態內容時，請改以 MP4 上傳。", "Upload a film as MP4 where the movement matters."),
)
GLYPH_REFUSED = ProblemKind(
    "glyph-picture-refused",
    Severity.WARNING,
    Text("造字圖檔不能使用：{why_zh}。", "The picture of the character cannot be used: {why_en}."),
    Text("請改用只含外框路徑的 SVG，或 PNG。", "Use an SVG of plain outlines, or a PNG."),
)
MEDIUM_UNREADABLE = ProblemKind(
    "medium-unreadable",
    Severity.WARNING,
    Text("影音檔已損壞或沒有可播放的內容。", "The medium is damaged or holds nothing that could be played."),
    Text("請重新匯出成 MP3 或 MP4（H.264 與 AAC）後上傳。", "Export it again as MP3 or MP4 (H.264 and AAC) and upload it."),
)
MEDIUM_UNPLAYABLE = ProblemKind(
    "medium-unplayable",
    Severity.WARNING,
    Text(
        "瀏覽器不能播放這個影音檔（{codec}）；檔案仍附上，可用播放軟體開啟。",
        "Browsers cannot play this medium ({codec}); the file is enclosed and opens in a media player.",
    ),
    Text("請轉成 MP4（H.264 與 AAC）或 MP3 後重新上傳。", "Convert it to MP4 (H.264 and AAC) or MP3 and upload it again."),
)
MEDIUM_CONTAINER = ProblemKind(
    "medium-container",
    Severity.NOTE,
    Text(
        "影音檔的容器格式不是 MP4 而是{kind_zh}，已不失真地改裝成 MP4。",
        "The container of the medium is not MP4 but {kind_en}; its content was moved into MP4 unchanged.",
    ),
    Text("不必處理。", "Nothing need be done."),
)
MEDIUM_CUT = ProblemKind(
    "medium-incomplete",
    Severity.WARNING,
    Text("影音檔不完整，只能播放前 {seconds} 秒。", "The medium is incomplete; only its first {seconds} seconds can be played."),
    Text("請重新上傳這個檔案。", "Upload the file again."),
)
