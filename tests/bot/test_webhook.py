"""Updates pushed by the server, and what is pushed by somebody else."""

from __future__ import annotations

import http.client
import json
import socket
import time
from collections.abc import Callable, Iterator

import pytest

from tests.peer import Peer
from tests.support.program import Bot

PATH = "/telegram/hook"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def hooked(bot_of: Callable[..., Bot], peer: Peer, port: int) -> Iterator[Peer]:
    with bot_of(WEBHOOK_URL=f"http://127.0.0.1:{port}{PATH}", WEBHOOK_PORT=str(port)):
        peer.wait(lambda: peer.webhook)
        yield peer


def post(port: int, secret: str | None, body: bytes, **how: str) -> int:
    path, method, kind = how.get("path", PATH), how.get("method", "POST"), how.get("kind", "application/json")
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    headers = {"Content-Type": kind} | ({"X-Telegram-Bot-Api-Secret-Token": secret} if secret is not None else {})
    try:
        connection.request(method, path, body, headers)
        return connection.getresponse().status
    except (ConnectionError, http.client.HTTPException):
        return 0  # shut in our face
    finally:
        connection.close()


def update(number: int, text: str) -> bytes:
    chat = {"id": 7, "type": "private"}
    who = {"id": 7, "is_bot": False, "first_name": "某人"}
    message = {"message_id": number, "date": int(time.time()), "chat": chat, "from": who, "text": text}
    return json.dumps({"update_id": number, "message": message}).encode()


def test_pushed_updates_are_answered_once(hooked: Peer, port: int):
    secret = hooked.webhook["secret"]
    assert len(secret) >= 32
    for _ in range(2):
        assert post(port, secret, update(1, "辽阳2023年粮食产量是多少")) == 200
    assert post(port, secret, update(2, "蔬菜呢")) == 200
    hooked.wait(lambda: len(hooked.texts(7)) == 2)
    assert "85.9 万吨" in hooked.texts(7)[1]
    assert not [call for call in hooked.calls if call.method == "deleteWebhook"]


def test_what_is_not_from_the_server_is_refused_cheaply(hooked: Peer, port: int):
    secret = hooked.webhook["secret"]
    good = update(9, "辽阳2023年粮食产量是多少")
    assert post(port, None, good) == 403
    assert post(port, "x" * 64, good) == 403
    assert post(port, "密".encode().decode("latin-1"), good) == 403
    assert post(port, secret, good, path="/") == 404
    assert post(port, secret, b"", method="GET") == 405
    assert post(port, secret, good, kind="text/plain") == 415
    for garbage in (b"", b"{", b"[]", b"\xff\xfe", b"[" * 100_000, b'{"update_id": "1"}', b'{"update_id": 1e99}'):
        assert post(port, secret, garbage) == 400
    assert post(port, secret, b" " * (2 << 20)) in {0, 400}
    start = time.monotonic()
    assert post(port, None, b" " * (50 << 20)) in {0, 400, 403}
    assert time.monotonic() - start < 5
    assert post(port, secret, update(10, "蔬菜产量")) == 200
    hooked.wait(lambda: len(hooked.texts(7)) == 1)
    assert "85.9 万吨" in hooked.texts(7)[0]


def test_a_secret_of_one_s_own(bot_of: Callable[..., Bot], peer: Peer, port: int):
    own = "my_secret-1"
    with bot_of(WEBHOOK_URL=f"http://127.0.0.1:{port}/", WEBHOOK_PORT=str(port), WEBHOOK_SECRET=own):
        peer.wait(lambda: peer.webhook)
        assert peer.webhook["secret"] == own
        assert post(port, own, update(1, "/help"), path="/") == 200
        peer.wait(lambda: peer.texts(7))
