"""The payloads that Slack sends, complete, from Slack's reference of interactions and events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.local_slack.controls import state_values
from tests.local_slack.records import Message

if TYPE_CHECKING:
    from tests.local_slack.people import Person
    from tests.local_slack.records import Channel, Json, View
    from tests.local_slack.workspace import Workspace


def channel_name(channel: Channel) -> str:
    """Return the name that payloads give a channel: private ones are not named."""
    return {"im": "directmessage", "groups": "privategroup"}.get(channel.kind, channel.name)


def slash_command(space: Workspace, person: Person, channel: Channel, command: str, text: str) -> Json:
    """Build what a command sends, all but the trigger and the response_url."""
    return {
        "token": space.verification_token,
        "team_id": space.team_id,
        "team_domain": space.domain,
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": person.id,
        "user_name": person.username,
        "command": command,
        "text": text,
        "api_app_id": space.app_id,
        "is_enterprise_install": "false",
    }


def _common(space: Workspace, person: Person, kind: str) -> Json:
    return {
        "type": kind,
        "user": {
            "id": person.id,
            "username": person.username,
            "name": person.username,
            "team_id": space.team_id,
        },
        "api_app_id": space.app_id,
        "token": space.verification_token,
        "team": {"id": space.team_id, "domain": space.domain},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def block_actions(space: Workspace, person: Person, source: Message | View, action: Json) -> Json:
    """Build what a button or a menu sends, all but the trigger and the response_url."""
    payload = _common(space, person, "block_actions") | _place(space, source)
    return payload | {"actions": [{**action, "action_ts": space.next_ts()}]}


def _place(space: Workspace, source: Message | View) -> Json:
    if not isinstance(source, Message):
        return {"container": {"type": "view", "view_id": source.id}, "view": view(space, source)}
    container: Json = {
        "type": "message",
        "message_ts": source.ts,
        "channel_id": source.channel.id,
        "is_ephemeral": source.ephemeral,
    }
    if source.thread_ts is not None:
        container["thread_ts"] = source.thread_ts
    place: Json = {
        "container": container,
        "channel": {"id": source.channel.id, "name": channel_name(source.channel)},
        "state": {"values": state_values(source.blocks, {})},
    }
    # Slack keeps no ephemeral message, so it cannot send one back.
    return place if source.ephemeral else {**place, "message": message(space, source)}


def block_suggestion(space: Workspace, person: Person, source: Message | View, action: Json) -> Json:
    """Build what typing into an external menu sends."""
    payload = _common(space, person, "block_suggestion") | _place(space, source)
    return payload | action


def view_submission(space: Workspace, person: Person, shown: View) -> Json:
    """Build what a form sends, all but the trigger."""
    return _common(space, person, "view_submission") | {"view": view(space, shown), "response_urls": []}


def view_closed(space: Workspace, person: Person, shown: View, *, cleared: bool) -> Json:
    """Build what closing a modal sends, if it asked for it."""
    return _common(space, person, "view_closed") | {"view": view(space, shown), "is_cleared": cleared}


def shortcut(space: Workspace, person: Person, callback_id: str, source: Message | None) -> Json:
    """Build what a shortcut sends, on a message or global, all but the trigger and the response_url."""
    kind = "shortcut" if source is None else "message_action"
    payload = _common(space, person, kind) | {"callback_id": callback_id, "action_ts": space.next_ts()}
    if source is None:
        return payload
    return payload | {
        "channel": {"id": source.channel.id, "name": channel_name(source.channel)},
        "message_ts": source.ts,
        "message": message(space, source),
    }


def event(space: Workspace, inner: Json) -> Json:
    """Wrap an event as the Events API does."""
    where = inner.get("channel", space.app_id)
    return {
        "token": space.verification_token,
        "team_id": space.team_id,
        "context_team_id": space.team_id,
        "context_enterprise_id": None,
        "api_app_id": space.app_id,
        "event": inner,
        "type": "event_callback",
        "event_id": space.new_id("Ev"),
        "event_time": int(space.clock.now()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": space.team_id,
                "user_id": space.bot_user_id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": f"4-{inner['type']}-{space.team_id}-{space.app_id}-{where}",
    }


def message(space: Workspace, shown: Message, *, with_metadata: bool = False) -> Json:
    """Build a message as the Web API and the payloads show it."""
    body: Json = {
        "type": "message",
        "user": shown.author,
        "ts": shown.ts,
        "text": shown.text,
        "team": space.team_id,
    }
    if shown.from_app:
        body |= {"bot_id": space.bot_id, "app_id": space.app_id, "bot_profile": _bot_profile(space)}
    else:
        body["client_msg_id"] = f"00000000-0000-4000-8000-{shown.ts.replace('.', '')[-12:]}"
    if shown.blocks:
        body["blocks"] = shown.blocks
    # Slack shows an edit only where the text alone says something.
    if len(shown.versions) > 1 and not shown.blocks:
        body["edited"] = {"user": shown.author, "ts": f"{shown.versions[-1].at:.6f}"}
    if shown.files:
        body["files"] = [space.file_json(each) for each in shown.files]
    if with_metadata and shown.metadata:
        body["metadata"] = shown.metadata
    return body | _thread(shown)


def _bot_profile(space: Workspace) -> Json:
    return {
        "id": space.bot_id,
        "app_id": space.app_id,
        "user_id": space.bot_user_id,
        "name": space.bot_name,
        "icons": {},
        "deleted": False,
        "updated": 0,
        "team_id": space.team_id,
    }


def _thread(shown: Message) -> Json:
    if shown.thread_ts is not None:
        return {"thread_ts": shown.thread_ts}
    replies = shown.replies
    if not replies:
        return {}
    people = list(dict.fromkeys(reply.author for reply in replies))
    return {
        "thread_ts": shown.ts,
        "reply_count": len(replies),
        "reply_users": people,
        "reply_users_count": len(people),
        "latest_reply": replies[-1].ts,
        "is_locked": False,
        "subscribed": False,
    }


def view(space: Workspace, shown: View) -> Json:
    """Build a view as the Web API and the payloads show it."""
    content = shown.content
    body: Json = {
        "id": shown.id,
        "team_id": space.team_id,
        "type": shown.type,
        "blocks": shown.blocks,
        "private_metadata": content.get("private_metadata", ""),
        "callback_id": shown.callback_id,
        "state": {"values": state_values(shown.blocks, shown.typed)},
        "hash": shown.hash,
        "title": content.get("title", {"type": "plain_text", "text": "View Title", "emoji": True}),
        "clear_on_close": content.get("clear_on_close", False),
        "notify_on_close": content.get("notify_on_close", False),
        "close": content.get("close"),
        "submit": content.get("submit"),
        "previous_view_id": shown.previous_id,
        "root_view_id": shown.root_id,
        "app_id": space.app_id,
        "external_id": content.get("external_id", ""),
        "app_installed_team_id": space.team_id,
        "bot_id": space.bot_id,
    }
    return body
