"""Settings: every one has a default and stands in bot.toml; every fault is told at once; secrets stay secret."""

import tomllib
from pathlib import Path

import pytest

from bot.settings import SETTINGS, SettingsFaults, load

ROOT = Path(__file__).parent.parent


def _written(folder: Path, text: str) -> Path:
    path = folder / "bot.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_everything_has_its_default(tmp_path: Path) -> None:
    """No bot.toml and no environment is a working setup."""
    settings = load(tmp_path / "bot.toml", {})
    assert settings.values == {setting.name: setting.default for setting in SETTINGS}
    assert settings.database == "data/bot.db"
    assert not settings.secrets.discord
    assert not settings.secrets.slack


def test_bot_toml_shows_every_setting_with_its_default_and_its_comment() -> None:
    """The file that ships is the list of settings: names, defaults and what each is for."""
    text = (ROOT / "bot.toml").read_text(encoding="utf-8")
    flat = {
        f"{table}.{name}": value
        for table, entries in tomllib.loads(text).items()
        for name, value in entries.items()
    }
    assert flat == {setting.name: setting.default for setting in SETTINGS}
    assert [setting.name for setting in SETTINGS if f"# {setting.help}\n" not in text] == []


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    """Wrong values, unknown names and half a set of tokens are all in one answer."""
    path = _written(
        tmp_path, '[quiz]\nseconds = "soon"\npoints_rigt = 2\n[community]\nzone = "Europe/Lundon"\n'
    )
    with pytest.raises(SettingsFaults) as caught:
        load(
            path,
            {
                "SLACK_BOT_TOKEN": "xoxb-1",
                "DATABASE_URL": "postgres://x",
                "LOG_LEVEL": "loud",
                "PORT": "http",
            },
        )
    assert caught.value.faults == [
        "bot.toml: quiz.seconds is 'soon'; it takes a whole number from 3 to 600.",
        "bot.toml: there is no setting quiz.points_rigt. Did you mean quiz.points_right?",
        "bot.toml: community.zone is 'Europe/Lundon'; it takes an IANA time zone such as Europe/London.",
        "PORT is 'http'; it takes a number from 0 to 65,535.",
        (
            "Slack needs SLACK_APP_TOKEN beside SLACK_BOT_TOKEN (Socket Mode), or SLACK_SIGNING_SECRET (HTTP); neither is "
            "set. docs/slack.md says where they are found."
        ),
        "DATABASE_URL is not a SQLite file; it looks like sqlite:///data/bot.db.",
        "LOG_LEVEL is LOUD; it takes DEBUG, INFO, WARNING or ERROR.",
    ]


def test_a_file_that_is_no_toml_is_said_to_be_none(tmp_path: Path) -> None:
    """A slip in the file is told with its place, not with a trace."""
    with pytest.raises(SettingsFaults) as caught:
        load(_written(tmp_path, "[quiz\n"), {})
    assert caught.value.faults[0].startswith("bot.toml is not valid TOML: ")


def test_secrets_do_not_show_in_what_is_printed(tmp_path: Path) -> None:
    """A settings object in a log or an error holds no token."""
    settings = load(tmp_path / "bot.toml", {"DISCORD_TOKEN": "very-secret"})
    assert "very-secret" not in repr(settings)


def test_slack_over_http_needs_a_port(tmp_path: Path) -> None:
    """With a signing secret alone, Slack's requests must have somewhere to come in."""
    tokens = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s"}
    with pytest.raises(SettingsFaults) as caught:
        load(tmp_path / "bot.toml", tokens)
    assert caught.value.faults == ["Slack over HTTP needs PORT, where its requests come in; it is not set."]
    assert load(tmp_path / "bot.toml", {**tokens, "PORT": "8080"}).secrets.slack_over_http


def test_half_of_slacks_tokens_is_not_enough(tmp_path: Path) -> None:
    """An app token without the bot's is told, with where it is found."""
    with pytest.raises(SettingsFaults) as caught:
        load(tmp_path / "bot.toml", {"SLACK_APP_TOKEN": "xapp-1"})
    assert caught.value.faults == [
        "Slack needs SLACK_BOT_TOKEN, which is not set. docs/slack.md says where it is found."
    ]
