"""A small server for one person on one machine: the preview's folder on the loopback address, with live reload.

Threat model. The folder holds pupils' records, and any page that a browser has open can send requests to this machine. So the server listens on
127.0.0.1 only, answers only requests that name that address as their host (a stranger's name that resolves to it is refused), hands out regular
files below the folder and nothing else (no listing, no hidden names, no links), takes GET and HEAD, and lets nothing be cached or framed by others.
What remains: other users of the same machine can open the address while it runs.

The files on disk stay as they are, for offline use; a page gets its reload script, and the policy that allows it, on its way out.
"""

import json
import re
import shutil
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock
from typing import ClassVar
from urllib.parse import unquote, urlsplit

HOST = "127.0.0.1"
STATE_PATH, SCRIPT_PATH = "/-/state", "/-/reload.js"
_CHUNK_BYTES = 2**18

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".webp": "image/webp",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".mp4": "video/mp4",
    ".mp3": "audio/mpeg",
}
_RANGE = re.compile(r"bytes=(\d{1,15})-(\d{0,15})")

RELOAD = """(function () {
  "use strict";
  if (window.top !== window) { return; }
  var seen = null, line = null;
  function say(words) {
    if (!line) {
      line = document.createElement("p");
      line.setAttribute("role", "status");
      line.className = "watermark-line preview-status";
      document.body.insertBefore(line, document.body.firstChild);
    }
    line.textContent = words;
    line.hidden = !words;
  }
  function ask() {
    fetch("/-/state", { cache: "no-store" }).then(function (answer) { return answer.json(); }).then(function (state) {
      if (seen !== null && state.version !== seen) { location.reload(); return; }
      seen = state.version;
      say(state.words);
    }).catch(function () { say("預覽已經結束；這一頁不會再更新。 / The preview has ended."); }).then(function () { setTimeout(ask, 700); });
  }
  ask();
})();
"""
"""Asks what stands now and loads the page again when it is newer; frames leave it to the page that holds them."""


@dataclass(slots=True)
class LiveState:
    """What pages that are open ask for; set by the one who builds, read by the server's threads."""

    version: int = 0
    """Rises with every preview that was made."""
    words: str = ""
    """What a page says meanwhile: being made anew, or why that failed."""
    _lock: Lock = field(default_factory=Lock)

    def say(self, words: str) -> None:
        """Tell those who read a page."""
        with self._lock:
            self.words = words

    def made(self) -> None:
        """A new preview stands: pages load again."""
        with self._lock:
            self.version, self.words = self.version + 1, ""

    def as_json(self) -> bytes:
        """For the script."""
        with self._lock:
            return json.dumps({"version": self.version, "words": self.words}, ensure_ascii=False).encode()


class PreviewServer(ThreadingHTTPServer):
    """Serves one folder on the loopback address."""

    daemon_threads = True

    def __init__(self, folder: Path, state: LiveState, port: int = 0) -> None:
        """Port 0 takes any that is free."""
        super().__init__((HOST, port), _Handler)
        self.folder = folder.resolve()
        self.state = state

    @property
    def address(self) -> str:
        """What to open."""
        return f"http://{HOST}:{self.server_port}/"

    def handle_error(self, request: object, client_address: object) -> None:
        """Stay silent about a browser that hung up."""


class _Handler(BaseHTTPRequestHandler):
    server: PreviewServer
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "reviewer", ""
    timeout: ClassVar[int] = 30

    def do_GET(self) -> None:
        """Answer."""
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        """Answer without the content."""
        self._answer(with_body=False)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing: the terminal shows what changed, not who asked."""

    def _answer(self, *, with_body: bool) -> None:
        if self.headers.get("Host") not in {f"{HOST}:{self.server.server_port}", f"localhost:{self.server.server_port}"}:
            self._send(HTTPStatus.FORBIDDEN, b"", "text/plain", with_body=with_body)
            return
        try:
            path = unquote(urlsplit(self.path).path)
        except ValueError:
            self._send(HTTPStatus.BAD_REQUEST, b"", "text/plain", with_body=with_body)
            return
        if path == STATE_PATH:
            self._send(HTTPStatus.OK, self.server.state.as_json(), _TYPES[".json"], with_body=with_body)
        elif path == SCRIPT_PATH:
            self._send(HTTPStatus.OK, RELOAD.encode(), _TYPES[".js"], with_body=with_body)
        elif path == "/favicon.ico":
            # Browsers ask every server for one; pages have none.
            self._send(HTTPStatus.NO_CONTENT, b"", _TYPES[".png"], with_body=False)
        else:
            self._file(path, with_body=with_body)

    def _file(self, path: str, *, with_body: bool) -> None:
        file = find(self.server.folder, path)
        if file is None:
            words = "找不到這一頁；它可能正在重新製作。 / There is no such page; it may be being made anew."
            self._send(HTTPStatus.NOT_FOUND, words.encode(), "text/plain; charset=utf-8", with_body=with_body)
        elif file.suffix == ".html":
            self._send(HTTPStatus.OK, served(file.read_text(encoding="utf-8")).encode(), _TYPES[".html"], with_body=with_body)
        else:
            self._stream(file, with_body=with_body)

    def _send(self, status: HTTPStatus, content: bytes, kind: str, *, with_body: bool) -> None:
        self._head(status, len(content), kind)
        self.end_headers()
        if with_body:
            self.wfile.write(content)

    def _stream(self, file: Path, *, with_body: bool) -> None:
        """A file, or the part of it that a player asks for."""
        size = file.stat().st_size
        asked = _RANGE.fullmatch(self.headers.get("Range", ""))
        first = int(asked[1]) if asked else 0
        last = min(int(asked[2]), size - 1) if asked and asked[2] else size - 1
        partial = asked is not None and first <= last
        if not partial:
            first, last = 0, size - 1
        self._head(
            HTTPStatus.PARTIAL_CONTENT if partial else HTTPStatus.OK, last - first + 1, _TYPES.get(file.suffix, "application/octet-stream")
        )
        self.send_header("Accept-Ranges", "bytes")
        if partial:
            self.send_header("Content-Range", f"bytes {first}-{last}/{size}")
        self.end_headers()
        if with_body:
            with file.open("rb") as source:
                source.seek(first)
                if partial:
                    left = last - first + 1
                    while left > 0 and (chunk := source.read(min(left, _CHUNK_BYTES))):
                        self.wfile.write(chunk)
                        left -= len(chunk)
                else:
                    shutil.copyfileobj(source, self.wfile, _CHUNK_BYTES)

    def _head(self, status: HTTPStatus, length: int, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(length))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("X-Frame-Options", "SAMEORIGIN")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("Referrer-Policy", "no-referrer")


def find(folder: Path, path: str) -> Path | None:
    """The regular file that a path of a request names; None for anything else. A folder stands for its index page."""
    parts = [part for part in path.split("/") if part]
    if any(part.startswith(".") or "\\" in part or "\0" in part for part in parts):
        return None
    file = folder.joinpath(*parts)
    try:
        if file.is_dir():
            file /= "index.html"
        return file if file.is_file() and file.resolve().is_relative_to(folder) else None
    except OSError:  # a name that no file system holds
        return None


def served(page: str) -> str:
    """A page as it is served: with the reload script, and a policy that lets it ask this server."""
    page = page.replace("connect-src &#39;none&#39;", "connect-src &#39;self&#39;", 1).replace(
        "connect-src 'none'", "connect-src 'self'", 1
    )
    return page.replace("</head>", f'<script src="{SCRIPT_PATH}" defer></script>\n</head>', 1)
