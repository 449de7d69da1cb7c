"""/quiz in the console: live, standing, private and typed rounds, and several of them."""

import re

import pytest

from tests.conversation import Talk, option, talking

QUESTION = """\
Who said it?
  According to Neal Lawson, who said “the right words are worth a hundred regiments”?
  Closes at 20:00:45. You can change your answer once.
Grade C: reported, according to Neal Lawson, 2010 (inferred)."""

PASSAGE = """\
  In the article:
  | “Ironically, it was Lenin who said that "the right words are worth a hundred regiments".”
Grade C: reported, according to Neal Lawson, 2010 (inferred). Not found so far outside this article.
Source: Neal Lawson, “Out of one party, many cultures”, 2010 (inferred)
[1] My result  [2] In context  [3] Next question  [4] Discuss   #1"""

LENIN, ASHDOWN = "Vladimir Lenin", "Paddy Ashdown"
SOLVED = "Vladimir Lenin, according to Neal Lawson"


async def _asked(talk: Talk, line: str = "/quiz kind:who about:words") -> str:
    return await talk("Ana", line)


async def test_a_question_does_not_give_itself_away() -> None:
    """Outside the options the right answer is named nowhere before the close (card 2.1)."""
    async with talking() as talk:
        card = await _asked(talk)
        assert card.rsplit("\n", 1)[0] == QUESTION
        buttons = card.rsplit("\n", 1)[1]
        assert "Lenin" not in QUESTION
        labels = set(re.findall(r"\[\d\] ([^\[#]+?)(?:  | {3}#)", buttons))
        assert labels == {"Vladimir Lenin", "Antonio Gramsci", "Paddy Ashdown", "Eduard Bernstein"}


async def test_an_answer_can_be_changed_once() -> None:
    """The first is taken, the same again says so, another replaces it, a third is refused (cards 2.2 and 2.3)."""
    async with talking() as talk:
        card = await _asked(talk)
        lenin, ashdown = option(card, LENIN), option(card, ASHDOWN)
        once = "You can change it once, until 20:00:45."
        assert await talk("Ana", ashdown) == f"(only Ana) Your answer: Paddy Ashdown. {once}"
        assert await talk("Ana", ashdown) == f"(only Ana) Your answer is Paddy Ashdown already. {once}"
        assert await talk("Ana", lenin) == "(only Ana) Changed to Vladimir Lenin. This answer stays."
        stays = "(only Ana) An answer can be changed once, so yours stays Vladimir Lenin."
        assert await talk("Ana", ashdown) == stays
        assert await talk("Ana", lenin) == stays


async def test_a_result_shows_shares_and_names_nobody() -> None:
    """At the deadline the question becomes its result: twelve answers in shares that make a hundred (card 2.4)."""
    async with talking() as talk:
        card = await _asked(talk)
        answers = {LENIN: 7, "Eduard Bernstein": 3, "Antonio Gramsci": 2}
        people = iter(range(12))
        for name, number in answers.items():
            for _ in range(number):
                await talk(f"Member {next(people)}", option(card, name))
        assert await talk("Ana", "/clock +45s") == (
            f"Who said it? {SOLVED}\n"
            "  12 answers, 7 right, 1 point each.\n"
            "  Vladimir Lenin 58% (7) · Eduard Bernstein 25% (3) · Antonio Gramsci 17% (2) · Paddy Ashdown 0% (0)\n"
            f"{PASSAGE}"
        )


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (0, "No answers this time."),
        (1, "1 answer. “My result” shows you your own; shares are shown from 3 answers on."),
        (2, "2 answers. “My result” shows you your own; shares are shown from 3 answers on."),
    ],
)
async def test_few_answers_are_not_told_apart(answers: int, said: str) -> None:
    """Below three answers, shares would tell each member the other's (cards 2.7 and 2.8)."""
    async with talking() as talk:
        card = await _asked(talk)
        for number in range(answers):
            await talk(f"Member {number}", option(card, LENIN))
        assert await talk("Ana", "/clock +45s") == f"Who said it? {SOLVED}\n  {said}\n{PASSAGE}"


