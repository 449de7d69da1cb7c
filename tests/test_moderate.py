"""/moderate: corrections, challenges, sums and the audit log, as conversations."""

from collections.abc import AsyncIterator

import pytest

from tests.conversation import Talk, option, talking

LENIN, BERNSTEIN, ASHDOWN = "Vladimir Lenin", "Eduard Bernstein", "Paddy Ashdown"
SOLVED = "Who said it? Vladimir Lenin, according to Neal Lawson"
FOREIGN = "That button does not belong to this community. Nothing was changed."
REFUSED = "is for this community’s moderators. /suggest brings an idea to them."
QUIETLY = "nobody is told publicly."


@pytest.fixture
async def talk() -> AsyncIterator[Talk]:
    """Open a community where Mia and Noor moderate."""
    async with talking() as opened:
        for name in ("Noor", "Mia"):
            await opened(name, "/settings", moderator=True)
        yield opened


async def _round(talk: Talk, **answers: str) -> str:
    """Let members answer a live round, and close it; gives what is said at the close."""
    card = await talk("Mia", "/quiz who about:words")
    for name, label in answers.items():
        await talk(name, option(card, label))
    return await talk("Mia", "/clock +45s")


async def _points(talk: Talk, *names: str) -> list[int]:
    """Read everybody's points in all, as each is told them."""
    said = [await talk(name, "/score") for name in names]
    return [
        0 if "no points here yet" in each else int(each.split(" this month, ")[1].split()[0]) for each in said
    ]


async def test_a_score_is_corrected_with_a_reason_and_back(talk: Talk) -> None:
    """A correction says what it comes to; Undo takes it back by another event, once."""
    await _round(talk, Ben=LENIN)
    assert await talk("Mia", "/moderate adjust Ben 5 the round closed early") == (
        "(only Mia) @ben: 5 points more, 6 in all. Reason: the round closed early.\n[1] Undo   #4"
    )
    assert await _points(talk, "Ben") == [6]
    await talk("Noor", "/help")
    pressed = (await talk.console.press("1:moderate:undo:1")).rstrip("\n")
    assert pressed == "(only Noor) @ben: taken back, 1 in all."
    assert await _points(talk, "Ben") == [1]
    assert (await talk.console.press("1:moderate:undo:1")).rstrip("\n") == ("(only Ben) /moderate " + REFUSED)
    await talk("Mia", "/help")
    again = (await talk.console.press("1:moderate:undo:1")).rstrip("\n")
    assert again == "(only Mia) Noor took this back at 20:00. Nothing was changed."
    assert await _points(talk, "Ben") == [1]


async def test_points_are_taken_as_far_as_there_are_any(talk: Talk) -> None:
    """A score never falls below nothing."""
    await _round(talk, Ben=LENIN)
    assert await talk("Mia", "/moderate adjust Ben -2 cheating") == (
        "(only Mia) @ben has 1 point, so no more can be taken. Nothing was changed."
    )
    assert (await talk("Mia", "/moderate adjust Ben -1 cheating")).splitlines()[0] == (
        "(only Mia) @ben: 1 point less, 0 in all. Reason: cheating."
    )


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("adjust", "/moderate adjust needs a member, points and a reason, as in: /moderate adjust Ben 5 the round closed early"),
        ("adjust Ben", "/moderate adjust needs points, as in: /moderate adjust Ben 5 the round closed early"),
        ("adjust Ben 5", "A correction needs its reason, as in: /moderate adjust Ben 5 the round closed early. Nothing was changed."),
        ("adjust Ben 0 none", "A correction by 0 points corrects nothing. Nothing was changed."),
        ("adjust Ben 1001 many", "points goes from -1000 to 1000, and “1001” is outside that."),
        ("adjust Zed 5 none", "No one who has answered a round here is called “Zed”. Nothing was changed."),
        ("rescore Zed", "No one who has answered a round here is called “Zed”. Nothing was changed."),
        ("challenge tariffs", "No round on “tariffs” has closed here lately. Nothing was changed."),
    ],
)  # fmt: skip
async def test_mistakes_get_a_sentence(talk: Talk, typed: str, answer: str) -> None:
    """What cannot be done is said with what can, and nothing is changed or noted."""
    await _round(talk, Ben=LENIN)
    assert await talk("Mia", f"/moderate {typed}") == f"(only Mia) {answer}"
    assert await talk("Mia", "/moderate log") == (
        "(only Mia) No moderator has done anything here yet that is noted."
    )
    assert await _points(talk, "Ben") == [1]


