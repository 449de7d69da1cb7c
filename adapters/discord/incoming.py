"""From Discord's interactions to the core's events. Nothing is decided here."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import discord
from discord import InteractionType

from adapters.discord import direct
from adapters.discord.forms import BY_NAME, FILE_UPLOAD
from bot.core import tokens
from bot.core.effects import Audience
from bot.core.events import (
    Actor,
    Attachment,
    ButtonPressed,
    CommandUsed,
    CompletionAsked,
    FormSubmitted,
    MessageRef,
    Place,
    Said,
)
from bot.core.registry import Action, Answer, Command, Registry, Submission

Wire = Mapping[str, Any]

_SLASH, _MESSAGE_MENU = 1, 3
_SUBCOMMAND, _GROUP, _ATTACHMENT = 1, 2, 11
_MENTION = re.compile(r"<@!?(\d+)>")


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """An event, and how it may be put off when the core takes long: not at all unless `deferrable`."""

    event: Said
    audience: Audience = Audience.ASKER
    answer: Answer = Answer.NEW
    deferrable: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Used:
    """A command as its payload names it: `focused` is the parameter that is being typed, empty when it is sent."""

    name: str
    values: Mapping[str, str]
    focused: str = ""
    files: Mapping[str, Attachment] = field(default_factory=dict)


def asked(
    interaction: discord.Interaction, registry: Registry, place: Place, actor: Actor, at: int
) -> Asked | None:
    """Translate an interaction; None for a kind that the bot does not offer."""
    data: Wire = {**(interaction.data or {})}
    match interaction.type:
        case InteractionType.application_command if data.get("type", _SLASH) == _SLASH:
            used = command_used(data)
            event = CommandUsed(
                place=place, actor=actor, at=at, command=used.name, arguments=used.values, files=used.files
            )
            return _declared(event, registry.commands.get(used.name))
        case InteractionType.application_command if data["type"] == _MESSAGE_MENU:
            return _on_message(data, registry, place, actor, at)
        case InteractionType.autocomplete:
            return Asked(event=_completion(command_used(data), place, actor, at), deferrable=False)
        case InteractionType.component:
            return _pressed(interaction, data, registry, place, actor, at)
        case InteractionType.modal_submit:
            return _submitted(interaction, data, registry, place, actor, at)
        case _:
            return None


def actor_of(member: discord.Member, permissions: discord.Permissions) -> Actor:
    """Say who somebody is: their roles, and whether they manage the server."""
    return Actor(
        id=str(member.id),
        name=member.display_name,
        roles=frozenset(str(role.id) for role in member.roles if not role.is_default()),
        administrator=permissions.manage_guild or permissions.administrator,
    )


def command_used(data: Wire) -> Used:
    """Read a command's payload: the words of its name, and its values as text."""
    name, options = [data["name"]], data.get("options", ())
    while options and options[0]["type"] in {_SUBCOMMAND, _GROUP}:
        name.append(options[0]["name"])
        options = options[0].get("options", ())
    attached = {each["name"]: str(each["value"]) for each in options if each["type"] == _ATTACHMENT}
    return Used(
        name=" ".join(name),
        values={each["name"]: str(each["value"]) for each in options if each["name"] not in attached},
        files=files_of(attached, data),
        focused=next((each["name"] for each in options if each.get("focused")), ""),
    )


def form_values(components: Sequence[Wire]) -> dict[str, str]:
    """Read what stands in each input of a submitted modal, by its custom_id."""
    return {
        each["custom_id"]: _filled(each) for each in _inputs(components) if each.get("type") != FILE_UPLOAD
    }


def form_files(components: Sequence[Wire], data: Wire) -> Mapping[str, Attachment]:
    """Read the files attached to a submitted modal, by their input's custom_id."""
    attached = {
        each["custom_id"]: str(each["values"][0])
        for each in _inputs(components)
        if each.get("type") == FILE_UPLOAD and each.get("values")
    }
    return files_of(attached, data)


