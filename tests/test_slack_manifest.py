"""The app's manifest: complete, within Slack's limits, and with the same scopes as the documentation."""

import json
from pathlib import Path

import pytest

from adapters.slack.manifest import APP_SCOPE, EVENTS, SCOPES, manifest
from bot.core.catalogue import catalogue
from bot.core.effects import Choice
from bot.core.errors import BotFault
from bot.core.registry import Command, Kind, Parameter, Registry, Submission
from bot.core.request import Request
from bot.describing import slack_manifest
from tests.local_slack import SCOPES as GRANTED

DOCS = Path(__file__).parent.parent / "docs" / "slack.md"


def _unused(_: Request) -> list[object]:
    raise AssertionError("a manifest runs no command")


def _command(name: str, *parameters: Parameter) -> Command:
    return Command(
        name=name,
        help=f"What {name} does",
        example=f"/{name}",
        parameters=parameters,
        handler=_unused,  # type: ignore[arg-type]  # never called
    )


REGISTRY = Registry(
    (
        _command("quote", Parameter(name="about", help="A topic"), Parameter(name="by", help="A speaker")),
        _command(
            "quiz",
            Parameter(
                name="kind",
                help="Which",
                kind=Kind.CHOICE,
                choices=(Choice("who", "who"), Choice("fact", "fact")),
            ),
            Parameter(name="rounds", help="How many", kind=Kind.NUMBER),
        ),
        _command("search", Parameter(name="text", help="Words", required=True)),
        _command("score"),
        _command("schedule add"),
        _command("schedule list"),
        _command("schedule preview"),
    )
)


def test_every_command_stands_in_the_manifest_once() -> None:
    """Single commands have their help and usage, a group is one command with its members as the hint."""
    commands = manifest(REGISTRY)["features"]["slash_commands"]
    assert [(each["command"], each["description"], each.get("usage_hint")) for each in commands] == [
        ("/hr-quote", "What quote does", "[about] [by]"),
        ("/hr-quiz", "What quiz does", "[who|fact] [rounds]"),
        ("/hr-search", "What search does", "text"),
        ("/hr-score", "What score does", None),
        ("/hr-schedule", "Schedule: add, list or preview", "add | list | preview"),
    ]
    assert all(each["should_escape"] for each in commands)


def test_menu_of_a_message_stands_in_the_manifest() -> None:
    """What the registry offers on messages is a message shortcut, whose callback is the token that answers it."""
    sent = Submission(name="suggest:message", handler=_unused, on_message="Suggest my message")  # type: ignore[arg-type]
    (shortcut,) = manifest(Registry((sent,)))["features"]["shortcuts"]
    assert (shortcut["name"], shortcut["type"], shortcut["callback_id"]) == (
        "Suggest my message",
        "message",
        "1:suggest:message",
    )
    too_long = Submission(name="suggest:message", handler=_unused, on_message="Suggest this message of mine")  # type: ignore[arg-type]
    with pytest.raises(BotFault):
        manifest(Registry((too_long,)))


def test_manifest_keeps_slacks_limits() -> None:
    """Name, descriptions and commands are as long as Slack takes them."""
    made = manifest(REGISTRY)
    shown = made["display_information"]
    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert 174 <= len(shown["long_description"]) <= 4_000
    for each in made["features"]["slash_commands"]:
        assert len(each["command"]) <= 32
        assert len(each["description"]) <= 2_000
        assert len(each.get("usage_hint", "")) <= 1_000


def test_socket_mode_needs_no_address() -> None:
    """Without an address Socket Mode is on and no address stands anywhere."""
    made = manifest(REGISTRY)
    assert made["settings"] == {
        "event_subscriptions": {"bot_events": ["app_home_opened", "app_uninstalled", "tokens_revoked"]},
        "interactivity": {"is_enabled": True},
        "org_deploy_enabled": False,
        "socket_mode_enabled": True,
        "token_rotation_enabled": False,
    }
    assert not any("url" in each for each in made["features"]["slash_commands"])


def test_http_mode_has_its_address_everywhere() -> None:
    """With an address every command, the events and the interactivity lead there, and Socket Mode is off."""
    address = "https://bot.example.org/slack/events"
    made = manifest(REGISTRY, request_url=address)
    assert {each["url"] for each in made["features"]["slash_commands"]} == {address}
    assert made["settings"]["event_subscriptions"]["request_url"] == address
    assert made["settings"]["interactivity"]["request_url"] == address
    assert made["settings"]["socket_mode_enabled"] is False


def test_prefix_is_the_hosts() -> None:
    """Another prefix gives other names; none at all is possible."""
    names = {
        prefix: manifest(REGISTRY, prefix)["features"]["slash_commands"][0]["command"]
        for prefix in ("hr-", "regiments-", "")
    }
    assert names == {"hr-": "/hr-quote", "regiments-": "/regiments-quote", "": "/quote"}


@pytest.mark.parametrize("prefix", ["a-prefix-that-is-much-too-long-for-slack-", "HR-"])
def test_name_that_slack_refuses_is_refused_here(prefix: str) -> None:
    """A name that is too long, or not in lower case, is a fault before Slack sees it."""
    with pytest.raises(BotFault):
        manifest(REGISTRY, prefix)


def test_more_than_fifty_commands_are_refused_here() -> None:
    """Slack takes fifty."""
    commands = [_command(f"number{number}") for number in range(51)]
    assert len(manifest(Registry(commands[:50]))["features"]["slash_commands"]) == 50
    with pytest.raises(BotFault):
        manifest(Registry(commands))


def test_scopes_are_those_the_local_slack_grants() -> None:
    """What the bot asks for is a part of what the tests grant it, each with a reason."""
    assert set(SCOPES) <= set(GRANTED)
    assert manifest(REGISTRY)["oauth_config"]["scopes"]["bot"] == list(SCOPES)
    assert all(reason.startswith(("to ", "the same ")) for reason in SCOPES.values())


def test_documentation_gives_every_scope_and_event_with_its_reason() -> None:
    """The tables of docs/slack.md are those of the manifest."""
    text = DOCS.read_text(encoding="utf-8")
    for name, reason in {**SCOPES, **EVENTS}.items():
        assert f"| `{name}` | {reason} |" in text
    assert f"`{APP_SCOPE}`" in text


@pytest.mark.parametrize(
    "address",
    ["http://bot.example.org/slack/events", "https://bot.example.org", "https://bot.example.org/\n", ""],
)
def test_address_at_which_nobody_listens_is_refused(address: str) -> None:
    """A manifest with such an address would be taken by Slack, and no request would ever arrive."""
    with pytest.raises(ValueError, match="begins with https"):
        slack_manifest("hr-", address)


def test_manifest_of_the_real_registry_is_complete() -> None:
    """What is printed for a host holds every command, and is valid JSON for both ways of connecting."""
    for address in (None, "https://bot.example.org/slack/events"):
        made = json.loads(slack_manifest("hr-", address))
        words = {each["command"].removeprefix("/hr-") for each in made["features"]["slash_commands"]}
        assert words == {name.partition(" ")[0] for name in catalogue().commands}
        assert [each["callback_id"] for each in made["features"]["shortcuts"]] == ["1:suggest:message"]
