"""What people typed, from what Slack passes on: entities become characters again, and references ids, names or words."""

import re
from collections.abc import Mapping

# What Slack makes of a name that was typed, <#C123|reading>, <@U123|ana>, <!subteam^S123|@mods>: its id is wanted; and of
# an address, <https://a.org> or <mailto:b@a.org|b@a.org>: what was typed comes last.
_NAME = re.compile(r"<(?:[#@]|!subteam\^)([A-Z0-9]+)(?:\|[^<>]*)?>")
_ADDRESS = re.compile(r"<(?:[^<>|]*\|)?([^<>]+)>")
PERSON = re.compile(r"<@([A-Z0-9]+)(?:\|[^<>]*)?>")
_CHANNEL = re.compile(r"<#([A-Z0-9]+)(?:\|([^<>]*))?>")
_EVERYONE = re.compile(r"<!(here|channel|everyone)(?:\|[^<>]*)?>")


def as_typed(text: str) -> str:
    """Undo what Slack does to a command's text: references become ids, addresses words, entities characters."""
    return _characters(_ADDRESS.sub(r"\1", _NAME.sub(r"\1", text)))


def as_read(text: str, names: Mapping[str, str]) -> str:
    """Give a message's text as people read it; `names` are those of the people it names, by their ids."""
    text = PERSON.sub(lambda found: f"@{names.get(found[1], found[1])}", text)
    text = _CHANNEL.sub(lambda found: f"#{found[2] or found[1]}", text)
    return _characters(_ADDRESS.sub(r"\1", _EVERYONE.sub(r"@\1", text)))


def _characters(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip()
