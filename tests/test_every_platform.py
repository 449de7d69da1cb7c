"""One script, played in the console, on Discord and on Slack: people see the same."""

from collections.abc import Awaitable, Callable

import pytest

from tests.stages import STAGES, Seen, Stage, on_stage

LENIN = "Vladimir Lenin"
SOLVED = "Vladimir Lenin, according to Neal Lawson"
PASSAGE = (
    "In the article:",
    '“Ironically, it was Lenin who said that "the right words are worth a hundred regiments".”',
    "Grade C: reported, according to Neal Lawson, 2010 (inferred). Not found so far outside this article.",
    "Source: Neal Lawson, “Out of one party, many cultures”, 2010 (inferred)",
)


async def _quotation(stage: Stage) -> list[list[Seen]]:
    return [
        await stage.command("Ana", "quote", about="words"),
        await stage.press("Ana", "In context"),
        await stage.press("Ana", "Save"),
        await stage.press("Ben", "Discuss"),
        await stage.press("Ana", "Another"),
        await stage.command("Ana", "quote", by="wattsen"),
        await stage.press("Ana", "Tom Watson"),
    ]


async def _live_round(stage: Stage) -> list[list[Seen]]:
    return [
        await stage.command("Ana", "quiz", kind="who", about="words"),
        await stage.press("Ana", "Paddy Ashdown"),
        await stage.press("Ana", LENIN),
        await stage.press("Ben", "Eduard Bernstein"),
        await stage.press("Cem", LENIN),
        await stage.command("Ben", "quiz"),
        await stage.pass_time(45),
        await stage.press("Ana", "My result"),
        await stage.press("Ben", "My result"),
        await stage.press("Dee", "My result"),
        await stage.press("Dee", "In context"),
        await stage.command("Ana", "score"),
    ]


async def _typed_round(stage: Stage) -> list[list[Seen]]:
    return [
        await stage.command("Ana", "quiz", kind="who", about="Is he a pluralist", answer="typed"),
        await stage.answer("Ana", "Answer", name="ashdwon"),
        await stage.answer("Ben", "Answer", name="benn"),
        await stage.press("Ben", "Tony Benn"),
        await stage.answer("Cem", "Answer", name="Sam Taylor"),
        await stage.pass_time(45),
        await stage.press("Ana", "My result"),
    ]


async def _private_round(stage: Stage) -> list[list[Seen]]:
    return [
        await stage.command("Ana", "quiz", kind="who", about="words", where="private"),
        await stage.press("Ana", LENIN),
        await stage.command("Ana", "help"),
        await stage.command("Ana", "help", command="quiz"),
    ]


Script = Callable[[Stage], Awaitable[list[list[Seen]]]]
SCRIPTS: tuple[Script, ...] = (_quotation, _live_round, _typed_round, _private_round)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.__name__.strip("_"))
async def test_people_see_the_same_on_every_platform(script: Script) -> None:
    """Words, audience and buttons of every step agree between the console, Discord and Slack."""
    seen = {}
    for name in STAGES:
        async with on_stage(name) as stage:
            # what is posted and what is answered leave side by side, so their order within a step is open
            seen[name] = [sorted(step, key=repr) for step in await script(stage)]
    assert seen["discord"] == seen["console"]
    assert seen["slack"] == seen["console"]
