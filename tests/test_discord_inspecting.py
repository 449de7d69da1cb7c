"""What `check` finds on Discord: the token, and each permission that is missing where the bot is to post."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from adapters.discord.inspecting import inspect
from adapters.findings import Findings
from bot.checking import check
from bot.core.destinations import Destination
from bot.core.ports.settings import LOG
from storage.destinations import destinations
from storage.store import Store
from tests.discord_house import pointed_nowhere
from tests.isolation_world import programme_of
from tests.local_discord import BOT_PERMISSIONS, LocalDiscord, Permission
from tests.local_discord.endpoints_threads import _open_thread
from tests.storage_samples import ports_of

CHANNEL = "Discord: #general in The Reading Room (Daily excerpt)"
HOW = "Grant: Edit Channel, Permissions, add the bot, allow"


@pytest.fixture
async def server(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[LocalDiscord]:
    """Give a local Discord that nobody is connected to."""
    pointed_nowhere(monkeypatch)
    async with LocalDiscord() as made:
        yield made
    assert [str(each) for each in made.violations] == []


async def found(server: LocalDiscord, **how: Any) -> Findings:
    """Check one destination, in #general unless said otherwise."""
    community = f"discord:{server.home.id}"
    wanted = {"community": community, "channel": server.general.id, "purpose": "Daily excerpt"} | how
    return await inspect(server.token, server.base_url, [Destination(**wanted)])


async def test_a_bot_that_may_do_everything_has_no_faults(server: LocalDiscord) -> None:
    """With what the invitation asks for, the check says whose the token is, and how many channels it has looked at."""
    findings = await found(server, thread=True, pin=True)
    said = "Discord: the token is that of hundred.regiments; 1 channel looked at."
    assert findings == Findings(faults=[], notes=[said])
    assert {each.method for each in server.requests} == {"GET"}


@pytest.mark.parametrize(
    ("denied", "how", "missing"),
    [
        (Permission.SEND_MESSAGES, {}, ["Send Messages", "Embed Links"]),
        (Permission.EMBED_LINKS, {}, ["Embed Links"]),
        (Permission.CREATE_PUBLIC_THREADS, {"thread": True}, ["Create Public Threads"]),
        (Permission.SEND_MESSAGES_IN_THREADS, {"thread": True}, ["Send Messages in Threads"]),
        (Permission.PIN_MESSAGES, {"pin": True}, ["Pin Messages"]),
        (Permission.PIN_MESSAGES | Permission.CREATE_PUBLIC_THREADS, {}, []),
    ],
)
async def test_each_missing_permission_is_named(
    server: LocalDiscord, denied: Permission, how: dict[str, bool], missing: list[str]
) -> None:
    """A permission that a programme needs is named with how to grant it; one that it does not need is not."""
    server.permit(server.general, deny=denied)
    findings = await found(server, **how)
    assert findings.faults == [f"{CHANNEL}: missing permission {each}. {HOW} {each}." for each in missing]


async def test_a_channel_out_of_sight_is_named(server: LocalDiscord) -> None:
    """A channel that was deleted is named by its number; one that is hidden lacks View Channel."""
    server.permit(server.general, deny=Permission.VIEW_CHANNEL)
    (hidden, *_) = (await found(server)).faults
    assert hidden == f"{CHANNEL}: missing permission View Channel. {HOW} View Channel."
    server.delete_channel(server.general)
    (gone,) = (await found(server)).faults
    assert gone == (
        f"Discord: channel {server.general.id} in The Reading Room is not there, or the bot may not see it (Daily excerpt). "
        "Choose another with /schedule edit or /settings, or allow View Channel."
    )


async def test_a_channel_that_is_none_of_discord_s_is_named(server: LocalDiscord) -> None:
    """What somebody typed instead of choosing a channel is told like a channel that is not there."""
    (fault,) = (await found(server, channel="READING")).faults
    assert fault.startswith("Discord: channel READING in The Reading Room is not there")


