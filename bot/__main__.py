"""`python -m bot` is `govreport`."""

from bot.cli import main

main()
