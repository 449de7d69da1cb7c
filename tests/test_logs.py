"""Logs: one JSON object a line, and nothing that looks like a token in any of them."""

import io
import json
import logging
import sys
from collections.abc import Iterator

import pytest

from bot import logs

TOKENS = [
    "MTIzNDU2Nzg5MDEyMzQ1Njc4OTA.GaBcDe.abcdefghijklmnopqrstuvwxyz0123456789AB",
    "xoxb-123456789012-abcdefGHIJKL",
    "xapp-1-A0123-456-abcdef",
    "/interactions/1234567890/aW50ZXJhY3Rpb246MTIz",
    "/webhooks/1234567890/aW50ZXJhY3Rpb246MTIz",
]


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """Standard error as a file, with logging set up on it and taken down after."""
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    logs.set_up("INFO")
    yield stream
    root.handlers[:] = before
    root.setLevel(level)


@pytest.mark.parametrize("token", TOKENS)
def test_a_token_is_never_written(written: io.StringIO, token: str) -> None:
    """In the message, in an extra or in a trace, a token is replaced."""
    try:
        raise ValueError(f"wrong token {token}")
    except ValueError:
        logging.getLogger("x").exception("login with %s", token, extra={"header": f"Bot {token}"})
    assert token not in written.getvalue()
    assert "[redacted]" in written.getvalue()


def test_a_line_is_one_json_object_with_its_extras(written: io.StringIO) -> None:
    """What varies stands under its own name."""
    logging.getLogger("bot.courier").warning("a delivery did not arrive", extra={"delivery": 7})
    entry = json.loads(written.getvalue())
    assert {name: entry[name] for name in ("level", "from", "message", "delivery")} == {
        "level": "WARNING", "from": "bot.courier", "message": "a delivery did not arrive", "delivery": 7,
    }  # fmt: skip
