"""The test mode: the bot's conversation in a terminal."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot import charts
from bot.commands import COMMANDS, For
from bot.dialogue import Dialogue
from bot.home import Shelf, data_dir
from bot.lines import decoded
from bot.render import plain_text, words
from bot.render.plain import ASKS, READS
from bot.render.terminal import PICKS, terminal_text
from bot.said import File, Said
from bot.state import State
from bot.tongue import DEFAULT, line, spoken
from retrieval.errors import why_not

if TYPE_CHECKING:
    from prompt_toolkit import PromptSession

__all__ = ["run"]

_PROMPT = "问> "
_HISTORY = "history"
_LEAVING = "离开：exit、quit、q、退出，或按 Ctrl-D。"
_WIDEST = 100
# Room for a closing mark that would otherwise begin a line.
_EDGE = 3


def run(data: Path | None) -> int:
    """Ask until the end of input; the exit status."""
    shelf = Shelf(data)
    live = sys.stdin.isatty() and sys.stdout.isatty()
    colour = live and not _colourless()
    dialogue = Dialogue(shelf, leaving=_LEAVING if live else "")
    state = State()
    if live:
        said = dialogue.turn("/start", state)
        _say(said, colour=colour)
        state = said.state
    # The dictionaries load while the person reads or types, at the latest with the first question.
    for text in _typed(data) if live else _piped(sys.stdin.buffer):
        if not text.strip():
            continue
        try:
            said = dialogue.turn(text, state)
        except Exception as problem:  # one question must not end the conversation
            said = Said(words(f"程序出错（{type(problem).__name__}），这个问题没有回答。"), state)
        if not live:
            click.echo(f"{_PROMPT}{text.strip()}")
        _say(said, colour=colour)
        state = said.state
        if said.forget:
            (data_dir(data) / _HISTORY).unlink(missing_ok=True)
        if said.over:
            break
    return 0


def _colourless() -> bool:
    from bot import settings  # noqa: PLC0415  a pipe does not ask

    return settings.colourless()


def _say(said: Said, *, colour: bool) -> None:
    lang = said.state.lang or DEFAULT
    message = spoken(said.message, lang)
    if sys.stdout.isatty():
        columns = min(shutil.get_terminal_size().columns - _EDGE, _WIDEST)
        text = terminal_text(message, columns=columns, colour=colour, picks=line(PICKS, lang))
    else:
        text = plain_text(message, asks=line(ASKS, lang), reads=line(READS, lang))
    click.echo(f"{text}\n", color=True)
    if said.file is not None:
        click.echo(f"{line(_written(said.file), lang)}\n")


def _written(file: File) -> str:
    """Put a file into the current folder, under a name that is free; where it is."""
    stem, ending = Path(file.name).stem, Path(file.name).suffix
    content = file.content if file.chart is None else charts.drawn(file.chart)
    for number in count(1):
        path = Path(file.name if number == 1 else f"{stem}-{number}{ending}")
        try:
            with path.open("xb") as out:
                out.write(content)
        except FileExistsError:
            continue
        except OSError as problem:
            return f"写不了 {path.absolute()}：{why_not(problem)}"
        return f"已写入 {path.absolute()}"
    raise AssertionError


def _piped(stream: Iterable[bytes]) -> Iterator[str]:
    for raw in stream:
        text = decoded(raw)
        yield raw.decode("utf-8", "replace") if text is None else text


def _typed(data: Path | None) -> Iterator[str]:
    session = _session(data_dir(data))
    while True:
        try:
            yield session.prompt(_PROMPT)
        except KeyboardInterrupt:
            continue  # drops the line, as a shell does
        except EOFError:
            return


def _session(home: Path) -> PromptSession[str]:
    """A prompt with history, line editing and completion of commands."""
    from prompt_toolkit import PromptSession  # noqa: PLC0415  a pipe needs none of it
    from prompt_toolkit.auto_suggest import AutoSuggestFromHistory  # noqa: PLC0415
    from prompt_toolkit.completion import WordCompleter  # noqa: PLC0415
    from prompt_toolkit.history import FileHistory, History, InMemoryHistory  # noqa: PLC0415

    history: History = InMemoryHistory()
    with suppress(OSError):
        home.mkdir(parents=True, exist_ok=True)
        path = home / _HISTORY
        path.touch(mode=0o600)
        history = FileHistory(str(path))
    names = {f"/{command.name}": command.summary for command in COMMANDS if command.scope is not For.ADMIN}
    completer = WordCompleter(list(names), meta_dict=names, sentence=True)
    return PromptSession(
        history=history,
        completer=completer,
        complete_while_typing=False,
        auto_suggest=AutoSuggestFromHistory(),
        enable_history_search=True,
    )
