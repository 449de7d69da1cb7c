"""/library review in the console, as moderators read it."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.library import Prompt
from bot.core.ports import Found
from tests.conversation import Talk, option
from tests.houses import shelves
from tests.moderated import COMMUNITY, FRIDAY, fill, moderated, prepared, quotation_of, shelf_of

SOURCE = (
    "Source: “Losing Momentum: how Jeremy Corbyn’s support group ran out of steam”, author not named, "
    "New Statesman, 23 March 2017"
)
MOMENTUM, ONE_PARTY = shelf_of("losing-momentum"), shelf_of("out-of-one-party")
HELD = ("todd-hope", "lenin-regiments")
"""What the proposals below are, as it is bundled: out of service, so that they are new here."""
NOTHING = "(only Mia) Nothing waits in the queue. What members bring with /suggest comes here."


TODD = Found(
    article=MOMENTUM.article,
    item=replace(quotation_of("todd-hope"), reason=""),
    people=tuple(each for each in MOMENTUM.people if each.id == "joe-todd"),
    rule="goes on after “he says”; “he” is Joe Todd, named in the paragraph before; the mark stays open into the next",
    confidence=0.75,
    before="“They lost two elections before Jeremy Corbyn. It’s obvious we need to do something differently,” he says.",
    after="“The left has been timid and negative.",
)
UNSETTLED = "The writer names Lenin and does not say where he said it, so the page cannot settle it."
LENIN = Found(
    article=ONE_PARTY.article,
    item=replace(
        quotation_of("lenin-regiments"),
        reason=UNSETTLED,
    ),
    rule="“it was NAME who said that”",
    confidence=0.90,
)
CARD = f"""\
(only Mia) Queue, 1 of 34: a quotation found by the importer
  | “Politics feels distant for most people: it doesn’t seem to offer any hope for real change.”
  Speaker: Joe Todd. Grade: B, if you agree.
  Before: “They lost two elections before Jeremy Corbyn. It’s obvious we need to do something differently,” he says.
  After: “The left has been timid and negative. …”
  Rule: goes on after “he says”; “he” is Joe Todd, named in the paragraph before; the mark stays open into the next. \
Confidence 0.75.
  Is Joe Todd the speaker?
{SOURCE}
[1] Approve  [2] Edit  [3] Reject  [4] Later   #1"""


async def test_the_queue_shows_why_and_how_sure(tmp_path: Path) -> None:
    """A proposal is shown with its context, its rule and its confidence, and below 0.80 the card asks (card 8.11)."""
    async with moderated(tmp_path, [TODD] * 34, retired=HELD) as talk:
        assert await talk("Mia", "/library review") == CARD


async def test_what_the_page_cannot_settle_is_said_with_the_grade(tmp_path: Path) -> None:
    """Where a grade has a reason it stands in the rule line, and a sure speaker is not asked about (card 8.12)."""
    async with moderated(tmp_path, [LENIN], retired=HELD) as talk:
        card = (await talk("Mia", "/library review")).split("\n")
    assert card[1:5] == [
        "  | “the right words are worth a hundred regiments”",
        "  Speaker: Vladimir Lenin.",
        '  Sentence: Ironically, it was Lenin who said that "the right words are worth a hundred regiments".',
        f"  Rule: “it was NAME who said that”. Confidence 0.90. {UNSETTLED} Grade: C, if you agree.",
    ]
    assert card[5].startswith("Source: Neal Lawson")


async def test_a_rejected_card_keeps_the_reason_and_loses_its_buttons(tmp_path: Path) -> None:
    """The form asks why, and the card then says who rejected it, when and why (card 8.13)."""
    async with moderated(tmp_path, [TODD, LENIN], retired=HELD) as talk:
        await talk("Mia", "/library review")
        await talk("Mia", "/clock +12m")
        assert await talk("Mia", "3") == "(only Mia) Form: Reject"
        assert talk.console.prompt == (
            "  Reason (speaker not certain, not a whole thought, here already, private person, other)> "
        )
        await talk("Mia", "speaker not certain")
        assert talk.console.prompt == "  A word to whoever suggested it [none]> "
        assert await talk("Mia", "") == (
            "(only Mia) Rejected by Mia, Fri 20 Nov, 17:12: speaker not certain. "
            "/library restore brings it back for 30 days."
        )
        assert await talk("Mia", "#1.1") == "(only Mia) Card #1 has no options any more."
        assert (await talk("Mia", "/library review")).startswith("(only Mia) Queue, 1 of 1: ")


