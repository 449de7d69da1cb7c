"""Channels as people name them: `#reading` in the console; on platforms with ids of their own, what a picker sends."""

from bot.core.errors import UserMistake
from bot.core.request import Request
from bot.core.wording import in_marks


def is_id(channel: str) -> bool:
    """Whether a channel's id is a platform's own, in figures or capitals, rather than what people call it."""
    return channel.isascii() and channel.isalnum() and channel == channel.upper()


def read_channel(request: Request, typed: str, nothing: str) -> str:
    """Read a channel; gives its id. Raises UserMistake for none, and for a name where the platform has ids."""
    name = typed.strip().removeprefix("<#").removesuffix(">").removeprefix("#").strip()
    if not name or " " in name:
        raise UserMistake(f"A programme needs a channel, as in: #reading. {nothing}", field="channel")
    if is_id(request.channel) and not is_id(name):
        raise UserMistake(f"There is no channel {in_marks(f'#{name}')} here. {nothing}", field="channel")
    return name