async def test_members_are_refused_everywhere(talk: Talk) -> None:
    """A member is refused at each command, at a moderator's old button, and through a forged token."""
    await _round(talk, Ben=LENIN)
    await talk("Mia", "/moderate adjust Ben 5 kindness")
    await talk("Mia", "/moderate challenge")
    for line in ("adjust Ben 5 kindness", "challenge", "rescore", "log"):
        assert await talk("Ben", f"/moderate {line}") == f"(only Ben) /moderate {REFUSED}"
    for line in ("4.1", "5.1"):
        assert await talk("Ben", line) == f"(only Ben) /moderate {REFUSED}"
    for token in ("undo:1", "uphold:1,0", "uphold:1,0,2", "round", "log:0", "turn:0"):
        pressed = (await talk.console.press(f"1:moderate:{token}")).rstrip("\n")
        assert pressed == f"(only Ben) /moderate {REFUSED}"
    assert await _points(talk, "Ben") == [6]


@pytest.mark.parametrize(
    "token",
    ["undo:99", "undo:x", "undo", "uphold:99,0", "uphold", "uphold:1,0,9", "uphold:1,0,x", "uphold:1,0,-1", "round"],
)  # fmt: skip
async def test_forged_tokens_change_nothing(talk: Talk, token: str) -> None:
    """A token that names nothing here, or no other option, is told apart from one that does."""
    await _round(talk, Ben=LENIN)
    assert (await talk.console.press(f"1:moderate:{token}")).rstrip("\n") == f"(only Mia) {FOREIGN}"
    assert await _points(talk, "Ben") == [1]


async def test_a_round_is_voided_for_everyone(talk: Talk) -> None:
    """Its points are taken back from all who had them, in silence; a second moderator is told who decided."""
    closed = await _round(talk, Ana=LENIN, Ben=LENIN, Cem=BERNSTEIN)
    assert closed.splitlines()[0] == SOLVED
    card = await talk("Mia", "/moderate challenge regiments")
    assert card == (
        f"(only Mia) {SOLVED}\n"
        "  According to Neal Lawson, who said “the right words are worth a hundred regiments”?\n"
        "  Closed Tue 24 Nov, 20:00. 3 answers, 2 right.\n"
        "  Vladimir Lenin (2) · Antonio Gramsci (0) · Paddy Ashdown (0) · Eduard Bernstein (1)\n"
        "  Void takes its points back from everyone. Nobody is told publicly.\n"
        "[1] Void the question  [2] Antonio Gramsci is right  [3] Paddy Ashdown is right  [4] Eduard Bernstein is "
        "right   #4"
    )
    await talk("Noor", "/moderate challenge regiments")
    assert await talk("Mia", "4.1") == f"(only Mia) Void: {SOLVED}. Its points are taken back; {QUIETLY}"
    assert await _points(talk, "Ana", "Ben", "Cem") == [0, 0, 0]
    decided = "Mia decided this at 20:00, so nothing was changed."
    assert await talk("Noor", "5.1") == f"(only Noor) {decided}"
    assert await talk("Noor", "5.2") == f"(only Noor) {decided}"
    assert await talk("Ana", "3.1") == "(only Ana) This round counts for nobody. /quiz opens another."
    assert await talk("Mia", "/moderate challenge") == (
        "(only Mia) No round has closed here lately. Nothing was changed."
    )


async def test_another_option_is_made_right(talk: Talk) -> None:
    """Who took it has the points, who had them gives them back; and a later decision is counted from there."""
    await _round(talk, Ana=LENIN, Ben=BERNSTEIN, Cem=ASHDOWN)
    card = await talk("Mia", "/moderate challenge")
    said = await talk("Mia", option(card, f"{BERNSTEIN} is right"))
    assert said == f"(only Mia) {BERNSTEIN} is the right one now. Whoever answered is counted anew; {QUIETLY}"
    assert await _points(talk, "Ana", "Ben", "Cem") == [0, 1, 0]
    assert await talk("Ben", "3.1") == f"(only Ben) Right: {BERNSTEIN}. 1 point; 1 this week."
    card = await talk("Mia", "/moderate challenge")
    assert card.splitlines()[0] == f"(only Mia) Who said it? {BERNSTEIN}"
    await talk("Mia", option(card, f"{LENIN} is right"))
    assert await _points(talk, "Ana", "Ben", "Cem") == [1, 0, 0]
    card = await talk("Mia", "/moderate challenge")
    await talk("Mia", option(card, "Void the question"))
    assert await _points(talk, "Ana", "Ben", "Cem") == [0, 0, 0]


async def test_points_are_taken_back_from_the_week_they_were_given_in(talk: Talk) -> None:
    """A challenge that is decided a week later changes the week of the round, not the one it is decided in."""
    await _round(talk, Ben=LENIN)
    await talk("Mia", "/clock +6d")
    await _round(talk, Ben=LENIN)
    card = await talk("Mia", "/moderate challenge")
    chosen = await talk.console.press("1:moderate:round", "1")
    assert card.splitlines()[0] == "(only Mia) Closed rounds"
    await talk("Mia", option(chosen.rstrip("\n"), "Void the question"))
    assert (await talk("Ben", "/score")).splitlines()[1].startswith("  1 point this week, ")
    assert await _points(talk, "Ben") == [1]


