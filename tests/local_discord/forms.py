"""Filling in selects and forms as Discord's client does, refusing what it would refuse."""

from collections.abc import Callable, Mapping

from tests.local_discord.interactions import Field, Modal
from tests.local_discord.messages import CHANNEL_SELECT, FILE_UPLOAD, LABEL, TEXT_INPUT, USER_SELECT
from tests.local_discord.model import Wire
from tests.local_discord.options import ClientRefusal
from tests.local_discord.world import Upload

_INPUT_TEXT = 4_000


def chosen(select: Wire, choices: tuple[str, ...]) -> list[str]:
    """Return the values of the options chosen, each named by label or value."""
    options = {
        name: option["value"]
        for option in select.get("options", [])
        for name in (option["label"], option["value"])
    }
    if unknown := [choice for choice in choices if choice not in options]:
        raise ClientRefusal(f"the select has no option {unknown}; it has {sorted(options)}")
    if not select.get("min_values", 1) <= len(choices) <= select.get("max_values", 1):
        raise ClientRefusal(f"the select does not take {len(choices)} options")
    return [options[choice] for choice in choices]


Attaching = Callable[[Upload], str]
"""Takes a file that a person attaches; gives its id."""


def submitted(part: Wire, modal: Modal, values: Mapping[str, str | Upload], attach: Attaching) -> Wire:
    """Return one part of a form as its submission carries it."""
    if part["type"] == LABEL:
        return {
            "type": LABEL,
            "id": part.get("id", 1),
            "component": _input(part["component"], part, modal, values, attach),
        }
    inner = [_input(component, component, modal, values, attach) for component in part.get("components", [])]
    return {"type": part["type"], "id": part.get("id", 1), **({"components": inner} if inner else {})}


def _input(
    component: Wire, labelled: Wire, modal: Modal, values: Mapping[str, str | Upload], attach: Attaching
) -> Wire:
    field = Field(label=labelled.get("label") or "", wire=component)
    put_in = (each["value"] for each in component.get("options", ()) if each.get("default"))
    value = values.get(field.custom_id, component.get("value") or next(put_in, ""))
    sent: Wire = {"type": component["type"], "id": component.get("id", 1), "custom_id": field.custom_id}
    if component["type"] == FILE_UPLOAD:
        if not value and field.required:
            raise ClientRefusal(f"the form {modal.title!r} requires a file")
        return sent | {"values": [attach(value)] if isinstance(value, Upload) else []}
    if isinstance(value, Upload):
        raise ClientRefusal(f"{field.label or field.custom_id!r} takes no file")
    if component["type"] in {CHANNEL_SELECT, USER_SELECT}:
        picked = value or next((each["id"] for each in component.get("default_values") or ()), "")
        return sent | {"values": _picked(component, modal, picked)}
    if component["type"] != TEXT_INPUT:
        picked = (value,) if value else ()
        return sent | {"values": chosen(component, picked) if picked or field.required else []}
    if not value and field.required:
        raise ClientRefusal(f"the form {modal.title!r} requires {field.label or field.custom_id!r}")
    least, most = component.get("min_length") or 0, component.get("max_length") or _INPUT_TEXT
    if value and not least <= len(value) <= most:
        raise ClientRefusal(f"{field.label or field.custom_id!r} takes {least} to {most} characters")
    return sent | {"value": value}


def _picked(select: Wire, modal: Modal, picked: str) -> list[str]:
    """Pick a channel or a member, by the id, from those of the guild that fit; in a direct message there are none."""
    guild = modal.opener.channel.guild
    kinds = select.get("channel_types") or ()
    channels = guild.channels.values() if guild else ()
    offered = {each.id for each in channels if not kinds or each.kind in kinds}
    if select["type"] == USER_SELECT:
        offered = set(guild.members) if guild else set()
    if not picked and select.get("min_values", 1) == 0:
        return []
    if picked not in offered:
        raise ClientRefusal(f"the form {modal.title!r} offers no {picked!r}; it has {sorted(offered)}")
    return [picked]
