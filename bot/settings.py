"""Settings: bot.toml for what may be read by anyone, the environment for secrets and what hosts set.

Every setting is declared once, below, with its default, what it takes and what it is for; bot.toml shows them all.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import available_timezones

from bot.core.names import closest
from bot.core.ports import Rules
from bot.lasting import refusal

Value = str | int | float | bool
_HIGHEST_PORT = 65_535


class SettingsFaults(Exception):  # noqa: N818 - they are the host's, told as sentences
    """Everything that is wrong with the settings, each as a sentence that says what to do."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting of bot.toml: `table.name`, its default, what it is for, and what it takes."""

    name: str
    default: Value
    help: str
    takes: str
    check: Callable[[Value], bool]


def _number(least: int, most: int) -> tuple[str, Callable[[Value], bool]]:
    takes = f"a whole number from {least:,} to {most:,}"
    return (
        takes,
        lambda value: isinstance(value, int) and not isinstance(value, bool) and least <= value <= most,
    )


def _is_zone(value: Value) -> bool:
    return isinstance(value, str) and value in available_timezones()


def _is_prefix(value: Value) -> bool:
    plain = isinstance(value, str) and len(value) <= 16  # noqa: PLR2004 - leaves room for the longest command
    return plain and (value == "" or str(value).replace("-", "").isalnum()) and value == str(value).lower()


def _is_address(value: Value) -> bool:
    return value == "" or (
        isinstance(value, str) and re.fullmatch(r"https://[^\s/][^\s]{1,440}", value) is not None
    )


def _is_time(value: Value) -> bool:
    return isinstance(value, str) and re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value) is not None


