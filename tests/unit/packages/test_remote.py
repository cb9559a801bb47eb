"""Packages at an fsspec address are found, recognised and read as those on disk are."""

import itertools
import zipfile
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest

from reviewer import resources
from reviewer.model.canonical import canonical_json
from reviewer.model.problem import SetAside, Stop
from reviewer.packages import limits, remote
from reviewer.packages.address import PackageAddress
from reviewer.packages.discovery import discover
from reviewer.packages.opening import open_package
from reviewer.packages.reader import read

EXAMPLES = resources.data_folder("fixtures")
COMMITTEE = ("001/001023/10110301", "101/101004/10110671")
_numbers = itertools.count()


@pytest.fixture
def store() -> Iterator[str]:
    """An empty place in fsspec's memory."""
    address = f"memory://remote-{next(_numbers)}"
    yield address
    files, path = fsspec.core.url_to_fs(address)
    if files.exists(path):
        files.rm(path, recursive=True)


def put(store: str, *packages: str) -> None:
    files, root = fsspec.core.url_to_fs(store)
    for package in packages:
        for path in (EXAMPLES / "committee" / package).rglob("*"):
            if path.is_file():
                files.pipe_file(f"{root}/{package}/{path.relative_to(EXAMPLES / 'committee' / package).as_posix()}", path.read_bytes())


def put_bytes(address: str, content: bytes) -> None:
    files, path = fsspec.core.url_to_fs(address)
    files.pipe_file(path, content)


def package_at(location: str) -> PackageAddress:
    return PackageAddress(package_id="p", location=location)


def set_aside(location: str) -> list[str]:
    with pytest.raises(SetAside) as caught, open_package(package_at(location)):
        pass
    return [f"{problem.code} {problem}" for problem in caught.value.problems]


def content_of(location: str) -> bytes:
    with open_package(package_at(location)) as opened:
        return canonical_json(read(opened))


def test_the_committees_tree_is_found(store: str) -> None:
    put(store, *COMMITTEE)
    found = discover(store)
    assert found.form == "committee"
    place = store.replace("://", ":///")
    assert [(each.department_code, each.applicant_number, each.location) for each in found.packages] == [
        ("001023", "10110301", f"{place}/{COMMITTEE[0]}"),
        ("101004", "10110671", f"{place}/{COMMITTEE[1]}"),
    ]


def test_each_found_package_reads_as_it_does_on_disk(store: str) -> None:
    put(store, *COMMITTEE)
    here = [content_of(str(EXAMPLES / "committee" / package)) for package in COMMITTEE]
    assert [content_of(each.location) for each in discover(store).packages] == here


def test_file_addresses_and_paths_lead_to_the_same() -> None:
    place = EXAMPLES / "central"
    here, there = discover(place), discover(place.as_uri())
    assert [each.package_id for each in there.packages] == [each.package_id for each in here.packages]
    assert content_of(there.packages[1].location) == content_of(here.packages[1].location)


def test_a_whole_export_within_a_zip_is_read_through_the_zip(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        for package in COMMITTEE:
            for path in sorted((EXAMPLES / "committee" / package).rglob("*")):
                if path.is_file():
                    archive.write(path, path.relative_to(EXAMPLES / "committee").as_posix())
    found = discover(f"zip://::{(tmp_path / 'export.zip').as_uri()}")
    assert [each.applicant_number for each in found.packages] == ["10110301", "10110671"]
    assert [content_of(each.location) for each in found.packages] == [
        content_of(str(EXAMPLES / "committee" / package)) for package in COMMITTEE
    ]


def test_a_students_zip_in_a_store_is_fetched_and_unpacked(store: str) -> None:
    zipped = next((EXAMPLES / "central").glob("*.zip"))
    put_bytes(f"{store}/{zipped.name}", zipped.read_bytes())
    (found,) = discover(store).packages
    assert found.package_id == zipped.stem
    assert content_of(found.location) == content_of(str(zipped))


def test_an_unchanged_package_is_recognised_and_a_changed_one_is_not(store: str) -> None:
    put(store, COMMITTEE[0])
    location = discover(store).packages[0].location
    before = remote.signature(location)
    assert before
    assert remote.signature(location) == before
    put_bytes(f"{store}/{COMMITTEE[0]}/多元表現.json", b"{}")
    assert remote.signature(location) != before


def test_what_is_gone_has_no_signature(store: str) -> None:
    assert remote.signature(f"{store}/nothing") == ""


def test_nothing_at_the_address_stops_with_a_sentence(store: str) -> None:
    with pytest.raises(Stop) as caught:
        discover(store)
    assert [str(problem) for problem in caught.value.problems] == [f"{store}：找不到「{store}」。請確認路徑是否正確、隨身碟是否已連接。"]


def test_an_unknown_kind_of_address_stops_with_a_sentence() -> None:
    with pytest.raises(Stop) as caught:
        discover("gopher://host/export")
    (problem,) = caught.value.problems
    assert f"error {problem.code} {problem}" == (
        "error remote-address gopher://host/export：無法開啟位址「gopher://host/export」（Protocol not known: gopher）。"
        "請確認位址的寫法；s3://、gs:// 等需要另外安裝 s3fs、gcsfs 等套件。"
    )


def test_a_package_that_has_gone_is_set_aside(store: str) -> None:
    assert [words.split()[0] for words in set_aside(f"{store}/gone")] == ["package-gone"]


def test_names_that_lead_out_are_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bad.zip", "w") as archive:
        archive.writestr("10110301/../../out.txt", "x")
        archive.writestr("10110301/多元表現.json", "{}")
    reasons = set_aside(f"zip://::{(tmp_path / 'bad.zip').as_uri()}")
    assert [words.split()[0] for words in reasons] == ["name-leads-out"]
    assert not (tmp_path.parent / "out.txt").exists()


@pytest.mark.parametrize(("limit", "value", "unit"), [("ENTRIES", 3, "檔案數"), ("DEPTH", 1, "資料夾層數")])
def test_limits_hold_before_a_file_is_copied(store: str, monkeypatch: pytest.MonkeyPatch, limit: str, value: int, unit: str) -> None:
    for number in range(4):
        put_bytes(f"{store}/p/a/{number}.txt", b"x")
    monkeypatch.setattr(limits, limit, value)
    reasons = set_aside(f"{store}/p")
    assert len(reasons) == 1
    assert reasons[0].startswith("package-too-large p：資料過大：" + unit)


def test_a_file_is_never_copied_beyond_the_limit(store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    put_bytes(f"{store}/p/多元表現.json", b"{" + b" " * 100 + b"}")
    monkeypatch.setattr(limits, "TOTAL_BYTES", 50)
    assert set_aside(f"{store}/p") == [
        "package-gone p：找不到這份資料，或無法讀取（longer than its listing says）。請確認資料夾與權限後再執行一次。"
    ]
