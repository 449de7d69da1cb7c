"""Reading pages in a process of its own: hostile pages, a killed process, a killed bot, and quizzes that go on meanwhile."""

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable
from pathlib import Path
from signal import SIGCONT, SIGKILL, SIGSTOP

import pytest
from aiohttp import web

from bot import page_process, pages
from bot.core.events import FormSubmitted
from bot.core.findings import Given
from bot.core.library import Excerpt, Quotation, Rights
from content.importer.page import PageFault
from content.importing import findings_of
from tests.conversation import Talk, talking
from tests.importing_samples import BRIDGE
from tests.local_slack import LocalSlack
from tests.processes import ROOT, Bot, on_slack, prepare, rows
from tests.slack_house import words

GIVEN = Given(rights=Rights.IN_COPYRIGHT)
PLAIN = "It rained all day in the valley. Nobody came to the landing."
HOSTILE = [
    ("empty.txt", b"", "empty.txt is empty. Save the article’s text in it and import it again."),
    ("blank.txt", b" \n\n\t ", "blank.txt has no text. Save the article’s text in it and import it again."),
    ("data.bin", bytes(range(256)) * 50, "data.bin is not a text file. Import text, HTML or Markdown."),
    ("large.txt", b"Word. " * 400_000, "large.txt is larger than 2 MB. Import the article’s text alone, without images."),
    ("line.txt", b"word " * 390_000, "line.txt has no whole sentence. Import an article’s text."),
    ("deep.html", b"<html><body>" + b"<div>" * 5_000 + PLAIN.encode(), "deep.html is nested more than 400 tags deep. Copy the article’s text and import that."),
    ("open.html", b"<html><body><p>" + b"<b><i><a href='x'" * 2_000, "open.html is nested more than 400 tags deep. Copy the article’s text and import that."),
    ("bytes.txt", b"It rained \xff\xfe\xfa on all. \xc3\x28", "bytes.txt is not valid UTF-8: byte 11 is damaged. Save it again as UTF-8."),
    ("one.txt", b"Rain", "one.txt has one word only, “Rain”. Import a whole article."),
    ("dull.txt", PLAIN.encode(), "“dull.txt” was read, 12 words, and nothing in it can be proposed: no quotation of anybody’s, and no passage that stands alone. Is it the whole article?"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "raw", "said"), HOSTILE, ids=[name for name, _, _ in HOSTILE])
def test_a_page_that_holds_nothing_is_told_in_a_sentence(name: str, raw: bytes, said: str) -> None:
    """Whatever is wrong with a page, it is said what it is and what to do now, and nothing is proposed."""
    with pytest.raises(PageFault) as fault:
        findings_of(raw, name, GIVEN)
    assert str(fault.value) == said


def test_marks_that_nobody_closes_do_no_harm() -> None:
    """A page in which everything is left open is read to its end, and nothing is proposed that does not stand on it."""
    text = "“It rained, [he said (and “they " * 500 + "all went home in the rain. The end came late."
    for each in findings_of(text.encode(), "open.txt", Given(rights=Rights.PUBLIC_DOMAIN)).found:
        assert isinstance(each.item, Excerpt | Quotation)
        assert each.item.text in text


Started = Callable[[Process], None]


class Watched:
    """Starts processes as asyncio does, and hands each to the test the moment it is there."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, then: Started) -> None:
        self.processes: list[Process] = []
        start = asyncio.create_subprocess_exec

        async def starting(*command: str, **options: object) -> Process:
            process = await start(*command, **options)  # type: ignore[arg-type]  # passed on as given
            self.processes.append(process)
            then(process)
            return process

        monkeypatch.setattr(asyncio, "create_subprocess_exec", starting)


async def _begin(talk: Talk) -> None:
    """Fill the form in up to its last line."""
    await talk("Mia", "/library import", moderator=True)
    for line in ("", PLAIN, "2"):
        await talk("Mia", line)


async def test_a_killed_reader_changes_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """`kill -9` of the process that reads is told in a sentence; no report and no proposal is left, and the bot goes on."""
    watched = Watched(monkeypatch, lambda process: process.send_signal(SIGKILL))
    async with talking(database=tmp_path / "bot.db") as talk:
        await _begin(talk)
        told = await talk("Mia", "")
        assert told == (
            "(only Mia) Reading “The pasted text” ended before its end. Save it as plain text and try again. "
            "Nothing was imported."
        )
        assert [process.returncode for process in watched.processes] == [-SIGKILL]
        for table in ("drafts", "draft_items", "proposals"):
            assert rows(tmp_path / "bot.db", f"SELECT count(*) FROM {table}") == [(0,)]
        assert (await talk("Mia", "/quote")).startswith("Quotation\n")


async def test_a_fault_of_the_reader_s_own_is_said_to_be_one(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Nobody is told to save their page another way; the log says what went wrong and where, and no word of the page."""
    monkeypatch.setattr(pages, "request", lambda *_: b'{"name": "a.txt", "given": "[]"}\n')
    async with talking() as talk:
        await _begin(talk)
        assert await talk("Mia", "") == (
            "(only Mia) “The pasted text” could not be read, and the fault is the bot’s; the host can look it up in the log. "
            "Nothing was imported."
        )
    (record,) = [each for each in caplog.records if each.name == "bot.pages"]
    assert record.exc_info is not None
    assert str(record.exc_info[1]).startswith("KeyError at ")
    assert "page_process.py:" in str(record.exc_info[1])


