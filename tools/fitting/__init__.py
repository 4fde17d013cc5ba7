"""The parts of `tools/fit_answers.py`: from question sets and stores to the weights of the answering core."""
