"""Sealed deliveries: age and zip, keys and passphrases, signatures, and a sentence for each thing that goes wrong."""

import errno
import io
import json
import os
import resource
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pyrage
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from reviewer.cli.main import run
from reviewer.intake.keys import new_keys, read_key
from reviewer.model.problem import ExitStatus, Stop
from reviewer.packages.signature import trusted_keys
from reviewer.site import disk
from reviewer.site.delivery import making, passphrases, tar
from reviewer.site.delivery.envelopes import Lock, Opening
from reviewer.site.delivery.folder import state_of
from reviewer.site.delivery.statement import Signer
from reviewer.site.delivery.verifying import verify_container, verify_folder
from tests import deliveries

NO_ROOM = "There is no space left to write {}; what stood before is untouched."
WORDS = "五個 不相關 的詞 correct horse battery"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """No waiting for the machine's disk, and cheap guesses at the passphrase."""
    monkeypatch.setattr(disk, "flush", lambda _folder: None)
    monkeypatch.setattr(passphrases, "WORK_FACTOR", 4)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return deliveries.department(tmp_path / "site" / deliveries.CODE, deliveries.OLD)


def sentences(act: Callable[[], object]) -> tuple[ExitStatus, list[str]]:
    """How a run ends, and what is said in English."""
    with pytest.raises(Stop) as stopped:
        act()
    return stopped.value.status, [problem.what.en for problem in stopped.value.problems]


@pytest.mark.parametrize("length", [0, 1, 65_535, 65_536, 65_537, 131_072, 200_000])
def test_passphrase_files_are_age_files(length: int) -> None:
    plain, sealed = os.urandom(length), io.BytesIO()
    passphrases.encrypt(iter([plain[:70_000], b"", plain[70_000:]]), sealed, WORDS)
    assert pyrage.passphrase.decrypt(sealed.getvalue(), WORDS) == plain
    assert b"".join(passphrases.decrypt(io.BytesIO(sealed.getvalue()), WORDS)) == plain


def test_passphrase_files_of_age_are_read() -> None:
    plain = os.urandom(70_000)
    assert b"".join(passphrases.decrypt(io.BytesIO(pyrage.passphrase.encrypt(plain, WORDS)), WORDS)) == plain


@pytest.mark.parametrize(
    "spoil", [lambda data: data[:-1], lambda data: data[:-65_552], lambda data: data + b"x", lambda data: data[:300] + b"!" + data[301:]]
)
def test_a_spoilt_passphrase_file_is_damaged(spoil: Callable[[bytes], bytes]) -> None:
    sealed = io.BytesIO()
    passphrases.encrypt(iter([bytes(150_000)]), sealed, WORDS)
    with pytest.raises(passphrases.Damaged):
        list(passphrases.decrypt(io.BytesIO(spoil(sealed.getvalue())), WORDS))


@pytest.mark.parametrize("form", ["age", "zip"])
def test_a_passphrase_opens_either_form_and_another_does_not(form: str, site: Path, tmp_path: Path) -> None:
    sealed = deliveries.container(tmp_path / "sealed", site, form=form, lock=Lock(passphrase=WORDS))
    assert sentences(lambda: deliveries.apply(sealed, tmp_path / "desk", opening=Opening(passphrase=WORDS.upper())))[1] == [
        "The passphrase does not open “sealed” (or the head of the file was altered)."
    ]
    deliveries.apply(sealed, tmp_path / "desk", opening=Opening(passphrase=WORDS))
    assert deliveries.tree(tmp_path / "desk") == deliveries.tree(site)
    for path in deliveries.OLD:
        assert path.encode() not in sealed.read_bytes(), "names of applicants' folders are encrypted too"


def test_the_stream_inside_has_one_form(site: Path) -> None:
    order = making.Order(folder=site, target=site.parent / "d", form="age", lock=deliveries.LOCK)
    first, second = (b"".join(making._planned(order).stream()) for _ in range(2))
    assert first == second
    assert len(first) % tar.BLOCK_BYTES == 0


