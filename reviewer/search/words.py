"""What is said of a query, in both languages; the pages' own script reads the sentences of its language from the manifest, so that they stand here once."""

from reviewer.model.language import Language
from reviewer.model.parts import Lane
from reviewer.model.problem import ProblemKind, Severity
from reviewer.model.text import Text
from reviewer.search.documents import Has

QUERY_EMPTY = ProblemKind(
    "query-empty",
    Severity.WARNING,
    Text("沒有可搜尋的字。", "There is nothing to search for."),
    Text("請輸入一個以上的字。", "Enter at least one character."),
)

QUERY_TOO_LONG = ProblemKind(
    "query-too-long",
    Severity.WARNING,
    Text("搜尋字串太長（上限 500 字）。", "The query is too long (500 characters at most)."),
    Text("請只留下最要緊的幾個詞。", "Keep only the words that matter most."),
)

QUERY_TOO_MANY = ProblemKind(
    "query-too-many-words",
    Severity.WARNING,
    Text("搜尋詞太多（上限 16 個）。", "There are too many words (16 at most)."),
    Text("請刪去幾個詞，或以引號把相連的詞合為一句。", "Remove some, or put words that belong together into quotation marks."),
)

QUERY_FIELD = ProblemKind(
    "query-unknown-field",
    Severity.WARNING,
    Text("沒有「{word}」這個搜尋欄位。", "There is no search field “{word}”."),
    Text(
        "可用的欄位：code:、applicant:、semester:、source:、has:；若要搜尋這幾個字本身，請加引號。",
        "Fields are code:, applicant:, semester:, source: and has:. To search for the words themselves, put them into quotation marks.",
    ),
)

QUERY_NO_VALUE = ProblemKind(
    "query-field-without-value",
    Severity.WARNING,
    Text("搜尋欄位「{word}」後面沒有內容。", "The search field “{word}” has no value."),
    Text("請緊接著輸入，例如 code:J。", "Write it right behind the colon, such as code:J."),
)

QUERY_VALUE = ProblemKind(
    "query-unknown-value",
    Severity.WARNING,
    Text("搜尋欄位不認得「{word}」。", "The search field does not know “{word}”."),
    Text(
        "例：semester:113-1、semester:113、source:school（或 certified、student、application）、has:video（或 audio、image、document、link）。",
        "For example semester:113-1, semester:113, source:school (or certified, student, application), has:video (or audio, image, document, link).",
    ),
)

QUERY_ONLY_EXCLUDED = ProblemKind(
    "query-only-exclusions",
    Severity.WARNING,
    Text("只有要排除的詞，沒有要搜尋的詞。", "The query only says what to leave out."),
    Text("請再輸入一個以上要搜尋的詞，或加上 code: 等欄位。", "Add at least one word to search for, or a field such as code:."),
)

QUERY_UNCLOSED = ProblemKind(
    "query-unclosed-quote",
    Severity.NOTE,
    Text("引號沒有結束，已當作一直到最後。", "A quotation mark is not closed; the phrase was taken to reach the end."),
    Text("如果不是這個意思，請補上結尾的引號。", "If that is not what you mean, add the closing mark."),
)

QUERY_INVISIBLE = ProblemKind(
    "query-invisible-characters",
    Severity.NOTE,
    Text("搜尋字串含有看不見或不完整的字元，已略過。", "The query holds invisible or incomplete characters; they were left out."),
    Text("不需處理；若結果不如預期，請重新輸入。", "Nothing to do; if the result is not what you expect, type the words again."),
)

QUERY_PART_EMPTY = ProblemKind(
    "query-part-empty",
    Severity.NOTE,
    Text("其中一個詞沒有可搜尋的字，已略過。", "One of the words holds nothing to search for and was left out."),
    Text("不需處理。", "Nothing to do."),
)

QUERY_KINDS = (
    QUERY_EMPTY,
    QUERY_TOO_LONG,
    QUERY_TOO_MANY,
    QUERY_FIELD,
    QUERY_NO_VALUE,
    QUERY_VALUE,
    QUERY_ONLY_EXCLUDED,
    QUERY_UNCLOSED,
    QUERY_INVISIBLE,
    QUERY_PART_EMPTY,
)
"""Everything that may be said of a query."""


HAS_LABELS = {
    Has.DOCUMENT: Text("文件", "document"),
    Has.IMAGE: Text("圖片", "picture"),
    Has.AUDIO: Text("錄音", "sound"),
    Has.VIDEO: Text("影片", "film"),
    Has.LINK: Text("網址", "address"),
}
"""What the values of `has:` are called."""


def page_labels(language: Language = Language.CHINESE) -> dict[str, dict[str, str]]:
    """Names of the facets' values for the pages."""
    return {
        "source": {lane.value: lane.label.of(language) for lane in Lane},
        "has": {has.value: label.of(language) for has, label in HAS_LABELS.items()},
    }


def page_words(language: Language = Language.CHINESE) -> dict[str, str]:
    """Sentences for the pages, by code."""
    between = "" if language is Language.CHINESE else " "
    return {kind.code: between.join((kind.what.of(language), kind.remedy.of(language))) for kind in QUERY_KINDS}
