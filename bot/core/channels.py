"""Channels as people name them: `#reading` in the console; on platforms with ids of their own, what a picker sends."""

from bot.core.errors import UserMistake
from bot.core.request import Request
from bot.core.wording import granted_by, in_marks


def is_id(channel: str) -> bool:
    """Whether a channel's id is a platform's own, in figures or capitals, rather than what people call it."""
    return channel.isascii() and channel.isalnum() and channel == channel.upper()


def read_channel(request: Request, typed: str, nothing: str) -> str:
    """Read a channel to post to; gives its id.

    Raises UserMistake for none, for a name where the platform has ids, and for one where the bot may not post.
    """
    name = typed.strip().removeprefix("<#").removesuffix(">").removeprefix("#").strip()
    if not name or " " in name:
        raise UserMistake(f"A programme needs a channel, as in: #reading. {nothing}", field="channel")
    check_may_post(request, name, nothing)
    return name


def check_may_post(request: Request, channel: str, nothing: str) -> None:
    """Raise UserMistake for a name where the platform has ids, and where the bot is known to lack the right to post."""
    if is_id(request.channel) and not is_id(channel):
        raise UserMistake(f"There is no channel {in_marks(f'#{channel}')} here. {nothing}", field="channel")
    missing = request.barred(channel).post
    if missing:
        raise UserMistake(
            f"The bot may not post in that channel. {granted_by(missing)} {nothing}", field="channel"
        )


def check_may_open_thread(request: Request) -> None:
    """Raise UserMistake where the bot is known to lack the right to open a thread."""
    if missing := request.barred().thread:
        raise UserMistake(f"The bot may not open a thread here. {granted_by(missing)}")
