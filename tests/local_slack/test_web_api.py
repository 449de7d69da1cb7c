"""The Web API with the real client: what it answers, and what it refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.local_slack import SCOPES, LocalSlack
from tests.local_slack.raw_app import refused

if TYPE_CHECKING:
    from tests.local_slack import Person
    from tests.local_slack.raw_app import RawApp
    from tests.local_slack.sample_app import SampleApp

Body = dict[str, Any]


async def test_history_finds_a_post_by_its_metadata(slack: LocalSlack, app: SampleApp) -> None:
    """History is newest first, in pages, from a time on, with metadata on demand, without ephemerals or replies."""
    ana, client = slack.person("Ana"), app.client
    old = ana.says("before")
    await ana.slash("/hr-round")
    post = await slack.general.next_message()
    await client.chat_postEphemeral(channel=slack.general.id, user=ana.id, text="not in history")
    await client.chat_postMessage(channel=slack.general.id, text="a reply", thread_ts=post.ts)
    found = await client.conversations_history(
        channel=slack.general.id, oldest=old.ts, include_all_metadata=True
    )
    assert [post.ts] == [message["ts"] for message in found["messages"]]
    assert found["messages"][0]["metadata"]["event_payload"] == {"id": "7"}
    assert found["messages"][0]["reply_count"] == 1
    first = await client.conversations_history(channel=slack.general.id, limit=1)
    assert (first["has_more"], "metadata" in first["messages"][0]) == (True, False)
    cursor = first["response_metadata"]["next_cursor"]
    second = await client.conversations_history(channel=slack.general.id, limit=1, cursor=cursor)
    assert [old.ts] == [message["ts"] for message in second["messages"]]
    thread = await client.conversations_replies(channel=slack.general.id, ts=post.ts)
    assert [message["text"] for message in thread["messages"]] == ["Who said it?", "a reply"]
    assert [message.text for message in post.replies] == ["a reply"]
    assert slack.violations == []


async def test_people_channels_and_groups_can_be_asked_for(slack: LocalSlack, app: SampleApp) -> None:
    """The directory answers who people are, what may be read, and who is in a group."""
    client, mia = app.client, slack.person("Mia", admin=True, tz="Europe/Berlin")
    ben, secret = slack.person("Ben"), slack.channel("secret", private=True)
    user = (await client.users_info(user=mia.id))["user"]
    assert (user["is_admin"], user["is_owner"], user["tz"]) == (True, False, "Europe/Berlin")
    assert user["profile"]["display_name"] == "Mia"
    users = await client.users_list(limit=2)
    assert len(users["members"]) == 2
    assert users["response_metadata"]["next_cursor"]
    group = slack.usergroup("moderators", mia)
    assert [mia.id] == (await client.usergroups_users_list(usergroup=group.id))["users"]
    (found,) = (await client.usergroups_list(include_users=True))["usergroups"]
    assert (found["id"], found["handle"], found["users"]) == (group.id, "moderators", [mia.id])
    assert (await client.conversations_info(channel=secret.id))["channel"]["is_private"] is True
    listed = await client.conversations_list(types="public_channel,private_channel")
    assert [channel["name"] for channel in listed["channels"]] == ["general", "secret"]
    inside = await client.conversations_members(channel=secret.id)
    assert {mia.id, ben.id, slack.bot_user_id} == set(inside["members"])
    assert (await client.auth_test())["bot_id"] == slack.bot_id
    assert (await client.bots_info(bot=slack.bot_id))["bot"]["user_id"] == slack.bot_user_id
    assert (await client.team_info())["team"]["id"] == slack.team_id
    assert slack.violations == []


async def test_direct_messages_joining_and_pins(slack: LocalSlack, app: SampleApp) -> None:
    """The app writes to one person, joins a public channel, and pins what it wrote there."""
    client, ana, quiz = app.client, slack.person("Ana"), slack.channel("quiz", bot=False)
    opened = await client.conversations_open(users=ana.id)
    await client.chat_postMessage(channel=opened["channel"]["id"], text="For you")
    assert (await ana.dm.next_message()).text == "For you"
    assert (await client.conversations_join(channel=quiz.id))["channel"]["is_member"] is True
    assert (await client.conversations_join(channel=quiz.id))["warning"] == "already_in_channel"
    ts = (await client.chat_postMessage(channel=quiz.id, text="Pin me"))["ts"]
    post = await quiz.next_message()
    await client.pins_add(channel=quiz.id, timestamp=ts)
    assert post.pinned
    assert [ts] == [item["message"]["ts"] for item in (await client.pins_list(channel=quiz.id))["items"]]
    await client.pins_remove(channel=quiz.id, timestamp=ts)
    await client.chat_delete(channel=quiz.id, ts=ts)
    assert (post.pinned, quiz.messages) == (False, [])
    assert slack.violations == []


async def test_files_go_both_ways(slack: LocalSlack, app: SampleApp) -> None:
    """The app uploads a file into the direct messages, and reads one that a person posted."""
    ana = slack.person("Ana")
    await app.client.files_upload_v2(channel=ana.dm.id, content="{}", filename="mine.json", title="Mine")
    sent = (await ana.dm.next_message()).files[0]
    assert (sent.name, sent.title, sent.content) == ("mine.json", "Mine", b"{}")
    assert (await app.client.files_info(file=sent.id))["file"]["size"] == 2
    own = ana.says("an article", files={"article.txt": b"text"}).files[0]
    url = (await app.client.files_info(file=own.id))["file"]["url_private_download"]
    async with aiohttp.ClientSession() as session:
        async with session.get(url, headers={"Authorization": f"Bearer {slack.bot_token}"}) as answer:
            assert await answer.read() == b"text"
        async with session.get(url) as answer:
            assert answer.status == 403


async def test_forms_of_calls(slack: LocalSlack, app: SampleApp) -> None:
    """A form with JSON in it, and a token in its body, is the same call as a JSON body."""
    fields = {"token": slack.bot_token, "channel": slack.general.id, "text": "t", "unfurl_links": "false"}
    async with aiohttp.ClientSession() as session:
        blocks = '[{"type":"divider"}]'
        async with session.post(
            f"{slack.api_base}chat.postMessage", data=fields | {"blocks": blocks}
        ) as answer:
            assert (await answer.json())["ok"] is True
            assert "chat:write" in answer.headers["X-OAuth-Scopes"].split(",")
    post = slack.general.messages[0]
    assert (post.blocks[0]["type"], post.unfurl_links) == ("divider", False)


async def test_a_message_that_says_nothing(slack: LocalSlack, client: AsyncWebClient) -> None:
    """A message needs a text or blocks; an update too."""
    ts = (await client.chat_postMessage(channel=slack.general.id, text="t"))["ts"]
    call = client.api_call("chat.postMessage", json={"channel": slack.general.id, "text": ""})
    assert (await refused(call))["error"] == "no_text"
    call = client.api_call("chat.update", json={"channel": slack.general.id, "ts": ts})
    assert (await refused(call))["error"] == "no_text"
    assert [message.text for message in slack.general.messages] == ["t"]


async def test_texts_that_are_too_long(slack: LocalSlack, client: AsyncWebClient) -> None:
    """A new text is cut at 40,000 characters, which is noted; an update and an ephemeral message are refused."""
    ana = slack.person("Ana")
    ts = (await client.chat_postMessage(channel=slack.general.id, text="t" * 40_001))["ts"]
    assert (len(slack.general.messages[0].text), len(slack.violations)) == (40_000, 1)
    call = client.chat_update(channel=slack.general.id, ts=ts, text="t" * 4_001)
    assert (await refused(call))["error"] == "msg_too_long"
    call = client.chat_postEphemeral(channel=slack.general.id, user=ana.id, text="t" * 40_001)
    assert (await refused(call))["error"] == "msg_too_long"


async def test_markdown_beside_text(slack: LocalSlack, client: AsyncWebClient) -> None:
    """A markdown_text stands alone."""
    call = client.chat_postMessage(channel=slack.general.id, text="t", markdown_text="**t**")
    assert (await refused(call))["error"] == "markdown_text_conflict"


@pytest.mark.parametrize(
    ("metadata", "error"),
    [
        ({"event_type": "round"}, "invalid_metadata_format"),
        ({"event_type": "round", "event_payload": "7"}, "invalid_metadata_format"),
        ({"event_type": "round", "event_payload": {"x": "t" * 16_000}}, "metadata_too_large"),
    ],
)
async def test_bad_metadata(slack: LocalSlack, client: AsyncWebClient, metadata: Body, error: str) -> None:
    """Metadata is a type with a payload, and small."""
    call = client.chat_postMessage(channel=slack.general.id, text="t", metadata=metadata)
    assert (await refused(call))["error"] == error


async def test_a_channel_that_is_not_there(slack: LocalSlack, client: AsyncWebClient) -> None:
    """An unknown channel, and a private one that the app is not in, are not found."""
    assert (await refused(client.chat_postMessage(channel="C404", text="t")))["error"] == "channel_not_found"
    secret = slack.channel("secret", private=True, bot=False)
    assert (await refused(client.conversations_info(channel=secret.id)))["error"] == "channel_not_found"


async def test_a_channel_that_the_app_is_not_in(slack: LocalSlack, client: AsyncWebClient) -> None:
    """A public channel is told of; it can be posted to from outside only with chat:write.public, and not be read."""
    quiz = slack.channel("quiz", bot=False)
    assert (await client.conversations_info(channel=quiz.id))["channel"]["is_member"] is False
    assert (await refused(client.chat_postMessage(channel=quiz.id, text="t")))["error"] == "not_in_channel"
    slack.scopes.add("chat:write.public")
    await client.chat_postMessage(channel=quiz.id, text="t")
    assert (await refused(client.conversations_history(channel=quiz.id)))["error"] == "not_in_channel"


async def test_an_archived_channel(slack: LocalSlack, client: AsyncWebClient) -> None:
    """An archived channel takes no message and no edit, and cannot be joined."""
    ts = (await client.chat_postMessage(channel=slack.general.id, text="t"))["ts"]
    slack.general.archived = True
    channel = slack.general.id
    assert (await refused(client.chat_postMessage(channel=channel, text="t")))["error"] == "is_archived"
    assert (await refused(client.chat_update(channel=channel, ts=ts, text="u")))["error"] == "is_inactive"
    assert (await refused(client.conversations_join(channel=channel)))["error"] == "is_archived"


async def test_a_private_channel_cannot_be_joined(slack: LocalSlack, client: AsyncWebClient) -> None:
    """Only public channels can be joined."""
    secret = slack.channel("secret", private=True)
    call = client.conversations_join(channel=secret.id)
    assert (await refused(call))["error"] == "method_not_supported_for_channel_type"


async def test_messages_of_others(slack: LocalSlack, client: AsyncWebClient, ana: Person) -> None:
    """The app changes and deletes its own messages only."""
    own = ana.says("mine")
    call = client.chat_update(channel=slack.general.id, ts=own.ts, text="yours")
    assert (await refused(call))["error"] == "cant_update_message"
    call = client.chat_delete(channel=slack.general.id, ts=own.ts)
    assert (await refused(call))["error"] == "cant_delete_message"


async def test_a_message_that_is_not_there(slack: LocalSlack, client: AsyncWebClient) -> None:
    """A deleted message can be neither edited nor replied to."""
    ts = (await client.chat_postMessage(channel=slack.general.id, text="t"))["ts"]
    await client.chat_delete(channel=slack.general.id, ts=ts)
    call = client.chat_update(channel=slack.general.id, ts=ts, text="u")
    assert (await refused(call))["error"] == "message_not_found"
    call = client.chat_postMessage(channel=slack.general.id, thread_ts=ts, text="u")
    assert (await refused(call))["error"] == "cannot_reply_to_message"
    call = client.conversations_replies(channel=slack.general.id, ts=ts)
    assert (await refused(call))["error"] == "thread_not_found"


async def test_an_edit_after_the_edit_window(slack: LocalSlack, client: AsyncWebClient) -> None:
    """A workspace can forbid late edits."""
    ts = (await client.chat_postMessage(channel=slack.general.id, text="t"))["ts"]
    slack.general.edit_window_closed = True
    call = client.chat_update(channel=slack.general.id, ts=ts, text="u")
    assert (await refused(call))["error"] == "edit_window_closed"


async def test_an_ephemeral_message_cannot_be_reached(
    slack: LocalSlack, client: AsyncWebClient, ana: Person
) -> None:
    """An ephemeral message is in no history and cannot be updated or deleted by its timestamp."""
    sent = await client.chat_postEphemeral(channel=slack.general.id, user=ana.id, text="t")
    ts = sent["message_ts"]
    assert (await client.conversations_history(channel=slack.general.id))["messages"] == []
    call = client.chat_update(channel=slack.general.id, ts=ts, text="u")
    assert (await refused(call))["error"] == "message_not_found"
    call = client.chat_delete(channel=slack.general.id, ts=ts)
    assert (await refused(call))["error"] == "message_not_found"


async def test_an_ephemeral_message_to_a_stranger(
    slack: LocalSlack, client: AsyncWebClient, ana: Person
) -> None:
    """An ephemeral message reaches only who is in the channel."""
    slack.general.members.remove(ana.id)
    call = client.chat_postEphemeral(channel=slack.general.id, user=ana.id, text="t")
    assert (await refused(call))["error"] == "user_not_in_channel"


async def test_pins(slack: LocalSlack, client: AsyncWebClient) -> None:
    """A message is pinned once, and unpinned once."""
    channel = slack.general.id
    ts = (await client.chat_postMessage(channel=channel, text="t"))["ts"]
    assert (await refused(client.pins_remove(channel=channel, timestamp=ts)))["error"] == "no_pin"
    await client.pins_add(channel=channel, timestamp=ts)
    assert (await refused(client.pins_add(channel=channel, timestamp=ts)))["error"] == "already_pinned"
    assert (await refused(client.pins_add(channel=channel)))["error"] == "no_item_specified"
    assert (await refused(client.pins_add(channel=channel, timestamp="1.2")))["error"] == "message_not_found"


async def test_who_is_not_there(slack: LocalSlack, client: AsyncWebClient) -> None:
    """Unknown people, groups, bots and files are not found."""
    assert (await refused(client.users_info(user="U404")))["error"] == "user_not_found"
    assert (await refused(client.conversations_open(users="U404")))["error"] == "user_not_found"
    assert (await refused(client.usergroups_users_list(usergroup="S404")))["error"] == "no_such_subteam"
    assert (await refused(client.bots_info(bot="B404")))["error"] == "bot_not_found"
    assert (await refused(client.files_info(file="F404")))["error"] == "file_not_found"


async def test_a_file_that_was_never_uploaded(slack: LocalSlack, client: AsyncWebClient) -> None:
    """An upload is completed after its bytes have come, and in a channel that is there."""
    asked = await client.files_getUploadURLExternal(filename="a.txt", length=3)
    files = [{"id": asked["file_id"], "title": "A"}]
    assert (await refused(client.files_completeUploadExternal(files=files)))["error"] == "file_not_found"
    async with aiohttp.ClientSession() as session, session.post(asked["upload_url"], data=b"four") as answer:
        assert (answer.status, await answer.text()) == (400, "length_mismatch")
    async with aiohttp.ClientSession() as session, session.post(asked["upload_url"], data=b"abc") as answer:
        assert (answer.status, await answer.text()) == (200, "OK - 3")
    call = client.files_completeUploadExternal(files=files, channel_id="C404")
    assert (await refused(call))["error"] == "invalid_channel"


async def test_bad_pages(slack: LocalSlack, client: AsyncWebClient) -> None:
    """A cursor that was never given, and a page of thousands, are refused."""
    assert (await refused(client.users_list(cursor="never")))["error"] == "invalid_cursor"
    assert (await refused(client.users_list(limit=1_001)))["error"] == "invalid_limit"


async def test_tokens(slack: LocalSlack) -> None:
    """No token, an unknown one, and the wrong one of the two are refused."""
    base = slack.api_base
    nobody = AsyncWebClient(base_url=base)
    assert (await refused(nobody.auth_test()))["error"] == "not_authed"
    stranger = AsyncWebClient(token="xoxb-invented", base_url=base)
    assert (await refused(stranger.auth_test()))["error"] == "invalid_auth"
    app = AsyncWebClient(token=slack.app_token, base_url=base)
    assert (await refused(app.auth_test()))["error"] == "not_allowed_token_type"
    call = nobody.apps_connections_open(app_token=slack.bot_token)
    assert (await refused(call))["error"] == "not_allowed_token_type"


async def test_a_revoked_token(slack: LocalSlack, client: AsyncWebClient, raw: RawApp) -> None:
    """A revoked token is refused; the event that tells of it is acknowledged as any other."""
    await raw.answers(slack.revoke_token())
    assert (await refused(client.auth_test()))["error"] == "token_revoked"


async def test_a_missing_scope_is_named() -> None:
    """A method without its scope says what is needed and what was granted."""
    async with LocalSlack(scopes=SCOPES - {"groups:history", "chat:write"}) as slack:
        client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_base)
        secret = slack.channel("secret", private=True)
        body = await refused(client.conversations_history(channel=secret.id))
        assert (body["error"], body["needed"]) == ("missing_scope", "groups:history")
        assert set(body["provided"].split(",")) == slack.scopes
        await client.conversations_history(channel=slack.general.id)
        body = await refused(client.chat_postMessage(channel=slack.general.id, text="t"))
        assert (body["error"], body["needed"]) == ("missing_scope", "chat:write")
        slack.scopes.discard("groups:read")
        body = await refused(client.conversations_list(types="private_channel"))
        assert (body["error"], body["needed"]) == ("missing_scope", "groups:read")


async def test_a_method_that_is_not_there(slack: LocalSlack, client: AsyncWebClient) -> None:
    """An unknown method is refused and noted."""
    assert (await refused(client.api_call("chat.shout")))["error"] == "unknown_method"
    assert slack.violations == ["chat.shout: unknown_method []"]


async def test_bodies_that_cannot_be_read(slack: LocalSlack) -> None:
    """A body that is no JSON, or no object, is refused."""
    headers = {"Authorization": f"Bearer {slack.bot_token}", "Content-Type": "application/json"}
    url = f"{slack.api_base}chat.postMessage"
    async with aiohttp.ClientSession(headers=headers) as session:
        async with session.post(url, data="{") as answer:
            assert (await answer.json())["error"] == "invalid_json"
        async with session.post(url, data="[]") as answer:
            assert (await answer.json())["error"] == "json_not_object"
