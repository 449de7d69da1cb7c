"""The endpoints of threads: opening one on a message, and bringing one back from the archive."""

from tests.local_discord.calls import Answer, Call, Route
from tests.local_discord.channels import PUBLIC_THREAD, TEXT, Channel
from tests.local_discord.composing import compose
from tests.local_discord.endpoints_channels import message_in, reference_to
from tests.local_discord.messages import HAS_THREAD, THREAD_STARTER, Message
from tests.local_discord.permissions import Permission
from tests.local_discord.refusals import Form, No
from tests.local_discord.world import GUILDS, World

_THREAD_NAME, _ARCHIVE_AFTER = 100, (60, 1_440, 4_320, 10_080)


def create_thread(world: World, call: Call) -> Answer:
    """Open a public thread on a message; it takes over the message's id."""
    channel = world.channel(call.args["channel_id"], Permission.CREATE_PUBLIC_THREADS)
    if channel.kind != TEXT:
        raise No.WRONG_CHANNEL_TYPE.refusal()
    message = message_in(channel, call)
    if message.flags & HAS_THREAD:
        raise No.HAS_THREAD.refusal()
    form = Form()
    form.text(("name",), call.fields.get("name"), _THREAD_NAME, 1, required=True)
    minutes = call.fields.get("auto_archive_duration") or 1_440
    form.choice(("auto_archive_duration",), minutes, _ARCHIVE_AFTER)
    form.refuse_if_wrong()
    call.confirm()
    thread = _open_thread(world, message, call.fields["name"], minutes)
    return Answer(status=201, body=thread.wire())


def _open_thread(world: World, message: Message, name: str, minutes: int) -> Channel:
    channel = message.channel
    thread = Channel(
        id=message.id,
        kind=PUBLIC_THREAD,
        name=name,
        guild=channel.guild,
        parent=channel,
        owner_id=world.bot.id,
        created_at=world.clock.timestamp(),
        auto_archive_minutes=minutes,
        bell=world.bell(),
    )
    world.channels[thread.id] = thread
    if channel.guild is not None:
        channel.guild.channels[thread.id] = thread
    world.publish(
        "THREAD_CREATE", thread.wire() | {"newly_created": True}, guild=channel.guild, intent=GUILDS
    )
    compose(
        world,
        channel=thread,
        author=world.bot,
        body={},
        kind=THREAD_STARTER,
        extra={"message_reference": reference_to(channel, message.id)},
    )
    message.change({"flags": message.flags | HAS_THREAD, "thread": thread.wire()})
    world.publish_message("MESSAGE_UPDATE", channel, message.wire)
    return thread


def edit_thread(world: World, call: Call) -> Answer:
    """Bring a thread back from the archive, or put it there; nothing else of it can be changed here."""
    thread = world.channel(call.args["channel_id"])
    if not thread.is_thread:
        raise No.WRONG_CHANNEL_TYPE.refusal()
    needed = Permission.MANAGE_THREADS if thread.locked else Permission.SEND_MESSAGES_IN_THREADS
    world.channel(thread.id, needed)
    form = Form()
    for unknown in sorted(set(call.fields) - {"archived"}):
        form.fault(
            (unknown,), "NOT_SERVED_HERE", "The local server changes only whether a thread is archived."
        )
    form.refuse_if_wrong()
    call.confirm()
    thread.archived = bool(call.fields.get("archived"))
    world.publish("THREAD_UPDATE", thread.wire(), guild=thread.guild, intent=GUILDS)
    return Answer(body=thread.wire())


ROUTES = [
    Route(method="PATCH", template="/channels/{channel_id}", endpoint=edit_thread),
    Route(
        method="POST",
        template="/channels/{channel_id}/messages/{message_id}/threads",
        endpoint=create_thread,
    ),
]
