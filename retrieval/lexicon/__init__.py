"""What the program knows of words: tables beside the modules that load them, one loader for all."""