def _is_share(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1


SETTINGS = (
    Setting(
        "community.zone",
        "Europe/London",
        "The time zone of a community that has not set its own.",
        "an IANA time zone such as Europe/London",
        _is_zone,
    ),
    Setting("quiz.seconds", 45, "How many seconds a live round stays open.", *_number(3, 600)),
    Setting("quiz.points_right", 1, "Points for a right answer.", *_number(1, 100)),
    Setting(
        "quiz.points_fast",
        0,
        "Points on top for a fast right answer in a live round; 0 is off.",
        *_number(0, 100),
    ),
    Setting("quiz.fast_seconds", 10, "How many seconds count as fast.", *_number(1, 600)),
    Setting(
        "library.share",
        0.25,
        "How much of an article in copyright may be held, as a share of its words.",
        "a number from 0 to 1",
        _is_share,
    ),
    Setting(
        "library.card_words",
        120,
        "How many words of an article in copyright one card may show.",
        *_number(1, 2_000),
    ),
    Setting(
        "documentation.address",
        "",
        "Where the folder docs can be read, for cards to link to it; empty for nowhere.",
        "an address such as https://example.org/docs, of at most 450 characters",
        _is_address,
    ),
    Setting(
        "backup.folder",
        "",
        "A folder where the running bot puts a copy of the database each night; empty for none.",
        "the path of a folder",
        lambda value: isinstance(value, str),
    ),
    Setting(
        "backup.time",
        "03:30",
        "When the copy is made, in the zone of [community].",
        "a time from 00:00 to 23:59",
        _is_time,
    ),
    Setting(
        "backup.keep", 7, "How many of these copies are kept; older ones are deleted.", *_number(1, 1_000)
    ),
    Setting(
        "slack.prefix",
        "hr-",
        "What stands before a command's name on Slack, where names are shared by all apps.",
        "at most 16 lower-case letters, digits and hyphens",
        _is_prefix,
    ),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Secrets:
    """What comes from the environment alone, and is shown nowhere."""

    discord_token: str = ""
    slack_bot_token: str = ""
    slack_app_token: str = ""
    slack_signing_secret: str = ""

    def __repr__(self) -> str:
        return "Secrets(…)"

    @property
    def every(self) -> tuple[str, ...]:
        """All of them, for whoever sees to it that none is written anywhere."""
        return (self.discord_token, self.slack_bot_token, self.slack_app_token, self.slack_signing_secret)

    @property
    def discord(self) -> bool:
        """Whether Discord is to be served."""
        return bool(self.discord_token)

    @property
    def slack(self) -> bool:
        """Whether Slack is to be served."""
        return bool(self.slack_bot_token and (self.slack_app_token or self.slack_signing_secret))

    @property
    def slack_over_http(self) -> bool:
        """Whether Slack sends what happens to $PORT, instead of over a connection of the bot's."""
        return self.slack and not self.slack_app_token


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """All settings, checked."""

    values: Mapping[str, Value]
    secrets: Secrets
    database: str
    log_level: str
    port: int | None
    discord_api: str
    slack_api: str

    @property
    def rules(self) -> Rules:
        """What the core decides by."""
        return Rules(
            quiz_seconds=int(self.values["quiz.seconds"]),
            points_right=int(self.values["quiz.points_right"]),
            points_fast=int(self.values["quiz.points_fast"]),
            fast_seconds=int(self.values["quiz.fast_seconds"]),
            library_share=float(self.values["library.share"]),
            library_card_words=int(self.values["library.card_words"]),
            documents=str(self.values["documentation.address"]).rstrip("/"),
        )


def load(path: Path, environment: Mapping[str, str]) -> Settings:
    """Read bot.toml (all defaults where there is none) and the environment.

    Raises SettingsFaults with every fault at once.
    """
    settings, faults = read(path, environment)
    if faults:
        raise SettingsFaults(faults)
    return settings


def read(path: Path, environment: Mapping[str, str]) -> tuple[Settings, list[str]]:
    """Do what `load` does, and give the faults beside settings that have the default wherever one is wrong."""
    faults: list[str] = []
    values = {setting.name: setting.default for setting in SETTINGS}
    values.update(_checked(path, faults))
    port = _port(environment.get("PORT", ""), faults)
    secrets = _secrets(environment, port, faults)
    database = _database(environment.get("DATABASE_URL", ""), faults)
    faults += filter(None, [refusal(database, environment) if database else ""])
    level = environment.get("LOG_LEVEL", "INFO").upper()
    if level not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
        faults.append(f"LOG_LEVEL is {level}; it takes DEBUG, INFO, WARNING or ERROR.")
    settings = Settings(
        values=values,
        secrets=secrets,
        database=database,
        log_level=level,
        port=port,
        discord_api=environment.get("DISCORD_API", "https://discord.com/api/v10"),
        slack_api=environment.get("SLACK_API", "https://slack.com/api/"),
    )
    return settings, faults


def _checked(path: Path, faults: list[str]) -> dict[str, Value]:
    try:
        read = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    except tomllib.TOMLDecodeError as error:
        faults.append(f"{path.name} is not valid TOML: {error}.")
        return {}
    except (OSError, UnicodeDecodeError) as error:
        faults.append(f"{path.name} cannot be read: {error}.")
        return {}
    known = {setting.name: setting for setting in SETTINGS}
    values: dict[str, Value] = {}
    for name, value in _flat(read).items():
        setting = known.get(name)
        if setting is None:
            near = closest(name, known)
            meant = f" Did you mean {near}?" if near else ""
            faults.append(f"{path.name}: there is no setting {name}.{meant}")
        elif not setting.check(value):
            faults.append(f"{path.name}: {name} is {value!r}; it takes {setting.takes}.")
        else:
            values[name] = value
    return values


def _flat(read: Mapping[str, object]) -> dict[str, Value]:
    flat: dict[str, Value] = {}
    for table, entries in read.items():
        if isinstance(entries, dict):
            flat.update({f"{table}.{name}": value for name, value in entries.items()})
        elif isinstance(entries, str | int | float | bool):
            flat[table] = entries
    return flat


def _secrets(environment: Mapping[str, str], port: int | None, faults: list[str]) -> Secrets:
    secrets = Secrets(
        discord_token=environment.get("DISCORD_TOKEN", "").strip(),
        slack_bot_token=environment.get("SLACK_BOT_TOKEN", "").strip(),
        slack_app_token=environment.get("SLACK_APP_TOKEN", "").strip(),
        slack_signing_secret=environment.get("SLACK_SIGNING_SECRET", "").strip(),
    )
    second = secrets.slack_app_token or secrets.slack_signing_secret
    if secrets.slack_bot_token and not second:
        faults.append(
            "Slack needs SLACK_APP_TOKEN beside SLACK_BOT_TOKEN (Socket Mode), or SLACK_SIGNING_SECRET (HTTP); neither "
            "is set. docs/slack.md says where they are found."
        )
    if second and not secrets.slack_bot_token:
        faults.append("Slack needs SLACK_BOT_TOKEN, which is not set. docs/slack.md says where it is found.")
    if secrets.slack_over_http and port is None:
        faults.append("Slack over HTTP needs PORT, where its requests come in; it is not set.")
    return secrets


def _port(text: str, faults: list[str]) -> int | None:
    if not text:
        return None
    if text.isascii() and text.isdigit() and int(text) <= _HIGHEST_PORT:
        return int(text)
    faults.append(f"PORT is {text!r}; it takes a number from 0 to {_HIGHEST_PORT:,}.")
    return None


def _database(url: str, faults: list[str]) -> str:
    if not url:
        return "data/bot.db"
    if not url.startswith("sqlite:///") or url == "sqlite:///":
        faults.append("DATABASE_URL is not a SQLite file; it looks like sqlite:///data/bot.db.")
        return ""
    return url.removeprefix("sqlite:///")
