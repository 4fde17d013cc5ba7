"""What the bot's keepers may do from a chat: put a report in, open the store anew, see how things are, back up.

Nobody is a keeper unless the settings name them; to everyone else these commands do not exist.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePath

from bot.commands import For, find
from bot.delivery import Ledger, Outgoing
from bot.dialogue import Dialogue
from bot.documents import downloaded
from bot.incoming import Incoming
from bot.render import words
from bot.render.telegram import pieces
from bot.sources import Downloader, NotFetched
from bot.state import State
from bot.tongue import chosen, spoken
from bot.upkeep import back_up
from retrieval import formats
from retrieval.errors import GovreportError, UnreadableReport
from retrieval.ingest import IngestRow

__all__ = ["Keepers"]

_STATUS = {"read": "已导入", "warned": "已导入（有提醒）", "replaced": "已更新", "unchanged": "内容未变"}
_DAY = 86400


@dataclass(frozen=True, slots=True)
class Keepers:
    """`download` gives the bytes of a file that was sent; `home` is the folder of the bot's own files."""

    dialogue: Dialogue
    ledger: Ledger
    home: Path
    keepers: frozenset[int]
    download: Callable[[str], bytes]
    downloader: Callable[[], Downloader] = Downloader

    def prepare(self, incoming: Incoming) -> list[Outgoing] | None:
        """What is said to a keeper; None where it is nothing of theirs."""
        command, rest = find(incoming.text) or (None, "")
        if incoming.user not in self.keepers or incoming.tap or incoming.inline or incoming.edited:
            hidden = command is not None and command.scope is For.ADMIN
            return (
                self._said(incoming, "没有这个命令，发送 /help 查看用法。") if hidden and not incoming.edited else None
            )
        if incoming.file is not None and incoming.private and (command is None or command.name == "ingest"):
            return self._said(incoming, *self._take_file(incoming))
        if command is None or command.scope is not For.ADMIN:
            return None
        match command.name:
            case "ingest":
                return self._said(incoming, *self._take_link(rest))
            case "reload":
                self.dialogue.shelf.reopen()
                return self._said(incoming, f"已重新打开资料库，收录 {len(self.dialogue.engine.reports())} 份报告。")
            case "stats":
                return self._said(incoming, *self._stats())
            case _:
                return self._said(incoming, *self._backup())

    def _said(self, incoming: Incoming, *lines: str) -> list[Outgoing]:
        to = None if incoming.private else incoming.message
        lang = chosen(State.loads(self.ledger.memory.state(incoming.talk)).lang, incoming.language)
        found = pieces(spoken(words(*lines), lang))
        return [Outgoing("send", p.html, p.plain, reply_to=to, thread=incoming.thread) for p in found]

    def _take_file(self, incoming: Incoming) -> list[str]:
        if (sent := incoming.file) is None:
            return []
        try:
            data = downloaded(self.download, sent)
        except UnreadableReport as problem:
            return [f"{problem}。服务器上可以用 govreport ingest。"]
        return self._ingested(data, sent.name or "报告.txt", {})

    def _take_link(self, rest: str) -> list[str]:
        if not rest.startswith(("http://", "https://")):
            return ["把报告文件发给我，或者在 /ingest 后面写上网址。"]
        try:
            with self.downloader() as downloader:
                page = downloader.fetch(rest)
        except NotFetched as problem:
            return [f"没有下载：{problem}"]
        data = page.data or b""
        last = PurePath(page.url.partition("?")[0]).name
        try:
            kind = formats.kind_of(data, last if formats.known_ending(last) else "网页.html")
        except GovreportError as problem:
            return [f"没有导入：{problem}"]
        return self._ingested(data, f"{PurePath(last).stem or '网页'}{formats.ending(kind)}", {"url": page.url})

    def _ingested(self, data: bytes, name: str, stated: dict[str, str]) -> list[str]:
        """Keep the file, for the store can be built anew from it; then put it in."""
        folder = self.home / "received"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        safe = "".join(c if c.isalnum() or c in "-." else "_" for c in PurePath(name).name).lstrip(".") or "报告.txt"
        path = folder / safe
        path.write_bytes(data)
        try:
            rows = self.dialogue.engine.ingest([path], stated=stated)
        except GovreportError as problem:
            return [f"没有导入：{problem}"]
        if all(row.status == "refused" for row in rows):
            path.unlink(missing_ok=True)
        return [_told(row) for row in rows] or ["这个文件里没有报告。"]

    def _stats(self) -> list[str]:
        rows = self.dialogue.engine.reports()
        judged = self.ledger.feedback.all()
        good = sum(one.good for one in judged)
        inbox, outbox = self.ledger.inbox, self.ledger.outbox
        return [
            f"报告 {len(rows)} 份，{len({row.place for row in rows})} 个地区",
            f"近一天的问题 {self.ledger.memory.questions(time.time() - _DAY)} 个",
            f"评价：对 {good} 个，不对 {len(judged) - good} 个（govreport feedback 查看）",
            f"待处理 {inbox.count('new')} 条，搁置 {inbox.count('bad')} 条",
            f"待发送 {outbox.count('ready')} 条，发送失败 {outbox.count('failed')} 条",
            f"不知是否送达 {outbox.count('unknown')} 条",
        ]

    def _backup(self) -> list[str]:
        folder = self.home / "backups"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / f"govreport-{datetime.now().astimezone():%Y%m%d-%H%M%S}.zip"
        try:
            return [back_up(self.home, path)]
        except GovreportError as problem:
            return [f"没有备份：{problem}"]


def _told(row: IngestRow) -> str:
    name = PurePath(row.path).name
    detail = " ".join(row.detail.split())
    if row.status == "refused":
        return f"没有导入 {name}：{detail or '原因不明'}"
    return f"{_STATUS[row.status]} {name} → {row.report_id}{f'：{detail}' if detail else ''}"
