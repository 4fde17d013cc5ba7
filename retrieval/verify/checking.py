"""A text held against the reports of a store: claim by claim, each with its verdict and the sentences that bear it out."""
