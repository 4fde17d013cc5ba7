"""What the fuzzer starts from: a bare fuzzer finds no Chinese sentence."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from tests.support.docx import docx, paragraph, part

__all__ = ["seeds"]

_SPEC = Path(__file__).parents[1] / "tests" / "spec"
# Of so many strings of the cases one is taken: enough to start from.
_EACH = 12


def seeds(target: str) -> Iterator[bytes]:
    """Some inputs of a target, all of them well-formed."""
    report = next(iter(files("govreport_data").joinpath("reports").iterdir())).read_bytes()
    match target:
        case "readers":
            yield b"\x00" + report[:4000]
            yield b"\x01---\nplace: x\n---\n" + report[:2000]
            yield b"\x02<html><body><table><tr><td>" + report[:3000] + b"</td></tr></table></body></html>"
            body = "".join(paragraph(line) for line in report.decode()[:900].split("\n"))
            yield b"\x03" + docx({"word/document.xml": part(f"<w:body>{body}</w:body>")})
            empty = io.BytesIO()
            zipfile.ZipFile(empty, "w").close()
            yield b"\x03" + empty.getvalue()
            yield b"\x00" + report[:1200].decode("utf-8", "ignore").encode("gb18030")
            yield b"\x00" + report[:1200].decode("utf-8", "ignore").encode("utf-16")
        case "reports":
            yield report[:6000]
            yield report[6000:9000]
            yield report[:3000].decode("utf-8", "ignore").encode("gb18030")
        case "updates":
            yield from (json.dumps(update, ensure_ascii=False).encode() for update in _updates())
        case _:
            yield from (text.encode() for text in _strings())


def _strings() -> Iterator[str]:
    number = 0
    for path in sorted(_SPEC.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            for value in json.loads(line).values():
                if isinstance(value, str) and len(value) > 4:
                    number += 1
                    if number % _EACH == 0:
                        yield value[:600]


def _updates() -> Iterator[dict[str, object]]:
    who = {"id": 7, "is_bot": False, "first_name": "某人", "language_code": "zh-hans"}
    chat = {"id": 7, "type": "private", "first_name": "某人"}
    group = {"id": -100, "type": "supergroup", "title": "群"}
    message = {"message_id": 5, "date": 1700000000, "chat": chat, "from": who}
    mention = [{"type": "mention", "offset": 0, "length": 13}]
    yield {"update_id": 1, "message": message | {"text": "辽阳2023年粮食产量是多少"}}
    yield {"update_id": 1, "edited_message": message | {"text": "蔬菜呢", "edit_date": 1700000001}}
    yield {"update_id": 1, "message": message | {"chat": group, "text": "@wenzheng_bot 粮食", "entities": mention}}
    command = [{"type": "bot_command", "offset": 0, "length": 6}]
    yield {"update_id": 1, "message": message | {"text": "/start x", "entities": command}}
    file = {"file_id": "f", "file_unique_id": "u", "file_name": "a.pdf", "file_size": 10}
    yield {"update_id": 1, "message": message | {"document": file, "caption": "/ingest"}}
    yield {"update_id": 1, "message": message | {"sticker": {"file_id": "f"}, "media_group_id": "1"}}
    yield {"update_id": 1, "message": message | {"reply_to_message": message | {"text": "x"}, "text": "y"}}
    tap = {"id": "9", "from": who, "chat_instance": "1", "data": "q:1", "message": message}
    yield {"update_id": 1, "callback_query": tap}
    yield {"update_id": 1, "inline_query": {"id": "9", "from": who, "query": "粮食", "offset": ""}}
    yield {"update_id": 1, "my_chat_member": {"chat": chat, "from": who, "date": 1}}
