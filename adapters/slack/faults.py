"""What Slack's refusals mean: for the ledger of deliveries, for moderators, and for whoever asked."""

from http import HTTPStatus

import aiohttp
from slack_sdk.errors import SlackApiError, SlackRequestError

from adapters.base import StartFault, Undelivered
from bot.core.cards import Card, Intent, line
from bot.core.events import FailureKind
from bot.core.inline import Mention

TROUBLE = (SlackApiError, SlackRequestError, aiohttp.ClientError, TimeoutError, OSError)
"""Everything that a call to Slack may raise."""

UNINVITED = frozenset({"not_in_channel", "channel_not_found"})
"""The bot is not in the channel; of a private one Slack says that it does not exist."""
NO_PLACE = UNINVITED | {"is_archived"}
"""The same, or nobody may post there any more."""
DEAD_TOKEN = frozenset({"token_revoked", "account_inactive", "invalid_auth", "not_authed", "token_expired"})
_FORBIDDEN = frozenset({
    "access_denied", "ekm_access_denied", "messages_tab_disabled", "missing_scope", "no_permission", "not_in_channel",
    "permission_denied", "team_access_not_granted",
})  # fmt: skip
_GONE = frozenset({
    "channel_not_found", "is_archived", "is_inactive", "message_not_found", "thread_not_found", "user_disabled",
    "user_not_found", "users_not_found",
})  # fmt: skip
_PASSING = frozenset({
    "fatal_error", "internal_error", "ratelimited", "rate_limited", "request_timeout", "service_unavailable",
    "team_added_to_org",
})  # fmt: skip


def code_of(error: BaseException) -> str:
    """Name a refusal as Slack does (`not_in_channel`); empty for what is none."""
    data = getattr(getattr(error, "response", None), "data", None)
    return str(data.get("error", "")) if isinstance(data, dict) else ""


def retry_after(error: BaseException) -> int:
    """Say in how many seconds Slack wants to be asked again, 0 when it does not say."""
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    stated = next((value for name, value in headers.items() if name.lower() == "retry-after"), "")
    return int(stated) if stated.isascii() and stated.isdigit() else 0


def needed(error: BaseException) -> str:
    """Name the scope that a call lacked."""
    data = getattr(getattr(error, "response", None), "data", None)
    return str(data.get("needed", "")) if isinstance(data, dict) else ""


def undelivered(error: BaseException, bot: str) -> Undelivered:
    """Sort an exception of a call to Slack; `bot` is the name that invites it."""
    code = code_of(error)
    kind = _kind(error, code)
    return Undelivered(kind, _detail(error, code, bot), retry_after=retry_after(error))


def _kind(error: BaseException, code: str) -> FailureKind:
    if code in DEAD_TOKEN:
        # It is the host's to mend, and until then nobody can be told: what is due waits for the new token.
        return FailureKind.PASSING
    if code in _FORBIDDEN or code.startswith("restricted_action"):
        return FailureKind.FORBIDDEN
    if code in _GONE:
        return FailureKind.GONE
    status = getattr(getattr(error, "response", None), "status_code", 0)
    limited = status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR
    if code in _PASSING or limited or not isinstance(error, SlackApiError):
        return FailureKind.PASSING
    return FailureKind.REFUSED


def _detail(error: BaseException, code: str, bot: str) -> str:
    """Say what is missing and how it is granted, where somebody can; else Slack's own word."""
    if code in NO_PLACE:
        return no_place(code, bot)
    if code == "missing_scope":
        return f"Missing scope: {needed(error)}. Grant: add it under OAuth & Permissions and install the app again."
    if code.startswith("restricted_action"):
        return "Missing: the right to post in the channel. Grant: Channel settings, Posting permissions, add the app."
    if code in DEAD_TOKEN:
        return f"Slack does not take the bot’s token ({code})"
    return code or type(error).__name__


def no_place(code: str, bot: str, channel: str = "the channel") -> str:
    """Say why the bot has no place in a channel, and how it gets one: `code` is one of NO_PLACE, `channel` its name."""
    if code == "is_archived":
        return f"{channel[0].upper()}{channel[1:]} is archived. Grant: unarchive it, or name another."
    invite = f"Grant: type /invite @{bot} there."
    if code == "not_in_channel":
        return f"Missing: a place in {channel}. {invite}"
    return f"The channel is gone, or it is private and the bot has no place in it. {invite}"


def not_posted(failure: Undelivered, code: str, bot_user: str, bot: str) -> Card:
    """Tell whoever asked why the answer that everyone was to see is not there."""
    if code in UNINVITED:
        name = Mention(bot_user, f"@{bot}", notify=True)
        words = (
            "There is no place for the bot here, so nothing was posted. Type /invite ",
            name,
            " and try again.",
        )
        return line(*words, intent=Intent.MISTAKE)
    match failure.kind:
        case FailureKind.PASSING:
            text = "Slack could not take this just now, so nothing was posted. Please try again in a minute."
        case FailureKind.FORBIDDEN:
            text = f"The bot may not post here, so nothing was posted. {failure.detail}"
        case _:
            text = f"Slack did not take this ({failure.detail}), so nothing was posted. The host finds it in the log."
    return line(text, intent=Intent.MISTAKE)


NO_BOT = "SLACK_BOT_TOKEN is not a bot’s token: it begins with xoxb- (OAuth & Permissions)."


def of_bot_token(error: BaseException) -> StartFault:
    """Say to the host why SLACK_BOT_TOKEN cannot be used, and what to do."""
    return _start_fault(error, "SLACK_BOT_TOKEN", "xoxb-", "OAuth & Permissions")


def of_app_token(error: BaseException) -> StartFault:
    """Say the same of SLACK_APP_TOKEN."""
    return _start_fault(error, "SLACK_APP_TOKEN", "xapp-", "Basic Information")


def _start_fault(error: BaseException, variable: str, begins: str, page: str) -> StartFault:
    code = code_of(error)
    if code == "missing_scope":
        return StartFault(f"{variable} lacks the scope {needed(error)}. Add it under {page}.")
    if code:
        return StartFault(
            f"Slack does not take {variable} ({code}). Copy the token that begins with {begins} from {page}, "
            "at api.slack.com/apps."
        )
    return StartFault(
        f"Slack could not be reached ({type(error).__name__}). Is the network open for https://slack.com?"
    )