@pytest.mark.parametrize("pressed", ["1", "2", "3"], ids=["approve", "edit", "reject"])
async def test_a_second_moderator_is_told_who_decided(tmp_path: Path, pressed: str) -> None:
    """Whatever the second moderator presses, the first decision stands, and nothing is changed (card 8.14)."""
    async with moderated(tmp_path, [TODD], retired=HELD) as talk:
        await talk("Noor", "/library review")
        await talk("Mia", "/library review")
        await talk("Mia", "/clock +12m")
        await talk("Mia", "2.3")
        await fill(talk, "Mia", "other", "")
        assert await talk("Noor", f"1.{pressed}") == (
            "(only Noor) Mia rejected this at 17:12, so nothing was changed. /library review shows the next."
        )
        assert await talk("Noor", "/library show todd-hope-2") == (
            "(only Noor) No article here is called “todd-hope-2”. /library list shows what there is."
        )


@pytest.mark.parametrize(("button", "lines"), [("2", ["", "", "", "", ""]), ("3", ["other", ""])])
async def test_a_form_that_comes_second_changes_nothing(
    tmp_path: Path, button: str, lines: list[str]
) -> None:
    """A form that was open while another moderator decided is refused as a button is, and nothing is half done."""
    async with moderated(tmp_path, [TODD], retired=HELD) as talk:
        await talk("Noor", "/library review")
        await talk("Mia", "/library review")
        token = "1:library:approve:p1"
        await talk("Noor", f"1.{button}")
        for each in lines[:-1]:
            await talk("Noor", each)
        form = talk.console._asking.filling
        talk.console._asking.filling = None
        await talk("Mia", "2.1")
        await talk("Noor", "/clock +1d")
        talk.console._asking.filling = form
        assert await talk.console.type(lines[-1]) == (
            "(only Noor) Mia approved this on Fri 20 Nov at 17:00, so nothing was changed. "
            "/library review shows the next.\n"
        )
        assert "14 quotations" in await talk("Mia", "/library list")
        assert await talk.console.press(token) == (
            "(only Mia) Mia approved this on Fri 20 Nov at 17:00, so nothing was changed. "
            "/library review shows the next.\n"
        )


async def test_what_is_approved_is_served_at_once(tmp_path: Path) -> None:
    """An approved quotation goes into service under an id of its own, and the card says how to take it out."""
    async with moderated(tmp_path, [TODD], retired=HELD) as talk:
        await talk("Mia", "/library review")
        assert await talk("Mia", "1") == (
            "(only Mia) Approved by Mia, Fri 20 Nov, 17:00. In service here: the quotation todd-hope-2, “Politics feels "
            "distant for most people: it doesn’t seem to offer any hope for …” /library retire takes it out."
        )
        assert "Politics feels distant" in await talk("Ana", '/quote about:"feels distant"')
        assert await talk("Mia", "/library review") == (
            "(only Mia) Nothing waits in the queue. What members bring with /suggest comes here."
        )


async def test_later_goes_round_and_round(tmp_path: Path) -> None:
    """“Later” shows the next entry in place, after the last the first again, and says when there is one alone."""
    async with moderated(tmp_path, [TODD, LENIN], retired=HELD) as talk:
        await talk("Mia", "/library review")
        assert (await talk("Mia", "4")).startswith("(only Mia) Queue, 2 of 2: a quotation")
        assert (await talk("Mia", "4")).startswith("(only Mia) Queue, 1 of 2: a quotation")
        await talk("Mia", "1")
        await talk("Mia", "/library review")
        assert await talk("Mia", "4") == "(only Mia) This is the one entry that waits."


