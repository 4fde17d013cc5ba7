"""Bytes of a file to the text in it, whatever the format.

How to add a format: a module here with `decode(data, kind) -> Decoded`, its suffixes and largest size in `kinds`, and
a row in `child` where foreign code parses it, which is then done in a process of its own.
"""

from retrieval.formats.decode import decode
from retrieval.formats.decoded import Decoded
from retrieval.formats.kinds import LARGEST, kind_of

__all__ = ["LARGEST", "Decoded", "decode", "kind_of"]
