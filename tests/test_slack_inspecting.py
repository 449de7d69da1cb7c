"""What `check` finds on Slack: the tokens, the scopes, and the channels where the bot is to post."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.findings import Findings
from adapters.slack.inspecting import WITHOUT, inspect
from adapters.slack.manifest import SCOPES
from bot.checking import check
from bot.core.destinations import Destination
from tests.local_slack import LocalSlack
from tests.processes import on_slack

WHOSE = "Slack: the token is that of hundred_regiments in Local Readers"


@pytest.fixture
async def slack() -> AsyncIterator[LocalSlack]:
    """Start a Slack that nobody is connected to."""
    async with LocalSlack(scopes=SCOPES) as server:
        yield server
        assert server.violations == []


async def found(slack: LocalSlack, *wanted: Destination, app_token: str = "") -> Findings:
    """Check these destinations."""
    return await inspect(slack.bot_token, app_token, slack.api_base, wanted)


def to(slack: LocalSlack, channel: str, purpose: str = "Daily excerpt") -> Destination:
    """Make a destination in this workspace."""
    return Destination(community=f"slack:{slack.team_id}", channel=channel, purpose=purpose)


async def test_app_as_the_manifest_makes_it_has_no_faults(slack: LocalSlack) -> None:
    """With every scope and a place in the channel there is nothing to say but whose the token is; nothing is changed."""
    places = (to(slack, slack.general.id), to(slack, slack.general.id, "the log"))
    assert await found(slack, *places, app_token=slack.app_token) == Findings(
        notes=[f"{WHOSE}; 1 channel looked at."]
    )
    asked = {"auth.test", "conversations.info", "apps.connections.open"}
    assert {call.method for call in slack.calls} == asked


@pytest.mark.parametrize("scope", sorted(SCOPES))
async def test_each_missing_scope_is_named(slack: LocalSlack, scope: str) -> None:
    """What the bot cannot do without is a fault with its reason; what is only less without it is a note."""
    slack.scopes -= {scope}
    findings = await found(slack)
    if scope in WITHOUT:
        said = f"Slack: without the scope {scope}, {WITHOUT[scope]}."
        assert findings == Findings(notes=[f"{WHOSE}.", said])
    else:
        (fault,) = findings.faults
        assert fault.startswith(f"Slack: the app lacks the scope {scope} (to ")
        assert fault.endswith("Add it under OAuth & Permissions and install the app again.")


async def test_channel_without_the_bot_is_named_with_the_way_in(slack: LocalSlack) -> None:
    """Where the bot has no place the host reads what to type; so it is for a channel that is gone, or archived."""
    without, old = slack.channel("without", bot=False), slack.channel("old")
    old.archived = True
    findings = await found(
        slack, to(slack, without.id), to(slack, "C0NOWHERE", "the log"), to(slack, old.id, "Archive")
    )
    invite = "Grant: type /invite @hundred_regiments there."
    gone = f"The channel is gone, or it is private and the bot has no place in it. {invite}"
    assert set(findings.faults) == {
        f"Slack: channel {without.id} (Daily excerpt): Missing: a place in #without. {invite}",
        f"Slack: channel C0NOWHERE (the log): {gone}",
        f"Slack: channel {old.id} (Archive): #old is archived. Grant: unarchive it, or name another.",
    }


async def test_channel_that_cannot_be_looked_at_is_a_note(slack: LocalSlack) -> None:
    """Without the scope for it nobody can say whether the bot has a place there."""
    slack.scopes -= {"channels:read"}
    findings = await found(slack, to(slack, slack.general.id))
    assert findings.faults == []
    assert findings.notes[-1] == (
        f"Slack: channel {slack.general.id} (Daily excerpt) could not be looked at (missing_scope)."
    )


async def test_posts_planned_in_another_workspace_are_a_fault(slack: LocalSlack) -> None:
    """A token of another workspace would post nothing of what is planned."""
    other = Destination(community="slack:T9", channel="C1", purpose="Daily excerpt")
    (fault,) = (await found(slack, other)).faults
    assert fault == (
        "Slack: the token is of another workspace than T9, where posts are planned. Install the app there, and set "
        "SLACK_BOT_TOKEN to its token."
    )


async def test_tokens_that_slack_does_not_take_are_both_told(slack: LocalSlack, tmp_path: Path) -> None:
    """Each is named with where to find the right one, both at once, and neither is repeated."""
    environment = {
        **on_slack(slack),
        "SLACK_BOT_TOKEN": "xoxb-wrong",
        "SLACK_APP_TOKEN": "xapp-wrong",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'bot.db'}",
    }
    faults = (await asyncio.to_thread(check, tmp_path / "bot.toml", environment)).faults
    assert [each[:50] for each in faults] == [
        "Slack does not take SLACK_BOT_TOKEN (invalid_auth)",
        "Slack does not take SLACK_APP_TOKEN (invalid_auth)",
    ]
    assert "wrong" not in "".join(faults)