async def test_a_speaker_can_be_corrected(tmp_path: Path) -> None:
    """The form has what is known; another speaker is named in a few letters, and the words may be shortened."""
    async with moderated(tmp_path, [TODD], retired=HELD) as talk:
        await talk("Mia", "/library review")
        await talk("Mia", "2")
        assert talk.console.prompt.startswith("  The words, exactly [Politics feels distant")
        answer = await fill(talk, "Mia", "Politics feels distant for most people", "lansman", "", "", "")
        assert answer.startswith(
            "(only Mia) Approved by Mia, Fri 20 Nov, 17:00. In service here: the quotation"
        )
        shown = await talk("Mia", "/library show todd-hope-2")
    assert shown.split("\n")[1:3] == [
        "  | “Politics feels distant for most people”",
        "  Jon Lansman, founder of Momentum",
    ]
    assert "  Asked as: who and article" in shown.split("\n")


async def test_words_stay_as_the_article_has_them(tmp_path: Path) -> None:
    """Words that do not stand in the passage are refused at their field, which is asked again."""
    async with moderated(tmp_path, [TODD], retired=HELD) as talk:
        await talk("Mia", "/library review")
        await talk("Mia", "2")
        refused = await fill(talk, "Mia", "Politics feels very distant.", "", "", "", "")
        assert "Copy them letter by letter. Nothing was changed." in refused
        assert (await talk("Mia", "")).startswith("(only Mia) Approved by Mia")


FIRST = MOMENTUM.excerpts[0]
OTHERS: Sequence[tuple[Found, str, Sequence[str], str]] = [
    (
        Found(
            article=MOMENTUM.article,
            item=replace(FIRST, id="new-x", text=FIRST.text.rpartition(". ")[0] + "."),
        ),
        "an excerpt found by the importer",
        [""],
        "excerpt new-x, ",
    ),
    (
        Found(article=MOMENTUM.article, item=replace(MOMENTUM.facts[0], id="new-f", question="Who, then?")),
        "a question of fact found by the importer",
        ["Which, then?", "", ""],
        "question of fact new-f, “Which, then?” ",
    ),
    (
        Found(article=MOMENTUM.article, item=Prompt(id="new-p", article="losing-momentum", text="What now?")),
        "a prompt found by the importer",
        ["What next?"],
        "prompt new-p, “What next?” ",
    ),
]


@pytest.mark.parametrize(("found", "title", "lines", "named"), OTHERS, ids=["excerpt", "fact", "prompt"])
async def test_every_kind_can_be_put_right_and_approved(
    tmp_path: Path, found: Found, title: str, lines: Sequence[str], named: str
) -> None:
    """Excerpts, questions of fact and prompts have a card and a form of their own."""
    async with moderated(tmp_path, [found]) as talk:
        card = await talk("Mia", "/library review")
        assert card.startswith(f"(only Mia) Queue, 1 of 1: {title}\n")
        await talk("Mia", "2")
        answer = await fill(talk, "Mia", *lines)
        assert answer.startswith("(only Mia) Approved by Mia, Fri 20 Nov, 17:00. In service here: the ")
        assert named in answer


async def test_what_is_here_already_is_named(tmp_path: Path) -> None:
    """A proposal with the words of an entry in service says so on its card, and is not approved."""
    async with moderated(tmp_path, [TODD]) as talk:
        assert (
            "  Much like todd-hope, by Joe Todd, which is here already:\n  | “Politics feels distant"
            in await talk("Mia", "/library review")
        )
        assert await talk("Mia", "1") == (
            "(only Mia) These words are here already, as todd-hope. Nothing was added."
        )


async def test_no_more_is_approved_than_the_rights_allow(tmp_path: Path) -> None:
    """What would hold more than a quarter of an article in copyright is refused, and goes on waiting."""
    words = "Eleven words that stand in no passage of it so far, truly."
    new = replace(quotation_of("lenin-regiments"), id="new", text=words, passage="", before="", after="")
    async with moderated(tmp_path, [replace(LENIN, item=new)]) as talk:
        await talk("Mia", "/library review")
        assert await talk("Mia", "1") == (
            "(only Mia) 424 words of “Out of one party, many cultures” would be held, and 25% of its 1,689 are 422. "
            "Take out 2 or more. Nothing was added."
        )
        assert (await talk("Mia", "/library review")).startswith("(only Mia) Queue, 1 of 1: a quotation")


