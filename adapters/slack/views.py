"""Forms as modals, what comes back from them, and the page that App Home shows."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, assert_never

from adapters.slack import render
from adapters.slack.manifest import NAME
from adapters.slack.render import Json
from bot.core.cards import Card
from bot.core.events import Attachment, MessageRef
from bot.core.forms import ChannelField, ChoiceField, FileField, Form, FormField, MemberField, TextField

TITLE = 24
LABEL = 2_000
FILE = "file_input"


@dataclass(frozen=True, kw_only=True, slots=True)
class Origin:
    """Where a form was opened, since a submission does not say: kept in the modal's private_metadata.

    `message` is the timestamp of the message whose button opened it, empty for a command or an ephemeral message;
    `thread` that of the thread it stands in; `home` says that it was opened from App Home.
    """

    channel: str = ""
    message: str = ""
    thread: str = ""
    home: bool = False

    @property
    def ref(self) -> MessageRef | None:
        """The message whose button opened the form."""
        return MessageRef(self.channel, self.message) if self.message else None


def modal(form: Form, origin: Origin, prefix: str) -> Json:
    """Render a form; its callback_id is the form's token, and each input's block_id is the field's key.

    Inputs get no `max_length`: the core says at the field, in its own words, what is too long.
    """
    intro = render.body([form.intro], prefix) if form.intro else []
    return {
        "type": "modal",
        "callback_id": str(form.token),
        "private_metadata": _kept(origin),
        "title": render.label(form.title, TITLE),
        "submit": render.label(form.submit, TITLE),
        "close": render.label("Cancel", TITLE),
        "blocks": [*intro, *map(_input, form.fields)],
    }


def origin_of(view: Mapping[str, Any]) -> Origin:
    """Read back where a form was opened; an unknown place when the modal is not one of this version's."""
    try:
        return Origin(**json.loads(view.get("private_metadata") or "{}"))
    except (TypeError, ValueError):
        return Origin()


def values(view: Mapping[str, Any]) -> dict[str, str]:
    """Read what stands in each field of a submitted form, by the field's key."""
    found: dict[str, str] = {}
    for key, elements in view["state"]["values"].items():
        for element in elements.values():
            if element.get("type") == FILE:
                continue
            chosen = element.get("selected_option") or {}
            picked = element.get("selected_conversation") or element.get("selected_user")
            found[key] = str(element.get("value") or chosen.get("value") or picked or "")
    return found


def channels(view: Mapping[str, Any]) -> list[str]:
    """List the channels picked in a submitted form."""
    elements = (each for field in view["state"]["values"].values() for each in field.values())
    return [str(each["selected_conversation"]) for each in elements if each.get("selected_conversation")]


def files(view: Mapping[str, Any]) -> dict[str, Attachment]:
    """Read the files attached to a submitted form, by the field's key; without an address, such as Slack withholds."""
    return {
        key: Attachment(
            name=str(each.get("name", "")),
            address=str(each.get("url_private_download") or each.get("url_private") or ""),
            size=int(each.get("size") or 0),
        )
        for key, elements in view["state"]["values"].items()
        for element in elements.values()
        if element.get("type") == FILE
        for each in (element.get("files") or ())[:1]
    }


def field_keys(view: Mapping[str, Any]) -> frozenset[str]:
    """Name the fields of a form, as far as an error can be shown at them."""
    return frozenset(block["block_id"] for block in view["blocks"] if block["type"] == "input")


def home(cards: Sequence[Card], prefix: str) -> Json:
    """Render cards as the App Home page, with a line between them."""
    parts = [render.render(card, prefix).blocks for card in cards]
    between: list[Json] = [{"type": "divider"}]
    return {"type": "home", "blocks": [each for part in parts for each in (*between, *part)][1:]}


def page(blocks: Sequence[Json], origin: Origin) -> Json:
    """Show blocks in a modal that is no form."""
    return {
        "type": "modal",
        "private_metadata": _kept(origin),
        "title": render.label(NAME, TITLE),
        "close": render.label("Close", TITLE),
        "blocks": list(blocks),
    }


def _kept(origin: Origin) -> str:
    return json.dumps(asdict(origin), separators=(",", ":"))


def _input(field: FormField) -> Json:
    hint = {"hint": render.label(field.hint, LABEL)} if field.hint else {}
    return {
        "type": "input",
        "block_id": field.key,
        "label": render.label(field.label, LABEL),
        "optional": not field.required,
        "element": _element(field),
        **hint,
    }


def _element(field: FormField) -> Json:
    match field:
        case TextField():
            value = {"initial_value": field.default} if field.default else {}
            return {
                "type": "plain_text_input",
                "action_id": field.key,
                "multiline": field.long,
                **value,
            }
        case ChoiceField():
            initial = [render.option(each) for each in field.options if each.value == field.default]
            return {
                "type": "static_select",
                "action_id": field.key,
                "options": [render.option(each) for each in field.options],
                **({"initial_option": initial[0]} if initial and field.default else {}),
            }
        case FileField():
            return {"type": FILE, "action_id": field.key, "max_files": 1}
        case ChannelField():
            return {
                "type": "conversations_select",
                "action_id": field.key,
                "filter": {"include": ["public", "private"], "exclude_bot_users": True},
                # A direct message, where a form may have been opened, is none of those that can be picked.
                **({"initial_conversation": field.default} if field.default[:1] not in {"", "D"} else {}),
            }
        case MemberField():
            return {
                "type": "users_select",
                "action_id": field.key,
                **({"initial_user": field.default} if field.default else {}),
            }
        case _:
            assert_never(field)
