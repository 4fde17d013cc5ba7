"""What only the bot's keepers may do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.bot.test_telegram import reply
from tests.peer import Peer
from tests.support.program import Bot
from tests.support.site import site

REPORT = """朝阳市政府工作报告

——2023年1月5日在朝阳市第十二届人民代表大会第三次会议上

各位代表：

现在，我代表市政府，向大会报告工作，请予审议。

一、2022年工作回顾

过去一年，全市地区生产总值增长3.1%，粮食产量达到51.2亿斤，一般公共预算收入增长7%。

二、2023年工作安排

今年的主要预期目标是：地区生产总值增长6%以上，粮食产量稳定在50亿斤。

谢谢大家！
"""


@pytest.fixture
def kept(bot_of: Callable[..., Bot], peer: Peer) -> Iterator[Peer]:
    with bot_of(ADMIN_USERS="7"):
        yield peer


def document(peer: Peer, content: bytes, name: str, size: int | None = None) -> dict[str, Any]:
    number = f"file{len(peer.files)}"
    peer.files[number] = content
    return {
        "document": {"file_id": number, "file_unique_id": number, "file_name": name, "file_size": size or len(content)}
    }


def test_a_file_sent_by_a_keeper_is_answered_from(kept: Peer):
    kept.say(None, chat=7, **document(kept, REPORT.encode(), "../朝阳.txt"))
    assert "朝阳市-2023" in reply(kept, 7)
    kept.say("朝阳市2022年粮食产量是多少", chat=7)
    assert "51.2" in reply(kept, 7, 2)
    kept.say(None, chat=7, **document(kept, b"%PDF-1.4 broken", "x.pdf"))
    assert "没有导入" in reply(kept, 7, 3)
    kept.say(None, chat=7, **document(kept, b"x", "big.txt", 30 << 20))
    assert "20 MB" in reply(kept, 7, 4)


def test_the_other_commands(kept: Peer, home: Path):
    for text in ("/stats", "/reload", "/backup", "/ingest", "/ingest http://127.0.0.1/x.html"):
        kept.say(text, chat=7)
    assert "报告 1 份" in reply(kept, 7)
    assert "1 份报告" in reply(kept, 7, 2)
    assert "backups" in reply(kept, 7, 3)
    assert list((home / "share" / "govreport" / "backups").glob("*.zip"))
    assert "网址" in reply(kept, 7, 4)
    assert "没有下载" in reply(kept, 7, 5)


def test_a_link_of_a_keeper_s_is_fetched_and_answered_from(home: Path, peer: Peer):
    page = "".join(f"<p>{line}</p>" for line in REPORT.splitlines() if line)
    with (
        site() as web,
        Bot(home, peer.token, peer.url, "--allow-loopback", ADMIN_USERS="7"),
    ):
        web.put("/report.html", f"<html><body>{page}</body></html>".encode(), content_type="text/html; charset=utf-8")
        web.put("/gone.html", b"", 410)
        peer.say(f"/ingest {web.url('/report.html')}", chat=7)
        assert "朝阳市-2023" in reply(peer, 7)
        peer.say("朝阳市2022年粮食产量是多少", chat=7)
        assert "51.2" in reply(peer, 7, 2)
        peer.say("/sources", chat=7)
        assert web.url("/report.html") in reply(peer, 7, 3)
        peer.say(f"/ingest {web.url('/gone.html')}", chat=7, language="en")
        assert "Not downloaded" in reply(peer, 7, 4)
        # Only from who keeps the bot.
        peer.say(f"/ingest {web.url('/report.html')}?again", chat=8)
        assert "没有这个命令" in reply(peer, 8)
        assert [path for path in web.paths() if "again" in path] == []
    assert list((home / "share" / "govreport" / "received").glob("*.html"))


@pytest.mark.parametrize("text", ["/ingest http://127.0.0.1/", "/reload", "/stats", "/backup"])
def test_to_everyone_else_they_do_not_exist(kept: Peer, served: Peer, text: str):
    for peer in (kept, served):
        peer.say(text, chat=8)
        assert "没有这个命令" in reply(peer, 8, len(peer.texts(8)) + 1)


def test_a_stranger_s_file_is_not_taken(kept: Peer):
    kept.say(None, chat=8, **document(kept, REPORT.encode(), "朝阳.txt"))
    assert "只能看懂文字" in reply(kept, 8)
    assert not [call for call in kept.calls if call.method == "getFile"]
