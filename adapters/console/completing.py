"""Completing a line as it is typed: commands, parameters, their choices, and the values that the core offers."""

import re
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence

from adapters.console.clean import clean_line
from adapters.console.ends import Offer
from adapters.console.session import WORDS
from adapters.console.typed import split
from bot.core.effects import Choice
from bot.core.forms import ChoiceField, FormField
from bot.core.registry import Access, Command, Kind, Parameter

Ask = Callable[[str, str, str, Mapping[str, str]], Awaitable[Sequence[Choice]]]
"""Takes command, parameter, what is typed of it, and the other arguments; gives the core's completions."""

_PIECE = re.compile(r'([A-Za-z]{2,20}):("[^"]*"?|[^\s"]*)|("[^"]*"?|[^\s"]+)')
_FREE = {Kind.TEXT, Kind.CHANNEL, Kind.ROLE, Kind.MEMBER}


async def complete(
    typed: str, commands: Mapping[str, Command], *, moderator: bool, ask: Ask
) -> Sequence[Offer]:
    """Offer what a line could go on with, best first; nothing for what is no command."""
    if not typed.startswith("/"):
        return ()
    offered = {name: each for name, each in commands.items() if moderator or each.access is Access.MEMBER}
    names = tuple(_names(typed, offered))
    if names:
        return names
    name, text = split(typed.lstrip(), offered)
    command = offered.get(name)
    return await _arguments(command, text, ask) if command and typed[-len(text) - 1].isspace() else ()


def in_field(typed: str, field: FormField) -> Sequence[Offer]:
    """Offer the options of a form's field."""
    if not isinstance(field, ChoiceField):
        return ()
    return tuple(
        Offer(text=each.label, replaces=len(typed), label=clean_line(each.label))
        for each in field.options
        if each.label.casefold().startswith(typed.casefold())
    )


def _names(typed: str, commands: Mapping[str, Command]) -> Iterator[Offer]:
    told = {f"/{name}": each.help for name, each in commands.items()} | WORDS
    for name in sorted(told):
        if name.startswith(typed.casefold()) and name != typed:
            yield Offer(text=f"{name} ", replaces=len(typed), label=name, help=told[name])


async def _arguments(command: Command, text: str, ask: Ask) -> Sequence[Offer]:
    pieces = list(_PIECE.finditer(text))
    last = pieces.pop() if pieces and _is_open(pieces[-1], text) else None
    named, piece = ((last[1] or "").casefold(), last[2] or last[3] or "") if last else ("", "")
    given = {each[1].casefold(): each[2].strip('"') for each in pieces if each[1]}
    free = [each for each in command.parameters if each.name not in given]
    if named:
        return [
            offer
            for each in free
            if each.name == named
            for offer in await _values(command, each, piece, given, ask)
        ]
    offers = [
        Offer(text=f"{each.name}:", replaces=len(piece), label=f"{each.name}:", help=each.help)
        for each in free
        if each.name.startswith(piece.casefold())
    ]
    bare = [each for each in free if each.kind is Kind.CHOICE or (each.kind in _FREE and each.completer)]
    if piece:
        for each in bare:
            offers.extend(await _values(command, each, piece, given, ask))
    return offers


def _is_open(piece: re.Match[str], text: str) -> bool:
    """Whether the cursor still stands in this piece: it is the last thing, and no closed quotation."""
    value = piece[2] or piece[3] or ""
    return piece.end() == len(text) and not (len(value) > 1 and value.startswith('"') and value.endswith('"'))


async def _values(
    command: Command, parameter: Parameter, piece: str, given: Mapping[str, str], ask: Ask
) -> Iterable[Offer]:
    typed = piece.removeprefix('"')
    if parameter.choices:
        choices: Sequence[Choice] = [
            each for each in parameter.choices if each.value.startswith(typed.casefold())
        ]
    elif parameter.completer:
        choices = await ask(command.name, parameter.name, typed, given)
    else:
        choices = ()
    return [
        Offer(text=f"{_quoted(each.value)} ", replaces=len(piece), label=clean_line(each.label))
        for each in choices
    ]


def _quoted(value: str) -> str:
    value = clean_line(value)
    return f'"{value}"' if re.search(r"\s", value) else value
