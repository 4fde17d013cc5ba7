"""Writes docs/reference from the program itself; with --check only says which pages are out of date."""

from __future__ import annotations

import dataclasses
import inspect
import json
import re
import sys
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from types import UnionType
from typing import Any, get_origin, get_type_hints

import click
from pydantic import TypeAdapter

from bot import check_contract
from bot.check_contract import CheckJson
from bot.cli import cli
from bot.commands import COMMANDS, For
from bot.contract import VERSION, AnswerJson
from bot.settings import Settings
from retrieval import model
from retrieval.lexicon import indicators
from retrieval.lexicon.units import UnitKind, known
from tools.manual import manual

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "reference"
_MADE = "<!-- Written by `make reference`: change the program, not this page. -->"
_OFFERED = {
    For.ALL: "everywhere",
    For.PRIVATE: "private chats; answered everywhere",
    For.CONSOLE: "console",
    For.ADMIN: "keepers, on Telegram",
}


def commands() -> Iterator[str]:
    """The commands of chats and of the shell."""
    yield from ("# Commands", "", _MADE, "", "## In a chat", "")
    yield "The same on Telegram and in `govreport console`, but for what the last column says."
    yield from ("", "| command | what it does | 说明 | the same in words | offered |", "|---|---|---|---|---|")
    for one in COMMANDS:
        call = f"/{one.name} {one.argument}".strip().replace("|", "\\|")
        words = "、".join(one.words)
        yield f"| `{call}` | {one.english} | {one.summary} | {words} | {_OFFERED[one.scope]} |"
    top = click.Context(cli, info_name="govreport", **cli.context_settings)
    yield from (
        "",
        "## In a shell",
        "",
        "Exit statuses, pipes, completion: [in a shell](../shell.md).",
        "",
        *_help(cli, top),
    )
    for name in cli.list_commands(top):
        yield from ("", f"### {name}", "", *_help(cli.commands[name], click.Context(cli.commands[name], top, name)))


def _help(command: click.Command, context: click.Context) -> Iterator[str]:
    yield from ("```text", command.get_help(context).rstrip(), "```")


def settings() -> Iterator[str]:
    """What `.env.example` says of each setting, and what the program holds to be its default."""
    told = (ROOT / ".env.example").read_text(encoding="utf-8")
    (head, *rest) = re.split(r"\n\n+", told.strip())
    yield from ("# Settings", "", _MADE, "", *(line.removeprefix("# ") for line in head.splitlines()), "")
    yield from ("Read by `bot/settings.py` alone, from the environment, then from `.env`.", "")
    for block in rest:
        names = re.findall(r"(?m)^(?:# )?([A-Z_]+)=", block)
        yield from ("## " + ", ".join(f"`{name}`" for name in names), "")
        yield from (
            line[2:] for line in block.splitlines() if line.startswith("# ") and not re.match(r"# [A-Z_]+=", line)
        )
        yield ""
        for name in names:
            yield f"- `{name}`: {Settings.hints[name]}；默认{_default(Settings.model_fields[name].default)}"
        yield ""


def _default(value: object) -> str:
    return "留空" if value is None or value == frozenset() else f" `{value}`"


def lexicon() -> Iterator[str]:
    """Tables, their columns and what their heads say; units and indicators one by one."""
    yield from ("# Lexicon", "", _MADE, "")
    yield "Tables of tab-separated cells below `retrieval/lexicon`. How to add to them: [extending](../extending.md)."
    for path in sorted((ROOT / "retrieval" / "lexicon").glob("*.tsv")):
        lines = path.read_text(encoding="utf-8").splitlines()
        said = [line.removeprefix("#").strip() for line in lines if line.startswith("#")]
        columns = next(line for line in lines if line and not line.startswith("#")).split("\t")
        yield from ("", f"## {path.name}", "", " ".join(said), "", "Columns: " + ", ".join(f"`{c}`" for c in columns))
    yield from ("", "## Units by kind", "")
    for kind in filter(None, UnitKind):
        yield f"- **{kind.value}**: {'、'.join(unit for unit, own in known().items() if own.kind is kind)}"
    yield from ("", "## Indicators", "", "| id | name | group | unit | kinds | English |", "|---|---|---|---|---|---|")
    for one in indicators.load():
        cells = (one.id, one.name, one.group, one.unit, ", ".join(one.kinds), ", ".join(one.english))
        yield f"| {' | '.join(cells)} |"


def data_model() -> Iterator[str]:
    """The values of `retrieval.model`."""
    head = (inspect.getdoc(model) or "").splitlines()
    yield from (
        "# Data model",
        "",
        _MADE,
        "",
        *head,
        "",
        "As JSON: [schema](schema.md). All are importable from `retrieval.model`.",
    )
    for name in model.__all__:
        value = getattr(model, name)
        if not isinstance(value, type):
            continue
        yield from ("", f"## {name}", "", *_paragraph(value), "")
        if issubclass(value, Enum):
            yield ", ".join(f"`{member.value}`" for member in value)
            continue
        hints = get_type_hints(value)
        yield from ("| field | type | default |", "|---|---|---|")
        for field in dataclasses.fields(value):
            shown = _type(hints[field.name]).replace("|", "\\|")
            default = "" if field.default is dataclasses.MISSING else f"`{_value(field.default)}`"
            yield f"| `{field.name}` | {shown} | {default} |"


