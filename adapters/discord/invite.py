"""What the bot asks for when it is invited: each permission with its reason, and the address that asks for them."""

from dataclasses import dataclass
from urllib.parse import urlencode

_AUTHORISE = "https://discord.com/oauth2/authorize"


@dataclass(frozen=True, kw_only=True, slots=True)
class Permission:
    """A permission: its bit, its name as Discord's settings show it, and what the bot needs it for."""

    bit: int
    name: str
    reason: str


VIEW_CHANNEL = Permission(
    bit=1 << 10,
    name="View Channel",
    reason="to be in the channels that it posts to",
)
SEND_MESSAGES = Permission(
    bit=1 << 11,
    name="Send Messages",
    reason="to post programmes, scheduled rounds and their results",
)
SEND_IN_THREADS = Permission(
    bit=1 << 38,
    name="Send Messages in Threads",
    reason="to begin a discussion with a question, and to post where a thread was chosen",
)
CREATE_THREADS = Permission(
    bit=1 << 35,
    name="Create Public Threads",
    reason="to open a thread when somebody presses “Discuss”",
)
EMBED_LINKS = Permission(
    bit=1 << 14,
    name="Embed Links",
    reason="to show a quotation with its grade and source as a card",
)
ATTACH_FILES = Permission(
    bit=1 << 15,
    name="Attach Files",
    reason="to hand members the file of what is kept about them",
)
READ_HISTORY = Permission(
    bit=1 << 16,
    name="Read Message History",
    reason="to look, after a crash, whether a post has arrived, so that nothing is posted twice",
)
PIN_MESSAGES = Permission(
    bit=1 << 51,
    name="Pin Messages",
    reason="to pin the post of a programme that asks for it",
)

PERMISSIONS = (
    VIEW_CHANNEL,
    SEND_MESSAGES,
    SEND_IN_THREADS,
    CREATE_THREADS,
    EMBED_LINKS,
    ATTACH_FILES,
    READ_HISTORY,
    PIN_MESSAGES,
)
"""All that is asked for; nothing of it reads what members write."""

PERMISSION_BITS = sum(each.bit for each in PERMISSIONS)


def needed_to_post(*, in_thread: bool) -> tuple[Permission, ...]:
    """List what a post needs in its channel, what most often lacks first."""
    return (VIEW_CHANNEL, SEND_IN_THREADS if in_thread else SEND_MESSAGES, EMBED_LINKS)


def invite_url(application: str) -> str:
    """Give the address at which a server's manager adds the application of this id, with exactly these permissions."""
    asked = {"client_id": application, "permissions": PERMISSION_BITS, "scope": "bot applications.commands"}
    return f"{_AUTHORISE}?{urlencode(asked)}"
