import pytest

from reviewer.model.application import Tick, parse_tick
from reviewer.model.parts import performance_kinds


@pytest.mark.parametrize("kind", ["課程學習成果", *(part.key for part in performance_kinds())])
def test_a_tick_and_its_words(kind: str) -> None:
    tick = parse_tick(f" {kind}[12] ")
    assert tick == Tick(kind, 12)
    assert str(tick) == f"{kind}[12]"


def test_aliases_are_their_kinds() -> None:
    assert parse_tick("其他多元表現[0]") == Tick("其他多元表現紀錄", 0)


@pytest.mark.parametrize(
    "words", ["", "課程學習成果", "課程學習成果[]", "課程學習成果[-1]", "課程學習成果[12345]", "競賽[0]", "[0]", "課程學習成果[0][1]"]
)
def test_what_is_no_tick(words: str) -> None:
    assert parse_tick(words) is None
