"""What comes back in /review, when, and to whom; what it leaves alone, and what it lets go."""

from pathlib import Path

from adapters.clock import StandingClock
from tests.conversation import talking
from tests.houses import NOW
from tests.review_samples import (
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
    connected,
    item_of,
    miss,
    options,
    other_than,
    retire,
    reviewed,
    rows,
)


async def test_a_live_round_comes_back_at_its_close() -> None:
    """Who answered another way finds the question the next day; who was right or took no part does not."""
    async with talking() as talk:
        card = await talk("Ana", f"/quiz {WHO}")
        await talk("Ana", other_than(card, LENIN))
        await talk("Ben", options(card)[LENIN])
        assert await talk("Ana", "/review") == f"(only Ana) {EMPTY}"
        await talk("Ana", "/clock +45s")
        assert (await talk("Ana", "/review")).startswith("(only Ana) Nothing is due today. The next")
        await talk("Ana", "/clock +1d")
        assert (await talk("Ana", "/review")).startswith("(only Ana) Review, 1 of 1\n")
        for who in ("Ben", "Cem"):
            assert await talk(who, "/review") == f"(only {who}) {EMPTY}"


async def test_an_answer_that_was_changed_counts_as_it_stands_at_the_close() -> None:
    """Who changes to the right answer has nothing to review; who changes away from it has."""
    async with talking() as talk:
        card = await talk("Ana", f"/quiz {WHO}")
        lenin, other = options(card)[LENIN], other_than(card, LENIN)
        for who, first, second in (("Ana", other, lenin), ("Ben", lenin, other)):
            await talk(who, first)
            await talk(who, second)
        await talk("Ana", "/clock +1d")
        assert await talk("Ana", "/review") == f"(only Ana) {EMPTY}"
        assert (await talk("Ben", "/review")).startswith("(only Ben) Review, 1 of 1\n")


async def test_a_standing_round_comes_back_at_once() -> None:
    """The next day it is due, though the round itself is open still."""
    async with talking() as talk:
        card = await talk("Mia", f"/quiz {WHO} open:3d", moderator=True)
        await talk("Cem", other_than(card, LENIN))
        await talk("Ben", options(card)[LENIN])
        await talk("Ana", "/clock +1d")
        assert (await talk("Cem", "/review")).startswith("(only Cem) Review, 1 of 1\n")
        await talk("Ana", "/clock +2d")
        assert (await talk("Cem", "/review")).startswith("(only Cem) Review, 1 of 1\n")
        assert await talk("Ben", "/review") == f"(only Ben) {EMPTY}"


async def test_a_right_answer_in_private_does_not_come_back() -> None:
    """Who is right at once has nothing to review."""
    async with talking() as talk:
        card = await talk("Ana", f"/quiz {WHO} where:private")
        assert (await talk("Ana", options(card)[LENIN])).startswith("(only Ana) Right: Vladimir Lenin")
        assert await talk("Ana", "/review") == f"(only Ana) {EMPTY}"


async def test_a_typed_answer_comes_back_with_options() -> None:
    """In review every question is answered with buttons."""
    async with talking() as talk:
        await talk("Ana", f"/quiz {WHO} answer:typed where:private")
        await talk("Ana", "1")
        assert "comes back in your /review." in await talk("Ana", "tony blair")
        await talk("Ana", "/clock +1d")
        assert LENIN in options(await talk("Ana", "/review"))


async def test_a_question_is_entered_once() -> None:
    """Answered another way twice, it is one question; of another kind, it is another."""
    async with talking() as talk:
        await miss(talk, "Ana", FACT, FACT, WHO)
        await talk("Ana", "/clock +1d")
        assert (await talk("Ana", "/review")).splitlines()[0] == "(only Ana) Review, 1 of 2"


async def test_a_review_gives_no_points_and_counts_for_nobody(tmp_path: Path) -> None:
    """Neither points nor answers nor a question's difficulty know of it."""
    path = tmp_path / "bot.db"
    counted = ("score_events", "answers", "item_stats", "rounds", "deliveries")
    async with talking(database=path) as talk:
        await miss(talk, "Ana", FACT, WHO)
        await talk("Ana", "/clock +1d")
        before = [rows(path, table) for table in counted]
        score, _, _ = (await talk("Ana", "/score")).rpartition("   #")
        await reviewed(talk, await talk("Ana", "/review"), COPELAND, known=True)
        await reviewed(talk, await talk("Ana", "1"), LENIN, known=False)
        assert [rows(path, table) for table in counted] == before
        assert (await talk("Ana", "/score")).startswith(f"{score}   #")


async def test_a_retired_question_is_skipped_and_dropped(tmp_path: Path) -> None:
    """It is counted neither before nor after, and not spoken of."""
    path = tmp_path / "bot.db"
    async with talking(database=path) as talk:
        await miss(talk, "Ana", FACT, WHO, FINISH)
        await talk("Ana", "/clock +1d")
        retire(path, "fact-copeland")
        card = await talk("Ana", "/review")
        assert card.splitlines()[0] == "(only Ana) Review, 1 of 2"
        assert QUESTION not in card
        await reviewed(talk, card, RIGHT[FINISH], known=False)
        retire(path, item_of(path, "who"))
        assert await talk("Ana", "1") == (
            "(only Ana) Nothing is due today. The next question comes tomorrow."
        )
        assert [row[2] for row in rows(path, "reviews")] == ["finish"]


