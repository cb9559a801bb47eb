"""Views of attached files: sheets, media, addresses, and the reasons where there is nothing to show."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from reviewer.model.attachment import FileLink, MediaType
from reviewer.model.dossier import Entry, EntryKind
from reviewer.model.files import entry_links, file_letter
from reviewer.model.portfolio import Course
from reviewer.model.problem import Problem, Severity
from reviewer.model.processed import Block, BlockKind, Image, PageHealth, PageView, Processed
from reviewer.render import phrases
from reviewer.render.files import Names
from reviewer.render.language import N_
from reviewer.render.shapes.material import AddressView, BlockView, FileView, ImageView, MediaView, SheetView
from reviewer.render.shapes.small import ProblemView
from reviewer.render.views.places import place_words
from reviewer.render.words import Lettering

NOTES = {
    PageHealth.TEXT: "",
    PageHealth.SCAN: N_("本頁是掃描或圖片，沒有可閱讀的文字層，請看頁面影像。"),
    PageHealth.GARBLED: N_("本頁的文字層與畫面不符，無法轉成文字，請看頁面影像。"),
    PageHealth.EMPTY: N_("本頁沒有內容。"),
}
"""Why a page has no reading view."""

_KIND_WORDS = {
    MediaType.PDF: N_("文件"),
    MediaType.JPEG: N_("圖片"),
    MediaType.PNG: N_("圖片"),
    MediaType.MP3: N_("錄音"),
    MediaType.MP4: N_("影片"),
    MediaType.MARKDOWN: N_("文字"),
    MediaType.UNKNOWN: N_("檔案"),
}


def problem_view(problem: Problem, letters: Lettering, courses: Sequence[Course] = ()) -> ProblemView:
    """A finding as shown; of the place only what lies inside the file, since folder and file names may say more than the department may know."""
    page = letters.say("第 {n} 頁", n=problem.where.page) if problem.where.page else ""
    place = " · ".join(part for part in (place_words(problem.where.path, letters.say, courses), page) if part)
    return ProblemView(
        code=problem.code,
        severity=problem.severity.value,
        label=problem.severity.label.of(letters.language),
        what=letters.text(problem.what),
        remedy=letters.text(problem.remedy),
        place=letters.words(place),
    )


def problem_views(problems: Sequence[Problem], letters: Lettering, courses: Sequence[Course] = ()) -> tuple[ProblemView, ...]:
    """Findings in their order; one that stands in many places is said once, with the first of them."""
    alike: dict[object, list[Problem]] = {}
    for problem in problems:
        alike.setdefault((problem.code, problem.what, problem.remedy), []).append(problem)
    found = []
    for problem in problems:
        group = alike[problem.code, problem.what, problem.remedy]
        if len(group) <= PLACES_SHOWN:
            found.append(problem_view(problem, letters, courses))
        elif problem is group[0]:
            views = [problem_view(one, letters, courses) for one in group[:PLACES_SHOWN]]
            places = letters.say("、").join(view.place.plain for view in views)
            found.append(replace(views[0], place=letters.words(letters.say("{places} 等 {n} 處", places=places, n=len(group)))))
    return tuple(found)


PLACES_SHOWN = 3
"""Places of a finding that are named."""


def file_views(
    entry: Entry, processed: Mapping[str, Processed], names: Names, letters: Lettering, frame: str, *, originals: bool
) -> tuple[FileView, ...]:
    """Views of an entry's files; the pictures of its Markdown stand in its text."""
    letters_by_link = {id(link): file_letter(index) for index, link in enumerate(entry_links(entry))}
    return tuple(
        _file_view(f"{entry.id}{letters_by_link[id(link)]}", entry, link, _Source(processed, names, letters, frame, originals))
        for link in entry.files
    )


class _Source:
    """What the views of one entry's files are made from."""

    __slots__ = ("frame", "letters", "names", "originals", "processed")

    def __init__(self, processed: Mapping[str, Processed], names: Names, letters: Lettering, frame: str, originals: bool) -> None:
        self.processed, self.names, self.letters, self.frame, self.originals = processed, names, letters, frame, originals