async def test_a_fast_right_answer_is_told_what_it_brought() -> None:
    """Where moderators give more for a fast answer, the result says so to all, and “My result” to each."""
    async with talking() as talk:
        await talk("Mia", "/settings points:2 fast:1", moderator=True)
        card = await _asked(talk)
        right = option(card, LENIN)
        await talk("Ana", f"{card[-1]}.{right}")
        await talk("Ana", "/clock +20s")
        await talk("Ben", f"{card[-1]}.{right}")
        await talk("Cem", f"{card[-1]}.{right}")
        closed = await talk("Ana", "/clock +25s")
        assert closed.splitlines()[1] == "  3 answers, 3 right, 2 points each, 1 more within 10 seconds."
        assert await talk("Ana", "1") == f"(only Ana) Right: {SOLVED}. 3 points; 3 this week."
        assert await talk("Ben", "1") == f"(only Ben) Right: {SOLVED}. 2 points; 2 this week."


async def test_thousands_of_points_have_their_comma() -> None:
    """A figure is written the same in the result, in the score and on the board."""
    async with talking() as talk:
        card = await talk("Ana", "/quiz who private about:words")
        await talk("Ana", option(card, LENIN))
        await talk("Mia", "/moderate adjust Ana 1000 for the year", moderator=True)
        await talk("Mia", "/moderate adjust Ana 1000 for another", moderator=True)
        score = await talk("Ana", "/score")
        assert score.splitlines()[1] == "  2,001 points this week, 2,001 this month, 2,001 in all"


async def test_each_learns_their_own_result_alone() -> None:
    """Right, not right and not there: each is told privately, and a late press is not counted (cards 2.5, 2.6)."""
    async with talking() as talk:
        card = await _asked(talk)
        lenin, ashdown = option(card, LENIN), option(card, ASHDOWN)
        await talk("Ana", lenin)
        await talk("Ben", ashdown)
        await talk("Ana", "/clock +45s")
        assert await talk("Ana", "1") == f"(only Ana) Right: {SOLVED}. 1 point; 1 this week."
        assert (
            await talk("Ben", "1") == f"(only Ben) It was {SOLVED}. The question comes back in your /review."
        )
        assert await talk("Cem", "1") == (
            f"(only Cem) It was {SOLVED}. You were not in this round; “Next question” opens another."
        )
        late = (await talk.console.press("1:quiz:answer:1,0")).rstrip("\n")
        assert (
            late
            == f"(only Cem) This round closed at 20:00:45, so this answer is not counted. It was {SOLVED}."
        )


async def test_one_round_at_a_time_in_a_channel() -> None:
    """A second round waits for the first; who asked may reveal it (card 7.8)."""
    async with talking() as talk:
        await _asked(talk)
        busy = "A round is open here until 20:00:45. The next can open after that."
        assert await talk("Ben", "/quiz") == f"(only Ben) {busy}"
        assert await talk("Ana", "/quiz") == f"(only Ana) {busy}\n[1] Reveal now   #2"
        assert (await talk("Ana", "1")).splitlines()[0] == "(only Ana) Revealed."
        assert (await talk("Ben", "/quiz kind:fact")).startswith("A question of fact\n")


async def test_a_round_of_another_channel_does_not_stand_in_the_way() -> None:
    """Rounds are counted channel by channel."""
    async with talking() as talk:
        await _asked(talk)
        await talk("Ana", "/in #quiz")
        assert (await talk("Ana", "/quiz kind:fact")).startswith("A question of fact\n")


async def test_a_standing_round_tells_each_at_once() -> None:
    """The first answer counts and is told; everyone sees the result at the close (cards 2.9 and 2.10)."""
    async with talking() as talk:
        card = await talk("Mia", "/quiz who about:words open:3d", moderator=True)
        assert card.splitlines()[2] == (
            "  Open until Fri 27 Nov, 20:00. The first answer counts: you learn yours at once, everyone sees it at "
            "the close."
        )
        lenin, ashdown = option(card, LENIN), option(card, ASHDOWN)
        body = PASSAGE.rsplit("\n", 1)[0]
        others = "The others see it on Fri 27 Nov at 20:00"
        assert await talk("Ben", lenin) == (
            f"(only Ben) Right: {SOLVED}. 1 point. {others}; please keep it until then.\n{body}"
        )
        assert await talk("Ben", ashdown) == (
            "(only Ben) The first answer counts in this round, and yours is in. Everyone sees the result on Fri 27 "
            "Nov at 20:00."
        )
        assert await talk("Cem", ashdown) == (
            f"(only Cem) It was {SOLVED}. {others}; the question comes back in your /review.\n{body}"
        )
        closed = await talk("Mia", "/clock +3d")
        assert closed.splitlines()[0] == f"Who said it? {SOLVED}"