async def test_a_quiz_goes_on_while_a_page_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the reader halted, others ask, answer and close a round; the report comes when the reader goes on."""
    watched = Watched(monkeypatch, lambda process: process.send_signal(SIGSTOP))
    async with talking() as talk:
        await _begin(talk)
        filling = talk.console._asking.filling
        assert filling is not None
        desk, at = talk.house.desk, talk.house.desk.now()
        filling.take("")
        event = FormSubmitted(
            place=talk.console.session.place, actor=talk.console.session.actor, at=at, token=str(filling.form.token),
            values=filling.values,
        )  # fmt: skip
        importing = asyncio.create_task(desk.ask(event))
        talk.console._asking.filling = None
        assert (await talk("Ben", "/quiz who about:words")).startswith("Who said it?")
        await talk("Ben", "2")
        assert "Who said it? Vladimir Lenin" in await talk("Ben", "/clock +45s")
        assert not importing.done()
        (process,) = watched.processes
        process.send_signal(SIGCONT)
        (shown,) = await importing
    assert "Read: 1 article, no quotations, 1 excerpt" in str(shown)


def test_the_reader_gets_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the bot's environment is handed to the process but what Python needs to start."""
    monkeypatch.setenv("DISCORD_TOKEN", "secret")
    monkeypatch.setenv("DATABASE_URL", "sqlite:///secret.db")
    given = pages._environment()
    assert "PATH" in given
    assert not any("secret" in each for each in given.values())


async def test_a_page_that_takes_too_long_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """When the time for a page is over, the sentence says what to do."""

    async def late(_asked: bytes) -> str | None:
        raise TimeoutError

    monkeypatch.setattr(pages, "in_process", late)
    async with talking() as talk:
        await _begin(talk)
        told = await talk("Mia", "")
    assert told == (
        "(only Mia) “The pasted text” takes longer to read than a page may. Save it as plain text and try again. "
        "Nothing was imported."
    )


async def test_a_reader_that_is_given_up_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever stops waiting for a page leaves no process behind, not even one that does not listen."""
    there = asyncio.Event()

    def halted(process: Process) -> None:
        process.send_signal(SIGSTOP)
        there.set()

    watched = Watched(monkeypatch, halted)
    reading = asyncio.create_task(pages.in_process(pages.request("a.txt", GIVEN, 0.25, 120)))
    await there.wait()
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert [process.returncode for process in watched.processes] == [-SIGKILL]


async def test_the_reader_takes_limits_on() -> None:
    """The process that reads cannot have all memory, all time, or write a file."""
    code = (
        "import resource as r; from bot.page_process import _limit; _limit();"
        "print(*(r.getrlimit(each)[1] for each in (r.RLIMIT_AS, r.RLIMIT_CPU, r.RLIMIT_FSIZE)))"
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, stdout=PIPE, env=pages._environment(), cwd=ROOT
    )
    told, _ = await process.communicate()
    assert told.decode().split() == [str(page_process.MEMORY), str(page_process.SECONDS), "0"]


async def test_an_answer_without_end_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that writes more than any page could hold is ended, and the page told as not read."""
    monkeypatch.setattr(pages, "_ANSWER", 10)
    assert await pages.in_process(pages.request("a.txt", GIVEN, 0.25, 120) + PLAIN.encode()) is None


async def test_a_bot_killed_while_it_imports_has_proposed_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`kill -9` between the form and the report leaves queue and library as they were; so does the next start find them."""
    asked, free = asyncio.Event(), asyncio.Event()
    download = LocalSlack._download

    async def held(server: LocalSlack, request: web.Request) -> web.Response:
        asked.set()
        await free.wait()
        return await download(server, request)

    monkeypatch.setattr(LocalSlack, "_download", held)
    prepare(tmp_path)
    async with LocalSlack() as server:
        process, mia = Bot(tmp_path, on_slack(server)), server.person("Mia", admin=True)
        file = mia.upload("bridge.txt", BRIDGE.encode())
        try:
            await process.start()
            view = await (await mia.slash("/hr-library", "import")).next_view()
            await mia.submit(view, {"file": [file], "rights": "public-domain"})
            await asked.wait()
            await process.kill()
            await server.disconnected()
            free.set()
            for table in ("draft_items", "proposals", "articles WHERE community <> ''"):
                assert rows(process.database, f"SELECT count(*) FROM {table}") == [(0,)]
            await process.start()
            answer = await (await mia.slash("/hr-library", "review")).next_answer()
            assert words(answer).startswith("Nothing waits in the queue.")
            assert process.complaints == []
        finally:
            free.set()
            await process.stop()
