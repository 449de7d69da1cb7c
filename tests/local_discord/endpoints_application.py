"""The endpoints of the bot itself, its commands, guilds and members."""

from typing import Any

from tests.local_discord.calls import Answer, Call, Route
from tests.local_discord.check_commands import COMMANDS, MESSAGE_MENU, SLASH, USER_MENU, check_commands
from tests.local_discord.model import User, Wire
from tests.local_discord.permissions import Permission, permissions_in
from tests.local_discord.refusals import Form, No
from tests.local_discord.world import World

_BOT_ADD = 28
_NOT_IN_THE_LOG = (
    "integrations",
    "webhooks",
    "guild_scheduled_events",
    "threads",
    "application_commands",
    "auto_moderation_rules",
)
_CREATES_A_DAY, _DAY = 200, 86_400.0
_CONTEXT_MENUS = 15
_KEPT = (
    "name_localizations",
    "description_localizations",
    "contexts",
    "integration_types",
    "nsfw",
    "handler",
)


def read_me(world: World, _: Call) -> Answer:
    """Return the bot's own user."""
    private: Wire = {
        "mfa_enabled": True,
        "locale": "en-US",
        "premium_type": 0,
        "email": None,
        "verified": True,
    }
    return Answer(body=world.bot.wire() | private)


def read_application(world: World, _: Call) -> Answer:
    """Return the bot's application."""
    body: Wire = {
        "id": world.application_id,
        "name": world.bot.name,
        "icon": None,
        "description": "",
        "type": None,
        "bot": world.bot.wire(),
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": 0,
        "flags_new": "0",
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "owner": world.owner.wire(),
        "approximate_guild_count": len(world.guilds),
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "team": None,
        "integration_types_config": {"0": {}},
        "eligible_oauth2_scopes": [],
    }
    return Answer(body=body)


def list_my_guilds(world: World, _: Call) -> Answer:
    """Return the guilds that have the bot."""
    guilds = [guild for guild in world.guilds.values() if guild.has_bot]
    body: list[Wire] = [
        {
            "id": guild.id,
            "name": guild.name,
            "icon": None,
            "banner": None,
            "owner": False,
            "permissions": str(permissions_in(guild.members[world.bot.id])),
            "features": [],
        }
        for guild in guilds
    ]
    return Answer(body=body)


def open_direct_channel(world: World, call: Call) -> Answer:
    """Return the channel of direct messages with a user."""
    call.confirm()
    return Answer(body=world.direct_channel(_user(world, str(call.fields.get("recipient_id")))).wire())


def read_user(world: World, call: Call) -> Answer:
    """Return a user."""
    return Answer(body=_user(world, call.args["user_id"]).wire())


def read_guild(world: World, call: Call) -> Answer:
    """Return a guild."""
    guild = world.guild(call.args["guild_id"])
    counts = {
        "approximate_member_count": len(guild.members),
        "approximate_presence_count": len(guild.members),
    }
    return Answer(body=guild.wire() | (counts if call.query.get("with_counts") in {"1", "true"} else {}))


def list_channels(world: World, call: Call) -> Answer:
    """Return a guild's channels, without its threads."""
    guild = world.guild(call.args["guild_id"])
    alive = (channel for channel in guild.channels.values() if not channel.deleted and not channel.is_thread)
    return Answer(body=[channel.wire() for channel in alive])


def list_roles(world: World, call: Call) -> Answer:
    """Return a guild's roles."""
    return Answer(body=[role.wire() for role in world.guild(call.args["guild_id"]).roles.values()])


def read_member(world: World, call: Call) -> Answer:
    """Return a member."""
    member = world.guild(call.args["guild_id"]).members.get(call.args["user_id"])
    if member is None:
        _user(world, call.args["user_id"])
        raise No.UNKNOWN_MEMBER.refusal()
    return Answer(body=member.wire())


def read_audit_log(world: World, call: Call) -> Answer:
    """Return who added the bot, as the one entry of the audit log; refused without the permission to read it."""
    guild = world.guild(call.args["guild_id"])
    if not permissions_in(guild.members[world.bot.id]) & Permission.VIEW_AUDIT_LOG:
        raise No.MISSING_PERMISSIONS.refusal()
    wanted = call.query.get("action_type") in {None, str(_BOT_ADD)} and guild.bot_added_by
    entry: Wire = {
        "id": guild.id,
        "action_type": _BOT_ADD,
        "user_id": guild.bot_added_by,
        "target_id": world.bot.id,
    }
    people = [world.bot.wire(), world.users[guild.bot_added_by].wire()] if wanted else []
    nothing: Wire = {name: [] for name in _NOT_IN_THE_LOG}
    return Answer(body={**nothing, "audit_log_entries": [entry] if wanted else [], "users": people})


