"""The rules that name a speaker, in the order they are asked, each with how sure it is (0 to 1)."""

from collections.abc import Callable
from dataclasses import replace

from content.importer import lexicon
from content.importer.sentences import Kind, closes
from content.importer.speaking.addressing import addressed
from content.importer.speaking.before import tag_before
from content.importer.speaking.beside import WRITINGS
from content.importer.speaking.interviews import answered
from content.importer.speaking.meaning import meant, resolve
from content.importer.speaking.owners import owner_of
from content.importer.speaking.people import Being, Someone
from content.importer.speaking.scene import Finding, Here, Scene, found_by, same_as
from content.importer.speaking.sorts import Phrase, Sort
from content.importer.speaking.stretch import Stretch
from content.importer.speaking.subjects import subjects
from content.importer.speaking.tags import ASIDE, BEFORE, COLON, WORDED, Tag, tag_after
from content.importer.speaking.turns import after_colon, after_paragraph, after_sentence

_REPLIES = frozenset(
    "reply replies replied answer answers answered respond responds responded retort retorts retorted".split()
)
_RECITING = frozenset("read reads reading recited recites sang sings".split())
_CLAIMS = frozenset(
    "claim assertion contention remark warning suggestion statement accusation insistence promise complaint pledge judgment judgement belief charge boast argument view"
    " dictum aphorism maxim insight observation definition description notion idea concept term formula formulation phrase line quip jibe".split()
)
_READING = frozenset("quote quotes quoted quoting cite cites cited citing".split())
_WORKS = frozenset(
    "book novel memoir memoirs letter essay speech poem article column diary diaries manifesto phrase line words report lecture play reply answer response verdict advice message conclusion view comment question motto argument song pamphlet".split()
)
_FEELINGS = frozenset(
    "sorry proud glad delighted pleased happy thrilled grateful honoured honored humbled disappointed sad saddened angry furious appalled shocked horrified devastated"
    " heartbroken worried concerned confident hopeful optimistic determined committed surprised relieved minded ready prepared willing open".split()
)
"""What only whoever feels it can say."""
_DOUBTED = 0.84
"""What a pronoun before a quotation takes from how sure its rule is, as measured: its sentence may have told of another."""
_THEN = frozenset("he she it they this that".split())
_LONG = 60
_FARTHEST = 150
"""Tokens that are looked back or forward over."""
SECOND_PART = "second part of the quotation before"
_DASHES = frozenset({"–", "—", "-"})
_AHEAD = frozenset({BEFORE, COLON, ASIDE})
"""The rules that read what precedes a quotation: what follows such a one is no second part of it."""


def left_open(scene: Scene, here: Here) -> Finding | None:
    """The paragraph before ends inside the quotation."""
    last = scene.last
    if here.at or last is None or last.paragraph != here.paragraph - 1 or not last.quotation.open_end:
        return None
    return same_as(last, min(0.97, last.finding.sure), "the paragraph before was left open", tagged=True)


def second_part(scene: Scene, here: Here) -> Finding | None:
    """The second half of “…,” says X, “…”, in one sentence with the first."""
    last, tokens = scene.last, scene.laid[here.paragraph].tokens
    if (
        last is None
        or last.paragraph != here.paragraph
        or last.at < here.start
        or last.finding.rule in _AHEAD
    ):
        return None
    between = tokens[last.at + 1 : here.at]
    if not between or (between[-1].text != "," and between[-1].text not in _DASHES):
        return None
    if between[0].text == "," and any(
        each.low in {"and", "but", "so", "while", "then"} for each in between[1:2]
    ):
        return None
    tagged = any(lexicon.says(token.low) for token in between)
    begins = scene.text[scene.quotation(here).start]
    if not tagged and (between[0].text not in _DASHES or begins.isupper()):
        return None
    return same_as(last, last.finding.sure, SECOND_PART, tagged=True)


def then(scene: Scene, here: Here) -> Finding | None:
    """“Then, after a moment: “…”” behind a tag of the same paragraph: the same speaker."""
    last, tokens = scene.last, scene.laid[here.paragraph].tokens
    if last is None or last.paragraph != here.paragraph or here.at - here.start <= 1:
        return None
    if tokens[here.start].low != "then" or tokens[here.at - 1].text != ":" or not last.finding.tagged:
        return None
    tag = tag_before(scene.laid[here.paragraph], here.start, here.at)
    if tag is not None and tag.phrase.noun not in {"i", "we", "it"}:
        return None
    return same_as(last, min(0.85, last.finding.sure), "goes on from the quotation before", tagged=True)


