"""Sending: the few calls by which words reach Slack, all through our own client."""

from dataclasses import dataclass

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from adapters.slack.client import Pace, sdk_log
from adapters.slack.faults import TROUBLE
from adapters.slack.render import Json, Rendered
from bot.core.events import MessageRef

EVENT_TYPE = "hundred_regiments_post"
"""The kind of metadata under which a post carries its key."""
NO_PREVIEWS: Json = {"unfurl_links": False, "unfurl_media": False}
_TAKEN = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Installed:
    """What Slack says of this installation: the workspace and the bot's own names."""

    team: str
    bot_user: str
    bot: str
    name: str

    @property
    def community(self) -> str:
        """The community that this workspace is."""
        return f"slack:{self.team}"


class Sender:
    """Posts, updates and answers. Every method but `respond` raises what a call to Slack may raise."""

    def __init__(self, client: AsyncWebClient, pace: Pace) -> None:
        self.client = client
        self._pace = pace

    async def post(self, channel: str, shown: Rendered, *, thread: str = "", key: str = "") -> MessageRef:
        """Post a message; `key` goes along where nobody sees it, to find the message by."""
        await self._pace.turn(channel)
        metadata = {"event_type": EVENT_TYPE, "event_payload": {"key": key}} if key else None
        answer = await self.client.chat_postMessage(
            channel=channel, thread_ts=thread or None, metadata=metadata, **shown.as_body(), **NO_PREVIEWS
        )
        return MessageRef(str(answer["channel"]), str(answer["ts"]))

    async def update(self, ref: MessageRef, shown: Rendered) -> None:
        """Put something else in place of what a message shows."""
        await self.client.chat_update(channel=ref.channel, ts=ref.message, **shown.as_body())

    async def whisper(self, channel: str, user: str, shown: Rendered, *, thread: str = "") -> None:
        """Show something in a channel to one person alone."""
        await self.client.chat_postEphemeral(
            channel=channel, user=user, thread_ts=thread or None, **shown.as_body()
        )

    async def respond(self, url: str, body: Json) -> bool:
        """Answer through a response_url, which asks for no place in the channel; False once Slack takes none there."""
        hook = AsyncWebhookClient(url, session=self.client.session, logger=sdk_log, retry_handlers=[])
        try:
            answer = await hook.send_dict({**body, **NO_PREVIEWS})
        except TROUBLE:
            return False
        return answer.status_code == _TAKEN