async def test_a_standing_round_is_for_moderators() -> None:
    """A member who asks for one is told for whom it is, and nothing is opened."""
    async with talking() as talk:
        assert await talk("Ana", "/quiz open:2h") == (
            "(only Ana) A round that stays open for hours is for this community’s moderators. /quiz without “open” is "
            "for everyone."
        )
        assert (await talk("Ana", "/quiz")).startswith("Who said it?\n")


async def test_a_typed_answer_needs_no_perfect_spelling() -> None:
    """A name is typed in a form that nobody else sees (cards 3.1 to 3.3)."""
    async with talking() as talk:
        card = await talk("Ana", '/quiz who typed about:"Is he a pluralist"')
        assert card == (
            "Who said it?\n"
            "  According to Neal Lawson, who asked of Tony Blair “Is he a pluralist?”\n"
            "  Closes at 20:00:45. Type a name; the spelling need not be perfect. You can change your answer once.\n"
            "Grade C: reported, according to Neal Lawson, 2010 (inferred).\n"
            "[1] Answer   #1"
        )
        assert (await talk("Ana", "1")).startswith("(only Ana) Form: Who said it?")
        assert await talk("Ana", "ashdwon") == (
            "(only Ana) Your answer: Paddy Ashdown. You can change it once, until 20:00:45."
        )
        for number in range(2):
            await talk(f"Member {number}", "1.1")
            await talk(f"Member {number}", "tony blair")
        closed = await talk("Ana", "/clock +45s")
        assert closed.splitlines()[:2] == [
            "Who said it? Paddy Ashdown, according to Neal Lawson",
            "  3 answers, 1 right, 1 point each.",
        ]


async def test_a_typed_name_that_several_people_have() -> None:
    """Which one is asked, even where neither is right, and nothing is counted until it is said (3.4 to 3.8)."""
    async with talking() as talk:
        card = await talk("Mia", '/quiz fact typed open:3d about:"former fixer"', moderator=True)
        assert card == (
            "A question of fact\n"
            "  Whose former fixer is Jon Lansman called in “Losing Momentum: how Jeremy Corbyn’s support group ran out "
            "of steam”?\n"
            "  Open until Fri 27 Nov, 20:00. Type a name; the spelling need not be perfect. The first answer counts.\n"
            "[1] Answer   #1"
        )
        proof = (
            "  | “I meet Jon Lansman, Tony Benn’s former fixer and the founder of Momentum, in a basement room in "
            "October.”\n"
            "Source: “Losing Momentum: how Jeremy Corbyn’s support group ran out of steam”, author not named, New "
            "Statesman, 23 March 2017"
        )
        await talk("Ben", "1")
        assert await talk("Ben", "benn") == (
            "(only Ben) Which one? Nothing is counted yet.\n[1] Hilary Benn  [2] Tony Benn   #2"
        )
        assert await talk("Ben", "2") == (
            "(only Ben) Right: Tony Benn. 1 point. The others see it on Fri 27 Nov at 20:00; please keep it until "
            f"then.\n{proof}"
        )
        await talk("Cem", "1.1")
        assert (await talk("Cem", "Hilary Benn")).splitlines()[0] == (
            "(only Cem) You answered Hilary Benn; the article says Tony Benn. The question comes back in your /review."
        )
        await talk("Dee", "1.1")
        assert await talk("Dee", "Sam Taylor") == (
            "(only Dee) No one in this library is called “Sam Taylor”, so nothing is counted. “Answer” lets you try "
            "again."
        )


