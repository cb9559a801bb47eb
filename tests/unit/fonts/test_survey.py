"""`reviewer fonts check`: which font draws what, in words and in packages."""

import json
from pathlib import Path

from click.testing import CliRunner

from reviewer.cli.fonts import fonts
from reviewer.fonts.survey import Passage, survey
from reviewer.model.attachment import Attachment, FileLink, FileRole, MediaType
from reviewer.model.portfolio import Glyph


def _glyph(sha256: str) -> Glyph:
    attachment = Attachment(path="造字/E123.png", sha256=sha256, size_bytes=1, media_type=MediaType.PNG)
    return Glyph(code_point=0xE123, picture=FileLink(name="E123.png", role=FileRole.PICTURE, attachment=attachment))


def test_occurrences_are_counted_and_places_named_once() -> None:
    (finding,) = survey([Passage(place="a", text="𡝕𡝕"), Passage(place="b", text="陳𡝕"), Passage(place="a", text="𡝕")])
    assert (finding.drawing.notation, finding.count, finding.places, finding.drawn_by) == ("U+21755", 4, ("a", "b"), "TW-Sung-Ext-B")


def test_the_same_private_code_point_is_another_character_at_another_school() -> None:
    findings = survey([Passage(place=name, text="\ue123", glyphs=(_glyph(sha256),)) for name, sha256 in (("a", "1" * 64), ("b", "2" * 64))])
    assert [(finding.places, finding.drawn_by) for finding in findings] == [(("a",), "學校所附字圖"), (("b",), "學校所附字圖")]


def test_words_that_the_typeface_has_are_said_to_be_all_well() -> None:
    result = CliRunner().invoke(fonts, ["check", "陳怡君"])
    assert (result.exit_code, result.output) == (0, "所有文字都由專案字型（Noto Sans TC）畫出。\n")


def test_a_character_without_a_glyph_is_named_with_what_to_do() -> None:
    result = CliRunner().invoke(fonts, ["check", "王\ue123"])
    assert result.exit_code == 3
    assert "U+E123" in result.output
    assert "請來源學校隨套件附上 造字/造字.csv 與字圖。" in result.output.replace("\n", "")


def test_packages_are_looked_through_and_json_is_one_object(tmp_path: Path) -> None:
    folder = tmp_path / "central" / "013398-1"
    folder.mkdir(parents=True)
    (folder / "基本資料.json").write_text(json.dumps({"姓名": "陳𡝕", "學校代碼": "013398"}), encoding="utf-8")
    (folder / "修課紀錄.json").write_text("{}", encoding="utf-8")
    result = CliRunner().invoke(fonts, ["check", str(tmp_path / "central"), "--json"])
    answer = json.loads(result.output)
    assert answer["skipped"] == []
    assert [(row["character"], row["packages"], row["by"]) for row in answer["characters"]] == [("𡝕", ["013398-1"], "fallback")]


def test_a_latin_mark_is_told_with_the_project_s_latin_face() -> None:
    result = CliRunner().invoke(fonts, ["check", "Ia\u030dh"])
    assert result.exit_code == 0
    assert "1 個字不在 Noto Sans TC 內" in result.output
    assert ["◌\u030d", "U+030D", "一般字", "Noto", "Sans", "1"] in [line.split() for line in result.output.splitlines()]
