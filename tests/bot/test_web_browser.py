"""The page in Chromium: clicked, typed into, looked at by axe-core. `make browser` installs what these tests need."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from retrieval import Engine
from tests.support.web import Web

sync = pytest.importorskip("playwright.sync_api", reason="no playwright: `make browser`")

_ROOT = Path(__file__).parents[2]
_AXE = _ROOT / ".venv" / "share" / "axe-core" / "axe.min.js"
_CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.skipif(_CHROMIUM is None, reason="no Chromium: `make browser`"),
    pytest.mark.skipif(not _AXE.is_file(), reason="no axe-core: `make browser`"),
    pytest.mark.timeout(300),
]
_FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]
DESKTOP, PHONE = (1360, 900), (390, 844)
QUESTION = "辽阳2023年粮食产量是多少"


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    home = tmp_path_factory.mktemp("browser")
    engine = Engine.open_default(home / "share" / "govreport")
    engine.ingest([_ROOT / "bot" / "example"])
    engine.close()
    with Web(home) as web:
        yield web


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with sync.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=_FLAGS)
        yield browser
        browser.close()


Opened = Callable[..., Any]


@pytest.fixture
def opened(chromium: Any, web: Web) -> Iterator[Opened]:
    """Opens a page of a size, light or dark. Whatever was done there, nothing was loaded from elsewhere, no script
    failed, the policy was kept and nothing was stored."""
    contexts: list[Any] = []
    asked: list[str] = []
    wrong: list[str] = []

    def make(path: str = "/", size: tuple[int, int] = DESKTOP, scheme: str = "light", **how: Any) -> Any:
        viewport = {"width": size[0], "height": size[1]}
        context = chromium.new_context(viewport=viewport, color_scheme=scheme, **{"locale": "zh-CN"} | how)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda problem: wrong.append(str(problem)))
        page.on("console", lambda line: wrong.append(line.text) if line.type == "error" else None)
        page.goto(f"{web.url}{path}")
        return page

    yield make
    for context in contexts:
        assert context.cookies() == []
        for page in context.pages:
            if page.url.startswith(web.url):
                assert page.evaluate("localStorage.length + sessionStorage.length") == 0
        context.close()
    assert [url for url in asked if not url.startswith(web.url)] == []
    # A request that a test broke off is told in the console.
    assert [line for line in wrong if "net::ERR_FAILED" not in line] == []


def until(page: Any, holds: str) -> None:
    """Wait for a condition: the page's own policy forbids that it is waited for inside."""
    end = time.monotonic() + 60
    while not page.evaluate(holds):
        assert time.monotonic() < end, holds
        time.sleep(0.02)


def ask(page: Any, text: str, number: int) -> Any:
    """Type a question; its turn."""
    page.fill("#q", text)
    page.press("#q", "Enter")
    turn = page.locator(f"#t{number}")
    turn.wait_for()
    return turn