def test_keys_of_ours_sign_and_receive(site: Path, tmp_path: Path) -> None:
    new_keys(tmp_path / "keys", "office", "")
    key = read_key(tmp_path / "keys/office.key")
    trusted = trusted_keys(tmp_path / "keys")
    sealed = deliveries.container(tmp_path / "d.age", site, signer=Signer(private=key.private, name=key.signer))
    applied = deliveries.apply(sealed, tmp_path / "desk", trusted=trusted, must_be_signed=True)
    assert (applied.signed_by, applied.problems) == ("office", ())
    assert verify_folder(tmp_path / "desk", trusted) == (len(deliveries.OLD), ())
    assert [problem.code for problem in verify_folder(tmp_path / "desk", ())[1]] == ["delivery-signer-unknown"]
    statement = json.loads((tmp_path / "desk/delivery.json").read_text(encoding="utf-8"))
    (tmp_path / "desk/delivery.json").write_text(json.dumps({**statement, "department": "999999"}), encoding="utf-8")
    assert [problem.what.en for problem in verify_folder(tmp_path / "desk", trusted)[1]] == ["The signature does not fit the content."]


def test_who_signed_what_stands_must_sign_what_follows(site: Path, tmp_path: Path) -> None:
    mine, other = (Signer(private=Ed25519PrivateKey.generate(), name=name) for name in ("mine", "other"))
    deliveries.apply(deliveries.container(tmp_path / "d.age", site, signer=mine), tmp_path / "desk")
    new = deliveries.department(tmp_path / "new" / deliveries.CODE, deliveries.NEW)
    delta = deliveries.container(tmp_path / "delta.age", new, since=state_of(site), signer=other)
    status, said = sentences(lambda: deliveries.apply(delta, tmp_path / "desk"))
    assert status is ExitStatus.NOTHING
    assert said[0].startswith("What stands there was signed by the key ")
    assert deliveries.tree(tmp_path / "desk") == deliveries.tree(site)


def test_an_unsigned_container_is_refused_where_a_signature_is_required(site: Path, tmp_path: Path) -> None:
    sealed = deliveries.container(tmp_path / "d.age", site)
    assert sentences(lambda: deliveries.apply(sealed, tmp_path / "desk", must_be_signed=True)) == (
        ExitStatus.NOTHING,
        ["The container carries no trusted signature; nothing was applied."],
    )


@pytest.mark.parametrize("left_bytes", [150, 2_000, 5_000])
def test_a_container_that_was_cut_off(left_bytes: int, site: Path, tmp_path: Path) -> None:
    sealed = deliveries.container(tmp_path / "d.age", site)
    sealed.write_bytes(sealed.read_bytes()[:left_bytes])
    expected = f"The container is incomplete: it breaks off after byte {left_bytes:,}."
    assert sentences(lambda: deliveries.apply(sealed, tmp_path / "desk")) == (ExitStatus.NOTHING, [expected])
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["d.age", "site"]


@pytest.mark.parametrize("form", ["age", "zip"])
def test_an_altered_byte_is_found_wherever_it_is(form: str, site: Path, tmp_path: Path) -> None:
    sealed = deliveries.container(tmp_path / "sealed", site, form=form, lock=Lock(passphrase=WORDS))
    whole = sealed.read_bytes()
    for place in range(300, len(whole) - 200, 1511):
        sealed.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert verify_container(sealed, Opening(passphrase=WORDS), ())[1][0].severity.value == "error"


def test_a_key_that_fits_not_and_none(site: Path, tmp_path: Path) -> None:
    sealed = deliveries.container(tmp_path / "d.age", site)
    other = Opening(identities=(pyrage.x25519.Identity.generate(),))
    assert sentences(lambda: deliveries.apply(sealed, tmp_path / "desk", opening=other)) == (
        ExitStatus.NOTHING,
        ["None of the keys given opens “d.age” (or the head of the file was altered)."],
    )
    assert sentences(lambda: deliveries.apply(sealed, tmp_path / "desk", opening=Opening())) == (
        ExitStatus.USAGE,
        ["“d.age” is encrypted; to open it takes a recipient's private key."],
    )


