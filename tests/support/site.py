"""A web server over loopback that serves what a test puts on it, and remembers what it was asked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

__all__ = ["Asked", "Handler", "Site", "site"]


@dataclass
class Asked:
    """A request: its path and its headers, names in lower case."""

    path: str
    headers: dict[str, str]


Answer = Callable[["Handler"], None]


@dataclass
class Site:
    """Paths to what they answer; anything else is 404."""

    port: int = 0
    pages: dict[str, Answer] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def put(self, path: str, body: bytes, status: int = 200, **headers: str) -> None:
        """Serve bytes; `etag` in `headers` answers conditional requests."""

        def answer(handler: Handler) -> None:
            if headers.get("etag") and handler.headers.get("if-none-match") == headers["etag"]:
                handler.tell(304, b"", {})
                return
            handler.tell(status, body, {name.replace("_", "-"): value for name, value in headers.items()})

        self.pages[path] = answer

    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]


class Handler(BaseHTTPRequestHandler):
    site: Site

    def do_GET(self) -> None:
        self.site.asked.append(Asked(self.path, {name.lower(): value for name, value in self.headers.items()}))
        answer = self.site.pages.get(self.path)
        if answer is None:
            self.tell(404, b"", {})
        else:
            answer(self)

    def tell(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base class's name
        """Nothing on the tests' output."""


@contextmanager
def site() -> Iterator[Site]:
    """A running server."""
    found = Site()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (Handler,), {"site": found}))
    server.daemon_threads = True
    found.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
