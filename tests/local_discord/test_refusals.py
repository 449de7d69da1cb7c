"""What the local Discord refuses in deeds: answers to interactions, what permissions do not allow, the gateway."""

import pytest

from tests.local_discord import DEFER, OPEN_MODAL, SHOW, UPDATE, LocalDiscord, Permission
from tests.local_discord.model import Wire
from tests.local_discord.raw_bot import CARD, FORM, RawBot, identify

TEXT = {"content": "x"}
EPHEMERAL = {"content": "only you", "flags": 64}


async def test_a_second_acknowledgement_is_refused(bot: RawBot) -> None:
    """An interaction is answered once; a second answer changes nothing."""
    reply = await bot.server.person("Ana").slash("quiz")
    assert await bot.respond(reply, SHOW, TEXT) == (204, 0)
    assert await bot.respond(reply, SHOW, {"content": "y"}) == (400, 40060)
    assert [message.content for message in bot.server.general.messages] == ["x"]


async def test_a_late_acknowledgement_is_refused(bot: RawBot) -> None:
    """The first answer comes within three seconds or the interaction is unknown, its token too."""
    reply = await bot.server.person("Ana").slash("quiz")
    bot.server.clock.advance(3.1)
    assert await bot.respond(reply, SHOW, TEXT) == (404, 10062)
    assert await bot.webhook("POST", reply, body=TEXT) == (404, 10015)


async def test_an_acknowledgement_just_in_time(bot: RawBot) -> None:
    """Three seconds are enough, and the record says how long it took."""
    reply = await bot.server.person("Ana").slash("quiz")
    bot.server.clock.advance(2.5)
    assert await bot.respond(reply, SHOW, TEXT) == (204, 0)
    assert reply.answered_after == pytest.approx(2.5)


async def test_an_unknown_interaction_is_refused(bot: RawBot) -> None:
    """An invented token answers nothing."""
    reply = await bot.server.person("Ana").slash("quiz")
    answer = {"type": SHOW, "data": TEXT}
    assert await bot.call("POST", f"/interactions/{reply.id}/invented/callback", answer) == (404, 10062)
    assert await bot.call("POST", f"/interactions/1/{reply.token}/callback", answer) == (404, 10062)
    assert await bot.call("POST", f"/webhooks/{bot.server.bot.id}/invented", TEXT) == (404, 10015)
    assert reply.answer is None


async def test_a_token_lasts_fifteen_minutes(bot: RawBot) -> None:
    """After fifteen minutes followups and edits through the token are over; as a bot the edit still works."""
    reply = await bot.server.person("Ana").slash("quiz")
    await bot.respond(reply, SHOW, TEXT)
    bot.server.clock.advance(899)
    assert await bot.webhook("PATCH", reply, "/messages/@original", {"content": "in time"}) == (200, 0)
    bot.server.clock.advance(2)
    for method, path in (("POST", ""), ("GET", "/messages/@original"), ("PATCH", "/messages/@original")):
        assert await bot.webhook(method, reply, path, None if method == "GET" else TEXT) == (401, 50027)
    message = bot.server.general.messages[0]
    path = f"/channels/{message.channel.id}/messages/{message.id}"
    assert await bot.call("PATCH", path, {"content": "as a bot"}) == (200, 0)
    assert [state["content"] for state in message.edits] == ["x", "in time"]


async def test_a_followup_needs_an_answer_first(bot: RawBot) -> None:
    """The webhook opens with the first answer."""
    reply = await bot.server.person("Ana").slash("quiz")
    assert await bot.webhook("POST", reply, body=TEXT) == (404, 10015)


async def test_no_form_after_a_deferral(bot: RawBot) -> None:
    """A deferral is the first answer, so no form can follow."""
    reply = await bot.server.person("Ana").slash("quiz")
    await bot.respond(reply, DEFER)
    assert await bot.respond(reply, OPEN_MODAL, FORM) == (400, 40060)


async def test_no_form_on_a_form(bot: RawBot) -> None:
    """A submitted form is not answered by another one."""
    ana = bot.server.person("Ana")
    opening = await ana.slash("quiz")
    await bot.respond(opening, OPEN_MODAL, FORM)
    assert opening.modal is not None
    submission = await ana.submit(opening.modal, {"A name": "Lenin"})
    assert await bot.respond(submission, OPEN_MODAL, FORM) == (400, 50035)
    assert bot.fault_at("type") == "BASE_TYPE_CHOICES"


