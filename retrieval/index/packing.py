"""Arrays of small numbers as few bytes: variable-length integers for postings, byte planes for a report's block."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

__all__ = ["Array", "pack_planes", "pack_varints", "unpack_planes", "unpack_varints"]

Array = npt.NDArray[np.uint32]
Bytes = npt.NDArray[np.uint8]
# Bits of payload a byte of a variable-length integer holds; the highest bit says that another byte follows.
_BITS, _MORE = 7, 128


def pack_varints(values: npt.NDArray[np.uint64]) -> tuple[bytes, npt.NDArray[np.int64]]:
    """The values, low bits first, and the offset after each of them."""
    widths = np.ones(len(values), dtype=np.int64)
    rest = values >> np.uint64(_BITS)
    while rest.any():
        widths += rest > 0
        rest >>= np.uint64(_BITS)
    ends = np.cumsum(widths)
    packed = np.zeros(int(ends[-1]) if len(ends) else 0, dtype=np.uint8)
    starts = ends - widths
    for byte in range(int(widths.max(initial=0))):
        own = widths > byte
        part = (values[own] >> np.uint64(_BITS * byte)) & np.uint64(_MORE - 1)
        follows = (widths[own] > byte + 1) * np.uint8(_MORE)
        packed[starts[own] + byte] = part.astype(np.uint8) | follows
    return packed.tobytes(), ends


def unpack_varints(data: bytes) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64] | None]:
    """The values of `pack_varints`, and the offset of the last byte of each; None where every value is one byte."""
    packed: Bytes = np.frombuffer(data, dtype=np.uint8)
    if not len(packed) or int(packed.max()) < _MORE:
        return packed.astype(np.int64), None
    lasts = np.flatnonzero(packed < _MORE)
    starts = np.empty_like(lasts)
    starts[0] = 0
    starts[1:] = lasts[:-1] + 1
    values = (packed[starts] & (_MORE - 1)).astype(np.int64)
    longer = np.flatnonzero(lasts > starts)
    byte = 1
    while len(longer):
        values[longer] |= (packed[starts[longer] + byte] & (_MORE - 1)).astype(np.int64) << (_BITS * byte)
        byte += 1
        longer = longer[lasts[longer] >= starts[longer] + byte]
    return values, lasts


def pack_planes(arrays: Sequence[Array]) -> bytes:
    """Arrays byte by byte, all lowest bytes first: the high bytes are nearly all zero and vanish in compression."""
    widths = [max(1, (int(array.max(initial=0)).bit_length() + 7) // 8) for array in arrays]
    head = np.array([len(arrays), *(n for a, w in zip(arrays, widths, strict=True) for n in (len(a), w))], dtype="<u4")
    planes = [
        np.ascontiguousarray(array.astype("<u4").view(np.uint8).reshape(-1, 4).T[:width]).tobytes()
        for array, width in zip(arrays, widths, strict=True)
    ]
    return zlib.compress(b"".join([head.tobytes(), *planes]), 1)


def unpack_planes(data: bytes) -> list[Array]:
    """The arrays of `pack_planes`."""
    raw = zlib.decompress(data)
    count = int(np.frombuffer(raw, dtype="<u4", count=1)[0])
    head = np.frombuffer(raw, dtype="<u4", count=2 * count, offset=4).tolist()
    at = 4 + 8 * count
    found: list[Array] = []
    for length, width in zip(head[::2], head[1::2], strict=True):
        planes = np.frombuffer(raw, dtype=np.uint8, count=length * width, offset=at).reshape(width, length)
        array = planes[0].astype(np.uint32)
        for byte in range(1, width):
            array |= planes[byte].astype(np.uint32) << np.uint32(8 * byte)
        found.append(array)
        at += length * width
    return found
