"""The page as a browser without scripts meets it, and as its own script does: real HTTP over loopback."""

from __future__ import annotations

import io
import re
import zipfile
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from PIL import Image

from retrieval import Engine
from tests.support.program import run
from tests.support.web import Page, Web, free_port

_EXAMPLE = Path(__file__).parents[2] / "bot" / "example"
_TOKEN = "a-token-of-nobody-0123"  # noqa: S105  of nobody
SERIES = "临澜历年GDP增速"


def stocked(folder: Path) -> Path:
    engine = Engine.open_default(folder / "share" / "govreport")
    engine.ingest([_EXAMPLE])
    engine.close()
    return folder


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    with Web(stocked(tmp_path_factory.mktemp("web"))) as web:
        yield web


def turned(told: dict[str, str]) -> Page:
    return Page(200, {}, told["html"].encode())


def test_a_new_page_offers_questions_of_what_is_loaded(web: Web):
    page = web.get("/")
    assert page.status == 200
    assert any("13份报告" in words for words in page.all(".start p"))
    offered = page.all(".start button")
    assert len(offered) == 3
    (first,) = turned(web.turn(offered[0])).all(".figure b, .figures li:first-child b") or [""]
    assert first


def test_a_form_alone_leads_to_the_answer(web: Web):
    sent = web.ask("辽阳2023年粮食产量是多少", script=False)
    assert sent.status == 303
    place, _, mark = sent.headers["location"].partition("#")
    page = web.get(place)
    assert page.all(f"#{mark} .asked") == ["辽阳2023年粮食产量是多少"]
    assert page.all(".figure b") == ["111.6万吨"]
    # What is asked on goes into the same conversation.
    talk = place.rpartition("/")[2]
    after = web.get(web.ask("蔬菜呢", script=False, c=talk).headers["location"].partition("#")[0])
    assert after.all(".figure b") == ["111.6万吨", "85.9万吨"]
    assert web.get(place).all(".asked") == ["辽阳2023年粮食产量是多少", "蔬菜呢"]


def test_a_source_leads_to_its_sentence_marked_in_the_report(web: Web):
    page = turned(web.turn("辽阳2023年粮食产量是多少"))
    (link,) = page.links(".source a")
    (quoted,) = page.all("blockquote p")
    assert re.fullmatch(r"/report/%E8%BE%BD%E9%98%B3%E5%B8%82-2024\?at=\d+-\d+#at", link)
    report = web.get(link.partition("#")[0])
    assert "".join(report.all("mark")) == quoted
    assert report.all("#at")
    assert report.all(".notice") == []
    for astray in ("?at=1-99999999", "?at=x", "?at=9-3"):
        page = web.get(link.partition("?")[0] + astray)
        assert (page.status, page.all("mark"), len(page.all(".notice"))) == (200, [], 1)


def test_a_button_asks_from_where_its_answer_stood(web: Web):
    first = web.turn("辽阳2023年粮食产量是多少")
    talk = first["talk"]
    refused = turned(web.turn("2024年GDP目标", c=talk))
    assert "正文在此之前中断" in refused.html
    (other,) = re.findall(r'name="pick" value="([^"/]+)"', refused.html)
    web.turn("澜山省2023年GDP目标完成了吗", c=talk)
    picked = turned(web.turn(pick=other, n="2", c=talk))
    assert picked.all(".asked") == [other]
    assert "辽阳市" in "".join(picked.all(".source"))
    # And the next question goes on from there.
    assert "辽阳市" in "".join(turned(web.turn("蔬菜产量呢", c=talk)).all(".source"))


