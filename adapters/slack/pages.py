"""Pages and forms: App Home, the modals that answer what is pressed on it, and the forms that any interaction opens."""

import logging
from collections.abc import Sequence

from slack_sdk.errors import SlackApiError

from adapters.slack import faults, views
from adapters.slack.faults import TROUBLE
from adapters.slack.payloads import Handle
from adapters.slack.render import Json, render
from adapters.slack.sender import Sender
from bot.core.cards import Card
from bot.core.forms import Form

MOST_OPEN = 1_000
FULL = "push_limit_reached"
log = logging.getLogger(__name__)


class Pages:
    """Opens views, and remembers of each form what its submission does not say.

    A submission brings no response_url. The one of the interaction that opened the form is kept here by the modal's id;
    it is not put into the modal, where whoever has the modal open could read it and speak as the bot.
    """

    def __init__(self, sender: Sender, prefix: str) -> None:
        self._client = sender.client
        self._prefix = prefix
        self._opened: dict[str, tuple[str, bool]] = {}

    async def publish(self, user: str, cards: Sequence[Card]) -> None:
        """Show cards to one member on App Home. Raises what a call to Slack may raise."""
        await self._client.views_publish(user_id=user, view=views.home(cards, self._prefix))

    async def answer(self, handle: Handle, cards: Sequence[Card], *, in_place: bool) -> bool:
        """Answer with cards in a modal: a new one, or after a press in a modal one above it or in its place.

        False where Slack opens none, since three seconds are over for example.
        """
        shown = [block for card in cards for block in render(card, self._prefix).blocks]
        content = views.page(shown, handle.origin)
        try:
            if handle.on_home or not handle.in_view:
                await self._client.views_open(trigger_id=handle.trigger, view=content)
            elif in_place:
                await self._replace(handle, content)
            else:
                await self._push(handle, content)
        except TROUBLE as error:
            log.info("a page could not be opened", extra={"error": faults.code_of(error)})
            return False
        return True

    def in_answer(self, handle: Handle, card: Card) -> Json:
        """Give what acknowledges a form that was opened from App Home: a card in its place."""
        view = views.page(render(card, self._prefix).blocks, handle.origin)
        return {"response_action": "update", "view": view}

    def next_form(self, handle: Handle, form: Form) -> Json:
        """Give what acknowledges a form with another one in its place."""
        return {"response_action": "update", "view": views.modal(form, handle.origin, self._prefix)}

    async def open_form(self, handle: Handle, form: Form) -> bool:
        """Open a form; False where Slack does not, since three seconds are over for example."""
        on_modal = handle.in_view and not handle.on_home
        call = self._client.views_push if on_modal else self._client.views_open
        try:
            answer = await call(
                trigger_id=handle.trigger, view=views.modal(form, handle.origin, self._prefix)
            )
        except TROUBLE as error:
            log.warning("a form could not be opened", extra={"error": faults.code_of(error)})
            return False
        while len(self._opened) >= MOST_OPEN:
            del self._opened[next(iter(self._opened))]
        self._opened[str(answer["view"]["id"])] = (handle.response_url, handle.replaces)
        return True

    def way_back(self, view: str) -> tuple[str, bool]:
        """Give the response_url of what opened a form, and whether that was on an ephemeral message."""
        return self._opened.get(view, ("", False))

    async def _push(self, handle: Handle, content: Json) -> None:
        try:
            await self._client.views_push(trigger_id=handle.trigger, view=content)
        except SlackApiError as error:
            if faults.code_of(error) != FULL:
                raise
            await self._replace(handle, content)

    async def _replace(self, handle: Handle, content: Json) -> None:
        view = handle.view or {}
        await self._client.views_update(view_id=view["id"], view=content)
