"""Where the bot has no place, asked from Slack before anything is planned there or a thread opened.

It is asked about the channels that somebody names. Where something else is to be answered in a channel nothing is asked:
there the answer itself is the post that Slack refuses.
"""

import asyncio
import re
from collections.abc import Collection, Mapping

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import faults
from adapters.slack.faults import TROUBLE
from bot.core.events import Barred
from bot.core.registry import Command, Kind

MOST = 10
"""Channels that are asked about for one interaction, at most."""
_PATIENCE = 1.0
"""Seconds to wait for conversations.info: the interaction at hand has three in all."""
_ID = re.compile(r"\b(?=[0-9]*[A-Z])[A-Z0-9]{2,}\b")


def named(declared: Command | None, typed: str) -> Collection[str]:
    """List what may be the id of a channel, of what was typed behind a command that takes one; Slack knows which is."""
    takes_one = declared is not None and any(each.kind is Kind.CHANNEL for each in declared.parameters)
    return _ID.findall(typed) if takes_one else ()


async def lacking(client: AsyncWebClient, channel: str, bot: str) -> str:
    """Say what keeps the bot from posting in a channel, and how that is granted; nothing where nothing does.

    `bot` is the name that invites it. Raises what a call to Slack may raise, where Slack does not say.
    """
    try:
        answer = await client.conversations_info(channel=channel)
    except SlackApiError as error:
        if faults.code_of(error) not in faults.NO_PLACE:
            raise
        return faults.no_place(faults.code_of(error), bot)
    found = answer["channel"]
    # Of direct messages, which have no name, Slack does not say that the bot is in there: it knows no others.
    outside = "" if found.get("is_member", True) else "not_in_channel"
    code = "is_archived" if found.get("is_archived") else outside
    return faults.no_place(code, bot, f"#{found.get('name', '')}") if code else ""


class Barriers:
    """Says where the bot may not post. `client` is one that does not wait on a rate limit; `bot` is the bot's name.

    Where Slack does not say within a second nothing is said either: what cannot be posted is then told when it fails.
    """

    def __init__(self, client: AsyncWebClient, bot: str) -> None:
        self._client = client
        self._bot = bot

    async def among(self, channels: Collection[str]) -> Mapping[str, Barred]:
        """Give what the bot may not do in those of these channels where it has no place."""
        asked = list(dict.fromkeys(filter(None, channels)))[:MOST]
        found = await asyncio.gather(*map(self._lacking, asked))
        return {
            channel: Barred(change=words, post=words, thread=words)
            for channel, words in zip(asked, found, strict=True)
            if words
        }

    async def _lacking(self, channel: str) -> str:
        try:
            async with asyncio.timeout(_PATIENCE):
                return await lacking(self._client, channel, self._bot)
        except TROUBLE:
            return ""
