"""A sheet of text alone, 20,000 characters, by Typst and by our engine: `python -m benchmarks.textsheet [--rounds 5]`.

The text is what the applicants of the example schools say of themselves, one statement after another. Each engine lays out one line and the whole sheet
in the same typeface and size; the line is the start, and what the sheet takes beyond it, divided by its further pages, is a page. Processor
seconds, medians of the rounds; ratios are taken within a round. Our engine reads its fonts once a worker (`ours_set_up`), Typst once a
document unless its fonts are kept too: both are measured.
"""

import argparse
import statistics
from collections.abc import Callable

import pypdfium2
import typst

from benchmarks import results
from benchmarks.dossiers import EXAMPLES
from benchmarks.processor import cpu_of
from reviewer import resources
from reviewer.fonts import rare
from reviewer.render.pdf import document
from reviewer.render.pdf.engine import Engine, tune_worker

ROUNDS = 5
CHARACTERS = 20_000
LINE = "學習歷程自述"
FONTS = [str(resources.data_folder("themes") / "default" / "fonts")]
Ways = dict[str, Callable[[int], bytes]]


def statements() -> list[str]:
    """What the examples' applicants wrote, each text once, in the order of their files; together at least CHARACTERS long."""
    texts = dict.fromkeys(path.read_text(encoding="utf-8").strip() for path in sorted((EXAMPLES / "central").rglob("*.md")))
    found: list[str] = []
    for text in texts:
        if sum(map(len, found)) >= CHARACTERS:
            return found
        if not rare.plan(map(ord, text.replace("\n", ""))).drawings:
            found.append(text)
    raise ValueError(f"the examples hold less than {CHARACTERS} characters")


def by_typst(paragraphs: list[str], fonts: "typst.Fonts | list[str]") -> bytes:
    """A sheet by Typst, tagged as it does by itself; fonts that are named by their folder are read for this document."""
    strings = ", ".join('"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"' for text in paragraphs)
    set_up = '#set page(paper: "a4", margin: 20mm)\n#set text(font: "Noto Sans TC", size: 10.5pt, lang: "zh", region: "tw")\n'
    source = f"{set_up}#set par(leading: 1em, spacing: 1.5em)\n#for words in ({strings},) [#words #parbreak()]\n"
    made = typst.compile(source.encode(), font_paths=fonts, ignore_system_fonts=True)  # type: ignore[misc] # its stub has a type variable too many
    return bytes(made)


def by_us(paragraphs: list[str]) -> bytes:
    """A sheet by our engine and style."""
    escaped = (text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br>") for text in paragraphs)
    body = "".join(f"<p>{text}</p>" for text in escaped)
    size = "<style>@page{size:A4;margin:20mm}p{font-size:10.5pt;line-height:1.75;margin:0 0 .75em}</style>"
    html = f'<!DOCTYPE html><html lang="zh-Hant-TW"><head><title>text</title>{size}</head><body>{body}</body></html>'
    return document.engine().lay_out(html, {}, rare.plan(())).pdf


def ways(paragraphs: list[str]) -> Ways:
    """Every way by its name, in the order in which a round takes them; each is told the round."""
    kept = typst.Fonts(include_system_fonts=False, font_paths=FONTS)

    def numbered(turn: int) -> list[str]:
        # Typst remembers paragraphs that it has laid out in this process: in no round may they be those of another.
        return [f"{turn}{text}" for text in paragraphs]

    return {
        "typst_line": lambda turn: by_typst([f"{turn}{LINE}"], FONTS),
        "typst_sheet": lambda turn: by_typst(numbered(turn), FONTS),
        "typst_kept_line": lambda turn: by_typst([f"{turn}.{LINE}"], kept),
        "typst_kept_sheet": lambda turn: by_typst(numbered(turn + 500), kept),
        "ours_line": lambda turn: by_us([f"{turn}{LINE}"]),
        "ours_sheet": lambda turn: by_us(numbered(turn)),
    }


def figures(seconds: dict[str, list[float]], pages: dict[str, int]) -> dict[str, dict[str, float]]:
    """Start and page of each engine, and ours against Typst's, from the seconds of every round."""
    starts = {name: seconds[f"{name}_line"] for name in ("typst", "typst_kept", "ours")}
    each = {
        name: [(sheet - line) / (pages[f"{name}_sheet"] - 1) for line, sheet in zip(starts[name], seconds[f"{name}_sheet"], strict=True)]
        for name in starts
    }
    return {
        "start_s": {name: round(statistics.median(rows), 4) for name, rows in starts.items()},
        "page_s": {name: round(statistics.median(rows), 5) for name, rows in each.items()},
        "sheet_s": {name: round(statistics.median(seconds[f"{name}_sheet"]), 4) for name in starts},
        "ratios": {
            "our_sheet_to_typst": _ratio(seconds["ours_sheet"], seconds["typst_sheet"]),
            "our_page_to_typst": _ratio(each["ours"], each["typst"]),
        },
    }


def _ratio(ours: list[float], theirs: list[float]) -> float:
    return round(statistics.median(one / other for one, other in zip(ours, theirs, strict=True)), 3)


def main() -> None:
    """Measure and write benchmarks/results/textsheet.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    rounds = parser.parse_args().rounds
    paragraphs = statements()
    document.engine()
    tune_worker()
    todo = ways(paragraphs)
    pages = {name: len(pypdfium2.PdfDocument(make(100))) for name, make in todo.items()}
    seconds: dict[str, list[float]] = {name: [] for name in todo}
    for turn in range(101, 101 + rounds):
        for name, make in todo.items():
            seconds[name].append(cpu_of(lambda make=make, turn=turn: make(turn)))  # type: ignore[misc] # defaults
    results.write(
        "textsheet",
        {
            "rounds": rounds,
            "characters": sum(map(len, paragraphs)),
            "pages": {name: pages[f"{name}_sheet"] for name in ("typst", "ours")},
            "ours_set_up_s": round(statistics.median(cpu_of(Engine) for _ in range(rounds)), 4),
            **figures(seconds, pages),
        },
    )


if __name__ == "__main__":
    main()
