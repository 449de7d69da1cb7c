"""A tiny bot on the real discord.py, with one command for each thing that the server must understand."""

import asyncio
import warnings
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from tests.local_discord.channels import Channel
from tests.local_discord.server import LocalDiscord

with warnings.catch_warnings():
    # discord.py still imports audioop, which Python 3.11 warns about.
    warnings.simplefilter("ignore", DeprecationWarning)
    import discord
    from discord import app_commands

Press = discord.Interaction[discord.Client]


class Card(discord.ui.View):
    """A message's buttons and select; they answer after a restart, since their ids say everything."""

    def __init__(self) -> None:
        super().__init__(timeout=None)

    @discord.ui.button(label="Another", custom_id="card:another")
    async def another(self, press: Press, _: Any) -> None:
        """Change the message in place."""
        await press.response.edit_message(content="another one")

    @discord.ui.button(label="Answer", custom_id="card:answer")
    async def answer(self, press: Press, _: Any) -> None:
        """Open a form."""
        await press.response.send_modal(Form())

    @discord.ui.button(label="Later", custom_id="card:later")
    async def later(self, press: Press, _: Any) -> None:
        """Put the change of the message off."""
        await press.response.defer()
        await press.edit_original_response(content="changed later")

    @discord.ui.select(
        custom_id="card:topic",
        placeholder="Topic",
        options=[
            discord.SelectOption(label="Parties", value="p"),
            discord.SelectOption(label="Unions", value="u"),
        ],
    )
    async def topic(self, press: Press, select: discord.ui.Select[Any]) -> None:
        """Say privately what was chosen."""
        await press.response.send_message(f"chosen: {select.values}", ephemeral=True)


class Form(discord.ui.Modal, title="Who said it?"):
    """A form of one input."""

    name: discord.ui.TextInput[Any] = discord.ui.TextInput(label="A name", custom_id="name", max_length=60)

    async def on_submit(self, press: Press) -> None:
        """Say privately what was typed."""
        await press.response.send_message(f"typed: {self.name.value}", ephemeral=True)


class TinyBot(discord.Client):
    """A bot with one command for each thing that the server must understand."""

    def __init__(self) -> None:
        super().__init__(
            intents=discord.Intents(guilds=True, guild_messages=True),
            allowed_mentions=discord.AllowedMentions.none(),
            guild_ready_timeout=0.05,
        )
        self.tree = app_commands.CommandTree(self)
        self.heard: asyncio.Queue[str] = asyncio.Queue()
        self.knows_its_guild = asyncio.Event()
        register_commands(self.tree)

    async def setup_hook(self) -> None:
        """Register the commands and the lasting buttons."""
        await self.tree.sync()
        self.add_view(Card())

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Identify at once: one client need not space out its sessions."""

    async def hears(self) -> str:
        """Return what the bot noted next."""
        async with asyncio.timeout(10):
            return await self.heard.get()

    async def on_guild_available(self, _: discord.Guild) -> None:
        """Take note that channels and roles are known."""
        self.knows_its_guild.set()

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Note a guild."""
        self.heard.put_nowait(f"joined {guild.name}")

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Note a guild lost."""
        self.heard.put_nowait(f"left {guild.name}")

    async def on_message(self, message: discord.Message) -> None:
        """Note what is readable of others' messages."""
        if message.author != self.user:
            self.heard.put_nowait(f"read {message.content!r}")


class ShardedBot(discord.AutoShardedClient):
    """A client that opens as many shards as Discord recommends and counts the guilds that they bring."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents(guilds=True), guild_ready_timeout=0.05)
        self.knows_its_guild = asyncio.Event()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Identify at once."""

    async def on_guild_available(self, _: discord.Guild) -> None:
        """Take note that both guilds are known."""
        if len(self.guilds) > 1:
            self.knows_its_guild.set()


def register_commands(tree: app_commands.CommandTree[TinyBot]) -> None:
    """Declare the tiny bot's commands."""

    @tree.command(description="Show a card")
    @app_commands.choices(kind=[app_commands.Choice(name="Who said it", value="who")])
    async def quiz(
        press: Press,
        kind: app_commands.Choice[str],
        rounds: app_commands.Range[int, 1, 10] = 1,
    ) -> None:
        await press.response.send_message(
            embed=discord.Embed(title=kind.name, description=f"{rounds} to come"), view=Card()
        )

    @tree.command(description="Say something privately")
    async def secret(press: Press) -> None:
        await press.response.send_message("only you", ephemeral=True)

    @tree.command(description="Think first")
    async def slow(press: Press) -> None:
        await press.response.defer(thinking=True)
        await press.edit_original_response(content="thought about it")
        await press.followup.send("and further", ephemeral=True)

    @tree.command(description="Complete a speaker")
    async def quote(press: Press, by: str) -> None:
        await press.response.send_message(by)

    @quote.autocomplete("by")
    async def speakers(_: Press, typed: str) -> list[app_commands.Choice[str]]:
        names = ["Lenin", "Lansman", "Lawson"]
        return [app_commands.Choice(name=name, value=name) for name in names if typed in name.lower()]

    @tree.context_menu(name="Suggest my message")
    async def suggest(press: Press, message: discord.Message) -> None:
        await press.response.send_message(f"suggested: {message.content}", ephemeral=True)

    schedule = app_commands.Group(
        name="schedule",
        description="Programmes",
        default_permissions=discord.Permissions(manage_guild=True),
        guild_only=True,
    )

    @schedule.command(description="Add a programme")
    async def add(
        press: Press,
        channel: discord.TextChannel,
        owner: discord.Member,
        role: discord.Role,
        file: discord.Attachment,
    ) -> None:
        content = (await file.read()).decode()
        await press.response.send_message(f"{channel} {owner.display_name} {role} {content}")

    tree.add_command(schedule)


@asynccontextmanager
async def running(client: TinyBot | ShardedBot, server: LocalDiscord) -> AsyncIterator[None]:
    """Run a client against the server, to its orderly end."""
    task = asyncio.create_task(client.start(server.token))
    try:
        await server.ready()
        await client.knows_its_guild.wait()
        yield
    finally:
        await client.close()
        await task


def channel_of(client: discord.Client, channel: Channel) -> discord.TextChannel:
    """Return the client's own object for a channel."""
    found = client.get_channel(int(channel.id))
    assert isinstance(found, discord.TextChannel)
    return found
