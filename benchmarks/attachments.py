"""Milliseconds a page of each step on attachments, on the example schools' PDFs: `python -m benchmarks.attachments [PDF…]`.

Steps run in this process, one after another, in processor time, so that the figures are the steps' own whatever else the machine does; the
whole way through child processes is wall time.
"""

import functools
import hashlib
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pypdfium2

from reviewer.attachments import drawing, jobs, webp
from reviewer.attachments.cache import Store
from reviewer.attachments.normalise import installed_faces, normalise
from reviewer.attachments.process import process
from reviewer.attachments.reading.document import read
from reviewer.attachments.sanitise import Refused, sanitise
from reviewer.model.attachment import Attachment, MediaType

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures" / "assets" / "made"

Result = TypeVar("Result")


class Clock:
    """Adds up the time of each step."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self.seconds: defaultdict[str, float] = defaultdict(float)

    def run(self, step: str, work: Callable[[], Result]) -> Result:
        """Do a step's work and note its time."""
        began = self._now()
        try:
            return work()
        finally:
            self.seconds[step] += self._now() - began


def main(arguments: list[str]) -> None:
    """Measure the files named, or all fixtures, and print a table."""
    paths = [Path(argument) for argument in arguments] or sorted(FIXTURES.glob("*.pdf"))
    clock, pages, image_bytes, pdf_bytes = Clock(time.process_time), 0, 0, 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        installed_faces()
        for path in paths:
            try:
                count, images, size = _steps(path, folder, clock)
            except Refused as refused:
                print(f"{path.name}: {refused.problem.what.en}", file=sys.stderr)
                continue
            pages, image_bytes, pdf_bytes = pages + count, image_bytes + images, pdf_bytes + size
        whole, again = _whole(paths, folder)
    for step, seconds in clock.seconds.items():
        print(f"{step:<42}{1000 * seconds / pages:8.1f} ms a page, processor")
    print(f"{'whole way, child processes, cache':<42}{1000 * whole / pages:8.1f} ms a page")
    print(f"{'again, from the cache':<42}{1000 * again / pages:8.1f} ms a page")
    print(
        f"{len(paths)} files, {pages} pages, page images {image_bytes / pages / 1024:.0f} KB, PDF {pdf_bytes / pages / 1024:.0f} KB a page"
    )


def _steps(path: Path, folder: Path, clock: Clock) -> tuple[int, int, int]:
    inert = clock.run("sanitise", lambda: sanitise(path))
    final = clock.run("normalise", lambda: normalise(inert.pdf, installed_faces())).pdf
    pdf = pypdfium2.PdfDocument(final)
    names: list[str] = []
    total = 0
    for index in range(len(pdf)):
        page = pdf[index]
        name = ""
        for width_px in drawing.WIDTHS_PX:
            drawn = clock.run(f"page image, {width_px} px: draw", functools.partial(drawing.draw, page, width_px))
            name = f"{path.stem}-{index}-{width_px}.webp"
            image = clock.run(f"page image, {width_px} px: WebP", functools.partial(webp.save_page, drawn, folder, name))
            total += image.size_bytes
        names.append(name)
        page.close()
    clock.run("read (health, reading view, cuttings)", lambda: read(pdf, lambda index: drawing.opened(folder / names[index]), folder))
    pdf.close()
    return inert.page_count, total, len(final)


def _whole(paths: list[Path], folder: Path) -> tuple[float, float]:
    clock = Clock(time.perf_counter)
    with Store(folder / "cache") as store:
        for turn in ("whole", "again"):
            for path in paths:
                data = path.read_bytes()
                attachment = Attachment(
                    path=path.name, sha256=hashlib.sha256(data).hexdigest(), size_bytes=len(data), media_type=MediaType.PDF
                )
                clock.run(turn, functools.partial(process, path, attachment, store))
    jobs.close()
    return clock.seconds["whole"], clock.seconds["again"]


if __name__ == "__main__":
    main(sys.argv[1:])
