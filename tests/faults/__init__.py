"""Kills and broken networks: what people asked against what they were answered, over many of both."""
