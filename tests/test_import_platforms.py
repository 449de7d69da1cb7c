"""/library import where people use it: the real process reads what was pasted or attached, on every platform."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web

from adapters import fetching
from adapters.base import Unfetched
from bot.core.events import Attachment
from tests.conversation import talking
from tests.discord_whole import discord_at_home, hurried
from tests.importing_samples import BRIDGE
from tests.local_discord import Upload
from tests.slack_house import slack_house, words
from tests.stages import STAGES, Seen, on_stage

REPORT = "“The bridge that nobody wanted”, Carys Pugh, "
PAGE = Upload(filename="bridge.txt", content=BRIDGE.encode())


@pytest.fixture(autouse=True)
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let discord.py wait for no further servers: it would else be ready while a test that reads pages ends."""
    hurried(monkeypatch)


async def test_a_pasted_page_is_read_alike_everywhere() -> None:
    """Form, report, queue and the first card of the queue are the same in the console, on Discord and on Slack."""
    seen: dict[str, list[list[Seen]]] = {}
    for name in STAGES:
        async with on_stage(name) as stage:
            seen[name] = [
                await stage.fill("Mia", "library import", text=BRIDGE, rights="public-domain"),
                await stage.press("Mia", "Leave it"),
                await stage.fill("Mia", "library import", text="Word.", rights="public-domain"),
            ]
    assert seen["discord"] == seen["console"]
    assert seen["slack"] == seen["console"]
    report, left, refused = seen["console"]
    assert [each.only for each in (*report, *left, *refused)] == ["Mia"] * 3
    assert report[0].lines[1].startswith(REPORT)
    assert refused[0].lines[0].startswith("The pasted text has one word only, “Word”.")


async def test_a_file_comes_with_the_command_on_discord() -> None:
    """The option takes the file, the form asks for the rights alone, and the report is the asker's."""
    async with discord_at_home() as home:
        await home.ready()
        mia = home.mia
        opened = await (await mia.slash("library import", file=PAGE)).answered()
        assert opened.modal is not None
        assert [each.custom_id for each in opened.modal.fields] == ["rights", "about"]
        report = await (await mia.submit(opened.modal, {"rights": "public-domain"})).finished()
        assert report.for_user is mia.user
        assert REPORT in report.text


async def test_a_file_can_be_attached_to_the_form_on_discord() -> None:
    """Without the option the form has a place for the file."""
    async with discord_at_home() as home:
        await home.ready()
        mia = home.mia
        opened = await (await mia.slash("library import")).answered()
        assert opened.modal is not None
        sent = await mia.submit(opened.modal, {"file": PAGE, "rights": "in-copyright"})
        assert REPORT in (await sent.finished()).text


async def test_a_file_that_is_too_large_is_not_fetched() -> None:
    """What Discord says of its size is enough: the sentence comes at once, and no form."""
    async with discord_at_home() as home:
        await home.ready()
        large = Upload(filename="large.txt", content=b"word " * 400_001)
        refused = await (await home.mia.slash("library import", file=large)).finished()
    assert refused.text == (
        "“large.txt” has 2,000,005 bytes, and a page has at most 2,000,000. Nothing was imported."
    )


async def test_a_file_is_attached_to_the_form_on_slack() -> None:
    """Slash commands have no files on Slack, so the form does; it is fetched with the bot's token."""
    async with slack_house() as slack:
        mia = slack.server.person("Mia")
        view = await (await slack.type("Mia", "/hr-library", "import")).next_view()
        file = mia.upload("bridge.txt", BRIDGE.encode())
        await mia.submit(view, {"file": [file], "rights": "public-domain"})
        shown = await mia.next_ephemeral()
    assert REPORT in words(shown)