async def test_nobody_is_invented(tmp_path: Path) -> None:
    """A quotation without a known speaker says so, is not approved as it stands, and can be given one."""
    unknown = replace(TODD, item=replace(quotation_of("todd-hope"), speaker="", reason=""), people=())
    async with moderated(tmp_path, [unknown], retired=HELD) as talk:
        card = await talk("Mia", "/library review")
        assert "  Speaker: not known. Grade: B, if you agree." in card
        assert "the speaker?" not in card
        assert await talk("Mia", "1") == (
            "(only Mia) Its speaker is not known. “Edit” names one. Nothing was changed."
        )
        await talk("Mia", "2")
        assert "Approved by Mia" in await fill(talk, "Mia", "", "Joe Todd", "", "", "")


async def _suggested(talk: Talk, kind: str, *lines: str) -> None:
    await talk("Ana", f"/suggest {kind}")
    await fill(talk, "Ana", *lines)


async def test_a_question_is_not_edited_into_giving_its_answer_away(tmp_path: Path) -> None:
    """A form whose question has the answer in it is asked again, and nothing is put into service."""
    fact = replace(MOMENTUM.facts[0], id="new-f", question="From which station does the bus leave?")
    async with moderated(tmp_path, [Found(article=MOMENTUM.article, item=fact)]) as talk:
        card = await talk("Mia", "/library review")
        await talk("Mia", option(card, "Edit"))
        refused = await fill(talk, "Mia", "Does the bus leave from Euston?", "", "")
        assert refused.startswith("(only Mia) The question gives its answer away: ask without those words.")
        await talk("Mia", "/cancel")
        assert "called “new-f”" in await talk("Mia", "/library show new-f")


async def test_an_accepted_suggestion_is_credited(tmp_path: Path) -> None:
    """Whoever suggested a quotation is told, and its card says “suggested by Ana” (card 6.16)."""
    async with moderated(tmp_path) as talk:
        await _suggested(
            talk, "quotation", "A bridge is a promise.", "Clara Brook", "Speech at Oxford, 1921", "yes"
        )
        card = await talk("Mia", "/library review")
        assert card.split("\n")[:3] == [
            "(only Mia) Queue, 1 of 1: a quotation suggested on 20 November",
            "  | “A bridge is a promise.”",
            "  Said or written by: Clara Brook",
        ]
        answer = await talk("Mia", "1")
        assert answer.split("\n") == [
            (
                "(only Mia) Approved by Mia, Fri 20 Nov, 17:00. In service here: the quotation own-brook-a-bridge-is-a-promise, "
                "“A bridge is a promise.” /library retire takes it out."
            ),
            "(only Ana) Your suggestion of 20 November was accepted. Its card will say “suggested by Ana”.",
        ]
        shown = await talk("Ana", "/quote by:brook")
    assert shown.split("\n")[:-1] == [
        "Quotation",
        "  | “A bridge is a promise.”",
        "  Attributed to Clara Brook",
        "Grade C: reported, according to “Speech at Oxford, 1921”.",
        "Source: Speech at Oxford, 1921; suggested by Ana",
    ]


async def test_an_accepted_prompt_is_credited_on_its_card(tmp_path: Path) -> None:
    """What is promised to whoever suggests a prompt holds too: its post says so, until they are forgotten."""
    bundled = [prompt.id for shelf in shelves() for prompt in shelf.prompts]
    async with moderated(tmp_path, retired=bundled) as talk:
        await _suggested(talk, "prompt", "What is a bridge worth?", "yes")
        await talk("Mia", "/library review")
        await talk("Mia", "1")
        added = await talk("Mia", "/schedule add prompt #general every day 18:00")
        preview = added.split("\n")[-4:-1]
        await talk("Ana", "/privacy")
        await talk("Ana", "3")
        await talk("Ana", "forget me")
        after = await talk("Mia", "/library show own-prompt-what-is-a-bridge-worth")
    assert preview == ["  For discussion", "  What is a bridge worth?", "Suggested by Ana"]
    assert "Ana" not in after


