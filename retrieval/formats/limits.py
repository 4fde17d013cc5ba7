"""Parsing in a process of its own that may use little memory and time: what a file does there harms no one."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from typing import Any

from retrieval.errors import UnreadableReport
from retrieval.formats.decoded import Decoded

__all__ = ["MEMORY", "SECONDS", "limited"]

# A real page or document of the largest size allowed takes a third of either.
MEMORY = 420 * 1024 * 1024
SECONDS = 15
_SURROGATE = re.compile("[\ud800-\udfff]")
_TOO_MUCH = "内容异常庞大或嵌套过深，读取时超出了限度，没有导入"


def limited(data: bytes, kind: str) -> Decoded:
    """`data` decoded by the reader of `kind` in a limited process. Raises UnreadableReport."""
    child = subprocess.Popen(  # noqa: S603  this program itself
        # -P: a module of the folder we were started in is not taken for one of Python's.
        [sys.executable, "-P", "-m", "retrieval.formats.child", kind],
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
    if "defect" in told:
        raise UnreadableReport(f"读取时出错（{told['defect']}），文件可能已损坏")
    # Half of a character, which a broken document may hold, can be neither stored nor shown.
    whole: dict[str, Any] = {
        key: _SURROGATE.sub("\ufffd", value) if isinstance(value, str) else value for key, value in told.items()
    }
    return Decoded(**{**whole, "outside": tuple((start, end) for start, end in told["outside"])})


def _end(child: subprocess.Popen[bytes]) -> None:
    """Nothing of the child's session outlives the call."""
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
        child.communicate()
