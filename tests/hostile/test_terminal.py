"""What a package says reaches a terminal as words: no escape sequence, no turned line, no markup of the console's own."""

import io
import json
from pathlib import Path

import pytest
from rich.markup import escape
from rich.table import Table
from rich.text import Text as Line

from reviewer.cli import terminal
from reviewer.cli.main import run
from reviewer.model.problem import ProblemKind, Severity, Where
from reviewer.model.text import Text, on_one_line, seen
from tests.faults.packages.making import good, write_folder

ACTING = "\x1b]0;owned\x07\x1b[2J\r\u009b31m\u202egpj.exe\u2066\x08"
WRITTEN = "‹U+001B›]0;owned‹U+0007›‹U+001B›[2J‹U+000D›‹U+009B›31m‹U+202E›gpj.exe‹U+2066›‹U+0008›"
FORBIDDEN = {*map(chr, range(32)), "\x7f", *map(chr, range(0x80, 0xA0)), *"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"} - {
    "\n",
    "\t",
}


def printed(thing: object) -> str:
    out = io.StringIO()
    terminal.SafeConsole(file=out, width=400, highlight=False, soft_wrap=True).print(thing)
    return out.getvalue()


def test_what_acts_is_written_out() -> None:
    assert seen(ACTING) == on_one_line(ACTING) == WRITTEN
    assert seen("一\n二\t三") == "一\n二\t三"
    assert on_one_line("一\n二") == "一‹U+000A›二"
    assert seen("\ud800") == "‹U+D800›"


@pytest.mark.parametrize("wrap", [escape, Line], ids=["a string", "a line"])
def test_a_console_shows_words_as_words(wrap: object) -> None:
    assert not set(printed(wrap(ACTING))) & FORBIDDEN  # type: ignore[operator]


def test_a_table_shows_words_as_words() -> None:
    table = Table("一", box=None)
    table.add_row(escape(ACTING + "[red]"))
    assert "‹U+001B›" in printed(table)
    assert not set(printed(table)) & FORBIDDEN


def test_a_sentence_holds_what_was_sent_on_one_line() -> None:
    kind = ProblemKind("only-in-this-test", Severity.NOTE, Text("「{name}」不在。", "“{name}” is not there."), Text("", ""))
    try:
        problem = kind.at(Where(package="p\x1b", file="a\nERROR 2026-01-01 all is lost.json", path="k\u202e"), name=ACTING)
    finally:
        del ProblemKind.registry["only-in-this-test"]
    assert problem.what == Text(f"「{WRITTEN}」不在。", f"“{WRITTEN}” is not there.")
    assert str(problem.where) == "p‹U+001B› · a‹U+000A›ERROR 2026-01-01 all is lost.k‹U+202E›"


NAMES = ("[red]紅[/red].pdf", "[/].pdf", "\\[bold].pdf", "\x1b[31m.pdf", "a\nb.pdf", "\u202efdp.pdf")


@pytest.mark.parametrize("command", [["verify"], ["fonts", "check"]], ids=" ".join)
@pytest.mark.parametrize("name", NAMES)
def test_names_of_files_are_printed_as_they_are(name: str, command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = good()
    files["多元表現.json"]["競賽參與紀錄"][0] |= {"競賽名稱": f"{name}\ue123", "證明文件連結": name, name: name}
    files["課程學習成果.json"] = b"{" + name.encode()
    package = write_folder(tmp_path / "export" / "10110042", files)
    (package / "x.pdf").write_bytes(b"%PDF-1.4")
    status = run([*command, str(package)])
    captured = capsys.readouterr()
    assert status in (0, 3), captured.err
    assert not set(captured.out + captured.err) & FORBIDDEN
    assert "Traceback" not in captured.err
    assert "未預期" not in captured.err


def test_json_stays_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = good()
    files["多元表現.json"]["競賽參與紀錄"][0]["證明文件連結"] = ACTING
    assert run(["verify", "--json", str(write_folder(tmp_path / "10110042", files))]) == 0
    out = capsys.readouterr().out
    assert "‹U+202E›gpj.exe" in json.dumps(json.loads(out), ensure_ascii=False)
    assert not set(out) & FORBIDDEN
