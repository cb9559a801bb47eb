"""Laws of the intake: populations add up, rows that fit are never called shifted, bags are the same bytes and read back as they were."""

import csv
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.intake import bag, grids, kinds, shifted
from reviewer.intake.cohort import LEAST_PEOPLE, Counted, bucket
from reviewer.packages.address import PackageAddress
from reviewer.packages.inventory import take_inventory
from reviewer.packages.names import deceives, fold, is_ignored, leads_out, normal
from reviewer.packages.opening import open_package

SERVICE = kinds.kinds()["服務學習紀錄"]
KEYS = ("學號", "服務名稱", "開始日期", "結束日期", "服務學習時數", "證明文件連結")
DATES = st.dates().map(lambda day: f"{day:%Y/%m/%d}".zfill(10))
ROWS = st.tuples(
    st.from_regex(r"\A[0-9]{8}\Z"),
    st.text(alphabet="說故事志工", min_size=1),
    DATES,
    DATES,
    st.integers(1, 999).map(str),
    st.sampled_from(["", "證明.pdf", "照片.jpg"]),
)
NAMES = (
    st.text(alphabet="ab證明é.-_ 0", min_size=1, max_size=12)
    .map(normal)
    .filter(lambda name: not (leads_out(name) or deceives(name) or is_ignored(name) or name != name.strip(" .") or set(name) <= {"."}))
)
FILES = st.dictionaries(NAMES, st.binary(max_size=64), min_size=1, max_size=6).filter(
    lambda files: len({fold(name) for name in files}) == len(files)
)


@given(ROWS)
def test_a_row_that_fits_is_never_called_shifted(row: tuple[str, ...]) -> None:
    assert shifted.shifted_at(KEYS, row, SERVICE.columns) == ""


@given(ROWS, st.integers(1, 3))
def test_a_row_whose_empty_cell_was_swallowed_is_never_taken_for_sound_when_two_cells_do_not_fit(row: tuple[str, ...], gone: int) -> None:
    """The cell at `gone` was empty and is lost: what follows stands one place too far left."""
    cells = (*row[:gone], *row[gone + 1 : 5], "證明.pdf", "")
    misfits = sum(not shifted.fits(SERVICE.columns[key], value) for key, value in zip(KEYS, cells, strict=True) if value)
    assert bool(shifted.shifted_at(KEYS, cells, SERVICE.columns)) == (misfits >= shifted.LEAST)


@given(st.lists(st.one_of(st.integers(-1, 101).map(str), st.sampled_from(["", "通過", "NaN", "Infinity", "85.5"]))))
def test_populations_are_whoever_has_a_mark(marks: list[str]) -> None:
    lows = [low for mark in marks if (low := bucket(mark)) is not None]
    assert all(0 <= low <= 99 for low in lows)
    counted = Counted(people=len(lows), buckets={low: lows.count(low) for low in lows})
    published = counted.published()
    assert (published is None) == (len(lows) < LEAST_PEOPLE)
    assert published is None or sum(published.values()) == counted.people


@settings(max_examples=40)
@given(FILES)
def test_a_bag_is_the_same_bytes_and_reads_back_as_it_was(files: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        marks = []
        for name in ("one", "two"):
            planned = bag.plan_bag(files, {"Source-Organization": "校"}, None)
            bag.write_folder(planned, Path(folder) / name)
            bag.write_zip(planned, "stu", Path(folder) / f"{name}.zip")
            marks.append((planned.mark, (Path(folder) / f"{name}.zip").read_bytes()))
        assert marks[0] == marks[1]
        for location in ("one", "one.zip"):
            with open_package(PackageAddress(package_id="stu", location=str(Path(folder) / location))) as opened:
                assert {entry.path: opened.contents.read(entry, 64) for entry in opened.inventory} == files
        assert take_inventory(Path(folder) / "one", "stu").find("bagit.txt") is not None


@given(st.lists(st.lists(st.text(alphabet='甲乙,"\n', max_size=5), min_size=2, max_size=4), min_size=1, max_size=6))
def test_rows_of_a_csv_are_counted_as_spreadsheets_count_them(rows: list[list[str]]) -> None:

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "roster.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([["學號", "姓名"], *rows])
        found, problems = grids.open_csv(path, "roster.csv")
        assert problems == []
        expected = [
            (number, [cell.strip() for cell in row])
            for number, row in enumerate([["學號", "姓名"], *rows], 1)
            if any(cell.strip() for cell in row)
        ]
        assert list(found[0].rows) == expected
