"""How good the answers are, against questions whose answers are known.

    gold        questions with their answers, and the scores expected of them
    quantities  when two values with units are the same
    scoring     one answer → its scores
    causes      why an answer is wrong
    running     all questions asked in this process, scored
    comparing   a run kept, and what became worse since
    telling     a run as a table and its errors by cause, for people
    command     all of it behind `govreport eval`

The metrics, each between 0 and 1: `right` the answer is the known one, cited from where it stands; `exact` the figures
are the known ones, wherever cited; `at1` the first citation holds the sentence; `abstained` no answer though there is
one; `reason` the refusal's reason; `verdict` of targets; `faithful` every citation is a slice of its source and every
figure told lies in one.
"""