def test_buttons_that_turn_pages_take_their_answer_s_place(web: Web):
    told = web.turn("辽阳2023年粮食产量是多少")
    talk, context = told["talk"], re.findall(r'value="(/context [^"]+)"', told["html"])[0]
    opened = web.turn(pick=context, n="1", c=talk)
    assert opened["turn"] == 2
    assert turned(opened).all(".asked") == ["上下文"]
    report = web.turn("/report 辽阳市-2024", c=talk)
    section = re.findall(r'value="(/report 辽阳市-2024 1)"', report["html"])[0]
    read = web.turn(pick=section, n=str(report["turn"]), instead=section, c=talk)
    assert read["turn"] == report["turn"]
    assert len(web.get(f"/c/{talk}").all(".turn")) == 3
    # A form without a script names every button that does so.
    shown = web.get(f"/c/{talk}").html
    named = re.findall(r'name="instead" value="([^"]+)"', shown)
    assert section not in named
    form = f"c={talk}&n={report['turn']}&" + "&".join(f"instead={quote(one)}" for one in named)
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    web.send("POST", "/ask", f"{form}&pick={quote(named[0])}".encode(), kind)
    assert len(web.get(f"/c/{talk}").all(".turn")) == 3
    # Looking into a report is no part of the conversation.
    assert "上一问" not in "".join(turned(web.turn("辽阳2023年粮食产量", c=talk)).all(".note"))


def test_several_figures_are_a_table_that_can_be_sorted(web: Web):
    page = turned(web.turn("2023年各市GDP增速排名"))
    head = page.all("th")
    assert {"地区", "指标", "原文", "来源"} <= set(head)
    assert page.all("details .count") == [str(len(page.all("tbody tr")))]
    by = [float(value) for value in re.findall(r'data-by="([^"]+)"', page.html)]
    assert len(by) == len(page.all("tbody tr")) > 1
    assert by == sorted(by, reverse=True)
    for link in page.links("td a"):
        assert web.get(link.partition("#")[0]).all("#at")


def test_an_answer_can_be_had_as_a_file(web: Web):
    told = web.turn(SERIES)
    at = f"/c/{told['talk']}/{told['turn']}"
    assert turned(told).links(".files a") == [f"{at}/{form}" for form in ("xlsx", "csv", "md", "json")]
    files = {form: web.get(f"{at}/{form}") for form in ("xlsx", "csv", "md", "json")}
    for form, file in files.items():
        assert file.headers["content-disposition"].endswith(f".{form}")
    assert "xl/workbook.xml" in zipfile.ZipFile(io.BytesIO(files["xlsx"].body)).namelist()
    assert files["csv"].body.decode("utf-8-sig").splitlines()[0].startswith("地区,指标")
    assert files["md"].html.startswith("| ")
    assert files["json"].json["figures"]


def test_a_series_is_drawn_light_and_dark(web: Web):
    told = web.turn(SERIES)
    at = f"/c/{told['talk']}/{told['turn']}"
    assert f'srcset="{at}/dark.png"' in told["html"]
    grounds = []
    for name in ("chart", "dark"):
        drawn = web.get(f"{at}/{name}.png")
        assert drawn.headers["content-type"] == "image/png"
        with Image.open(io.BytesIO(drawn.body)) as picture:
            grounds.append(sum(picture.convert("RGB").getpixel((2, 2))))
    light, dark = grounds
    assert light > 600
    assert dark < 200
    single = web.turn("辽阳2023年粮食产量是多少")
    assert web.get(f"/c/{single['talk']}/1/chart.png").status == 404


def test_commands_do_what_they_do_in_a_chat(web: Web):
    told = web.turn("/table 临澜 望溪 GDP 2021-2023")
    (link,) = turned(told).links(".files a")
    assert web.get(link).body.startswith(b"PK")
    chart = web.turn(f"/chart {SERIES}", c=told["talk"])
    assert web.get(f"/c/{told['talk']}/{chart['turn']}/chart.png").body.startswith(b"\x89PNG")
    checked = turned(web.turn("2023年，辽阳市粮食产量达到111.6万吨，一般公共预算收入增长8.7%。", c=told["talk"]))
    assert "不一致" in checked.html
    assert "可能的原因：升降相反" in checked.html
    assert "cookie" in web.turn("/privacy")["html"]
    (above,) = turned(web.turn("辽阳市粮食产量达到111.6万吨，" * 90)).all(".asked")
    assert len(above) == 161
    english = turned(web.turn("/lang en", c=told["talk"]))
    assert "English" in english.html
    assert '<html lang="en">' in web.get(f"/c/{told['talk']}").html


