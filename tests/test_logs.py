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
    "https://hooks.slack.com/actions/T012/345/abcDEF",
    "wss://wss-primary.slack.com/link/?ticket=0a1b2c3d-4e5f",
    f"v0={'0123456789abcdef' * 4}",
    "xoxe.xoxp-1-Mi0yLTEyMzQ1",
    "https://host:hunter22@db.example.org/",
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


def test_a_secret_is_hidden_whatever_it_looks_like(
    written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A signing secret looks like any other number; it is known from the settings, and so is every other secret."""
    monkeypatch.setattr(logs, "_hidden", [])
    logs.hide(["8f742231b10e8888abcd99yyyzzz85a5", "", "abc"])
    logging.getLogger("x").error("wrong 8f742231b10e8888abcd99yyyzzz85a5, abc")
    assert json.loads(written.getvalue())["message"] == "wrong [redacted], abc"


def test_what_nobody_has_caught_is_logged_like_the_rest(written: io.StringIO) -> None:
    """A fault that ends the process is one line of JSON with its trace, and without the token that stands in it."""
    try:
        raise ValueError(f"wrong token {TOKENS[0]}")
    except ValueError as error:
        logs.unexpected(ValueError, error, error.__traceback__)
    entry = json.loads(written.getvalue())
    assert (entry["level"], entry["message"]) == ("CRITICAL", "the bot has ended with a fault of its own")
    assert "ValueError: wrong token [redacted]" in entry["trace"]
