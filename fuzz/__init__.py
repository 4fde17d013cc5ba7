"""Hostile bytes for what reads files, figures, questions and updates: targets, seeds, the fuzzer that drives them."""