async def test_a_question_retired_while_it_is_shown(tmp_path: Path) -> None:
    """The press is judged against what was shown, and the question does not come back."""
    path = tmp_path / "bot.db"
    async with talking(database=path) as talk:
        await miss(talk, "Ana", FACT)
        await talk("Ana", "/clock +1d")
        card = await talk("Ana", "/review")
        retire(path, "fact-copeland")
        assert await reviewed(talk, card, COPELAND, known=True) == (
            "(only Ana) Right: Copeland. The question has been retired meanwhile, so it does not come back. That was "
            f"the one question due today.{PASSAGE}"
        )
        assert await talk("Ana", "/review") == f"(only Ana) {EMPTY}"
        assert rows(path, "reviews") == []


async def test_a_forgotten_member_s_old_card_answers_nothing(tmp_path: Path) -> None:
    """Once a member's rows are gone the card is refused, also when they have begun anew."""
    path = tmp_path / "bot.db"
    async with talking(database=path) as talk:
        await miss(talk, "Ana", FACT)
        await talk("Ana", "/clock +1d")
        card = await talk("Ana", "/review")
        with connected(path) as connection:
            for table in ("reviews", "review_sittings"):
                connection.execute(
                    f"DELETE FROM {table} WHERE community = ? AND member = ?", ("console:test", "ana")
                )
        number, other = card.rsplit("#", 1)[1], options(card)["Chester"]
        foreign = "(only Ana) That button does not belong to this community. Nothing was changed."
        assert await talk("Ana", f"{number}.{other}") == foreign
        await miss(talk, "Ana", WHO)
        await talk("Ana", "/clock +1d")
        anew = await talk("Ana", "/review")
        pressed = await talk("Ana", f"{number}.{other}")
        assert pressed.splitlines()[1] == "  You have gone on since this card; here is where you are."
        assert (await reviewed(talk, anew, LENIN, known=True)).startswith("(only Ana) Right: Vladimir Lenin")


async def test_a_clock_that_is_set_back_takes_nothing_away() -> None:
    """A question that is on the card is answered, whatever the date says; what comes next is told."""
    async with talking() as talk:
        await miss(talk, "Ana", FACT, WHO)
        await talk("Ana", "/clock +1d")
        card = await talk("Ana", "/review")
        clock = talk.house.clock
        assert isinstance(clock, StandingClock)
        await clock.advance(-2 * DAY)
        told = await reviewed(talk, card, COPELAND, known=False)
        assert told.splitlines()[0] == (
            "(only Ana) It was Copeland. The question comes back tomorrow. That was the one question due today."
        )
        assert await talk("Ana", "/review") == (
            "(only Ana) Nothing is due today. The next question comes tomorrow."
        )


async def test_a_card_counts_no_fewer_than_its_own_place() -> None:
    """Where nothing is due by a clock that was set back, the second question is the second of two."""
    async with talking() as talk:
        await miss(talk, "Ana", FACT, WHO)
        await talk("Ana", "/clock +1d")
        await reviewed(talk, await talk("Ana", "/review"), COPELAND, known=True)
        await talk("Ana", "1")
        clock = talk.house.clock
        assert isinstance(clock, StandingClock)
        await clock.advance(-2 * DAY)
        shown = await talk.console.press(f"1:review:next:1,{NOW + DAY}")
        assert shown.startswith("(only Ana) Review, 2 of 2\n")


async def test_a_review_begins_again_on_another_day() -> None:
    """An unanswered question keeps its place within the day, and is the first of the next."""
    async with talking() as talk:
        await miss(talk, "Ana", FACT, FINISH, WHO)
        await talk("Ana", "/clock +1d")
        await reviewed(talk, await talk("Ana", "/review"), COPELAND, known=False)
        assert (await talk("Ana", "1")).startswith("(only Ana) Review, 2 of 3\n")
        assert (await talk("Ana", "/review")).startswith("(only Ana) Review, 2 of 3\n")
        await talk("Ana", "/clock +1d")
        assert (await talk("Ana", "/review")).startswith("(only Ana) Review, 1 of 3\n")


async def test_a_card_read_on_a_later_day_says_what_is_so_then() -> None:
    """Shown again when the question is due again, the answered card does not say “tomorrow”."""
    async with talking() as talk:
        await miss(talk, "Ana", FACT)
        await talk("Ana", "/clock +1d")
        card = await talk("Ana", "/review")
        other = options(card)["Chester"]
        await talk("Ana", other)
        await talk("Ana", "/clock +1d")
        token = f"1:review:answer:1,{NOW + DAY},{other}"
        again = await talk.console.press(token)
        assert again.splitlines()[0] == "(only Ana) It was Copeland. The question is due again."
        assert (await talk("Ana", "1")).splitlines()[0] == "(only Ana) Review, 1 of 1"
