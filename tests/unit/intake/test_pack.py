"""Uploads become packages that lead to the very dossiers of the shipped export; the same bytes again and again; signed where wanted."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from reviewer.cli.intake import intake
from reviewer.intake.bag import Key
from reviewer.intake.checking import Checked, check
from reviewer.intake.history import History
from reviewer.intake.keys import new_keys, read_key
from reviewer.intake.looks import Looks
from reviewer.intake.packing import PackRequest, PackResult, pack
from reviewer.intake.uploads import Uploads, open_uploads
from reviewer.model.problem import ExitStatus, Severity, Stop
from reviewer.packages import applications as tables
from reviewer.packages import opening, reader, verifying
from reviewer.packages.address import TrustedKey
from reviewer.packages.discovery import discover
from reviewer.packages.signature import trusted_keys
from reviewer.selection import config
from reviewer.selection.select import select
from tests.unit.intake.building import build

CONFIG = Path(__file__).resolve().parents[3] / "site_config"
FORMS = [("central", False), ("central", True), ("committee", False)]


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


def run(folder: Path, target: Path, cache: Path, **options: object) -> tuple[Checked, PackResult]:
    with open_uploads(folder) as uploads, Looks(cache, 1, inside=False) as looks:
        found = check(uploads, looks, History())
        return found, _pack(uploads, found, target, options)


def _pack(uploads: Uploads, found: Checked, target: Path, options: dict[str, object]) -> PackResult:
    key = options.get("key")
    request = PackRequest(
        target=target,
        rule_set=found.rule_set,
        committee=options.get("form") == "committee",
        zipped=bool(options.get("zipped")),
        key=key if isinstance(key, Key) else None,
    )
    return pack(uploads, found, (), request)


def hashes(root: Path, table: Path) -> Iterator[tuple[tuple[str, str], str]]:
    configuration = config.load(CONFIG)
    discovery = discover(root)
    rows = tables.from_tree(discovery) if discovery.form == "committee" else tables.read_table(table)[0]
    for application, address in tables.match(discovery, rows).pairs:
        with opening.open_package(address) as opened:
            selected = select(reader.read(opened), configuration.departments[application.department_code], application)
        yield (application.applicant_number, application.department_code), selected.dossier.sha256


@pytest.mark.parametrize(("form", "zipped"), FORMS)
def test_the_schools_uploads_lead_to_the_dossiers_of_the_export(
    example: Path, tmp_path: Path, cache: Path, form: str, zipped: bool
) -> None:
    held = []
    for school in sorted((example / "uploads").iterdir()):
        found, result = run(school, tmp_path / "packed", cache, form=form, zipped=zipped)
        held += [str(finding.problem) for finding in found.findings if finding.problem.severity is Severity.ERROR]
        assert result.packed
    assert held == []
    table = example / "applications.csv"
    expected = dict(hashes(example / "central", table))
    assert len(expected) == 36
    assert dict(hashes(tmp_path / "packed", table)) == expected


def test_packages_say_nothing_when_they_are_read(example: Path, tmp_path: Path, cache: Path) -> None:
    run(example / "uploads" / "013398", tmp_path / "packed", cache)
    discovery = discover(tmp_path / "packed")
    grave = [str(one) for address in discovery.packages for one in verifying.verify(address) if one.severity is not Severity.NOTE]
    assert grave == []
    assert discovery.problems == ()


@pytest.mark.parametrize(("form", "zipped"), FORMS[:2])
def test_the_same_uploads_give_the_same_bytes(tmp_path: Path, cache: Path, form: str, zipped: bool) -> None:
    folder = build({}, tmp_path / "uploads")
    trees = []
    for name in ("one", "two"):
        run(folder, tmp_path / name, cache, form=form, zipped=zipped)
        files = sorted(path for path in (tmp_path / name).rglob("*") if path.is_file())
        trees.append({path.relative_to(tmp_path / name).as_posix(): path.read_bytes() for path in files})
    assert trees[0] == trees[1]


def test_packing_again_writes_only_what_changed(tmp_path: Path, cache: Path) -> None:
    folder = build({"students": [{}, {"學號": "11300002", "姓名": "王大明"}]}, tmp_path / "uploads")
    assert [one.changed for one in run(folder, tmp_path / "packed", cache)[1].packed] == [True, True]
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "packed").rglob("*") if path.is_file() and path.suffix != ".json"}
    (folder / "files" / "11300001" / "照片.jpg").write_bytes(b"\xff\xd8\xff\xe0 picture")
    result = run(folder, tmp_path / "packed", cache)[1]
    assert [(one.path, one.changed) for one in result.packed] == [("013398-11300001", True), ("013398-11300002", False)]
    untouched = [path for path in before if "11300002" in path.as_posix()]
    assert untouched
    assert [path for path in untouched if path.stat().st_mtime_ns != before[path]] == []


def test_a_damaged_package_is_made_again(tmp_path: Path, cache: Path) -> None:
    folder = build({}, tmp_path / "uploads")
    run(folder, tmp_path / "packed", cache)
    victim = tmp_path / "packed" / "013398-11300001" / "data" / "證明.png"
    sound = victim.read_bytes()
    victim.write_bytes(bytes(len(sound)))
    assert [one.changed for one in run(folder, tmp_path / "packed", cache)[1].packed] == [True]
    assert victim.read_bytes() == sound


def test_who_has_an_error_is_held_back_and_his_old_package_taken_away(tmp_path: Path, cache: Path) -> None:
    folder = build({"students": [{}, {"學號": "11300002", "姓名": "王大明"}]}, tmp_path / "uploads")
    run(folder, tmp_path / "packed", cache)
    (folder / "files" / "11300001" / "關係圖.pdf").unlink()
    found, result = run(folder, tmp_path / "packed", cache)
    assert found.status is ExitStatus.SOME
    assert (result.held, result.removed, [one.path for one in result.packed]) == (("11300001",), ("013398-11300001",), ["013398-11300002"])
    assert not (tmp_path / "packed" / "013398-11300001").exists()


def test_a_fault_of_the_whole_school_stops_packing(tmp_path: Path, cache: Path) -> None:
    folder = build({"rosters": {"學生自填多元表現名冊_職場學習紀錄.csv": "學號,備註\n11300001,無\n"}}, tmp_path / "uploads")
    with pytest.raises(Stop) as stopped:
        run(folder, tmp_path / "packed", cache)
    assert [str(problem) for problem in stopped.value.problems] == [
        "學生自填多元表現名冊_職場學習紀錄.csv · 第 1 列：「職場學習紀錄」缺少欄位：職場學習單位，未讀取。請在標題列補上欄位名稱。",
        f"{folder}：上列錯誤與全校有關，更正之前不封裝任何人，以免資料不完整。更正後再執行一次。",
    ]
    assert not (tmp_path / "packed").exists()


def test_the_committees_tree_has_plain_folders_with_the_keys_that_every_reader_knows(example: Path, tmp_path: Path, cache: Path) -> None:
    run(example / "uploads" / "170497", tmp_path / "packed", cache, form="committee")
    folder = tmp_path / "packed" / "101" / "101004" / "10110560"
    record = json.loads((folder / "修課紀錄.json").read_bytes())
    assert list(record) == ["學期成績與學習相對表現資訊", "學習紀錄"]
    outcomes = json.loads((folder / "課程學習成果.json").read_bytes())
    assert all("認證狀態" not in outcome and None not in outcome.values() for outcome in outcomes)
    trail = json.loads((folder / "附加資訊.json").read_bytes())["課程學習成果"]
    assert [row["認證狀態"] for row in trail] == ["Y"] * len(outcomes)
    assert not (folder / "bagit.txt").exists()


def test_a_signature_is_valid_for_who_is_trusted_and_broken_by_a_change(tmp_path: Path, cache: Path) -> None:
    folder = build({}, tmp_path / "uploads")
    private, public, _ = new_keys(tmp_path / "keys", "青嶼高中", "")
    run(folder, tmp_path / "packed", cache, key=read_key(private))
    trusted = trusted_keys(public.parent)
    assert state(tmp_path / "packed", trusted) == ("valid", "青嶼高中")
    assert state(tmp_path / "packed", ())[0] == "unknown-key"
    info = tmp_path / "packed" / "013398-11300001" / "bag-info.txt"
    tags = info.parent / "tagmanifest-sha256.txt"
    signature = (info.parent / "signature.json").read_bytes()
    (info.parent / "signature.json").write_bytes(signature.replace(b'"signature": "', b'"signature": "AA'))
    assert state(tmp_path / "packed", trusted)[0] == "invalid"
    (info.parent / "signature.json").write_bytes(signature)
    tags.write_bytes(tags.read_bytes() + b"\n")
    assert state(tmp_path / "packed", trusted)[0] == "invalid"


def state(root: Path, trusted: tuple[TrustedKey, ...]) -> tuple[str, str]:
    with opening.open_package(discover(root, trusted).packages[0]) as opened:
        portfolio = reader.read(opened)
    assert portfolio.signature is not None
    return portfolio.signature.state, portfolio.signature.signer


def test_a_key_is_never_overwritten_and_its_password_is_asked(tmp_path: Path) -> None:
    private, _, _ = new_keys(tmp_path, "school", "secret")
    assert private.stat().st_mode & 0o077 == 0
    with pytest.raises(Stop, match="已經存在"):
        new_keys(tmp_path, "school", "secret")
    with pytest.raises(Stop, match="密碼不對"):
        read_key(private, "wrong")
    with pytest.raises(Stop, match="密碼不對"):
        read_key(private)
    assert read_key(private, "secret").signer == "school"


def test_the_commands_end_as_everywhere(tmp_path: Path) -> None:
    folder = build({}, tmp_path / "uploads")
    out, cache = str(tmp_path / "report"), str(tmp_path / "cache")
    answer = CliRunner().invoke(intake, ["check", str(folder), "--out", out, "--cache", cache, "--json"], standalone_mode=False)
    assert answer.return_value == ExitStatus.WELL
    assert json.loads(answer.output)["students"] == 1
    assert {path.name for path in Path(out).iterdir()} == {"help.html", "report.html", "report.xlsx", "theme"}
    shutil.rmtree(folder / "files")
    answer = CliRunner().invoke(intake, ["check", str(folder), "--out", out, "--cache", cache], standalone_mode=False)
    assert answer.return_value == ExitStatus.SOME
    assert "找不到檔案「關係圖.pdf」。" in answer.output
    (folder / "學生資料名冊.csv").unlink()
    answer = CliRunner().invoke(intake, ["check", str(folder), "--out", out, "--cache", cache], standalone_mode=False)
    assert answer.return_value == ExitStatus.NOTHING
