"""The fonts in themes/default/fonts are the ones that their README names."""

import hashlib
import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from reviewer.resources import data_folder

FONTS = data_folder("themes") / "default" / "fonts"
ROW = re.compile(
    r"^\| `(?P<file>[^`]+)` \|.*\| (?P<version>[^|]+) \| (?P<characters>[^|]+) \| `(?P<sha256>[0-9a-f]{64})` \|$", re.MULTILINE
)
TABLE = {row["file"]: row for row in ROW.finditer((FONTS / "README.md").read_text(encoding="utf-8"))}
FACES = sorted(name for name in TABLE if name.endswith(".ttf"))


def test_readme_names_every_file() -> None:
    assert sorted(TABLE) == sorted(path.name for path in FONTS.iterdir() if path.name != "README.md")
    assert FACES == ["NotoSans-Bold.ttf", "NotoSans-Regular.ttf", "NotoSansTC-Bold.ttf", "NotoSansTC-Regular.ttf"]


@pytest.mark.parametrize("name", sorted(TABLE))
def test_file_has_the_hash_of_the_readme(name: str) -> None:
    assert hashlib.sha256((FONTS / name).read_bytes()).hexdigest() == TABLE[name]["sha256"]


@pytest.mark.parametrize("name", FACES)
def test_face_is_static_truetype_with_the_characters_of_the_readme(name: str) -> None:
    with TTFont(FONTS / name, lazy=True) as face:
        assert "glyf" in face
        assert "CFF " not in face
        assert "fvar" not in face
        assert face["name"].getDebugName(1) == ("Noto Sans TC" if name.startswith("NotoSansTC-") else "Noto Sans")
        assert face["name"].getDebugName(5).partition(";")[0] == f"Version {TABLE[name]['version']}"
        assert f"{len(face.getBestCmap()):,}" == TABLE[name]["characters"]


@pytest.mark.parametrize("family", ["NotoSansTC", "NotoSans"])
def test_both_weights_have_the_same_characters(family: str) -> None:
    with TTFont(FONTS / f"{family}-Regular.ttf", lazy=True) as regular, TTFont(FONTS / f"{family}-Bold.ttf", lazy=True) as bold:
        assert set(regular.getBestCmap()) == set(bold.getBestCmap())


@pytest.mark.parametrize("name", ["OFL.txt", "OFL-NotoSans.txt"])
def test_licence_is_the_open_font_license(name: str) -> None:
    assert "SIL OPEN FONT LICENSE Version 1.1 - 26 February 2007" in Path(FONTS / name).read_text(encoding="utf-8")
