"""How good the answers are, against questions whose answers are known.

    gold        questions with their answers, and the scores expected of them
    quantities  when two values with units are the same
    scoring     one answer → its scores
    causes      why an answer is wrong
    chances     how likely the program held an answer to be right
    running     all questions asked in this process, scored
    intervals   how far a share can be trusted
    comparing   a run kept, and what became worse since
    transformations  other ways to ask the same, in one table; `halving` takes a question apart for them
    flips       right answers that are lost when asked for otherwise
    reliability the chance of answers beside how often they are right
    folds       scores by fifths of the places
    outcome     all that a run found, counted, and as JSON
    telling     the same as tables, for people
    command     all of it behind `govreport eval`

The metrics, each between 0 and 1: `right` the answer is the known one, cited from where it stands; `exact` the figures
are the known ones, wherever cited; `at1` the first citation holds the sentence; `abstained` no answer though there is
one; `reason` the refusal's reason; `verdict` of targets; `faithful` every citation is a slice of its source and every
figure told lies in one.
"""
