"""/help: what can be asked here, from the registry."""

from collections.abc import Sequence

from bot.core import mistakes
from bot.core.cards import Card, Intent, Paragraph, say
from bot.core.effects import Choice, Effect, Show
from bot.core.inline import CommandName, Strong
from bot.core.registry import Access, Command, Kind, Parameter
from bot.core.request import Request
from bot.core.wording import listed


def explain(request: Request) -> Sequence[Effect]:
    """List the commands that the asker may use, or explain one of them."""
    typed = request.values.get("command", "").lstrip("/").casefold()
    commands = request.registry.commands
    if not typed:
        return [Show(card=_list(request))]
    if typed in commands:
        return [Show(card=_explain(commands[typed]))]
    group = [each for name, each in commands.items() if name.startswith(f"{typed} ")]
    if not group:
        raise mistakes.unknown_command(typed, tuple(commands))
    return [Show(card=Card(title=typed.capitalize(), body=tuple(map(_line, group)), intent=Intent.OWN))]


def complete(request: Request, typed: str) -> Sequence[Choice]:
    """Offer the commands that begin as typed."""
    folded = typed.lstrip("/").casefold()
    return [Choice(f"/{name}", name) for name in request.registry.commands if name.startswith(folded)]


def _list(request: Request) -> Card:
    moderator = request.is_moderator
    shown = [each for each in request.registry.commands.values() if moderator or each.access is Access.MEMBER]
    groups: dict[str, list[Command]] = {}
    for each in shown:
        groups.setdefault(each.name.partition(" ")[0], []).append(each)
    lines = tuple(
        _line(group[0]) if " " not in group[0].name else _group(name, group) for name, group in groups.items()
    )
    return Card(title="What can be asked here", body=lines, intent=Intent.OWN)


def _group(name: str, commands: Sequence[Command]) -> Paragraph:
    """Say a group of commands on one line; /help with its name explains each."""
    verbs = ", ".join(each.name.partition(" ")[2] for each in commands)
    return say(CommandName(name), f" {verbs}: for moderators; ", CommandName("help", name), " explains them.")


def _line(command: Command) -> Paragraph:
    return say(CommandName(command.name), f": {command.help}.")


def _explain(command: Command) -> Card:
    return Card(
        title=command.name.capitalize(),
        body=(
            say(f"{command.help}."),
            say("Usage: ", CommandName(command.name, command.takes)),
            *map(_parameter, command.parameters),
            say("Example: ", CommandName(command.name, command.rest)),
        ),
        intent=Intent.OWN,
    )


def _parameter(parameter: Parameter) -> Paragraph:
    takes = ""
    if parameter.kind is Kind.CHOICE:
        takes = f" ({listed([each.value for each in parameter.choices], 'or')})"
    elif parameter.kind is Kind.NUMBER:
        takes = f" ({parameter.least} to {parameter.most})"
    return say(Strong(parameter.name), f": {parameter.help}{takes}.")


ENTRIES = (
    Command(
        name="help",
        help="What can be asked here, or how one command is used",
        example="/help quiz",
        parameters=(Parameter(name="command", help="The command to explain", completer=complete, most=40),),
        handler=explain,
    ),
)
