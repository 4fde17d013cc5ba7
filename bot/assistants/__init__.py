"""The face for assistants: tools over the Model Context Protocol (`govreport mcp`), read-only."""

from __future__ import annotations