async def test_after_seven_days_a_question_can_only_be_void(talk: Talk) -> None:
    """Who took which option is known for seven days; a button from before that does nothing after it."""
    await _round(talk, Ana=LENIN, Ben=BERNSTEIN, Cem=ASHDOWN)
    early = await talk("Mia", "/moderate challenge")
    await talk("Mia", "/clock +7d")
    card = await talk("Mia", "/moderate challenge")
    too_late = (
        "It closed more than 7 days ago, so it is no longer known who took which option: the question can be void, and "
        "nothing else."
    )
    assert card.splitlines()[-2:] == [f"  {too_late}", "[1] Void the question   #5"]
    pressed = await talk("Mia", f"4.{option(early, f'{BERNSTEIN} is right')}")
    assert pressed == f"(only Mia) {too_late} Nothing was changed."
    assert await _points(talk, "Ana", "Ben") == [1, 0]
    await talk("Mia", "5.1")
    assert await _points(talk, "Ana", "Ben") == [0, 0]


async def test_what_is_still_open_or_private_cannot_be_challenged(talk: Talk) -> None:
    """A round that is open is told to wait; somebody's private round is nobody else's."""
    await talk("Mia", "/quiz who about:words")
    waits = "This round is open until 20:00:45. Nothing was changed."
    assert (await talk.console.press("1:moderate:uphold:1,0")).rstrip("\n") == f"(only Mia) {waits}"
    card = await talk("Ana", "/quiz fact where:private")
    assert card.startswith("(only Ana) A question of fact")
    await talk("Ana", "2.1")
    await talk("Mia", "/help")
    assert (await talk.console.press("1:moderate:uphold:2,0")).rstrip("\n") == f"(only Mia) {FOREIGN}"


async def test_a_large_round_is_counted_anew_slice_by_slice(talk: Talk) -> None:
    """However many answered, everybody comes to their points, and the last of them too."""
    names = [f"Member {number}" for number in range(130)]
    await _round(talk, **dict.fromkeys(names, LENIN))
    card = await talk("Mia", "/moderate challenge")
    await talk("Mia", option(card, "Void the question"))
    await talk("Mia", "/clock +1s")
    assert await _points(talk, names[0], names[64], names[129]) == [0, 0, 0]


async def test_sums_are_worked_out_anew(talk: Talk) -> None:
    """A member's points, or everybody's, come from what was scored."""
    await _round(talk, Ana=LENIN, Ben=LENIN)
    assert await talk("Mia", "/moderate rescore Ana") == "(only Mia) @ana: right already, 1 in all."
    assert await talk("Mia", "/moderate rescore") == (
        "(only Mia) Everyone’s points are being worked out anew, from what was scored."
    )
    assert await talk("Mia", "/clock +1s") == ""
    assert await _points(talk, "Ana", "Ben") == [1, 1]


async def test_the_log_names_who_did_what(talk: Talk) -> None:
    """Everything moderators do stands there, newest first, ten a page."""
    await _round(talk, Ben=LENIN)
    await talk("Noor", "/moderate adjust Ben 5 kindness")
    await talk("Mia", "/library retire prompt-by-election")
    for number in range(2, 11):
        await talk("Mia", f"/settings points:{number}")
    page = (await talk("Mia", "/moderate log")).splitlines()
    assert page[0] == "(only Mia) Audit log, 1 to 10 of 11"
    assert page[1] == "  Tue 24 Nov, 20:00: Mia changed the settings: Points for a right answer 10."
    older = await talk("Mia", option("\n".join(page), "Older"))
    assert (
        older.splitlines()[-2]
        == "  Tue 24 Nov, 20:00: Noor corrected the score of @ben: 5 points more, kindness."
    )
    assert (await talk("Mia", option(older, "Newer"))).splitlines()[1:] == page[1:]


async def test_a_forgotten_member_leaves_no_trace_in_the_log(talk: Talk) -> None:
    """Who asked to be forgotten is neither named nor told of; a forgotten moderator is “a former member”."""
    await _round(talk, Ben=LENIN)
    await talk("Noor", "/moderate adjust Ben 5 kindness to Ben")
    for name in ("Ben", "Noor"):
        card = await talk(name, "/privacy")
        await talk(name, option(card, "Forget me"))
        await talk(name, "forget me")
    assert await talk("Mia", "/moderate log") == (
        "(only Mia) Audit log, 1 to 1 of 1\n  Tue 24 Nov, 20:00: A former member corrected the score of a former "
        "member."
    )
    assert (await talk.console.press("1:moderate:undo:1")).rstrip("\n") == f"(only Mia) {FOREIGN}"
