"""The preview's server: whom it answers, what it hands out, what it adds to a page."""

import http.client
import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewer.preview.live import serving, worth_it
from reviewer.preview.web import HOST, LiveState, PreviewServer, find, served
from reviewer.render.environment import environment

PAGE = "<!doctype html><html><head><title>頁</title></head><body>一頁</body></html>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    (site / "001012").mkdir(parents=True)
    (site / ".reviewer").mkdir()
    (site / ".reviewer/preview").write_text("state", encoding="utf-8")
    (site / "index.html").write_text(PAGE, encoding="utf-8")
    (site / "001012/index.html").write_text(PAGE, encoding="utf-8")
    (site / "film.mp4").write_bytes(bytes(range(100)))
    (tmp_path / "secret.txt").write_text("outside", encoding="utf-8")
    (site / "link.txt").symlink_to(tmp_path / "secret.txt")
    return site


@pytest.fixture
def server(folder: Path) -> Iterator[PreviewServer]:
    with serving(folder, LiveState()) as running:
        yield running


def ask(server: PreviewServer, path: str, method: str = "GET", **headers: str) -> tuple[int, bytes, dict[str, str]]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, content, dict(answer.headers)


def test_it_listens_on_the_loopback_address_only(server: PreviewServer) -> None:
    assert server.server_address[0] == "127.0.0.1"
    assert server.address == f"http://127.0.0.1:{server.server_port}/"


def test_a_folder_stands_for_its_index_page(server: PreviewServer) -> None:
    status, content, headers = ask(server, "/001012/")
    assert (status, headers["Content-Type"], headers["Cache-Control"]) == (200, "text/html; charset=utf-8", "no-store")
    assert "一頁" in content.decode()


def test_a_strangers_name_for_this_machine_is_refused(server: PreviewServer) -> None:
    assert ask(server, "/", Host="attacker.example")[0] == 403
    assert ask(server, "/", Host=f"localhost:{server.server_port}")[0] == 200


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/.reviewer/preview",
        "/link.txt",
        "/nothing.html",
        "/a%00b",
        "/..%5csecret.txt",
        f"/{'a' * 300}",
    ],
)
def test_what_is_not_of_the_folder_is_not_there(server: PreviewServer, path: str) -> None:
    status, content, _ = ask(server, path)
    assert status == 404
    assert content.decode() == "找不到這一頁；它可能正在重新製作。 / There is no such page; it may be being made anew."


def test_an_address_that_is_none_is_answered(server: PreviewServer) -> None:
    with socket.create_connection((HOST, server.server_port), timeout=5) as line:
        line.sendall(f"GET http://[::1 HTTP/1.1\r\nHost: {HOST}:{server.server_port}\r\nConnection: close\r\n\r\n".encode())
        assert line.recv(64).startswith(b"HTTP/1.1 400 ")


def test_it_takes_no_other_method(server: PreviewServer) -> None:
    assert ask(server, "/", "POST")[0] == 501


def test_players_get_the_part_that_they_ask_for(server: PreviewServer) -> None:
    status, content, headers = ask(server, "/film.mp4", Range="bytes=10-19")
    assert (status, content, headers["Content-Range"]) == (206, bytes(range(10, 20)), "bytes 10-19/100")
    assert ask(server, "/film.mp4", Range="bytes=90-")[1] == bytes(range(90, 100))
    assert ask(server, "/film.mp4", Range="bytes=200-")[:2] == (200, bytes(range(100)))
    assert ask(server, "/film.mp4", "HEAD")[:2] == (200, b"")


def test_pages_are_told_of_a_new_preview(server: PreviewServer) -> None:
    assert json.loads(ask(server, "/-/state")[1]) == {"version": 0, "words": ""}
    server.state.say("正在重新製作")
    assert json.loads(ask(server, "/-/state")[1]) == {"version": 0, "words": "正在重新製作"}
    server.state.made()
    assert json.loads(ask(server, "/-/state")[1]) == {"version": 1, "words": ""}


def test_a_page_gets_its_script_and_the_right_to_ask_on_its_way_out(folder: Path) -> None:
    policy = environment().from_string('<head><meta content="{{ content_security_policy }}"></head>').render()
    out = served(policy)
    assert "connect-src &#39;self&#39;" in out
    assert "connect-src &#39;none&#39;" not in out
    assert out.count('<script src="/-/reload.js" defer></script>') == 1
    assert "reload.js" not in (folder / "index.html").read_text(encoding="utf-8")


def test_find_knows_regular_files_only(folder: Path) -> None:
    assert find(folder, "/") == folder / "index.html"
    assert find(folder, "/001012") == folder / "001012/index.html"
    assert find(folder, "/link.txt") is None


@pytest.mark.parametrize(
    ("names", "counts"),
    [
        (["/x/名冊.xlsx"], True),
        (["/x/~$名冊.xlsx"], False),
        (["/x/.名冊.swp", "/x/a.tmp"], False),
        (["/x/.DS_Store"], False),
        (["/x/a.tmp", "/x/files/1.pdf"], True),
    ],
)
def test_lock_files_and_copies_of_editors_are_no_change(names: list[str], counts: bool) -> None:
    assert worth_it(names) is counts
