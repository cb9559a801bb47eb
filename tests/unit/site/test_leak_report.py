"""The leak report: sums by department, lines by file and page, sentences for a terminal; never a hidden word."""

from reviewer.attachments.confinement import FILES, NETWORK
from reviewer.model.processed import Doubt, PageBlinding
from reviewer.model.selection import Mask
from reviewer.model.text import Text
from reviewer.site.leak_report import LeakSums, guards_sentence, leak_line, sentence
from reviewer.site.report import EffortSum
from reviewer.site.results import Blinding, Effort, FileBlinding, Inputs, Masked, Result, State

INPUTS = Inputs(package="", application="", selection="", templates="", theme="", fonts="", code="", options="")
PAGES = tuple(PageBlinding(page=number, removed=(("name", 2),), doubts=(Doubt.PICTURE,)) for number in (1, 2, 3, 7))
BLINDING = Blinding(
    masked=(Masked(mask=Mask.NAME, in_words=5, in_files=8), Masked(mask=Mask.SCHOOL, in_words=1, in_files=0)),
    files=(
        FileBlinding(entry="J-2", name="○同學的獎狀.pdf", pages=PAGES),
        FileBlinding(entry="K-1", name="演奏.mp3", pages=(PageBlinding(page=0, doubts=(Doubt.SOUND,)),)),
    ),
)


def result(blinding: Blinding) -> Result:
    return Result(name="101", applicant_number="101", package_id="101", inputs=INPUTS, state=State.MADE, blinding=blinding)


def test_a_department_s_dossiers_add_up() -> None:
    sums = LeakSums()
    sums.add(BLINDING)
    sums.add(BLINDING)
    done = sums.done("001023", Text("社會學系", "Sociology"))
    assert (done.dossiers, done.files_in_doubt) == (2, 4)
    assert [(one.label.zh, one.in_words, one.in_files) for one in done.masked] == [("姓名", 10, 16), ("學校", 2, 0)]
    assert [(one.doubt, one.files, one.pages) for one in done.doubts] == [(Doubt.PICTURE, 2, 8), (Doubt.SOUND, 2, 0)]
    assert sentence((done,)) == Text(
        "遮蔽：1 個校系、2 份檔案，設定的欄位都不顯示；另外提到的，文字裡去除了 12 處、附件裡 16 處；4 個附件無法完全保證，見報告。",
        "Masked: the fields chosen are hidden in all dossiers (2; departments: 1); further mentions taken out: 12 in words, 16 in attachments; 4 attachments cannot be fully guaranteed, see the report.",
    )


def test_a_file_s_line_names_its_pages() -> None:
    line = leak_line("001023", result(BLINDING))
    assert line is not None
    assert [(file.entry, file.removed, file.doubts) for file in line.files] == [
        ("J-2", ((Text("姓名", "name"), 8, "1–3、7"),), ((Doubt.PICTURE.label, "1–3、7"),)),
        ("K-1", (), ((Doubt.SOUND.label, ""),)),
    ]
    assert leak_line("001012", result(Blinding())) is None


def test_guards_that_a_machine_lacks_are_named_once() -> None:
    efforts = EffortSum()
    for missing in ((), (FILES,), (FILES, NETWORK)):
        efforts.add(Effort(guards_missing=missing))
    assert efforts.guards_missing == {FILES, NETWORK}
    assert guards_sentence((NETWORK, FILES)) == Text(
        "這台電腦的系統缺少以下防護，讀取附件的程序沒有被限制：不能連上網路、不能改動快取以外的檔案。請在較新的 Linux 或容器中製作，或以權限最少的帳號執行。",
        "This machine lacks these guards for the processes that read attachments: no network, no change to files outside the cache. Build on a newer Linux"
        " or in a container, or as a user with the fewest rights.",
    )
