"""Name the speaker of each quotation: read the page in its order, follow whom it is about, and ask the rules."""

from collections.abc import Sequence

from content.importer import lexicon
from content.importer.marks import Marked
from content.importer.sentences import Kind, Sentence
from content.importer.speaking.addressing import addressed
from content.importer.speaking.enlisting import enlist
from content.importer.speaking.following import Following
from content.importer.speaking.interviews import guest_of, is_question
from content.importer.speaking.leads import introduce
from content.importer.speaking.meaning import as_label, resolve
from content.importer.speaking.noting import note_subjects
from content.importer.speaking.people import Being, Someone
from content.importer.speaking.rules import RULES
from content.importer.speaking.scene import Finding, Here, Scene, Spoken
from content.importer.speaking.stretch import Stretch
from content.importer.speaking.tags import AFTER, BEFORE
from content.importer.speaking.turns import take_name

_ASKERS = frozenset({"Q", "QUESTION", "REPORTER", "INTERVIEWER", "AUDIENCE", "A", "ANSWER"})
"""Labels of a transcript that name nobody."""
_ANSWERERS = frozenset({"A", "ANSWER"})
"""Those of whom an interview is with."""
_TALK = 4
"""Quotations back to which a talk between two goes."""
_LONGEST_LABEL = 7
_TURNS = 3
"""Labelled paragraphs from which on “I” may be anybody's."""
NOBODY = Finding(None, 0.0, "nobody is named for it")


def attribute(
    text: str,
    paragraphs: Sequence[Sequence[Sentence]],
    laid: Sequence[Stretch],
    quotations: Sequence[Marked],
    head: Sequence[Stretch] = (),
    author: str = "",
) -> dict[int, Finding]:
    """Return the finding for each quotation, by its place, of one article's folded text.

    `head` names people too; `author` is who “I” is where no turn of a transcript says it.
    """
    roster = enlist([*laid, *head])
    talk = sum(_is_labelled(stretch) or is_question(stretch) for stretch in laid)
    if author and " and " not in author and talk < _TURNS:
        roster.author = roster.add(tuple(author.split()))
    introduce(roster, laid, head)
    scene = Scene(text, laid, quotations, Following(roster), guest=guest_of(laid, head, roster))
    found: dict[int, Finding] = {}
    for number, sentences in enumerate(paragraphs):
        scene.following.paragraph = number
        _take_turn(scene.following, laid[number])
        start = 0
        for sentence in sentences:
            end = start + len(sentence.tokens)
            scene.following.moment += 1
            note_subjects(scene.following, laid[number], start, end)
            for at in range(start, end):
                if laid[number].tokens[at].kind is Kind.QUOTE:
                    place = laid[number].tokens[at].quote
                    found[place] = _find(scene, Here(number, start, end, at))
            start = end
    return found


def _find(scene: Scene, here: Here) -> Finding:
    answers = (rule(scene, here) for rule in RULES)
    finding = _spoken_to(scene, here, next((answer for answer in answers if answer is not None), NOBODY))
    if (
        scene.is_transcript
        and finding.rule not in {AFTER, BEFORE}
        and finding.someone is scene.following.turn
    ):
        finding = Finding(None, 0.5, "words that a turn of a transcript repeats")
    if finding.someone is not None and finding.someone.being is not Being.PEOPLE:
        scene.following.note(finding.someone)
    scene.history.append(Spoken(finding, scene.quotation(here), here.paragraph, here.at))
    take_name(scene, here)
    called = addressed(scene, here)
    if called is not None:
        scene.following.bring_up(called)
    return finding


def _spoken_to(scene: Scene, here: Here, finding: Finding) -> Finding:
    """Take another than whom a quotation without a tag calls by name: who spoke with them last, else nobody."""
    called = addressed(scene, here) if not finding.tagged and finding.someone is not None else None
    if called is None or called is not finding.someone:
        return finding
    others = (
        spoken.finding.someone
        for spoken in reversed(scene.history[-_TALK:])
        if spoken.finding.someone is not None and spoken.finding.someone is not called
    )
    return Finding(next(others, None), 0.65, "speaks to the one whom the page was about last")


def _take_turn(following: Following, stretch: Stretch) -> None:
    """Take the speaker of a transcript's turn (“NAME:”), who is then “I”, and the one before, who is then “you”."""
    following.labelled = False
    tokens = stretch.tokens
    first = 1 if tokens and lexicon.numbers_question(tokens[0].low) else 0
    label = stretch.by_first.get(first)
    at = label.last + 1 if label is not None else first + 1
    if (
        at + 2 < len(tokens)
        and tokens[at].text == "("
        and (known := stretch.by_first.get(at + 1)) is not None
    ):
        label, at = (known if known.name else label), known.last + 2
    if at > _LONGEST_LABEL or at >= len(tokens) or tokens[at].text != ":":
        return
    if tokens[0].text.upper() in _ANSWERERS and at == 1 and following.roster.interviewed is not None:
        someone: Someone | None = following.roster.interviewed
    elif tokens[0].text.upper() in _ASKERS and at == 1:
        someone = Someone(Being.NOBODY, role=tokens[0].text)
    else:
        someone = resolve(following, as_label(stretch, label))[0] if label is not None else None
    if someone is not None:
        following.take_turn(someone)
        following.partner = _called_on(following, stretch, at + 1) or following.partner


def _is_labelled(stretch: Stretch) -> bool:
    """Whether a paragraph begins as a turn does, with a label and a colon."""
    return any(token.text == ":" for token in stretch.tokens[1:_LONGEST_LABEL])


def _called_on(following: Following, stretch: Stretch, at: int) -> Someone | None:
    """Return whom a turn begins by calling by name: “CHAIR: Dr Achebe, you wrote …”."""
    called = stretch.by_first.get(at)
    if called is None or not called.name or called.last + 1 >= len(stretch.tokens):
        return None
    known = following.roster.named(called.name, called.gender)
    return known[0] if len(known) == 1 and stretch.tokens[called.last + 1].text == "," else None