async def test_no_update_without_a_message(bot: RawBot) -> None:
    """Only what was pressed can be updated, and a command is not."""
    reply = await bot.server.person("Ana").slash("quiz")
    assert await bot.respond(reply, UPDATE, TEXT) == (400, 50035)
    assert bot.fault_at("type") == "BASE_TYPE_CHOICES"


async def test_the_first_followup_finishes_a_deferral(bot: RawBot) -> None:
    """It takes the place of the "is thinking" and keeps the visibility that the deferral had."""
    reply = await bot.server.person("Ana").slash("quiz")
    await bot.respond(reply, DEFER, {"flags": 64})
    assert await bot.webhook("POST", reply, body=TEXT) == (200, 0)
    assert ((await reply.finished()).content, reply.ephemeral, reply.followups) == ("x", True, [])


async def test_ephemeral_messages_are_the_tokens_alone(bot: RawBot) -> None:
    """An ephemeral message is not in the channel: it is read and changed through the token only."""
    reply = await bot.server.person("Ana").slash("quiz")
    await bot.respond(reply, SHOW, EPHEMERAL)
    channel, message = bot.server.general.id, await reply.finished()
    in_channel = f"/channels/{channel}/messages/{message.id}"
    for method, path, body in (
        ("GET", in_channel, None),
        ("PATCH", in_channel, TEXT),
        ("DELETE", in_channel, None),
        ("PUT", f"/channels/{channel}/messages/pins/{message.id}", None),
        ("POST", f"{in_channel}/threads", {"name": "t"}),
    ):
        assert await bot.call(method, path, body) == (404, 10008)
    assert (await bot.call("GET", f"/channels/{channel}/messages"), bot.last) == ((200, 0), [])
    assert await bot.webhook("GET", reply, "/messages/@original") == (200, 0)
    assert await bot.webhook("PATCH", reply, f"/messages/{message.id}", {"content": "changed"}) == (200, 0)
    assert await bot.webhook("DELETE", reply, "/messages/@original") == (204, 0)
    assert reply.user.id in bot.server.world.ephemerals
    assert message.deleted


async def test_a_token_reaches_its_own_messages_only(bot: RawBot) -> None:
    """Another message of the channel is unknown to the webhook."""
    other = await bot.posted()
    reply = await bot.server.person("Ana").slash("quiz")
    await bot.respond(reply, SHOW, TEXT)
    assert await bot.webhook("GET", reply, f"/messages/{other.id}") == (404, 10008)


@pytest.mark.parametrize(
    ("denied", "body", "file", "outcome"),
    [
        (Permission.VIEW_CHANNEL, TEXT, None, (403, 50001)),
        (Permission.SEND_MESSAGES, TEXT, None, (403, 50013)),
        (Permission.EMBED_LINKS, {"embeds": [{"title": "t"}]}, None, (403, 50013)),
        (Permission.ATTACH_FILES, TEXT, b"a", (403, 50013)),
        (Permission.READ_MESSAGE_HISTORY, TEXT, None, (200, 0)),
    ],
)
async def test_posting_needs_permission(
    bot: RawBot, denied: Permission, body: dict[str, object], file: bytes | None, outcome: tuple[int, int]
) -> None:
    """A channel that is not seen is no access; anything else missing is a missing permission."""
    bot.server.permit(bot.server.general, deny=denied)
    assert await bot.post(body, file=file) == outcome


async def test_an_answer_needs_no_permission(bot: RawBot) -> None:
    """Interactions are answered even where the bot may not write or see."""
    bot.server.permit(bot.server.general, deny=Permission.VIEW_CHANNEL | Permission.SEND_MESSAGES)
    reply = await bot.server.person("Ana").slash("quiz")
    assert await bot.respond(reply, SHOW, CARD) == (204, 0)


async def test_reading_needs_the_history(bot: RawBot) -> None:
    """Without the history one message is refused, a list is empty, and a reply is refused."""
    message = await bot.posted()
    channel = f"/channels/{message.channel.id}/messages"
    bot.server.permit(message.channel, deny=Permission.READ_MESSAGE_HISTORY)
    assert await bot.call("GET", f"{channel}/{message.id}") == (403, 50001)
    assert (await bot.call("GET", channel), bot.last) == ((200, 0), [])
    assert await bot.post(TEXT | {"message_reference": {"message_id": message.id}}) == (400, 160002)


