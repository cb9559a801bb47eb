"""What runs in child processes. A request goes in as JSON, what was made or the reason why not comes out as JSON; files stay files."""

import base64
import json
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pydantic

from reviewer.attachments import limits
from reviewer.attachments.blind.printed import printed_words
from reviewer.attachments.confinement import GUARDS
from reviewer.attachments.documents import DrawnPage, Prepared, ReadPage, Way, blank_pages, draw_pages, images_pdf, prepare, read_pages
from reviewer.attachments.findings import CHILD_STOPPED
from reviewer.attachments.glyphs import glyph_png
from reviewer.attachments.media import MediaFiles, save_media_files
from reviewer.attachments.pictures import PictureFiles, save_picture_files
from reviewer.attachments.placing import Placement, place_in_file
from reviewer.attachments.refusal import Refusal
from reviewer.attachments.sandbox import Bounds, Sandbox, SandboxFault
from reviewer.attachments.survey import Survey, survey_document, survey_picture
from reviewer.model.attachment import MediaType
from reviewer.model.canonical import canonical_json
from reviewer.model.hiding import NOTHING, Hidden
from reviewer.model.problem import Problem, Where

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One job; which fields count follows from its name."""

    job: str
    """`prepare`, `draw`, `read`, `images`, `blank`, `picture`, `medium`, `glyph`, `survey`, `survey-picture`, `place`, `words`."""
    path: str
    """The file to read."""
    folder: str = ""
    """Where to write."""
    way: Way = Way.FULL
    """Of `prepare`."""
    before: str = ""
    """Of `draw`: the document before normalising."""
    first: int = 1
    """Of `draw`: first page."""
    last: int = 1
    """Of `draw`: last page."""
    drawings: tuple[tuple[str, float, float], ...] = ()
    """Of `read` and `images`: each page's drawing with its size in points."""
    numbers: tuple[int, ...] = ()
    """Of `blank`: pages."""
    media_type: MediaType = MediaType.UNKNOWN
    """Of `medium`."""
    hidden: Hidden = NOTHING
    """Of `prepare`: what is taken out."""
    placements: tuple[Placement, ...] = ()
    """Of `place`: which page goes into which frame."""


_PROBLEM = pydantic.TypeAdapter(Problem)
_REQUEST = pydantic.TypeAdapter(Request)
_ANSWERS: dict[str, pydantic.TypeAdapter[Any]] = {
    "prepare": pydantic.TypeAdapter(Prepared),
    "draw": pydantic.TypeAdapter(tuple[DrawnPage, ...]),
    "read": pydantic.TypeAdapter(tuple[ReadPage, ...]),
    "images": pydantic.TypeAdapter(type(None)),
    "blank": pydantic.TypeAdapter(type(None)),
    "picture": pydantic.TypeAdapter(PictureFiles),
    "medium": pydantic.TypeAdapter(MediaFiles),
    "glyph": pydantic.TypeAdapter(str),
    "survey": pydantic.TypeAdapter(Survey),
    "survey-picture": pydantic.TypeAdapter(Survey),
    "place": pydantic.TypeAdapter(type(None)),
    "words": pydantic.TypeAdapter(tuple[str, ...]),
}


def serve(payload: bytes) -> bytes:
    """Do one job in the child. Content that cannot be used is an answer; anything unexpected is left to the sandbox."""
    request = _REQUEST.validate_json(payload)
    try:
        made = _do(request)
    except Refusal as refusal:
        return canonical_json({"refused": refusal.problem})
    return canonical_json({"made": made})


def call(request: Request, kind: type[Made], seconds: float = limits.CHILD_SECONDS) -> Made | Problem:
    """Have a job done in this thread's child process; the problem CHILD_STOPPED when the child was stopped or died."""
    try:
        answer = json.loads(_sandbox(request.folder).run(serve, _REQUEST.dump_json(request), seconds=seconds))
    except SandboxFault:
        return stopped()
    if "refused" in answer:
        return _PROBLEM.validate_python(answer["refused"])
    made = _ANSWERS[request.job].validate_python(answer["made"])
    if not isinstance(made, kind):
        raise TypeError(request.job)
    return made


class _Stops(threading.local):
    """This thread's, as its child process is."""

    count = 0


_STOPS = _Stops()


def stops() -> int:
    """How often work of this thread was stopped so far."""
    return _STOPS.count


def stopped() -> Problem:
    """The problem CHILD_STOPPED, counted in `stops`."""
    _STOPS.count += 1
    return CHILD_STOPPED.at(Where())


def is_stopped(made: object) -> bool:
    """Whether a job's result is that its child was stopped."""
    return isinstance(made, Problem) and made.code == CHILD_STOPPED.code


def missing_guards() -> tuple[str, ...]:
    """Guards that this thread's child could not take up, in their order; none when it has not been started: nothing hostile was read then."""
    sandbox: Sandbox | None = getattr(_own, "sandbox", None)
    return tuple(guard for guard in GUARDS if guard not in sandbox.held) if sandbox is not None and sandbox.is_started else ()


def close() -> None:
    """End this thread's child process, if there is one."""
    sandbox = getattr(_own, "sandbox", None)
    if sandbox is not None:
        sandbox.close()


def _do(request: Request) -> Any:
    path, folder = Path(request.path), Path(request.folder)
    if request.job == "prepare":
        return prepare(path, folder, request.way, request.hidden)
    if request.job == "draw":
        return draw_pages(path, Path(request.before) if request.before else None, folder, request.first, request.last)
    if request.job == "read":
        return read_pages(path, tuple(name for name, _, _ in request.drawings), folder)
    if request.job == "images":
        return images_pdf(request.drawings, folder)
    if request.job == "blank":
        return blank_pages(request.numbers, folder)
    if request.job == "picture":
        return save_picture_files(path, folder)
    if request.job == "medium":
        return save_media_files(path, request.media_type, folder)
    if request.job == "glyph":
        return base64.b64encode(glyph_png(path)).decode("ascii")
    if request.job == "survey":
        return survey_document(path)
    if request.job == "survey-picture":
        return survey_picture(path)
    if request.job == "place":
        return place_in_file(path, folder, request.placements)
    if request.job == "words":
        return printed_words(path)
    raise ValueError(request.job)


_own = threading.local()


def _sandbox(folder: str) -> Sandbox:
    """This thread's child, which may write beside `folder`, where the cache makes its entries, and nowhere else."""
    writable = (str(Path(folder).parent),) if folder else ()
    sandbox: Sandbox | None = getattr(_own, "sandbox", None)
    if sandbox is None or (writable and sandbox.bounds.writable != writable):
        close()
        # Processor time is for all threads of the child together; drawing has one, media decoders are kept to one.
        sandbox = _own.sandbox = Sandbox(Bounds(writable=writable), preload=(__name__,))
    return sandbox
