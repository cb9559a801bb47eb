"""A theme as the output gets it: one style sheet with its tokens, one script, a department's accent, the faces for rare characters."""

import io
import re

import pytest
from fontTools.ttLib import TTFont

from reviewer import resources
from reviewer.fonts.faces import Face
from reviewer.model.problem import Stop
from reviewer.render.theme import accent_css, font_files, fonts_css, paper_css, theme_files
from reviewer.selection import contrast
from reviewer.selection.themes import contract
from reviewer.selection.themes.tokens import least

THEMES = contract.known()


@pytest.mark.parametrize("name", THEMES)
def test_style_and_script_are_one_file_each_in_the_contract_s_order(name: str) -> None:
    files = theme_files(name)
    assert set(files) == {"style.css", "script.js", "desk.js"}
    assert files["style.css"].startswith(b"/* tokens */\n:root { --size-small: ")
    sheets = re.findall(r"^/\* (css/\S+) \*/$", files["style.css"].decode(), re.MULTILINE)
    assert tuple(sheets) == contract.theme(name).styles
    assert files["script.js"].index(b"window.Reviewer = ") < files["script.js"].index(b'register("copy"')
    assert files["script.js"].index(b"/* js/start.js */") > files["script.js"].index(b'register("copy"')
    assert b'register("desk"' in files["desk.js"]
    assert b'register("desk"' not in files["script.js"]  # a dossier does not read what only the desk needs


@pytest.mark.parametrize("name", THEMES)
def test_each_script_is_fenced_so_that_it_fails_alone_and_by_its_name(name: str) -> None:
    theme = contract.theme(name)
    for file, names in (("script.js", theme.scripts), ("desk.js", theme.desk_scripts)):
        script = theme_files(name)[file].decode()
        assert tuple(re.findall(r"^/\* (js/\S+) \*/ try \{$", script, re.MULTILINE)) == names
        assert tuple(re.findall(r'^\} catch .+\n.+\n.+\{ filename: "(js/\S+)", error \}', script, re.MULTILINE)) == names


@pytest.mark.parametrize("name", THEMES)
def test_every_style_sheet_is_in_the_contract(name: str) -> None:
    theme = contract.theme(name)
    folder = theme.folders[0]
    listed = {*theme.styles, *theme.scripts, *theme.paper, *theme.files}
    there = {path.relative_to(folder).as_posix() for part in ("css/*", "*.css") for path in folder.glob(part)}
    assert sorted(there - listed) == []


@pytest.mark.parametrize("name", THEMES)
def test_every_custom_property_that_is_used_is_a_token(name: str) -> None:
    style = theme_files(name)["style.css"].decode()
    used = set(re.findall(r"var\(--([a-z-]+)", style))
    given = set(re.findall(r"--([a-z-]+):", style))
    assert sorted(used - given) == ["font-rare"]


def test_every_token_is_used() -> None:
    theme = contract.theme()
    places = ("css/*.css", "departments/*.css", "guide/guide.css")
    sheets = "".join(path.read_text(encoding="utf-8") for place in places for path in theme.folders[0].glob(place))
    assert [name for name in (*theme.measures, *theme.colours["light"]) if f"var(--{name})" not in sheets] == []


def test_sheets_load_only_the_fonts_beside_them() -> None:
    style = theme_files()["style.css"].decode()
    assert re.findall(r"url\(\"([^\"]+)\"\)", style) == ["fonts/text-regular.ttf", "fonts/text-bold.ttf"]
    assert "@import" not in style
    assert "http" not in style


def test_schemes_are_told_by_tokens_alone_so_that_a_reader_s_choice_holds() -> None:
    style = theme_files()["style.css"].decode()
    sheets = style[style.index("/* css/typeface.css */") :]
    assert re.findall(r"prefers-color-scheme|prefers-contrast", sheets) == []


