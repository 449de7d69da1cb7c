"""A local Slack for tests: the real client libraries drive it, and it refuses what Slack refuses.

    async with LocalSlack() as slack:
        # start the app with base_url=slack.api_base, slack.bot_token and slack.app_token
        await slack.connected()
        ana = slack.person("Ana")
        await ana.slash("/hr-quiz", "who")
        post = await slack.general.next_message()
        reply = await ana.press(post, "Vladimir Lenin")
        assert (await reply.next_answer()).text.startswith("Your answer")
        slack.clock.advance(45)
        await post.next_edit()
        assert slack.violations == []

Every wait is for a real effect and ends in a helpful failure after ten seconds. `slack.shown` tells in order what
people see; `slack.calls` what the app asked for; `slack.violations` what a faultless app never does.
"""

from tests.local_slack.clock import Clock
from tests.local_slack.controls import labels, shown_text
from tests.local_slack.interaction import (
    BAD_COMMAND_ANSWER,
    BAD_VIEW_ANSWER,
    NOT_DISPATCHED,
    TIMED_OUT,
    Interaction,
)
from tests.local_slack.people import Person
from tests.local_slack.records import Call, Channel, Message, Shown, View
from tests.local_slack.server import LocalSlack
from tests.local_slack.workspace import SCOPES

__all__ = [
    "BAD_COMMAND_ANSWER",
    "BAD_VIEW_ANSWER",
    "NOT_DISPATCHED",
    "SCOPES",
    "TIMED_OUT",
    "Call",
    "Channel",
    "Clock",
    "Interaction",
    "LocalSlack",
    "Message",
    "Person",
    "Shown",
    "View",
    "labels",
    "shown_text",
]
