"""Take note of whom each sentence is about, so that later sentences can go on about them."""

from collections.abc import Iterator, Sequence

from content.importer import lexicon
from content.importer.sentences import Kind
from content.importer.speaking.beside import WRITINGS, author_of, named_beside
from content.importer.speaking.bodies import INSTITUTIONS
from content.importer.speaking.evidence import genders, own_gender
from content.importer.speaking.following import Following
from content.importer.speaking.governing import subject_of
from content.importer.speaking.kin import is_kin
from content.importer.speaking.meaning import meant
from content.importer.speaking.objects import interviewed_in, object_of
from content.importer.speaking.owners import owner_of
from content.importer.speaking.people import Being, Someone
from content.importer.speaking.sorts import Phrase, Sort
from content.importer.speaking.stretch import Stretch
from content.importer.speaking.subjects import acts, subjects
from content.importer.speaking.tags import ASIDES, SPOKEN_TO, is_passive, joined_with

_ASKING = frozenset("asked asks pressed presses quizzed challenged grilled questioned".split())
_BY_THE_WAY = frozenset("with about of on for".split())
"""What before a name says that the sentence is not about its bearer."""
_SENDING = frozenset(
    "out issued issues released releases sent sends wrote writes posted posts published publishes shared emailed tweeted".split()
)
_CLAUSE = 24
"""Tokens that a relative clause may have."""
_ORDINALS = frozenset("one another first second third fourth last other latter former".split())
_MET = frozenset(
    "ask asked tell told meet met see saw ring rang call called phone phoned telephone telephoned visit visited email emailed to with find found".split()
)


def note_subjects(following: Following, stretch: Stretch, start: int, end: int) -> None:
    """Take whom a sentence is about as the latest, the main subject last."""
    about = list(subjects(stretch, start, end))
    idle = not about or about[0].sort is Sort.THING or about[0].noun in {"i", "we", "it", "you", "they"}
    _note_before_main(following, stretch, start, about)
    interviewed = interviewed_in(following, stretch, start, end, about[:1])
    if interviewed is not None:
        following.note(interviewed)
    main = [] if not about else _meant(following, stretch, about[0])
    _note_authors(following, stretch, start, end, main)
    if idle:
        _note_mention(following, stretch, start, end, about[0] if about else None)
    for phrase in _tellers(stretch, start, end):
        _note(following, stretch, phrase)
    for phrase in about[1:]:
        named = phrase.sort is not Sort.ROLE or named_beside(stretch, phrase) is not phrase
        apart = stretch.tokens[phrase.first - 1].text == ";"
        mine = phrase.owner == ("my",) and following.turn is None
        if phrase.first > about[0].first and (named or idle or apart) and not mine:
            _note(following, stretch, phrase)
    _take_main(following, stretch, start, end, main, about[:1])
    for phrase in stretch.between(start, end):
        if _stays_unnamed(stretch, phrase, end):
            _note(following, stretch, phrase)
        before = stretch.tokens[phrase.first - 1] if phrase.first > start else None
        verb = before is not None and before.kind is Kind.WORD and before.low not in lexicon.PREPOSITIONS
        following.mention_role(phrase)
        following.mention(
            phrase, object_=verb and before is not None and not lexicon.names_nobody(before.low)
        )
        if is_kin(phrase):
            meant(following, stretch, phrase)


def _note_authors(
    following: Following, stretch: Stretch, start: int, end: int, main: Sequence[Someone]
) -> None:
    """Keep whose writing a sentence brings up, which “it” or “the statement” then is: “a letter from the Port Authority”."""
    for phrase in stretch.between(start, end):
        if phrase.noun not in WRITINGS or (phrase.definite and not phrase.owner):
            continue
        author = author_of(stretch, phrase)
        theirs = _tells(following, stretch, start, phrase.first) or (main[0] if main else None)
        writer = owner_of(following, phrase) if phrase.owner and phrase.owner != ("its",) else theirs
        if writer is None and any(
            token.low in {"they", "sent"} for token in stretch.tokens[start : phrase.first]
        ):
            writer = following.latest(Being.BODY)
        if author is not None:
            writer = meant(following, stretch, author)[0]
        if author is not None and author.sort is Sort.GROUP and writer is not None:
            following.note(writer)
        if writer is not None and writer.being in {Being.PERSON, Being.BODY}:
            following.writers[phrase.noun] = writer
            sent = any(
                token.low in _SENDING for token in stretch.tokens[max(start, phrase.first - 4) : phrase.first]
            )
            if author is not None or sent or (phrase.owner and phrase.owner[0][0].isupper()):
                following.written = (writer, following.moment)