def judged(page: Any) -> list[str]:
    """What axe-core has to say against the page."""
    page.evaluate(_AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [f"{one['id']}: {[node['html'][:120] for node in one['nodes'][:3]]}" for one in found]


def test_a_question_and_a_follow_up_by_keyboard_alone(opened: Opened):
    page = opened()
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    page.locator("#t1 .figure b").wait_for()
    assert page.inner_text("#t1 .figure b") == "111.6 万吨"
    assert page.locator(".start").count() == 0
    assert "111.6" in page.inner_text("#status")
    assert "/c/" in page.url
    page.keyboard.type("蔬菜呢")
    page.keyboard.press("Enter")
    page.locator("#t2 .figure b").wait_for()
    assert page.inner_text("#t2 .figure b") == "85.9 万吨"
    # The address is the conversation's: it is there again when the page is loaded anew.
    page.reload()
    assert page.locator(".turn").count() == 2
    assert ask(page, "2022年呢", 3).locator(".answer").inner_text()


def test_lines_are_broken_with_shift(opened: Opened):
    page = opened()
    page.keyboard.type("一")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("二")
    assert page.input_value("#q") == "一\n二"
    assert page.locator(".turn").count() == 0


def test_an_example_and_other_readings_are_clicked(opened: Opened):
    page = opened()
    offered = page.locator(".start button").first
    asked = offered.inner_text()
    offered.click()
    page.locator("#t1").wait_for()
    assert page.inner_text("#t1 .asked") == asked
    ask(page, "2024年GDP目标", 2)
    page.locator("#t2 .choices button").last.click()
    page.locator("#t3").wait_for()
    page.locator("#t3 .choices button", has_text="上下文").click()
    page.locator("#t4 blockquote").first.wait_for()
    assert page.inner_text("#t4 .asked") == "上下文"


def test_paging_stays_in_its_place(opened: Opened):
    page = opened()
    ask(page, "/report 辽阳市-2024", 1)
    page.locator("#t1 button", has_text="第 1 节").click()
    page.locator("#t1 blockquote").first.wait_for()
    page.locator("#t1 button", has_text="目录").click()
    page.locator("#t1 button", has_text="第 1 节").wait_for()
    assert page.locator(".turn").count() == 1


def test_on_a_desktop_the_report_opens_beside_the_answer(opened: Opened):
    page = opened()
    quoted = ask(page, QUESTION, 1).locator("blockquote p").first.inner_text()
    link = page.locator("#t1 .source a")
    link.click()
    mark = page.locator("#beside mark")
    mark.wait_for()
    assert mark.inner_text() == quoted
    assert "/c/" in page.url
    box = mark.bounding_box()
    assert box is not None
    assert 0 < box["y"] < DESKTOP[1]
    assert box["x"] > DESKTOP[0] / 2 - 50
    assert page.evaluate("document.activeElement.id") == "name"
    assert page.locator("#t1 .figure").is_visible()
    page.keyboard.press("Escape")
    assert page.locator("#beside").count() == 0
    assert page.evaluate("document.activeElement.closest('.source') !== null")


def test_on_a_phone_the_report_is_a_page_and_back_leads_to_the_answer(opened: Opened):
    page = opened(size=PHONE)
    quoted = ask(page, QUESTION, 1).locator("blockquote p").first.inner_text()
    page.locator("#t1 .source a").click()
    mark = page.locator("mark")
    mark.wait_for()
    assert mark.inner_text() == quoted
    until(page, "(b => b.top > 0 && b.bottom < innerHeight)(document.getElementById('at').getBoundingClientRect())")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    page.go_back()
    page.locator("#t1").wait_for()
    assert page.inner_text("#t1 .figure b") == "111.6 万吨"


def test_a_place_in_a_report_has_an_address_of_its_own(opened: Opened):
    page = opened("/report/辽阳市-2024#41-60")
    page.locator("mark").first.wait_for()
    assert unquote(page.url).endswith("/report/辽阳市-2024?at=41-60#at")


def test_a_table_is_sorted_with_a_click(opened: Opened):
    page = opened()
    turn = ask(page, "2023年各市GDP增速排名", 1)
    turn.locator("summary", has_text="表").click()
    values = turn.locator("tbody td:nth-child(4)")

    def shown() -> list[float]:
        return [float(text.rstrip("%")) for text in values.all_inner_texts()]

    head = turn.locator("th", has_text="原文")
    head.locator("button").click()
    assert shown() == sorted(shown())
    assert head.get_attribute("aria-sort") == "ascending"
    page.keyboard.press("Enter")
    assert shown() == sorted(shown(), reverse=True)
    assert head.get_attribute("aria-sort") == "descending"
    turn.locator("th button", has_text="地区").click()
    assert head.get_attribute("aria-sort") is None
    turn.locator("td a").first.click()
    page.locator("#beside mark").first.wait_for()


def test_a_chart_is_drawn_when_it_is_looked_at(opened: Opened):
    page = opened()
    turn = ask(page, "临澜历年GDP增速", 1)
    turn.locator("summary", has_text="图").click()
    until(page, "(i => i.complete && i.naturalWidth === 1080)(document.querySelector('#t1 img'))")
    assert turn.locator("img").get_attribute("alt")


def test_a_file_is_saved(opened: Opened):
    page = opened()
    turn = ask(page, "临澜历年GDP增速", 1)
    with page.expect_download() as download:
        turn.locator(".files a", has_text="csv").click()
    assert download.value.suggested_filename.endswith(".csv")
    assert "临澜" in Path(download.value.path()).read_text(encoding="utf-8-sig")


def test_a_quote_is_copied(opened: Opened):
    page = opened(permissions=["clipboard-read", "clipboard-write"])
    quoted = ask(page, QUESTION, 1).locator("blockquote p").first.inner_text()
    page.locator("#t1 .copy button").first.click()
    until(page, "document.getElementById('status').textContent === '已复制'")
    assert page.evaluate("navigator.clipboard.readText()") == quoted


def test_what_goes_wrong_is_told_and_nothing_typed_is_lost(opened: Opened):
    page = opened()
    page.fill("#q", "a" * 600)
    page.press("#q", "Enter")
    page.locator("#t1").wait_for()
    assert "太长" in page.inner_text("#t1 .answer")
    page.route("**/ask", lambda route: route.abort())
    page.fill("#q", QUESTION)
    page.press("#q", "Enter")
    page.locator(".trouble").wait_for()
    assert page.input_value("#q") == QUESTION
    page.unroute("**/ask")
    page.press("#q", "Enter")
    page.locator("#t2").wait_for()
    assert page.locator(".trouble").count() == 0


def test_without_scripts_everything_can_be_asked(chromium: Any, web: Web):
    context = chromium.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(web.url)
    page.fill("#q", QUESTION)
    page.click(".ask")
    page.locator("#t1").wait_for()
    page.fill("#q", "蔬菜呢")
    page.click(".ask")
    page.locator("#t2").wait_for()
    assert page.locator("#t2 .figure b").inner_text() == "85.9 万吨"
    page.locator("#t1 .choices button").first.click()
    page.locator("#t3").wait_for()
    page.locator("#t2 .source a").click()
    page.locator("mark").wait_for()
    assert page.locator("th button").count() == 0
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing(opened: Opened, size: tuple[int, int], scheme: str):
    page = opened(size=size, scheme=scheme)
    assert judged(page) == []
    asked = (
        *(QUESTION, "2024年GDP目标", "2023年各市GDP增速排名", "总结一下澜山省", "澜山省2023年的目标完成情况"),
        *("2023年，辽阳市粮食产量达到111.6万吨，一般公共预算收入增长8.7%。", "/help", "/chart 临澜历年GDP增速"),
    )
    for number, text in enumerate(asked, 1):
        ask(page, text, number)
    while (shut := page.locator("details:not([open]) > summary")).count():
        shut.first.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert judged(page) == []
    page.locator("#t1 .source a").click()
    page.locator("mark").first.wait_for()
    assert judged(page) == []


@pytest.mark.parametrize("path", ["/reports", "/reports?q=zzz", "/?lost=1"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_other_pages(opened: Opened, path: str, scheme: str):
    assert judged(opened(path, scheme=scheme)) == []
    assert judged(opened(path, size=PHONE, scheme=scheme, locale="en-GB")) == []
