"""What Discord checks in a message: content, embeds, mentions, attachments, nonce."""

from typing import Any

from tests.local_discord.check_components import check_components
from tests.local_discord.messages import COMPONENTS_V2
from tests.local_discord.model import Wire
from tests.local_discord.refusals import Form, No, Path

CONTENT, EMBEDS, EMBEDS_IN_ALL, ATTACHMENTS, NONCE = 2_000, 10, 6_000, 10, 25
_TITLE, _DESCRIPTION, _FIELDS, _FIELD_NAME, _FIELD_VALUE, _FOOTER, _AUTHOR = (
    256,
    4_096,
    25,
    256,
    1_024,
    2_048,
    256,
)
_URL, _ALT_TEXT, _MENTIONED = 2_048, 1_024, 100
_SCHEMES = ("http://", "https://", "attachment://")


def check_message(body: Wire, path: Path = (), *, flags_before: int = 0) -> None:
    """Refuse the body of a message, new or changed, that breaks a limit of Discord's.

    Args:
        body: The message, or the fields of it that change.
        path: Where in the request the message stands: at `data` for interactions.
        flags_before: The flags of the message that is changed.
    """
    form = Form()
    form.text((*path, "content"), body.get("content"), CONTENT)
    _check_embeds(form, (*path, "embeds"), body.get("embeds"))
    _check_mentions(form, (*path, "allowed_mentions"), body.get("allowed_mentions"))
    _check_nonce(form, (*path, "nonce"), body.get("nonce"))
    for number, entry in enumerate(form.items((*path, "attachments"), body.get("attachments"), ATTACHMENTS)):
        form.text((*path, "attachments", number, "description"), entry.get("description"), _ALT_TEXT)
    rich = bool(((body.get("flags") or 0) | flags_before) & COMPONENTS_V2)
    check_components(form, (*path, "components"), body.get("components"), rich=rich)
    if rich:
        _check_nothing_legacy(form, path, body)
    form.refuse_if_wrong()


def check_new_message(body: Wire, uploads: Any, path: Path = ()) -> None:
    """Refuse the body of a new message that breaks a limit or shows nothing."""
    check_message(body, path)
    refuse_if_empty(body, uploads)


def refuse_if_empty(message: Wire, uploads: Any) -> None:
    """Refuse a message that shows nothing, with the files that come with it."""
    shown = (message.get("content") or "").strip()
    if not (shown or uploads or any(message.get(key) for key in ("embeds", "components", "attachments"))):
        raise No.EMPTY_MESSAGE.refusal()


def _check_nothing_legacy(form: Form, path: Path, body: Wire) -> None:
    for key in ("content", "embeds"):
        if body.get(key):
            form.fault(
                (*path, key),
                "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                f"The '{key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2",
            )


def _check_nonce(form: Form, path: Path, nonce: Any) -> None:
    if nonce is not None and not isinstance(nonce, str | int):
        form.fault(path, "NONCE_TYPE_INVALID_TYPE", "This field must be a string or integer.")
    elif isinstance(nonce, str) and len(nonce) > NONCE:
        form.fault(path, "NONCE_TYPE_TOO_LONG", "Must be 25 or fewer characters long.")


def _check_mentions(form: Form, path: Path, allowed: Any) -> None:
    if allowed is None or (model := form.model(path, allowed)) is None:
        return
    for kind in ("users", "roles"):
        named = form.items((*path, kind), model.get(kind), _MENTIONED)
        if named and kind in (model.get("parse") or []):
            said = f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.'
            form.fault((*path, "parse"), "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", said)


def _check_embeds(form: Form, path: Path, embeds: Any) -> None:
    listed = form.items(path, embeds, EMBEDS)
    models = [form.model((*path, number), embed) for number, embed in enumerate(listed)]
    for number, embed in enumerate(models):
        if embed is not None:
            _check_embed(form, (*path, number), embed)
    if sum(_size(embed) for embed in models if embed is not None) > EMBEDS_IN_ALL:
        form.fault(path, "MAX_EMBED_SIZE_EXCEEDED", f"Embed size exceeds maximum size of {EMBEDS_IN_ALL}")


def _check_embed(form: Form, path: Path, embed: Wire) -> None:
    form.text((*path, "title"), embed.get("title"), _TITLE)
    form.text((*path, "description"), embed.get("description"), _DESCRIPTION)
    footer, author = embed.get("footer") or {}, embed.get("author") or {}
    form.text((*path, "footer", "text"), footer.get("text"), _FOOTER)
    form.text((*path, "author", "name"), author.get("name"), _AUTHOR)
    _check_addresses(form, path, embed)
    for number, entry in enumerate(form.items((*path, "fields"), embed.get("fields"), _FIELDS)):
        for key, most in (("name", _FIELD_NAME), ("value", _FIELD_VALUE)):
            value = entry.get(key)
            # Discord trims, so that blanks alone are as good as nothing.
            blank = isinstance(value, str) and not value.strip()
            form.text((*path, "fields", number, key), None if blank else value, most, required=True)
    if not any(embed.get(key) for key in _SHOWN):
        form.required((*path, "description"))


_SHOWN = ("title", "description", "fields", "footer", "author", "image", "thumbnail", "timestamp")


def _check_addresses(form: Form, path: Path, embed: Wire) -> None:
    places: list[tuple[Path, Any]] = [((*path, "url"), embed.get("url"))]
    for part, key in (("image", "url"), ("thumbnail", "url"), ("author", "url"), ("footer", "icon_url")):
        places.append(((*path, part, key), (embed.get(part) or {}).get(key)))
    for place, address in places:
        form.address(place, address, _URL, _SCHEMES)


def _size(embed: Wire) -> int:
    footer, author = embed.get("footer") or {}, embed.get("author") or {}
    texts = [embed.get("title"), embed.get("description"), footer.get("text"), author.get("name")]
    for entry in embed.get("fields") or []:
        texts += [entry.get("name"), entry.get("value")]
    return sum(len(text) for text in texts if isinstance(text, str))
