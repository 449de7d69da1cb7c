"""The response_url of an interaction: five answers within half an hour, new ones or in place of the original."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.local_slack.acknowledgements import show_answer
from tests.local_slack.blocks import message_faults
from tests.local_slack.records import Call, Message
from tests.local_slack.refusal import FAULTS, RefusalError

if TYPE_CHECKING:
    from tests.local_slack.interaction import Interaction
    from tests.local_slack.records import Json
    from tests.local_slack.workspace import Workspace

USES = 5
SECONDS = 30 * 60
KEYS = frozenset(
    {
        "attachments",
        "blocks",
        "delete_original",
        "metadata",
        "replace_original",
        "response_type",
        "text",
        "thread_ts",
        "unfurl_links",
        "unfurl_media",
    }
)


def respond(space: Workspace, path: str, body: Any) -> None:
    """Use a response_url once."""
    known = space.response_urls.get(path)
    if known is None or space.clock.now() - known.issued_at > SECONDS:
        raise RefusalError("expired_url", status=404)
    if known.uses >= USES:
        raise RefusalError("used_url", status=404)
    if not isinstance(body, dict):
        raise RefusalError("invalid_payload", status=400)
    space.violations += [f"a response_url has no {name}" for name in sorted(set(body) - KEYS)]
    space.violations += [f"answer against the schema: {f}" for f in space.specs.blocks(body.get("blocks"))]
    faults = message_faults(body.get("blocks") or [])
    if faults:
        raise RefusalError("invalid_blocks", *faults, status=400)
    if not (body.get("text") or body.get("blocks") or body.get("delete_original")):
        raise RefusalError("no_text", status=400)
    known.uses += 1
    _apply(space, known.interaction, body)


def _original(interaction: Interaction) -> Message | None:
    if isinstance(interaction.source, Message):
        return interaction.source
    # A command has no message of its own: what its response_url showed last stands for it.
    return interaction.answers[-1] if len(interaction.answers) else None


def _apply(space: Workspace, interaction: Interaction, body: Json) -> None:
    original = _original(interaction)
    if body.get("delete_original"):
        if original is None or original.deleted:
            raise RefusalError("message_not_found", status=404)
        space.delete(original)
    elif body.get("replace_original") and original is not None:
        if original.deleted:
            raise RefusalError("message_not_found", status=404)
        space.edit(original, text=body.get("text") or "", blocks=body.get("blocks") or [])
    else:
        show_answer(space, interaction, body)


async def handle(space: Workspace, request: web.Request) -> web.Response:
    """Answer a request to a response_url."""
    body: Any = None
    try:
        body = json.loads(await request.text())
        respond(space, request.path, body)
    except json.JSONDecodeError:
        refusal = RefusalError("invalid_payload", status=400)
    except RefusalError as raised:
        refusal = raised
    else:
        space.calls.add(Call(method="response_url", params=body, answer={"ok": True}, at=space.clock.now()))
        return web.Response(text="ok")
    if refusal.error in FAULTS:
        space.violations.append(f"response_url: {refusal.error} {list(refusal.messages)}")
    params = body if isinstance(body, dict) else {}
    space.calls.add(Call(method="response_url", params=params, answer=refusal.body(), at=space.clock.now()))
    return web.json_response(refusal.body(), status=refusal.status)