def _paragraph(value: type) -> list[str]:
    return (inspect.getdoc(value) or "").splitlines()


def _value(default: object) -> str:
    return default.value if isinstance(default, Enum) else repr(default)


def _type(hint: Any) -> str:  # noqa: ANN401  whatever an annotation may be
    if isinstance(hint, UnionType):
        return " | ".join(_type(part) for part in hint.__args__)
    if hint is Ellipsis:
        return "…"
    if get_origin(hint) is not None:
        return f"{hint.__origin__.__name__}[{', '.join(_type(part) for part in hint.__args__)}]"
    return "None" if hint is type(None) else str(hint.__name__)


def schema() -> dict[str, Any]:
    """JSON Schema of an answer."""
    return _schema(AnswerJson, f"Answer, version {VERSION}")


def check_schema() -> dict[str, Any]:
    """JSON Schema of the check of a text."""
    return _schema(CheckJson, f"Check of a text, version {check_contract.VERSION}")


def _schema(form: Any, title: str) -> dict[str, Any]:  # noqa: ANN401  a typed dictionary
    made = TypeAdapter(form).json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **_plain(made), "title": title}


def _plain(value: Any) -> Any:  # noqa: ANN401  JSON
    """Without the titles that only repeat names, paragraphs as one line."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if not isinstance(value, dict):
        return value
    kept = {key: _plain(item) for key, item in value.items() if key != "title" or not isinstance(item, str)}
    if isinstance(kept.get("description"), str):
        kept["description"] = " ".join(kept["description"].split())
    return kept


def schema_page() -> Iterator[str]:
    """The schema for people."""
    made = schema()
    yield from ("# JSON of answers", "", _MADE, "")
    yield "What `govreport ask --json`, `ask --jsonl` (an object a line) and `export -o FILE.json` write. Key `schema`"
    yield f"holds the version, {VERSION}: a key that goes or changes its meaning makes another, a new key does not."
    yield "For programs: [answer.schema.json](answer.schema.json) (JSON Schema 2020-12)."
    shapes = {"Answer": made, **made["$defs"]}
    yield from _shapes(shapes)
    other = check_schema()
    yield from ("", "# JSON of checks", "")
    yield "What `govreport verify --json` writes. For programs: [check.schema.json](check.schema.json)."
    yield from _shapes({"Check": other, **{k: v for k, v in other["$defs"].items() if k not in shapes}})


def _shapes(shapes: dict[str, Any]) -> Iterator[str]:
    for name, shape in shapes.items():
        yield from ("", f"## {name.removesuffix('Json')}", "", *str(shape.get("description", "")).splitlines(), "")
        if "enum" in shape:
            yield ", ".join(f"`{value}`" for value in shape["enum"])
            continue
        yield from ("| key | type | |", "|---|---|---|")
        for key, kind in shape["properties"].items():
            yield f"| `{key}` | {_kind(kind)} | {'' if key in shape['required'] else 'optional'} |"


def _kind(kind: dict[str, Any]) -> str:
    if "$ref" in kind:
        name = kind["$ref"].rsplit("/", 1)[1].removesuffix("Json")
        return f"[{name}](#{name.lower()})"
    if "anyOf" in kind:
        return " or ".join(_kind(part) for part in kind["anyOf"])
    if "const" in kind or "enum" in kind:
        return " or ".join(f"`{json.dumps(value)}`" for value in kind.get("enum", [kind.get("const")]))
    if kind.get("prefixItems"):
        return f"[{', '.join(_kind(item) for item in kind['prefixItems'])}]"
    if kind.get("type") == "array":
        return f"list of {_kind(kind['items'])}"
    return str(kind["type"])


def pages() -> dict[str, str]:
    """File name to text."""
    made = {
        "commands.md": commands(),
        "settings.md": settings(),
        "lexicon.md": lexicon(),
        "model.md": data_model(),
        "schema.md": schema_page(),
        "govreport.1": manual(),
    }
    texts = {name: "\n".join(lines).rstrip() + "\n" for name, lines in made.items()}
    schemas = {"answer.schema.json": schema(), "check.schema.json": check_schema()}
    return texts | {name: json.dumps(made, ensure_ascii=False, indent=1) + "\n" for name, made in schemas.items()}


def main() -> int:
    """Exit status 1 where a page was out of date and only to be checked."""
    FOLDER.mkdir(exist_ok=True)
    old = [name for name, text in pages().items() if not _same(FOLDER / name, text)]
    if sys.argv[1:] == ["--check"]:
        sys.stderr.writelines(f"docs/reference/{name} is out of date: run `make reference`\n" for name in old)
        return 1 if old else 0
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    return 0


def _same(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


if __name__ == "__main__":
    sys.exit(main())
