"""Connecting to Discord: tokens, commands, shards, and the servers that the bot comes to and leaves."""

import asyncio
import logging
import warnings
from collections.abc import AsyncIterator
from typing import Any

import pytest

from adapters.base import StartFault
from bot.core.cards import line
from bot.core.effects import Post, Show
from bot.core.events import Joined, Left, Present
from tests.discord_house import ASKED, NOW, REGISTRY, House, discord_house, pointed_nowhere
from tests.discord_whole import hurried
from tests.local_discord import BOT_PERMISSIONS, ClientRefusal, Guild, LocalDiscord, Permission
from tests.local_discord.endpoints_application import read_application
from tests.local_discord.rest import Request
from tests.local_discord.sessions import shard_of

with warnings.catch_warnings():
    # discord.py still imports audioop, which Python 3.11 warns about.
    warnings.simplefilter("ignore", DeprecationWarning)
    import discord

    from adapters.discord.connecting import start_fault

GUILDS = 1
SCORE = Show(card=line("12 points."))


@pytest.fixture
async def house(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    """Give a bot that has started on a local Discord."""
    async with discord_house(monkeypatch) as made:
        yield made


@pytest.fixture
async def server(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[LocalDiscord]:
    """Give a local Discord that nobody is connected to."""
    pointed_nowhere(monkeypatch)
    async with LocalDiscord() as made:
        yield made


def sent_commands(server: LocalDiscord) -> list[Request]:
    """List the requests that sent commands."""
    return [each for each in server.requests if each.method == "PUT" and each.path.endswith("/commands")]


async def fault_of(house: House) -> str:
    """Start a bot that cannot start, and give the sentence."""
    with pytest.raises(StartFault) as caught:
        await house.platform.start()
    return str(caught.value)


async def test_the_bot_asks_for_no_privileged_intent(house: House) -> None:
    """The bot hears of servers and channels, and of nothing that people write."""
    assert [each["intents"] for each in house.server.gateway.identifies] == [GUILDS]


async def test_commands_are_sent_once_and_again_only_when_they_change(house: House) -> None:
    """A second start sends nothing; other commands than the ones remembered are sent."""
    await house.restart()
    assert len(sent_commands(house.server)) == 1
    key = f"discord:commands:{house.server.world.application_id}"
    house.notes.write(key, "of other commands")
    await house.restart()
    assert len(sent_commands(house.server)) == 2


async def test_commands_that_discord_did_not_take_are_sent_at_the_next_start(server: LocalDiscord) -> None:
    """A refusal of the commands stops nothing, and is not remembered as done."""
    house = House(server)
    server.fail_next("PUT", "/applications/*/commands", status=400, code=30034)
    await house.platform.start()
    assert house.notes.kept == {}
    await house.restart()
    assert len(sent_commands(server)) == 2
    assert len(house.notes.kept) == 1
    await house.platform.stop()


async def test_commands_for_moderators_are_shown_to_whoever_manages_the_server(house: House) -> None:
    """Members are not offered what only moderators may use."""
    house.desk.answer("schedule add", SCORE)
    mia = house.server.person("Mia", permissions=Permission.MANAGE_GUILD)
    await (await mia.slash("schedule add")).finished()
    with pytest.raises(ClientRefusal, match="not shown to Ana"):
        await house.ana.slash("schedule add")


async def test_commands_are_offered_in_servers_alone(house: House) -> None:
    """A direct message offers no command, since it belongs to no community."""
    with pytest.raises(ClientRefusal, match="not offered"):
        await house.ana.at(house.ana.direct).slash("score")


async def test_every_command_of_the_registry_is_registered(house: House) -> None:
    """What is declared is what Discord knows."""
    registered = {
        f"{command['name']} {option['name']}" if option.get("type") == 1 else command["name"]
        for command in house.server.world.commands[None]
        for option in command.get("options") or [{}]
    }
    assert {*REGISTRY.commands, *REGISTRY.on_messages} == registered


@pytest.mark.parametrize("wrong", ["another", "two\nlines"])
async def test_a_wrong_token_is_told_to_the_host(server: LocalDiscord, wrong: str) -> None:
    """A token that Discord does not accept is named by its variable, with what to do."""
    server.world.token, right = wrong, server.world.token
    house = House(server)
    server.world.token = right
    sentence = await fault_of(house)
    assert sentence.startswith("Discord does not accept the token in DISCORD_TOKEN. Copy a new one")
    assert wrong not in sentence


async def test_a_token_that_the_gateway_refuses_is_told_to_the_host(server: LocalDiscord) -> None:
    """A token that was replaced between the login and the gateway gives the same sentence."""
    house = House(server)
    login = server.hold_next("PUT", "/applications/*/commands", when="after")
    starting = asyncio.create_task(fault_of(house))
    await login.reached()
    server.world.token = "another"
    login.release()
    assert (await starting).startswith("Discord does not accept the token in DISCORD_TOKEN")


@pytest.mark.parametrize("error", [discord.PrivilegedIntentsRequired(None)])
def test_refused_intents_are_told_to_the_host(error: Exception) -> None:
    """A bot that is not let in for its intents says so, naming the variable."""
    assert "bot of DISCORD_TOKEN in with its intents" in str(start_fault(error))


async def test_an_unreachable_discord_is_told_to_the_host(server: LocalDiscord) -> None:
    """Without a network the host learns that, and that the token was not tried."""
    house = House(server)
    await server.stop()
    assert (await fault_of(house)).startswith("Discord could not be reached (")


async def test_an_outage_is_told_to_the_host(server: LocalDiscord) -> None:
    """A Discord that is down is told apart from a token that is wrong."""
    server.fail_next("GET", "/users/@me", status=503)
    assert (await fault_of(House(server))).startswith("Discord could not be reached (it answered 503)")


async def test_an_interactions_endpoint_is_told_to_the_host(
    server: LocalDiscord, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An application whose interactions go elsewhere would leave the bot deaf, so it does not start."""
    original = read_application

    def elsewhere(world: Any, call: Any) -> Any:
        answer = original(world, call)
        answer.body["interactions_endpoint_url"] = "https://example.org/interactions"
        return answer

    for route in server.rest._routes:
        if route.endpoint is original:
            object.__setattr__(route, "endpoint", elsewhere)
    try:
        assert "interactions endpoint URL" in await fault_of(House(server))
    finally:
        for route in server.rest._routes:
            if route.endpoint is elsewhere:
                object.__setattr__(route, "endpoint", original)


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let discord.py wait for nothing."""
    hurried(monkeypatch)


async def test_more_shards_are_run_when_discord_recommends_them(
    monkeypatch: pytest.MonkeyPatch, unhurried: None
) -> None:
    """With two shards recommended the bot connects with both, and hears and posts on either."""
    async with discord_house(monkeypatch, shards=2) as house:
        house.desk.answer("score", SCORE)
        assert isinstance(house.client, discord.AutoShardedClient)
        assert {0, 1} == {each["shard"][0] for each in house.server.gateway.identifies}
        present = await house.desk.told_of(Present)
        assert present.communities == {f"discord:{house.server.home.id}"}
        assert (await (await house.ana.slash("score")).finished()).text == "12 points."


def added(
    server: LocalDiscord, *, may: Permission = Permission.SEND_MESSAGES, bot: int = BOT_PERMISSIONS
) -> Guild:
    """Let Mia, who has a role with this permission, add the bot to a server of her friend's."""
    guild = server.world.make_guild("Another Room", bot)
    mia = server.person("Mia", guild, permissions=may)
    guild.bot_added_by = mia.id
    server.world.publish("GUILD_CREATE", guild.created(server.bot, joining=True), guild=guild, intent=GUILDS)
    return guild


async def test_a_start_tells_where_the_bot_is(house: House) -> None:
    """Whoever has come or gone while the bot was away is found out by it."""
    community = f"discord:{house.server.home.id}"
    expected = Present(platform="discord", communities=frozenset({community}), at=NOW)
    assert await house.desk.told_of(Present) == expected


async def test_a_shard_that_begins_anew_tells_where_the_bot_is(
    monkeypatch: pytest.MonkeyPatch, unhurried: None
) -> None:
    """A server that was left while one connection of several was lost is found out as with a single one."""
    async with discord_house(monkeypatch, shards=2) as house:
        await house.server.ready()
        await house.desk.told_of(Present)
        other = house.server.guild("Another Room")
        await house.desk.told_of(Joined)
        house.desk.happened.clear()
        other.has_bot = False
        house.server.drop_connection(resumable=False, shard=shard_of(other, 2))
        present = await house.desk.told_of(Present)
        assert present.communities == {f"discord:{house.server.home.id}"}


@pytest.mark.parametrize(
    ("may", "bot", "who"),
    [
        (Permission.SEND_MESSAGES, BOT_PERMISSIONS, "Founder"),
        (Permission.MANAGE_GUILD, BOT_PERMISSIONS, ""),
        (Permission.ADMINISTRATOR, BOT_PERMISSIONS, ""),
        (Permission.MANAGE_GUILD, BOT_PERMISSIONS | Permission.VIEW_AUDIT_LOG, "Mia"),
    ],
)
async def test_joining_a_server_is_told_with_who_added_the_bot(
    monkeypatch: pytest.MonkeyPatch, unhurried: None, may: Permission, bot: int, who: str
) -> None:
    """That is the owner where nobody else may, whoever the audit log names where it may be read, and else unknown."""
    async with discord_house(monkeypatch) as house:
        await house.client.wait_until_ready()
        guild = added(house.server, may=may, bot=bot)
        joined = await house.desk.told_of(Joined)
        names = {user.id: user.name for user in house.server.world.users.values()}
        assert (joined.community, names.get(joined.installer, "")) == (f"discord:{guild.id}", who)
        house.server.remove_bot(guild)
        assert await house.desk.told_of(Left) == Left(community=f"discord:{guild.id}", at=NOW)


async def test_an_audit_log_that_cannot_be_read_hides_no_joining(
    monkeypatch: pytest.MonkeyPatch, unhurried: None
) -> None:
    """When Discord gives no audit log, the server is told of all the same, without who added the bot."""
    async with discord_house(monkeypatch) as house:
        await house.client.wait_until_ready()
        house.server.fail_next("GET", "/guilds/*/audit-logs", status=403, code=50013)
        added(house.server, may=Permission.MANAGE_GUILD, bot=BOT_PERMISSIONS | Permission.VIEW_AUDIT_LOG)
        assert (await house.desk.told_of(Joined)).installer == ""


async def test_a_server_that_is_away_does_not_hold_up_the_start(
    server: LocalDiscord, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When a server never comes, the bot starts without it after a short while."""
    monkeypatch.setattr("adapters.discord.client.GUILDS_WITHIN", 0.01)
    house = House(server)
    away = server.guild("Away")
    away.has_bot = False
    monkeypatch.setattr(type(away), "created", lambda *_: {"id": away.id, "unavailable": True})
    await house.platform.start()
    await house.platform.stop()


async def test_no_secret_is_logged(house: House, caplog: pytest.LogCaptureFixture) -> None:
    """Neither the token nor what somebody was shown stands in the log of the adapter."""
    caplog.set_level(logging.DEBUG, "adapters")
    house.desk.fail("score")
    await (await house.ana.slash("score")).finished()
    await house.deliver(Post(channel=house.server.general.id, card=ASKED))
    own = [each.getMessage() for each in caplog.records if each.name.startswith("adapters.")]
    assert own
    assert not any(house.server.token in each for each in own)
