"""SHA256SUMS, written and verified."""

import subprocess
from pathlib import Path

from reviewer.site import sums


def folder(root: Path) -> Path:
    (root / "a-b").mkdir(parents=True)
    (root / "a").mkdir()
    for name in ("a/x.html", "a-b/y.html", "a.html", "index.html"):
        (root / name).write_text(name, encoding="utf-8")
    hashes = [(path, sums.sha256_of(root / path)) for path in sums.files_below(root)]
    (root / "SHA256SUMS").write_bytes(b"".join(sums.lines(hashes)))
    return root


def test_files_are_listed_in_the_order_of_their_paths(tmp_path: Path) -> None:
    paths = list(sums.files_below(folder(tmp_path)))
    assert paths == sorted(paths) == ["SHA256SUMS", "a-b/y.html", "a.html", "a/x.html", "index.html"]


def test_sha256sum_reads_it(tmp_path: Path) -> None:
    run = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=folder(tmp_path), capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr


def test_an_untouched_folder_has_no_problem(tmp_path: Path) -> None:
    assert sums.verify(folder(tmp_path)) == (4, ())


def test_altered_missing_and_added_files_are_named(tmp_path: Path) -> None:
    root = folder(tmp_path / "101001")
    (root / "a.html").write_text("other", encoding="utf-8")
    (root / "a/x.html").unlink()
    (root / "new.html").write_text("new", encoding="utf-8")
    _, problems = sums.verify(root)
    assert [(problem.code, str(problem.where)) for problem in problems] == [
        ("sums-altered", "101001 · a.html"),
        ("sums-missing", "101001 · a/x.html"),
        ("sums-added", "101001 · new.html"),
    ]


def test_lines_that_lead_out_of_the_folder_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "SHA256SUMS"
    path.write_text(f"{'0' * 64}  ../outside\n{'0' * 64}  /etc/passwd\nnonsense\n", encoding="utf-8")
    hashes, problems = sums.read(path)
    assert hashes == {}
    assert [problem.what.en for problem in problems] == [f"Line {line} of SHA256SUMS cannot be read." for line in (1, 2, 3)]
