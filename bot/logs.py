"""Logging that cannot give the token away."""

from __future__ import annotations

import json
import logging
import sys
import time
from collections.abc import Sequence
from urllib.parse import quote

__all__ = ["Redacting", "Structured", "set_up"]

_HIDDEN = "[令牌]"


class Redacting(logging.Formatter):
    """Puts a placeholder for each secret, literal or percent-encoded, in whole records, tracebacks included."""

    def __init__(self, secrets: Sequence[str]) -> None:
        super().__init__("%(asctime)s %(levelname)s %(message)s", "%Y-%m-%d %H:%M:%S")
        forms = {form for secret in secrets if secret for form in (secret, quote(secret, safe=""), quote(secret))}
        # The part behind the colon is the secret proper, and stands alone in some messages.
        forms |= {form.rpartition(":")[2] for form in forms if form.partition(":")[0].isdigit()}
        self._forms = sorted(forms, key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        """The record's line or lines."""
        return self.clean(super().format(record))

    def clean(self, text: str) -> str:
        """Any text without the secrets."""
        for form in self._forms:
            text = text.replace(form, _HIDDEN)
        return text


class Structured(Redacting):
    """A JSON object a line: time, level, logger, event, and the traceback where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        """The record's line."""
        at = time.strftime("%Y-%m-%dT%H:%M:%S", time.localtime(record.created))
        row = {
            "time": f"{at}.{int(record.msecs):03d}{time.strftime('%z')}",
            "level": record.levelname,
            "logger": record.name,
            "event": record.getMessage(),
        }
        if record.exc_info:
            row["traceback"] = self.formatException(record.exc_info)
        # Before they are quoted: a quoted secret would have another form.
        return json.dumps({key: self.clean(value) for key, value in row.items()}, ensure_ascii=False)


def set_up(level: str, secrets: Sequence[str], form: str = "text") -> Redacting:
    """Log to standard error. The HTTP libraries write addresses, and the token is part of them: only their warnings."""
    handler = logging.StreamHandler(sys.stderr)
    formatter = (Structured if form == "json" else Redacting)(secrets)
    handler.setFormatter(formatter)
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in ("httpx", "httpcore", "asyncio", "jieba"):
        logging.getLogger(name).setLevel(logging.WARNING)
    # It logs, with a traceback, what it raises; whoever catches it says it in a line.
    logging.getLogger("telegram").setLevel(logging.CRITICAL)
    return formatter
