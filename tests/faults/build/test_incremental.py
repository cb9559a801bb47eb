"""What is made again, what stays, what vanishes."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import bagit
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from reviewer import resources
from reviewer.fonts import faces
from reviewer.model.problem import ExitStatus, Stop
from reviewer.packages.signature import FILE, SIGNED, sign
from reviewer.site import sums, survey
from reviewer.site.plan import Action
from reviewer.site.report import BuildReport
from reviewer.site.request import Request, gather

Build = Callable[..., BuildReport]
Contents = Callable[..., dict[str, bytes]]


def counts(report: BuildReport) -> tuple[int, int, int]:
    return report.made, report.kept, report.removed


def test_a_second_build_makes_nothing_and_changes_no_byte(build_it: Build, request_for: Request, site_contents: Contents) -> None:
    assert counts(build_it()) == (3, 0, 0)
    first = site_contents(request_for.site)
    assert counts(build_it()) == (0, 3, 0)
    assert site_contents(request_for.site) == first


def test_every_package_read_again_is_found_unchanged(build_it: Build, request_for: Request, site_contents: Contents) -> None:
    build_it()
    first = site_contents(request_for.site)
    assert counts(build_it(rehash=True)) == (0, 3, 0)
    assert site_contents(request_for.site) == first


def test_touching_a_file_makes_nothing_again(build_it: Build, export: Path) -> None:
    build_it()
    os.utime(export / "001/001023/10110301/10110301_基本資料.json")
    assert counts(build_it()) == (0, 3, 0)


@pytest.mark.parametrize("with_pdf", [False, True])
def test_one_changed_package_makes_one_dossier_again(
    build_it: Build, request_for: Request, export: Path, site_contents: Contents, with_pdf: bool
) -> None:
    build_it(with_pdf=with_pdf)
    first = site_contents(request_for.site)
    statement = export / "001/001023/10110301/10110301_學習歷程自述_O.md"
    statement.write_text(statement.read_text(encoding="utf-8") + "\n\n補充一句，有個罕用字：龘。\n", encoding="utf-8")
    assert counts(build_it(with_pdf=with_pdf)) == (1, 2, 0)
    second = site_contents(request_for.site)
    changed = {path for path in first.keys() | second.keys() if first.get(path) != second.get(path)}
    changed -= {".reviewer/records/001023.jsonl", "index.html"}
    dossiers = {path for path in changed if not path.startswith(("001023/theme/", "001023/data/"))}
    paper = {"001023/10110301/dossier.pdf"} if with_pdf else set()
    assert dossiers == {"001023/10110301/index.html", "001023/SHA256SUMS"} | paper
    assert {path for path in changed if path.startswith("001023/theme/")} == {
        f"001023/theme/fonts/{face.id}.ttf" for face in faces.project_faces()
    }
    assert len([path for path in changed if path.startswith("001023/data/text-")]) == 1


def test_an_incremental_build_equals_a_fresh_one(
    build_it: Build, request_for: Request, export: Path, tmp_path: Path, site_contents: Contents
) -> None:
    build_it()
    statement = export / "001/001023/10110301/10110301_學習歷程自述_O.md"
    statement.write_text("完全改寫。\n", encoding="utf-8")
    shutil.rmtree(export / "001/001023/10110856")
    assert counts(build_it()) == (1, 1, 1)
    build_it(site=tmp_path / "fresh")
    assert site_contents(request_for.site) == site_contents(tmp_path / "fresh")


def test_a_department_that_is_gone_vanishes(build_it: Build, request_for: Request, export: Path) -> None:
    build_it()
    shutil.rmtree(export / "101")
    assert counts(build_it()) == (0, 2, 1)
    assert not (request_for.site / "101004").exists()
    assert (request_for.site / "001023").is_dir()
    assert "101004" not in (request_for.site / "index.html").read_text(encoding="utf-8")


def test_one_department_alone_leaves_the_others_as_they_are(build_it: Build, request_for: Request, site_contents: Contents) -> None:
    build_it()
    first = site_contents(request_for.site)
    assert counts(build_it(departments=("101004",))) == (0, 1, 0)
    assert site_contents(request_for.site) == first


def test_a_file_that_was_lost_from_the_site_is_made_again(build_it: Build, request_for: Request, site_contents: Contents) -> None:
    build_it()
    first = site_contents(request_for.site)
    (request_for.site / "001023/10110301/index.html").unlink()
    assert counts(build_it()) == (1, 2, 0)
    assert site_contents(request_for.site) == first


def test_lost_search_files_make_their_department_again(build_it: Build, request_for: Request, site_contents: Contents) -> None:
    build_it()
    first = site_contents(request_for.site)
    (request_for.site / "001023/data/text-12.js").unlink()
    assert counts(build_it()) == (2, 1, 0)
    assert site_contents(request_for.site) == first


@pytest.mark.parametrize("lost", ["help.html", "theme/style.css", "data/desk.js", "theme/fonts/*.ttf"])
@pytest.mark.parametrize("how", [Path.unlink, lambda path: path.write_bytes(path.read_bytes()[:-9])], ids=["lost", "cut-off"])
def test_a_department_s_own_file_that_was_lost_is_made_again(
    build_it: Build, request_for: Request, site_contents: Contents, lost: str, how: Callable[[Path], object]
) -> None:
    build_it()
    before = site_contents(request_for.site)
    how(min((request_for.site / "001023").glob(lost)))
    report = build_it()
    assert (report.made, report.kept) == (0, 3)
    assert site_contents(request_for.site) == before


def test_a_search_record_that_was_altered_is_not_taken_over(build_it: Build, request_for: Request, export: Path) -> None:
    """It would get a new hash, and nobody could tell any more."""
    build_it()
    data = request_for.site / "001023/data"
    for shard in sorted(data.glob("text-*.js")):
        shard.write_bytes(shard.read_bytes().replace("的".encode("utf-16-le"), "地".encode("utf-16-le")))
    before = sums.verify(request_for.site / "001023")[1]
    assert before != ()
    (export / "001/001023/10110301/10110301_學習歷程自述_O.md").write_text("改寫過的自述。\n", encoding="utf-8")
    with pytest.raises(Stop) as stop:
        build_it()
    assert [problem.code for problem in stop.value.problems] == ["search-records-lost"]
    assert sums.verify(request_for.site / "001023")[1] == before


def test_a_damaged_record_makes_its_department_again(build_it: Build, request_for: Request, site_contents: Contents) -> None:
    build_it()
    first = site_contents(request_for.site)
    (request_for.site / ".reviewer/records/001023.jsonl").write_text("{}", encoding="utf-8")
    assert counts(build_it()) == (2, 1, 0)
    assert site_contents(request_for.site) == first


def test_a_new_trusted_key_makes_nothing_again_where_nothing_is_signed(build_it: Build, tmp_path: Path) -> None:
    config = tmp_path / "config"
    shutil.copytree(resources.data_folder("site_config"), config)
    build_it(config=config)
    trust(config, Ed25519PrivateKey.generate(), "school")
    assert counts(build_it(config=config)) == (0, 3, 0)


def test_a_new_trusted_key_makes_what_it_signed_again(build_it: Build, request_for: Request, export: Path, tmp_path: Path) -> None:
    """Without `--rehash`: the folder itself did not change, what is known of its signer did."""
    config, key = tmp_path / "config", Ed25519PrivateKey.generate()
    shutil.copytree(resources.data_folder("site_config"), config)
    signed_bag(export / "001/001023/10110301", key)
    page = request_for.site / "001023/10110301/index.html"
    assert counts(build_it(config=config)) == (3, 0, 0)
    assert "簽章有效" not in page.read_text(encoding="utf-8")
    trust(config, key, "school")
    assert counts(build_it(config=config)) == (1, 2, 0)
    assert "封包簽章有效" in page.read_text(encoding="utf-8")  # and not by whom: this department hides the school


def trust(config: Path, key: Ed25519PrivateKey, name: str) -> None:
    (config / "keys").mkdir(exist_ok=True)
    pem = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    (config / "keys" / f"{name}.pem").write_bytes(pem)


def signed_bag(folder: Path, key: Ed25519PrivateKey) -> None:
    """Turn a package's folder into a bag that a school has signed."""
    bagit.make_bag(str(folder), checksums=["sha256"])
    (folder / FILE).write_bytes(sign((folder / SIGNED).read_bytes(), key, "school"))


def test_the_plan_writes_nothing(request_for: Request) -> None:
    plan = survey.plan(request_for, gather(request_for))
    assert plan.count(Action.MAKE) == 3
    assert not request_for.site.exists()


def test_a_dossier_set_aside_stays_so_without_being_made_again(build_it: Build, export: Path) -> None:
    (export / "001/001023/10110301/10110301_多元表現.json").write_text("{", encoding="utf-8")
    report = build_it()
    assert report.status is ExitStatus.SOME
    assert [line.applicant_number for line in report.totals.set_aside] == ["10110301"]
    again = build_it()
    assert again.status is ExitStatus.SOME
    assert again.totals.set_aside == report.totals.set_aside
    assert counts(again) == (0, 3, 0)
