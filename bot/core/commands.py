"""Using a command: find it, read its arguments, check the rights, hand it over."""

from collections.abc import Sequence
from dataclasses import replace

from bot.core import access, arguments, asking, mistakes
from bot.core.effects import Effect, FieldErrors, OpenForm
from bot.core.errors import UserMistake
from bot.core.events import CommandUsed
from bot.core.inline import CommandName
from bot.core.ports import Ports
from bot.core.registry import Action, Command, Registry, Submission
from bot.core.request import Request


def use(registry: Registry, ports: Ports, event: CommandUsed) -> Sequence[Effect]:
    """Carry out a command. Raises UserMistake for an unknown one, for bad arguments and for missing rights."""
    if not event.command:
        raise UserMistake("Commands begin with /. ", CommandName("help"), " lists them.")
    command = registry.commands.get(event.command)
    if command is None:
        raise mistakes.unknown_command(event.command, tuple(registry.commands), event.text)
    request = Request(event=event, ports=ports, registry=registry, values={}, files=event.files)
    access.require(command, command.name, request)
    values = arguments.split(command, event.text) if event.text else event.arguments
    if event.asks and arguments.lacks(command, values):
        return [OpenForm(asking.form_for(command, values))]
    return command.handler(replace(request, values=arguments.check(command, values)))


def reads(registry: Registry, event: CommandUsed) -> bool:
    """Whether a command, as it was used, only reads."""
    command = registry.commands.get(event.command)
    if command is None or command.reads_with is None:
        return command is not None and command.reads
    try:
        values = arguments.split(command, event.text) if event.text else event.arguments
        return command.reads_with(arguments.check(command, values))
    except UserMistake:
        return False


def fill(request: Request) -> Sequence[Effect]:
    """Carry out the command whose form was filled in; what is wrong is said at its field."""
    command = request.registry.commands.get(request.args[0]) if request.args else None
    if command is None:
        raise mistakes.foreign_button()
    access.require(command, command.name, request)
    values, wrong = arguments.check_each(command, request.values)
    return [FieldErrors(wrong)] if wrong else command.handler(replace(request, values=values, args=()))


def filled(registry: Registry, text: str) -> Command | None:
    """Find the command whose form the token of a form is; None where it is another form's."""
    found = registry.submission(text)
    if found is None or found[0].name != asking.FILL or not found[1].args:
        return None
    return registry.commands.get(found[1].args[0])


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


ENTRIES: tuple[Action | Submission, ...] = (
    Action(name="command:run", handler=run_line),
    Submission(name=asking.FILL, handler=fill),
)
