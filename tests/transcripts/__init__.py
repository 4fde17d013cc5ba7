"""Conversations held with the bot and in the console, as files to be reviewed: what people do, what they see.

`golden/*.txt` are the conversations, `reports/` the invented reports they are about (nothing in them is real), beside
the sample. `python -m tests.transcripts write` holds them anew, `draw` shows them as a chat.
"""