def _tells(following: Following, stretch: Stretch, start: int, end: int) -> Someone | None:
    """Return the subject of the last verb of saying before a writing: what the Department described in a statement."""
    for verb in range(end - 1, start, -1):
        token = stretch.tokens[verb]
        if token.kind is Kind.WORD and (lexicon.plainly_says(token.low) or lexicon.calls(token.low)):
            found = subject_of(stretch, start, verb)
            return meant(following, stretch, found[0])[0] if found is not None and not found[1] else None
    return None


def _take_main(
    following: Following,
    stretch: Stretch,
    start: int,
    end: int,
    main: Sequence[Someone],
    about: Sequence[Phrase],
) -> None:
    """Take a sentence's main subject as the latest, after whom it speaks of, and as who asks something."""
    asking = next((at for at in range(start, end) if stretch.tokens[at].low in _ASKING), None)
    if main and asking is not None and not is_passive(stretch, asking):
        following.asker = (main[0], following.moment)
    spoken_of = object_of(following, stretch, start, end, main)
    unnamed = bool(main) and main[0].being is Being.NOBODY
    for someone in [*main, *spoken_of] if unnamed else [*spoken_of, *main]:
        following.note(someone)
    if unnamed or not about:
        return
    for other in joined_with(stretch, about[0]):
        _note(following, stretch, other)


def _note_before_main(following: Following, stretch: Stretch, start: int, about: Sequence[Phrase]) -> None:
    """Take whom a sentence brings up before its main subject: in its openings, and before the ’s of a relative."""
    answers = stretch.tokens[start].low in _ASKING
    for phrase in about[1:]:
        if phrase.first < about[0].first and not answers:
            _note(following, stretch, phrase)
    if about and about[0].sort is Sort.PRONOUN:
        _note_opening(following, stretch, start, about[0])
    if about and is_kin(about[0]) and about[0].owner[0][0].isupper():
        for relative in following.roster.named(about[0].owner)[:1]:
            following.note(relative)


def _note_opening(following: Following, stretch: Stretch, start: int, pronoun: Phrase) -> None:
    """Take the only person that an opening clause names, whom its pronoun then means: “When I catch up with Lisle, he …”."""
    if pronoun.noun not in {"he", "she"}:
        return
    named = [
        phrase
        for phrase in stretch.between(start, pronoun.first)
        if not phrase.owner and _is_known(following, phrase)
    ]
    before = stretch.tokens[named[0].first - 1].low if named and named[0].first > start else ""
    if len(named) == 1 and (before == "with" or before not in lexicon.PREPOSITIONS):
        _note(following, stretch, named[0])


def _tellers(stretch: Stretch, start: int, end: int) -> Iterator[Phrase]:
    """Yield who tells somebody something, and who is asked: “was told by the chairman, Lord Fenwright”, “asks Ada Marsh how”."""
    for phrase in stretch.between(start + 1, end):
        if phrase.sort in {Sort.PERSON, Sort.NAME} and stretch.tokens[phrase.first - 1].low in {
            "ask",
            "asks",
            "asked",
        }:
            yield phrase
    yield from (phrase for phrase in stretch.between(start + 1, end) if _says_aside(stretch, phrase, end))
    for at in range(start, end - 2):
        if stretch.tokens[at].low == "according" and stretch.tokens[at + 1].low == "to":
            source = stretch.by_first.get(at + 2)
            if source is not None and source.sort in {Sort.PERSON, Sort.NAME}:
                yield source
        if stretch.tokens[at].low in SPOKEN_TO and stretch.tokens[at + 1].low == "by":
            teller = stretch.by_first.get(at + 2)
            if teller is not None:
                yield teller


def _stays_unnamed(stretch: Stretch, phrase: Phrase, end: int) -> bool:
    """Whether somebody unnamed is said to stay so: “a peer who prefers not to be named”."""
    if phrase.sort is not Sort.ROLE or phrase.definite or phrase.last + 1 >= end:
        return False
    after = [token.low for token in stretch.tokens[phrase.last + 1 : min(end, phrase.last + _CLAUSE)]]
    return "who" in after[:2] and (
        "anonymous" in after or "anonymity" in after or ("not" in after and "named" in after)
    )