async def test_pins_need_their_permission(bot: RawBot) -> None:
    """Managing messages does not allow pins; the permission to pin does."""
    message = await bot.posted()
    old, new = f"/channels/{message.channel.id}/pins", f"/channels/{message.channel.id}/messages/pins"
    bot.server.permit(message.channel, allow=Permission.MANAGE_MESSAGES, deny=Permission.PIN_MESSAGES)
    for path in (old, new):
        assert await bot.call("PUT", f"{path}/{message.id}") == (403, 50013)
    bot.server.permit(message.channel, allow=Permission.PIN_MESSAGES, deny=Permission.MANAGE_MESSAGES)
    for path in (old, new):
        assert await bot.call("PUT", f"{path}/{message.id}") == (204, 0)
    assert await bot.call("DELETE", f"{new}/{message.id}") == (204, 0)
    assert (message.pinned, message.channel.pins) == (False, [])


async def test_threads_need_their_permissions(bot: RawBot) -> None:
    """Opening a thread and writing in it are two permissions; a message has one thread, not nested."""
    message = await bot.posted()
    channel, path = message.channel, f"/channels/{message.channel.id}/messages/{message.id}/threads"
    bot.server.permit(channel, deny=Permission.CREATE_PUBLIC_THREADS)
    assert await bot.call("POST", path, {"name": "t"}) == (403, 50013)
    bot.server.permit(channel, allow=Permission.CREATE_PUBLIC_THREADS)
    assert await bot.call("POST", path, {"name": "x" * 101}) == (400, 50035)
    assert await bot.call("POST", path, {"name": "t", "auto_archive_duration": 7}) == (400, 50035)
    assert await bot.call("POST", path, {"name": "t"}) == (201, 0)
    assert await bot.call("POST", path, {"name": "t"}) == (400, 160004)
    bot.server.permit(channel, deny=Permission.SEND_MESSAGES_IN_THREADS)
    assert await bot.call("POST", f"/channels/{message.id}/messages", TEXT) == (403, 50013)
    bot.server.permit(channel, allow=Permission.SEND_MESSAGES_IN_THREADS, deny=Permission.SEND_MESSAGES)
    assert await bot.call("POST", f"/channels/{message.id}/messages", TEXT) == (200, 0)
    inside = bot.last["id"]
    assert await bot.call("POST", f"/channels/{message.id}/messages/{inside}/threads", {"name": "t"}) == (
        400,
        50024,
    )


async def test_an_archived_thread_is_not_edited(bot: RawBot) -> None:
    """Messages of an archived thread cannot be changed."""
    message = await bot.posted()
    await bot.call("POST", f"/channels/{message.channel.id}/messages/{message.id}/threads", {"name": "t"})
    await bot.call("POST", f"/channels/{message.id}/messages", TEXT)
    assert message.thread is not None
    message.thread.archived = True
    assert await bot.call("PATCH", f"/channels/{message.id}/messages/{bot.last['id']}", TEXT) == (400, 50083)


async def test_others_messages_are_theirs(bot: RawBot) -> None:
    """Another's message is not edited, and deleted with a permission only."""
    message = bot.server.person("Ana").says("mine")
    path = f"/channels/{message.channel.id}/messages/{message.id}"
    assert await bot.call("PATCH", path, TEXT) == (403, 50005)
    assert await bot.call("DELETE", path) == (403, 50013)
    bot.server.permit(message.channel, allow=Permission.MANAGE_MESSAGES)
    assert await bot.call("DELETE", path) == (204, 0)


async def test_system_messages_are_not_edited(bot: RawBot) -> None:
    """The announcement of a pin is nobody's to change or pin."""
    message = await bot.posted()
    pins = f"/channels/{message.channel.id}/messages/pins"
    await bot.call("PUT", f"{pins}/{message.id}")
    announcement = list(message.channel.history)[-1]
    assert await bot.call("PATCH", f"/channels/{message.channel.id}/messages/{announcement}", TEXT) == (
        400,
        50021,
    )
    assert await bot.call("PUT", f"{pins}/{announcement}") == (400, 50021)


async def test_unknown_things(bot: RawBot, server: LocalDiscord) -> None:
    """What does not exist is named by its kind."""
    general, home = server.general.id, server.home.id
    for path, code in (
        ("/channels/1", 10003),
        (f"/channels/{general}/messages/1", 10008),
        ("/guilds/1", 10004),
        ("/users/1", 10013),
        (f"/guilds/{home}/members/1", 10013),
        ("/nowhere", 0),
    ):
        assert await bot.call("GET", path) == (404, code)
    assert [violation.message for violation in server.violations] == ["this endpoint is not served here"]