@pytest.mark.parametrize("name", ["script.js", "desk.js"])
def test_scripts_ask_for_nothing(name: str) -> None:
    script = theme_files()[name].decode()
    assert re.findall(r"fetch\(|XMLHttpRequest|import\(\"|innerHTML|eval\(", script) == []


def test_how_a_page_looks_is_the_only_thing_that_is_kept_where_it_can_be_lost() -> None:
    folder = contract.theme().folders[0] / "js"
    assert [path.name for path in sorted(folder.glob("*.js")) if "localStorage" in path.read_text(encoding="utf-8")] == ["look.js"]


def test_rare_faces_are_named_only_when_there_are_some() -> None:
    folder = resources.data_folder("themes")
    face = Face(id="tw-sung-plus", family="TW-Sung-Plus", path=folder / "x.ttf", fallback=True)
    assert fonts_css(()) == b"/* no rare characters in this build */\n"
    assert fonts_css((face,)).decode() == (
        '@font-face{font-family:"Reviewer tw-sung-plus";src:url("fonts/rare-tw-sung-plus.ttf") format("truetype");font-display:swap}\n'
        ':root{--font-rare:"Reviewer tw-sung-plus"}\n'
    )


def test_the_latin_face_is_there_only_for_words_that_need_it_with_the_letters_of_these_words() -> None:
    ordinary = dict(font_files(frozenset(map(ord, "caf\u00e9 \u738b"))))
    assert set(ordinary) == {"fonts/text-regular.ttf", "fonts/text-bold.ttf", "fonts.css"}
    files = dict(font_files(frozenset(map(ord, "tsi\u030dt-\u00ea \u738b\uff0c"))))
    assert set(files) == {*ordinary, "fonts/latin-regular.ttf", "fonts/latin-bold.ttf"}
    for name in ("fonts/latin-regular.ttf", "fonts/latin-bold.ttf"):
        assert set(TTFont(io.BytesIO(files[name])).getBestCmap()) == set(map(ord, "tsi\u030d-\u00ea"))
    assert files["fonts.css"].decode() == (
        '@font-face{font-family:"Reviewer Latin";src:url("fonts/latin-regular.ttf") format("truetype");font-weight:400;font-display:swap}\n'
        '@font-face{font-family:"Reviewer Latin";src:url("fonts/latin-bold.ttf") format("truetype");font-weight:700;font-display:swap}\n'
        '.latin{font-family:"Reviewer Latin", var(--font-text);line-height:1}\n'
        ':root{--font-rare:"Reviewer Latin"}\n'
    )


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("accent", ["#7a3b2e", "#1f5f8b", "#000000"])
def test_an_accent_is_readable_on_every_ground_of_every_scheme(name: str, accent: str) -> None:
    theme = contract.theme(name)
    # One rule a way to come to a scheme, in the order of `contract.SCHEMES`: one, two, two and four ways.
    schemes = [scheme for scheme, ways in zip(contract.SCHEMES, (1, 2, 2, 4), strict=True) for _ in range(ways)]
    colours = re.findall(r"--accent: (#[0-9a-f]{6})", accent_css(accent, name).decode())
    assert len(colours) == len(schemes)
    assert [
        scheme for scheme, colour in zip(schemes, colours, strict=True) if contrast.worst(colour, theme.grounds(scheme)) < least(scheme)
    ] == []


def test_without_an_accent_the_theme_keeps_its_own() -> None:
    assert accent_css("") == b"/* the theme's own accent */\n"


def test_a_theme_may_add_to_the_style_sheet_of_the_pdf() -> None:
    assert paper_css("large").startswith(paper_css("default"))
    assert "html { font: 13pt/1.6" in paper_css("large")


def test_a_theme_that_does_not_exist_stops_the_run() -> None:
    with pytest.raises(Stop) as stopped:
        theme_files("nowhere")
    (problem,) = stopped.value.problems
    assert (problem.what.zh, problem.remedy.zh) == ("找不到版面主題「nowhere」。", "請改用已有的主題：default、large。")
