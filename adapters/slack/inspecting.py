"""What a host's check asks Slack: whether the tokens work, which scopes are missing, and where the bot has no place.

Nothing is changed, and no connection is opened: a bot with the same tokens may be running.
"""

from collections.abc import Mapping, Sequence
from itertools import groupby

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.findings import Findings
from adapters.slack import faults
from adapters.slack.barriers import lacking
from adapters.slack.client import Client
from adapters.slack.faults import TROUBLE
from adapters.slack.manifest import SCOPES
from bot.core.destinations import Destination

WITHOUT: Mapping[str, str] = {
    "channels:history": "a post that was under way in a public channel during a crash is given up rather than risked twice",
    "channels:read": "a public channel where the bot has no place is told when a post there fails, and not when it is named",
    "groups:history": "a post that was under way in a private channel during a crash is given up rather than risked twice",
    "groups:read": "a private channel where the bot has no place is told when a post there fails, and not when it is named",
    "usergroups:read": "nobody moderates by being in a user group",
}
"""Scopes that the bot can do without, and what is then less."""
_GRANT = "Add it under OAuth & Permissions and install the app again."


async def inspect(bot_token: str, app_token: str, api_base: str, wanted: Sequence[Destination]) -> Findings:
    """Check the tokens, and each channel that the bot is to post to. Never raises for what Slack answers."""
    findings = Findings()
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30)) as session:
        client = Client(bot_token, api_base, _nobody)
        client.session = session
        try:
            answer = await client.auth_test()
        except TROUBLE as error:
            findings.faults.append(str(faults.of_bot_token(error)))
        else:
            _check_scopes(_scopes(answer), findings)
            await _check_places(client, answer, wanted, findings)
        if app_token:
            await _check_app_token(client, app_token, findings)
    return findings


async def _nobody(_method: str, _error: SlackApiError) -> None:
    """Tell nobody of a refused token: the check itself does."""


async def _check_app_token(client: AsyncWebClient, app_token: str, findings: Findings) -> None:
    try:
        await client.apps_connections_open(app_token=app_token)
    except TROUBLE as error:
        findings.faults.append(str(faults.of_app_token(error)))


def _scopes(answer: AsyncSlackResponse) -> frozenset[str]:
    stated = {name.lower(): value for name, value in answer.headers.items()}.get("x-oauth-scopes", "")
    return frozenset(str(stated).replace(" ", "").split(","))


def _check_scopes(granted: frozenset[str], findings: Findings) -> None:
    for scope, reason in SCOPES.items():
        if scope in granted:
            continue
        if scope in WITHOUT:
            findings.notes.append(f"Slack: without the scope {scope}, {WITHOUT[scope]}.")
        else:
            findings.faults.append(f"Slack: the app lacks the scope {scope} ({reason}). {_GRANT}")


async def _check_places(
    client: AsyncWebClient, answer: AsyncSlackResponse, wanted: Sequence[Destination], findings: Findings
) -> None:
    here = f"slack:{answer['team_id']}"
    elsewhere = sorted({each.community for each in wanted} - {here})
    findings.faults += (
        f"Slack: the token is of another workspace than {each.partition(':')[2]}, where posts are planned. "
        "Install the app there, and set SLACK_BOT_TOKEN to its token."
        for each in elsewhere
    )
    ours = sorted((each for each in wanted if each.community == here), key=_channel)
    count = len({each.channel for each in ours})
    looked_at = f"; {count} channel{'' if count == 1 else 's'} looked at" if count else ""
    findings.notes.insert(0, f"Slack: the token is that of {answer['user']} in {answer['team']}{looked_at}.")
    for channel, same in groupby(ours, key=_channel):
        await _check_place(client, channel, list(same), str(answer["user"]), findings)


def _channel(destination: Destination) -> str:
    return destination.channel


async def _check_place(
    client: AsyncWebClient, channel: str, destinations: Sequence[Destination], bot: str, findings: Findings
) -> None:
    """See whether the bot has a place in a channel."""
    where = f"Slack: channel {channel} ({', '.join(dict.fromkeys(each.purpose for each in destinations))})"
    try:
        missing = await lacking(client, channel, bot)
    except SlackApiError as error:
        findings.notes.append(f"{where} could not be looked at ({faults.code_of(error)}).")
    else:
        findings.faults += [f"{where}: {missing}"] if missing else []
