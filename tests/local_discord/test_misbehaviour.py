"""The scripted side of the local Discord when things go wrong: faults on demand, and what people cannot do."""

from typing import Any

import aiohttp
import discord
import pytest

from tests.local_discord import ClientRefusal, LocalDiscord, Permission
from tests.local_discord.faults import When
from tests.local_discord.tiny_bot import TinyBot, channel_of


async def test_a_rate_limit_is_waited_out(server: LocalDiscord, tiny: TinyBot) -> None:
    """A 429 with its headers makes the client repeat the request."""
    server.limit_next("POST", "/channels/*/messages", retry_after=0.01)
    await channel_of(tiny, server.general).send("in the end")
    statuses = [
        one.status for one in server.requests if one.method == "POST" and one.path.endswith("/messages")
    ]
    assert (statuses, len(server.general.messages)) == ([429, 200], 1)


async def test_a_failure_before_and_after_the_effect(server: LocalDiscord, tiny: TinyBot) -> None:
    """A request may fail without effect, or take effect and seem to fail."""
    channel = channel_of(tiny, server.general)
    moments: list[tuple[When, int]] = [("before", 0), ("after", 1)]
    for when, posted in moments:
        server.fail_next("POST", "/channels/*/messages", status=503, when=when)
        with pytest.raises(discord.DiscordServerError):
            await channel.send("perhaps")
        assert posted == len(server.general.messages)


async def test_a_broken_connection(server: LocalDiscord, tiny: TinyBot) -> None:
    """A request may take effect while its answer never comes."""
    server.fail_next("POST", "/channels/*/messages", status=0, when="after")
    with pytest.raises(aiohttp.ClientError):
        await channel_of(tiny, server.general).send("perhaps")
    assert [one.content for one in server.general.messages] == ["perhaps"]


async def test_a_request_is_held_back(server: LocalDiscord, tiny: TinyBot) -> None:
    """A held request takes effect only when it is released."""
    hold = server.hold_next("POST", "/interactions/*")
    reply = await server.person("Ana").slash("secret")
    await hold.reached()
    assert reply.answer is None
    hold.release()
    assert (await reply.finished()).content == "only you"


async def test_a_stale_button_can_still_be_pressed(server: LocalDiscord, tiny: TinyBot) -> None:
    """Somebody whose client shows an older state of a message presses a button that is gone."""
    ana = server.person("Ana")
    message = await (await ana.slash("quiz", kind="who")).finished()
    await channel_of(tiny, server.general).get_partial_message(int(message.id)).edit(view=None)
    with pytest.raises(ClientRefusal):
        await ana.press(message, "Another")
    await (await ana.press(message, "Another", stale=True)).answered()
    assert message.content == "another one"


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("unknown", {}),
        ("quiz", {}),
        ("quiz", {"kind": "made up"}),
        ("quiz", {"kind": "who", "rounds": 11}),
        ("quiz", {"kind": "who", "rounds": "three"}),
        ("quiz", {"kind": "who", "colour": "red"}),
        ("schedule", {}),
        ("schedule move", {}),
    ],
)
async def test_a_client_does_not_send(
    server: LocalDiscord, tiny: TinyBot, command: str, options: dict[str, Any]
) -> None:
    """What is not registered, missing, out of range or of another type never leaves the person's client."""
    olga = server.person("Olga", permissions=Permission.MANAGE_GUILD)
    with pytest.raises(ClientRefusal):
        await olga.slash(command, options)


async def test_hidden_commands_are_not_offered(server: LocalDiscord, tiny: TinyBot) -> None:
    """Commands for moderators are not shown to others, and those for guilds not in direct messages."""
    ana, olga = server.person("Ana"), server.person("Olga", permissions=Permission.MANAGE_GUILD)
    with pytest.raises(ClientRefusal, match="not shown to Ana"):
        await ana.slash("schedule add")
    with pytest.raises(ClientRefusal, match="not offered"):
        await olga.at(olga.direct).slash("schedule add", channel=server.general, owner=olga.user)


async def test_a_failed_wait_explains_itself(server: LocalDiscord, tiny: TinyBot, monkeypatch: Any) -> None:
    """What does not come within the time limit is named, with the last requests."""
    monkeypatch.setattr("tests.local_discord.waiting.PATIENCE", 0.0)
    with pytest.raises(AssertionError, match=r"a new message in #general\n(.|\n)*PUT /applications/"):
        await server.general.next_message()


async def test_who_is_gone_does_nothing(server: LocalDiscord, tiny: TinyBot) -> None:
    """Whoever left the guild, or does not see a channel, uses no command there."""
    ana, ben = server.person("Ana"), server.person("Ben")
    ana.leave()
    server.permit(server.general, ben.user, deny=Permission.VIEW_CHANNEL)
    for person in (ana, ben):
        with pytest.raises(ClientRefusal):
            await person.slash("secret")
