"""chat.*: posting, updating and deleting messages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.local_slack import payloads
from tests.local_slack.api_conversations import channel_called, reachable
from tests.local_slack.blocks import MESSAGE_BLOCK_TEXT, block_text, message_faults
from tests.local_slack.refusal import RefusalError

if TYPE_CHECKING:
    from tests.local_slack.arguments import Arguments
    from tests.local_slack.records import Channel, Json, Message
    from tests.local_slack.workspace import Workspace

CUT_AT = 40_000  # chat.postMessage cuts longer texts
UPDATE_TEXT = 4_000  # chat.update refuses longer ones
METADATA_BYTES = 16_000


def _content(space: Workspace, arguments: Arguments, *, most: int) -> tuple[str, list[Json] | None]:
    text = arguments.text("text")
    blocks = arguments.structure("blocks", error="invalid_blocks_format")
    if arguments.text("markdown_text"):
        if text or blocks:
            raise RefusalError("markdown_text_conflict")
        text = arguments.text("markdown_text")
    if blocks is not None:
        _check_blocks(space, blocks)
    if not text and not blocks and not arguments.structure("attachments"):
        raise RefusalError("no_text")
    if len(text) > most:
        raise RefusalError("msg_too_long")
    return text, blocks


def _check_blocks(space: Workspace, blocks: list[Json]) -> None:
    space.violations += [f"blocks against the schema: {fault}" for fault in space.specs.blocks(blocks)]
    faults = message_faults(blocks)
    if faults:
        raise RefusalError("invalid_blocks", *faults)
    if block_text(blocks) > MESSAGE_BLOCK_TEXT:
        raise RefusalError("msg_blocks_too_long")


def _metadata(arguments: Arguments) -> Json | None:
    given = arguments.structure("metadata", error="invalid_metadata_format")
    if given is None or given == {}:
        return None if given is None else {}
    if not isinstance(given, dict) or not isinstance(given.get("event_type"), str):
        raise RefusalError("invalid_metadata_format")
    if not isinstance(given.get("event_payload"), dict):
        raise RefusalError("invalid_metadata_format")
    if len(json.dumps(given)) > METADATA_BYTES:
        raise RefusalError("metadata_too_large")
    metadata: Json = given
    return metadata


def _thread(channel: Channel, arguments: Arguments) -> str | None:
    thread_ts = arguments.text("thread_ts")
    if not thread_ts:
        return None
    parent = channel.find(thread_ts)
    if parent is None:
        raise RefusalError("cannot_reply_to_message")
    return parent.thread_ts or parent.ts


def post_message(space: Workspace, arguments: Arguments) -> Json:
    """Answer chat.postMessage."""
    channel = channel_called(space, arguments.text("channel"), by_name=True)
    reachable(space, channel, to_post=True)
    text, blocks = _content(space, arguments, most=10 * CUT_AT)
    if len(text) > CUT_AT:
        space.violations.append(f"a text of {len(text)} characters is cut")
        text = text[:CUT_AT]
    message = space.post(
        channel,
        text=text,
        blocks=blocks,
        thread_ts=_thread(channel, arguments),
        broadcast=arguments.flag("reply_broadcast"),
        metadata=_metadata(arguments),
        unfurl_links=arguments.choice("unfurl_links"),
        unfurl_media=arguments.choice("unfurl_media"),
    )
    shown = payloads.message(space, message, with_metadata=True)
    return {"channel": channel.id, "ts": message.ts, "message": shown}


def post_ephemeral(space: Workspace, arguments: Arguments) -> Json:
    """Answer chat.postEphemeral."""
    channel = channel_called(space, arguments.text("channel"))
    reachable(space, channel, to_post=True)
    person = space.people.get(arguments.needed("user"))
    if person is None or person.id not in channel.members:
        raise RefusalError("user_not_in_channel")
    text, blocks = _content(space, arguments, most=CUT_AT)
    message = space.post(
        channel,
        text=text,
        blocks=blocks,
        ephemeral_to=person,
        thread_ts=_thread(channel, arguments),
    )
    answered = person.last_in(channel)
    if answered is not None:
        answered.answers.add(message)
    return {"message_ts": message.ts}


def _own(space: Workspace, channel: Channel, ts: str, *, refusal: str) -> Message:
    message = channel.find(ts)
    if message is None:
        raise RefusalError("message_not_found")
    if message.author != space.bot_user_id:
        raise RefusalError(refusal)
    return message


def update(space: Workspace, arguments: Arguments) -> Json:
    """Answer chat.update: without blocks, a text takes the old blocks' place."""
    channel = channel_called(space, arguments.text("channel"))
    if channel.archived:
        raise RefusalError("is_inactive")
    message = _own(space, channel, arguments.needed("ts"), refusal="cant_update_message")
    if channel.edit_window_closed:
        raise RefusalError("edit_window_closed")
    text, blocks = _content(space, arguments, most=UPDATE_TEXT)
    metadata = _metadata(arguments)
    if metadata is not None:
        message.metadata = metadata or None
    space.edit(message, text=text, blocks=blocks or [])
    shown = payloads.message(space, message, with_metadata=True)
    return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": shown}


def delete(space: Workspace, arguments: Arguments) -> Json:
    """Answer chat.delete."""
    channel = channel_called(space, arguments.text("channel"))
    message = _own(space, channel, arguments.needed("ts"), refusal="cant_delete_message")
    space.delete(message)
    return {"channel": channel.id, "ts": message.ts}


def permalink(space: Workspace, arguments: Arguments) -> Json:
    """Answer chat.getPermalink."""
    channel = channel_called(space, arguments.text("channel"))
    message = channel.find(arguments.needed("message_ts"))
    if message is None:
        raise RefusalError("message_not_found")
    place = f"archives/{channel.id}/p{message.ts.replace('.', '')}"
    return {"channel": channel.id, "permalink": f"https://{space.domain}.slack.com/{place}"}
