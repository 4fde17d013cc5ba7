"""Which messages may have left this process, so that the next one can tell after a kill.

The outbox is written before a request leaves, and waits for the disk; a kill while it waits would leave open whether
anything was sent. This note, made once it has waited, is a store into a shared mapping: it costs no system call, and
the system keeps it when the process dies. It does not wait for the disk, so it is believed only within the boot that
made it.
"""

from __future__ import annotations

import mmap
import os
import struct
from pathlib import Path

__all__ = ["Wire"]

_FILE = "bot.wire"
_BOOT = Path("/proc/sys/kernel/random/boot_id")
_HEAD = 64
# A row's place in the ring is free again long before it is needed: far fewer are under way at once.
_ROWS = 4096
_ROW = struct.Struct("<Q")
_SIZE = _HEAD + _ROWS * _ROW.size


class Wire:
    """The note of one process; `before` is what the last one left, None where that cannot be told."""

    def __init__(self, folder: Path) -> None:
        """Read what the last process noted and begin anew. Raises OSError."""
        self._path = folder / _FILE
        boot = _boot()
        self.before = _read(self._path, boot)
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            os.ftruncate(handle, _SIZE)
            self._map = mmap.mmap(handle, _SIZE)
        finally:
            os.close(handle)

    def begin(self) -> None:
        """Forget the last process's note, once the outbox is settled by it."""
        self._map[:_HEAD] = bytes(_HEAD)
        self._map[_HEAD:] = bytes(_SIZE - _HEAD)
        self._map[:_HEAD] = _boot().ljust(_HEAD, b"\0")

    def leaving(self, row: int) -> None:
        """The row's request is about to leave: an earlier try of it no longer counts."""
        at = _place(row)
        if _ROW.unpack_from(self._map, at)[0] == row:
            _ROW.pack_into(self._map, at, 0)

    def left(self, row: int) -> None:
        """The row's request is handed over now: from here on it may have arrived."""
        _ROW.pack_into(self._map, _place(row), row)

    def close(self) -> None:
        """Let go of the file."""
        self._map.close()


def _place(row: int) -> int:
    return _HEAD + row % _ROWS * _ROW.size


def _boot() -> bytes:
    try:
        return _BOOT.read_bytes().strip()[:_HEAD]
    except OSError:
        return b""


def _read(path: Path, boot: bytes) -> frozenset[int] | None:
    try:
        raw = path.read_bytes()
    except OSError:
        return None
    if not boot or len(raw) != _SIZE or raw[:_HEAD].rstrip(b"\0") != boot:
        return None
    return frozenset(row for (row,) in _ROW.iter_unpack(raw[_HEAD:]) if row)
