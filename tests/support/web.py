"""`govreport web` as a process of its own, and what its pages hold."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlencode

from justhtml import JustHTML

from tests.support.program import environment

__all__ = ["Page", "Web", "free_port", "text_of"]

_PATIENCE = 100


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True, slots=True)
class Page:
    """An answer of the server."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def html(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.body)
        return told

    def all(self, css: str) -> list[str]:
        """The words of every element that a selector finds, without blanks."""
        return [text_of(node) for node in JustHTML(self.html, sanitize=False).query(css)]

    def links(self, css: str) -> list[str]:
        return [node.attrs.get("href", "") for node in JustHTML(self.html, sanitize=False).query(css)]


def text_of(node: Any) -> str:
    return "".join(node.to_text(separator="").split())


class Web:
    """The pages of a home's store, started and stopped. Each request has a connection of its own."""

    def __init__(self, home: Path, *options: str, **env: str) -> None:
        self.port = free_port()
        self._home = home
        self._command = [sys.executable, "-m", "bot", "web", "--port", str(self.port), *options]
        self._env = environment(home, env)
        self._log = home / "web.log"
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def output(self) -> str:
        return self._log.read_text(encoding="utf-8")

    def __enter__(self) -> Self:
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                self._command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self._home, env=self._env
            )
        end = time.monotonic() + _PATIENCE
        while "已启动" not in self.output():
            assert self.process.poll() is None, self.output()
            assert time.monotonic() < end, self.output()
            time.sleep(0.05)
        return self

    def __exit__(self, *_: object) -> None:
        assert self.process is not None
        self.process.terminate()
        status = self.process.wait(_PATIENCE)
        assert "Traceback" not in self.output(), self.output()
        assert status == 0, self.output()

    def get(self, path: str, **headers: str) -> Page:
        return self.send("GET", path, headers=headers)

    def ask(
        self, text: str = "", *, script: bool = True, headers: Mapping[str, str] | None = None, **more: str
    ) -> Page:
        """Post a question: as the page's script does, or as its form alone."""
        sent = {"Content-Type": "application/x-www-form-urlencoded"} | dict(headers or {})
        if script:
            sent["Accept"] = "application/json"
        fields = ({"q": text} if text else {}) | more
        return self.send("POST", "/ask", urlencode(fields).encode(), sent)

    def turn(self, text: str = "", **more: str) -> dict[str, Any]:
        """The same, answered: `talk`, `turn` and the turn's `html`."""
        page = self.ask(text, **more)
        assert page.status == 200, page.html
        return page.json

    def send(self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None) -> Page:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=_PATIENCE)
        try:
            connection.request(method, path, body, dict(headers or {}))
            got = connection.getresponse()
            return Page(got.status, {name.lower(): value for name, value in got.getheaders()}, got.read())
        finally:
            connection.close()
