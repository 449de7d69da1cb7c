"""The endpoints that answer interactions; the token in the path opens them."""

from tests.local_discord import callbacks
from tests.local_discord.calls import NOTHING, Answer, Call, Route
from tests.local_discord.interactions import Interaction
from tests.local_discord.messages import Message
from tests.local_discord.world import World

_TRUE = ("1", "true", "True")


def respond(world: World, call: Call) -> Answer:
    """Take the first answer; `with_response` asks for what came of it."""
    interaction = callbacks.respond(world, call)
    if call.query.get("with_response") in _TRUE:
        return Answer(body=callbacks.callback_resource(interaction))
    return NOTHING


def follow_up(world: World, call: Call) -> Answer:
    """Post a followup; interactions always wait for the message."""
    return Answer(body=callbacks.followup(world, _opened(world, call), call).wire)


def read_message(world: World, call: Call) -> Answer:
    """Return the original answer or a followup, ephemeral ones too."""
    return Answer(body=_message(world, call)[1].wire)


def edit_message(world: World, call: Call) -> Answer:
    """Change the original answer or a followup."""
    interaction, message = _message(world, call)
    callbacks.change(world, interaction, message, call)
    return Answer(body=message.wire)


def delete_message(world: World, call: Call) -> Answer:
    """Delete the original answer or a followup."""
    callbacks.remove(world, *_message(world, call))
    return NOTHING


def _opened(world: World, call: Call) -> Interaction:
    return callbacks.opened_by(world, call.args["webhook_id"], call.args["webhook_token"])


def _message(world: World, call: Call) -> tuple[Interaction, Message]:
    interaction = _opened(world, call)
    return interaction, callbacks.message_of(interaction, call.args.get("message_id", "@original"))


_WEBHOOK = "/webhooks/{webhook_id}/{webhook_token}"
_CALLBACK = "/interactions/{interaction_id}/{interaction_token}/callback"
ROUTES = [
    Route(method="POST", template=_CALLBACK, endpoint=respond, open=True),
    Route(method="POST", template=_WEBHOOK, endpoint=follow_up, open=True),
    *(
        Route(method=method, template=f"{_WEBHOOK}/messages/{name}", endpoint=endpoint, open=True)
        for name in ("@original", "{message_id}")
        for method, endpoint in (("GET", read_message), ("PATCH", edit_message), ("DELETE", delete_message))
    ),
]