def test_a_delta_for_another_state_and_an_altered_folder_are_refused(site: Path, tmp_path: Path) -> None:
    new = deliveries.department(tmp_path / "new" / deliveries.CODE, deliveries.NEW)
    delta, desk = deliveries.container(tmp_path / "delta.age", new, since=state_of(site)), tmp_path / "desk"
    assert sentences(lambda: deliveries.apply(delta, desk))[1] == [f"{desk} is not the state that this delta was made for."]
    deliveries.apply(deliveries.container(tmp_path / "full.age", site), desk)
    (desk / "index.html").write_bytes(b"mine")
    (desk / "10110002/index.html").unlink()
    assert sentences(lambda: deliveries.apply(delta, desk))[1] == [
        f"2 delivered files in {desk} were altered or are missing; nothing was applied.",
        "SHA256SUMS names this file, but the folder lacks it.",
        "The file is not what SHA256SUMS says.",
    ]
    deliveries.apply(tmp_path / "full.age", desk)
    assert deliveries.tree(desk) == deliveries.tree(site), "the full delivery of the same state repairs"


def test_a_full_container_over_another_state_says_what_it_replaced(site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new_keys(tmp_path / "keys", "office", "")
    key, desk, older, newer = str(tmp_path / "keys/office.key"), tmp_path / "desk", str(tmp_path / "1.age"), str(tmp_path / "2.age")
    new = deliveries.department(tmp_path / "new" / deliveries.CODE, deliveries.NEW)
    for folder, sealed in ((site, older), (new, newer)):
        assert run(["deliver", str(folder), "--to", sealed, "--recipient", str(tmp_path / "keys/office.pem")]) == ExitStatus.WELL
    assert run(["deliver", "apply", newer, str(desk), "--key", key]) == ExitStatus.WELL
    assert "which that of this container" not in capsys.readouterr().out, "an empty folder stood at no state"
    assert run(["deliver", "apply", older, str(desk), "--key", key]) == ExitStatus.WELL
    said = capsys.readouterr().out
    assert f"{desk} is now department {deliveries.CODE} as this container holds it: files written: 5, removed: 1, your own kept: 0." in said
    was, now = state_of(new).sums_sha256[:12], state_of(site).sums_sha256[:12]
    assert f"{desk} stood at another state (hash of SHA256SUMS: {was}), which that of this container ({now}) has replaced;" in said
    assert "new state" not in said


def test_a_delta_for_what_was_copied_by_hand_already_only_names_its_state(site: Path, tmp_path: Path) -> None:
    new = deliveries.department(tmp_path / "new" / deliveries.CODE, deliveries.NEW)
    delta, desk = deliveries.container(tmp_path / "delta.age", new, since=state_of(site)), tmp_path / "desk"
    shutil.copytree(new, desk)
    (desk / "marks.json").write_bytes(b"mine")
    assert not deliveries.apply(delta, desk).already
    assert deliveries.tree(desk) == {**deliveries.tree(new), "marks.json": b"mine"}
    assert deliveries.apply(delta, desk).already


def test_a_stick_where_files_have_one_name_needs_room_for_what_is_kept(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sealed, desk = deliveries.container(tmp_path / "d.age", site), tmp_path / "desk"
    deliveries.apply(sealed, desk)
    (desk / "own.pdf").write_bytes(bytes(5000))
    new = deliveries.department(tmp_path / "new" / deliveries.CODE, {**deliveries.OLD, "added.html": b"new"})
    delta = deliveries.container(tmp_path / "delta.age", new, since=state_of(site))

    def no_link(*_names: object, **_options: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(shutil, "disk_usage", lambda _place: SimpleNamespace(free=5500))
    with monkeypatch.context() as stick:
        stick.setattr(os, "link", no_link)
        assert sentences(lambda: deliveries.apply(delta, desk)) == (ExitStatus.NOTHING, [NO_ROOM.format(desk)])
        assert deliveries.tree(desk) == {**deliveries.tree(site), "own.pdf": bytes(5000)}
    deliveries.apply(delta, desk)
    assert deliveries.tree(desk) == {**deliveries.tree(new), "own.pdf": bytes(5000)}


def test_a_file_of_the_reviewers_in_the_way_is_not_overwritten(site: Path, tmp_path: Path) -> None:
    deliveries.apply(deliveries.container(tmp_path / "d.age", site), tmp_path / "desk")
    new = deliveries.department(tmp_path / "new" / deliveries.CODE, {**deliveries.OLD, "own.html": b"theirs"})
    (tmp_path / "desk/own.html").write_bytes(b"mine")
    sealed = deliveries.container(tmp_path / "new.age", new)
    assert sentences(lambda: deliveries.apply(sealed, tmp_path / "desk"))[1] == [
        "Your own “own.html” has the name of a delivered file; nothing was applied."
    ]
    assert deliveries.tree(tmp_path / "desk") == {**deliveries.tree(site), "own.html": b"mine"}


def test_a_folder_of_other_things_and_a_link_are_refused_as_they_stand(site: Path, tmp_path: Path) -> None:
    sealed = deliveries.container(tmp_path / "d.age", site)
    desk = tmp_path / "desk"
    desk.mkdir(mode=0o700)
    (desk / "thesis.odt").write_bytes(b"mine")
    assert sentences(lambda: deliveries.apply(sealed, desk)) == (
        ExitStatus.USAGE,
        [f"{desk} already holds other files (such as thesis.odt) and is no folder to which reviewer deliver applied anything."],
    )
    (tmp_path / "link").symlink_to(desk)
    assert sentences(lambda: deliveries.apply(sealed, tmp_path / "link")) == (
        ExitStatus.USAGE,
        [f"{tmp_path / 'link'} is a link to {desk}; nothing is applied to a link."],
    )
    assert deliveries.tree(desk) == {"thesis.odt": b"mine"}
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []


def test_modes_and_owners_of_the_reviewers_folder_stay(site: Path, tmp_path: Path) -> None:
    desk, owner = tmp_path / "desk", 12_345 if os.geteuid() == 0 else os.geteuid()
    deliveries.apply(deliveries.container(tmp_path / "d.age", site), desk)
    (desk / "notes").mkdir(mode=0o700)
    (desk / "notes/own.txt").write_bytes(b"mine")
    modes = {desk: 0o700, desk / "10110001": 0o750, desk / "notes": 0o700, desk / "notes/own.txt": 0o600, desk / "index.html": 0o640}
    for path, mode in modes.items():
        path.chmod(mode)
    for path in (desk, *desk.rglob("*")):
        os.chown(path, owner, -1)
    new = deliveries.department(tmp_path / "new" / deliveries.CODE, deliveries.NEW)
    deliveries.apply(deliveries.container(tmp_path / "n.age", new), desk)
    assert {path: path.stat().st_mode & 0o777 for path in modes} == modes
    assert {path.stat().st_uid for path in (desk, *desk.rglob("*"))} == {owner}


def test_an_altered_site_is_not_delivered_and_the_former_container_stands(site: Path, tmp_path: Path) -> None:
    (tmp_path / "d.age").write_bytes(b"former")
    (site / "index.html").write_bytes(b"COHORT")
    assert sentences(lambda: deliveries.container(tmp_path / "d.age", site)) == (
        ExitStatus.NOTHING,
        ["The site's folder is not what its SHA256SUMS says; no container was made.", "The file is not what SHA256SUMS says."],
    )
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == {"d.age": b"former"}


@pytest.fixture
def small_disk() -> Iterator[None]:
    """No file may grow beyond 4 KB: what a full disk or a quota looks like to a program."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_leaves_nothing(site: Path, tmp_path: Path, small_disk: None) -> None:
    place = tmp_path / "d.age"
    assert sentences(lambda: deliveries.container(place, site)) == (
        ExitStatus.NOTHING,
        [f"There is no space left to write {place}; what stood before is untouched."],
    )
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_the_command_line_refuses_what_would_be_a_mistake(site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "words").write_text("short\n", encoding="utf-8")
    secret = str(pyrage.x25519.Identity.generate())
    to = ["--to", str(tmp_path / "d.age")]
    assert run(["deliver", str(site), *to]) == ExitStatus.USAGE
    assert run(["deliver", str(site), *to, "--passphrase-file", str(tmp_path / "words")]) == ExitStatus.USAGE
    assert run(["deliver", str(site), *to, "--format", "zip", "--recipient", "age1x"]) == ExitStatus.USAGE
    assert run(["deliver", str(site), *to, "--recipient", secret]) == ExitStatus.USAGE
    said = capsys.readouterr().err
    assert "A container is locked either for recipients' keys or by a passphrase." in said
    assert "The passphrase is too short: for the age format it takes 12 characters." in said
    assert "A zip can be locked by a passphrase only, not with --recipient." in said
    assert "“(a private key)” is no public key of a recipient." in said
    assert secret not in said


def test_a_container_that_exists_is_overwritten_only_when_told(site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new_keys(tmp_path / "keys", "office", "")
    sealed = tmp_path / "d.age"
    sealed.write_bytes(b"what a delta starts from")
    command = ["deliver", str(site), "--to", str(sealed), "--recipient", str(tmp_path / "keys/office.pem")]
    assert run(command) == ExitStatus.USAGE
    assert f"{sealed} exists and was not overwritten; later deltas may start from it (--since)." in capsys.readouterr().err
    assert sealed.read_bytes() == b"what a delta starts from"
    assert run([*command, "--overwrite"]) == ExitStatus.WELL
    assert sealed.read_bytes() != b"what a delta starts from"


def test_what_is_not_there_is_said_to_be_not_there(site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    to = ["--to", str(tmp_path / "d.age")]
    new_keys(tmp_path / "keys", "office", "")
    office = str(tmp_path / "keys/office.pem")
    assert run(["deliver", str(site), *to, "--recipient", str(tmp_path / "wang.pem")]) == ExitStatus.USAGE
    assert run(["deliver", "apply", str(tmp_path / "nothing.age"), str(tmp_path / "desk"), "--key", str(tmp_path / "wang.key")]) != 0
    assert run(["deliver", "apply", str(tmp_path / "nothing.age"), str(tmp_path / "desk"), "--key", str(tmp_path / "keys/office.key")]) != 0
    assert run(["deliver", str(site.parent), "--department", "999999", *to, "--recipient", office]) == ExitStatus.USAGE
    said = capsys.readouterr().err
    assert f"There is no file “{tmp_path / 'wang.pem'}”." in said
    assert f"There is no file “{tmp_path / 'wang.key'}”." in said
    assert "There is no file “nothing.age”." in said
    assert f"{site.parent} holds no department 999999; it holds these departments: {deliveries.CODE}." in said


def test_the_whole_way_on_the_command_line(site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new_keys(tmp_path / "keys", "office", "")
    sealed, desk, key = str(tmp_path / "d.age"), str(tmp_path / "desk"), str(tmp_path / "keys/office.key")
    recipient = ["--recipient", str(tmp_path / "keys/office.pem"), "--sign", key]
    assert run(["deliver", str(site.parent), "--department", deliveries.CODE, "--to", sealed, *recipient]) == ExitStatus.WELL
    assert run(["deliver", "apply", sealed, desk, "--key", key, "--config", str(tmp_path), "--require-signature"]) == ExitStatus.WELL
    assert run(["verify", sealed, "--key", key, "--config", str(tmp_path)]) == ExitStatus.WELL
    (tmp_path / "desk/marks.json").write_text("{}", encoding="utf-8")
    assert run(["verify", desk, "--config", str(tmp_path)]) == ExitStatus.WELL
    capsys.readouterr()
    assert run(["deliver", "apply", sealed, desk, "--key", key, "--config", str(tmp_path), "--json"]) == ExitStatus.WELL
    answer = json.loads(capsys.readouterr().out)
    assert (answer["already"], answer["own"], answer["signed_by"]) == (True, 1, "office")
