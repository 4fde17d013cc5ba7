"""`python -m tests.transcripts write|draw [NAME…]`: hold the conversations anew, or show them as a chat."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.peer import Peer
from tests.support.program import Bot
from tests.transcripts.console import held
from tests.transcripts.holding import in_telegram, stock
from tests.transcripts.page import page
from tests.transcripts.script import GOLDEN, joined, load, scripts

_BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def main() -> None:
    """Write transcripts, or draw them."""
    parser = argparse.ArgumentParser(prog="python -m tests.transcripts", description=__doc__)
    parser.add_argument("what", choices=["write", "draw"])
    parser.add_argument("names", nargs="*", help="transcripts, or files of that form; all where none is named")
    parser.add_argument("--home", type=Path, help="a folder with share/govreport/govreport.db to ask instead")
    parser.add_argument("--out", type=Path, default=Path("build/chats"), help="where pages and pictures go")
    parser.add_argument("--dark", action="store_true")
    given = parser.parse_args()
    files = [load(Path(name)) for name in given.names if name.endswith(".txt")]
    found = files or scripts(given.names)
    with tempfile.TemporaryDirectory() as folder, Peer() as peer:
        home = Path(folder)
        if given.home:
            shutil.copytree(given.home / "share", home / "share")
        else:
            stock(home)
        with Bot(home, peer.token, peer.url):
            talks = in_telegram(peer, found, writing=True)
        for talk in talks:
            if given.what == "draw":
                _draw(given.out, talk.script.name, page(talk, dark=given.dark))
                continue
            script = talk.script
            typed = held(script, home) if script.shared else [None] * len(script.turns)
            for turn, events, console in zip(script.turns, talk.events, typed, strict=True):
                turn.lines = joined([line for event in events for line in event.lines()], console)
            (GOLDEN / f"{script.name}.txt").write_text(script.dumps(), encoding="utf-8")


def _draw(out: Path, name: str, text: str) -> None:
    """The page, and a picture of it where a browser is installed."""
    out.mkdir(parents=True, exist_ok=True)
    path = (out / f"{name}.html").resolve()
    path.write_text(text, encoding="utf-8")
    try:
        sys.stderr.write(f"{photographed(path, 430, min(400 + 60 * text.count(chr(10)), 16000))}\n")
    except FileNotFoundError:
        sys.stderr.write(f"{path}: open it in a browser; for a picture install one of {', '.join(_BROWSERS)}\n")


def photographed(page: Path, width: int, height: int) -> Path:
    """A picture of a page, beside it. Raises FileNotFoundError where no browser is installed."""
    browser = next((found for known in _BROWSERS if (found := shutil.which(known))), None)
    if browser is None:
        raise FileNotFoundError(" ".join(_BROWSERS))
    options = ["--no-sandbox", "--hide-scrollbars", "--force-device-scale-factor=1.5", "--virtual-time-budget=2000"]
    target = page.with_suffix(".png")
    subprocess.run(
        [browser, *options, f"--window-size={width},{height}", f"--screenshot={target}", page.as_uri()],
        check=True,
        capture_output=True,
    )
    return target


if __name__ == "__main__":
    main()
