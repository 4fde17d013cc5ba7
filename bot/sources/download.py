"""One page: asked for politely, with patience for busy servers, within limits of size and time."""

from __future__ import annotations

import time
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from types import TracebackType

import httpx2
import stamina

from bot.sources.errors import NotFetched, TryAgain
from bot.sources.guard import GuardedTransport
from bot.sources.politeness import AGENT, Politeness
from retrieval.formats import LARGEST

__all__ = ["Downloader", "Page"]

_REDIRECTS = 5
_ROBOTS = 512 * 1024
# The longest a part of a host's name may be.
_LABEL = 63
_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
_GONE = {401: "网站要求登录", 403: "网站拒绝访问", 404: "网页不存在", 410: "网页已删除"}
# A server that asks for more patience than this is left alone for today.
_PATIENCE = 120.0


@dataclass(frozen=True, slots=True)
class Page:
    """What came: `data` is None where the page is as it was; `url` is where it was found after redirects."""

    url: str
    data: bytes | None
    etag: str = ""
    modified: str = ""


class Downloader:
    """Fetches pages over one client. `delay` is the pause between two requests to a host, `limit` the seconds a page
    may take, `attempts` how often a busy server is asked; `loopback` opens this machine's own addresses, for tests."""

    def __init__(
        self,
        *,
        delay: float = 3.0,
        limit: float = 90.0,
        attempts: int = 4,
        backoff: float = 2.0,
        loopback: bool = False,
    ) -> None:
        agent = f"{AGENT}/{version('govreport')} (+reads public government work reports; obeys robots.txt)"
        self._client = httpx2.Client(
            transport=GuardedTransport(loopback=loopback),
            headers={"User-Agent": agent, "Accept-Language": "zh-CN,zh;q=0.9"},
            timeout=httpx2.Timeout(20.0),
            follow_redirects=False,
        )
        self._limit = limit
        self._attempts = attempts
        self._backoff = backoff
        self._politeness = Politeness(self._robots, delay)

    def __enter__(self) -> Downloader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def fetch(self, url: str, *, etag: str = "", modified: str = "") -> Page:
        """The page at `url`, unless it is still the one of `etag` or `modified`. Raises NotFetched."""
        conditions = {"If-None-Match": etag, "If-Modified-Since": modified}
        headers = {name: value for name, value in conditions.items() if value}
        for _ in range(_REDIRECTS):
            parsed = _checked(url)
            origin = f"{parsed.scheme}://{parsed.netloc.decode('ascii')}"
            self._politeness.admit(origin, str(parsed))
            answer = self._patiently(origin, parsed, headers)
            if isinstance(answer, Page):
                return answer
            url = answer
        raise NotFetched("重定向太多次")

    def _patiently(self, origin: str, url: httpx2.URL, headers: dict[str, str]) -> Page | str:
        """A page, or where to look instead; busy servers are asked again after a while."""
        attempts = stamina.retry_context(
            on=TryAgain, attempts=self._attempts, timeout=None, wait_initial=self._backoff, wait_max=60, wait_jitter=1
        )
        for attempt in attempts:
            with attempt:
                self._politeness.wait(origin)
                try:
                    return self._once(url, headers)
                except TryAgain as problem:
                    if problem.after > _PATIENCE:
                        raise NotFetched(f"{problem}（要求 {problem.after:.0f} 秒后再来）") from None
                    time.sleep(problem.after)
                    raise
        raise NotFetched("没有得到回答")

    def _once(self, url: httpx2.URL, headers: dict[str, str]) -> Page | str:
        began = time.monotonic()
        try:
            with self._client.stream("GET", url, headers=headers) as response:
                if response.has_redirect_location:
                    return str(url.join(response.headers["location"]))
                status = response.status_code
                if status == httpx2.codes.NOT_MODIFIED:
                    return Page(str(url), None)
                if status in _BUSY:
                    raise TryAgain(f"网站暂时不能回答（{status}）", _after(response))
                if status != httpx2.codes.OK:
                    raise NotFetched(_GONE.get(status, f"网站回答 {status}"))
                data = self._body(response, began, LARGEST)
                return Page(str(url), data, response.headers.get("etag", ""), response.headers.get("last-modified", ""))
        except httpx2.TimeoutException:
            raise TryAgain("网站太久没有回答") from None
        except (httpx2.InvalidURL, UnicodeError):
            raise NotFetched("网址（或它转向的网址）不可用") from None
        except (httpx2.TransportError, httpx2.DecodingError) as problem:
            raise TryAgain(f"连接失败（{type(problem).__name__}）") from None

    def _body(self, response: httpx2.Response, began: float, largest: int, *, cut: bool = False) -> bytes:
        """The body; one larger than `largest` is refused, or `cut` there."""
        parts: list[bytes] = []
        size = 0
        # Whatever pieces come: waiting for full ones would let a trickle hold us.
        for part in response.iter_bytes():
            parts.append(part)
            size += len(part)
            if size > largest and cut:
                break
            if size > largest:
                raise NotFetched(f"网页超过 {largest >> 20} MB，不像一份报告")
            if time.monotonic() - began > self._limit:
                raise NotFetched(f"{self._limit:.0f} 秒没有传完，不再等待")
        return b"".join(parts)[:largest]

    def _robots(self, origin: str) -> str | None:
        """As RFC 9309 has it: none where the host says so, everything forbidden where it cannot be read; of a long one
        the first half megabyte."""
        url = httpx2.URL(f"{origin}/robots.txt")
        try:
            for _ in range(_REDIRECTS):
                began = time.monotonic()
                with self._client.stream("GET", _checked(str(url))) as response:
                    if response.has_redirect_location:
                        url = url.join(response.headers["location"])
                        continue
                    status = response.status_code
                    if status in _BUSY or status >= httpx2.codes.INTERNAL_SERVER_ERROR:
                        raise NotFetched(f"读不到网站的 robots.txt（{status}），先不抓取")
                    if status != httpx2.codes.OK:
                        return None
                    return self._body(response, began, _ROBOTS, cut=True).decode("utf-8", "replace")
        except (httpx2.TransportError, httpx2.DecodingError, httpx2.InvalidURL, UnicodeError) as problem:
            raise NotFetched(f"连不上网站（{type(problem).__name__}）") from None
        return None


def _checked(url: str) -> httpx2.URL:
    """Raises NotFetched for what is no public web address."""
    try:
        parsed = httpx2.URL(url)
    except (httpx2.InvalidURL, UnicodeError):
        raise NotFetched("不是可用的网址") from None
    if any(len(label) > _LABEL for label in parsed.host.split(".")):
        raise NotFetched("不是可用的网址")
    if parsed.scheme not in ("http", "https") or not parsed.host:
        raise NotFetched("只能抓取 http 或 https 网址")
    if parsed.userinfo:
        raise NotFetched("网址里不能有用户名和密码")
    return parsed.copy_with(fragment=None)


def _after(response: httpx2.Response) -> float:
    """Seconds that Retry-After asks for, as a number or a date."""
    said = response.headers.get("retry-after", "").strip()
    if said.isdigit():
        return float(said)
    try:
        return max(0.0, parsedate_to_datetime(said).timestamp() - time.time())
    except (TypeError, ValueError):
        return 0.0
