"""/review in the console: its cards, what a press on them does, and that every platform agrees."""

import re
from pathlib import Path

import pytest

from tests.conversation import talking
from tests.houses import NOW
from tests.review_samples import (
    ARTICLE,
    COPELAND,
    DAY,
    EMPTY,
    FACT,
    FINISH,
    LENIN,
    PASSAGE,
    QUESTION,
    RIGHT,
    WHO,
    miss,
    options,
    other_than,
    reviewed,
)
from tests.stages import STAGES, Seen, Stage, on_stage


async def test_a_review_is_empty_before_the_first_question() -> None:
    """Who has answered nothing another way is told what will come here (card 6.2)."""
    async with talking() as talk:
        assert await talk("Ana", "/review") == f"(only Ana) {EMPTY}"


async def test_nothing_is_due_on_the_day_itself() -> None:
    """What is answered today comes tomorrow, and the next date is named (card 6.3)."""
    async with talking(at=NOW - DAY) as talk:
        await miss(talk, "Ana", FACT)
        assert await talk("Ana", "/review") == (
            "(only Ana) Nothing is due today. The next question comes tomorrow."
        )
        await talk("Ana", "/clock +1d")
        told = await reviewed(talk, await talk("Ana", "/review"), COPELAND, known=True)
        assert told.splitlines()[0] == (
            "(only Ana) Right: Copeland. The question comes back on Thu 26 Nov. That was the one question due today."
        )
        assert await talk("Ana", "/review") == (
            "(only Ana) Nothing is due today. The next question comes on Thu 26 Nov."
        )


async def test_a_question_and_its_answer() -> None:
    """Three questions are due: the first is asked with its options, then proved by its passage (cards 6.4 and 6.5)."""
    async with talking(at=NOW - DAY) as talk:
        await miss(talk, "Ana", WHO, FINISH, FACT)
        await talk("Ana", "/clock +1d")
        card = await talk("Ana", "/review")
        assert card.rsplit("\n", 1)[0] == f"(only Ana) Review, 1 of 3\n{QUESTION}"
        assert set(options(card)) == {"Chester", "Copeland", "Richmond", "Rochdale"}
        told = await reviewed(talk, card, COPELAND, known=False)
        assert told.rsplit("   #", 1)[0] == (
            f"(only Ana) It was Copeland. The question comes back tomorrow.{PASSAGE}\n[1] Next"
        )
        assert (await talk("Ana", "1")).splitlines()[0] == "(only Ana) Review, 2 of 3"


async def test_the_last_question_of_the_day() -> None:
    """What has been due for longest comes first; after the last there is no next (card 6.5)."""
    async with talking(at=NOW - 5 * DAY) as talk:
        await miss(talk, "Ana", FACT, WHO, FINISH)
        await talk("Ana", "/clock +1d")
        card = await talk("Ana", "/review")
        for right in (COPELAND, RIGHT[FINISH], LENIN):
            await reviewed(talk, card, right, known=right == COPELAND)
            card = await talk("Ana", "1")
        await talk("Ana", "/clock +4d")
        card = await talk("Ana", "/review")
        for right in (RIGHT[FINISH], LENIN):
            await reviewed(talk, card, right, known=False)
            card = await talk("Ana", "1")
        assert card.splitlines()[:2] == ["(only Ana) Review, 3 of 3", QUESTION]
        assert await reviewed(talk, card, COPELAND, known=True) == (
            "(only Ana) Right: Copeland. The question comes back on Thu 3 Dec. That was the last of 3."
            + PASSAGE
        )
        assert await talk("Ana", "/review") == (
            "(only Ana) Nothing is due today. The next question comes tomorrow."
        )


async def test_a_reported_quotation_says_who_reports_it() -> None:
    """A "who said it?" comes back with its grade, at the question and at the answer."""
    async with talking() as talk:
        await miss(talk, "Ana", WHO)
        await talk("Ana", "/clock +1d")
        card = await talk("Ana", "/review")
        assert card.rsplit("\n", 1)[0] == (
            "(only Ana) Review, 1 of 1\n"
            "  According to Neal Lawson, who said “the right words are worth a hundred regiments”?\n"
            "Grade C: reported, according to Neal Lawson, 2010 (inferred)."
        )
        assert await reviewed(talk, card, LENIN, known=False) == (
            "(only Ana) It was Vladimir Lenin, according to Neal Lawson. The question comes back tomorrow. That was "
            "the one question due today.\n"
            "  In the article:\n"
            '  | “Ironically, it was Lenin who said that "the right words are worth a hundred regiments".”\n'
            "Grade C: reported, according to Neal Lawson, 2010 (inferred). Not found so far outside this article.\n"
            "Source: Neal Lawson, “Out of one party, many cultures”, 2010 (inferred)"
        )


