"""The published one-line form: print and parse are inverse, in both widths, with names that hold nearly anything."""

from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.selection.prose import SECTION_NAMES, Item, Prose, ProseFault, ProseSection, parse, show

CODES = st.one_of(
    st.sampled_from("ABCDFJMNOPQRST"), st.builds(lambda letter, number: f"{letter}-{number}", st.sampled_from("BCDE"), st.integers(1, 12))
)
NAMES = st.text(alphabet="個人資料表本系TOEIC多益()（）、，.．RS「」【】 :：x1-", min_size=1, max_size=14)
ITEMS = st.builds(Item, CODES, st.one_of(st.just(""), NAMES))
PROSES = st.builds(
    Prose,
    st.lists(st.builds(ProseSection, st.sampled_from(SECTION_NAMES), st.lists(ITEMS, max_size=5).map(tuple)), min_size=1, max_size=6).map(
        tuple
    ),
)
WIDE = str.maketrans({"(": "（", ")": "）"})


@settings(max_examples=600, deadline=None)
@given(PROSES)
def test_what_is_printed_is_read_back(prose: Prose) -> None:
    assert parse(show(prose)) == prose


@settings(max_examples=300, deadline=None)
@given(PROSES)
def test_full_width_brackets_and_blanks_mean_the_same(prose: Prose) -> None:
    plain = Prose(tuple(ProseSection(section.name, tuple(Item(item.code) for item in section.items)) for section in prose.sections))
    wide = show(plain).translate(WIDE).replace("、", " ， ")
    assert parse(f"審查資料：{wide}。") == plain


@settings(max_examples=600, deadline=None)
@given(st.text(alphabet="修課紀錄其他(（)）、ABR.．名「」 ", max_size=24))
def test_any_line_is_read_or_refused(line: str) -> None:
    try:
        prose = parse(line)
    except ProseFault as fault:
        place = fault.place
    else:
        assert parse(show(prose)) == prose
        place = 0
    assert 0 <= place <= len(line)
