"""The theme's folder and its contract: tokens, contrast, nothing from outside."""

import re

import pytest

from reviewer import resources
from reviewer.fonts.faces import Face
from reviewer.model.problem import Stop
from reviewer.render.theme import accent_css, fonts_css, theme_files
from reviewer.selection.contrast import INK, PAPER, luminance, ratio

TOKENS = (resources.data_folder("themes") / "default" / "css" / "tokens.css").read_text(encoding="utf-8")
LIGHT, DARK = (dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block)) for block in TOKENS.split("@media")[:2])
ON_GROUND = ("ink", "quiet", "accent", "lane-school", "lane-certified", "lane-student", "lane-application")


@pytest.mark.parametrize("name", ON_GROUND)
@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "wash"])
def test_every_ink_is_readable_on_every_ground(scheme: dict[str, str], name: str, ground: str) -> None:
    assert ratio(scheme[name], scheme[ground]) >= 4.5


def test_grounds_are_those_that_accents_are_checked_against() -> None:
    assert luminance(LIGHT["paper"]) >= luminance(PAPER)
    assert luminance(DARK["paper"]) <= luminance(INK)


def test_style_and_script_are_one_file_each_in_the_contract_s_order() -> None:
    files = theme_files()
    assert set(files) == {"style.css", "script.js"}
    assert files["style.css"].startswith(b"/* css/tokens.css */\n")
    assert files["script.js"].index(b"window.Reviewer = ") < files["script.js"].index(b'register("copy"')


def test_every_style_sheet_is_in_the_contract() -> None:
    folder = resources.data_folder("themes") / "default"
    contract = (folder / "theme.toml").read_text(encoding="utf-8")
    assert [path.name for path in sorted(folder.glob("css/*")) if f'"css/{path.name}"' not in contract] == []


def test_sheets_load_only_the_fonts_beside_them() -> None:
    style = theme_files()["style.css"].decode()
    assert re.findall(r"url\(\"([^\"]+)\"\)", style) == ["fonts/text-regular.woff2", "fonts/text-bold.woff2"]
    assert "@import" not in style
    assert "http" not in style


def test_scripts_ask_for_nothing() -> None:
    script = theme_files()["script.js"].decode()
    assert re.findall(r"fetch\(|XMLHttpRequest|import\(|innerHTML|eval\(|localStorage", script) == []


def test_rare_faces_are_named_only_when_there_are_some() -> None:
    folder = resources.data_folder("themes")
    face = Face(id="tw-sung-plus", family="TW-Sung-Plus", path=folder / "x.ttf", fallback=True)
    assert fonts_css(()) == b"/* no rare characters in this build */\n"
    assert fonts_css((face,)).decode() == (
        '@font-face{font-family:"Reviewer tw-sung-plus";src:url("fonts/rare-tw-sung-plus.woff2") format("woff2");font-display:swap}\n'
        ':root{--font-rare:"Reviewer tw-sung-plus"}\n'
    )


def test_an_accent_is_readable_in_light_and_dark() -> None:
    light, dark, _paper = re.findall(r"--accent:(#[0-9a-f]{6})", accent_css("#7a3b2e").decode())
    assert ratio(light, LIGHT["paper"]) >= 4.5
    assert ratio(dark, DARK["paper"]) >= 4.5


def test_without_an_accent_the_theme_keeps_its_own() -> None:
    assert accent_css("") == b"/* the theme's own accent */\n"


def test_a_theme_that_does_not_exist_stops_the_run() -> None:
    with pytest.raises(Stop) as stopped:
        theme_files("nowhere")
    (problem,) = stopped.value.problems
    assert (problem.what.zh, problem.remedy.zh.startswith("請改用已有的主題：")) == ("找不到版面主題「nowhere」。", True)
