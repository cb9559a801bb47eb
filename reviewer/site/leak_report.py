"""The leak report: what was hidden in each masked department, and what cannot be guaranteed. Sums for the page, read from the dossiers' lines."""

from collections import Counter
from dataclasses import dataclass, field

from reviewer.attachments.confinement import FILES, NETWORK, PROGRAMS
from reviewer.model.processed import Doubt, PageBlinding
from reviewer.model.selection import Mask
from reviewer.model.text import Text
from reviewer.selection.leaks import FACTS, REMAINS
from reviewer.site.results import Blinding, FileBlinding, Result

GUARDS = {
    NETWORK: Text("不能連上網路", "no network"),
    FILES: Text("不能改動快取以外的檔案", "no change to files outside the cache"),
    PROGRAMS: Text("不能啟動其他程式", "no other program started"),
}
"""What the child processes that read attachments are kept from, where the machine can."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MaskSum:
    """One mask of one department."""

    mask: Mask
    """Which fact."""
    in_words: int
    """Places in the applicants' own words."""
    in_files: int
    """Places in the text of their files."""

    @property
    def label(self) -> Text:
        """What is hidden."""
        return FACTS[self.mask]

    @property
    def remains(self) -> Text:
        """What cannot be guaranteed whatever the files hold."""
        return REMAINS[self.mask]


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtSum:
    """One reason why files of a department are in doubt."""

    doubt: Doubt
    """Why."""
    files: int
    """Files."""
    pages: int
    """Pages of them; 0 for recordings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeakSum:
    """The leak report of one department."""

    code: str
    """校系代碼."""
    name: Text
    """The department."""
    dossiers: int
    """Dossiers in which something is hidden."""
    masked: tuple[MaskSum, ...]
    """By mask."""
    doubts: tuple[DoubtSum, ...]
    """By reason."""
    files_in_doubt: int
    """Files of which something cannot be guaranteed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLine:
    """One file in the report."""

    entry: str
    """Item that it belongs to."""
    name: str
    """Its name as the department sees it."""
    removed: tuple[tuple[Text, int, str], ...]
    """Fact, how often it was taken out, and on which pages."""
    doubts: tuple[tuple[Text, str], ...]
    """Reason and pages; no pages where it concerns the whole file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeakLine:
    """One dossier in the report."""

    department_code: str
    """校系代碼."""
    applicant_number: str
    """應試號碼."""
    masked: tuple[MaskSum, ...]
    """By mask."""
    files: tuple[FileLine, ...]
    """Files with something to tell."""


@dataclass(slots=True)
class LeakSums:
    """Adds up one department's dossiers."""

    dossiers: int = 0
    files_in_doubt: int = 0
    words: Counter[Mask] = field(default_factory=Counter)
    files: Counter[Mask] = field(default_factory=Counter)
    doubtful_files: Counter[Doubt] = field(default_factory=Counter)
    doubtful_pages: Counter[Doubt] = field(default_factory=Counter)

    def add(self, blinding: Blinding) -> None:
        """One dossier more."""
        self.dossiers += bool(blinding.masked)
        for one in blinding.masked:
            self.words[one.mask] += one.in_words
            self.files[one.mask] += one.in_files
        for file in blinding.files:
            doubts = {doubt for page in file.pages for doubt in page.doubts}
            self.files_in_doubt += bool(doubts)
            self.doubtful_files.update(doubts)
            self.doubtful_pages.update(doubt for page in file.pages if page.page for doubt in page.doubts)

    def done(self, code: str, name: Text) -> LeakSum:
        """The sums."""
        return LeakSum(
            code=code,
            name=name,
            dossiers=self.dossiers,
            masked=tuple(MaskSum(mask=mask, in_words=self.words[mask], in_files=self.files[mask]) for mask in Mask if mask in self.words),
            doubts=tuple(
                DoubtSum(doubt=doubt, files=self.doubtful_files[doubt], pages=self.doubtful_pages[doubt])
                for doubt in Doubt
                if self.doubtful_files[doubt]
            ),
            files_in_doubt=self.files_in_doubt,
        )


def leak_line(department_code: str, result: Result) -> LeakLine | None:
    """A dossier's line; None where nothing is masked."""
    blinding = result.blinding
    if not blinding.masked:
        return None
    return LeakLine(
        department_code=department_code,
        applicant_number=result.applicant_number,
        masked=tuple(MaskSum(mask=one.mask, in_words=one.in_words, in_files=one.in_files) for one in blinding.masked),
        files=tuple(_file_line(file) for file in blinding.files),
    )


def _file_line(file: FileBlinding) -> FileLine:
    removed, doubts = [], []
    for mask in Mask:
        pages = [page for page in file.pages if mask.value in dict(page.removed)]
        if pages:
            removed.append((FACTS[mask], sum(dict(page.removed)[mask.value] for page in pages), _numbers(pages)))
    for doubt in Doubt:
        pages = [page for page in file.pages if doubt in page.doubts]
        if pages:
            doubts.append((doubt.label, _numbers(pages)))
    return FileLine(entry=file.entry, name=file.name, removed=tuple(removed), doubts=tuple(doubts))


def _numbers(pages: list[PageBlinding]) -> str:
    """Pages in words: `1–3、7`; empty for a file without pages."""
    runs: list[list[int]] = []
    for number in (page.page for page in pages if page.page):
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    return "、".join("–".join(map(str, run)) for run in runs)


def sentence(sums: tuple[LeakSum, ...]) -> Text:
    """The leak report in one line, for a terminal."""
    words = sum(one.in_words for each in sums for one in each.masked)
    files = sum(one.in_files for each in sums for one in each.masked)
    facts = {"departments": len(sums), "dossiers": sum(each.dossiers for each in sums), "words": words, "files": files}
    doubts = sum(each.files_in_doubt for each in sums)
    done = Text(
        "遮蔽：{departments} 個校系、{dossiers} 份檔案，設定的欄位都不顯示；另外提到的，文字裡去除了 {words:,} 處、附件裡 {files:,} 處",
        "Masked: the fields chosen are hidden in all dossiers ({dossiers}; departments: {departments}); further mentions taken out: {words:,} in words, {files:,} in attachments",
    ).format(**facts)
    rest = Text("；{doubts:,} 個附件無法完全保證，見報告。", "; {doubts:,} attachments cannot be fully guaranteed, see the report.").format(
        doubts=doubts
    )
    return Text(done.zh + (rest.zh if doubts else "。"), done.en + (rest.en if doubts else "."))


def guards_sentence(missing: tuple[str, ...]) -> Text:
    """What the machine could not keep the child processes from."""
    zh, en = "、".join(GUARDS[guard].zh for guard in missing), ", ".join(GUARDS[guard].en for guard in missing)
    return Text(
        f"這台電腦的系統缺少以下防護，讀取附件的程序沒有被限制：{zh}。請在較新的 Linux 或容器中製作，或以權限最少的帳號執行。",
        f"This machine lacks these guards for the processes that read attachments: {en}. Build on a newer Linux or in a container, or as a user with the"
        " fewest rights.",
    )