def beside(scene: Scene, here: Here) -> Finding | None:
    """A tag after the quotation, or the verb before it: what ends with a comma looks ahead, what follows a colon looks back."""
    stretch, inside = scene.laid[here.paragraph], scene.inside(here)
    closed = closes(scene.text, scene.quotation(here))
    ahead = inside.endswith(",")
    comma = ahead or inside[-1:] in {"?", "!", "–", "—", "…", "-"} or inside.endswith("...")
    before = tag_before(stretch, here.start, here.at)
    introduced = before is not None and stretch.tokens[here.at - 1].text in {":", ","}
    after = None if introduced and not ahead else tag_after(stretch, here.at, closed=closed, comma=comma)
    if after is not None and (ahead or before is None):
        if stretch.tokens[after.verb].low in _RECITING and after.phrase.noun in {"he", "she", "i"}:
            return Finding(None, 0.5, "words that somebody reads out", tagged=True)
        but = _neighbour(scene, here) or addressed(scene, here)
        if but is None and stretch.tokens[after.verb].low in _REPLIES:
            but = scene.following.just_asked()
        return found_by(scene, here, _signed(stretch, here, after) or after, but=but)
    if before is not None and before.rule == COLON and not here.start and scene.is_transcript:
        return Finding(None, 0.5, "words that a turn of a transcript repeats", tagged=True)
    if before is not None and _is_shown(scene, here, before):
        return Finding(
            Someone(Being.NOBODY, role="it", noun="sign"), 0.8, "words that are shown somewhere", tagged=True
        )
    quotes = before is not None and stretch.tokens[before.verb].low in _READING
    if before is not None and (quotes or before.phrase.noun in {"i", "we", "it", "there", "this", "you"}):
        work = _work(stretch, here, before.verb if quotes else here.start)
        if work is not None:
            return found_by(scene, here, Tag(work, before.verb, "whose work it is from", 0.85))
    if before is None:
        return None
    found = found_by(scene, here, before, but=_told(scene, here, before) or _spoken_of(scene, here, before))
    doubtful = before.phrase.noun in {"he", "she"} and before.rule == BEFORE
    return replace(found, sure=found.sure * _DOUBTED) if doubtful else found


def _told(scene: Scene, here: Here, tag: Tag) -> Someone | None:
    """Return who is told by name what “she” says: in “She told Det Sgt Shiel: …” she is somebody else."""
    stretch = scene.laid[here.paragraph]
    told = stretch.by_first.get(tag.verb + 1)
    if tag.phrase.sort is not Sort.PRONOUN or told is None or not told.name:
        return None
    known = scene.following.roster.named(told.name, told.gender)
    return known[0] if len(known) == 1 else None


def _spoken_of(scene: Scene, here: Here, tag: Tag) -> Someone | None:
    """Return whom the sentence around an aside is about: in “the minister, she said, was …” she is not the minister."""
    stretch = scene.laid[here.paragraph]
    as_said = tag.phrase.first and stretch.tokens[tag.phrase.first - 1].low == "as"
    if tag.rule != ASIDE or tag.phrase.sort is not Sort.PRONOUN or as_said:
        return None
    main = next(subjects(stretch, here.start, here.at), None)
    return (
        meant(scene.following, stretch, main)[0]
        if main is not None and main is not tag.phrase and main.sort is not Sort.PRONOUN
        else None
    )


def _is_shown(scene: Scene, here: Here, tag: Tag) -> bool:
    """Whether “it says” goes with words in capitals: what is written on something."""
    words_ = [word for word in scene.inside(here).split() if word[:1].isalpha()]
    return tag.phrase.noun == "it" and len(words_) > 1 and all(word[0].isupper() for word in words_)


def _signed(stretch: Stretch, here: Here, tag: Tag) -> Tag | None:
    """Read “it read” behind a sentence in which somebody writes or sends a letter."""
    if tag.phrase.noun != "it":
        return None
    for phrase in reversed(stretch.between(max(0, here.at - _FARTHEST), here.at)):
        if phrase.noun in WRITINGS:
            stops = (
                place
                for place in range(phrase.first - 1, -1, -1)
                if stretch.tokens[place].kind in {Kind.STOP, Kind.QUOTE}
            )
            author = next(subjects(stretch, next(stops, -1) + 1, phrase.first), None)
            named = author is not None and author.sort in {Sort.PERSON, Sort.NAME}
            return Tag(author, tag.verb, "who wrote what it stands in", 0.78) if author and named else None
    return None