async def test_an_export_names_no_moderator(tmp_path: Path) -> None:
    """A member's file tells what became of their suggestion, and not who decided it."""
    async with moderated(tmp_path) as talk:
        await _suggested(talk, "prompt", "What is a bridge worth?", "no")
        await talk("Mia", "/library review")
        await talk("Mia", "1")
        await talk("Ana", "/privacy")
        await talk("Ana", "1")
    text = (tmp_path / "hundred-regiments-ana-2026-11-20.json").read_text(encoding="utf-8")
    assert '"state": "accepted"' in text
    assert "mia" not in text.casefold()


async def test_a_suggestion_of_an_article_s_words_belongs_to_it(tmp_path: Path) -> None:
    """Where the source names an article of the library, its author passes the words on."""
    async with moderated(tmp_path, retired=["lenin-regiments"]) as talk:
        words = "the right words are worth a hundred regiments"
        await _suggested(talk, "quotation", words, "lenin", "In Out of one party, many cultures", "no")
        await talk("Mia", "/library review")
        assert "In service here" in await talk("Mia", "1")
        shown = await talk("Ana", "/quote by:lenin")
    assert "Source: Neal Lawson, “Out of one party, many cultures”, 2010 (inferred)\n" in shown


async def test_whoever_suggested_is_told_why_it_was_not_taken(tmp_path: Path) -> None:
    """A rejected suggestion is told with its reason (card 6.16)."""
    async with moderated(tmp_path) as talk:
        await _suggested(talk, "quotation", "A bridge is a promise.", "someone", "somewhere", "yes")
        await talk("Mia", "/library review")
        await talk("Mia", "3")
        answer = await fill(talk, "Mia", "speaker not certain", "")
        assert answer.split("\n") == [
            (
                "(only Mia) Rejected by Mia, Fri 20 Nov, 17:00: speaker not certain. "
                "/library restore brings it back for 30 days."
            ),
            (
                "(only Ana) Your suggestion of 20 November was not taken: speaker not certain. "
                "With a source it can come again."
            ),
        ]


async def test_a_prompt_can_be_put_right_before_it_is_approved(tmp_path: Path) -> None:
    """A suggested prompt is edited in the form, on an article or on none."""
    async with moderated(tmp_path) as talk:
        await _suggested(talk, "prompt", "What would yuo change?", "yes")
        await talk("Mia", "/library review")
        await talk("Mia", "2")
        answer = await fill(talk, "Mia", "What would you change?", "")
        assert (
            "In service here: the prompt own-prompt-what-would-you-change, “What would you change?” "
            in answer
        )
        assert "On no article: 1 prompt" in await talk("Mia", "/library list")


async def test_a_correction_changes_nothing_by_itself(tmp_path: Path) -> None:
    """A correction is approved or rejected, never edited, and what it is about stays as it is."""
    async with moderated(tmp_path) as talk:
        await _suggested(talk, "correction", "Losing Momentum", "The date is wrong.", "")
        card = await talk("Mia", "/library review")
        assert card.split("\n")[-1] == "[1] Approve  [2] Reject  [3] Later   #1"
        answer = await talk("Mia", "1")
        assert answer.startswith(
            "(only Mia) Approved by Mia, Fri 20 Nov, 17:00. Nothing in the library changes by itself."
        )


async def test_suggestions_come_before_what_importers_found(tmp_path: Path) -> None:
    """Somebody waits for the answer, so what members suggest is read first."""
    async with moderated(tmp_path, [TODD], retired=HELD) as talk:
        await _suggested(talk, "prompt", "What would you change?", "yes")
        assert (await talk("Mia", "/library review")).startswith(
            "(only Mia) Queue, 1 of 2: a prompt suggested"
        )
        assert (await talk("Mia", "4")).startswith("(only Mia) Queue, 2 of 2: a quotation found")


async def test_what_was_rejected_comes_back_for_thirty_days(tmp_path: Path) -> None:
    """The list of what can come back has a button for it, which stops working after 30 days."""
    async with moderated(tmp_path, [TODD], retired=HELD[:1]) as talk:
        for _ in range(2):
            await talk("Mia", "/library review")
            await talk("Mia", "3")
            await fill(talk, "Mia", "not a whole thought", "")
            listed = await talk("Mia", "/library restore")
            assert listed.split("\n")[2] == (
                "  2 Rejected by Mia, Fri 20 Nov, 17:00: not a whole thought. “Politics feels distant for most people: it "
                "doesn’t seem to offer any hope for …”"
            )
            assert await talk("Mia", "2") == "(only Mia) Back in the queue. /library review shows it."
        await talk("Mia", "/library review")
        await talk("Mia", "3")
        await fill(talk, "Mia", "other", "")
        await talk("Mia", "/clock +30d")
        assert await talk.console.press("1:library:reopen:p1") == (
            "(only Mia) That was rejected more than 30 days ago and cannot come back. Nothing was changed.\n"
        )
        assert "Rejected" not in await talk("Mia", "/library restore")
        assert await talk("Mia", "/library review") == NOTHING


