"""`reviewer cache info` and `clear`."""

import json
import os
from pathlib import Path

from click.testing import CliRunner

from reviewer.attachments.cache import Store
from reviewer.cli.cache import cache
from reviewer.model.attachment import MediaType
from reviewer.model.processed import Processed

KEY = "ab" * 32


def filled(folder: Path) -> Path:
    def work(into: Path) -> Processed:
        (into / "media.mp3").write_bytes(b"x" * 3_000_000)
        return Processed(sha256=KEY, media_type=MediaType.MP3, size_bytes=1, media="media.mp3")

    with Store(folder) as store:
        store.make(KEY, work)
        os.utime(store.entry(KEY), (0, 1_000_000_000))
    return folder


def run(*arguments: str) -> str:
    result = CliRunner().invoke(cache, arguments, catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def test_info_says_where_it_is_and_how_much_it_holds(tmp_path: Path) -> None:
    words = run("info", "--cache", str(filled(tmp_path))).splitlines()
    assert words[0] == f"位置 / folder      {tmp_path}"
    assert words[1] == "附件 / attachments 1"
    assert words[2] == "大小 / size        2.9 MB（上限 / limit 40.0 GB）"
    assert words[3].startswith("最久未用 / oldest   2001-09-0")


def test_info_as_json_is_one_object(tmp_path: Path) -> None:
    made = json.loads(run("info", "--cache", str(filled(tmp_path)), "--json"))
    assert (made["folder"], made["entries"], made["outdated_entries"], made["limit_bytes"]) == (str(tmp_path), 1, 0, 40 * 2**30)


def test_clear_empties_it(tmp_path: Path) -> None:
    filled(tmp_path)
    assert run("clear", "--cache", str(tmp_path)) == "已清除 1 個附件，釋出 2.9 MB。 / Removed 1 attachment, 2.9 MB.\n"
    assert json.loads(run("info", "--cache", str(tmp_path), "--json"))["entries"] == 0
    assert json.loads(run("clear", "--cache", str(tmp_path), "--json")) == {"removed": 0, "freed_bytes": 0, "folder": str(tmp_path)}


def test_a_folder_that_is_not_there_is_an_empty_cache_and_is_not_made(tmp_path: Path) -> None:
    folder = tmp_path / "none"
    assert json.loads(run("info", "--cache", str(folder), "--json"))["entries"] == 0
    assert not folder.exists()
