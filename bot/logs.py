"""Logs: sentences on a terminal, JSON elsewhere; nothing that looks like a token ever leaves.

No member's words are logged anywhere: messages are static, and what varies stands in named extras.
"""

import json
import logging
import re
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from types import TracebackType

_TOKEN = re.compile(
    r"xox[a-z][-.][\w.-]+|xapp-[\w-]+|[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}|(?<=Bot )[\w.-]{20,}|(?<=Bearer )[\w.-]{20,}"
    r"|(?<=/interactions/)\d+/[\w.-]+|(?<=/webhooks/)\d+/[\w.-]+|(?<=hooks\.slack\.com/)[\w./-]+|(?<=ticket=)[\w%-]+"
    r"|(?<=v0=)[0-9a-f]{64}|(?<=://)[^/\s:@]+:[^/\s@]+(?=@)"
)
_SHORTEST = 6
"""Characters that a secret must have to be looked for: less stands in too many words."""
log = logging.getLogger(__name__)
_PLAIN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName", "color_message"}


_hidden: list[str] = []


def hide(secrets: Iterable[str]) -> None:
    """Take these out of everything that is written from now on, whatever they look like."""
    found = {each for each in secrets if len(each) >= _SHORTEST} | set(_hidden)
    _hidden[:] = sorted(found, key=len, reverse=True)


def redact(text: str) -> str:
    """Take out the secrets there are, and everything that looks like a token."""
    for each in _hidden:
        text = text.replace(each, "[redacted]")
    return _TOKEN.sub("[redacted]", text)


def unexpected(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Log what nobody has caught, in place of Python's own words, which would tell everything."""
    if not logging.getLogger().handlers:
        set_up("INFO")
    log.critical("the bot has ended with a fault of its own", exc_info=(kind, error, trace))


class _Lines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "from": record.name,
            "message": record.getMessage(),
            **_extras(record),
        }
        if record.exc_info:
            entry["trace"] = self.formatException(record.exc_info)
        return redact(json.dumps(entry, ensure_ascii=False, default=str))


class _Sentences(logging.Formatter):
    """A line for a person."""

    def format(self, record: logging.LogRecord) -> str:
        extras = " ".join(f"{name}={value}" for name, value in _extras(record).items())
        text = f"{record.levelname.lower()}: {record.getMessage()}{f' ({extras})' if extras else ''}"
        if record.exc_info:
            text += f"\n{self.formatException(record.exc_info)}"
        return redact(text)


def set_up(level: str) -> None:
    """Send logs to standard error, in the form that fits whoever reads it."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Sentences() if sys.stderr.isatty() else _Lines())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    for noisy in ("apscheduler", "discord", "slack_bolt", "slack_sdk", "aiohttp.access"):
        logging.getLogger(noisy).setLevel(max(logging.WARNING, logging.getLevelName(level)))


def _extras(record: logging.LogRecord) -> dict[str, object]:
    return {name: value for name, value in vars(record).items() if name not in _PLAIN}
