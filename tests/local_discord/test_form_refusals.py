"""What the local Discord refuses in bodies: messages, components, forms, completions, commands."""

from typing import Any

import pytest

from tests.local_discord import COMPLETE, OPEN_MODAL, SHOW
from tests.local_discord.model import Wire
from tests.local_discord.raw_bot import BUTTON, CARD, FORM, RawBot

TOO_LONG, BAD_LENGTH, REQUIRED = "BASE_TYPE_MAX_LENGTH", "BASE_TYPE_BAD_LENGTH", "BASE_TYPE_REQUIRED"
DUPLICATED, BAD_CHOICE = "COMPONENT_CUSTOM_ID_DUPLICATED", "BASE_TYPE_CHOICES"
RICH = 1 << 15


def embed(**fields: Any) -> Wire:
    """Return a message with one embed."""
    return {"embeds": [{"title": "t", **fields}]}


def button(**fields: Any) -> Wire:
    """Return a message with one button, changed; None takes a field away."""
    changed = {key: value for key, value in {**BUTTON, **fields}.items() if value is not None}
    return {"content": "x", "components": [{"type": 1, "components": [changed]}]}


def buttons(rows: int, columns: int) -> Wire:
    """Return a message with rows of buttons."""
    cells = [[BUTTON | {"custom_id": f"{row}.{column}"} for column in range(columns)] for row in range(rows)]
    return {"content": "x", "components": [{"type": 1, "components": row} for row in cells]}


def select(count: int = 1, beside: Wire | None = None, option: Wire | None = None, **fields: Any) -> Wire:
    """Return a message with one select."""
    options = [{"label": str(number), "value": str(number), **(option or {})} for number in range(count)]
    widget = {"type": 3, "custom_id": "s", "options": options, **fields}
    row = [widget] if beside is None else [widget, beside]
    return {"content": "x", "components": [{"type": 1, "components": row}]}


