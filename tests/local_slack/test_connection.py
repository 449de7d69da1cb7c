"""Socket Mode, signed HTTP, time, and what a test makes go wrong."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from tests.local_slack import NOT_DISPATCHED, TIMED_OUT, Clock, shown_text
from tests.local_slack.sample_app import SampleApp

if TYPE_CHECKING:
    from tests.local_slack import LocalSlack


@pytest.mark.parametrize("reason", ["refresh_requested", "warning"])
async def test_told_to_disconnect_the_app_reconnects(slack: LocalSlack, app: SampleApp, reason: str) -> None:
    """The real client answers with a new connection, which then carries the commands."""
    await slack.disconnect(reason)
    await slack.reconnected()
    assert slack.sockets.opened == 2
    reply = await slack.person("Ana").slash("/hr-quote", "still here")
    assert (reply.failed, (await reply.next_answer()).text) == (None, "You typed: still here")


async def test_pings_are_answered_both_ways(slack: LocalSlack, app: SampleApp) -> None:
    """The client pings when it connects and answers the server's pings."""
    await slack.sockets.ping()
    connection = slack.sockets.live[0]
    assert (connection.pings, connection.pongs) == (1, 1)
    assert app.has_heard_a_pong


async def test_a_ticket_opens_one_connection(slack: LocalSlack, app: SampleApp) -> None:
    """An address of a connection works once; another client with it is turned away."""
    url = (await app.client.apps_connections_open(app_token=slack.app_token))["url"]
    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(url) as socket:
            assert (await socket.receive_json())["num_connections"] == 2
        with pytest.raises(aiohttp.WSServerHandshakeError, match="401"):
            await session.ws_connect(url)


async def test_an_eleventh_connection_is_sent_away(slack: LocalSlack) -> None:
    """An app has at most ten connections."""
    async with aiohttp.ClientSession() as session:
        ten = [await session.ws_connect(slack.sockets.new_address()) for _ in range(10)]
        assert {"hello"} == {(await socket.receive_json())["type"] for socket in ten}
        one_more = await session.ws_connect(slack.sockets.new_address())
        assert (await one_more.receive_json())["reason"] == "too_many_websockets"


async def test_a_repeated_delivery_reaches_the_app_again(slack: LocalSlack, app: SampleApp) -> None:
    """A redelivered event has the same id and says that it is a repetition."""
    first = await slack.event({"type": "app_uninstalled"})
    again = await slack.redeliver(first, reason="timeout")
    assert (again.attempt, again.retry_reason) == (1, "timeout")
    assert app.events[0]["event_id"] == app.events[1]["event_id"]
    assert first.envelope_id != again.envelope_id


async def test_a_command_without_a_connection_fails_at_once(slack: LocalSlack) -> None:
    """Where no app is connected, the person is told that the command could not be dispatched."""
    reply = await slack.person("Ana").slash("/hr-quote")
    assert (reply.failed, reply.acked_at) == (NOT_DISPATCHED, None)


async def test_an_old_button_works_after_a_restart(slack: LocalSlack, app: SampleApp) -> None:
    """A message outlives the app that posted it: a new process answers its buttons."""
    ana = slack.person("Ana")
    await ana.slash("/hr-round")
    post = await slack.general.next_message()
    await app.close()
    await slack.disconnected()
    second = SampleApp.of(slack)
    await second.connect()
    await slack.connected()
    await ana.press(post, "Lenin")
    await second.close()
    assert post.text == "Closed"


async def test_an_app_in_another_process_and_its_death(slack: LocalSlack) -> None:
    """An app in a process of its own is served the same; killed, it is missed, and its posts stay."""
    ana = slack.person("Ana")
    command = (sys.executable, "-m", "tests.local_slack.sample_app")
    process = await asyncio.create_subprocess_exec(
        *command, slack.api_base, slack.bot_token, slack.app_token, stderr=asyncio.subprocess.DEVNULL
    )
    await slack.connected()
    await ana.slash("/hr-round")
    post = await slack.general.next_message()
    process.kill()
    await process.wait()
    await slack.disconnected()
    assert (await ana.press(post, "Lenin")).failed == NOT_DISPATCHED
    assert (post.text, post.deleted) == ("Who said it?", False)


async def test_a_late_acknowledgement_is_refused_and_the_person_sees_a_timeout(
    slack: LocalSlack, app: SampleApp
) -> None:
    """After three seconds of the server's clock the command has failed, and what comes then is not shown."""
    app.gate.clear()
    ana = slack.person("Ana")
    under_way = asyncio.create_task(ana.slash("/hr-quote", "late"))
    await app.reached.wait()
    slack.clock.advance(3.1)
    reply = await under_way
    assert (reply.failed, reply.acked_at) == (TIMED_OUT, None)
    app.gate.set()
    await slack.bell.until(lambda: slack.violations or None, "the late acknowledgement")
    assert slack.violations == ["an acknowledgement of /hr-quote 3.1 s after it was sent"]
    assert ana.ephemerals == []


async def test_an_acknowledgement_just_in_time_counts(slack: LocalSlack, app: SampleApp) -> None:
    """At 2.9 seconds the command is answered, and the record says how long it took."""
    app.gate.clear()
    under_way = asyncio.create_task(slack.person("Ana").slash("/hr-quote", "just"))
    await app.reached.wait()
    slack.clock.advance(2.9)
    app.gate.set()
    reply = await under_way
    assert (reply.failed, round(reply.acked_after or 0, 3)) == (None, 2.9)
    assert slack.violations == []


