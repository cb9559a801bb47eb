"""The workbook's sheets that list: agreement, the line of admission, rehearsal, what is open, what was written, what was found."""

from collections.abc import Sequence

from reviewer.marks.merging import Merged
from reviewer.marks.shapes import Agreement, RehearsalRater
from reviewer.marks.sheets import Book, Cell
from reviewer.marks.words import METRICS, dimension_names, field_words, marked_first, rater_labels, value_words


def write_lists(book: Book, merged: Merged) -> None:
    """Add them."""
    _write_agreement(book, merged)
    _write_rehearsal(book, merged)
    _write_open(book, merged)
    _write_written(book, merged)
    problems = [
        (problem.severity.label.zh, str(problem.where), problem.what.zh, problem.remedy.zh, problem.what.en, problem.remedy.en)
        for problem in merged.outcome.problems
    ]
    book.sheet("問題", ("程度", "哪裡", "什麼", "怎麼辦", "What", "What to do"), problems, (8, 36, 60, 50, 60, 50))


def _write_agreement(book: Book, merged: Merged) -> None:
    rows = [_agreement_row(one, merged) for one in merged.outcome.agreement]
    heads = ("向度", "尺度", "Krippendorff α", "由兩位以上評過", "不能計算的原因")
    book.sheet("一致性", heads, rows, (20, 16, 14, 16, 60))


def _agreement_row(one: Agreement, merged: Merged) -> Sequence[Cell]:
    why_not = one.why_not.zh if one.why_not else ""
    return dimension_names(merged.rubric)[one.dimension].zh, METRICS[one.metric].zh, one.alpha, one.dossiers, why_not


def _write_rehearsal(book: Book, merged: Merged) -> None:
    found = merged.outcome.rehearsal
    if found is None:
        return
    names, labels = dimension_names(merged.rubric), rater_labels(merged.outcome.raters)
    pairs = zip(found.agreement, found.since, strict=True)
    alphas = [(names[then.dimension].zh, then.alpha, then.dossiers, now.alpha, now.dossiers) for then, now in pairs]
    book.sheet("試評一致性", ("向度", "試評 α", "試評檔案", "正式 α", "正式檔案"), alphas, (20, 12))
    rows = [(labels[one.rater], one.marked, _first(one), one.severity, one.severity_since) for one in found.raters]
    heads = ("評分者", "完成的試評檔案", "先打開試評檔案", "試評時與其他人平均相差", "正式時與其他人平均相差")
    book.sheet("試評評分者", heads, rows, (16, 16, 14, 24, 24))


def _first(one: RehearsalRater) -> str:
    """Yes and no as everywhere in the workbook; where neither can be said, why, in both languages."""
    words = marked_first(one)
    return words.zh if one.first is not None and one.started else str(words)


def _write_open(book: Book, merged: Merged) -> None:
    outcome, labels, names = merged.outcome, rater_labels(merged.outcome.raters), dimension_names(merged.rubric)
    rows: list[Sequence[Cell]] = [
        ("兩個版本不同，請本人選擇", one.number, labels[one.rater], field_words(one, merged.rubric).zh, value_words(one, merged.rubric))
        for one in outcome.conflicts
    ]
    rows += [
        ("評分後檔案改過", one.number, labels[one.rater], "、".join(one.slots) if one.known else "檔案沒有記下改了哪裡", "")
        for one in outcome.changed
    ]
    rows += [
        ("尚缺評分", mark.number, labels[mark.rater], "、".join(names[missing].zh for missing in mark.missing), "")
        for mark in outcome.marks
        if mark.missing
    ]
    rows += [
        ("完整但未按評完", mark.number, labels[mark.rater], "", "") for mark in outcome.marks if mark.total is not None and not mark.done
    ]
    rows += [
        ("評分者不足", result.number, "", f"{len(result.totals)} 位，應有 {merged.rubric.raters} 位", "")
        for result in outcome.dossiers
        if not result.enough
    ]
    if outcome.cut is not None:
        rows += [("錄取線同分", number, "", f"錄取 {outcome.cut.admitted} 名", f"{outcome.cut.line:.2f}") for number in outcome.cut.tied]
    book.sheet("待處理", ("什麼", "應試號碼", "評分者", "哪裡", "值"), rows, (24, 12, 16, 40, 40), frozen=2)


def _write_written(book: Book, merged: Merged) -> None:
    labels, names = rater_labels(merged.outcome.raters), dimension_names(merged.rubric)
    rows: list[Sequence[Cell]] = []
    for mark in merged.outcome.marks:
        head = (mark.number, labels[mark.rater])
        for cited in mark.evidence:
            name = names.get(cited.dimension)
            rows.append((*head, "依據", name.zh if name else cited.dimension, cited.title))
        rows += [(*head, "評語", note.entry or "整份", note.text) for note in mark.notes]
        rows += [(*head, "標記", "", mark.flag)] if mark.flag else []
    book.sheet("評語與依據", ("應試號碼", "評分者", "類別", "向度或項目", "內容"), rows, (12, 16, 8, 20, 80), frozen=2)
