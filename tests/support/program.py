"""The program under test as a process of its own, in an environment that holds nothing of the developer's."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Self

__all__ = ["Bot", "environment", "run"]

_PROGRAM = [sys.executable, "-m", "bot"]
# Generous: the machine may be slow and the dictionaries cold.
_PATIENCE = 100


def environment(home: Path, more: Mapping[str, str] | None = None) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "PYTHONPATH", "TMPDIR"}}
    return kept | {"HOME": str(home), "XDG_DATA_HOME": str(home / "share"), "LANG": "C.UTF-8"} | dict(more or {})


def run(
    *words: str | bytes,
    home: Path,
    given: bytes = b"",
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """One command to its end, in `home` unless `cwd` says where."""
    done = subprocess.run(
        [*_PROGRAM, *words],
        input=given,
        capture_output=True,
        cwd=cwd or home,
        env=environment(home, env),
        timeout=_PATIENCE,
        check=False,
    )
    assert b"Traceback" not in done.stdout + done.stderr, done.stderr.decode()
    return done


class Bot:
    """`govreport serve`, started and stopped."""

    def __init__(self, home: Path, token: str, url: str, *options: str, **env: str) -> None:
        self._home = home
        self._options = options
        self._env = environment(home, {"TELEGRAM_BOT_TOKEN": token, "BASE_URL": url, **env})
        self._log = home / "bot.log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> Self:
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                [*_PROGRAM, "serve", *self._options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self._home,
                env=self._env,
            )
        return self

    def started(self) -> Self:
        """Started, and known to the server."""
        before = self.output().count("已启动")
        self.start()
        end = time.monotonic() + _PATIENCE
        while self.output().count("已启动") == before:
            assert self.process is not None
            assert self.process.poll() is None, self.output()
            assert time.monotonic() < end, self.output()
            time.sleep(0.05)
        return self

    def kill(self) -> None:
        """As a power cut would."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """As a service manager would; the exit status."""
        return self._end(signal.SIGTERM)

    def _end(self, number: signal.Signals) -> int:
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait(_PATIENCE)

    def output(self) -> str:
        return self._log.read_text(encoding="utf-8") if self._log.exists() else ""

    def __enter__(self) -> Self:
        return self.started()

    def __exit__(self, *_: object) -> None:
        if self.process and self.process.poll() is None:
            self.stop()
