"""Signatures of bags: whose they are, when they are broken, and what is said of it."""

import base64
import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from reviewer.model.problem import ExitStatus, Stop
from reviewer.packages.address import PackageAddress, TrustedKey
from reviewer.packages.opening import open_package
from reviewer.packages.reader import read
from reviewer.packages.signature import fingerprint, raw_public, sign, trusted_keys
from reviewer.packages.verifying import verify
from tests.faults.packages.bag_making import write_bag
from tests.faults.packages.telling import line

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
RAW = raw_public(KEY.public_key())
TRUSTED = (TrustedKey(name="山海高中", raw=RAW),)
FILES = {"基本資料.json": {"姓名": "林小安"}, "課程學習成果.json": []}


def signed(tmp_path: Path, trusted: tuple[TrustedKey, ...]) -> PackageAddress:
    folder = write_bag(tmp_path / "stu-1", FILES)
    (folder / "signature.json").write_bytes(sign((folder / "tagmanifest-sha256.txt").read_bytes(), KEY, "山海高中"))
    return PackageAddress(package_id="stu-1", location=str(folder), trusted=trusted)


def told(address: PackageAddress) -> list[str]:
    return [line(problem) for problem in verify(address)]


def test_a_trusted_key(tmp_path: Path) -> None:
    address = signed(tmp_path, TRUSTED)
    assert told(address) == ["note signature-valid stu-1：簽章有效（山海高中）。無須處理。"]
    with open_package(address) as opened:
        portfolio = read(opened)
    assert portfolio.signature is not None
    assert (portfolio.signature.state, portfolio.signature.signer) == ("valid", "山海高中")


def test_a_key_that_nobody_knows(tmp_path: Path) -> None:
    mark = fingerprint(RAW)
    assert told(signed(tmp_path, ())) == [
        f"note signature-unknown-key stu-1 · signature.json：簽章的金鑰（{mark}）不在信任的公鑰之中。向學校核對指紋後，將公鑰檔放進 site_config/keys/。"
    ]


def test_a_payload_that_was_changed_with_its_manifests(tmp_path: Path) -> None:
    address = signed(tmp_path, TRUSTED)
    write_bag(Path(address.location), {**FILES, "基本資料.json": {"姓名": "別人"}})
    assert told(address) == [
        "warning signature-invalid stu-1 · signature.json：簽章與內容不符（signature.json）。封裝後內容遭更動，或簽章損壞；請向學校重新索取。"
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff",
        b'{"algorithm": "RSA", "signed": "x"}',
        b'{"algorithm": "Ed25519", "signed": "tagmanifest-sha256.txt", "public_key": 5}',
    ],
)
def test_something_else_under_its_name_is_invalid(tmp_path: Path, content: bytes) -> None:
    address = signed(tmp_path, TRUSTED)
    (Path(address.location) / "signature.json").write_bytes(content)
    assert [words.split(" ")[1] for words in told(address)] == ["signature-invalid"]


def test_what_the_signer_calls_himself_is_not_believed(tmp_path: Path) -> None:
    address = signed(tmp_path, (TrustedKey(name="真正的名稱", raw=RAW),))
    path = Path(address.location) / "signature.json"
    path.write_text(json.dumps(json.loads(path.read_bytes()) | {"signer": "臺灣大學"}), encoding="utf-8")
    with open_package(address) as opened:
        assert opened.signature is not None
        assert opened.signature.signer == "真正的名稱"


def test_the_fingerprint_tells_states_apart(tmp_path: Path) -> None:
    marks: list[str] = []
    for trusted in (TRUSTED, ()):
        with open_package(signed(tmp_path / str(len(marks)), trusted)) as opened:
            marks.append(opened.fingerprint())
    assert marks[0] != marks[1]


def test_keys_of_a_folder(tmp_path: Path) -> None:
    pem = KEY.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    (tmp_path / "山海高中.pem").write_bytes(pem)
    assert trusted_keys(tmp_path) == TRUSTED
    assert trusted_keys(tmp_path / "none") == ()
    (tmp_path / "broken.pem").write_bytes(b"no key")
    with pytest.raises(Stop) as stopped:
        trusted_keys(tmp_path)
    assert stopped.value.status is ExitStatus.USAGE
    assert [line(problem) for problem in stopped.value.problems] == [
        "error key-unreadable keys/broken.pem：金鑰檔「broken.pem」無法讀取，或不是 Ed25519 金鑰。請以 reviewer keys new 產生金鑰；公鑰檔為 .pem。"
    ]


def test_the_same_manifest_is_signed_with_the_same_bytes() -> None:
    assert sign(b"manifest", KEY, "山海高中") == sign(b"manifest", KEY, "山海高中")
    assert len(base64.b64decode(json.loads(sign(b"manifest", KEY, "x"))["signature"])) == 64
