"""The limited process: a file on standard input, what was read of it as JSON on standard output."""

from __future__ import annotations

import json
import resource
import sys
from dataclasses import asdict
from importlib import import_module
from typing import Any

from retrieval.errors import UnreadableReport
from retrieval.formats.kinds import reader_of
from retrieval.formats.limits import MEMORY, SECONDS

__all__ = ["main"]

_FILES = 64


def main() -> int:
    """Exit status 0 with an answer, read or refused; anything else means that a limit was met."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (_FILES, _FILES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    read = import_module(f"retrieval.formats.{reader_of(sys.argv[1])}").decode
    data = sys.stdin.buffer.read()
    try:
        told: dict[str, Any] = asdict(read(data))
    except UnreadableReport as problem:
        told = {"refused": str(problem)}
    except MemoryError:
        return 1
    except Exception as problem:  # a broken file may break its reader anywhere; what broke is told
        told = {"defect": f"{type(problem).__name__}: {problem}"[:200]}
    # Lone surrogates, which a broken document may hold, pass as escapes.
    sys.stdout.write(json.dumps(told))
    sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