def list_commands(world: World, call: Call) -> Answer:
    """Return the commands of a guild, or the global ones."""
    return Answer(body=world.commands.get(_scope(world, call), []))


def overwrite_commands(world: World, call: Call) -> Answer:
    """Register exactly these commands; what is new counts as a create of the day."""
    scope, wanted = _scope(world, call), call.body
    if not isinstance(wanted, list):
        form = Form()
        form.fault((), "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
        form.refuse_if_wrong()
    check_commands(wanted)
    _refuse_too_many(wanted)
    call.confirm()
    known = {(command["type"], command["name"]): command for command in world.commands.get(scope, [])}
    _count_creates(world, scope, [command for command in wanted if _identity(command) not in known])
    world.commands[scope] = [
        _registered(world, scope, command, known.get(_identity(command))) for command in wanted
    ]
    return Answer(body=world.commands[scope])


def _identity(command: Wire) -> tuple[int, str]:
    return command.get("type") or SLASH, command["name"]


def _refuse_too_many(commands: list[Wire]) -> None:
    for kind, most in ((SLASH, COMMANDS), (USER_MENU, _CONTEXT_MENUS), (MESSAGE_MENU, _CONTEXT_MENUS)):
        if sum(_identity(command)[0] == kind for command in commands) > most:
            raise No.TOO_MANY_COMMANDS.refusal()


def _count_creates(world: World, scope: str | None, created: list[Wire]) -> None:
    now = world.clock.now()
    today = [at for at in world.command_creates.get(scope, []) if now - at < _DAY]
    if len(today) + len(created) > _CREATES_A_DAY:
        raise No.TOO_MANY_CREATES.refusal()
    world.command_creates[scope] = today + [now] * len(created)


def _registered(world: World, scope: str | None, command: Wire, before: Wire | None) -> Wire:
    kind, name = _identity(command)
    needed = command.get("default_member_permissions")
    wire: Wire = {
        "id": world.snowflakes.next() if before is None else before["id"],
        "application_id": world.application_id,
        "version": "",
        "type": kind,
        "name": name,
        "description": command.get("description") or "",
        "default_member_permissions": None if needed is None else str(needed),
        "dm_permission": command.get("dm_permission") is not False,
        **{key: command[key] for key in _KEPT if command.get(key) is not None},
    }
    if command.get("options"):
        wire["options"] = [_cleaned(option) for option in command["options"]]
    if scope is not None:
        wire["guild_id"] = scope
        del wire["dm_permission"]
    if before is not None and wire | {"version": before["version"]} == before:
        return before
    return wire | {"version": world.snowflakes.next()}


def _cleaned(value: Any) -> Any:
    """Return an option without what is null, nor empty lists, as Discord gives it back."""
    if isinstance(value, list):
        return [_cleaned(one) for one in value]
    if isinstance(value, dict):
        return {key: _cleaned(one) for key, one in value.items() if one is not None and one != []}
    return value


def _scope(world: World, call: Call) -> str | None:
    if call.args["application_id"] != world.application_id:
        raise No.NOT_YOUR_APPLICATION.refusal()
    return world.guild(call.args["guild_id"]).id if "guild_id" in call.args else None


def _user(world: World, user_id: str) -> User:
    if user_id not in world.users:
        raise No.UNKNOWN_USER.refusal()
    return world.users[user_id]


_COMMANDS = "/applications/{application_id}/commands"
_GUILD_COMMANDS = "/applications/{application_id}/guilds/{guild_id}/commands"
ROUTES = [
    Route(method="GET", template="/users/@me", endpoint=read_me),
    Route(method="GET", template="/users/@me/guilds", endpoint=list_my_guilds),
    Route(method="POST", template="/users/@me/channels", endpoint=open_direct_channel),
    Route(method="GET", template="/users/{user_id}", endpoint=read_user),
    Route(method="GET", template="/applications/@me", endpoint=read_application),
    Route(method="GET", template="/oauth2/applications/@me", endpoint=read_application),
    Route(method="GET", template="/guilds/{guild_id}", endpoint=read_guild),
    Route(method="GET", template="/guilds/{guild_id}/channels", endpoint=list_channels),
    Route(method="GET", template="/guilds/{guild_id}/roles", endpoint=list_roles),
    Route(method="GET", template="/guilds/{guild_id}/audit-logs", endpoint=read_audit_log),
    Route(method="GET", template="/guilds/{guild_id}/members/{user_id}", endpoint=read_member),
    Route(method="GET", template=_COMMANDS, endpoint=list_commands),
    Route(method="PUT", template=_COMMANDS, endpoint=overwrite_commands),
    Route(method="GET", template=_GUILD_COMMANDS, endpoint=list_commands),
    Route(method="PUT", template=_GUILD_COMMANDS, endpoint=overwrite_commands),
]