async def test_a_thread_needs_the_permission_for_threads(server: LocalDiscord) -> None:
    """A programme that posts into a thread needs to send in threads, not in the channel."""
    thread = _open_thread(server.world, server.person("Ana").says("Words."), "A thread", 60)
    server.permit(server.general, deny=Permission.SEND_MESSAGES)
    assert (await found(server, channel=thread.id)).faults == []
    server.permit(server.general, deny=Permission.SEND_MESSAGES_IN_THREADS)
    (fault,) = (await found(server, channel=thread.id)).faults
    assert "#A thread in The Reading Room" in fault
    assert "missing permission Send Messages in Threads" in fault


async def test_a_server_that_was_left_is_named(server: LocalDiscord) -> None:
    """A community that the bot is no longer in is one fault, whatever is planned there."""
    server.remove_bot(server.home)
    assert (await found(server)).faults == [
        f"Discord: the bot is no longer in server {server.home.id} (Daily excerpt). Invite it again."
    ]


async def test_what_works_less_well_is_a_note(server: LocalDiscord) -> None:
    """Without the history a crash costs a post, and a role may be one that nobody can ping: neither is a fault."""
    server.permit(server.general, deny=Permission.READ_MESSAGE_HISTORY)
    readers = server.role("readers")
    findings = await found(server, ping=readers.id)
    assert findings.faults == []
    history, role = findings.notes[1:]
    assert history == (
        f"{CHANNEL}: without Read Message History, a post that was under way during a crash is given up rather "
        "than risked twice."
    )
    assert role == f"{CHANNEL}: @readers is not pinged until its settings allow anyone to @mention it."
    assert (await found(server, ping="1")).notes[-1].endswith("the role 1 that is to be pinged is not there.")
    readers.mentionable = True
    assert "@readers" not in (await found(server, ping=readers.id)).notes[-1]


async def test_a_token_that_discord_does_not_take_is_a_fault(server: LocalDiscord) -> None:
    """A wrong token is the one fault there is to tell, and it is not repeated."""
    findings = await inspect("wrong", server.base_url, [])
    assert [each[:56] for each in findings.faults] == [
        "Discord does not accept the token in DISCORD_TOKEN. Copy"
    ]
    assert "wrong" not in findings.faults[0]


async def test_the_check_looks_where_moderators_have_set(server: LocalDiscord, tmp_path: Path) -> None:
    """Programmes and logs of this platform are looked at; those of others, and removed ones, are not."""
    path, here = tmp_path / "bot.db", f"discord:{server.home.id}"
    assert destinations(path) == []
    other = server.channel("mods")
    server.permit(other, deny=BOT_PERMISSIONS)
    _plan(path, here, server.general.id, other.id)
    environment = {
        **server.environment(),
        "DATABASE_URL": f"sqlite:///{path}",
    }
    found = await asyncio.to_thread(check, tmp_path / "bot.toml", environment)
    assert [each[:70] for each in found.faults] == [
        "Discord: #mods in The Reading Room (the log): missing permission View "[:70],
        "Discord: #mods in The Reading Room (the log): missing permission Send "[:70],
        "Discord: #mods in The Reading Room (the log): missing permission Embed"[:70],
    ]
    assert "Discord: the token is that of hundred.regiments; 2 channels looked at." in found.notes


def _plan(path: Path, community: str, channel: str, log: str) -> None:
    store = Store(path)
    ports = ports_of(store)
    with store.transaction():
        for where, name, state in ((community, "Daily excerpt", "on"), (community, "Gone", "removed"), ("slack:T1", "Other", "on")):  # fmt: skip
            programme = programme_of(where, name)
            number = ports.programmes.add(where, programme)
            store._db.execute(
                "UPDATE programmes SET channel = ?, state = ?, removed_at = ? WHERE id = ?",
                (channel if state == "on" else "1", state, int(state != "on"), number),
            )
        ports.settings.put(community, LOG, log)
    store.close()
