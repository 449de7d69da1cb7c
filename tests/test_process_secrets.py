"""No secret leaves the process but to its platform: not in a log at its most talkative, not in metrics, not in files."""

from pathlib import Path
from signal import SIGTERM

import aiohttp

from tests.local_discord import Clock, LocalDiscord
from tests.local_slack import LocalSlack
from tests.processes import Bot, on_discord, on_slack, prepare
from tests.test_process_disk import _free_port
from tests.test_process_slack import SlackHall


async def test_nothing_that_is_written_holds_a_token(tmp_path: Path) -> None:
    """Through a start, an answer, a refusal and an end, on both platforms, everything the bot leaves behind is clean."""
    prepare(tmp_path)
    port = _free_port()
    async with LocalDiscord(clock=Clock.running()) as discord, LocalSlack() as slack:
        secrets = {**on_discord(discord), **on_slack(slack)}
        process = Bot(tmp_path, {**secrets, "PORT": str(port), "LOG_LEVEL": "DEBUG"})
        await process.start()
        slack.fail_next("chat.postMessage", "channel_not_found")
        ana = slack.person("Ana")
        await ana.slash("/hr-quote", channel=slack.general)
        await ana.next_ephemeral()
        await SlackHall(slack).ask("Ana", "general", about="words")
        seen = [await _get(f"http://127.0.0.1:{port}/{page}") for page in ("healthz", "readyz", "metrics")]
        process.signal(SIGTERM)
        assert await process.ended() == 0
    tokens = [secrets[name] for name in ("DISCORD_TOKEN", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN")]
    files = _files(tmp_path)
    left = [*seen, str(process.log), *(text for _, text in files.values())]
    assert [(token, text[:80]) for token in tokens for text in left if token in text] == []
    assert {name: mode for name, (mode, _) in files.items() if mode} == {"bot.toml": 0o044}


def _files(folder: Path) -> dict[str, tuple[int, str]]:
    """Map each file to what others than its owner may do with it, and what is in it."""
    return {
        path.name: (path.stat().st_mode & 0o077, path.read_bytes().decode("utf-8", "replace"))
        for path in folder.iterdir()
    }


async def _get(url: str) -> str:
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        return await response.text()