def _work(stretch: Stretch, here: Here, start: int) -> Phrase | None:
    """Return a phrase like “Smith's old book” before a quotation that is taken from it."""
    for phrase in stretch.between(max(start, here.at - _FARTHEST), here.at):
        owned = phrase.owner and (phrase.owner[0][0].isupper() or start > here.start)
        if owned and phrase.noun in _WORKS:
            return phrase
        if (
            phrase.noun in _WORKS
            and start > here.start
            and stretch.tokens[phrase.last + 1].low in {"from", "by"}
        ):
            author = stretch.by_first.get(phrase.last + 2)
            return author if author is not None and author.name else None
    return None


def _neighbour(scene: Scene, here: Here) -> Someone | None:
    """Return who spoke the quotation right before, with nothing between: a tag of its own means somebody else."""
    last = scene.last
    adjacent = last is not None and last.paragraph == here.paragraph and last.at == here.at - 1
    return last.finding.someone if last is not None and adjacent else None


def at_the_end(scene: Scene, here: Here) -> Finding | None:
    """A tag at the end of the sentence: the plan was “a disaster” for the north, Smith said."""
    stretch = scene.laid[here.paragraph]
    for comma in range(here.end - 1, max(here.at, here.end - _FARTHEST), -1):
        token = stretch.tokens[comma]
        if token.kind is Kind.QUOTE:
            return None
        if token.text == ",":
            tag = tag_after(stretch, comma - 1, closed=False, comma=False)
            verb = stretch.tokens[tag.verb].low if tag is not None else ""
            if tag is not None and (lexicon.plainly_says(verb) or verb == "according"):
                return found_by(
                    scene, here, Tag(tag.phrase, tag.verb, "named in the tag that ends the sentence", 0.92)
                )
    return None


def together(scene: Scene, here: Here) -> Finding | None:
    """Another quotation of the same sentence."""
    last = scene.last
    if last is None or last.paragraph != here.paragraph or last.at < here.start or last.at == here.at - 1:
        return None
    rule = "same sentence as the quotation before"
    return same_as(last, last.finding.sure * 0.93, rule, tagged=last.finding.tagged)


def carried_over(scene: Scene, here: Here) -> Finding | None:
    """A quotation inside a sentence that says nothing of a speaker: its subject's words, else whoever the page was about."""
    stretch = scene.laid[here.paragraph]
    if stretch.tokens[here.start].low in {"for", "to"}:
        viewer = stretch.by_first.get(here.start + 1)
        then = stretch.tokens[viewer.last + 1] if viewer is not None else None
        if (
            viewer is not None
            and viewer.name
            and then is not None
            and (then.text == "," or then.low in _THEN)
        ):
            someone, sure = resolve(scene.following, viewer)
            return Finding(someone, 0.8 * sure, "whose view it is said to be", tagged=True)
    for phrase in subjects(stretch, here.start, here.at):
        if phrase.owner and phrase.noun in _WORKS:
            someone, sure = resolve(scene.following, phrase)
            return Finding(someone, 0.9 * sure, WORDED, tagged=True)
    for phrase in reversed(stretch.between(here.start, here.at)):
        if phrase.owner and phrase.owner[0][0].isupper() and phrase.noun in _CLAIMS:
            owner = owner_of(scene.following, phrase)
            return Finding(owner, 0.75, WORDED, tagged=True) if owner is not None else None
    felt = _felt(scene, here)
    if felt is not None:
        return felt
    last = scene.last
    if last is not None and last.paragraph == here.paragraph and len(scene.inside(here)) > _LONG:
        return same_as(last, min(0.6, last.finding.sure), "goes on from the quotation before")
    latest = scene.latest(Being.PERSON, Being.NOBODY, Being.BODY)
    return Finding(latest, 0.5, "whoever the page was about last")


def _felt(scene: Scene, here: Here) -> Finding | None:
    """What somebody is said to be in their own words: the minister was “sorry that passengers were let down”."""
    stretch = scene.laid[here.paragraph]
    first = scene.inside(here).split(maxsplit=2)
    feels = any(word.lower() in _FEELINGS for word in first[:2])
    if not feels or here.at == here.start or stretch.tokens[here.at - 1].low not in lexicon.BE:
        return None
    main = next(subjects(stretch, here.start, here.at), None)
    if main is None or main.sort is Sort.THING:
        return None
    someone, sure = meant(scene.following, stretch, main)
    return Finding(someone, 0.8 * sure, "what they are said to be in their own words", tagged=True)


Rule = Callable[[Scene, Here], Finding | None]

RULES: tuple[Rule, ...] = (
    left_open,
    second_part,
    then,
    beside,
    at_the_end,
    together,
    after_colon,
    after_sentence,
    answered,
    after_paragraph,
    carried_over,
)
