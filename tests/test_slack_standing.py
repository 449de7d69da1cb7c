"""Being in a workspace and leaving it: what the core and the host are told, however Slack says it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field

import pytest

from adapters.base import Loss, Undelivered
from adapters.slack.app import SlackPlatform
from adapters.slack.standing import REMOVED
from bot.core.cards import line
from bot.core.effects import Deliver, Post, Show
from bot.core.events import Joined, Left, Present
from tests.local_slack import LocalSlack, labels
from tests.slack_desk import COMMUNITY, NOON, Script, card, platform, workspace
from tests.slack_house import slack_house, words

REVOKED = (
    "Slack does not take SLACK_BOT_TOKEN (token_revoked). Copy the token that begins with xoxb- from "
    "OAuth & Permissions, at api.slack.com/apps."
)
HERE = Present(platform="slack", communities=frozenset({COMMUNITY}), at=NOON)
GONE = Left(community=COMMUNITY, at=NOON)


@dataclass(frozen=True, kw_only=True)
class Installation:
    """A connected platform, and what its host is told."""

    slack: LocalSlack
    desk: Script
    told: list[str] = field(default_factory=list)
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    bots: list[SlackPlatform] = field(default_factory=list)

    @property
    def bot(self) -> SlackPlatform:
        """The platform."""
        return self.bots[0]

    async def post(self) -> None:
        """Carry out a post, whatever becomes of it."""
        call = Post(channel=self.slack.general.id, card=line("Words."))
        with suppress(Undelivered):
            await self.bot.deliver(Deliver(id=7, community=COMMUNITY, call=call, key="d7", due=NOON))

    def lost(self, loss: Loss) -> None:
        """Keep what the host is told."""
        self.told.append(loss.sentence)
        self.ended.set()


@pytest.fixture
async def app() -> AsyncIterator[Installation]:
    """Connect the platform."""
    async with workspace() as slack:
        made = Installation(slack=slack, desk=Script())
        made.bots.append(platform(slack, made.desk, lost=made.lost))
        await made.bot.start()
        await slack.connected()
        yield made
        await made.bot.stop()


async def test_workspace_is_told_at_the_start(app: Installation) -> None:
    """The core learns where the app is, so that a workspace it is no longer in is removed in time."""
    assert (app.desk.happened, app.told, app.bot.trouble()) == ([HERE], [], "")


async def test_uninstallation_is_told_to_the_core_and_to_the_host(app: Installation) -> None:
    """The workspace is left, and the host reads what to do; said twice, it is one thing."""
    removed = await app.slack.uninstall()
    await app.slack.redeliver(removed)
    assert app.desk.happened == [HERE, GONE, GONE]
    assert (app.told, app.bot.trouble()) == ([REMOVED], REMOVED)


async def test_revoked_token_is_told_to_the_host(app: Installation) -> None:
    """Without its token the bot is of no use, but the workspace is not left: a new token goes on."""
    await app.slack.revoke_token()
    await app.ended.wait()
    assert (app.desk.happened, app.told, app.bot.trouble()) == ([HERE], [REVOKED], REVOKED)


async def test_token_of_somebody_elses_that_is_revoked_is_nothing_to_us(app: Installation) -> None:
    """Slack tells of the tokens of people too; the bot's own is tried, and still taken."""
    app.slack.calls.skip()
    await app.slack.event({"type": "tokens_revoked", "tokens": {"oauth": ["U1"], "bot": []}})
    assert (await app.slack.calls.next()).method == "auth.test"
    assert (app.told, app.bot.trouble()) == ([], "")


@pytest.mark.parametrize(
    ("error", "sentence", "happened"),
    [("token_revoked", REVOKED, [HERE]), ("account_inactive", REMOVED, [HERE, GONE])],
)
async def test_dead_token_is_noticed_at_the_next_call(
    app: Installation, error: str, sentence: str, happened: list[object]
) -> None:
    """Where no event arrives, any call's refusal says it; and it is said once."""
    app.slack.refused_tokens[app.slack.bot_token] = error
    await app.post()
    await app.post()
    assert (app.told, app.desk.happened[:2]) == ([sentence], happened)


async def test_first_administrator_who_looks_is_the_installer(app: Installation) -> None:
    """Slack leads whoever installs the app to its page; members who look before are not greeted, nor is a second one."""
    app.desk.answers["home:open"] = [Show(card=card())]
    for person in (
        app.slack.person("Ana"),
        app.slack.person("Mia", admin=True),
        app.slack.person("Olu", owner=True),
    ):
        await person.open_home()
    mia = app.slack.person("Mia").id
    await app.slack.person("Ana").slash("/hr-quote")
    assert app.desk.happened == [HERE, Joined(community=COMMUNITY, at=NOON, installer=mia)]


async def test_installer_is_welcomed_directly_and_plans_the_first_excerpt() -> None:
    """The card of the first run comes as a direct message; its form asks, and its answer plans."""
    async with slack_house() as house:
        mia = house.server.person("Mia")
        await mia.open_home()
        welcome = await mia.dm.next_message()
        assert words(welcome) == (
            "Hundred Regiments is here. Three questions plan the first excerpt; nothing is posted until you start it."
        )
        assert labels(welcome.blocks) == ["Begin", "Not now"]
        form = await (await mia.press(welcome, "Begin")).next_view()
        sent = await mia.submit(form, {"channel": house.server.general.id, "time": "08:30"})
        assert sent.errors == {}
        ready = await mia.next_ephemeral()
        assert words(ready).startswith("Ready: an excerpt every day at 08:30 (Europe/London) in ")
