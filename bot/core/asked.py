"""What an event asks for, found with one look-up: its name in the registry, and whether it only reads."""

from bot.core import commands
from bot.core.events import ButtonPressed, CommandUsed, CompletionAsked, Event, FormSubmitted
from bot.core.registry import Registry

UNKNOWN = "unknown"


def asked(registry: Registry, event: Event) -> tuple[str, bool]:
    """Name what is asked for as the registry does, never as it was typed; empty for what asks for nothing.

    With it comes whether that only reads, so that it can be handled on a connection that cannot write.
    """
    match event:
        case ButtonPressed(token=token):
            pressed = registry.action(token)
            return (pressed[0].name, pressed[0].reads) if pressed else (UNKNOWN, False)
        case CommandUsed(command=name):
            return name if name in registry.commands else UNKNOWN, commands.reads(registry, event)
        case CompletionAsked(command=name):
            return name if name in registry.commands else UNKNOWN, True
        case FormSubmitted(token=token):
            sent, command = registry.submission(token), commands.filled(registry, token)
            return sent[0].name if sent else UNKNOWN, command is not None and command.reads
        case _:
            return "", False
