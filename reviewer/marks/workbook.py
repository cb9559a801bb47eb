"""The workbook: one sheet a question. Points, totals, means, differences and z-scores are formulas on the cells that hold the marks."""

from collections.abc import Iterator, Mapping, Sequence

from reviewer.marks.merging import Merged
from reviewer.marks.shapes import DossierMark, DossierResult, RaterResult
from reviewer.marks.sheets import Book, Cell, Formula, cell, place, span
from reviewer.marks.values import middle
from reviewer.marks.words import KINDS, dimension_names, level_names, rater_labels
from reviewer.marks.workbook_lists import write_lists

RUBRIC, MARKS, TOTALS, RATERS, STANDARD, CHECK = "尺規", "評分", "總分", "評分者", "標準化", "差分檢核"
"""Names of the sheets that formulas name."""

_FIXED = 3
"""Columns of the sheet of marks before the first dimension."""
_EACH = 3
"""Columns of a dimension: level, exact score, points."""
_MEAN, _SPREAD = 5, 6
"""Columns of the sheet of raters."""
_LIMITS = 8
"""Column of the sheet of the rubric that holds the limits."""


def workbook(merged: Merged) -> bytes:
    """The workbook as a file."""
    return _Workbook(merged).write()


class _Workbook:
    def __init__(self, merged: Merged) -> None:
        self.merged, self.outcome, self.rubric = merged, merged.outcome, merged.rubric
        self.labels = rater_labels(self.outcome.raters)
        self.rows: Mapping[tuple[str, str], int] = {(mark.rater, mark.number): row for row, mark in enumerate(self.outcome.marks, start=1)}
        self.total = _FIXED + _EACH * len(self.rubric.dimensions)
        self.dossier_rows = {result.number: row for row, result in enumerate(self.outcome.dossiers, start=1)}
        self.rater_rows = {rater.id: row for row, rater in enumerate(self.outcome.raters, start=1)}

    def write(self) -> bytes:
        book = Book()
        self._write_rubric(book)
        headings = ["應試號碼", "評分者", "已評完"]
        for dimension in self.rubric.dimensions:
            name = dimension.name.zh
            headings += [f"{name} 等第", f"{name} 分數", f"{name} 得分"]
        book.sheet(MARKS, [*headings, "總分", "尚缺"], map(self._mark_row, self.outcome.marks), (12, 14, 8, 11), frozen=2)
        most = max((len(result.totals) for result in self.outcome.dossiers), default=0)
        pairs = [heading for index in range(1, most + 1) for heading in (f"評分者 {index}", f"總分 {index}")]
        tail = ["平均", "最高減最低", "超過差分檢核", "標準化平均", "再閱"]
        book.sheet(TOTALS, ["應試號碼", *pairs, *tail], (self._total_row(result, most) for result in self.outcome.dossiers), (12, 13, 10))
        self._write_raters(book)
        standard = [mark for mark in self.outcome.marks if self._z(mark) is not None]
        book.sheet(STANDARD, ["應試號碼", "評分者", "總分", "標準分數 z"], map(self._standard_row, standard), (12, 14, 10, 12), frozen=2)
        heads = ["檢核", "應試號碼", "向度", "較高的評分者", "評分", "較低的評分者", "評分", "相差", "已再閱"]
        book.sheet(CHECK, heads, self._check_rows(), (16, 12, 16, 14, 10, 14, 10, 10, 8), frozen=2)
        write_lists(book, self.merged)
        return book.finish()

    def _write_rubric(self, book: Book) -> None:
        rubric = self.rubric
        levels = [(level.name.zh, level.low, level.high, middle(level)) for level in rubric.levels]
        weights = [(dimension.name.zh, dimension.weight) for dimension in rubric.dimensions]
        limits: list[tuple[str, float]] = [
            ("總分相差超過", rubric.max_total_difference),
            ("同一向度相差幾個等第以上", rubric.level_difference),
            ("評分者平均相差超過", rubric.max_rater_mean_difference),
            ("每份至少幾位評分者", rubric.raters),
        ]
        rows: list[Sequence[Cell]] = []
        for index in range(max(len(levels), len(weights), len(limits))):
            level: Sequence[Cell] = (None,) * 4
            if index < len(levels):
                name, low, high, half = levels[index]
                level = (name, float(low), float(high), Formula(f"=({cell(index + 1, 1)}+{cell(index + 1, 2)})/2", half))
            weight: Sequence[Cell] = weights[index] if index < len(weights) else (None, None)
            limit: Sequence[Cell] = limits[index] if index < len(limits) else (None, None)
            rows.append((*level, None, *weight, *limit))
        heads = ("等第", "最低", "最高", "沒有分數時以此計", "", "向度", "權重 %", "差分檢核", "值")
        book.sheet(RUBRIC, heads, rows, (10, 8, 8, 18, 3, 20, 10, 28, 8))

    def _weight(self, index: int) -> str:
        return place(RUBRIC, index + 1, 6)

    def _mark_row(self, mark: DossierMark) -> Sequence[Cell]:
        row, rubric = self.rows[mark.rater, mark.number], self.rubric
        names, dimensions = level_names(rubric), dimension_names(rubric)
        levels = f"'{RUBRIC}'!$A$2:$D${len(rubric.levels) + 1}"
        cells: list[Cell] = [mark.number, self.labels[mark.rater], "是" if mark.done else ""]
        for one in mark.dimensions:
            level, score = cell(row, len(cells)), cell(row, len(cells) + 1)
            points = f'=IF({score}<>"",{score},IF({level}<>"",VLOOKUP({level},{levels},4,FALSE),""))'
            # Where two versions differ there are no points: a formula would count what one of them says.
            is_torn = one.points is None and bool(one.level or one.score is not None)
            cells += [names.get(one.level, ""), one.score, None if is_torn else Formula(points, "" if one.points is None else one.points)]
        weighed = [(cell(row, self._points(index)), index) for index, dimension in enumerate(rubric.dimensions) if dimension.weight > 0]
        count = f"COUNT({','.join(points for points, _ in weighed)})={len(weighed)}"
        sum_ = "+".join(f"{points}*{self._weight(index)}" for points, index in weighed)
        total = Formula(f'=IF({count},ROUND(({sum_})/100,6),"")', "" if mark.total is None else mark.total)
        return (*cells, total, "、".join(dimensions[missing].zh for missing in mark.missing))

    def _points(self, index: int) -> int:
        return _FIXED + _EACH * index + 2

    def _total_place(self, rater: str, number: str) -> str:
        return place(MARKS, self.rows[rater, number], self.total)

    def _total_row(self, result: DossierResult, most: int) -> Sequence[Cell]:
        row = self.dossier_rows[result.number]
        cells: list[Cell] = [result.number]
        for total in result.totals:
            cells += [self.labels[total.rater], Formula(f"={self._total_place(total.rater, result.number)}", total.total)]
        cells += [None] * (1 + 2 * most - len(cells))
        own = ",".join(cell(row, 2 + 2 * index) for index in range(len(result.totals)))
        mean = Formula(f"=AVERAGE({own})", result.mean) if result.mean is not None else None
        apart = Formula(f"=MAX({own})-MIN({own})", result.difference) if result.difference is not None else None
        beyond: Cell = None
        if result.difference is not None:
            said = "是" if result.difference > self.rubric.max_total_difference else ""
            beyond = Formula(f'=IF(ROUND({cell(row, 2 + 2 * most)},6)>{place(RUBRIC, 1, _LIMITS)},"是","")', said)
        z = ",".join(f"({self._z_formula(total.rater, result.number)})" for total in result.totals)
        mean_z = Formula(f"=AVERAGE({z})", result.mean_z) if result.mean_z is not None else None
        again = "；".join(f"{self.labels[total.rater]} {total.total:.2f}" for total in result.rereads)
        return (*cells, mean, apart, beyond, mean_z, again)

    def _z(self, mark: DossierMark) -> float | None:
        rater = self.outcome.raters[self.rater_rows[mark.rater] - 1]
        if mark.total is None or not rater.standardised or rater.mean is None or not rater.spread:
            return None
        return round((mark.total - rater.mean) / rater.spread, 6)

    def _z_formula(self, rater: str, number: str) -> str:
        row = self.rater_rows[rater]
        return f"({self._total_place(rater, number)}-{place(RATERS, row, _MEAN)})/{place(RATERS, row, _SPREAD)}"

    def _standard_row(self, mark: DossierMark) -> Sequence[Cell]:
        total, z = mark.total or 0.0, self._z(mark) or 0.0
        here = f"={self._total_place(mark.rater, mark.number)}"
        return mark.number, self.labels[mark.rater], Formula(here, total), Formula(f"={self._z_formula(mark.rater, mark.number)}", z)

    def _write_raters(self, book: Book) -> None:
        heads = [
            "評分者",
            "檔案",
            "評過",
            "完整",
            "完整但未按評完",
            "平均",
            "標準差",
            "與同份其他評分者平均相差",
            "共同評過",
            "不能標準化的原因",
            "再閱",
        ]
        rows = map(self._rater_row, self.outcome.raters)
        book.sheet(RATERS, heads, rows, (16, 36, 8, 8, 14, 10, 10, 16, 10, 40, 8))

    def _rater_row(self, rater: RaterResult) -> Sequence[Cell]:
        own = [row for (its, _), row in self.rows.items() if its == rater.id]
        head: list[Cell] = [self.labels[rater.id], "、".join(rater.files), rater.started]
        tail: list[Cell] = [rater.severity, rater.shared, rater.why_not.zh if rater.why_not else "", "是" if rater.reread else ""]
        if not own:
            return (*head, 0, 0, None, None, *tail)
        # Marks come by rater: his rows follow each other.
        totals = span(MARKS, own[0], own[-1], self.total)
        mean = "" if rater.mean is None else rater.mean
        deviation = "" if rater.spread is None else rater.spread
        figures: list[Cell] = [
            Formula(f"=COUNT({totals})", rater.complete),
            rater.undeclared,
            Formula(f'=IF(COUNT({totals})=0,"",AVERAGE({totals}))', mean),
            Formula(f'=IF(COUNT({totals})<2,"",STDEV({totals}))', deviation),
        ]
        return (*head, *figures, *tail)

    def _check_rows(self) -> Iterator[Sequence[Cell]]:
        levels = f"'{RUBRIC}'!$A$2:$A${len(self.rubric.levels) + 1}"
        dimensions = dimension_names(self.rubric)
        for row, one in enumerate(self.outcome.differences, start=1):
            high, low = (self.labels[one.raters[0]], self.labels[one.raters[1]]) if one.raters else ("", "")
            values: list[Cell] = [*one.values, *([None] * (2 - len(one.values)))]
            apart: Cell = None
            if one.kind == "total":
                values = [
                    Formula(f"={self._total_place(rater, one.number)}", float(value))
                    for rater, value in zip(one.raters, one.values, strict=True)
                ]
            elif one.kind == "rater-means":
                places = [place(RATERS, self.rater_rows[rater], _MEAN) for rater in one.raters]
                values = [Formula(f"={where}", float(value)) for where, value in zip(places, one.values, strict=True)]
            if one.kind == "level":
                apart = Formula(f"=MATCH({cell(row, 6)},{levels},0)-MATCH({cell(row, 4)},{levels},0)", one.apart)
            elif one.kind != "tie":
                apart = Formula(f"={cell(row, 4)}-{cell(row, 6)}", one.apart)
            dimension = dimensions[one.dimension].zh if one.dimension else ""
            yield KINDS[one.kind].zh, one.number, dimension, high, values[0], low, values[1], apart, "是" if one.reread else ""
