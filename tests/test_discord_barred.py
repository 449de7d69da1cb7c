"""Channels on Discord where the bot lacks a permission: it says so before it begins what it could not end."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.discord_whole import DiscordHouse, discord_at_home, hurried
from tests.discord_words import words
from tests.local_discord import Channel, Permission, Person

LENIN = "Vladimir Lenin"


@pytest.fixture
async def home(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[DiscordHouse]:
    """Give a bot in a server that Mia manages."""
    hurried(monkeypatch)
    async with discord_at_home() as made:
        yield made


@pytest.fixture
def ana(home: DiscordHouse) -> Person:
    """Give a member."""
    return home.server.person("Ana")


def grant(permission: str) -> str:
    """Say how a permission is granted."""
    return f"Missing permission: {permission}. Grant: Edit Channel, Permissions, add Hundred Regiments, allow {permission}."


def deny(home: DiscordHouse, permission: Permission, channel: Channel | None = None) -> None:
    """Take a permission from the bot in a channel."""
    home.server.permit(channel or home.server.general, deny=permission)


async def test_no_round_is_asked_that_could_not_be_closed(home: DiscordHouse, ana: Person) -> None:
    """Where the bot may not see the channel, whoever asks is told so alone; a private round is theirs, and quotations come."""
    deny(home, Permission.VIEW_CHANNEL)
    told = await home.told(ana, "quiz", kind="who", about="words")
    assert told == (
        f"The bot may not close a round in this channel, so nothing was asked. {grant('View Channel')} "
        "/quiz where:private asks you alone."
    )
    assert home.server.general.messages == []
    private = await (await ana.slash("quiz", kind="who", about="words", where="private")).finished()
    assert (await home.pressed(ana, private, LENIN)).startswith(f"Right: {LENIN}")
    assert (await home.told(ana, "quote")).startswith("Quotation\n")


async def test_a_round_needs_no_right_to_post_but_a_set_does(home: DiscordHouse, ana: Person) -> None:
    """One round is closed on its own card, while the next question of a set would be a post."""
    deny(home, Permission.SEND_MESSAGES)
    told = await home.told(ana, "quiz", kind="who", rounds=2)
    assert told.startswith(
        f"The bot may not post the next questions in this channel, so nothing was asked. {grant('Send Messages')}"
    )
    card = await (await ana.slash("quiz", kind="who", about="words")).finished()
    await home.settled()
    await home.pass_time(45)
    assert (words(card).splitlines()[0], card.labels[0]) == (
        f"Who said it? {LENIN}, according to Neal Lawson",
        "My result",
    )


@pytest.mark.parametrize(
    ("permission", "name"),
    [
        (Permission.VIEW_CHANNEL, "View Channel"),
        (Permission.CREATE_PUBLIC_THREADS, "Create Public Threads"),
        (Permission.SEND_MESSAGES_IN_THREADS, "Send Messages in Threads"),
    ],
)
@pytest.mark.parametrize("command", ["quote", "excerpt"])
async def test_a_thread_that_cannot_be_opened_is_not_said_to_be(
    home: DiscordHouse, ana: Person, command: str, permission: Permission, name: str
) -> None:
    """Discuss says what is missing; once it is granted, the same button opens the thread."""
    deny(home, permission)
    card = await (await ana.slash(command)).finished()
    assert await home.pressed(ana, card, "Discuss") == f"The bot may not open a thread here. {grant(name)}"
    home.server.permit(home.server.general, allow=permission)
    assert (await home.pressed(ana, card, "Discuss")).startswith("The thread is open: ")
    assert len(home.server.general.threads) == 1


async def test_in_a_thread_a_reply_takes_the_place_of_another(home: DiscordHouse, ana: Person) -> None:
    """In a thread the right to send there is enough."""
    card = await (await ana.slash("quote")).finished()
    await home.pressed(ana, card, "Discuss")
    (thread,) = home.server.general.threads
    deny(home, Permission.CREATE_PUBLIC_THREADS)
    within = await (await ana.at(thread).slash("quote")).finished()
    assert (await home.pressed(ana, within, "Discuss")).startswith("The thread is open: ")


async def test_a_private_thread_is_one_that_the_bot_must_be_in(home: DiscordHouse, ana: Person) -> None:
    """Where nobody has brought the bot in, it says how; then rounds are asked and closed there as anywhere."""
    within = ana.at(ana.opens_private_thread("The two of us"))
    told = await home.told(within, "quiz", kind="who", about="words")
    assert told == (
        "The bot may not close a round in this channel, so nothing was asked. The bot is not in this private thread. "
        "Grant: mention it in a message here. /quiz where:private asks you alone."
    )
    within.brings_in_the_bot()
    card = await (await within.slash("quiz", kind="who", about="words")).finished()
    await home.settled()
    await home.pass_time(45)
    assert card.labels[0] == "My result"


@pytest.mark.parametrize(
    "permission", [Permission.VIEW_CHANNEL, Permission.SEND_MESSAGES, Permission.EMBED_LINKS]
)
async def test_nothing_is_planned_where_the_bot_may_not_post(
    home: DiscordHouse, permission: Permission
) -> None:
    """Neither a command nor a form plans a programme there, moves one there, or has the log written there."""
    secret, reading = home.server.channel("secret"), home.server.channel("reading")
    deny(home, permission, secret)
    planned: dict[str, Any] = {"kind": "quote", "days": "every day", "time": "09:00"}
    here = "The bot may not post in that channel. Missing permission: "
    for command, values, nothing in (
        ("schedule add", {**planned, "channel": secret}, "Nothing was added."),
        ("settings", {"log": secret}, "Nothing was changed."),
    ):
        told = await home.told(home.mia, command, **values)
        assert (told[: len(here)], told[-len(nothing) :]) == (here, nothing)
    await home.told(home.mia, "schedule add", **planned, channel=reading, name="Morning")
    told = await home.told(home.mia, "schedule edit", programme="Morning", channel=secret)
    assert told.startswith(here)
    opened = await (await home.mia.slash("schedule add")).answered()
    assert opened.modal is not None
    filled = {"Kind": "quote", "Channel": secret.id, "Time": "21:00", "Drawn from": "the line-up"}
    refused = await (await home.mia.submit(opened.modal, filled)).finished()
    assert (words(refused)[: len(here)], refused.for_user) == (here, home.mia.user)
    assert "1 programme," in await home.told(home.mia, "schedule list")


async def test_a_log_channel_is_taken_back_without_any_right(home: DiscordHouse) -> None:
    """Naming the log channel again sets none, also where the bot may no longer post."""
    log = home.server.channel("log")
    await home.told(home.mia, "settings", log=log)
    deny(home, Permission.SEND_MESSAGES, log)
    assert (await home.told(home.mia, "settings", log=log)).startswith("Settings changed\nLog channel: none")
