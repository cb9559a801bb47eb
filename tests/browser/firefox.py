"""The operating system's own Firefox, driven by WebDriver BiDi: Playwright's channel for it sends commands that Firefox ESR does not know.

Automation relaxes Firefox's rules for files; here they are as users have them: recommended preferences off, strict origin policy on.
"""

import base64
import json
import os
import re
import socket
import struct
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tests.browser.offline import WATCH
from tests.environment import of_a_reader

PROGRAM = "/usr/bin/firefox-esr"
PREFERENCES = {
    "security.fileuri.strict_origin_policy": True,
    "remote.prefs.recommended": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.aboutwelcome.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "app.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "browser.safebrowsing.downloads.remote.enabled": False,
    "toolkit.telemetry.reportingpolicy.firstRun": False,
}
ANSWER_SECONDS = 60


class Firefox:
    """One browser with one tab; in a profile of its own, or in one that was used before."""

    def __init__(self, profile: Path | None = None, preferences: Mapping[str, object] = MappingProxyType({})) -> None:
        self._profile = tempfile.TemporaryDirectory(prefix="reviewer-firefox-")
        home = profile or Path(self._profile.name)
        lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in {**PREFERENCES, **preferences}.items())
        (home / "user.js").write_text("".join(lines), encoding="utf-8")
        self._process = subprocess.Popen(
            [PROGRAM, "--headless", "--no-remote", "--profile", str(home), "--remote-debugging-port", "0", "about:blank"],
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
            env={**of_a_reader(), "HOME": self._profile.name},
        )
        self._socket = _Socket(self._port())
        self._number = 0
        self.version = self._ask("session.new", {"capabilities": {}})["capabilities"]["browserVersion"]
        self._tab = self._ask("browsingContext.getTree", {})["contexts"][0]["context"]
        self._page = "about:blank"
        self._ask("session.subscribe", {"events": ["network.beforeRequestSent"]})

    def open(self, path: Path, *, fragment: str = "") -> None:
        """Load a page from file:// and wait until it is complete."""
        self._page = path.as_uri()
        self._ask("browsingContext.navigate", {"context": self._tab, "url": path.as_uri() + fragment, "wait": "complete"})

    def call(self, function: str, *arguments: object, frame: str = "") -> Any:
        """Call a function of the page with arguments that are JSON, or of the frame whose address holds `frame`; return its answer, which is JSON too."""
        wrapped = f"async (...given) => JSON.stringify(await ({function})(...given.map(each => JSON.parse(each))))"
        answer = self._ask(
            "script.callFunction",
            {
                "functionDeclaration": wrapped,
                "arguments": [{"type": "string", "value": json.dumps(each)} for each in arguments],
                "target": {"context": self._frame(frame) if frame else self._tab},
                "awaitPromise": True,
            },
        )
        assert answer["type"] == "success", answer.get("exceptionDetails", {}).get("text")
        return json.loads(answer["result"]["value"]) if answer["result"]["type"] == "string" else None

    def _frame(self, part: str) -> str:
        tree = self._ask("browsingContext.getTree", {"root": self._tab})["contexts"][0]
        return str([each for each in tree["children"] if part in each["url"]][-1]["context"])  # the youngest

    def until(self, function: str, *arguments: object, frame: str = "") -> None:
        """Wait until a function of the page, called as by `call`, says yes."""
        again = "if (performance.now() > end) throw new Error('it never was'); await new Promise(done => setTimeout(done, 10));"
        self.call(
            f"async (...given) => {{ const end = performance.now() + {ANSWER_SECONDS * 500}; while (!(await ({function})(...given))) {{ {again} }} }}",
            *arguments,
            frame=frame,
        )

    def choose(self, selector: str, path: Path) -> None:
        """Choose a file in a field for files, as its dialog does."""
        found = self._ask("browsingContext.locateNodes", {"context": self._tab, "locator": {"type": "css", "value": selector}})
        element = {"sharedId": found["nodes"][0]["sharedId"]}
        self._ask("input.setFiles", {"context": self._tab, "element": element, "files": [str(path)]})

    def scroll(self, x: int, y: int, by: int) -> None:
        """Turn the wheel at a place of the window."""
        actions = [{"type": "scroll", "x": x, "y": y, "deltaX": 0, "deltaY": by}]
        self._ask("input.performActions", {"context": self._tab, "actions": [{"type": "wheel", "id": "wheel", "actions": actions}]})

    def back(self) -> None:
        """One step back in the history."""
        self._ask("browsingContext.traverseHistory", {"context": self._tab, "delta": -1})

    def press(self, keys: str) -> None:
        """Press these keys one after the other, as a keyboard does."""
        actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        source = {"type": "key", "id": "keyboard", "actions": actions}
        self._ask("input.performActions", {"context": self._tab, "actions": [source]})

    def kill(self) -> None:
        """End the process at once, as a crash does."""
        self._socket.close()
        self._process.kill()
        self._ended()
        self._profile.cleanup()

    def before_each_page(self, script: str) -> None:
        """Run a script in every page before its own."""
        self._ask("script.addPreloadScript", {"functionDeclaration": f"() => {{ {script} }}"})

    def close(self) -> None:
        """End the browser if it was not killed, after it has told of all requests so far."""
        if self._process.poll() is not None:
            return
        self._ask("session.status", {})
        self._socket.close()
        self._process.terminate()
        self._ended()

    def _ended(self) -> None:
        self._process.wait(20)
        if self._process.stderr:
            self._process.stderr.close()
        self._profile.cleanup()

    def _port(self) -> int:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            found = re.search(r"WebDriver BiDi listening on ws://127\.0\.0\.1:(\d+)", line)
            if found:
                return int(found[1])
        raise AssertionError("Firefox ended before it listened")

    def _ask(self, method: str, parameters: dict[str, Any]) -> Any:
        self._number += 1
        self._socket.send(json.dumps({"id": self._number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self._socket.receive())
            if message.get("method") == "network.beforeRequestSent":
                self._requested(message["params"])
            if message.get("id") == self._number:
                assert message["type"] == "success", message
                return message["result"]

    def _requested(self, told: dict[str, Any]) -> None:
        WATCH.see(told["request"]["url"], self._page, goes=told["navigation"] is not None and told["context"] == self._tab)


class _Socket:
    """As much of a web socket (RFC 6455) as this needs: text out, text in."""

    def __init__(self, port: int) -> None:
        self._connection = socket.create_connection(("127.0.0.1", port), timeout=ANSWER_SECONDS)
        key = base64.b64encode(os.urandom(16)).decode()
        self._connection.sendall(
            f"GET /session HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        self._stream = self._connection.makefile("rb")
        assert b" 101 " in self._stream.readline()
        while self._stream.readline() != b"\r\n":
            pass

    def send(self, text: str) -> None:
        content, mask = text.encode(), os.urandom(4)
        size = len(content)
        head = (
            bytes([0x81, 0x80 | size])
            if size < 126
            else bytes([0x81, 0xFE]) + struct.pack(">H", size)
            if size < 65536
            else bytes([0x81, 0xFF]) + struct.pack(">Q", size)
        )
        repeated = (mask * (size // 4 + 1))[:size]
        masked = (int.from_bytes(content, "big") ^ int.from_bytes(repeated, "big")).to_bytes(size, "big")
        self._connection.sendall(head + mask + masked)

    def receive(self) -> str:
        content = b""
        while True:
            first, second = self._stream.read(2)
            size = second & 0x7F
            if size >= 126:
                size = int.from_bytes(self._stream.read(2 if size == 126 else 8), "big")
            part = self._stream.read(size)
            if first & 0x0F in (0, 1):
                content += part
                if first & 0x80:
                    return content.decode()

    def close(self) -> None:
        self._stream.close()
        self._connection.close()
