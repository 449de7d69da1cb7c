"""A tiny real bolt app that uses every way there is between an app and Slack; the server's own tests drive it."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING, Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

if TYPE_CHECKING:
    from tests.local_slack.server import LocalSlack

Body = dict[str, Any]


def section(text: str) -> Body:
    """Return a section block."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def button(label: str, action_id: str, value: str = "v") -> Body:
    """Return a button."""
    text = {"type": "plain_text", "text": label}
    return {"type": "button", "text": text, "action_id": action_id, "value": value}


def actions(*parts: Body, block_id: str = "choices") -> Body:
    """Return an actions block."""
    return {"type": "actions", "block_id": block_id, "elements": list(parts)}


def menu(action_id: str, *labels: str) -> Body:
    """Return a menu with these options."""
    options = [{"text": {"type": "plain_text", "text": label}, "value": label.lower()} for label in labels]
    return {"type": "static_select", "action_id": action_id, "options": options}


def field(label: str, block_id: str, element: Body | None = None, **more: Any) -> Body:
    """Return an input block, for text unless another element is given."""
    words = {"type": "plain_text", "text": label}
    inner = element or {"type": "plain_text_input", "action_id": "typed"}
    return {"type": "input", "block_id": block_id, "label": words, "element": inner, **more}


def modal(*blocks: Body, title: str = "A form", **more: Any) -> Body:
    """Return a modal that can be submitted."""
    words = {"type": "plain_text", "text": title}
    submit = {"type": "plain_text", "text": "Send"}
    return {
        "type": "modal",
        "title": words,
        "submit": submit,
        "callback_id": "form",
        "blocks": list(blocks),
    } | more


class SampleApp:
    """The app with what its listeners saw; `gate` closed keeps /hr-quote from acknowledging."""

    def __init__(self, *, api_base: str, bot_token: str, app_token: str, signing_secret: str) -> None:
        self.client = AsyncWebClient(token=bot_token, base_url=api_base)
        self.app = AsyncApp(client=self.client, signing_secret=signing_secret, process_before_response=True)
        self.app_token = app_token
        self.gate = asyncio.Event()
        self.gate.set()
        self.reached = asyncio.Event()
        self.events: list[Body] = []
        self.seen: list[Body] = []
        self.answer_to_form: Body | None = None
        self._handler: AsyncSocketModeHandler | None = None
        self._listen()

    @classmethod
    def of(cls, slack: LocalSlack) -> SampleApp:
        """Return the app with the tokens of that server."""
        return cls(
            api_base=slack.api_base,
            bot_token=slack.bot_token,
            app_token=slack.app_token,
            signing_secret=slack.http.signing_secret,
        )

    async def connect(self) -> None:
        """Open the Socket Mode connection."""
        self._handler = AsyncSocketModeHandler(self.app, self.app_token)
        await self._handler.connect_async()  # type: ignore[no-untyped-call]  # bolt leaves it unannotated

    async def close(self) -> None:
        """Close the Socket Mode connection."""
        if self._handler is not None:
            await self._handler.close_async()  # type: ignore[no-untyped-call]  # the same

    @property
    def has_heard_a_pong(self) -> bool:
        """Say whether a ping of its own was answered."""
        return self._handler is not None and self._handler.client.last_ping_pong_time is not None

    def _listen(self) -> None:
        self.app.command("/hr-quote")(self._quote)
        self.app.command("/hr-round")(self._round)
        self.app.command("/hr-form")(self._form)
        self.app.command("/hr-broken")(self._broken)
        self.app.action("answer")(self._answered)
        self.app.action("tell")(self._told)
        self.app.action("pick")(self._told)
        self.app.view("form")(self._submitted)
        self.app.view_closed("form")(self._told)
        self.app.options("speaker")(self._speakers)
        self.app.shortcut("suggest")(self._suggested)
        for name in ("app_home_opened", "app_uninstalled", "tokens_revoked"):
            self.app.event(name)(self._heard)

    async def _quote(self, ack: Any, body: Body) -> None:
        self.seen.append(body)
        self.reached.set()
        await self.gate.wait()
        await ack(f"You typed: {body['text']}")

    async def _round(self, ack: Any, body: Body) -> None:
        await ack()
        await self.client.chat_postMessage(
            channel=body["channel_id"],
            text="Who said it?",
            blocks=[
                section("Who said it?"),
                actions(button("Lenin", "answer", "1"), button("Tell me", "tell")),
            ],
            metadata={"event_type": "round", "event_payload": {"id": "7"}},
            unfurl_links=False,
            unfurl_media=False,
        )

    async def _form(self, ack: Any, body: Body) -> None:
        await ack()
        await self.client.views_open(trigger_id=body["trigger_id"], view=modal(field("A name", "name")))

    async def _broken(self, ack: Any) -> None:
        await ack(blocks=[actions(button("One", "same"), button("Two", "same"))], text="broken")

    async def _answered(self, ack: Any, body: Body) -> None:
        self.seen.append(body)
        await ack()
        source = body["message"]
        await self.client.chat_update(
            channel=body["channel"]["id"], ts=source["ts"], text="Closed", blocks=[section("Closed")]
        )

    async def _told(self, ack: Any, body: Body, respond: Any) -> None:
        self.seen.append(body)
        await ack()
        if "response_url" in body:
            await respond(text="Only for you", replace_original=body["container"]["is_ephemeral"])

    async def _submitted(self, ack: Any, body: Body) -> None:
        self.seen.append(body)
        await (ack(self.answer_to_form) if self.answer_to_form else ack())

    async def _speakers(self, ack: Any, body: Body) -> None:
        self.seen.append(body)
        names = [name for name in ("Lenin", "Luxemburg", "Bernstein") if name.startswith(body["value"])]
        await ack(options=menu("speaker", *names)["options"])

    async def _suggested(self, ack: Any, body: Body) -> None:
        self.seen.append(body)
        await ack()
        view = modal(field("The words", "words"))
        await self.client.views_open(trigger_id=body["trigger_id"], view=view)

    async def _heard(self, body: Body) -> None:
        self.events.append(body)
        if body["event"]["type"] == "app_home_opened":
            view = {"type": "home", "blocks": [section("Today"), actions(button("Tell me", "tell"))]}
            await self.client.views_publish(user_id=body["event"]["user"], view=view)


async def run(api_base: str, bot_token: str, app_token: str) -> None:
    """Run the app in a process of its own until it is killed."""
    app = SampleApp(api_base=api_base, bot_token=bot_token, app_token=app_token, signing_secret="not-used")
    await app.connect()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(run(*sys.argv[1:]))
