"""The README's terminal session is one that really happens."""

import re
from pathlib import Path

from tests.conversation import talking
from tests.review_samples import options

README = Path(__file__).parent.parent / "README.md"
PROMPT = "Ana> "


async def test_the_session_is_what_the_console_says() -> None:
    """Every line typed there is answered with what stands under it, but for the order of the options."""
    (session,) = re.findall(
        r"^```\n(Ana> .+?)^```$", README.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )
    asked = ""
    async with talking(alone=None) as talk:
        for exchange in session.rstrip("\n").split(f"\n{PROMPT}"):
            typed, _, shown = exchange.removeprefix(PROMPT).partition("\n")
            answer = await talk("Ana", options(asked)["Vladimir Lenin"] if typed == "2" else typed)
            head, _, buttons = answer.rpartition("\n")
            assert head == shown.rpartition("\n")[0]
            assert sorted(options(buttons)) == sorted(options(shown)), typed
            asked = answer
