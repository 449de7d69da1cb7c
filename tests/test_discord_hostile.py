"""What members type on Discord shows as text and pings nobody, wherever the bot shows it again."""

import re
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from tests.discord_whole import DiscordHouse, discord_at_home, hurried
from tests.local_discord import Message, Person
from tests.local_discord.rest import Request

TYPED = "@everyone <@&1> *b* ||s|| [h](https://evil.e) `c`\u200b\u202e :tada:"
SHORT = "@everyone *b* <@&1>"
ECHOES = 20
"""At least so many cards show again what was typed."""
MARKUP = re.compile(
    r"@everyone|@here|<@|\*b\*|\|\||\]\(|://evil|`c`|^\s*#|:tada:|[\u200b\u202e]", re.MULTILINE
)


@pytest.fixture
async def home(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[DiscordHouse]:
    """Give a bot in a server that Mia manages."""
    hurried(monkeypatch)
    async with discord_at_home() as made:
        yield made


async def _form(person: Person, command: str, fields: dict[str, str], **values: Any) -> Message:
    opened = await (await person.slash(command, values)).answered()
    assert opened.modal is not None
    return await (await person.submit(opened.modal, fields)).finished()


async def _members_type(home: DiscordHouse, ana: Person) -> None:
    """Let a member with such a name type such words wherever words can be typed."""
    for command, values in (
        ("search", {"text": TYPED}),
        ("quote", {"about": TYPED}),
        ("quote", {"by": TYPED}),
        ("quiz", {"about": TYPED}),
        ("help", {"command": SHORT}),
        ("read", {"article": TYPED}),
        ("excerpt", {"article": TYPED}),
    ):
        await home.told(ana, command, **values)
    await _form(ana, "suggest", {"words": TYPED, "speaker": SHORT, "source": TYPED}, kind="quotation")
    asked = await (await ana.slash("quiz", kind="who", about="Is he a pluralist", answer="typed")).finished()
    for name in (TYPED, "Paddy Ashdown"):
        opened = await (await ana.press(asked, "Answer")).answered()
        assert opened.modal is not None
        await (await ana.submit(opened.modal, {"A name": name})).finished()
    await home.pass_time(45)
    board = await (await ana.slash("leaderboard")).finished()
    await home.settled()
    for message in (board, *ana.ephemerals):
        if "Show me" in message.labels:
            await home.pressed(ana, message, "Show me")
    await home.told(ana, "leaderboard")


async def _moderators_type(home: DiscordHouse, ana: Person) -> None:
    mia, channel = home.mia, home.server.general
    for command, values in (
        (
            "schedule add",
            {"kind": "prompt", "channel": channel, "text": TYPED, "name": SHORT, "time": "21:00"},
        ),
        ("schedule list", {}),
        ("schedule preview", {"programme": SHORT}),
        ("schedule now", {"programme": SHORT}),
        ("schedule pause", {"programme": TYPED}),
        ("moderate adjust", {"member": ana.user, "points": 1, "reason": TYPED}),
        ("moderate challenge", {"question": TYPED}),
        ("settings", {"season": "2026-09-01", "name": SHORT}),
        ("settings", {"zone": TYPED}),
        ("library show", {"what": TYPED}),
        ("library review", {}),
        ("quiet on", {"until": SHORT}),
        ("moderate log", {}),
    ):
        await home.told(mia, command, **values)
    await _form(mia, "library add-prompt", {"words": TYPED})
    await home.told(mia, "library list")


def _read(message: Message) -> Iterator[str]:
    """Give the parts of a message in which Discord reads markup, with what a backslash frees taken out."""
    parts = [message.wire["content"]]
    for embed in message.embeds:
        parts += [embed.get("title", ""), embed.get("description", "")]
        parts += [text for field in embed.get("fields", ()) for text in (field["name"], field["value"])]
    for part in parts:
        yield re.sub(r"\\[^0-9A-Za-z\s]", "", part)


def _allowed(request: Request) -> Any:
    """Give what a request lets its message notify; nothing for a request that shows none."""
    body = request.body if isinstance(request.body, dict) else {}
    message = body.get("data") or body
    shows = isinstance(message, dict) and (message.get("content") or message.get("embeds"))
    return message.get("allowed_mentions", "anybody") if shows else None


async def test_what_people_type_is_shown_as_text_and_notifies_nobody(home: DiscordHouse) -> None:
    """Mentions, Markdown, links, code points that hide or turn text: all of it stays words, in every card it comes back in."""
    ana = home.server.person(SHORT)
    await _members_type(home, ana)
    await _moderators_type(home, ana)
    shown = [
        *(each for channel in home.server.world.channels.values() for each in channel.messages),
        *ana.ephemerals,
        *home.mia.ephemerals,
    ]
    assert sum("everyone" in text for message in shown for text in _read(message)) >= ECHOES
    assert [
        text for message in shown for text in _read(message) if MARKUP.search(_without_ours(text, ana))
    ] == []
    assert {frozenset(message.pings) for message in shown} == {frozenset()}
    allowed = [found for request in home.server.requests if (found := _allowed(request)) is not None]
    assert allowed
    assert {tuple(each.get("parse", ["unsaid"])) for each in allowed} == {()}
    assert not any(each.get("users") or each.get("roles") for each in allowed)


def _without_ours(text: str, ana: Person) -> str:
    """Leave out the mark that the bot itself sets: a member that a moderator has named, who is not notified."""
    return text.replace(ana.mention, "")
