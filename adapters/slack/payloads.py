"""What Slack's payloads say: who did something where, and how it can be answered."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from adapters.slack import views
from adapters.slack.render import Json
from adapters.slack.views import Origin
from bot.core.events import MessageRef

Body = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Handle:
    """One interaction, as far as it takes to answer it. It is kept in memory alone, while the answer is under way.

    `id` is the same when Slack delivers the payload again. `message` is the message pressed, None for an ephemeral one,
    which only `response_url` can replace (`replaces`). `view` is the page or form it happened in; `submitted` says
    that the form was sent; `home` that this page is App Home, or was opened from there. `page` says that a card with
    buttons is to be answered on a page of its own.
    """

    id: str
    user: str
    name: str
    channel: str
    trigger: str = ""
    thread: str = ""
    message: MessageRef | None = None
    response_url: str = ""
    replaces: bool = False
    view: Body | None = None
    submitted: bool = False
    command: bool = False
    home: bool = False
    page: bool = False

    @property
    def in_view(self) -> bool:
        """Whether something was pressed on a page: App Home or a modal."""
        return self.view is not None and not self.submitted

    @property
    def on_home(self) -> bool:
        """Whether something was pressed on App Home itself."""
        return self.in_view and self.view is not None and self.view["type"] == "home"

    @property
    def origin(self) -> Origin:
        """Where a form or page that this opens comes from."""
        message = self.message.message if self.message else ""
        return Origin(channel=self.channel, message=message, thread=self.thread, home=self.home)


class Acknowledgement:
    """Slack's acknowledgement, given once: what it carries, or nothing."""

    def __init__(self) -> None:
        self._body: asyncio.Future[Json] = asyncio.get_running_loop().create_future()

    @property
    def given(self) -> bool:
        """Whether it is given already."""
        return self._body.done()

    def give(self, body: Json) -> None:
        """Acknowledge with a body; after the first time nothing happens."""
        if not self._body.done():
            self._body.set_result(body)

    async def give_nothing(self) -> None:
        """Acknowledge without an answer, which follows another way."""
        self.give({})

    async def body(self) -> Json:
        """Wait until it is given, and give what it carries."""
        return await self._body


def of_command(body: Body) -> Handle:
    """Read a slash command."""
    return Handle(
        id=body["trigger_id"],
        user=body["user_id"],
        name=body.get("user_name", ""),
        channel=body["channel_id"],
        trigger=body["trigger_id"],
        response_url=body.get("response_url", ""),
        command=True,
    )


def of_press(body: Body) -> Handle:
    """Read a press on a button or a choice in a select, on a message or in a view."""
    container = body["container"]
    view = body.get("view")
    if view is not None:
        return _in_view(body, view)
    channel = container.get("channel_id") or (body.get("channel") or {}).get("id", "")
    stamp = container.get("message_ts", "")
    ephemeral = bool(container.get("is_ephemeral"))
    action = body["actions"][0]
    return Handle(
        id=body.get("trigger_id") or f"{action['action_ts']}:{body['user']['id']}:{stamp}",
        user=body["user"]["id"],
        name=body["user"].get("name", ""),
        channel=channel,
        trigger=body.get("trigger_id", ""),
        thread=container.get("thread_ts", ""),
        message=MessageRef(channel, stamp) if stamp and not ephemeral else None,
        response_url=body.get("response_url", ""),
        replaces=ephemeral,
    )


def _in_view(body: Body, view: Body) -> Handle:
    origin = views.origin_of(view)
    return Handle(
        id=body["trigger_id"],
        user=body["user"]["id"],
        name=body["user"].get("name", ""),
        channel=origin.channel,
        trigger=body["trigger_id"],
        thread=origin.thread,
        view=view,
        home=view["type"] == "home" or origin.home,
    )


def of_shortcut(body: Body) -> Handle:
    """Read a shortcut on a message."""
    message = body["message"]
    return Handle(
        id=body["trigger_id"],
        user=body["user"]["id"],
        name=body["user"].get("name", ""),
        channel=body["channel"]["id"],
        trigger=body["trigger_id"],
        thread=message.get("thread_ts", ""),
        response_url=body.get("response_url", ""),
    )


def of_submission(body: Body) -> Handle:
    """Read a form that was sent.

    A form sent again after field errors has the same view and hash as before, so only the trigger tells it from a
    repeated delivery.
    """
    view = body["view"]
    origin = views.origin_of(view)
    return Handle(
        id=body.get("trigger_id") or f"{view['id']}:{view.get('hash', '')}",
        user=body["user"]["id"],
        name=body["user"].get("name", ""),
        channel=origin.channel,
        trigger=body.get("trigger_id", ""),
        thread=origin.thread,
        message=origin.ref,
        view=view,
        submitted=True,
        home=origin.home,
    )


def pressed(body: Body) -> tuple[str, str]:
    """Give the token of what was pressed, and the option chosen where it was a select."""
    action = body["actions"][0]
    return str(action["action_id"]), str((action.get("selected_option") or {}).get("value", ""))
