"""`python -m fuzz.run TARGET CORPUS [libFuzzer's options]`: one target under atheris; a crash leaves its input."""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["retrieval", "bot"]):
    from fuzz.seeds import seeds
    from fuzz.targets import TARGETS


def main() -> None:
    """Seed the corpus, then fuzz."""
    target, corpus = sys.argv[1], Path(sys.argv[2])
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds(target)):
        (corpus / f"seed{number:04d}").write_bytes(seed)
    atheris.Setup([f"fuzz.{target}", *sys.argv[2:]], TARGETS[target])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