def _file_view(view_id: str, entry: Entry, link: FileLink, source: _Source) -> FileView:
    result = source.processed.get(link.attachment.sha256) if link.attachment else None
    shown = result if result is not None and result.refused is None else None
    mended = tuple(problem for problem in (result.problems if result else ()) if problem.severity is not Severity.NOTE)
    found = dict.fromkeys((link.problem, result.refused if result else None, *mended))
    sheets = tuple(_sheet(view_id, page, shown, link.name, source) for page in shown.pages) if shown else ()
    media = _media(shown, source) if shown else None
    media_type = result.media_type if result else MediaType.UNKNOWN
    return FileView(
        id=view_id,
        name=source.letters.words(link.name),
        kind=_kind(media, sheets, media_type),
        kind_words=source.letters.say(_KIND_WORDS[media_type]),
        size=phrases.size(link.attachment.size_bytes) if link.attachment else "",
        frame=source.letters.words(source.frame),
        sheets=sheets,
        media=media,
        addresses=_addresses(shown, source.letters),
        addresses_removed=entry.kind is EntryKind.OUTCOME,
        problems=tuple(problem_view(problem, source.letters) for problem in found if problem is not None),
        has_reading=any(sheet.blocks for sheet in sheets),
        has_originals=any(sheet.original for sheet in sheets),
        sha256=link.attachment.sha256 if link.attachment else "",
    )


def _kind(media: MediaView | None, sheets: tuple[SheetView, ...], media_type: MediaType) -> str:
    if media is not None:
        return "media"
    if not sheets:
        return "absent"
    return "picture" if media_type in (MediaType.JPEG, MediaType.PNG) else "document"


def _sheet(view_id: str, page: PageView, result: Processed, name: str, source: _Source) -> SheetView:
    images = [image_view(image, result.sha256, source.names) for image in page.images]
    original = image_view(page.originals[-1], result.sha256, source.names) if page.originals and source.originals else None
    total = len(result.pages)
    say = source.letters.say
    if result.media_type is not MediaType.PDF and total == 1:
        alternative = say("{name}，圖片", name=name)
    else:
        alternative = say("{name}，第 {page} 頁，共 {total} 頁", name=name, page=page.number, total=total)
    return SheetView(
        id=f"{view_id}-p{page.number}",
        number=page.number,
        total=total,
        health=page.health.value,
        note="" if result.media_type is not MediaType.PDF else say(NOTES[page.health]),
        alternative=alternative + (say("，文字見閱讀檢視") if page.blocks else ""),
        image=images[0] if images else None,
        large=images[-1] if images else None,
        original=original,
        blocks=tuple(_block(block, result.sha256, source) for block in page.blocks),
    )


def image_view(image: Image, sha256: str, names: Names) -> ImageView:
    """A derived picture under its name in the output."""
    return ImageView(source=names[sha256, image.name], width_px=image.width_px, height_px=image.height_px)


def _block(block: Block, sha256: str, source: _Source) -> BlockView:
    image = None
    if block.kind is BlockKind.PICTURE and block.picture:
        address = source.names[sha256, block.picture]
        image = ImageView(source=address, width_px=block.width_px, height_px=block.height_px)
    return BlockView(
        kind=block.kind.value,
        words=source.letters.words(block.text),
        level=block.level,
        image=image,
        language=phrases.language_of(block.text),
    )


def _media(result: Processed, source: _Source) -> MediaView | None:
    if result.media_type not in (MediaType.MP3, MediaType.MP4):
        return None
    return MediaView(
        kind="video" if result.media_type is MediaType.MP4 else "audio",
        source=source.names.get((result.sha256, result.media), ""),
        media_type=result.media_type.value,
        length=phrases.length(result.seconds, source.letters.say),
        codec=result.codec,
        playable=result.playable and bool(result.media),
        poster=image_view(result.poster, result.sha256, source.names) if result.poster else None,
    )


def _addresses(result: Processed | None, letters: Lettering) -> tuple[AddressView, ...]:
    return tuple(
        AddressView(text=letters.words(found.address), place=letters.say("第 {n} 頁", n=found.page) if found.page else "")
        for found in (result.addresses if result else ())
    )


def address_views(addresses: tuple[str, ...], letters: Lettering) -> tuple[AddressView, ...]:
    """External addresses that an entry names."""
    return tuple(AddressView(text=letters.words(address), place="") for address in addresses)
