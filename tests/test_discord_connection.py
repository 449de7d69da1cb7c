"""The connection to Discord: lost for a while, closed for good, and ended by the bot itself in good order.

How it is resumed is seen in `test_process_discord_whole`.
"""

import asyncio
import warnings
from collections.abc import AsyncIterator

import pytest

from bot.core.cards import line
from bot.core.effects import Post, Show
from bot.core.events import MessageRef, Present
from tests.discord_house import ASKED, House, discord_house
from tests.discord_whole import hurried

with warnings.catch_warnings():
    # discord.py still imports audioop, which Python 3.11 warns about.
    warnings.simplefilter("ignore", DeprecationWarning)
    import discord

SCORE = Show(card=line("12 points."))


@pytest.fixture
async def house(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    """Give a bot that has started on a local Discord."""
    async with discord_house(monkeypatch) as made:
        yield made


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let discord.py wait for nothing."""
    hurried(monkeypatch)


@pytest.mark.parametrize("shards", [1, 2])
async def test_a_lost_connection_is_trouble_until_it_is_back(
    monkeypatch: pytest.MonkeyPatch, unhurried: None, shards: int
) -> None:
    """Whoever watches the bot sees that it is not connected, from the loss of a connection until the next one."""
    lost, back = asyncio.Event(), asyncio.Event()

    async def identify_later(*_: object, **__: object) -> None:
        lost.set()
        await back.wait()

    async with discord_house(monkeypatch, shards=shards) as house:
        await house.server.ready()
        house.desk.answer("score", SCORE)
        assert house.platform.trouble() == ""
        monkeypatch.setattr(discord.Client, "before_identify_hook", identify_later)
        house.server.drop_connection(resumable=False)
        await lost.wait()
        trouble = house.platform.trouble()
        back.set()
        await house.server.ready()
        await (await house.ana.slash("score")).finished()
        assert (trouble, house.platform.trouble()) == ("not connected to the gateway", "")


@pytest.mark.parametrize("shards", [1, 2])
async def test_an_outage_is_no_fault_of_the_bot(
    monkeypatch: pytest.MonkeyPatch, unhurried: None, caplog: pytest.LogCaptureFixture, shards: int
) -> None:
    """While Discord refuses every connection it is tried again, and the log says so in a line, without a trace."""
    monkeypatch.setattr("discord.backoff.ExponentialBackoff.delay", lambda _: 0)
    async with discord_house(monkeypatch, shards=shards) as house:
        await house.server.ready()
        house.desk.answer("score", SCORE)
        house.server.refuse_connections(2 * shards)
        house.server.drop_connection()
        await house.server.ready()
        await (await house.ana.slash("score")).finished()
    told = [each for each in caplog.records if each.name.startswith("discord.")]
    assert [each.levelname for each in told] == ["WARNING"] * 2 * shards
    assert {(each.exc_info, vars(each)["error"]) for each in told} == {(None, "WSServerHandshakeError")}
    assert all(each.getMessage().startswith("Attempting a reconnect ") for each in told)


@pytest.mark.parametrize(
    ("code", "sentence", "passing"),
    [
        (
            4004,
            "Discord does not accept the token in DISCORD_TOKEN. Copy a new one from the developer portal ",
            False,
        ),
        (4014, "Discord does not let the bot of DISCORD_TOKEN in with its intents", False),
        (
            4011,
            "Discord has closed the connection for good with the code 4011, so the bot has stopped. Start it",
            True,
        ),
    ],
)
async def test_a_connection_that_is_closed_for_good_is_told_to_the_host(
    house: House, code: int, sentence: str, *, passing: bool
) -> None:
    """What discord.py does not connect again after is said in a sentence, and whether a new start may mend it."""
    await house.server.close_connection(code)
    connection = house.platform._connection
    assert connection is not None
    await asyncio.wait({connection})
    await asyncio.sleep(0)
    assert [(each.sentence[: len(sentence)], each.passing) for each in house.lost] == [(sentence, passing)]
    assert house.platform.trouble() == "not connected to the gateway"


async def test_a_shard_that_is_closed_for_good_is_told_to_the_host(
    monkeypatch: pytest.MonkeyPatch, unhurried: None
) -> None:
    """With several connections, one that Discord does not want any more ends them all."""
    async with discord_house(monkeypatch, shards=2) as house:
        await house.server.close_connection(4004)
        connection = house.platform._connection
        assert connection is not None
        await asyncio.wait({connection})
        await asyncio.sleep(0)
        assert [each.sentence[:60] for each in house.lost] == [
            "Discord does not accept the token in DISCORD_TOKEN. Copy a n"
        ]


async def test_a_stop_is_no_loss(house: House) -> None:
    """A connection that the bot itself has closed is told to nobody."""
    await house.platform.stop()
    assert house.lost == []


@pytest.mark.parametrize("shards", [1, 2])
async def test_nothing_is_heard_of_once_the_bot_has_stopped(
    monkeypatch: pytest.MonkeyPatch, unhurried: None, shards: int
) -> None:
    """discord.py waits for servers for a while, and says that it is ready even where the bot has stopped meanwhile."""
    async with discord_house(monkeypatch, shards=shards) as house:
        await house.desk.told_of(Present)
        await house.platform.stop()
        before = len(house.desk.happened)
        house.client.dispatch("ready")
        await asyncio.sleep(0)
        assert len(house.desk.happened) == before


async def test_stopping_finishes_the_answers_in_hand(house: House) -> None:
    """Who has been heard gets the answer; what comes after the stop has begun is not taken."""
    house.desk.gate.clear()
    house.desk.answer("score", SCORE)
    asked = await (await house.ana.slash("score")).answered()
    stopping = asyncio.create_task(house.platform.stop())
    await asyncio.sleep(0)
    late = await house.ana.slash("score")
    assert not house.client.is_closed()
    house.desk.gate.set()
    assert (await asked.finished()).text == "12 points."
    await stopping
    assert (len(house.desk.heard), late.answer) == (1, None)


async def test_stopping_finishes_the_deliveries_in_hand(house: House) -> None:
    """A post that is under way arrives, and its place is known, before the bot disconnects."""
    held = house.server.hold_next("POST", "/channels/*/messages", when="after")
    delivering = asyncio.create_task(house.deliver(Post(channel=house.server.general.id, card=ASKED)))
    await held.reached()
    stopping = asyncio.create_task(house.platform.stop())
    await asyncio.sleep(0)
    assert not house.client.is_closed()
    held.release()
    message = house.server.general.messages[0]
    assert MessageRef(message.channel.id, message.id) == await delivering
    await stopping
