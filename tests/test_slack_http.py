"""Slack over signed HTTP: the same answers as over Socket Mode, and nothing for whoever is not Slack."""

import json
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from aiohttp import web

from adapters.slack import signed
from adapters.slack.app import SlackPlatform
from adapters.slack.manifest import REQUEST_PATH
from bot.core.effects import FieldErrors, Show
from tests.local_slack import NOT_DISPATCHED, Clock, LocalSlack
from tests.slack_desk import NOON, Script, asker, card, everyone, form

BODY = json.dumps({"type": "url_verification", "challenge": "c"})
JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True, kw_only=True)
class OverHttp:
    """A platform behind its own web server, and the Slack that posts to it."""

    slack: LocalSlack
    desk: Script
    bot: SlackPlatform


@pytest.fixture
async def over_http() -> AsyncIterator[OverHttp]:
    """Serve the platform's route, and start it."""
    async with LocalSlack(delivery="http", clock=Clock(start=float(NOON))) as slack:
        desk = Script()
        secret = slack.http.signing_secret
        bot = SlackPlatform(desk, slack.bot_token, "", slack.api_base, signing_secret=secret, pace=0.0)
        application = web.Application()
        application.add_routes(bot.routes())
        runner = web.AppRunner(application, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        slack.http.request_url = f"http://127.0.0.1:{runner.addresses[0][1]}{REQUEST_PATH}"
        await bot.start()
        yield OverHttp(slack=slack, desk=desk, bot=bot)
        await bot.stop()
        await runner.cleanup()
        assert slack.violations == []


async def test_commands_presses_and_forms_are_answered(over_http: OverHttp) -> None:
    """An answer in the acknowledgement, a press, a form with an error at its field: all as over Socket Mode."""
    slack, desk = over_http.slack, over_http.desk
    desk.answers |= {
        "quote": [Show(card=card("Save"))],
        "test:press": [form("name")],
        "test:sent": [FieldErrors({"name": "Not that."})],
    }
    ana = slack.person("Ana")
    shown = await (await ana.slash("/hr-quote", "about:words")).next_answer()
    assert shown.text == "Card: Body."
    await ana.press(shown, "Save")
    view = await slack.bell.until(lambda: ana.modal, "the form")
    assert (await ana.submit(view, {"Name": "a"})).errors == {"name": "Not that."}


async def test_repeated_request_has_the_same_id(over_http: OverHttp) -> None:
    """A command that Slack posts twice, with the mark of a retry, is answered once."""
    over_http.desk.answers["quote"] = [everyone(card())]
    used = await over_http.slack.person("Ana").slash("/hr-quote")
    await over_http.slack.redeliver(used)
    first, second = over_http.desk.asked
    assert first.id == second.id
    assert len(over_http.slack.general.messages) == 1


async def test_address_is_verified(over_http: OverHttp) -> None:
    """Slack's challenge comes back when the address is entered."""
    assert await over_http.slack.http.verify_url()


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Slack-Signature": "v0=00"},
        {"X-Slack-Request-Timestamp": "1800000000"},
        {"X-Slack-Request-Timestamp": "soon", "X-Slack-Signature": "v0=00"},
        {"X-Slack-Request-Timestamp": "-1", "X-Slack-Signature": "v0=00"},
        {"X-Slack-Request-Timestamp": "9" * 400, "X-Slack-Signature": "v0=00"},
        {"X-Slack-Request-Timestamp": str(int(time.time())), "X-Slack-Signature": "v0=é"},
    ],
)
async def test_malformed_headers_are_refused(over_http: OverHttp, headers: dict[str, str]) -> None:
    """Whatever stands in the headers, the answer is 401 and the core hears nothing."""
    status, _ = await over_http.slack.http.post(BODY, {**JSON, **headers})
    assert (status, over_http.desk.asked) == (401, [])


async def test_wrong_stale_and_changed_requests_are_refused(over_http: OverHttp) -> None:
    """A signature for another body, one of long ago, and one by another secret are none."""
    http = over_http.slack.http
    stale = http.sign(BODY, "1500000000")
    foreign = http.sign(BODY)
    http.signing_secret, kept = "another secret", http.signing_secret
    wrong = http.sign(BODY)
    http.signing_secret = kept
    answers = [await http.post(BODY, {**JSON, **headers}) for headers in (stale, wrong)]
    answers.append(await http.post(f"{BODY} ", {**JSON, **foreign}))
    assert [status for status, _ in answers] == [401, 401, 401]


async def test_large_body_is_not_read(over_http: OverHttp, monkeypatch: pytest.MonkeyPatch) -> None:
    """A body beyond what Slack sends is refused before its signature is looked at."""
    monkeypatch.setattr(signed, "LARGEST", 1_000)
    body = "x" * 1_001
    status, _ = await over_http.slack.http.post(body, {**JSON, **over_http.slack.http.sign(body)})
    assert status == 413


async def test_headers_that_are_not_signed_change_nothing(over_http: OverHttp) -> None:
    """Bolt's own headers for background work are not Slack's, and are not passed on."""
    over_http.desk.answers["quote"] = [asker("Words.")]
    body = "command=%2Fhr-quote&text=&trigger_id=1.2.3&user_id=U1&channel_id=C1&team_id=T1"
    spoofed = {"X-Slack-Bolt-Lazy-Only": "1", "X-Slack-Bolt-Lazy-Function-Name": "listen"}
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        **over_http.slack.http.sign(body),
        **spoofed,
    }
    status, answer = await over_http.slack.http.post(body, headers)
    assert status == 200
    assert json.loads(answer)["text"] == "Words."


async def test_platform_that_is_stopping_takes_nothing_new(over_http: OverHttp) -> None:
    """A command that arrives during the stop is left unacknowledged, for the process that takes over."""
    over_http.bot._hands.full = True
    used = await over_http.slack.person("Ana").slash("/hr-quote")
    assert (used.failed, over_http.desk.asked) == (NOT_DISPATCHED, [])


async def test_stopped_platform_takes_nothing(over_http: OverHttp) -> None:
    """After the stop Slack is told to come again."""
    await over_http.bot.stop()
    body = {**JSON, **over_http.slack.http.sign(BODY)}
    assert (await over_http.slack.http.post(BODY, body))[0] == 503
