"""The pages: a conversation, its files and pictures, reports and their text."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from bot import drawing, saving
from bot.drawing import Undrawn
from bot.said import Said
from bot.state import State
from bot.web.answering import answered, aside, picture, said_again, started
from bot.web.door import Door, House, Refused
from bot.web.pages import ASSETS, shown
from bot.web.reading import listed, reading, stretch
from bot.web.talks import Talk, Turn

__all__ = ["LONGEST", "routes"]

log = logging.getLogger(__name__)

# Characters of what is asked or checked at once.
LONGEST = 20_000
_LOST = "前面的对话已经过期，从这里重新开始。"
_KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "json": "application/json; charset=utf-8",
}


def routes(house: House) -> list[tuple[str, type[Door], dict[str, House]]]:
    """Which address is whose."""
    pages: list[tuple[str, type[Door]]] = [
        ("/", _Start),
        ("/ask", _Ask),
        (r"/c/([\w-]{10,40})", _Talk),
        (r"/c/([\w-]{10,40})/(\d{1,6})/(chart|dark)\.png", _Picture),
        (r"/c/([\w-]{10,40})/(\d{1,6})/(file|xlsx|csv|md|json)", _File),
        ("/reports", _Reports),
        (r"/report/([^/]{1,400})", _Report),
        (r"/assets/([\w.]+)", _Asset),
        (r"/.*", _Nothing),
    ]
    return [(path, handler, {"house": house}) for path, handler in pages]


class _Start(Door):
    async def get(self) -> None:
        """A new page. A question in the address is put into the box and not asked."""
        language = self.language
        turn = await self.house.desks.ask(lambda dialogue: started(dialogue, language))
        asked = self.get_query_argument("q", "")[:LONGEST]
        lost = _LOST if self.get_query_argument("lost", "") else ""
        self.page("talk.html", turn.lang, start=turn, talk=None, asked=asked, longest=LONGEST, notice=lost)


class _Talk(Door):
    async def get(self, name: str) -> None:
        """A conversation as it stands."""
        talk = self.house.talks.find(name)
        if talk is None:
            self.redirect("/?lost=1")
            return
        self.page("talk.html", _lang(talk, self), start=None, talk=talk, asked="", longest=LONGEST, notice="")


class _Ask(Door):
    async def post(self) -> None:
        """Ask: `q` in conversation `c`; a button of turn `n` says so, one that is shown `instead` of it too."""
        asked = self.get_body_argument("pick", "") or self.get_body_argument("q", "")
        if len(asked) > LONGEST:
            raise Refused(413, f"文字太长（{len(asked)} 字），请缩短到 {LONGEST} 字以内。")
        talk, known = self._talk(), self.get_body_argument("c", "")
        number = self.get_body_argument("n", "")
        picked = bool(self.get_body_argument("pick", "")) and number.isascii() and number.isdigit()
        of = talk.turns.get(int(number[:6])) if picked else None
        before = of.after if of is not None else talk.state
        language = self.language
        turn, forget = await self.house.desks.ask(
            lambda dialogue: answered(dialogue, asked, before, language, picked=picked)
        )
        if forget:
            self.house.talks.drop(talk.id)
            talk = self.house.talks.begin()
        if of is not None and asked.startswith("/"):
            turn = replace(turn, title=of.label(asked))
        instead = of.number if of is not None and asked in self.get_body_arguments("instead") else 0
        made = self.house.talks.add(talk, turn, instead=instead, aside=picked and aside(asked))
        lost = bool(known) and known != talk.id and not forget
        if self.request.headers.get("Accept", "") == "application/json":
            self.set_header("Content-Type", "application/json; charset=utf-8")
            html = shown("turn.html", made.lang, turn=made, talk=talk, notice=_LOST if lost else "")
            self.finish({"talk": talk.id, "turn": made.number, "html": html})
            return
        self.redirect(f"/c/{talk.id}#t{made.number}", status=303)

    def _talk(self) -> Talk:
        return self.house.talks.find(self.get_body_argument("c", "")) or self.house.talks.begin()


class _OfTurn(Door):
    """Something of a turn that is worked out again when it is wanted."""

    def turn(self, name: str, number: str) -> Turn:
        """Raises Refused where it is no longer known."""
        talk = self.house.talks.find(name)
        turn = talk.turns.get(int(number)) if talk is not None else None
        if turn is None:
            raise Refused(404, "这个回答已经过期，请再问一次。")
        return turn

    async def again(self, turn: Turn) -> Said:
        """What was said."""
        return await self.house.desks.ask(lambda dialogue: said_again(dialogue, turn))


class _Picture(_OfTurn):
    async def get(self, name: str, number: str, ground: str) -> None:
        """The answer as a PNG."""
        chart = picture(await self.again(self.turn(name, number)))
        if chart is None:
            raise Refused(404, "这个回答没有可以画成图的数据。")
        try:
            drawn = await self.house.draw(drawing.dumps(chart), ground == "dark")
        except Undrawn as problem:
            log.error("picture: %s", problem)
            raise Refused(500, "图没有画成，请再试一次。") from None
        self.set_header("Content-Type", "image/png")
        self.set_header("Cache-Control", "private, max-age=3600")
        self.finish(drawn)


class _File(_OfTurn):
    async def get(self, name: str, number: str, form: str) -> None:
        """The answer as a table, or the file that was asked for."""
        turn = self.turn(name, number)
        said = await self.again(turn)
        if form == "file":
            if said.file is None or said.file.chart is not None:
                raise Refused(404, "这个回答没有文件。")
            title, content, kind = said.file.name, said.file.content, _KINDS["xlsx"]
        else:
            answer = said.answer
            if answer is None or form not in turn.forms:
                raise Refused(404, "这个回答没有可以存成表格的数据。")
            asked = said.state.asked
            content = await self.house.desks.ask(lambda _: saving.written(answer, asked, f".{form}"))
            title, kind = f"{saving.titled(answer, asked)}.{form}", _KINDS[form]
        self.set_header("Content-Type", kind)
        self.set_header("Content-Disposition", f"attachment; filename*=UTF-8''{quote(title, safe='')}")
        self.finish(content)


class _Reports(Door):
    async def get(self) -> None:
        """Which reports there are, by place."""
        wanted = self.get_query_argument("q", "")[:60]
        found, places = await self.house.desks.ask(lambda dialogue: listed(dialogue.engine, wanted))
        self.page("reports.html", found=found, places=places, wanted=wanted)


class _Report(Door):
    async def get(self, name: str) -> None:
        """A report's text with the stretch `at` marked."""
        asked = self.get_query_argument("at", "")
        at = stretch(asked)
        found = await self.house.desks.ask(lambda dialogue: reading(dialogue.engine, name, at))
        self.page("report.html", found=found, astray=bool(asked) and not found.marked)


class _Asset(Door):
    def get(self, name: str) -> None:
        """Style, script and picture of the pages."""
        asset = ASSETS.get(name)
        if asset is None:
            raise Refused(404)
        self.set_header("Content-Type", asset.kind)
        if self.get_query_argument("v", "") == asset.mark:
            self.set_header("Cache-Control", "private, max-age=31536000, immutable")
        self.finish(asset.content)


class _Nothing(Door):
    def get(self, *_: Any) -> None:  # noqa: ANN401  parts of the address
        """No such page."""
        raise Refused(404)

    post = get


def _lang(talk: Talk, door: Door) -> str:
    """The language chosen in a conversation, else the browser's."""
    return State.loads(talk.state).lang or door.lang