async def test_a_typed_answer_that_is_no_name() -> None:
    """A figure is typed too, is never kept, and can be changed once; it need not be among any options."""
    async with talking() as talk:
        card = await talk("Ana", '/quiz fact typed about:"popular vote"')
        assert card == (
            "A question of fact\n"
            "  What share of the popular vote did the two main parties secure in 1951, according to Neal Lawson?\n"
            "  Closes at 20:00:45. Type the answer. You can change your answer once.\n"
            "[1] Answer   #1"
        )
        said = {}
        for typed in ("89", "98%", "98"):
            await talk("Ana", "1")
            said[typed] = await talk("Ana", typed)
        assert said == {
            "89": "(only Ana) Your answer: “89”. You can change it once, until 20:00:45.",
            "98%": "(only Ana) Changed to “98%”. This answer stays.",
            "98": "(only Ana) An answer can be changed once, so yours stays as it is.",
        }
        closed = await talk("Ana", "/clock +45s")
        assert closed.splitlines()[0] == "A question of fact: 98 per cent"
        assert await talk("Ana", "1") == "(only Ana) Right: 98 per cent. 1 point; 1 this week."


async def test_finish_the_quotation() -> None:
    """Endings are numbered, and the result says whose the others are (cards 4.1 and 4.2)."""
    async with talking() as talk:
        card = await talk("Ana", "/quiz finish about:weapon")
        lines = card.splitlines()
        assert lines[0] == "Finish the quotation"
        assert lines[1] == "  How does it end, as Neal Lawson quotes Eduard Bernstein?"
        assert lines[2] == (
            "  | “democracy is both means and ends. It is the weapon in the struggle for socialism and it is the form "
            "in which …”"
        )
        assert sorted(line[4:] for line in lines[3:7]) == [
            "means are readily used to justify ends",
            "people can determine their future collectively",
            "socialism will be realised",
            "the values of equality, solidarity and citizenship resonate",
        ]
        assert lines[-1] == "[1]  [2]  [3]  [4]   #1"
        right = next(line[2] for line in lines[3:7] if line.endswith("socialism will be realised"))
        for number in range(3):
            await talk(f"Member {number}", right)
        closed = (await talk("Ana", "/clock +45s")).splitlines()
        assert closed[0] == "Finish the quotation: socialism will be realised"
        assert f"{right}: 100% (3)" in closed[2]
        others = " and ".join(", ".join(sorted(set("1234") - {right})).rsplit(", ", 1))
        assert closed[4] == (
            f"  Eduard Bernstein, social-democratic theorist (1850 to 1932). Endings {others} are Neal Lawson’s own, "
            "from the same article."
        )


async def test_which_article() -> None:
    """As many options as articles; the close names the speaker (card 4.3)."""
    async with talking() as talk:
        card = await talk("Ana", '/quiz article about:"done to people"')
        assert card.splitlines()[:2] == ["Which article?", "  | “Change is done to people, not with people.”"]
        assert card.splitlines()[-1] == "[1]  [2]   #1"
        closed = await talk("Ana", "/clock +45s")
        assert closed.splitlines()[0] == "Which article? Out of one party, many cultures"
        assert "  Neal Lawson" in closed


async def test_a_question_of_fact_is_proved_by_its_passage() -> None:
    """The result cites the sentence that answers it (cards 4.4 and 4.5)."""
    async with talking() as talk:
        card = await talk("Ana", "/quiz fact about:1982")
        assert card.splitlines()[1] == (
            "  Which by-election was, by March 2017, the first since 1982 in which a governing party took a seat from "
            "the opposition?"
        )
        closed = (await talk("Ana", "/clock +45s")).splitlines()
        assert closed[0] == "A question of fact: Copeland"
        assert closed[3] == (
            "  | “Now comes the result of the by-election in Copeland in the north-west of England, and the first time "
            "since 1982 that a ruling government has taken a seat from the opposition in a by-election.”"
        )


async def test_alone_at_the_console_a_round_closes_on_the_answer() -> None:
    """Who plays alone is told at once and gets the point; the same question later gives none."""
    async with talking(alone=None) as talk:
        card = await talk("Ana", "/quiz who about:words")
        assert card.splitlines()[2] == "  Closes with your answer."
        told = await talk("Ana", option(card, LENIN))
        assert told.splitlines()[0] == f"Right: {SOLVED}. 1 point; 1 this week."
        again = await talk("Ana", "/quiz who about:words")
        told = await talk("Ana", option(again, LENIN))
        assert told.splitlines()[0] == f"Right: {SOLVED}. You have had the point for this question before."
        await talk("Ana", "/clock +2m")
        assert (await talk("Ana", "/score")).splitlines()[1] == "  1 point this week, 1 this month, 1 in all"


