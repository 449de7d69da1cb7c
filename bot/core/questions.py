"""Questions: four kinds, each made from the library and frozen into its round.

Wrong options are near misses: people near to the speaker (`near_misses`), real endings of the same article, other
articles. A question never gives itself away: outside the options, nothing it shows before the close names the right
answer.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.core import decks, difficulty, limits
from bot.core.cards import Paragraph, Quoted, say
from bot.core.citing import Cited, author_of, cite, noted, source_line
from bot.core.errors import BotFault
from bot.core.library import Fact, Grade, Quotation
from bot.core.near_misses import near_misses
from bot.core.ports import Candidate, Ports
from bot.core.rounds import Question
from bot.core.wording import listed, within_sentence

KINDS = ("who", "finish", "article", "fact")
OPTIONS = 4
FEWEST_OPTIONS = 2
RATED = 500
"""Up to so many candidates are weighed by difficulty; more are drawn by the deck alone."""
LONGEST_TITLE = 100
"""An answer longer than this is named in the title by its number."""


def candidates(ports: Ports, community: str, kind: str, about: str) -> Sequence[Candidate]:
    """List what could be asked in this kind; nothing where there are not two answers to choose from."""
    if kind == "article" and len(ports.library.articles(community)) < FEWEST_OPTIONS:
        return ()
    if kind == "who" and sum(each.public for each in ports.library.people(community)) < FEWEST_OPTIONS:
        return ()
    if kind == "fact":
        return ports.library.facts(community, about=about)
    return ports.library.quotations(community, about=about, kind=kind)


def make(ports: Ports, community: str, kind: str, item: str, *, typed: bool) -> Question:
    """Make the question of a kind on an item that `candidates` listed."""
    question = _make(ports, community, kind, item, typed=typed)
    note = ports.library.content_note(community, item)
    return replace(question, ask=(*noted(note), *question.ask)) if note else question


def _make(ports: Ports, community: str, kind: str, item: str, *, typed: bool) -> Question:
    if kind == "fact":
        fact = ports.library.fact(community, item)
        if fact is None:
            raise BotFault(f"fact {item} is not there")
        return _fact(ports, community, fact, typed=typed)
    quotation = ports.library.quotation(community, item)
    if quotation is None:
        raise BotFault(f"quotation {item} is not there")
    cited = cite(ports, community, quotation)
    match kind:
        case "who":
            return _who(ports, community, cited, typed=typed)
        case "finish":
            return _finish(ports, community, cited)
        case "article":
            return _article(ports, community, cited)
        case _:
            raise BotFault(f"there is no kind {kind}")


def draw(
    ports: Ports, community: str, kind: str, about: str, *, deck: str, at: int, typed: bool
) -> Question | None:
    """Draw the next question of a kind from a deck; None when there is nothing to ask.

    Of a few that the deck offers, the one is asked that about seven in ten should get right.
    """
    options = 0 if typed else OPTIONS
    askable = _askable(ports, community, kind, about, typed=typed)
    ratings = ports.rounds.ratings(community, [each.id for each in askable]) if len(askable) <= RATED else {}
    drawn = decks.draw(
        ports, community, f"{deck}:{kind}", askable, at,
        prefer=lambda offered: difficulty.nearest_to_aim(offered, ratings, options),
    )  # fmt: skip
    question = make(ports, community, kind, drawn.item, typed=typed) if drawn else None
    return question if question and (typed or len(question.options) >= FEWEST_OPTIONS) else None


def _askable(ports: Ports, community: str, kind: str, about: str, *, typed: bool) -> Sequence[Candidate]:
    found = candidates(ports, community, kind, about)
    if kind != "fact":
        return found
    facts = [(each, ports.library.fact(community, each.id)) for each in found]
    return [each for each, fact in facts if fact and fact.alone and (not typed or _typeable(fact))]


def _typeable(fact: Fact) -> bool:
    """Whether an answer can be typed: a person's name, or one whose other spellings are known."""
    return bool(fact.person or fact.accepted)


def _who(ports: Ports, community: str, cited: Cited, *, typed: bool) -> Question:
    quotation, speaker = cited.quotation, cited.speaker
    according = f"According to {cited.reporter}, who" if quotation.grade is Grade.C else "Who"
    solution = (
        f"{speaker.name}, according to {cited.reporter}" if quotation.grade is Grade.C else speaker.name
    )
    people = [] if typed else [speaker, *near_misses(ports, community, cited, OPTIONS - 1)]
    ports.chance.shuffle(people)
    return Question(
        kind="who",
        item=quotation.id,
        title="Who said it?",
        solved=f"Who said it? {solution}",
        ask=(say(_who_said(according, quotation)),),
        options=tuple(each.name for each in people),
        right=people.index(speaker) if people else 0,
        solution=solution,
        reveal=(say("In the article:"), Quoted(cited.passage)),
        asked_grade=cited.grade,
        grade=cited.grade_and_note,
        footer=cited.source,
        person=speaker.id,
    )


