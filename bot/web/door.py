"""What holds for every page: who may ask, what a browser may load, and what is said when something is wrong."""

from __future__ import annotations

import hmac
import logging
from base64 import b64decode
from binascii import Error as NoBase64
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from tornado.web import Finish, HTTPError, RequestHandler

from bot.tongue import chosen, line
from bot.web.desks import Busy, Desks, Overdue
from bot.web.pages import ENGLISH, shown
from bot.web.talks import Talks
from retrieval.errors import GovreportError, StoreError, UnknownReport

__all__ = ["Door", "House", "Refused", "loopback"]

log = logging.getLogger(__name__)

_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    # With no-referrer a browser keeps the origin of a form to itself, which is asked for below.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
    "Content-Type": "text/html; charset=utf-8",
}
_SAID = {
    400: "请求的格式不对。",
    403: "这个页面只接受从它自己的地址来的请求。",
    404: "没有这个页面。",
    405: "这个地址不能这样访问。",
    413: "文字太长了。",
    500: "程序出错，这个问题没有回答。请换个问法再试。",
    503: "现在问的人太多，请过一会儿再试。",
    504: "这个问题算得太久，先停在这里。请把范围问小一些再试。",
}


class Refused(HTTPError):
    """A request that is not answered; `said` is what the person reads."""

    def __init__(self, status: int, said: str = "") -> None:
        super().__init__(status)
        self.said = said or _SAID[status]


@dataclass(slots=True)
class House:
    """What the pages share. `hosts` are the names they are reached under where no token keeps strangers out; `address`
    is the host, with its port, that a proxy makes them known under."""

    desks: Desks
    talks: Talks
    token: str = field(repr=False)
    hosts: frozenset[str]
    address: str
    draw: Callable[[str, bool], Awaitable[bytes]]


def loopback(host: str) -> bool:
    """Whether an address can only be reached from this machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


class Door(RequestHandler):
    """A page. Its methods may raise what the engine raises."""

    def initialize(self, house: House) -> None:
        """The house is the same for all."""
        self.house = house

    @property
    def language(self) -> str:
        """The code the person's browser names first."""
        first = self.request.headers.get("Accept-Language", "").partition(",")[0]
        return first.partition(";")[0].strip()[:35]

    @property
    def lang(self) -> str:
        """The language of the page's own lines, where no conversation has chosen another."""
        return chosen("", self.language)

    def set_default_headers(self) -> None:
        """For every answer, errors among them."""
        self.clear_header("Server")
        for name, value in _HEADERS.items():
            self.set_header(name, value)

    def prepare(self) -> None:
        """Before anything is done: whose request it is."""
        if self.house.token:
            self._identified()
        elif self.request.host_name.lower() not in self.house.hosts:
            # A foreign page may have its own name lead here.
            raise Refused(403)
        if self.request.method not in {"GET", "HEAD"}:
            origin = self.request.headers.get("Origin")
            own = {self.request.host.lower(), self.house.address} - {""}
            if origin is not None and urlsplit(origin).netloc.lower() not in own:
                raise Refused(403)

    def _identified(self) -> None:
        """Asked for by the browser itself (any name, the token as password): a page need not keep it."""
        given = self.request.headers.get("Authorization", "")
        kind, _, word = given.partition(" ")
        if kind.lower() == "basic":
            try:
                word = b64decode(word, validate=True).decode("utf-8", "replace").partition(":")[2]
            except (NoBase64, ValueError):
                word = ""
        if not hmac.compare_digest(word.encode("utf-8", "replace"), self.house.token.encode()):
            self.set_status(401)
            self.set_header("WWW-Authenticate", 'Basic realm="govreport", charset="UTF-8"')
            self.page("problem.html", title="需要口令", said="请用启动时设置的口令登录。", home=False)
            raise Finish

    def page(self, name: str, lang: str = "", **given: Any) -> None:  # noqa: ANN401  what the template names
        """Answer with a page."""
        self.finish(shown(name, lang or self.lang, **given))

    def write_error(self, status_code: int, **how: Any) -> None:  # noqa: ANN401  tornado's own
        """A page, or for a script of ours the words alone."""
        problem = how.get("exc_info", (None, None, None))[1]
        status, said = _told(problem, status_code)
        self.set_status(status)
        if self.request.headers.get("Accept", "") == "application/json":
            self.set_header("Content-Type", "application/json; charset=utf-8")
            self.finish({"error": line(said, self.lang, ENGLISH)})
            return
        self.finish(shown("problem.html", self.lang, title=said, said="", home=True))

    def log_exception(self, typ: Any, value: BaseException | None, tb: Any) -> None:  # noqa: ANN401  tornado's own
        """Faults only, and never what was asked."""
        if value is not None and not isinstance(value, HTTPError) and _told(value, 500)[0] == 500:
            log.error("%s", typ.__name__, exc_info=(typ, value, tb))


def _told(problem: BaseException | None, status: int) -> tuple[int, str]:
    match problem:
        case Refused():
            return problem.status_code, problem.said
        case Busy():
            return 503, _SAID[503]
        case Overdue():
            return 504, _SAID[504]
        case UnknownReport():
            return 404, "没有这份报告，也许已经移除。"
        case StoreError():
            return 503, f"资料库读取失败：{problem.said}"
        case GovreportError():
            return 400, str(problem)
        case _:
            return status, _SAID.get(status, _SAID[400] if status < 500 else _SAID[500])
