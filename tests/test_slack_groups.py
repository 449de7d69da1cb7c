"""Moderators by user group: asked from Slack, kept for minutes, and never longer than that."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import groups
from adapters.slack.groups import Groups
from bot.core.effects import Show
from tests.local_slack import LocalSlack
from tests.slack_desk import Script, card, connected, workspace
from tests.slack_house import slack_house


class Minutes:
    """A clock that a test puts forward."""

    at = 0.0

    def __call__(self) -> float:
        """Give the time."""
        return self.at


@pytest.fixture
async def slack() -> AsyncIterator[LocalSlack]:
    """Start a Slack."""
    async with workspace() as server:
        yield server


@pytest.fixture
def client(slack: LocalSlack) -> AsyncWebClient:
    """Give a client of the bot's."""
    return AsyncWebClient(token=slack.bot_token, base_url=slack.api_base)


def _times_asked(slack: LocalSlack) -> int:
    return [call.method for call in slack.calls].count("usergroups.list")


async def test_groups_are_asked_for_once_in_minutes(slack: LocalSlack, client: AsyncWebClient) -> None:
    """Everybody's groups come with one call; who left a group is out of it when the minutes are over."""
    ana, ben = slack.person("Ana"), slack.person("Ben")
    first, second = slack.usergroup("readers", ana, ben), slack.usergroup("moderators", ben)
    now = Minutes()
    known = Groups(client, now)
    asked = await asyncio.gather(known.of(ana.id), known.of(ben.id), known.of("U0NOBODY"))
    assert list(map(set, asked)) == [{first.id}, {first.id, second.id}, set()]
    slack.usergroups[second.id] = replace(second, people=())
    now.at = groups.KEPT - 1
    assert await known.of(ben.id) == {first.id, second.id}
    now.at = groups.KEPT
    assert await known.of(ben.id) == {first.id}
    assert _times_asked(slack) == 2


async def test_where_slack_does_not_say_nobody_is_in_a_group(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    """An old answer gives no right once its time is over; Slack is asked again a minute later."""
    ben = slack.person("Ben")
    group = slack.usergroup("moderators", ben)
    now = Minutes()
    known = Groups(client, now)
    assert await known.of(ben.id) == {group.id}
    now.at = groups.KEPT
    slack.fail_next("usergroups.list", "internal_error")
    assert await known.of(ben.id) == frozenset()
    now.at += groups.KEPT_WITHOUT - 1
    assert await known.of(ben.id) == frozenset()
    now.at += 1
    assert await known.of(ben.id) == {group.id}


async def test_without_the_scope_everybody_is_answered_all_the_same(slack: LocalSlack) -> None:
    """Groups are an addition: who may not ask for them serves members and administrators as before."""
    slack.scopes -= {"usergroups:read"}
    desk = Script()
    desk.answers["quote"] = [Show(card=card())]
    async with connected(slack, desk):
        await (await slack.person("Mia", admin=True).slash("/hr-quote")).next_answer()
    (event,) = desk.asked
    assert (event.actor.administrator, event.actor.roles) == (True, frozenset())


async def test_slow_answer_keeps_nobody_waiting(
    slack: LocalSlack, client: AsyncWebClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever asks meanwhile is in no group; when the answer has come, it counts."""
    monkeypatch.setattr(groups, "_PATIENCE", 0.0)
    ben = slack.person("Ben")
    group = slack.usergroup("moderators", ben)
    held = slack.hold_next("usergroups.list")
    known = Groups(client, Minutes())
    assert await known.of(ben.id) == frozenset()
    await held.arrived()
    held.release()
    monkeypatch.setattr(groups, "_PATIENCE", 10.0)
    assert await known.of(ben.id) == {group.id}
    assert _times_asked(slack) == 1


async def test_members_of_a_group_that_was_set_moderate() -> None:
    """A group named in /settings moderates; no text makes anybody a member of it."""
    async with slack_house() as house:
        ben, cem = house.server.person("Ben"), house.server.person("Cem")
        group = house.server.usergroup("moderators", ben)
        refused = "/hr-schedule is for this community’s moderators. /hr-suggest brings an idea to them."
        assert await house.told("Ben", "/hr-schedule", "list") == refused
        reference = f"role:<!subteam^{group.id}|@moderators>"
        await house.server.person("Mia").slash("/hr-settings", reference, escaped=False)
        assert (await house.told("Ben", "/hr-schedule", "list")).startswith("Nothing is planned yet.")
        told = await cem.slash("/hr-schedule", f"list <!subteam^{group.id}|@moderators>", escaped=False)
        assert (await told.next_answer()).text == refused