async def test_a_question_about_an_article_says_that_it_is_one() -> None:
    """Where the question stands in the title alone, the review says it in the body; its options are numbered."""
    async with talking() as talk:
        await miss(talk, "Ana", ARTICLE)
        await talk("Ana", "/clock +1d")
        lines = (await talk("Ana", "/review")).splitlines()
        assert lines[:3] == [
            "(only Ana) Review, 1 of 1",
            "  Which article?",
            "  | “The abiding quest of pluralists is to create spaces in which people can determine their future collectively.”",
        ]
        assert re.fullmatch(r"\[1\]  \[2\]   #\d", lines[-1])


async def test_another_s_card_is_not_answered() -> None:
    """Ben is told whose card it is, and Ana finds it as it was (card 7.5)."""
    async with talking() as talk:
        await miss(talk, "Ana", FACT)
        await talk("Ana", "/clock +1d")
        card = await talk("Ana", "/review")
        told = await talk("Ben", other_than(card, COPELAND))
        assert told == "(only Ben) This card is Ana’s. /review opens your own."
        assert await talk("Ben", "/review") == f"(only Ben) {EMPTY}"
        assert (await reviewed(talk, card, COPELAND, known=True)).startswith("(only Ana) Right: Copeland.")


async def test_a_double_press_counts_once() -> None:
    """The same option again shows the same; another one is too late; the date stays what it was."""
    async with talking(at=NOW - DAY) as talk:
        await miss(talk, "Ana", FACT)
        await talk("Ana", "/clock +1d")
        card = await talk("Ana", "/review")
        right, other = (f"1:review:answer:1,{NOW},{options(card)[each]}" for each in (COPELAND, "Chester"))
        back = "The question comes back on Thu 26 Nov. That was the one question due today."
        for token, told in (
            (right, "Right: Copeland."),
            (right, "Right: Copeland."),
            (other, "This is answered already. Right: Copeland."),
        ):
            pressed = await talk.console.press(token)
            assert pressed.rstrip("\n") == f"(only Ana) {told} {back}{PASSAGE}"


async def test_two_cards_of_one_review_agree() -> None:
    """Typed twice, /review shows the same question with the same options, and either card takes the answer, once."""
    async with talking() as talk:
        await miss(talk, "Ana", FACT, WHO)
        await talk("Ana", "/clock +1d")
        older, newer = await talk("Ana", "/review"), await talk("Ana", "/review")
        assert older.rsplit("   #", 1)[0] == newer.rsplit("   #", 1)[0]
        number, other = older.rsplit("#", 1)[1], options(older)["Chester"]
        first = await talk("Ana", f"{number}.{other}")
        assert first.startswith("(only Ana) It was Copeland. The question comes back tomorrow.\n")
        again = await talk("Ana", f"{newer.rsplit('#', 1)[1]}.{options(newer)[COPELAND]}")
        assert again.splitlines()[0] == (
            "(only Ana) This is answered already. It was Copeland. The question comes back tomorrow."
        )
        assert (await talk("Ana", f"{number}.1")).startswith("(only Ana) Review, 2 of 2\n")
        assert (await talk("Ana", "/review")).startswith("(only Ana) Review, 2 of 2\n")


async def test_a_card_that_was_left_behind_says_so() -> None:
    """A press on a question that the member has gone on from counts for nothing, and shows where they are."""
    async with talking() as talk:
        await miss(talk, "Ana", FACT, WHO)
        await talk("Ana", "/clock +1d")
        older, newer = await talk("Ana", "/review"), await talk("Ana", "/review")
        await talk("Ana", other_than(newer, COPELAND))
        await talk("Ana", "1")
        left = await talk("Ana", f"{older.rsplit('#', 1)[1]}.{options(older)[COPELAND]}")
        assert left.splitlines()[:3] == [
            "(only Ana) Review, 2 of 2",
            "  You have gone on since this card; here is where you are.",
            "  According to Neal Lawson, who said “the right words are worth a hundred regiments”?",
        ]
        told = await reviewed(talk, left, LENIN, known=True)
        assert told.splitlines()[0].endswith("That was the last of 2.")


