"""The product's faces: command line, console and Telegram. Everything it knows about reports comes from `retrieval`."""
