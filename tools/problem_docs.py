"""Write docs/problems.md: every problem code with its sentences, read from the package itself. A test compares.

Usage: python tools/problem_docs.py [--check]
"""

import importlib
import pkgutil
import sys
from pathlib import Path

import reviewer
from reviewer.model.problem import ExitStatus, ProblemKind, Severity
from reviewer.model.text import PLURAL

TARGET = Path(__file__).resolve().parent.parent / "docs" / "problems.md"

HEAD = """# Problems and exit statuses / 問題代碼與結束狀態

Made by `python tools/problem_docs.py` from the declarations in the code; a test holds it to them. `{words in braces}` are filled in with the facts.

本表由程式碼中的宣告產生，測試確保兩者一致；`{大括號內的字}` 會換成實際內容。

## Exit statuses / 結束狀態

| status | meaning |
|---|---|
"""

STATUS_WORDS = {
    ExitStatus.WELL: "All well. / 一切順利。",
    ExitStatus.NOTHING: "Nothing could be done: unreadable, nothing built. / 無法進行：讀不到資料，或沒有任何成品。",
    ExitStatus.USAGE: "Wrong usage, or a fault in the configuration. / 用法或設定有誤。",
    ExitStatus.SOME: "Done, but something was set aside or found. / 已完成，但有擱置的項目或查出的問題。",
}


def all_kinds() -> list[ProblemKind]:
    """Import every module of the package, so that every kind is declared, and return the kinds by code."""
    for module in pkgutil.walk_packages(reviewer.__path__, "reviewer."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    return [ProblemKind.registry[code] for code in sorted(ProblemKind.registry)]


def document() -> str:
    """The whole page."""
    lines = [HEAD + "\n".join(f"| {status.value} | {STATUS_WORDS[status]} |" for status in ExitStatus)]
    for severity in (Severity.ERROR, Severity.WARNING, Severity.NOTE):
        lines += [f"\n## {severity.label.en.capitalize()} / {severity.label.zh}\n", "| code | what | what to do |", "|---|---|---|"]
        lines += [
            f"| `{kind.code}` | {_cell(kind.what.zh)}<br>{_cell(kind.what.en)} | {_cell(kind.remedy.zh)}<br>{_cell(kind.remedy.en)} |"
            for kind in all_kinds()
            if kind.severity is severity
        ]
    return "\n".join(lines) + "\n"


def _cell(words: str) -> str:
    return PLURAL.sub(r"\3", words).replace("|", "\\|").replace("\n", " ")


def main() -> None:
    """Write the page, or with --check exit with 1 when it is not current."""
    if "--check" in sys.argv:
        sys.exit(TARGET.read_text(encoding="utf-8") != document())
    TARGET.write_text(document(), encoding="utf-8")


if __name__ == "__main__":
    main()
