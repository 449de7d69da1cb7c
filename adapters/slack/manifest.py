"""The app's manifest: what Slack needs to know of the bot, made from the registry. Loads none of Slack's libraries."""

from collections.abc import Mapping
from typing import Any

from bot.core.errors import BotFault
from bot.core.registry import Command, Kind, Registry, Submission
from bot.core.tokens import token
from bot.core.wording import listed

Json = dict[str, Any]

NAME = "Hundred Regiments"
DESCRIPTION = "Quotations, quizzes and daily excerpts for people who read and argue about politics."
LONG_DESCRIPTION = (
    "Hundred Regiments serves quotations, quizzes and a daily excerpt from a library of political articles. "
    "Every quotation names its speaker and its source, and says how surely it is theirs. "
    "Answers are private, results name nobody, and who appears on the leaderboard is each member’s own choice. "
    "Moderators schedule what is read, when and where."
)
BACKGROUND = "#2B3A55"

SCOPES: Mapping[str, str] = {
    "channels:history": "to look, after a crash, whether a post has arrived in a public channel before posting it again",
    "channels:read": "to see, when a moderator names a public channel for posts, whether it has a place there",
    "chat:write": "to post, and to edit what it has posted",
    "commands": "to hear its slash commands",
    "files:read": "to read the file that a moderator attaches to `/library import`",
    "files:write": "to send you the file with everything that is kept about you",
    "groups:history": "the same as channels:history, in private channels it was invited to",
    "groups:read": "the same as channels:read, for private channels",
    "im:write": "to open a direct message: for your file, and for notices to moderators",
    "pins:write": "to pin a post where a moderator asked for that",
    "usergroups:read": "to know who is in a user group that was set as moderators",
    "users:read": "to know your display name, and who is a workspace admin or owner",
}
"""Every scope of the bot's token, with its reason; docs/slack.md has the same table."""
APP_SCOPE = "connections:write"
"""The one scope of the app-level token, for Socket Mode."""
EVENTS: Mapping[str, str] = {
    "app_home_opened": "to show the App Home page",
    "app_uninstalled": "to tell the host that the app was removed",
    "tokens_revoked": "to tell the host that a token is no longer valid",
}

REQUEST_PATH = "/slack/events"
"""Where the bot listens for Slack, without Socket Mode."""
MOST_COMMANDS = 50
NAME_LENGTH = 32
DESCRIPTION_LENGTH = 2_000
HINT_LENGTH = 1_000
SHORTCUT_LENGTH = 24


def manifest(registry: Registry, prefix: str = "hr-", request_url: str | None = None) -> Json:
    """Make the manifest: for Socket Mode, or with the address at which Slack reaches the bot over HTTP.

    Raises BotFault when the commands are more, or their names longer, than Slack takes.
    """
    url = {"url": request_url} if request_url else {}
    commands = [_slash_command(word, registry, prefix) | url for word in _words(registry)]
    if len(commands) > MOST_COMMANDS:
        raise BotFault(f"Slack takes {MOST_COMMANDS} commands, not {len(commands)}")
    address = {"request_url": request_url} if request_url else {}
    return {
        "display_information": {
            "name": NAME,
            "description": DESCRIPTION,
            "long_description": LONG_DESCRIPTION,
            "background_color": BACKGROUND,
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": NAME, "always_online": True},
            "shortcuts": [_shortcut(words, entry) for words, entry in registry.on_messages.items()],
            "slash_commands": commands,
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {"bot_events": list(EVENTS)} | address,
            "interactivity": {"is_enabled": True} | address,
            "org_deploy_enabled": False,
            "socket_mode_enabled": request_url is None,
            "token_rotation_enabled": False,
        },
    }


def is_request_url(address: str) -> bool:
    """Whether Slack can reach the bot at an address: https, and where the bot listens."""
    return address.startswith("https://") and address.endswith(REQUEST_PATH) and address.isprintable()


def _words(registry: Registry) -> list[str]:
    """List the first words of all commands, each once, as they were declared."""
    return list(dict.fromkeys(name.partition(" ")[0] for name in registry.commands))


def _slash_command(word: str, registry: Registry, prefix: str) -> Json:
    name = f"/{prefix}{word}"
    if len(name) > NAME_LENGTH or name != name.lower():
        raise BotFault(
            f"Slack takes no command called {name}: at most {NAME_LENGTH} characters in lower case"
        )
    group = [each for key, each in registry.commands.items() if key.startswith(f"{word} ")]
    single = registry.commands.get(word)
    description = single.help if single else _group_description(word, group)
    hint = _hint(single) if single else " | ".join(_second(each) for each in group)
    return {
        "command": name,
        "description": description[:DESCRIPTION_LENGTH],
        # Slack then passes on the ids of channels and people that are named, and not just their names.
        "should_escape": True,
        **({"usage_hint": hint[:HINT_LENGTH]} if hint else {}),
    }


def _shortcut(words: str, entry: Submission) -> Json:
    """Describe what stands in the menu of a message."""
    if len(words) > SHORTCUT_LENGTH:
        raise BotFault(f"Slack takes no shortcut called {words}: at most {SHORTCUT_LENGTH} characters")
    return {
        "name": words,
        "type": "message",
        "callback_id": str(token(entry.name)),
        "description": f"{words}, with its text in a form",
    }


def _group_description(word: str, group: list[Command]) -> str:
    return f"{word.capitalize()}: {listed([_second(each) for each in group], 'or')}"


def _second(command: Command) -> str:
    return command.name.partition(" ")[2]


def _hint(command: Command) -> str:
    """Say what can be typed: values where there is a choice, else the parameter's name."""
    parts = []
    for parameter in command.parameters:
        choices = "|".join(each.value for each in parameter.choices)
        shown = choices if parameter.kind is Kind.CHOICE and choices else parameter.name
        parts.append(shown if parameter.required else f"[{shown}]")
    return " ".join(parts)