def test_a_conversation_can_be_forgotten(web: Web):
    told = web.turn("辽阳2023年粮食产量是多少")
    after = web.turn("/forget", c=told["talk"])
    assert after["talk"] != told["talk"]
    gone = web.get(f"/c/{told['talk']}")
    assert (gone.status, gone.headers["location"]) == (302, "/?lost=1")
    assert "过期" in "".join(web.get("/?lost=1").all(".notice"))
    # A page that is still open goes on, and is told.
    assert "过期" in "".join(turned(web.turn("蔬菜呢", c=told["talk"])).all(".notice"))
    assert web.get(f"/c/{told['talk']}/1/csv").status == 404


def test_reports_are_listed_and_found(web: Web):
    assert web.get("/reports").all("dt") == ["临澜市", "望溪市", "澜山省", "辽阳市"]
    page = web.get(f"/reports?q={quote('澜山省 2023')}")
    assert page.all("dd a") == ["2023"]
    assert web.get(page.links("dd a")[0]).all("#name") == ["澜山省·2023年政府工作报告"]
    assert "没有符合的报告" in web.get("/reports?q=zzz").html


def test_what_is_put_in_meanwhile_is_asked_at_once(tmp_path: Path):
    home = tmp_path
    Engine.open_default(home / "share" / "govreport").close()
    with Web(home) as web:
        question = "澜山省2023年地区生产总值增长多少"
        assert "5.8%" not in web.turn(question)["html"]
        assert run("ingest", str(_EXAMPLE), home=home).returncode == 0
        assert "5.8%" in web.turn(question)["html"]


WRONG = [
    ("GET", "/nothing", b"", 404, "没有这个页面"),
    ("GET", "/report/火星-2024", b"", 404, "没有这份报告"),
    ("GET", "/c/0123456789abcdefghij/1/csv", b"", 404, "已经过期"),
    ("GET", "/assets/none.js", b"", 404, "没有这个页面"),
    ("GET", "/ask", b"", 405, "不能这样访问"),
    ("DELETE", "/", b"", 405, "不能这样访问"),
    ("POST", "/ask", b"q=" + b"a" * 20_001, 413, "请缩短到 20000 字以内"),
]


@pytest.mark.parametrize(("method", "path", "body", "status", "said"), WRONG, ids=[f"{w[0]} {w[1]}" for w in WRONG])
def test_what_is_wrong_is_told_in_words(web: Web, *, method: str, path: str, body: bytes, status: int, said: str):
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    page = web.send(method, quote(path), body, form)
    assert page.status == status
    assert said in page.all("h2")[0] or said in page.html
    told = web.send(method, quote(path), body, form | {"Accept": "application/json"})
    assert (told.status, list(told.json)) == (status, ["error"])
    assert said in told.json["error"]
    english = web.send(method, quote(path), body, form | {"Accept": "application/json", "Accept-Language": "en-GB,en"})
    assert not re.search("[\u4e00-\u9fff]", english.json["error"])


