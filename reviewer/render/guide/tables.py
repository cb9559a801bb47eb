"""The guide as text and as a workbook: a technical table for engineers, plain sentences for families and teachers."""

from typing import Any

from reviewer.model.parts import package_files, schema_version
from reviewer.model.text import Text
from reviewer.render.guide.rows import FieldRow, PartRow, code_words, joined, part_rows
from reviewer.selection.workbooks import Sheet, workbook_bytes

TECHNICAL_TITLE = Text("學習歷程檔案欄位表", "Fields of a learning portfolio")
PLAIN_TITLE = Text("學習歷程檔案裡有什麼", "What is in a learning portfolio")
PLAIN_LEAD = Text(
    "寫給家長、學生與老師：每一個欄位是什麼意思，由誰填寫。",
    "For families, students and teachers: what each field means, and who fills it in.",
)
TECHNICAL_LEAD = Text(
    "匯出檔的正式格式沒有公開；本表是本軟體讀取與封裝時依據的結構，有自己的版本。",
    "The export's official format is not public; this is the schema by which the program reads and packs, with a version of its own.",
)

_TECHNICAL = ("欄位 field", "名稱 label", "類型 type", "來源 source", "限制 limits", "別名 aliases", "自版本 since")


def version_words() -> Text:
    """The schema's version, as titles carry it."""
    return Text(f"結構版本 {schema_version()}", f"schema version {schema_version()}")


def technical_markdown() -> str:
    """A table a part."""
    lines = [_head(TECHNICAL_TITLE, TECHNICAL_LEAD), ""]
    for part in part_rows():
        lines += [f"## {_title(part)}", "", f"{part.file} · {part.lane.label.zh} {part.lane.label.en}", ""]
        lines += [f"{joined(part.limits).zh}<br>{joined(part.limits).en}", ""] if part.limits else []
        lines += [_line(_TECHNICAL), _line(tuple("---" for _ in _TECHNICAL))]
        lines += [_line(technical_cells(field)) for field in part.fields]
        lines.append("")
    return "\n".join(lines)


def plain_markdown() -> str:
    """A sentence a field."""
    lines = [_head(PLAIN_TITLE, PLAIN_LEAD), "", "## 檔案 / Files", "", _line(("檔案", "由誰", "內容")), _line(("---", "---", "---"))]
    lines += [_line((f"{file.name}（{'、'.join(file.forms)}）", _both(file.lane.label), _both(file.plain))) for file in package_files()]
    for part in part_rows():
        lines += ["", f"## {_title(part)}", "", f"{part.plain.zh}<br>{part.plain.en}", ""]
        lines += [f"{joined(part.limits).zh}。<br>{joined(part.limits).en}.", ""] if part.limits else []
        lines += [_line(("欄位", "說明")), _line(("---", "---"))]
        lines += [_line((f"{field.label.zh}<br>{field.label.en}", _plain_cell(field))) for field in part.fields]
    return "\n".join([*lines, ""])


def plain_object() -> dict[str, Any]:
    """The plain guide for programs: every part with its fields and sentences."""
    return {
        "version": schema_version(),
        "files": [{"name": file.name, "forms": list(file.forms), "zh": file.plain.zh, "en": file.plain.en} for file in package_files()],
        "parts": [
            {
                "key": part.key,
                "file": part.file,
                "zh": part.plain.zh,
                "en": part.plain.en,
                "fields": [{"key": field.key, "zh": field.plain.zh, "en": field.plain.en} for field in part.fields],
            }
            for part in part_rows()
        ],
    }


def technical_cells(field: FieldRow) -> tuple[str, ...]:
    """A field's cells in the technical table."""
    codes = f"：{code_words(field.codes).zh}" if field.codes else ""
    return (
        field.path.partition(".")[2],
        field.label.en,
        f"{field.type_words.zh} {field.type.value}{codes}",
        field.lane.label.zh,
        joined(field.limits).zh,
        "、".join(field.aliases),
        field.since,
    )


def workbook(*, plain: bool) -> bytes:
    """Every field in one sheet that can be filtered, and the files in another."""
    files = [
        (file.name, "、".join(file.forms), file.lane.label.zh, file.lane.label.en, file.plain.zh, file.plain.en) for file in package_files()
    ]
    sheet = _plain_sheet() if plain else _technical_sheet()
    headings = ("檔案", "格式", "來源", "Source", "說明", "What it is")
    return workbook_bytes([sheet, Sheet(title="檔案 Files", headings=headings, rows=files, widths=(20, 12, 22, 30, 60, 60))])


def _plain_sheet() -> Sheet:
    headings = ("檔案", "資料", "Part", "欄位", "Field", "說明", "What it is", "由誰填寫", "Who fills it in", "限制", "Limits")
    rows = [
        (
            part.file,
            part.key,
            part.label.en,
            field.label.zh,
            field.label.en,
            field.plain.zh,
            field.plain.en,
            field.lane.label.zh,
            field.lane.label.en,
            joined(field.limits).zh,
            joined(field.limits).en,
        )
        for part in part_rows()
        for field in part.fields
    ]
    return Sheet(title="欄位 Fields", headings=headings, rows=rows, widths=(18, 26, 28, 24, 24, 60, 60, 20, 30, 32, 40), frozen_columns=0)


def _technical_sheet() -> Sheet:
    headings = ("檔案", "資料", "欄位", "Label", "類型", "代碼", "來源", "Source", "限制", "Limits", "別名", "自版本")
    rows = [
        (
            part.file,
            part.key,
            field.path.partition(".")[2],
            field.label.en,
            field.type.value,
            code_words(field.codes).zh,
            field.lane.label.zh,
            field.lane.value,
            joined(field.limits).zh,
            joined(field.limits).en,
            "、".join(field.aliases),
            field.since,
        )
        for part in part_rows()
        for field in part.fields
    ]
    return Sheet(
        title="欄位 Fields", headings=headings, rows=rows, widths=(18, 26, 28, 24, 12, 40, 20, 12, 32, 40, 28, 9), frozen_columns=0
    )


def _head(title: Text, lead: Text) -> str:
    return f"# {title.zh} / {title.en}\n\n{lead.zh}\n\n{lead.en}\n\n{version_words().zh} / {version_words().en}"


def _title(part: PartRow) -> str:
    return f"{part.key} / {part.label.en}"


def _plain_cell(field: FieldRow) -> str:
    limits = f"<br>{joined(field.limits).zh} / {joined(field.limits).en}" if field.limits else ""
    return _both(field.plain) + limits


def _both(text: Text) -> str:
    return f"{text.zh}<br>{text.en}"


def _line(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