async def test_every_decision_is_in_the_audit_log(tmp_path: Path) -> None:
    """Who decided what is written down, without naming whose suggestion it was."""
    async with moderated(tmp_path, [TODD, LENIN], retired=HELD) as talk:
        await talk("Mia", "/library review")
        await talk("Mia", "1")
        await talk("Mia", "/library review")
        await talk("Mia", "3")
        await fill(talk, "Mia", "here already", "")
        await _suggested(talk, "prompt", "What would you change?", "yes")
        await talk("Noor", "/library review")
        await talk("Noor", "3")
        await fill(talk, "Noor", "other", "")
        await talk("Noor", "/library restore p2")
        await talk("Mia", "/library retire todd-hope-2")
        await talk("Mia", "1")
    with prepared(tmp_path / "bot.db") as ports:
        noted = [
            (each.name, each.action, each.about, each.detail) for each in ports.audit.page(COMMUNITY, 0, 9)
        ]
    assert noted[::-1] == [
        ("Mia", "approve", "todd-hope-2", ""),
        ("Mia", "reject", "the proposed quotation lenin-regiments", "here already"),
        ("Noor", "reject", "a suggested prompt", "other"),
        ("Noor", "restore", "the proposed quotation lenin-regiments", "into the queue"),
        ("Mia", "retire", "todd-hope-2", ""),
        ("Mia", "restore", "todd-hope-2", ""),
    ]


async def test_a_forged_form_makes_nothing_of_a_correction(tmp_path: Path) -> None:
    """A form for what has none is refused, and the correction goes on waiting."""
    async with moderated(tmp_path) as talk:
        await _suggested(talk, "correction", "Losing Momentum", "The date is wrong.", "")
        await talk("Mia", "/clock")
        sent = "(only Mia) A correction is approved or rejected as it stands.\n"
        assert await talk.console.press("1:library:edit:s1") == sent
        assert "Queue, 1 of 1: a correction" in await talk("Mia", "/library review")


@pytest.mark.parametrize("action", ["approve", "edit", "reject", "later", "reopen"])
@pytest.mark.parametrize("key", ["p2", "p9", "s1", "x1", "p", "p-1", "p" + "9" * 40])
async def test_a_forged_token_changes_nothing(tmp_path: Path, action: str, key: str) -> None:
    """A token of another community's entry, or of none, is refused with a sentence."""
    with prepared(tmp_path / "bot.db") as ports:
        ports.queue.propose(COMMUNITY, TODD, FRIDAY)
        ports.queue.propose("console:elsewhere", TODD, FRIDAY)
    async with moderated(tmp_path) as talk:
        await talk("Mia", "/clock")
        answer = await talk.console.press(f"1:library:{action}:{key}")
        first = "(only Mia) Queue, 1 of 1: a quotation" if action == "later" else None
        refused = "(only Mia) That button does not belong to this community. Nothing was changed.\n"
        assert answer.startswith(first) if first else answer == refused


async def test_members_are_refused_at_a_moderator_s_button(tmp_path: Path) -> None:
    """Whoever does not moderate is refused at the command and at every button and form of it."""
    refusal = "(only Ana) /library is for this community’s moderators. /suggest brings an idea to them."
    async with moderated(tmp_path, [TODD], retired=HELD) as talk:
        await talk("Mia", "/library review")
        assert await talk("Ana", "/library review") == refusal
        for number in ("1", "2", "3", "4"):
            assert await talk("Ana", f"1.{number}") == refusal
        assert (await talk("Mia", "/library review")).startswith("(only Mia) Queue, 1 of 1: a quotation")
