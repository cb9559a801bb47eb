"""How fast and in how much memory a school is checked: `python benchmarks/intake.py [--students 5000] [--rows 100000]`.

Prints students a second and the most memory, for a first check (every file is looked at), a second one (nothing changed) and a workbook of 100,000 rows.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from fixtures.workbook import write_workbook  # noqa: E402 - the checkout's root must be on the path first

CODE = "112013398H11101A1000101"
TERMS = [("112", "1"), ("112", "2"), ("113", "1"), ("113", "2"), ("114", "1")]
COURSES = 12
DOCUMENTS = ("report-cipher.pdf", "report-tanks.pdf", "speech-english.pdf", "report-armillary.pdf", "report-vertical.pdf")
DISTINCT = 200
"""Different documents: the rest repeat them under other names, as the cache would meet them in a second check."""


def write_school(folder: Path, students: int) -> None:
    """A school of so many students: sixty marks, six outcomes and four performances each, of DISTINCT documents."""
    folder.mkdir(parents=True)
    (folder / "school.toml").write_text('code = "013398"\nname = "大校"\ntype = "普通型"\n', encoding="utf-8")
    numbers = [f"113{number:05d}" for number in range(students)]
    _csv(folder / "學生資料名冊.csv", "學號,姓名,班級,群別,科班學程別", (f"{n},學生{n},三年{int(n) % 40}班,學術群,普通科" for n in numbers))
    marks = (
        f"{n},{year},{term},{CODE[:-2]}{course:02d},部定必修,語文領域,科目{course},2,{40 + (int(n) * 7 + course) % 60}"
        for n in numbers
        for year, term in TERMS
        for course in range(COURSES)
    )
    _csv(folder / "學生成績名冊_學期成績.csv", "學號,實際修課學年度,實際修課學期,課程代碼,課程類別,課程領域,科目名稱,學分數,分數", marks)
    _csv(
        folder / "學生成績名冊_學期平均.csv",
        "學號,學年度,學期,學生學期成績",
        (f"{n},{y},{t},{60 + int(n) % 40}.0" for n in numbers for y, t in TERMS),
    )
    outcomes = (
        f"{n},科目{k},{CODE[:-2]}{k:02d},112,1,整理成一份報告,成果{k}.pdf,,Y,2024/01/05,2024/01/15,教師{k}"
        for n in numbers
        for k in range(6)
    )
    head = "學號,科目名稱,課程代碼,實際修課學年度,實際修課學期,課程學習成果簡述,課程學習成果文件檔案連結,課程學習成果影音檔案連結,認證狀態,送審時間,認證時間,認證教師"
    _csv(folder / "學生課程學習成果名冊.csv", head, outcomes)
    services = (f"{n},服務{k},圖書館,1130901,1131201,12,說故事,證明{k}.png" for n in numbers for k in range(4))
    _csv(
        folder / "學生自填多元表現名冊_服務學習紀錄.csv",
        "學號,服務名稱,服務單位名稱,開始日期,結束日期,服務學習時數,內容簡述,證明文件連結",
        services,
    )
    _files(folder, numbers)


def _files(folder: Path, numbers: list[str]) -> None:
    made, pool = ROOT / "fixtures" / "assets" / "made", folder.parent / "pool"
    pool.mkdir()
    for serial in range(DISTINCT):
        # A comment after the end makes another content of the same document.
        (pool / f"{serial}.pdf").write_bytes((made / DOCUMENTS[serial % len(DOCUMENTS)]).read_bytes() + f"\n%{serial}\n".encode())
    proof = pool / "proof.png"
    proof.write_bytes((made / "certificate-licence.png").read_bytes())
    for place, number in enumerate(numbers):
        own = folder / "files" / number
        own.mkdir(parents=True)
        for k in range(6):
            os.link(pool / f"{(place * 6 + k) % DISTINCT}.pdf", own / f"成果{k}.pdf")
        for k in range(4):
            os.link(proof, own / f"證明{k}.png")


def _csv(path: Path, head: str, rows: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8-sig") as file:
        file.write(head + "\n")
        file.writelines(f"{row}\n" for row in rows)


def write_book(folder: Path, rows: int) -> None:
    """A school whose marks stand in one workbook of so many rows."""
    folder.mkdir(parents=True)
    (folder / "school.toml").write_text('code = "013398"\nname = "大校"\ntype = "普通型"\n', encoding="utf-8")
    _csv(folder / "學生資料名冊.csv", "學號,姓名", (f"113{number:05d},學生{number}" for number in range(rows // 60 + 1)))
    head = ["學號", "實際修課學年度", "實際修課學期", "課程代碼", "課程類別", "課程領域", "科目名稱", "學分數", "分數"]
    marks = [
        [f"113{n // 60:05d}", "112", "1", f"{CODE[:-2]}{n % 60:02d}", "部定必修", "語文領域", f"科目{n % 60}", "2", str(40 + n % 60)]
        for n in range(rows)
    ]
    (folder / "學生成績名冊.xlsx").write_bytes(write_workbook({"封面": [["學校代碼", "013398"]], "學期成績": [head, *marks]}))


def measure(folder: Path, cache: Path) -> dict[str, object]:
    """Check in a process of its own."""
    code = "import sys; sys.path.insert(0, sys.argv[1]); from benchmarks import intake; intake.child(sys.argv[2], sys.argv[3])"
    run = subprocess.run([sys.executable, "-c", code, str(ROOT), str(folder), str(cache)], capture_output=True, text=True, check=True)
    found: dict[str, object] = json.loads(run.stdout)
    return found


def child(folder: str, cache: str) -> None:
    """What the measured process does: open, check, count."""
    from reviewer.intake.checking import check  # noqa: PLC0415 - imported in the measured process
    from reviewer.intake.history import History  # noqa: PLC0415
    from reviewer.intake.looks import Looks  # noqa: PLC0415
    from reviewer.intake.uploads import open_uploads  # noqa: PLC0415

    begun = time.perf_counter()
    with open_uploads(Path(folder)) as uploads, Looks(Path(cache), os.cpu_count() or 1) as looks:
        opened = time.perf_counter() - begun
        found = check(uploads, looks, History())
    seconds = time.perf_counter() - begun
    # Not getrusage: what that gives begins with the memory of the process that started this one.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    most = int(status.partition("VmHWM:")[2].split()[0]) // 1024
    print(
        json.dumps(
            {
                "students": found.students,
                "rows": found.rows,
                "findings": len(found.findings),
                "open_s": round(opened, 1),
                "seconds": round(seconds, 1),
                "students_a_second": round(found.students / seconds, 1),
                "most_mb": most,
            }
        )
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=5_000)
    parser.add_argument("--rows", type=int, default=100_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="intake-benchmark-") as name:
        base = Path(name)
        write_school(base / "school", options.students)
        print("first check ", json.dumps(measure(base / "school", base / "cache")), flush=True)
        print("second check", json.dumps(measure(base / "school", base / "cache")), flush=True)
        write_book(base / "book", options.rows)
        print("workbook    ", json.dumps(measure(base / "book", base / "cache")), flush=True)


if __name__ == "__main__":
    main()