async def test_next_pressed_twice_goes_on_once() -> None:
    """The second press shows the question that the first has brought."""
    async with talking() as talk:
        await miss(talk, "Ana", FACT, WHO, FINISH)
        await talk("Ana", "/clock +1d")
        await reviewed(talk, await talk("Ana", "/review"), COPELAND, known=True)
        shown = [
            (await talk.console.press(f"1:review:next:1,{NOW + DAY}")).rsplit("   #", 1)[0] for _ in range(2)
        ]
        assert shown[0].startswith("(only Ana) Review, 2 of 3\n")
        assert shown[1] == shown[0]


async def test_next_skips_nothing_and_repeats_nothing() -> None:
    """Next on a question without an answer shows it again; on a card that was left behind, where the member is."""
    async with talking() as talk:
        await miss(talk, "Ana", FACT, WHO, FINISH)
        await talk("Ana", "/clock +1d")
        card = await talk("Ana", "/review")
        first = f"1:review:next:1,{NOW + DAY}"
        again = await talk.console.press(first)
        assert again.rsplit("   #", 1)[0] == card.rsplit("   #", 1)[0]
        await reviewed(talk, card, COPELAND, known=True)
        await reviewed(talk, await talk("Ana", "1"), RIGHT[FINISH], known=True)
        left = await talk.console.press(first)
        assert left.startswith("(only Ana) Right: “socialism will be realised”.")
        assert (await talk("Ana", "1")).startswith("(only Ana) Review, 3 of 3\n")


async def test_a_question_answered_elsewhere_is_not_counted_again() -> None:
    """While its card stands open, the question is answered another way in a quiz: the card says so and goes on."""
    async with talking() as talk:
        await miss(talk, "Ana", FACT, WHO)
        await talk("Ana", "/clock +1d")
        card = await talk("Ana", "/review")
        await miss(talk, "Ana", FACT)
        number = card.rsplit("#", 1)[1]
        told = await talk("Ana", f"{number}.{options(card)[COPELAND]}")
        assert told.splitlines()[0] == (
            "(only Ana) You have answered this elsewhere meanwhile, so nothing is counted here. It was Copeland. The "
            "question comes back tomorrow."
        )
        assert (await talk("Ana", f"{number}.1")).startswith("(only Ana) Review, 2 of 2\n")


@pytest.mark.parametrize(
    "token",
    ["answer:1,{0},5", "answer:1,{0},0", "answer:1,{0},-1", "answer:1,{0}", "answer:2,{0},0", "answer", "next:9,{0}", "next", "answer:1,{0},x"],
)  # fmt: skip
async def test_a_forged_token_is_refused(token: str) -> None:
    """What names no sitting or no option of it changes nothing (card 7.11)."""
    async with talking(at=NOW - DAY) as talk:
        await miss(talk, "Ana", FACT)
        await talk("Ana", "/clock +1d")
        card = await talk("Ana", "/review")
        told = await talk.console.press(f"1:review:{token.format(NOW)}")
        assert told.rstrip("\n") == (
            "(only Ana) That button does not belong to this community. Nothing was changed."
        )
        assert (await reviewed(talk, card, COPELAND, known=True)).startswith("(only Ana) Right: Copeland.")


async def test_a_card_outlives_a_restart(tmp_path: Path) -> None:
    """After the process has begun again, the card of a question takes its answer."""
    path = tmp_path / "bot.db"
    async with talking(database=path) as talk:
        await miss(talk, "Ana", FACT)
        await talk("Ana", "/clock +1d")
        card = await talk("Ana", "/review")
    async with talking(database=path, at=NOW + DAY, seed=2) as talk:
        token = f"1:review:answer:1,{NOW + DAY},{options(card)[COPELAND]}"
        assert (await talk.console.press(token)).startswith("(only Ana) Right: Copeland.")


async def _script(stage: Stage) -> list[list[Seen]]:
    asked = await stage.command("Ana", "quiz", kind="fact", about="since 1982", where="private")
    return [
        asked,
        await stage.press("Ana", "Chester"),
        await stage.command("Ana", "review"),
        await stage.pass_time(DAY),
        await stage.command("Ana", "review"),
        await stage.press("Ana", COPELAND),
        await stage.command("Ana", "review"),
        await stage.command("Ben", "review"),
    ]


async def test_people_see_the_same_on_every_platform() -> None:
    """Words, order, audience and buttons agree between the console, Discord and Slack."""
    seen = {}
    for name in STAGES:
        async with on_stage(name) as stage:
            seen[name] = await _script(stage)
    assert (
        seen["console"][5][0].lines[0].startswith("Right: Copeland. The question comes back on Fri 27 Nov.")
    )
    assert seen["discord"] == seen["console"]
    assert seen["slack"] == seen["console"]
