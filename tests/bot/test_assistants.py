"""The tools for assistants, asked by the protocol's own client over standard input and output of a process."""

from __future__ import annotations

import asyncio
import json
import re
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from retrieval import Engine
from tests.support.program import environment, run

mcp = pytest.importorskip("mcp", reason="an extra")

_EXAMPLE = Path(__file__).parents[2] / "bot" / "example"
# Of each tool a call that is answered, with what goes wrong in some of its items.
CALLS: dict[str, dict[str, Any]] = {
    "ask": {
        "questions": [
            {"question": "辽阳2023年粮食产量是多少"},
            {"question": "蔬菜呢", "before": ["辽阳2023年粮食产量是多少"]},
            {"question": "？"},
            {"question": "2024年GDP目标", "before": ["辽阳2023年粮食产量是多少"]},
            {"question": "临澜和望溪2022年GDP增速差多少"},
        ]
    },
    "reports": {"place": "澜山省", "from_year": 2022, "limit": 2},
    "figures": {"reports": ["辽阳市-2024", "火星-2024"], "contains": "产量", "limit": 1},
    "series": {
        "series": [
            {"place": "临澜", "indicator": "GDP增速", "from_year": 2021},
            {"place": "火星", "indicator": "GDP"},
            {"place": "临澜", "indicator": "GDP", "from_year": 2023, "to_year": 2020},
        ]
    },
    "panel": {"places": ["临澜市", "火星市"], "indicators": ["GDP"], "from_year": 2022},
    "verify": {
        "texts": [
            {"text": "粮食产量达到111.6万吨，一般公共预算收入增长8.7%。", "place": "辽阳市", "year": 2023},
            {"text": "粮食产量达到111.6万吨。"},
        ]
    },
    "report_text": {
        "slices": [
            {"report": "辽阳市-2024", "start": 10, "end": 40},
            {"report": "火星-2024"},
            {"report": "辽阳市-2024", "start": 5, "end": 10**9},
        ],
        "sections": True,
    },
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("assistants")
    engine = Engine.open_default(folder / "share" / "govreport")
    engine.ingest([_EXAMPLE])
    engine.close()
    return folder


@pytest.fixture(scope="module")
def told(home: Path) -> Any:
    """What each call of CALLS gave, and the tools themselves."""

    async def every(client: Any) -> dict[str, Any]:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        return {"tools": tools} | {name: await client.call_tool(name, given) for name, given in CALLS.items()}

    return with_client(home, every)


def with_client(home: Path, use: Callable[[Any], Awaitable[Any]], mode: str = "auto") -> Any:
    """What `use` makes of a client that is connected to a process of its own."""

    async def inside() -> Any:
        command = mcp.StdioServerParameters(
            command=sys.executable, args=["-m", "bot", "mcp"], env=environment(home), cwd=home
        )
        async with mcp.Client(command, mode=mode, read_timeout_seconds=100) as client:
            return await use(client)

    return asyncio.run(inside())


def items(told: dict[str, Any], name: str) -> list[dict[str, Any]]:
    result = told[name].structured_content["items"]
    assert isinstance(result, list)
    return result


def values(found: Any) -> Iterator[dict[str, Any]]:
    """Everything in a result that is a value with a citation."""
    if isinstance(found, dict):
        if "surface" in found and "citation" in found:
            yield found
        found = list(found.values())
    if isinstance(found, list):
        for one in found:
            yield from values(one)


def test_every_tool_says_that_it_only_reads(told: dict[str, Any]):
    assert set(told["tools"]) == set(CALLS)
    for tool in told["tools"].values():
        hints = tool.annotations
        assert (hints.read_only_hint, hints.destructive_hint, hints.open_world_hint) == (True, False, False)
        assert tool.title
        assert len(tool.description) > 40


@pytest.mark.parametrize("name", CALLS)
def test_a_result_is_an_object_that_keeps_to_its_schema(told: dict[str, Any], name: str):
    tool, result = told["tools"][name], told[name]
    for schema, given in ((tool.input_schema, CALLS[name]), (tool.output_schema, result.structured_content)):
        assert schema["type"] == "object"
        Draft202012Validator.check_schema(schema)
        closed = schema | {"additionalProperties": False}
        assert [problem.message for problem in Draft202012Validator(closed).iter_errors(given)] == []
    assert not result.is_error
    assert json.loads(result.content[0].text) == result.structured_content


def test_every_value_is_the_slice_its_citation_says(home: Path, told: dict[str, Any]):
    engine = Engine.open(home / "share" / "govreport")
    seen = [value for name in CALLS for value in values(told[name].structured_content)]
    assert len(seen) > 15
    for value in seen:
        citation = value["citation"]
        text = engine.text(citation["report"])
        assert text[value["start"] : value["end"]] == value["surface"]
        assert text[citation["start"] : citation["end"]] == citation["quote"]
        assert citation["start"] <= value["start"] < value["end"] <= citation["end"]
        assert value["report_year"] == citation["report_year"]
        assert citation["source"]
    engine.close()


def test_questions_are_answered_one_by_one(told: dict[str, Any]):
    first, second, bad, refused, compared = items(told, "ask")
    (grain,) = first["answer"]["values"]
    assert (grain["surface"], grain["data_year"], grain["report_year"]) == ("111.6 万吨", 2023, 2024)
    assert [value["surface"] for value in second["answer"]["values"]] == ["85.9 万吨"]
    assert not bad["ok"]
    assert bad["error"]["code"] == "bad_question"
    assert bad["error"]["retry"] == "changed"
    assert refused["ok"]
    assert (refused["answer"]["kind"], refused["answer"]["reason"]) == ("none", "cut_off")
    assert refused["answer"]["nearest"]
    assert compared["answer"]["computed"][0]["citations"]


def test_series_and_panel_keep_years_of_data_and_of_report_apart(told: dict[str, Any]):
    series, nowhere, turned = items(told, "series")
    assert series["ok"]
    assert [value["data_year"] for value in series["values"]] == [2021, 2022, 2023]
    assert [value["report_year"] for value in series["values"]] == [2022, 2023, 2024]
    assert nowhere["error"]["retry"] == turned["error"]["retry"] == "changed"
    panel, missing = items(told, "panel")
    both = [row for row in panel["rows"] if row["target"] and row["result"]]
    assert both
    for row in both:
        assert row["target"]["report_year"] == row["data_year"] == row["target"]["data_year"]
        assert row["result"]["report_year"] == row["data_year"] + 1
    assert missing["error"]["code"] == "nothing_found"


def test_reports_and_figures_come_in_pages(home: Path, told: dict[str, Any]):
    page = told["reports"].structured_content
    assert page["total"] == 3
    assert len(page["reports"]) == page["next_offset"] == 2
    figures, unknown = items(told, "figures")
    assert figures["total"] > 1
    assert figures["next_offset"] == len(figures["values"]) == 1
    assert unknown["error"]["code"] == "unknown_report"
    assert "reports" in unknown["error"]["how"]

    async def rest(client: Any) -> Any:
        given = CALLS["figures"] | {"reports": ["辽阳市-2024"], "offset": 1, "limit": 100}
        pages = [(await client.call_tool("figures", given)).structured_content["items"][0]]
        for offset in (0, 2):
            given = {"places": ["临澜"], "offset": offset, "limit": 2}
            pages.append((await client.call_tool("panel", given)).structured_content["items"][0])
        return pages

    after, first, second = with_client(home, rest, "legacy")
    assert after["next_offset"] is None
    assert len(after["values"]) == after["total"] - 1 == figures["total"] - 1
    assert (first["next_offset"], second["next_offset"]) == (2, 4)
    assert first["total"] == second["total"] > 4
    assert [row for row in first["rows"] if row in second["rows"]] == []


def test_a_text_is_checked_or_asked_about(told: dict[str, Any]):
    checked, asked = items(told, "verify")
    assert checked["check"]["counts"] == {"different": 1, "near": 0, "same": 1, "unfound": 0}
    wrong = next(finding for finding in checked["check"]["findings"] if finding["verdict"] == "different")
    assert (wrong["surface"], wrong["cause"], wrong["evidence"]["direction"]) == ("8.7%", "sign", -1)
    assert not asked["ok"]
    assert asked["check"]["asks"] == "unplaced"
    assert "place" in asked["error"]["how"]


def test_a_text_is_given_as_read(home: Path, told: dict[str, Any]):
    part, unknown, beyond = items(told, "report_text")
    engine = Engine.open(home / "share" / "govreport")
    text = engine.text("辽阳市-2024")
    engine.close()
    assert part["text"] == text[10:40]
    assert part["length"] == len(text)
    assert all(text[s["start"] : s["end"]].strip() for s in part["sections"])
    assert (unknown["error"]["code"], beyond["error"]["code"]) == ("unknown_report", "too_large")


def test_what_is_wrong_with_a_call_says_whether_to_try_again(home: Path):
    async def calls(client: Any) -> list[Any]:
        out = []
        for name, given in (("ask", {"questions": []}), ("ask", {"asked": "x" * 10_000}), ("reports", {"limit": "x"})):
            result = await client.call_tool(name, given)
            assert result.is_error
            out.append(json.loads(result.content[0].text)["error"])
        with pytest.raises(mcp.MCPError, match="report_text"):
            await client.call_tool("remove", {})
        # What went wrong ended nothing.
        assert not (await client.call_tool("reports", {})).is_error
        return out

    for error in with_client(home, calls):
        assert (error["code"], error["retry"]) == ("bad_arguments", "changed")
        assert "inputSchema" in error["how"]
        assert len(error["message"]) < 300


def test_the_page_shows_a_configuration_and_every_tool(told: dict[str, Any]):
    page = (Path(__file__).parents[2] / "docs" / "mcp.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"(?ms)^```json\n(.*?)^```", page)
    (server,) = json.loads(block)["mcpServers"].values()
    assert (server["command"], server["args"]) == ("govreport", ["mcp"])
    assert set(re.findall(r"(?m)^\| `(\w+)` \|", page)) == set(told["tools"])


def test_a_store_that_cannot_be_opened_is_told_in_one_line(tmp_path: Path):
    done = run("--data", str(tmp_path / "none"), "mcp", home=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert len(done.stderr.decode().splitlines()) == 1


def test_a_missing_extra_is_named_in_one_line(tmp_path: Path):
    code = "import sys; sys.modules['mcp'] = None; from bot.cli import main; sys.argv[1:] = ['mcp']; main()"
    command, where = [sys.executable, "-c", code], environment(tmp_path)
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env=where, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == ['要先安装 mcp：pip install "govreport[mcp]"']


@pytest.mark.parametrize("how", ["input ends", "told to stop"])
def test_it_ends_when_the_assistant_does(home: Path, how: str):
    command = [sys.executable, "-m", "bot", "mcp"]
    pipe = subprocess.PIPE
    hello = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}
    line = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello})
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, cwd=home, env=environment(home)) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(line.encode() + b"\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["result"]["serverInfo"]["name"] == "govreport"
        if how == "input ends":
            process.stdin.close()
        else:
            process.send_signal(signal.SIGTERM)
        try:
            assert process.wait(30) == (0 if how == "input ends" else -signal.SIGTERM)
            assert process.stderr.read() == b""
        finally:
            process.kill()