@pytest.mark.parametrize("text", ["", "   ", "？？", "\x00\x01", "a" * 600, "<script>alert(1)</script>", "\ud83d"])
def test_whatever_is_typed_is_answered(web: Web, text: str):
    page = web.send(
        "POST",
        "/ask",
        b"q=" + quote(text.encode("utf-8", "surrogatepass")).encode(),
        {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"},
    )
    assert page.status in (200, 400)
    assert "<script" not in page.json.get("html", "")


def test_a_body_that_is_far_too_large_ends_only_its_own_connection(web: Web):
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    try:
        status = web.send("POST", "/ask", b"q=" + b"a" * (2 * 1024 * 1024), form).status
    except ConnectionError:
        status = 0  # shut while it was still being sent
    assert status in (0, 400)
    assert web.get("/").status == 200


def test_a_browser_is_told_to_load_nothing_from_elsewhere(web: Web):
    told = web.turn("辽阳2023年粮食产量是多少")
    paths = ["/", f"/c/{told['talk']}", "/reports", "/report/" + quote("辽阳市-2024"), "/nothing", "/assets/page.css"]
    pages = [web.get(path) for path in paths]
    pages += [web.ask("辽阳"), web.get("/", Host="example.org")]
    for page in pages:
        policy = page.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy
        assert page.headers["x-content-type-options"] == "nosniff"
        assert page.headers["referrer-policy"] == "same-origin"
        assert "set-cookie" not in page.headers
        assert "server" not in page.headers
    for page in pages[:5]:
        loaded = re.findall(r'(?:src|srcset|href)="([^"]+)"[^>]*>', page.html)
        assert [link for link in loaded if "://" in link] == []
        assert "style=" not in page.html
        assert " on" + "click" not in page.html
    style, script = (web.get(path).html for path in ("/assets/page.css", "/assets/page.js"))
    assert "url(" not in style
    assert "@import" not in style
    assert "://" not in script


def test_what_belongs_to_a_page_is_kept_by_the_browser_until_it_changes(web: Web):
    (script,) = re.findall(r'src="(/assets/page\.js\?v=\w+)"', web.get("/").html)
    assert "immutable" in web.get(script).headers["cache-control"]
    assert web.get("/assets/page.js?v=old").headers["cache-control"] == "no-store"


def test_foreign_pages_cannot_ask(web: Web):
    assert web.get("/", Host="example.org").status == 403
    assert web.get("/", Host=f"127.0.0.1.example.org:{web.port}").status == 403
    assert web.get("/", Host=f"localhost:{web.port}").status == 200
    for origin in ("https://example.org", "null", f"http://localhost:{web.port + 1}"):
        refused = web.ask("辽阳", headers={"Origin": origin})
        assert refused.status == 403
        assert "它自己的地址" in refused.json["error"]
    assert web.ask("辽阳", headers={"Origin": web.url}).status == 200


def test_behind_a_proxy_the_page_is_known_by_its_address(tmp_path: Path):
    with Web(tmp_path, WEB_ADDRESS="https://example.org") as web:
        assert web.get("/", Host="example.org").status == 200
        assert web.get("/", Host="example.net").status == 403
        assert web.ask("辽阳", headers={"Origin": "https://example.org"}).status == 200


def basic(word: str) -> str:
    return "Basic " + b64encode(f"anyone:{word}".encode()).decode()


@pytest.mark.parametrize("where", ["option", "setting"])
def test_with_a_token_only_who_has_it_is_let_in(tmp_path: Path, where: str):
    options = ["--host", "0.0.0.0"] + (["--token", _TOKEN] if where == "option" else [])  # noqa: S104  what is tried
    env = {"WEB_TOKEN": _TOKEN} if where == "setting" else {}
    with Web(tmp_path, *options, **env) as web:
        for given in ("", basic(_TOKEN[:-1]), basic(""), "Basic ???", "Bearer x", _TOKEN[:-1]):
            page = web.get("/", **({"Authorization": given} if given else {}))
            assert (page.status, "口令" in page.html) == (401, True)
            assert page.headers["www-authenticate"].startswith("Basic ")
            assert "辽阳" not in page.html
        assert web.get("/assets/page.js").status == 401
        for given in (basic(_TOKEN), f"Bearer {_TOKEN}"):
            assert web.get("/", Authorization=given, Host="any.example.org").status == 200
        assert _TOKEN not in web.output()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--host", "0.0.0.0"], "必须设口令"),  # noqa: S104  what is refused
        (["--host", "::"], "必须设口令"),
        (["--host", "example.org"], "必须设口令"),
        (["--token", "short"], "16 到 256"),
        (["--port", "0"], "--port"),
    ],
)
def test_it_does_not_begin_where_it_should_not(home: Path, options: list[str], said: str):
    done = run("web", *options, home=home)
    assert (done.returncode, done.stdout) == (2, b"")
    (line,) = done.stderr.decode().splitlines()
    assert said in line


def test_a_port_that_is_taken_is_told(web: Web, home: Path):
    done = run("web", "--port", str(web.port), home=home)
    assert done.returncode == 2
    assert f"{web.port} 端口不能用" in done.stderr.decode()


def test_a_store_that_is_not_there_is_told(tmp_path: Path):
    done = run("--data", str(tmp_path / "none"), "web", "--port", str(free_port()), home=tmp_path)
    assert done.returncode == 2
    assert len(done.stderr.decode().splitlines()) == 1
