"""The form of a transcript.

# what is tried              comments; `# only: telegram`, `# chat: group`, `# language: en` are settings
问> 辽阳2023年粮食产量是多少  what a person does: 问 asks, 改 edits the last question, 转 forwards, 点 taps the button
                             of that label in the newest message with it, 查 types behind the bot's name elsewhere
粮食产量：…                   what they see, in the console and in Telegram alike
T| [上下文] [复制引文]        what only Telegram shows: ▸ begins a message, an edit or a notice; keys in brackets
C| 还可以问：                 what only the console shows
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

__all__ = ["GOLDEN", "Script", "Turn", "joined", "load", "scripts"]

GOLDEN = Path(__file__).parent / "golden"
_DONE = re.compile(r"(问|改|转|点|查)> ?(.*)")
_SETTING = re.compile(r"# (only|chat|language): (\w[\w-]*)")


@dataclass(slots=True)
class Turn:
    """What a person does, and the lines that follow from it."""

    deed: str
    text: str
    lines: list[str] = field(default_factory=list)

    def seen(self, where: str) -> list[str]:
        """The lines of T (Telegram) or C (the console)."""
        other = {"T": "C|", "C": "T|"}[where]
        own = [line for line in self.lines if not line.startswith(other)]
        return [
            line.removeprefix(f"{where}|").removeprefix(" ") if line.startswith(f"{where}|") else line for line in own
        ]


@dataclass(slots=True)
class Script:
    """A transcript."""

    name: str
    head: list[str]
    turns: list[Turn]

    def setting(self, key: str) -> str:
        """What a comment of the head sets; empty where it does not."""
        found = (_SETTING.fullmatch(line) for line in self.head)
        return next((match[2] for match in found if match and match[1] == key), "")

    @property
    def shared(self) -> bool:
        """Whether the console has it too."""
        return self.setting("only") != "telegram"

    def dumps(self) -> str:
        """The file."""
        turns = ["\n".join([f"{turn.deed}> {turn.text}", *turn.lines]) for turn in self.turns]
        return "\n".join(self.head) + "\n\n" + "\n\n".join(turns) + "\n"


def load(path: Path) -> Script:
    """Read a transcript."""
    script = Script(path.stem, [], [])
    for line in path.read_text(encoding="utf-8").splitlines():
        match = _DONE.fullmatch(line)
        if match:
            script.turns.append(Turn(match[1], match[2]))
        elif script.turns:
            script.turns[-1].lines.append(line)
        elif line.strip():
            script.head.append(line)
    for turn in script.turns:
        while turn.lines and not turn.lines[-1]:
            turn.lines.pop()
    return script


def scripts(names: Iterable[str] = ()) -> list[Script]:
    """All transcripts, or those named."""
    wanted = set(names)
    return [load(path) for path in sorted(GOLDEN.glob("*.txt")) if not wanted or path.stem in wanted]


def joined(telegram: Sequence[str], console: Sequence[str] | None) -> list[str]:
    """The lines of both, those that only one has marked so."""
    if console is None:
        return list(telegram)
    out: list[str] = []
    for kind, a, b, c, d in SequenceMatcher(None, telegram, console, autojunk=False).get_opcodes():
        if kind == "equal":
            out += telegram[a:b]
        else:
            out += [f"T| {line}".rstrip() for line in telegram[a:b]] + [f"C| {line}".rstrip() for line in console[c:d]]
    return out