FIRST = ("components", 0, "components", 0)
MESSAGES: list[tuple[str, Wire, tuple[str | int, ...], str]] = [
    ("content of 2,001", {"content": "x" * 2_001}, ("content",), TOO_LONG),
    ("11 embeds", {"embeds": [{"title": "t"}] * 11}, ("embeds",), TOO_LONG),
    ("embed title of 257", embed(title="x" * 257), ("embeds", 0, "title"), TOO_LONG),
    ("embed description of 4,097", embed(description="x" * 4_097), ("embeds", 0, "description"), TOO_LONG),
    ("26 embed fields", embed(fields=[{"name": "n", "value": "v"}] * 26), ("embeds", 0, "fields"), TOO_LONG),
    ("field name of 257", embed(fields=[{"name": "x" * 257, "value": "v"}]), ("embeds", 0, "fields", 0, "name"), TOO_LONG),
    ("field value of 1,025", embed(fields=[{"name": "n", "value": "x" * 1_025}]), ("embeds", 0, "fields", 0, "value"), TOO_LONG),
    ("blank field value", embed(fields=[{"name": "n", "value": " "}]), ("embeds", 0, "fields", 0, "value"), REQUIRED),
    ("footer of 2,049", embed(footer={"text": "x" * 2_049}), ("embeds", 0, "footer", "text"), TOO_LONG),
    ("embed author of 257", embed(author={"name": "x" * 257}), ("embeds", 0, "author", "name"), TOO_LONG),
    ("embeds of 6,001 in all", {"embeds": [{"description": "x" * 3_000}, {"description": "x" * 3_001}]}, ("embeds",), "MAX_EMBED_SIZE_EXCEEDED"),
    ("empty embed", {"embeds": [{}]}, ("embeds", 0, "description"), REQUIRED),
    ("image by another scheme", embed(image={"url": "ftp://x"}), ("embeds", 0, "image", "url"), "URL_TYPE_INVALID_SCHEME"),
    ("custom id of 101", button(custom_id="x" * 101), (*FIRST, "custom_id"), BAD_LENGTH),
    ("empty custom id", button(custom_id=""), (*FIRST, "custom_id"), BAD_LENGTH),
    ("no custom id", button(custom_id=None), (*FIRST, "custom_id"), "BUTTON_COMPONENT_CUSTOM_ID_REQUIRED"),
    ("label of 81", button(label="x" * 81), (*FIRST, "label"), TOO_LONG),
    ("neither label nor emoji", button(label=None), (*FIRST, "label"), "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED"),
    ("style 7", button(style=7), (*FIRST, "style"), BAD_CHOICE),
    ("link with an id", button(style=5, url="https://x"), (*FIRST, "custom_id"), "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE"),
    ("link without address", button(style=5, custom_id=None), (*FIRST, "url"), REQUIRED),
    ("link of 513", button(style=5, custom_id=None, url="https://" + "x" * 505), (*FIRST, "url"), TOO_LONG),
    ("duplicate custom ids", {"content": "x", "components": [{"type": 1, "components": [BUTTON, BUTTON]}]}, ("components", 0, "components", 1, "custom_id"), DUPLICATED),
    ("6 rows", buttons(6, 1), ("components",), BAD_LENGTH),
    ("6 buttons in a row", buttons(1, 6), ("components", 0, "components"), BAD_LENGTH),
    ("button outside a row", {"content": "x", "components": [BUTTON]}, ("components", 0, "type"), BAD_CHOICE),
    ("26 options", select(26), (*FIRST, "options"), BAD_LENGTH),
    ("option label of 101", select(option={"label": "x" * 101}), (*FIRST, "options", 0, "label"), BAD_LENGTH),
    ("option value of 101", select(option={"value": "x" * 101}), (*FIRST, "options", 0, "value"), BAD_LENGTH),
    ("option description of 101", select(option={"description": "x" * 101}), (*FIRST, "options", 0, "description"), TOO_LONG),
    ("duplicate option values", select(2, option={"value": "v"}), (*FIRST, "options", 1, "value"), "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED"),
    ("placeholder of 151", select(placeholder="x" * 151), (*FIRST, "placeholder"), TOO_LONG),
    ("more values than options", select(max_values=2), (*FIRST, "max_values"), "SELECT_COMPONENT_MAX_VALUES_EXCEEDS_OPTIONS"),
    ("select beside a button", select(beside=BUTTON), ("components", 0, "components", 1), "COMPONENT_LAYOUT_WIDTH_EXCEEDED"),
    ("rich component unannounced", {"content": "x", "components": [{"type": 10, "content": "x"}]}, ("components", 0, "type"), "COMPONENT_LAYOUT_REQUIRES_COMPONENTS_V2"),
    ("content beside rich components", {"content": "x", "flags": RICH, "components": [{"type": 10, "content": "x"}]}, ("content",), "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"),
    ("rich text of 4,001", {"flags": RICH, "components": [{"type": 10, "content": "x" * 4_001}]}, ("components",), TOO_LONG),
    ("41 rich components", {"flags": RICH, "components": [{"type": 17, "components": [{"type": 10, "content": "x"}] * 40}]}, ("components",), "COMPONENT_LAYOUT_TOO_MANY_COMPONENTS"),
    ("nonce of 26", {"content": "x", "nonce": "x" * 26}, ("nonce",), "NONCE_TYPE_TOO_LONG"),
    ("both kinds of allowed users", {"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}}, ("allowed_mentions", "parse"), "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE"),
    ("alt text of 1,025", {"content": "x", "attachments": [{"id": "0", "description": "x" * 1_025}]}, ("attachments", 0, "description"), TOO_LONG),
    ("reply to nothing", {"content": "x", "message_reference": {"message_id": "1"}}, ("message_reference",), "REPLIES_UNKNOWN_MESSAGE"),
]  # fmt: skip  # a table reads by the line


@pytest.mark.parametrize(
    ("body", "path", "code"), [row[1:] for row in MESSAGES], ids=[row[0] for row in MESSAGES]
)
async def test_a_message_is_refused(bot: RawBot, body: Wire, path: tuple[str | int, ...], code: str) -> None:
    """A message over a limit gets a 400 with the code at its place, posts nothing, and is on record."""
    assert await bot.post(body) == (400, 50035)
    assert bot.fault_at(*path) == code
    assert bot.server.general.messages == []
    assert len(bot.server.violations) == 1


@pytest.mark.parametrize("body", [{}, {"content": ""}, {"content": " \n "}, {"content": None, "embeds": []}])
async def test_an_empty_message_is_refused(bot: RawBot, body: Wire) -> None:
    """A message that shows nothing has its own code."""
    assert await bot.post(body) == (400, 50006)


async def test_an_edit_may_not_empty_a_message(bot: RawBot) -> None:
    """A change is checked as a whole: what stays counts."""
    message = await bot.posted(CARD)
    path = f"/channels/{message.channel.id}/messages/{message.id}"
    assert await bot.call("PATCH", path, {"content": ""}) == (200, 0)
    assert await bot.call("PATCH", path, {"components": []}) == (400, 50006)
    assert await bot.call("PATCH", path, buttons(6, 1)) == (400, 50035)
    assert len(message.edits) == 1


FORMS: list[tuple[str, Wire, tuple[str | int, ...], str]] = [
    ("title of 46", {"title": "x" * 46}, ("title",), BAD_LENGTH),
    ("no title", {"title": None}, ("title",), REQUIRED),
    ("custom id of 101", {"custom_id": "x" * 101}, ("custom_id",), BAD_LENGTH),
    ("no inputs", {"components": []}, ("components",), BAD_LENGTH),
    ("6 inputs", {"components": FORM["components"] * 6}, ("components",), BAD_LENGTH),
    ("label of 46", {"components": [FORM["components"][0] | {"label": "x" * 46}]}, ("components", 0, "label"), BAD_LENGTH),
    ("duplicate inputs", {"components": FORM["components"] * 2}, ("components", 1, "component", "custom_id"), DUPLICATED),
    ("placeholder of 101", {"components": [{"type": 18, "label": "l", "component": {"type": 4, "custom_id": "n", "style": 1, "placeholder": "x" * 101}}]}, ("components", 0, "component", "placeholder"), TOO_LONG),
    ("maximum over 4,000", {"components": [{"type": 18, "label": "l", "component": {"type": 4, "custom_id": "n", "style": 1, "max_length": 4_001}}]}, ("components", 0, "component", "max_length"), "NUMBER_TYPE_MAX"),
]  # fmt: skip  # a table reads by the line


@pytest.mark.parametrize(
    ("change", "path", "code"), [row[1:] for row in FORMS], ids=[row[0] for row in FORMS]
)
async def test_a_form_is_refused(bot: RawBot, change: Wire, path: tuple[str | int, ...], code: str) -> None:
    """A form over a limit is not opened, and the interaction waits for a better answer."""
    reply = await bot.server.person("Ana").slash("quiz")
    assert await bot.respond(reply, OPEN_MODAL, FORM | change) == (400, 50035)
    assert bot.fault_at("data", *path) == code
    assert await bot.respond(reply, OPEN_MODAL, FORM) == (204, 0)


CHOICES: list[tuple[str, list[Wire], tuple[str | int, ...], str]] = [
    ("26 choices", [{"name": "n", "value": "v"}] * 26, (), TOO_LONG),
    ("name of 101", [{"name": "x" * 101, "value": "v"}], (0, "name"), BAD_LENGTH),
    ("empty name", [{"name": "", "value": "v"}], (0, "name"), BAD_LENGTH),
    ("value of 101", [{"name": "n", "value": "x" * 101}], (0, "value"), TOO_LONG),
]


@pytest.mark.parametrize(
    ("choices", "path", "code"), [row[1:] for row in CHOICES], ids=[row[0] for row in CHOICES]
)
async def test_a_completion_is_refused(
    bot: RawBot, choices: list[Wire], path: tuple[str | int, ...], code: str
) -> None:
    """Too many or too long choices complete nothing."""
    typing = await bot.server.person("Ana").types("quiz", "by", "x")
    assert await bot.respond(typing, COMPLETE, {"choices": choices}) == (400, 50035)
    assert bot.fault_at("data", "choices", *path) == code
    assert await bot.respond(typing, SHOW, {"content": "x"}) == (400, 50035)
    assert bot.fault_at("type") == BAD_CHOICE


def command(**fields: Any) -> list[Wire]:
    """Return one command to register, changed."""
    return [{"name": "quiz", "description": "Ask", **fields}]


def option(**fields: Any) -> Wire:
    """Return an option of a command, changed."""
    return {"type": 3, "name": "by", "description": "Speaker", **fields}


LARGE = [
    option(name=f"o{number}", description="x" * 100, choices=[{"name": "x" * 100, "value": "x" * 100}] * 2)
    for number in range(16)
]
COMMAND_ROWS: list[tuple[str, list[Wire], tuple[str | int, ...], str]] = [
    ("upper case", command(name="Quiz"), (0, "name"), "APPLICATION_COMMAND_INVALID_NAME"),
    ("blank in the name", command(name="two words"), (0, "name"), "APPLICATION_COMMAND_INVALID_NAME"),
    ("name of 33", command(name="x" * 33), (0, "name"), BAD_LENGTH),
    ("empty description", command(description=""), (0, "description"), BAD_LENGTH),
    ("description of 101", command(description="x" * 101), (0, "description"), BAD_LENGTH),
    ("26 options", command(options=[option(name=f"o{number}") for number in range(26)]), (0, "options"), TOO_LONG),
    ("26 choices", command(options=[option(choices=[{"name": "n", "value": "v"}] * 26)]), (0, "options", 0, "choices"), TOO_LONG),
    ("choice of 101", command(options=[option(choices=[{"name": "x" * 101, "value": "v"}])]), (0, "options", 0, "choices", 0, "name"), BAD_LENGTH),
    ("required after optional", command(options=[option(name="a"), option(required=True)]), (0, "options", 1), "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID"),
    ("one option twice", command(options=[option(), option()]), (0, "options", 1, "name"), "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS"),
    ("subcommand beside an option", command(options=[option(), option(name="x", type=1)]), (0, "options"), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID"),
    ("group in a group", command(options=[option(type=2, options=[option(type=2)])]), (0, "options", 0, "options", 0, "type"), BAD_CHOICE),
    ("choices and completion", command(options=[option(autocomplete=True, choices=[{"name": "n", "value": "v"}])]), (0, "options", 0, "autocomplete"), "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID"),
    ("8,001 in all", command(options=LARGE), (0,), "APPLICATION_COMMAND_TOO_LARGE"),
    ("one name twice", command() * 2, (1, "name"), "APPLICATION_COMMANDS_DUPLICATE_NAME"),
    ("menu with a description", command(type=3), (0, "description"), TOO_LONG),
]  # fmt: skip  # a table reads by the line


@pytest.mark.parametrize(
    ("commands", "path", "code"), [row[1:] for row in COMMAND_ROWS], ids=[row[0] for row in COMMAND_ROWS]
)
async def test_a_command_is_refused(
    bot: RawBot, commands: list[Wire], path: tuple[str | int, ...], code: str
) -> None:
    """Commands over a limit are not registered; those before stay."""
    before = bot.server.world.commands[None]
    assert await bot.register(commands) == (400, 50035)
    assert bot.fault_at(*path) == code
    assert bot.server.world.commands[None] == before


async def test_too_many_commands_are_refused(bot: RawBot) -> None:
    """At most 100 slash commands, and 200 creates a day, of which changes are none."""
    many = [command(name=f"c{number}")[0] for number in range(101)]
    assert await bot.register(many) == (400, 30032)
    assert await bot.register(many[:100]) == (200, 0)
    assert await bot.register([one | {"description": "changed"} for one in many[:100]]) == (200, 0)
    assert await bot.register([{**one, "name": f"{one['name']}x"} for one in many[:100]]) == (400, 30034)
    bot.server.clock.advance(86_401)
    assert await bot.register([{**one, "name": f"{one['name']}x"} for one in many[:100]]) == (200, 0)


async def test_what_only_the_document_forbids_is_refused(bot: RawBot) -> None:
    """Where the OpenAPI document is at hand, a body is also held against it."""
    if bot.server.spec_checks.startswith("off"):
        pytest.skip(bot.server.spec_checks)
    assert await bot.post({"content": "x", "tts": "yes"}) == (400, 50035)
    assert bot.fault_at("tts") == "OPENAPI_TYPE"
    assert bot.server.general.messages == []


async def test_no_json_is_refused(bot: RawBot) -> None:
    """A body that is no JSON has its own code."""
    assert await bot.post(b"{") == (400, 50109)


async def test_a_large_file_is_refused(bot: RawBot) -> None:
    """A file over ten megabytes is too large."""
    large = bytes(10 * 1024 * 1024 + 1)
    outcome = await bot.post({"content": "x"}, file=large)
    assert outcome == (413, 40005)
