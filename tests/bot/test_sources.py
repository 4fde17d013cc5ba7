"""Downloading from a server over loopback: manners, patience, limits, and where it may not go."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources import Downloader, NotFetched, catalogue, choose
from bot.sources.guard import is_public
from retrieval.model import Level
from tests.support.pages import REPORT, SHAPES
from tests.support.program import run
from tests.support.site import Handler, Site, site

LONG = (*REPORT[:8], *[REPORT[6]] * 30, *REPORT[8:])


@pytest.fixture
def web() -> Iterator[Site]:
    with site() as found:
        yield found


def downloader(**how: float) -> Downloader:
    return Downloader(**{"delay": 0.0, "backoff": 0.01, **how}, loopback=True)


def test_a_page_comes_with_its_marks(web: Site):
    web.put("/a.html", b"words", etag='"1"', last_modified="Tue, 16 Jan 2024 08:00:00 GMT")
    with downloader() as fetcher:
        page = fetcher.fetch(web.url("/a.html"))
        assert (page.data, page.etag) == (b"words", '"1"')
        assert fetcher.fetch(web.url("/a.html"), etag=page.etag).data is None
    assert web.paths() == ["/robots.txt", "/a.html", "/a.html"]
    assert all(asked.headers["user-agent"].startswith("govreport/") for asked in web.asked)


def test_robots_are_obeyed(web: Site):
    web.put("/robots.txt", b"User-agent: *\nDisallow: /secret\nDisallow: /*.pdf$\n")
    web.put("/open.html", b"words")
    with downloader() as fetcher:
        assert fetcher.fetch(web.url("/open.html")).data == b"words"
        for path in ("/secret/a.html", "/a.pdf"):
            with pytest.raises(NotFetched, match="robots"):
                fetcher.fetch(web.url(path))
    assert web.paths() == ["/robots.txt", "/open.html"]


def test_unreadable_robots_forbid_everything(web: Site):
    web.put("/robots.txt", b"", status=503)
    with downloader() as fetcher, pytest.raises(NotFetched, match="robots"):
        fetcher.fetch(web.url("/a.html"))


def test_unreadable_robots_are_asked_for_once(web: Site):
    web.put("/robots.txt", b"", status=500)
    with downloader() as fetcher:
        for page in ("/a.html", "/b.html"):
            with pytest.raises(NotFetched, match="robots"):
                fetcher.fetch(web.url(page))
    assert web.paths() == ["/robots.txt"]


def test_of_long_robots_the_beginning_counts(web: Site):
    web.put("/robots.txt", b"User-agent: *\nDisallow: /secret\n" + b"# filling\n" * 80_000)
    web.put("/open.html", b"words")
    with downloader() as fetcher:
        assert fetcher.fetch(web.url("/open.html")).data == b"words"
        with pytest.raises(NotFetched, match="不允许"):
            fetcher.fetch(web.url("/secret"))


@pytest.mark.parametrize("address", ["http://[::1", "http://" + "a" * 70 + ".cn/", "//", "http://a b/"])
def test_redirects_that_are_no_addresses_end_one_page_only(web: Site, address: str):
    web.put("/a.html", b"", status=302, location=address)
    web.put("/b.html", b"words")
    with downloader(attempts=1) as fetcher:
        with pytest.raises(NotFetched):
            fetcher.fetch(web.url("/a.html"))
        assert fetcher.fetch(web.url("/b.html")).data == b"words"


def test_a_busy_server_is_asked_again_when_it_says(web: Site):
    def busy(handler: Handler) -> None:
        if web.paths().count("/a.html") < 3:
            handler.tell(503, b"", {"Retry-After": "1"} if web.paths().count("/a.html") == 1 else {})
        else:
            handler.tell(200, b"words", {})

    web.pages["/a.html"] = busy
    began = time.monotonic()
    with downloader() as fetcher:
        assert fetcher.fetch(web.url("/a.html")).data == b"words"
    assert time.monotonic() - began >= 1
    assert web.paths().count("/a.html") == 3


def test_a_server_that_stays_busy_is_given_up(web: Site):
    web.put("/a.html", b"", status=500)
    with downloader(attempts=3) as fetcher, pytest.raises(NotFetched, match="500"):
        fetcher.fetch(web.url("/a.html"))
    assert web.paths().count("/a.html") == 3


def test_much_patience_is_not_had(web: Site):
    web.put("/a.html", b"", status=429, retry_after="9999")
    with downloader() as fetcher, pytest.raises(NotFetched, match="9999"):
        fetcher.fetch(web.url("/a.html"))


def test_missing_pages_are_not_asked_for_again(web: Site):
    with downloader() as fetcher, pytest.raises(NotFetched, match="不存在"):
        fetcher.fetch(web.url("/none.html"))
    assert web.paths().count("/none.html") == 1


def test_requests_to_one_host_keep_their_distance(web: Site):
    web.put("/a.html", b"words")
    began = time.monotonic()
    with downloader(delay=0.2) as fetcher:
        for _ in range(3):
            fetcher.fetch(web.url("/a.html"))
    assert time.monotonic() - began >= 0.4


@pytest.mark.parametrize(
    "address",
    ["http://10.0.0.1/", "http://169.254.169.254/latest", "http://[::ffff:10.0.0.1]/", "http://0/", "ftp://a/"],
)
def test_redirects_lead_nowhere_inside(web: Site, address: str):
    web.put("/a.html", b"", status=302, location=address)
    with downloader() as fetcher, pytest.raises(NotFetched, match=r"内部网络|只能抓取"):
        fetcher.fetch(web.url("/a.html"))


def test_redirects_within_the_site_are_followed_but_not_for_ever(web: Site):
    web.put("/a.html", b"", status=301, location="/b.html")
    web.put("/b.html", b"words")
    web.put("/loop.html", b"", status=302, location="/loop.html")
    with downloader() as fetcher:
        assert fetcher.fetch(web.url("/a.html")).url == web.url("/b.html")
        with pytest.raises(NotFetched, match="太多"):
            fetcher.fetch(web.url("/loop.html"))


def test_loopback_is_closed_unless_opened(web: Site):
    web.put("/a.html", b"words")
    with Downloader(delay=0) as fetcher, pytest.raises(NotFetched, match="内部网络"):
        fetcher.fetch(web.url("/a.html"))
    assert web.asked == []


def test_a_trickle_and_a_flood_are_cut_off(web: Site):
    def trickle(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        for _ in range(60):
            try:
                handler.wfile.write(b"a")
                handler.wfile.flush()
            except OSError:
                return
            time.sleep(0.05)

    web.pages["/slow.html"] = trickle
    web.put("/big.html", b"a" * (41 << 20))
    with downloader(limit=0.4) as fetcher:
        began = time.monotonic()
        with pytest.raises(NotFetched, match="没有传完"):
            fetcher.fetch(web.url("/slow.html"))
        assert time.monotonic() - began < 2
    with downloader() as fetcher, pytest.raises(NotFetched, match="超过"):
        fetcher.fetch(web.url("/big.html"))


@pytest.mark.parametrize(
    "url", ["", "a", "http://", "http://user:pw@example.com/", "file:///etc/passwd", "javascript:1"]
)
def test_only_web_addresses_are_fetched(url: str):
    with Downloader(delay=0) as fetcher, pytest.raises(NotFetched):
        fetcher.fetch(url)


_INSIDE = (
    *("127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.1.1", "100.64.0.1", "224.0.0.1", "0.1.2.3", "::1"),
    *("::ffff:10.0.0.1", "fe80::1", "fc00::1", "fec0::1", "64:ff9b::a00:1", "2002:a00:1::", "::127.0.0.1", "ff02::1"),
)


@pytest.mark.parametrize("address", _INSIDE)
def test_inside_addresses_are_no_public_ones(address: str):
    assert not is_public(address)
    assert is_public(address, loopback=True) == (address in ("127.0.0.1", "::1"))


@given(st.ip_addresses(network="10.0.0.0/8") | st.ip_addresses(network="fc00::/7"))
def test_no_private_address_passes(address: object):
    assert not is_public(str(address), loopback=True)


def test_public_addresses_pass():
    assert is_public("8.8.8.8")
    assert is_public("2400:3200::1")


def test_the_catalogue_is_chosen_from():
    assert len(catalogue()) == 1463
    assert [entry.name for entry in choose(["辽宁"], [(2020, 2020), (2021, 2021)])] == ["辽宁省-2020", "辽宁省-2021"]
    assert {entry.level for entry in choose([], [(2024, 2024)], level=Level.PROVINCE)} == {Level.PROVINCE}
    assert {"沈阳市", "大连市"} <= {entry.place for entry in choose(["辽宁省"], below=True)}
    with pytest.raises(NotFetched, match="火星"):
        choose(["火星"])


def test_reports_are_fetched_stored_and_fetched_once(web: Site, tmp_path: Path):
    for shape, build in SHAPES.items():
        place = f"<p>2024年{shape}</p>"
        web.put(f"/{shape}.shtml", (build(LONG) + place).encode(), etag=f'"{shape}"')
    web.put("/list.html", "<html><body><p>政府工作报告，目录，下载。</p></body></html>".encode() * 9)
    words = ["fetch", "--allow-loopback", "--delay", "0", *(web.url(f"/{shape}.shtml") for shape in SHAPES)]
    data = tmp_path / "store"
    done = run("--data", str(data), *words, web.url("/list.html"), web.url("/none.html"), home=tmp_path)
    said = done.stdout.decode() + done.stderr.decode()
    assert done.returncode == 0, said
    assert f"未下载 {web.url('/list.html')}：" in said
    assert f"未下载 {web.url('/none.html')}：网页不存在" in said
    listed = run("--data", str(data), "reports", home=tmp_path).stdout.decode()
    assert "6 份报告" in listed
    asked = len(web.asked)
    again = run("--data", str(data), *words, home=tmp_path)
    assert again.returncode == 0, again
    assert len(web.asked) == asked
    refreshed = run("--data", str(data), *words, "--refresh", home=tmp_path)
    assert refreshed.returncode == 0, refreshed
    assert [a.headers.get("if-none-match") for a in web.asked[asked + 1 :]] == [f'"{shape}"' for shape in SHAPES]
