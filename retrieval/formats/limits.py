"""Parsing in a process of its own that may use little memory and time: what a file does there harms no one."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys

from retrieval.errors import UnreadableReport
from retrieval.formats.decoded import Decoded

__all__ = ["MEMORY", "SECONDS", "limited"]

# A real page or document of the largest size allowed takes a third of either.
MEMORY = 420 * 1024 * 1024
SECONDS = 15
_TOO_MUCH = "内容异常庞大或嵌套过深，读取时超出了限度，没有导入"


def limited(data: bytes, kind: str) -> Decoded:
    """`data` decoded by the reader of `kind` in a limited process. Raises UnreadableReport."""
    child = subprocess.Popen(  # noqa: S603  this program itself
        [sys.executable, "-m", "retrieval.formats.child", kind],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        out, _ = child.communicate(data, timeout=SECONDS + 2)
    except subprocess.TimeoutExpired:
        raise UnreadableReport(_TOO_MUCH) from None
    finally:
        _end(child)
    if child.returncode != 0:
        raise UnreadableReport(_TOO_MUCH)
    told = json.loads(out)
    if "refused" in told:
        raise UnreadableReport(told["refused"])
    return Decoded(**{**told, "outside": tuple((start, end) for start, end in told["outside"])})


def _end(child: subprocess.Popen[bytes]) -> None:
    """Nothing of the child's session outlives the call."""
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
        child.communicate()