@pytest.mark.parametrize(
    "token", ["1:quiz:answer:1,x", "1:quiz:answer:1,9", "1:quiz:answer:1", "1:quiz:answer:x,0"]
)
async def test_a_forged_option_is_no_answer(token: str) -> None:
    """A token whose option is no number of the round's is refused, and counts as no answer."""
    async with talking() as talk:
        await _asked(talk)
        refused = "(only Ana) That button does not belong to this community. Nothing was changed."
        assert (await talk.console.press(token)).rstrip("\n") == refused
        assert "No answers this time." in await talk("Ana", "/clock +45s")


async def test_a_private_round_is_for_one_member() -> None:
    """Its card is shown to the asker alone, and nobody else can answer it."""
    async with talking() as talk:
        card = await talk("Ana", "/quiz who about:words where:private")
        assert card.startswith("(only Ana) Who said it?")
        assert await talk("Ben", "1.1") == ("(only Ben) This card is somebody else’s. /quiz opens your own.")
        assert (await talk("Ana", option(card, ASHDOWN))).splitlines()[0] == (
            f"(only Ana) It was {SOLVED}. The question comes back in your /review."
        )


async def test_a_set_of_rounds_ends_with_how_it_went() -> None:
    """Each round opens when the one before closes; the result counts them all and names nobody hidden (2.11)."""
    async with talking() as talk:
        card = await talk("Ana", "/quiz fact rounds:3")
        for number in range(3):
            assert card.splitlines()[-1].endswith(f"#{number + 1}")
            await talk("Ana", f"{number + 1}.1")
            card = await talk("Ana", "/clock +45s")
        result = card.splitlines()[-3:]
        assert result[0] == "Three rounds"
        assert re.fullmatch(
            r"  3 answers, \d right\.(?: Rounds? \d(?: and \d)? had the most right answers, rounds? \d(?: and \d)? the fewest\.)?",
            result[1],
        )
        assert result[2] == "[1] My result  [2] Three more  [3] Leaderboard   #4"
        assert re.fullmatch(
            r"\(only Ana\) \d of your 3 answers right; (?:1 point|\d points|no points) this week\.",
            await talk("Ana", "1"),
        )


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("/qoute", "There is no /qoute. Did you mean /quote?\n[1] /quote  [2] /help   #1"),
        ("/hlep", "There is no /hlep. Did you mean /help?\n[1] /help   #1"),
        ("/help hlep", "There is no /hlep. Did you mean /help?\n[1] /help   #1"),
        ("/help moderate log2", "There is no /moderate log2. Did you mean /moderate log?\n[1] /moderate log  [2] /help moderate   #1"),
        (
            "/moderate log2",
            "There is no /moderate log2. Did you mean /moderate log?\n[1] /moderate log  [2] /help moderate   #1",
        ),
        (
            "/Moderate",
            "/moderate goes on with adjust, rescore, challenge or log. /help moderate explains them.\n[1] /help moderate   #1",
        ),
        ("/quiz kind:whom", "There is no kind “whom”. Did you mean who? The kinds are who, finish, article and fact.\n[1] who   #1"),
        ("/quiz rounds:500", "rounds goes from 1 to 10, and “500” is outside that."),
        ("hello", "Commands begin with /. /help lists them."),
        ("", "Commands begin with /. /help lists them."),
        ("/quiz finish typed", "A question of the kind finish is answered with buttons. Typed answers go with who and fact."),
        ("/" + "x" * 10_000, f"There is no /{'x' * 59}…. /help lists what there is."),
        ("/quote about:\x1b[31m\u202e", "Nothing here is about “[31m”. Topics here: pluralism, parties, Momentum, by-elections."),
        (
            '/quiz kind:finish about:"hundred regiments"',
            "There is no question of the kind finish about “hundred regiments” here yet. /quote is ready.",
        ),
    ],
)  # fmt: skip
async def test_mistakes_get_a_sentence_and_change_nothing(typed: str, answer: str) -> None:
    """What was typed comes back harmless, with what to do now (cards 7.1, 7.9, 7.10, 7.13)."""
    async with talking() as talk:
        assert await talk("Ana", typed) == f"(only Ana) {answer}"
