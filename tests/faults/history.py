"""What people asked, and what became of it: answered, told that the answer may be lost, lost, answered twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from tests.peer import Peer

__all__ = ["NOTICE", "QUESTIONS", "Crowd", "Verdict"]

# Each with words that begin the answer to it and to no other.
QUESTIONS = (
    ("辽阳2023年粮食产量是多少", "粮食产量：达到 111.6 万吨"),
    ("辽阳2023年蔬菜产量", "蔬菜产量：85.9 万吨"),
    ("辽阳2023年地区生产总值增长多少", "地区生产总值：增长 2%"),
    ("辽阳2023年社会消费品零售总额增长", "社会消费品零售总额：增长 9%"),
)
NOTICE = "可能没有送到"


@dataclass(slots=True)
class Verdict:
    """How many questions there were and what became of them; the lists name them as (chat, marker)."""

    questions: int = 0
    answered: int = 0
    told: int = 0
    lost: list[tuple[int, str]] = field(default_factory=list)
    twice: list[tuple[int, str]] = field(default_factory=list)
    unordered: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Crowd:
    """People who ask one to three questions each, in chats of their own."""

    peer: Peer
    rng: Random
    asked: dict[int, list[tuple[int, str]]] = field(default_factory=dict)

    def ask(self) -> int:
        """One more person writes all they want to know; their chat."""
        chat = len(self.asked) + 1
        chosen = self.rng.sample(QUESTIONS, self.rng.randint(1, 3))
        self.asked[chat] = [(self.peer.say(text, chat=chat), marker) for text, marker in chosen]
        return chat

    def verdict(self) -> Verdict:
        """As things stand now."""
        out = Verdict()
        for chat, asked in self.asked.items():
            first = [text.partition("\n")[0] for text in self.peer.texts(chat)]
            noticed = {
                call.params.get("reply_parameters", {}).get("message_id")
                for call in self.peer.sent(chat)
                if NOTICE in call.params.get("text", "")
            }
            order = _order(first, [marker for _, marker in asked])
            if order != sorted(order):
                out.unordered.append(chat)
            for message, marker in asked:
                times = sum(line.startswith(marker) for line in first)
                out.questions += 1
                out.answered += times > 0
                out.told += times == 0 and message in noticed
                if times > 1:
                    out.twice.append((chat, marker))
                if times == 0 and message not in noticed:
                    out.lost.append((chat, marker))
        return out


def _order(lines: Sequence[str], markers: Sequence[str]) -> list[int]:
    """Which question each answer is to, the first of each."""
    found = [n for line in lines for n, marker in enumerate(markers) if line.startswith(marker)]
    return list(dict.fromkeys(found))
