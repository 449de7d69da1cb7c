"""Using a command: find it, read its arguments, check the rights, hand it over."""

from collections.abc import Sequence

from bot.core import access, arguments, mistakes
from bot.core.cards import CommandName
from bot.core.effects import Effect
from bot.core.errors import UserMistake
from bot.core.events import CommandUsed
from bot.core.ports import Ports
from bot.core.registry import Action, Registry
from bot.core.request import Request


def use(registry: Registry, ports: Ports, event: CommandUsed) -> Sequence[Effect]:
    """Carry out a command. Raises UserMistake for an unknown one, for bad arguments and for missing rights."""
    if not event.command:
        raise UserMistake("Commands begin with /. ", CommandName("help"), " lists them.")
    command = registry.commands.get(event.command)
    if command is None:
        raise mistakes.unknown_command(event.command, tuple(registry.commands))
    values = arguments.read(command, event.text) if event.text else arguments.check(command, event.arguments)
    request = Request(event=event, ports=ports, registry=registry, values=values)
    access.require(command, command.name, request)
    return command.handler(request)


def split_line(registry: Registry, line: str) -> tuple[str, str]:
    """Split a command line (without its slash) into the command's name, of one word or two, and the rest."""
    first, _, rest = line.strip().partition(" ")
    second, _, tail = rest.strip().partition(" ")
    if second and f"{first} {second}".casefold() in registry.commands:
        return f"{first} {second}".casefold(), tail.strip()
    return first.casefold(), rest.strip()


def run_line(request: Request) -> Sequence[Effect]:
    """Run the command line that a button stands for, with the rights of whoever pressed it."""
    name, text = split_line(request.registry, ",".join(request.args))
    event = request.event
    used = CommandUsed(place=event.place, actor=event.actor, at=event.at, command=name, text=text)
    return use(request.registry, request.ports, used)


ENTRIES = (Action(name="command:run", handler=run_line),)
