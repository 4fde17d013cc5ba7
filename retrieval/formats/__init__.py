"""Bytes of a file to the text in it, whatever the format.

How to add a format: docs/extending.md.
"""

from retrieval.formats.decode import decode
from retrieval.formats.decoded import Decoded
from retrieval.formats.kinds import LARGEST, ending, kind_of, known_ending

__all__ = ["LARGEST", "Decoded", "decode", "ending", "kind_of", "known_ending"]
