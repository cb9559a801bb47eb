"""Spellings find what trying every prefix would find, without trying them."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from reviewer.model.problem import Problem
from reviewer.packages import names
from reviewer.packages.findings import Findings
from reviewer.packages.inventory import SYMLINK, Entry, Inventory
from reviewer.packages.spellings import Spellings

PREFIXES = ("01", "AB", "a", "", "ab", "01-2", "x_y")
NAMES = ("x.pdf", "01_x.pdf", "AB_x.pdf", "d/x.pdf", "01_d/x.pdf", "y_x.pdf", "x_y_X.pdf", "ab_01_x.pdf", "d")
FOLDERS = ("", "d", "D/e")

spelled = st.builds(
    lambda folder, prefix, name: "/".join(filter(None, (folder, f"{prefix}_{name}" if prefix else name))),
    st.sampled_from(FOLDERS),
    st.sampled_from(PREFIXES),
    st.sampled_from(NAMES),
)


def inventory(files: set[str], refused: set[str]) -> Inventory:
    problem = SYMLINK.at(Findings("p").where(""), name="")
    return Inventory(
        root=Path(),
        files={names.fold(path): Entry(path=path, disk_path=path, size_bytes=0, modified_ns=0) for path in sorted(files)},
        refused={
            names.fold(path): Problem(code=path, where=problem.where, what=problem.what, remedy=problem.remedy, severity=problem.severity)
            for path in sorted(refused)
        },
    )


def tried(name: str, prefixes: tuple[str, ...]) -> list[str]:
    """Every spelling, prefix by prefix."""
    stems = ["", *(f"{prefix}_" for prefix in prefixes if prefix)]
    return [*(stem + name for stem in stems), *(name.removeprefix(stem) for stem in stems if name.startswith(stem))]


def first(candidates: list[str], folder: str, lying: Inventory) -> tuple[str, str]:
    """The file that is taken, and the refusal that is told when there is none."""
    paths = [f"{folder}/{candidate}" if folder else candidate for candidate in candidates]
    found = next((entry for path in paths if (entry := lying.find(path))), None)
    refusal = next((problem for path in paths if (problem := lying.refusal(path))), None)
    return found.path if found else "", refusal.code if refusal else ""


@given(
    st.sets(spelled, max_size=8), st.sets(spelled, max_size=4), st.permutations(PREFIXES), st.sampled_from(NAMES), st.sampled_from(FOLDERS)
)
def test_what_is_found_is_what_trying_every_prefix_finds(
    files: set[str], refused: set[str], prefixes: list[str], name: str, folder: str
) -> None:
    lying = inventory(files, refused)
    found, refusal = first(Spellings(lying, tuple(prefixes)).of(name, folder), folder, lying)
    wanted, refusal_wanted = first(tried(name, tuple(prefixes)), folder, lying)
    assert found == wanted
    assert found or refusal == refusal_wanted


def test_thousands_of_prefixes_are_not_tried_one_by_one() -> None:
    prefixes = tuple(f"p{n}" for n in range(2_000))
    lying = inventory({f"{prefix}_照片.txt" for prefix in prefixes}, set())
    spellings = Spellings(lying, prefixes)
    assert spellings.of("報導.pdf", "") == ["報導.pdf"]
    assert spellings.of("照片.txt", "") == ["照片.txt", "p0_照片.txt"]
    assert spellings.of("p7_照片.txt", "") == ["p7_照片.txt", "照片.txt"]
    assert spellings.of("p7_照片.txt", "附件") == ["p7_照片.txt", "照片.txt"]