async def test_without_the_scope_slack_keeps_the_file() -> None:
    """The sentence says that the file could not be had, and nothing is left of the import."""
    from tests.local_slack import SCOPES  # noqa: PLC0415 - used here alone

    async with slack_house(scopes=SCOPES - {"files:read"}) as slack:
        mia = slack.server.person("Mia")
        view = await (await slack.type("Mia", "/hr-library", "import")).next_view()
        await mia.submit(view, {"file": [mia.upload("a.txt", b"A.")], "rights": "public-domain"})
        told = words(await mia.next_ephemeral())
    assert told == (
        "“a.txt” could not be fetched: the platform answered 403. Attach it again. Nothing was imported."
    )


async def test_a_typed_address_is_never_fetched() -> None:
    """What somebody types where a file belongs is no file on Slack, whatever address it is."""
    async with slack_house() as slack:
        mia = slack.server.person("Mia")
        address = f"{slack.server.base_url}/files-pri/F1/download"
        view = await (await slack.type("Mia", "/hr-library", f"import file:{address}")).next_view()
        await mia.submit(view, {"rights": "public-domain"})
        told = words(await mia.next_ephemeral())
    assert told == (
        "“download” is no file that was attached here. Attach the file itself. Nothing was imported."
    )


async def test_a_path_is_read_on_the_console(tmp_path: Path) -> None:
    """Whoever sits at the console names a file of the machine; what is none, or too large, is told."""
    (tmp_path / "bridge.txt").write_text(BRIDGE, encoding="utf-8")
    with (tmp_path / "huge.txt").open("wb") as huge:
        huge.truncate(100_000_000)
    async with talking() as talk:
        await talk("Mia", "/clock", moderator=True)
        for path, said in (
            (tmp_path / "bridge.txt", REPORT),
            (
                tmp_path / "huge.txt",
                "“huge.txt” has 100,000,000 bytes, and a page has at most 2,000,000 bytes.",
            ),
            (tmp_path, " is not a file. Give the path of one. Nothing was imported."),
            (tmp_path / "no.txt", " cannot be read here: No such file or directory. Nothing was imported."),
        ):
            await talk("Mia", f"/library import “{path}”")
            await talk("Mia", "2")
            assert said in await talk("Mia", "")


Answering = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def _serving(answer: Answering) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_get("/{path:.*}", answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def _endless(request: web.Request) -> web.StreamResponse:
    answer = web.StreamResponse()
    await answer.prepare(request)
    try:
        while True:
            await answer.write(b"x" * 65_536)
    except ConnectionError:
        return answer


async def _redirecting(_request: web.Request) -> web.StreamResponse:
    raise web.HTTPFound("http://127.0.0.1:1/secret")


async def _silent(request: web.Request) -> web.StreamResponse:
    answer = web.StreamResponse()
    await answer.prepare(request)
    await answer.write(b"x")
    request.transport.close() if request.transport else None
    return answer


@pytest.mark.parametrize(
    ("answering", "said"),
    [
        (_endless, "“a.txt” is larger than that, and a page has at most 1,000,000 bytes."),
        (_redirecting, "“a.txt” could not be fetched: the platform answered 302. Attach it again."),
        (_silent, "“a.txt” could not be fetched (ClientPayloadError). Try again in a minute."),
    ],
)
async def test_only_the_file_itself_is_taken_in(answering: Answering, said: str) -> None:
    """An endless body is cut, a redirect not followed, a broken connection told."""
    async with _serving(answering) as origin:
        with pytest.raises(Unfetched) as refused:
            await fetching.download(Attachment(name="a.txt", address=f"{origin}/1"), 1_000_000, {origin})
    assert str(refused.value) == said


@pytest.mark.parametrize(
    "address",
    [
        "https://cdn.discordapp.com.evil.org/a", "https://evil.org/https://cdn.discordapp.com/a", "file:///etc/passwd",
        "https://cdn.discordapp.com@evil.org/a", "http://cdn.discordapp.com/a", "/etc/passwd", "", "https://[::1",
    ],
)  # fmt: skip
async def test_no_other_address_is_asked(address: str) -> None:
    """Only the platform's own origin is ever asked for a file."""
    with pytest.raises(Unfetched, match="is no file that was attached here"):
        await fetching.download(Attachment(name="a", address=address), 9, {"https://cdn.discordapp.com"})