async def test_a_following_clock_gives_up_by_itself() -> None:
    """The usual clock follows the wall, so an alarm rings without a push; a push makes it ring at once."""
    clock, rang = Clock(), asyncio.Event()
    before = clock.now()
    clock.at(before + 0.01, rang.set)
    async with asyncio.timeout(5):
        await rang.wait()
    rang.clear()
    clock.at(before + 3_600, rang.set)
    clock.advance(3_600)
    assert rang.is_set()
    assert clock.alarms == {}


async def test_a_planned_failure_is_answered_and_then_over(slack: LocalSlack, app: SampleApp) -> None:
    """A planned refusal has no effect and is no violation; the call after it works."""
    slack.fail_next("chat.postMessage", "internal_error")
    with pytest.raises(SlackApiError, match="internal_error"):
        await app.client.chat_postMessage(channel=slack.general.id, text="lost")
    await app.client.chat_postMessage(channel=slack.general.id, text="there")
    assert [message.text for message in slack.general.messages] == ["there"]
    assert slack.violations == []
    assert [call.error for call in slack.calls if call.method == "chat.postMessage"] == [
        "internal_error",
        None,
    ]


async def test_a_planned_failure_can_come_after_the_effect(slack: LocalSlack, app: SampleApp) -> None:
    """The message is posted although the app is told that the server broke."""
    slack.fail_next("chat.postMessage", http_status=503, after_effect=True)
    with pytest.raises(SlackApiError):
        await app.client.chat_postMessage(channel=slack.general.id, text="posted")
    assert [message.text for message in slack.general.messages] == ["posted"]


async def test_a_rate_limit_says_when_to_come_back(slack: LocalSlack, app: SampleApp) -> None:
    """A rate limited call has status 429 and Retry-After."""
    slack.fail_next("chat.postMessage", "ratelimited", retry_after=30)
    with pytest.raises(SlackApiError) as refused:
        await app.client.chat_postMessage(channel=slack.general.id, text="too fast")
    answer = refused.value.response
    assert (answer.status_code, answer.headers["Retry-After"], answer["error"]) == (429, "30", "ratelimited")


async def test_a_held_answer_comes_when_released(slack: LocalSlack, app: SampleApp) -> None:
    """The effect of a held call is there before its answer, which is what a crash in between looks like."""
    hold = slack.hold_next("chat.postMessage")
    under_way = asyncio.create_task(app.client.chat_postMessage(channel=slack.general.id, text="there"))
    await hold.arrived()
    assert ([message.text for message in slack.general.messages], under_way.done()) == (["there"], False)
    hold.release()
    assert (await under_way)["ok"] is True


async def test_a_call_held_before_its_effect(slack: LocalSlack, app: SampleApp) -> None:
    """A call can also be held before it has any effect."""
    hold = slack.hold_next("chat.postMessage", after_effect=False)
    under_way = asyncio.create_task(app.client.chat_postMessage(channel=slack.general.id, text="there"))
    await hold.arrived()
    assert slack.general.messages == []
    hold.release()
    await under_way
    assert [message.text for message in slack.general.messages] == ["there"]


async def test_signed_http_carries_everything(over_http: tuple[LocalSlack, SampleApp]) -> None:
    """Commands, presses, forms and events arrive by signed requests, and are acknowledged in the answer."""
    slack, app = over_http
    ana = slack.person("Ana")
    assert (await (await ana.slash("/hr-quote", "x")).next_answer()).text == "You typed: x"
    await ana.slash("/hr-round")
    post = await slack.general.next_message()
    await ana.press(post, "Lenin")
    assert post.text == "Closed"
    form = await (await ana.slash("/hr-form")).next_view()
    app.answer_to_form = {"response_action": "errors", "errors": {"name": "No."}}
    assert (await ana.submit(form, {"A name": "x"})).errors == {"name": "No."}
    assert shown_text((await ana.open_home()).blocks) == "Today"
    event = await slack.event({"type": "app_uninstalled"})
    await slack.redeliver(event, reason="http_timeout")
    assert app.events[-1]["event_id"] == app.events[-2]["event_id"]
    assert await slack.http.verify_url()
    assert slack.violations == []


async def test_the_app_turns_away_what_is_not_signed(over_http: tuple[LocalSlack, SampleApp]) -> None:
    """A request with another secret, or with an old timestamp, is answered 401 by the real verifier."""
    slack, app = over_http
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    body = "command=%2Fhr-quote&text=forged"
    assert (await slack.http.post(body, form | slack.http.sign(body, "1500000000")))[0] == 401
    slack.http.signing_secret = "another"
    assert (await slack.http.post(body, form | slack.http.sign(body)))[0] == 401
    assert (await slack.person("Ana").slash("/hr-quote")).failed == NOT_DISPATCHED
    assert app.seen == []


async def test_late_over_http_is_a_timeout_too(over_http: tuple[LocalSlack, SampleApp]) -> None:
    """An answer after three seconds is refused over HTTP as well."""
    slack, app = over_http
    app.gate.clear()
    under_way = asyncio.create_task(slack.person("Ana").slash("/hr-quote"))
    await app.reached.wait()
    slack.clock.advance(3.1)
    assert (await under_way).failed == TIMED_OUT
    app.gate.set()
    await slack.bell.until(lambda: slack.violations or None, "the late acknowledgement")
    assert slack.violations == ["an acknowledgement of /hr-quote 3.1 s after it was sent"]


async def test_no_app_at_the_address(over_http: tuple[LocalSlack, SampleApp]) -> None:
    """Where nothing listens, the person is told that the command could not be dispatched."""
    slack, _ = over_http
    slack.http.request_url = "http://127.0.0.1:9/slack/events"
    assert (await slack.person("Ana").slash("/hr-quote")).failed == NOT_DISPATCHED
