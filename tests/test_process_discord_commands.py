"""Every command, in the bot's own process on Discord; and after a restart, every button of every message it has shown."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.core import arguments
from bot.core.catalogue import catalogue
from bot.core.registry import Access, Kind, Parameter
from bot.core.wording import short_date
from tests.discord_words import words
from tests.local_discord import Clock, Interaction, LocalDiscord, Message, Permission, Person, Upload
from tests.processes import QuickBot, on_discord, prepare

PAGE = Upload(
    filename="article.txt",
    content=b"Words and engines\n\nBy Ada Moore\n\n\xe2\x80\x9cWords are engines, and engines are patient,\xe2\x80\x9d said Cem Usta, a printer. He means it.\n",
)
TODAY = datetime.now(UTC).date()
TOMORROW, IN_A_MONTH = TODAY + timedelta(days=1), TODAY + timedelta(days=30)
MONDAY = TODAY + timedelta(days=14 - TODAY.weekday())
"""A Monday that lies ahead, on which a programme for weekdays posts in any case."""
FAULT = "the fault is the bot’s"
BUTTONS = 60
"""At least so many buttons stand on what the commands show."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """A command with its values, the fields of the form that it opens, and how what is said in the end begins."""

    command: str
    says: str
    values: Mapping[str, Any] = field(default_factory=dict)
    fields: Mapping[str, str] | None = None


def _step(command: str, says: str, fields: Mapping[str, str] | None = None, /, **values: Any) -> Step:
    return Step(command=command, says=says, fields=fields, values=values)


def _steps(server: LocalDiscord, ben: Person) -> Iterator[Step]:
    reading = server.channel("reading")
    weekday: dict[str, Any] = {"programme": "Weekday excerpt"}
    friday: dict[str, Any] = {"programme": "Friday quiz"}
    yield _step("setup", "Hundred Regiments is here. Three questions plan the first excerpt;")
    yield _step("excerpt", "Excerpt for ")
    yield _step("read", "Part 1 of 5", article="Losing Momentum")
    yield _step("quote", "Quotation", about="pluralism")
    yield _step("search", "3 results for “pluralism”", text="pluralism")
    yield _step("score", "You have no points here yet. They come from /quiz.")
    yield _step("review", "Your review is empty.")
    yield _step("saved", "Nothing is saved yet.")
    yield _step("leaderboard", "No one is on this month’s leaderboard yet.", window="month")
    yield _step("privacy", "What is kept about you here")
    yield _step("help", "Quiz", command="quiz")
    yield _step("suggest", "Thank you. A moderator will read it", {"words": "Why not?"}, kind="prompt")
    yield _step("quiz", "Who said it?", kind="who", about="words")
    yield _step("settings", "Settings changed", zone="Europe/London", seconds=60, log=reading)
    yield _step(
        "schedule add", "Programme added: Weekday excerpt", kind="excerpt", channel=reading, days="mon-fri"
    )
    yield _step(
        "schedule add", "Programme added: Friday quiz", kind="quiz", channel=reading, days="fri", time="18:00"
    )
    yield _step("schedule list", "2 programmes, times in Europe/London")
    yield _step("schedule preview", "Preview: Weekday excerpt", **weekday)
    yield _step("schedule edit", "Programme changed: Weekday excerpt", time="10:00", thread="yes", **weekday)
    yield _step("schedule skip", f"{short_date(MONDAY)} is skipped.", date=MONDAY.isoformat(), **weekday)
    yield _step("schedule pause", "Friday quiz is paused until ", until=IN_A_MONTH.isoformat(), **friday)
    yield _step("schedule resume", "Friday quiz goes on. Its next post is on ", **friday)
    yield _step("schedule now", "Weekday excerpt is posted now, as the post of ", **weekday)
    yield _step("schedule remove", "Friday quiz is removed. What it has posted stays.", **friday)
    yield _step("library list", "Library: 2 articles")
    yield _step("library show", "Quotation lenin-regiments", what="lenin-regiments")
    yield _step(
        "library add-quote",
        "In service here: the quotation own-lawson-pluralism-is-a-habit",
        {"words": "Pluralism is a habit.", "speaker": "Neal Lawson", "where": "A speech, 2012"},
    )
    yield _step(
        "library add-prompt",
        "In service here: the prompt own-prompt-what-have-you-changed-your",
        {"words": "What have you changed your mind about?"},
    )
    yield _step(
        "library import", "Read: 1 article, 1 quotation, 1 excerpt", {"rights": "public-domain"}, file=PAGE
    )
    yield _step("library review", "Queue, 1 of 3: a prompt suggested on ")
    yield _step(
        "library approve", "1 quotation and 1 excerpt in the queue have a confidence of 0.80 or more."
    )
    yield _step("library speaker", "Queue, 2 of 3: a quotation found by the importer", name="Cem Usta")
    yield _step("library retire", "Retired: the quotation lenin-regiments", entry="lenin-regiments")
    yield _step("library restore", "Back in service: the quotation lenin-regiments", entry="lenin-regiments")
    yield _step("library note", "Content note", entry="lenin-regiments", note="Speaks of war.")
    yield _step(
        "library pin",
        f"Pinned to {short_date(MONDAY)}: the quotation lenin-regiments",
        entry="lenin-regiments",
        date=MONDAY.isoformat(),
    )
    yield _step("library check", "Check of the library")
    yield _step("library balance", "Balance: posted in the last 30 days, and planned for the next 30")
    yield _step(
        "moderate adjust",
        f"<@{ben.id}>: 5 points more, 6 in all. Reason: the round closed early.",
        member=ben.user,
        points=5,
        reason="the round closed early",
    )
    yield _step(
        "moderate challenge", "Who said it? Vladimir Lenin, according to Neal Lawson", question="regiments"
    )
    yield _step("moderate rescore", "Everyone’s points are being worked out anew, from what was scored.")
    yield _step("moderate log", "Audit log, ")
    yield _step("quiet add", f"{short_date(IN_A_MONTH)} is a blackout date", date=IN_A_MONTH.isoformat())
    yield _step("quiet on", "Quiet mode until ", until=f"{TOMORROW.isoformat()}T18:00")
    yield _step("quiet off", "Quiet mode is off. No post was held.")


class Evening:
    """A server where Mia manages, and Ana and Ben are members."""

    def __init__(self, server: LocalDiscord) -> None:
        self.server = server
        self.mia = server.person("Mia", permissions=Permission.MANAGE_GUILD)
        self.ana = server.person("Ana")
        self.ben = server.person("Ben")

    async def use(self, step: Step) -> Message:
        """Let whoever may use a command use it, and fill in its form; gives what answers in the end."""
        command = catalogue().commands[step.command]
        person = self.mia if command.access is Access.MODERATOR else self.ana
        asked = await (await person.slash(step.command, step.values)).answered()
        if step.fields is not None:
            assert asked.modal is not None, step.command
            asked = await person.submit(asked.modal, step.fields)
        return await asked.finished()

    async def try_out(self, name: str) -> None:
        """Use a command that has no step yet with the values of its own example, whatever it says to them."""
        command = catalogue().commands[name]
        typed = arguments.split(command, command.example.removeprefix(f"/{name}"))
        values = {each.name: typed[each.name] for each in command.parameters if each.name in typed}
        made = {
            each.name: self._value(each, values[each.name])
            for each in command.parameters
            if each.name in values
        }
        person = self.mia if command.access is Access.MODERATOR else self.ana
        asked = await (await person.slash(name, made)).answered()
        assert asked.modal is not None or FAULT not in words(await asked.finished()), name

    def _value(self, parameter: Parameter, typed: str) -> Any:
        match parameter.kind:
            case Kind.NUMBER:
                return int(typed)
            case Kind.CHANNEL:
                return self.server.general
            case Kind.MEMBER:
                return self.ben.user
            case _:
                return typed

    async def play(self, card: Message) -> None:
        """Let Ben answer the round, and Ana, who asked for it, end it."""
        await (await self.ben.press(card, "Vladimir Lenin")).finished()
        running = await (await self.ana.slash("quiz")).finished()
        await (await self.ana.press(running, "Reveal now")).answered()
        await card.next_edit()

    def messages(self) -> list[Message]:
        """List what the bot has shown: in channels and threads, to one person alone, and directly."""
        public = [each for channel in self.server.world.channels.values() for each in channel.messages]
        private = [each for person in (self.mia, self.ana, self.ben) for each in person.ephemerals]
        return [each for each in public + private if each.author is self.server.bot]

    def who_sees(self, message: Message) -> Person:
        """Give somebody who can press what stands on a message, where it stands."""
        people = {person.id: person for person in (self.mia, self.ana, self.ben)}
        alone = message.for_user or next(iter(message.channel.recipients), None)
        return (people[alone.id] if alone else self.mia).at(message.channel)


async def _pressed(evening: Evening, message: Message) -> AsyncIterator[tuple[str, Interaction]]:
    """Press each button of a message as it was shown, and choose the first option of its select."""
    person = evening.who_sees(message)
    for row in message.components:
        for each in row["components"]:
            if "options" in each:
                yield each["custom_id"], await person.select(message, each["options"][0]["value"])
            elif "custom_id" in each:
                yield each["custom_id"], await person.press(message, each["custom_id"], stale=True)


@asynccontextmanager
async def _process(folder: Path, server: LocalDiscord) -> AsyncIterator[QuickBot]:
    prepare(folder)
    process = QuickBot(folder, on_discord(server))
    process.start()
    await server.ready()
    yield process
    await asyncio.to_thread(process.stop)
    assert process.complaints == []
    assert [str(each) for each in server.violations] == []


async def test_every_command_and_every_button_after_a_restart(tmp_path: Path) -> None:
    """Each command there is says what it should; killed and started again, the bot knows every button it has shown."""
    async with LocalDiscord(clock=Clock.running()) as server, _process(tmp_path, server) as process:
        evening = Evening(server)
        used = set()
        for step in _steps(server, evening.ben):
            answer = await evening.use(step)
            assert words(answer).startswith(step.says), f"/{step.command}: {words(answer)}"
            used.add(step.command)
            if step.command == "quiz":
                await evening.play(answer)
            elif step.command == "library import":
                await (await evening.mia.press(answer, answer.labels[0])).answered()
        for name in sorted(set(catalogue().commands) - used):
            await evening.try_out(name)
        process.kill()
        await server.gone()
        process.start()
        await server.ready()
        known = 0
        for message in evening.messages():
            async for custom_id, pressed in _pressed(evening, message):
                answered = await pressed.answered()
                said = words(answered.message) if answered.message else ""
                assert "does not belong to this community" not in said, custom_id
                assert FAULT not in said, custom_id
                known += 1
        assert known >= BUTTONS
