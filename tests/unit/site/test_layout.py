"""Names of a site's folders."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.site.layout import folder_name


def test_an_applicant_number_names_its_folder() -> None:
    assert folder_name("10560103") == "10560103"


@pytest.mark.parametrize(
    "number", ["../../etc", "甲-12", "CON", "con", "theme", "data", "a b", "", "-x", "x" * 60, "A1234567", "1.", "\ud800"]
)
def test_other_numbers_are_made_safe(number: str) -> None:
    assert folder_name(number) != number


def test_a_made_name_says_what_it_can() -> None:
    assert folder_name("甲A-12/3") == "a-12-3-" + folder_name("甲A-12/3")[-8:]


@given(st.lists(st.text(max_size=30), unique=True, max_size=20))
def test_names_are_short_ascii_and_never_shared(numbers: list[str]) -> None:
    names = [folder_name(number) for number in numbers]
    assert len({name.casefold() for name in names}) == len(numbers)
    assert all(name.isascii() and 0 < len(name) <= 24 and not set(name) - set("abcdefghijklmnopqrstuvwxyz0123456789-") for name in names)


@given(st.text(max_size=30))
def test_a_name_that_was_made_is_not_made_again_for_another_number(number: str) -> None:
    """The made form is itself a plain number; an applicant who really had it would be a case for the hash's eight digits."""
    assert folder_name(number) == folder_name(number)