async def test_what_is_gone(bot: RawBot, server: LocalDiscord) -> None:
    """A deleted channel, a member who left and a guild without the bot are out of reach."""
    ana, annexe = server.person("Ana"), server.guild("The Annexe")
    hall = server.channel("hall", annexe)
    ana.leave()
    assert await bot.call("GET", f"/guilds/{server.home.id}/members/{ana.id}") == (404, 10007)
    server.remove_bot(annexe)
    assert await bot.call("POST", f"/channels/{hall.id}/messages", TEXT) == (403, 50001)
    assert await bot.call("GET", f"/guilds/{annexe.id}") == (403, 50001)
    server.delete_channel(server.general)
    assert await bot.post(TEXT) == (404, 10003)


async def test_closed_direct_messages(bot: RawBot) -> None:
    """Somebody may not accept direct messages."""
    ana = bot.server.person("Ana")
    ana.user.accepts_direct_messages = False
    assert await bot.call("POST", "/users/@me/channels", {"recipient_id": ana.id}) == (200, 0)
    assert await bot.call("POST", f"/channels/{bot.last['id']}/messages", TEXT) == (403, 50007)


async def test_wrong_credentials(bot: RawBot, server: LocalDiscord) -> None:
    """A wrong token is nobody, and another application is not the bot's to change."""
    assert await bot.call("GET", "/users/@me", token="x") == (401, 0)
    assert await bot.call("PUT", f"/applications/{server.home.id}/commands", []) == (403, 20012)


async def test_a_page_has_limits(bot: RawBot, server: LocalDiscord) -> None:
    """Between 1 and 100 messages are read at once."""
    for limit in (0, 101):
        assert await bot.call("GET", f"/channels/{server.general.id}/messages?limit={limit}") == (400, 50035)
        assert bot.fault_at("limit") is not None


async def test_a_rate_limit_has_its_headers(bot: RawBot) -> None:
    """A 429 says how long to wait, in the body and in the headers."""
    bot.server.limit_next("POST", "/channels/*/messages", retry_after=1.5, shared=True)
    assert await bot.post(TEXT) == (429, 0)
    assert (bot.last["retry_after"], bot.last["global"]) == (1.5, True)
    assert {
        key: bot.headers[key] for key in ("Retry-After", "X-RateLimit-Reset-After", "X-RateLimit-Global")
    } == {
        "Retry-After": "2",
        "X-RateLimit-Reset-After": "1.500",
        "X-RateLimit-Global": "true",
    }
    assert await bot.post(TEXT) == (200, 0)
    assert bot.headers["X-RateLimit-Remaining"] == "999"


async def test_an_unknown_session_cannot_resume(bot: RawBot, server: LocalDiscord) -> None:
    """A resume of a session that Discord forgot is told to begin anew."""
    resume = {"op": 6, "d": {"token": server.token, "session_id": "forgotten", "seq": 1}}
    assert {"op": 9, "d": False} in await bot.hears(resume, until=9)
    assert {"op": 11, "d": None} in await bot.hears(identify(server), {"op": 1, "d": 1}, until=11)


GATEWAY: list[tuple[str, Wire, int]] = [
    ("wrong token", {"token": "x"}, 4004),
    ("privileged intents", {"intents": 1 << 15}, 4014),
    ("unknown intents", {"intents": 1 << 30}, 4013),
    ("shard out of range", {"shard": [1, 1]}, 4010),
]


@pytest.mark.parametrize(("change", "code"), [row[1:] for row in GATEWAY], ids=[row[0] for row in GATEWAY])
async def test_an_identify_is_refused(bot: RawBot, server: LocalDiscord, change: Wire, code: int) -> None:
    """The gateway closes with Discord's code."""
    assert await bot.gateway_close(identify(server, **change)) == code


async def test_the_gateway_refuses_nonsense(bot: RawBot, server: LocalDiscord) -> None:
    """What is undecodable, unknown, too early, repeated or too much ends the connection."""
    me = identify(server)
    assert await bot.gateway_close("no json") == 4002
    assert await bot.gateway_close({"op": 3, "d": {}}) == 4003
    assert await bot.gateway_close(me, me) == 4005
    assert await bot.gateway_close(me, {"op": 99, "d": {}}) == 4001
    assert await bot.gateway_close(me, *[{"op": 3, "d": {}}] * 120) == 4008
    resume = {"token": server.token, "session_id": next(iter(server.gateway.sessions)), "seq": 999}
    assert await bot.gateway_close({"op": 6, "d": resume}) == 4007
