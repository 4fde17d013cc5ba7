"""What several tests need: where the shared data lies, cases from files, invented reports."""
