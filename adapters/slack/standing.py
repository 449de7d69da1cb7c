"""Where the app stands with Slack: in which workspace it is, and whether its tokens are taken. Its end is told to the host."""

import logging
from collections.abc import Callable

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.base import Desk, Loss
from adapters.slack import faults
from adapters.slack.faults import TROUBLE
from bot.core.events import Joined, Left, Present

REMOVED = (
    "The app was removed from the Slack workspace. To serve it again, install the app and set SLACK_BOT_TOKEN to its new "
    "token. What is kept of the workspace is removed after 30 days."
)
_CONNECTING = "apps.connections.open"
_UNINSTALLED = "account_inactive"
log = logging.getLogger(__name__)


class Standing:
    """Tells the core where the app is, and the host (`lost`) once it can be there no longer."""

    def __init__(self, desk: Desk, lost: Callable[[Loss], None] | None) -> None:
        self._desk = desk
        self._lost = lost
        self._community = ""
        self._greeted = False
        self.over = ""
        """Why Slack cannot be served any more; empty as long as it can."""

    async def arrived(self, community: str) -> None:
        """Tell the core that the app is in this workspace, and in no other."""
        self._community = community
        at = self._desk.now()
        await self._desk.hear(Present(platform="slack", communities=frozenset({community}), at=at))

    async def met(self, administrator: str) -> None:
        """Tell the core of the first administrator who looks at the app.

        Slack leads there whoever has installed it, and says in no other way who that was.
        """
        if not self._greeted:
            self._greeted = True
            event = Joined(community=self._community, at=self._desk.now(), installer=administrator)
            await self._desk.hear(event)

    async def removed(self) -> None:
        """Take note that the app was removed from the workspace."""
        await self._desk.hear(Left(community=self._community, at=self._desk.now()))
        self._end(REMOVED)

    async def revoked(self, client: AsyncWebClient) -> None:
        """Take note that a token was revoked: whether it was the bot's is asked, and its refusal says the rest."""
        try:
            await client.auth_test()
        except TROUBLE as error:
            log.info("the token was tried", extra={"error": faults.code_of(error)})

    async def refused(self, method: str, error: SlackApiError) -> None:
        """Take note that Slack does not take the token of a call; at the start, whoever starts tells it."""
        if not self._community:
            return
        if method == _CONNECTING:
            self._end(str(faults.of_app_token(error)))
        elif faults.code_of(error) == _UNINSTALLED:
            await self.removed()
        else:
            self._end(str(faults.of_bot_token(error)))

    def _end(self, sentence: str) -> None:
        if self.over:
            return
        self.over = sentence
        log.error("Slack cannot be served any longer", extra={"why": sentence})
        if self._lost is not None:
            self._lost(Loss("slack", sentence))
