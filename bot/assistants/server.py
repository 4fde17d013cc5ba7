"""Serves the tools over standard input and output, one call after the other beside a loop that stays free."""

from __future__ import annotations

import asyncio
import json
import logging
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar

from mcp import MCPError, types
from mcp.server import Server, ServerRequestContext
from mcp.server.stdio import stdio_server
from pydantic import ValidationError

from bot.assistants.shapes import ErrorJson
from bot.assistants.tools import INSTRUCTIONS, TOOLS, Tool, schema_of
from bot.assistants.trouble import bad_arguments, error
from bot.home import Shelf

__all__ = ["run"]

T = TypeVar("T")
_BY_NAME = {tool.name: tool for tool in TOOLS}
_READS = types.ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)


def run(data: Path | None) -> None:
    """Until standard input ends. Raises StoreError and BadSettings before anything is served."""
    # Standard output belongs to the protocol; what goes wrong is told on standard error.
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s %(message)s")
    asyncio.run(_serve(data))


async def _serve(data: Path | None) -> None:
    # The store belongs to the thread that opens it.
    with ThreadPoolExecutor(1, "engine") as thread:
        loop = asyncio.get_running_loop()

        async def beside(work: Callable[[], T]) -> T:
            return await loop.run_in_executor(thread, work)

        shelf = await beside(lambda: Shelf(data))
        # A thread waits for input and cannot be called off. Nothing is being written: the process may end at once.
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_DFL)
        warming = loop.run_in_executor(thread, shelf.engine.warm)
        async with stdio_server() as (incoming, outgoing):
            server = _server(lambda tool, given: beside(lambda: _called(shelf, tool, given)))
            await server.run(incoming, outgoing, server.create_initialization_options())
        await warming
        await beside(shelf.engine.close)


def _server(call: Callable[[Tool, dict[str, Any]], Any]) -> Server[Any]:
    async def listed(_: ServerRequestContext[Any], __: types.PaginatedRequestParams | None) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[_told(tool) for tool in TOOLS])

    async def called(_: ServerRequestContext[Any], params: types.CallToolRequestParams) -> types.CallToolResult:
        tool = _BY_NAME.get(params.name)
        if tool is None:
            raise MCPError(types.INVALID_PARAMS, f"no tool {params.name[:60]}; there are {', '.join(_BY_NAME)}")
        result: types.CallToolResult = await call(tool, params.arguments or {})
        return result

    return Server(
        "govreport",
        version=version("govreport"),
        title="问政 govreport",
        instructions=INSTRUCTIONS,
        on_list_tools=listed,
        on_call_tool=called,
    )


def _told(tool: Tool) -> types.Tool:
    return types.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=schema_of(tool.takes),
        output_schema=schema_of(tool.gives),
        annotations=_READS,
    )


def _called(shelf: Shelf, tool: Tool, arguments: dict[str, Any]) -> types.CallToolResult:
    """In the engine's thread."""
    try:
        given = tool.takes.model_validate(arguments)
    except ValidationError as problem:
        return _failed(bad_arguments(problem))
    try:
        result: Any = tool.run(shelf.engine, given)
    except Exception as problem:  # whatever one call breaks, the next is served
        return _failed(error(problem))
    text = json.dumps(result, ensure_ascii=False)
    return types.CallToolResult(content=_content(text), structured_content=json.loads(text))


def _failed(told: ErrorJson) -> types.CallToolResult:
    """Without structured content: the output schema is that of results."""
    text = json.dumps({"error": told}, ensure_ascii=False)
    return types.CallToolResult(content=_content(text), is_error=True)


def _content(text: str) -> list[types.ContentBlock]:
    return [types.TextContent(type="text", text=text)]