def _says_aside(stretch: Stretch, phrase: Phrase, end: int) -> bool:
    """Whether somebody named says something between commas: “There was an organiser, Tasker says, a nice lad”."""
    verb = phrase.last + 1
    if verb + 1 >= end or not (phrase.sort in {Sort.PERSON, Sort.NAME} or phrase.noun in {"he", "she"}):
        return False
    between = stretch.tokens[phrase.first - 1].text in ASIDES and stretch.tokens[verb + 1].text in ASIDES
    return between and lexicon.says(stretch.tokens[verb].low)


def _note(following: Following, stretch: Stretch, phrase: Phrase) -> None:
    for someone in _meant(following, stretch, phrase):
        following.note(someone)


def _meant(following: Following, stretch: Stretch, phrase: Phrase) -> list[Someone]:
    """Return whom a subject means, if it is somebody that later sentences can go on about."""
    if phrase.sort is Sort.PRONOUN and phrase.noun not in {"he", "she"}:
        return []
    if phrase.sort in {Sort.THING, Sort.PLACE} and not phrase.owner:
        return []
    beside = stretch.by_first.get(phrase.last + 2)
    if (
        phrase.noun in _ORDINALS
        and beside is not None
        and beside.sort is Sort.ROLE
        and stretch.tokens[phrase.last + 1].text == ","
    ):
        return _meant(following, stretch, beside)
    goes_on = [token.low for token in stretch.tokens[phrase.last + 1 : phrase.last + 6]]
    if phrase.noun in _ORDINALS and "who" in goes_on:
        gender = next(genders(stretch, phrase), "")
        return [Someone(Being.NOBODY, role=phrase.text, gender=gender, noun=phrase.noun)]
    if phrase.noun in {"one", "another"} and goes_on[:1] == ["of"]:
        named = named_beside(stretch, phrase)
        if named is not phrase:
            return _meant(following, stretch, named)
        people = stretch.by_first.get(phrase.last + 2)
        if people is not None and people.sort is Sort.PEOPLE and not people.name:
            gender = {"men": "m", "women": "f"}.get(people.noun, "")
            return [Someone(Being.NOBODY, role=phrase.text, gender=gender, noun=phrase.noun)]
    if phrase.noun in _ORDINALS or (
        phrase.sort is Sort.BODY and phrase.noun not in INSTITUTIONS and not phrase.owner
    ):
        return []
    someone, _ = meant(following, stretch, phrase)
    if someone is not None and someone.being is Being.NOBODY and not someone.gender:
        someone.gender = own_gender(stretch, phrase)
    return [someone] if someone is not None and someone.being is not Being.PEOPLE else []


def _note_mention(
    following: Following, stretch: Stretch, start: int, end: int, subject: Phrase | None
) -> None:
    """A sentence about nothing that speaks brings up whom it names: who acts in it, whom I meet, whom it is from."""
    quoted = any(token.kind is Kind.QUOTE for token in stretch.tokens[start:end])
    named = [
        phrase for phrase in stretch.between(start, end) if not phrase.owner and _is_known(following, phrase)
    ]
    chosen = [phrase for phrase in named if acts(stretch, phrase)]
    for phrase in named:
        before = stretch.tokens[phrase.first - 1].low if phrase.first else ""
        if _in_question(stretch, start, phrase):
            continue
        met = subject is not None and subject.noun in {"i", "we"}
        aside = before in _BY_THE_WAY and not met
        if met or before in {"from", "by"} or (len(named) == 1 and not quoted and not aside):
            chosen = chosen or [phrase]
    if not chosen and subject is not None and subject.noun in {"i", "we"}:
        asked = (phrase for phrase in stretch.between(subject.last + 1, end) if phrase.sort is Sort.ROLE)
        chosen = [phrase for phrase in asked if stretch.tokens[phrase.first - 1].low in _MET][:1]
    if chosen:
        _note(following, stretch, chosen[0])


def _in_question(stretch: Stretch, start: int, phrase: Phrase) -> bool:
    """Whether a name stands in what somebody asks: “I ask whether she ever found Kelly”."""
    return any(token.low in {"whether", "if"} for token in stretch.tokens[start : phrase.first])


def _is_known(following: Following, phrase: Phrase) -> bool:
    """Whether a phrase names a person: by its own looks, or since the page has named that person in full."""
    if phrase.sort is Sort.PERSON:
        return True
    return phrase.sort is Sort.NAME and any(
        known.being is Being.PERSON for known in following.roster.named(phrase.name)
    )