def _who_said(according: str, quotation: Quotation) -> str:
    """Ask who said the words; words that are a question themselves need no second mark."""
    text = quotation.text.removesuffix(".")
    mark = "" if text.endswith("?") else "?"
    return f"{according} {quotation.verb} “{text}”{mark}"


def _finish(ports: Ports, community: str, cited: Cited) -> Question:
    quotation = cited.quotation
    beginning = quotation.text.removesuffix(".").removesuffix(quotation.finish).rstrip()
    wrong = list(quotation.endings)
    endings = [quotation.finish, *(each.text for each in wrong)]
    ports.chance.shuffle(endings)
    right = endings.index(quotation.finish)
    whose = _whose_endings(ports, community, cited, endings)
    return Question(
        kind="finish",
        item=quotation.id,
        title="Finish the quotation",
        solved=_solved("Finish the quotation: ", quotation.finish, right),
        ask=(say(_how_it_ends(cited)), Quoted(f"{beginning} …"), *_numbered(endings)),
        options=tuple(endings),
        right=right,
        solution=f"“{quotation.finish}”",
        reveal=(Quoted(quotation.text), say(f"{cited.speaker_line}. {whose}".strip())),
        asked_grade=cited.grade,
        grade=cited.grade_and_note,
        footer=cited.source,
        numbered=True,
    )


def _article(ports: Ports, community: str, cited: Cited) -> Question:
    others = [each for each in ports.library.articles(community) if each.id != cited.article.id]
    titles = [each.title for each in ports.chance.sample(others, min(len(others), OPTIONS - 1))]
    titles.append(cited.article.title)
    ports.chance.shuffle(titles)
    right = titles.index(cited.article.title)
    return Question(
        kind="article",
        item=cited.quotation.id,
        title="Which article?",
        solved=_solved("Which article? ", cited.article.title, right),
        ask=(Quoted(cited.quotation.text), *_numbered(titles)),
        options=tuple(titles),
        right=right,
        solution=f"“{cited.article.title}”",
        reveal=(Quoted(cited.quotation.text), say(cited.speaker_line)),
        asked_grade=_without_source(cited.quotation.grade, cited.grade),
        grade=cited.grade_and_note,
        footer=cited.source,
        numbered=True,
    )


def _without_source(grade: Grade, line: str) -> str:
    """Leave out of a grade line by whom words are reported: that is what is asked."""
    return f"{line.partition(',')[0]}." if grade is Grade.C else line


def _fact(ports: Ports, community: str, fact: Fact, *, typed: bool) -> Question:
    article = ports.library.article(community, fact.article)
    if article is None:
        raise BotFault(f"fact {fact.id} names an article that is not there")
    options = [] if typed else list(fact.options)
    ports.chance.shuffle(options)
    where = f", section “{fact.section}”" if fact.section else ""
    numbered = any(len(each) > limits.BUTTON_LABEL for each in options)
    return Question(
        kind="fact",
        item=fact.id,
        title="A question of fact",
        solved=_solved("A question of fact: ", fact.answer, options.index(fact.answer) if options else 0),
        ask=(say(fact.question), *(_numbered(options) if numbered else ())),
        options=tuple(options),
        right=options.index(fact.answer) if options else 0,
        solution=within_sentence(fact.answer, fact.passage),
        reveal=(say(f"In the article{where}:"), Quoted(fact.passage)),
        footer=source_line(article, author_of(ports, community, article)),
        numbered=numbered,
        person=fact.person,
        accepted=fact.accepted,
    )


def _numbered(options: Sequence[str]) -> tuple[Paragraph, ...]:
    return tuple(say(f"{number} {option}") for number, option in enumerate(options, 1))


def _solved(title: str, answer: str, right: int) -> str:
    return f"{title}{answer}" if len(answer) <= LONGEST_TITLE else f"{title}option {right + 1}"


def _how_it_ends(cited: Cited) -> str:
    if cited.author and cited.author.id == cited.speaker.id:
        return f"How does it end, as {cited.speaker.name} writes it?"
    if cited.author:
        return f"How does it end, as {cited.author.name} quotes {cited.speaker.name}?"
    return f"How does it end, as {cited.speaker.name} is quoted?"


def _whose_endings(ports: Ports, community: str, cited: Cited, endings: Sequence[str]) -> str:
    speakers = {each.text: each.speaker for each in cited.quotation.endings}
    by_speaker: dict[str, list[int]] = {}
    for number, ending in enumerate(endings, 1):
        if ending in speakers:
            by_speaker.setdefault(speakers[ending], []).append(number)
    parts = []
    for speaker, numbers in by_speaker.items():
        person = ports.library.person(community, speaker)
        if person is None:
            continue
        plural = "Ending" if len(numbers) == 1 else "Endings"
        verb = "is" if len(numbers) == 1 else "are"
        parts.append(
            f"{plural} {listed(list(map(str, numbers)))} {verb} {person.name}’s own, from the same article."
        )
    return " ".join(parts)
