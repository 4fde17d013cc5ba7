"""The conversation in a browser (`govreport web`), and the reports' text with the cited sentence marked."""

from __future__ import annotations
