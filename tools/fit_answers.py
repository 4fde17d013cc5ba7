"""Makes retrieval/answer/scoring/weights.tsv: what the answering core weighs figures, readings and answers by.

    python tools/fit_answers.py --set dev=QUESTIONS.jsonl:STORE:CORPUS:0.7 --set … --hold test=… \
        --out retrieval/answer/scoring/weights.tsv --scores retrieval/answer/scoring/weights.json

STORE is a data folder that holds the reports of CORPUS, read by this version of the program. Needs the group `fit`.
docs/fitting.md tells what is learnt how. Nothing of a question is printed but its id. Development only.
"""

from __future__ import annotations

import os
import sys

# The same bytes each time: sums in one order (one thread, one order of sets of words).
_STEADY = {
    "PYTHONHASHSEED": "0",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
}


def main() -> int:
    """Fit in a process that is set up so from its start."""
    if any(os.environ.get(name) != value for name, value in _STEADY.items()):
        os.environ.update(_STEADY)
        os.execv(sys.executable, [sys.executable, *sys.argv])  # noqa: S606  itself
    from fitting.command import main as fit  # noqa: PLC0415  numpy reads the environment when it is imported

    return fit(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