def files_of(attached: Mapping[str, str], data: Wire) -> dict[str, Attachment]:
    """Find attached files by their ids in what Discord says of them."""
    told = data.get("resolved", {}).get("attachments", {})
    return {
        name: Attachment(name=str(file["filename"]), address=str(file["url"]), size=int(file["size"]))
        for name, number in attached.items()
        if (file := told.get(number))
    }


def text_of(message: Wire) -> str:
    """Read what a message says, with the names of those it mentions instead of their ids."""
    names = {each["id"]: each.get("global_name") or each["username"] for each in message.get("mentions", ())}
    return _MENTION.sub(lambda found: f"@{names.get(found[1], found[1])}", message.get("content", ""))


def channel_id(guild: discord.Guild | None, typed: str) -> str:
    """Find a server's channel by its name, as people type it; gives what was typed where there is none of that name."""
    name = typed.strip().removeprefix("#").casefold()
    channels = guild.text_channels if guild else []
    return next((str(each.id) for each in channels if each.name.casefold() == name), typed)


def token_of(interaction: discord.Interaction) -> str:
    """Give the token that a component or modal carries, without the mark of a direct message."""
    custom_id = interaction.custom_id or ""
    if interaction.guild_id is not None:
        return custom_id
    marked = direct.read(custom_id)
    return marked[0] if marked else custom_id


def _pressed(
    interaction: discord.Interaction, data: Wire, registry: Registry, place: Place, actor: Actor, at: int
) -> Asked:
    token = token_of(interaction)
    found = registry.action(token)
    message = interaction.message
    event = ButtonPressed(
        place=place,
        actor=actor,
        at=at,
        token=token,
        value=next(iter(data.get("values", ())), ""),
        message=MessageRef(place.channel, str(message.id)) if message else None,
    )
    return _declared(event, found[0] if found else None)


def _submitted(
    interaction: discord.Interaction, data: Wire, registry: Registry, place: Place, actor: Actor, at: int
) -> Asked:
    token = token_of(interaction)
    found = registry.submission(token)
    components = data.get("components", ())
    guild = interaction.client.get_guild(int(place.community.partition(":")[2]))
    values = {
        key.removesuffix(BY_NAME): channel_id(guild, text) if key.endswith(BY_NAME) else text
        for key, text in form_values(components).items()
    }
    files = form_files(components, data)
    event = FormSubmitted(place=place, actor=actor, at=at, token=token, values=values, files=files)
    return _declared(event, found[0] if found else None)


def _on_message(data: Wire, registry: Registry, place: Place, actor: Actor, at: int) -> Asked:
    entry = registry.on_messages.get(data["name"])
    message = data["resolved"]["messages"][data["target_id"]]
    event = FormSubmitted(
        place=place,
        actor=actor,
        at=at,
        token=str(tokens.token(entry.name)) if entry else "",
        values={"text": text_of(message), "author": str(message["author"]["id"])},
    )
    return _declared(event, entry)


def _completion(used: Used, place: Place, actor: Actor, at: int) -> CompletionAsked:
    others = {name: value for name, value in used.values.items() if name != used.focused}
    return CompletionAsked(
        place=place,
        actor=actor,
        at=at,
        command=used.name,
        parameter=used.focused,
        typed=used.values.get(used.focused, ""),
        arguments=others,
    )


def _declared(event: Said, entry: Command | Action | Submission | None) -> Asked:
    """Take over how an entry says that it is answered; what is unknown gets its refusal privately."""
    if entry is None:
        return Asked(event=event)
    return Asked(event=event, audience=entry.audience, answer=entry.answer, deferrable=not entry.opens_form)


def _inputs(components: Sequence[Wire]) -> Iterator[Wire]:
    for each in components:
        if "custom_id" in each:
            yield each
        yield from _inputs(each.get("components", ()))
        if "component" in each:
            yield from _inputs((each["component"],))


def _filled(component: Wire) -> str:
    if "values" in component:
        return next(iter(component["values"]), "")
    return component.get("value") or ""
