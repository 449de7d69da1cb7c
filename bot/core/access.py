"""Who may do what: checked at the command, and again at every button and form."""

from bot.core import mistakes
from bot.core.registry import Access, Action, Command, Submission
from bot.core.request import Request


def require(entry: Command | Action | Submission, name: str, request: Request) -> None:
    """Let a request through, or raise the UserMistake that says for whom it is."""
    if entry.access is Access.MODERATOR and not request.is_moderator:
        raise mistakes.no_moderator(name.partition(" ")[0])
