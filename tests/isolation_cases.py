"""What each method of each port lets a community see of another: one case a method."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from bot.core.cards import line
from bot.core.events import Actor, FailureKind, MessageRef
from bot.core.library import Prompt
from bot.core.ports import Bookmark, Pinned, PlannedPost, Ports, Programme, Quiet, Span, Window
from bot.core.ports.suggestions import Suggestion
from bot.core.rounds import Mode, State
from tests.isolation_world import (
    DATE,
    DECISION,
    FOUND,
    LONG_AGO,
    NEW,
    OTHER,
    RIGHT,
    SLOT,
    TODAY,
    World,
    add_set,
    challenge_of,
    programme_of,
    propose,
    review,
    sitting,
    suggest,
)
from tests.storage_samples import EDIT, HERE, NOW, QUESTION, THERE, ZONE

REF = MessageRef("general", "m-9")
EVER = Span(window=Window.EVER, key="all", since=0, until=NOW + 1)
IN_JUNE = NOW - 170 * 86_400

Call = Callable[[World, str], object]
"""Asks for the ids of HERE in the name of a community."""


@dataclass(frozen=True, slots=True)
class Reads:
    """A method that finds `nothing` when another community asks."""

    call: Call
    nothing: object = None


@dataclass(frozen=True, slots=True)
class Writes:
    """A method that changes rows of the community that asks alone."""

    call: Call


@dataclass(frozen=True, slots=True)
class OnRow:
    """A method on a row whose id its caller has got through the row's own community: it touches that row alone."""

    call: Callable[[World], object]


@dataclass(frozen=True, slots=True)
class OnAll:
    """A method that the clock asks on behalf of all: each row says whose it is."""

    call: Callable[[World], object]


Case = Reads | Writes | OnRow | OnAll


def _own(names: Iterable[object]) -> list[str]:
    """Keep what only HERE has."""
    return [each for each in (str(getattr(name, "id", name)) for name in names) if each.startswith("own")]


def _add_round(world: World, community: str) -> int:
    return world.ports.rounds.add(
        community, channel="general", mode=Mode.LIVE, typed=False, question=QUESTION, asker="mia", at=NOW, seconds=45,
        message=None,
    )  # fmt: skip


def _renamed(world: World, community: str) -> Programme:
    number = world.programme if community == HERE else _programme_there(world)
    return replace(programme_of(community, "Renamed"), id=number)


def _quiet_by(quiet: Quiet | None) -> str:
    return quiet.by if quiet else ""


def _planned(world: World, community: str) -> int:
    there = world.ports.programmes.past(community, _programme_there(world), 1)
    return world.planned if community == HERE else there[0].id


def _programme_there(world: World) -> int:
    return world.ports.programmes.page(THERE, 0, 1)[0].id


def _plan_post(world: World, community: str) -> int:
    number = world.programme if community == HERE else _programme_there(world)
    post = PlannedPost(programme=number, slot="2026-11-25T20:00", state="due")
    return world.ports.programmes.post(community, post)


def _touch(world: World, community: str) -> None:
    world.ports.programmes.touch(community, MessageRef("general", "m-1"))


def _record(ports: Ports, community: str) -> tuple[list[object], int, int]:
    record = ports.scores.record(community, "own member", NOW, ZONE)
    return list(record.topics), record.days, record.points.ever


def _lose_discord(ports: Ports) -> None:
    ports.presences.arrive(HERE)
    ports.presences.lose("discord")


def _of_own_member(found: Iterable[Suggestion]) -> int:
    return sum(each.member == "own member" for each in found)


def _add_delivery(ports: Ports, community: str) -> int:
    return ports.deliveries.add(community, EDIT, about="quiz:1", due=NOW, message=None, claimed=True).id


def _correct(world: World, community: str) -> None:
    number = world.ports.moderation.recent(community, 0, 1)[0]
    world.ports.rounds.correct(community, number, 2)


def _note(world: World, community: str) -> int:
    return world.ports.audit.note(community, Actor(id="mia", name="Mia"), "add", "new", NOW)


def _own_adjustment(world: World) -> int:
    entry = world.ports.audit.latest(HERE, "own-1")
    return entry.id if entry else 0


def _resum(world: World, community: str) -> bool:
    own = "own member" if community == HERE else "ana"
    world.store._db.execute(
        "UPDATE score_sums SET points = 99 WHERE community = ? AND member = ?", (community, own)
    )
    return world.ports.moderation.resum(community, own, ZONE)


_LIBRARY: Mapping[str, Case] = {
    "library.quotations": Reads(lambda w, c: _own(w.ports.library.quotations(c)), []),
    "library.facts": Reads(lambda w, c: _own(w.ports.library.facts(c)), []),
    "library.fact": Reads(lambda w, c: w.ports.library.fact(c, "own-fact")),
    "library.fact_on": Reads(lambda w, c: w.ports.library.fact_on(c, "own-x")),
    "library.excerpt": Reads(lambda w, c: w.ports.library.excerpt(c, "own-x")),
    "library.parts": Reads(lambda w, c: w.ports.library.parts(c).get("own")),
    "library.excerpts": Reads(lambda w, c: _own(w.ports.library.excerpts(c)), []),
    "library.prompts": Reads(lambda w, c: _own(w.ports.library.prompts(c)), []),
    "library.prompt": Reads(lambda w, c: w.ports.library.prompt(c, "own-p")),
    "library.known": Reads(lambda w, c: w.ports.library.known(c, "own-1"), nothing=False),
    "library.articles": Reads(lambda w, c: _own(w.ports.library.articles(c)), []),
    "library.quotation": Reads(lambda w, c: w.ports.library.quotation(c, "own-1")),
    "library.article": Reads(lambda w, c: w.ports.library.article(c, "own")),
    "library.person": Reads(lambda w, c: w.ports.library.person(c, "own-ada")),
    "library.people": Reads(lambda w, c: _own(w.ports.library.people(c)), []),
    "library.topics": Reads(lambda w, c: _own(w.ports.library.topics(c)), []),
    "library.roster": Reads(lambda w, c: _own(w.ports.library.roster(c).people), []),
    "library.speakers": Reads(lambda w, c: _own(w.ports.library.speakers(c).people), []),
    "decks.served": Reads(lambda w, c: w.ports.decks.served(c, "own deck"), {}),
    "decks.last": Reads(lambda w, c: w.ports.decks.last(c, "own deck"), ""),
    "decks.serve": Writes(lambda w, c: w.ports.decks.serve(c, "quote", "ada-1", NOW)),
    "showings.add": Writes(
        lambda w, c: w.ports.showings.add(c, item="ada-1", about="", by="", message=w.message, at=NOW)
    ),
    "showings.get": Reads(lambda w, c: w.ports.showings.get(c, w.showing)),
}

_ROUNDS: Mapping[str, Case] = {
    "rounds.add": Writes(_add_round),
    "rounds.get": Reads(lambda w, c: w.ports.rounds.get(c, w.round)),
    "rounds.running": Reads(lambda w, c: w.ports.rounds.running(c, "own channel", NOW)),
    "rounds.move": OnRow(lambda w: w.ports.rounds.move(w.round, State.CLOSED, closes_at=NOW)),
    "rounds.correct": Writes(_correct),
    "rounds.due": OnAll(lambda w: w.ports.rounds.due(NOW + 900, 100)),
    "rounds.too_far": OnAll(lambda w: w.ports.rounds.too_far(NOW - 900, 100)),
    "rounds.next_due": OnAll(lambda w: w.ports.rounds.next_due()),
    "rounds.given": OnRow(lambda w: w.ports.rounds.given(w.round, "ana")),
    "rounds.give": OnRow(lambda w: w.ports.rounds.give(w.round, "new", RIGHT, NOW)),
    "rounds.change": OnRow(lambda w: w.ports.rounds.change(w.round, "ana", OTHER, NOW + 1)),
    "rounds.tally": OnRow(lambda w: w.ports.rounds.tally(w.round, 3)),
    "rounds.unpaid": OnRow(lambda w: w.ports.rounds.unpaid(w.closed, 10)),
    "rounds.pay": OnRow(lambda w: w.ports.rounds.pay(w.closed, "ana")),
    "rounds.owing": OnAll(lambda w: w.ports.rounds.owing(100)),
    "rounds.unreturned": OnRow(lambda w: w.ports.rounds.unreturned(w.closed, 10)),
    "rounds.returned": OnRow(lambda w: w.ports.rounds.returned(w.closed, "ben")),
    "rounds.returning": OnAll(lambda w: w.ports.rounds.returning(100)),
    "rounds.answered_right_before": Reads(
        lambda w, c: w.ports.rounds.answered_right_before(c, "ana", "own-1"), nothing=False
    ),
    "rounds.times_asked": Reads(lambda w, c: w.ports.rounds.times_asked(c, "own-1"), (0, 0)),
    "rounds.ratings": Reads(lambda w, c: w.ports.rounds.ratings(c, ["own-1"]), {}),
    "rounds.rate": Writes(lambda w, c: w.ports.rounds.rate(c, "ada-1", 2.5)),
    "sets.add": Writes(lambda w, c: add_set(w.ports, c)),
    "sets.get": Reads(lambda w, c: w.ports.sets.get(c, w.set)),
    "sets.of_round": Reads(lambda w, c: w.ports.sets.of_round(c, w.closed)),
    "sets.join": OnRow(lambda w: w.ports.sets.join(w.set, w.round)),
    "sets.result": OnRow(lambda w: w.ports.sets.result(w.set)),
    "sets.own": OnRow(lambda w: w.ports.sets.own(w.set, "ana")),
    "scores.add": Writes(lambda w, c: w.ports.scores.add(c, "ana", 1, source="round:9", at=NOW, zone=ZONE)),
    "scores.points": Reads(lambda w, c: w.ports.scores.points(c, "own member", NOW, ZONE).ever, 0),
    "scores.given": Reads(lambda w, c: w.ports.scores.given(c, "own member", 1)),
    "scores.record": Reads(lambda w, c: _record(w.ports, c), ([], 0, 0)),
}

_READING: Mapping[str, Case] = {
    "saved.add": Writes(lambda w, c: w.ports.saved.add(c, "ana", "new", NOW)),
    "saved.remove": Writes(lambda w, c: w.ports.saved.remove(c, "ana", "ada-1")),
    "saved.count": Reads(lambda w, c: w.ports.saved.count(c, "own member"), 0),
    "saved.page": Reads(lambda w, c: list(w.ports.saved.page(c, "own member", 0, 9)), []),
    "reading.day": Reads(lambda w, c: w.ports.reading.day(c, "2026-11-25")),
    "reading.draw": Writes(
        lambda w, c: w.ports.reading.draw(c, date=DATE, item="y", article="engines", turn=1, at=NOW)
    ),
    "reading.served": Reads(lambda w, c: w.ports.reading.served(c).get("own")),
    "reading.post": Writes(
        lambda w, c: w.ports.reading.post(c, item="x", date=DATE, anew=False, message=w.message)
    ),
    "reading.posted": Reads(lambda w, c: w.ports.reading.posted(c, w.posted)),
    "reading.posts": Reads(lambda w, c: list(w.ports.reading.posts(c, "own-x", DATE, 9)), []),
    "reading.edited": Writes(lambda w, c: w.ports.reading.edited(c, w.posted, NOW)),
    "reading.note": Writes(lambda w, c: w.ports.reading.note(c, "ana", "y", "engines", NOW)),
    "reading.noted": Reads(lambda w, c: w.ports.reading.noted(c, "own member", "own-x")),
    "reading.readers": Reads(lambda w, c: w.ports.reading.readers(c, "own-x"), 0),
    "reading.read": Reads(lambda w, c: w.ports.reading.read(c, "own member"), {}),
    "reading.bookmark": Reads(lambda w, c: w.ports.reading.bookmark(c, "own member", "own")),
    "reading.bookmarks": Reads(lambda w, c: list(w.ports.reading.bookmarks(c, "own member")), []),
    "reading.place": Writes(
        lambda w, c: w.ports.reading.place(c, "ana", Bookmark(article="engines", item="y", part=2), NOW)
    ),
    "reading.last_uses": Reads(lambda w, c: w.ports.reading.last_uses(c, "own deck"), {}),
}

_REVIEWS: Mapping[str, Case] = {
    "reviews.get": Reads(lambda w, c: w.ports.reviews.get(c, "own member", "who", "own-1")),
    "reviews.begin": Writes(lambda w, c: w.ports.reviews.begin(c, "ana", review("new"))),
    "reviews.put": Writes(lambda w, c: w.ports.reviews.put(c, "ana", review("new"))),
    "reviews.drop": Writes(lambda w, c: w.ports.reviews.drop(c, "ana", "who", "ada-1")),
    "reviews.soonest": Reads(lambda w, c: list(w.ports.reviews.soonest(c, "own member", 9)), []),
    "reviews.due": Reads(lambda w, c: w.ports.reviews.due(c, "own member", TODAY), 0),
    "reviews.sitting": Reads(lambda w, c: w.ports.reviews.sitting(c, w.sitting)),
    "reviews.sitting_of": Reads(lambda w, c: w.ports.reviews.sitting_of(c, "own member")),
    "reviews.sit": Writes(lambda w, c: w.ports.reviews.sit(c, sitting("ana", serial=2))),
    "search.find": Reads(lambda w, c: list(w.ports.search.find(c, "one two", 9)), []),
    "search.near": Reads(lambda w, c: list(w.ports.search.near(c, "two nothing", 9)), []),
    "search.alike": Reads(lambda w, c: list(w.ports.search.alike(c, "ownd", 9)), []),
    "suggestions.add": Writes(lambda w, c: suggest(w.ports, c, "ben")),
    "suggestions.get": Reads(lambda w, c: w.ports.suggestions.get(c, w.suggestion)),
    "suggestions.waiting": Reads(lambda w, c: _of_own_member(w.ports.suggestions.waiting(c, 0, 9)), 0),
    "suggestions.count": Reads(lambda w, c: w.ports.suggestions.count(c, "own member"), 0),
    "suggestions.decide": Writes(lambda w, c: w.ports.suggestions.decide(c, w.suggestion, DECISION)),
    "suggestions.tell_again": Writes(lambda w, c: w.ports.suggestions.tell_again(c, w.decided)),
    "suggestions.untold": Writes(lambda w, c: w.ports.suggestions.untold(c, "own member")),
}

_QUEUE: Mapping[str, Case] = {
    "queue.propose": Writes(lambda w, c: propose(w.ports, c)),
    "queue.known": Reads(lambda w, c: w.ports.queue.known(c, [replace(NEW, text="Only here")]), [False]),
    "drafts.begin": Writes(lambda w, c: w.ports.drafts.begin(c, NOW, 1)),
    "drafts.file": Reads(lambda w, c: w.ports.drafts.file(c, w.draft)),
    "drafts.add": Writes(lambda w, c: w.ports.drafts.add(c, w.draft, [FOUND])),
    "drafts.count": Reads(lambda w, c: w.ports.drafts.count(c, w.draft, 0.5), 0),
    "drafts.propose": Writes(lambda w, c: w.ports.drafts.propose(c, w.draft, 0.5, NOW)),
    "drafts.drop": Writes(lambda w, c: w.ports.drafts.drop(c, w.draft)),
    "drafts.tidy": OnRow(lambda w: w.ports.drafts.tidy(LONG_AGO)),
    "queue.proposal": Reads(lambda w, c: w.ports.queue.proposal(c, w.proposal)),
    "queue.count": Reads(lambda w, c: w.ports.queue.count(c), 1),
    "queue.waiting_by_article": Reads(lambda w, c: w.ports.queue.waiting_by_article(c).get("own")),
    "queue.place": Reads(lambda w, c: w.ports.queue.place(c, 1_000), 1),
    "queue.after": Reads(lambda w, c: w.ports.queue.after(c, w.proposal - 1)),
    "queue.waiting": Reads(
        lambda w, c: [each.id for each in w.ports.queue.waiting(c, 99) if each.id == w.proposal], []
    ),
    "queue.sure": Reads(lambda w, c: w.ports.queue.sure(c, 0.5).get("prompt"), 1),
    "queue.after_sure": Reads(lambda w, c: w.ports.queue.after_sure(c, w.proposal - 1, 0.5)),
    "queue.amend": Writes(lambda w, c: w.ports.queue.amend(c, w.proposal, replace(FOUND, rule="another"))),
    "queue.lopsided": Reads(lambda w, c: list(w.ports.queue.lopsided(c, 9)), []),
    "queue.is_lopsided": Reads(lambda w, c: w.ports.queue.is_lopsided(c, "own-1"), False),
    "queue.keep": Writes(lambda w, c: w.ports.queue.keep(c, "ada-1")),
    "queue.decide": Writes(lambda w, c: w.ports.queue.decide(c, w.proposal, DECISION)),
    "queue.reopen": Writes(lambda w, c: w.ports.queue.reopen(c, w.rejected)),
    "queue.rejected": Reads(
        lambda w, c: _own(each.found.article for each in w.ports.queue.rejected(c, 0, 9)), []
    ),
    "queue.reopen_suggestion": Writes(lambda w, c: w.ports.queue.reopen_suggestion(c, w.decided)),
    "queue.rejected_suggestions": Reads(
        lambda w, c: w.decided in w.ports.queue.rejected_suggestions(c, 0, 9), nothing=False
    ),
    "shelves.put": Writes(
        lambda w, c: w.ports.shelves.put(c, None, [], Prompt(id="new", article="", text="Why?"))
    ),
    "shelves.credit": Writes(lambda w, c: w.ports.shelves.credit(c, "own-1", "own member", "Own")),
    "shelves.entry": Reads(lambda w, c: w.ports.shelves.entry(c, "own-1")),
    "shelves.entries": Reads(lambda w, c: list(w.ports.shelves.entries(c, "own")), []),
    "shelves.words": Reads(lambda w, c: list(w.ports.shelves.words(c, "own")), []),
    "shelves.find": Reads(lambda w, c: list(w.ports.shelves.find(c, "own-1", retired=None, most=9)), []),
    "shelves.articles": Reads(lambda w, c: _own(w.ports.shelves.articles(c)), []),
    "shelves.counts": Reads(lambda w, c: w.ports.shelves.counts(c).get("own")),
    "shelves.retire": Writes(lambda w, c: w.ports.shelves.retire(c, "ada-3", NOW)),
    "shelves.restore": Writes(lambda w, c: w.ports.shelves.restore(c, "ben-2")),
    "shelves.note": Writes(lambda w, c: w.ports.shelves.note(c, "ada-3", "")),
    "library.content_note": Reads(lambda w, c: w.ports.library.content_note(c, "ada-3"), ""),
    "pins.pin": Writes(lambda w, c: w.ports.pins.pin(c, Pinned(date=DATE, kind="fact", item="x"))),
    "pins.unpin": Writes(lambda w, c: w.ports.pins.unpin(c, DATE, "prompt")),
    "pins.pinned": Reads(lambda w, c: w.ports.pins.pinned(c, DATE, "prompt")),
    "pins.pins": Reads(lambda w, c: list(w.ports.pins.pins(c, DATE, 9)), []),
    "shelves.retired": Reads(lambda w, c: list(w.ports.shelves.retired(c, 9)), []),
    "shelves.answered": Reads(lambda w, c: w.ports.shelves.answered(c, 0).get("own-1")),
    "shelves.shown": Reads(lambda w, c: w.ports.shelves.shown(c, 0, "").get("own-1")),
}

_MEMBERS: Mapping[str, Case] = {
    "boards.span": Reads(
        lambda w, c: w.ports.boards.span(c, Window.SEASON, IN_JUNE, ZONE).key == "s:2026-05-01", nothing=False
    ),
    "boards.read_span": Reads(
        lambda w, c: getattr(w.ports.boards.read_span(c, "s:2026-05-01", ZONE), "name", ""), ""
    ),
    "boards.top": Reads(lambda w, c: [each.name for each in w.ports.boards.top(c, EVER, 9)], ["Ana"]),
    "boards.standing": Reads(lambda w, c: w.ports.boards.standing(c, EVER, "own member").points, 0),
    "members.shown": Reads(lambda w, c: w.ports.members.shown(c, "own member")),
    "members.show": Writes(lambda w, c: w.ports.members.show(c, "ben", "Ben")),
    "members.hide": Writes(lambda w, c: w.ports.members.hide(c, "ana")),
    "members.seen": Writes(lambda w, c: w.ports.members.seen(c, "ana", "Anna")),
    "members.kept": Reads(lambda w, c: w.ports.members.kept(c, "own member").rounds, 0),
    "members.export": Reads(lambda w, c: w.ports.members.export(c, "own member"), {}),
    "members.forget": Writes(lambda w, c: w.ports.members.forget(c, "ana", NOW)),
}

_PROGRAMMES: Mapping[str, Case] = {
    "programmes.add": Writes(lambda w, c: w.ports.programmes.add(c, programme_of(c, "Another"))),
    "programmes.get": Reads(lambda w, c: w.ports.programmes.get(c, w.programme)),
    "programmes.save": Writes(lambda w, c: w.ports.programmes.save(c, _renamed(w, c))),
    "programmes.named": Reads(lambda w, c: w.ports.programmes.named(c, "own plan")),
    "programmes.names": Reads(lambda w, c: _own(w.ports.programmes.names(c)), []),
    "programmes.page": Reads(lambda w, c: _own(each.name for each in w.ports.programmes.page(c, 0, 9)), []),
    "programmes.count": Reads(lambda w, c: w.ports.programmes.count(c), 1),
    "programmes.crowd": OnAll(lambda w: w.ports.programmes.crowd(NOW, NOW + 60, but=0)),
    "programmes.newest": Reads(lambda w, c: w.ports.programmes.newest(c, w.programme), 0),
    "programmes.touch": Writes(_touch),
    "programmes.touched": Reads(lambda w, c: list(w.ports.programmes.touched(c, w.programme, 0, 9)), []),
    "programmes.retried_though_held": OnAll(
        lambda w: {each for each, _ in w.ports.programmes.retried_though_held(NOW, 9)}
    ),
    "programmes.due": OnAll(lambda w: {each.community for each in w.ports.programmes.due(NOW, 9)}),
    "programmes.next_due": OnAll(lambda w: w.ports.programmes.next_due()),
    "programmes.post": Writes(_plan_post),
    "programmes.posted": Reads(lambda w, c: w.ports.programmes.posted(c, w.planned)),
    "programmes.at_slot": Reads(lambda w, c: w.ports.programmes.at_slot(c, w.programme, SLOT)),
    "programmes.taken": Reads(lambda w, c: w.ports.programmes.taken(c, w.programme, SLOT), frozenset()),
    "programmes.past": Reads(lambda w, c: list(w.ports.programmes.past(c, w.programme, 9)), []),
    "programmes.erase": Writes(lambda w, c: w.ports.programmes.erase(c, _planned(w, c))),
    "programmes.shown": Reads(lambda w, c: w.ports.programmes.shown(c, w.programme, 0), frozenset()),
    "programmes.overdue": OnAll(lambda w: {each for each, _ in w.ports.programmes.overdue(NOW, 9)}),
    "programmes.held": Reads(lambda w, c: w.ports.programmes.held(c, SLOT).get(w.programme)),
    "programmes.quiet": Reads(lambda w, c: _quiet_by(w.ports.programmes.quiet(c)) == "own", nothing=False),
    "programmes.quieten": Writes(lambda w, c: w.ports.programmes.quieten(c, None)),
    "programmes.quiet_over": OnAll(
        lambda w: {each.community for each in w.ports.programmes.quiet_over(NOW, 9)}
    ),
    "programmes.blackouts": Reads(
        lambda w, c: "2026-12-24" in w.ports.programmes.blackouts(c, DATE), nothing=False
    ),
    "programmes.black_out": Writes(lambda w, c: w.ports.programmes.black_out(c, "2026-12-31", held=True)),
    "programmes.log_channel": Reads(lambda w, c: w.ports.programmes.log_channel(c), ""),
}

_DELIVERIES: Mapping[str, Case] = {
    "deliveries.message": Writes(lambda w, c: w.ports.deliveries.message(c, "general")),
    "deliveries.place": OnRow(lambda w: w.ports.deliveries.place(w.unplaced, REF)),
    "deliveries.placed": Reads(lambda w, c: w.ports.deliveries.placed(c, w.message)),
    "deliveries.add": Writes(lambda w, c: _add_delivery(w.ports, c)),
    "deliveries.get": Reads(lambda w, c: w.ports.deliveries.get(c, w.waiting)),
    "deliveries.busy": OnRow(lambda w: w.ports.deliveries.busy(w.message)),
    "deliveries.replace": OnRow(lambda w: w.ports.deliveries.replace(w.message, EDIT, NOW + 5)),
    "deliveries.next_on": OnRow(lambda w: w.ports.deliveries.next_on(w.message, NOW)),
    "deliveries.due": OnAll(lambda w: w.ports.deliveries.due(NOW, 100)),
    "deliveries.sending": OnAll(lambda w: w.ports.deliveries.sending()),
    "deliveries.claim": OnRow(lambda w: w.ports.deliveries.claim(w.waiting)),
    "deliveries.sent": OnRow(lambda w: w.ports.deliveries.sent(w.sending, NOW)),
    "deliveries.later": OnRow(lambda w: w.ports.deliveries.later(w.sending, NOW + 5, "")),
    "deliveries.fail": OnRow(lambda w: w.ports.deliveries.fail(w.sending, NOW, FailureKind.GONE, "")),
    "deliveries.next_due": OnAll(lambda w: w.ports.deliveries.next_due()),
    "notices.keep": Writes(lambda w, c: w.ports.notices.keep(c, line("Another."))),
    "notices.take": Writes(lambda w, c: w.ports.notices.take(c, 9)),
    "communities.zone": Reads(lambda w, c: w.ports.communities.zone(c), ZONE),
    "communities.moderators": Reads(lambda w, c: w.ports.communities.moderators(c), frozenset({"noor"})),
    "communities.first_time": Writes(lambda w, c: w.ports.communities.first_time(c, "new event", NOW)),
    "presences.arrive": Writes(lambda w, c: w.ports.presences.arrive(c)),
    "presences.leave": Writes(lambda w, c: w.ports.presences.leave(c, NOW)),
    "presences.count_in": OnRow(lambda w: w.ports.presences.count_in("discord", [HERE], NOW)),
    "presences.lose": OnRow(lambda w: _lose_discord(w.ports)),
    "presences.due": OnAll(lambda w: w.ports.presences.due(NOW)),
    "presences.next_left": OnAll(lambda w: w.ports.presences.next_left()),
    "presences.remove": Writes(lambda w, c: w.ports.presences.remove(c, 10_000, NOW)),
}

_MODERATION: Mapping[str, Case] = {
    "audit.note": Writes(_note),
    "audit.get": Reads(lambda w, c: w.ports.audit.get(c, w.entry)),
    "audit.latest": Reads(lambda w, c: w.ports.audit.latest(c, "own-1")),
    "audit.page": Reads(lambda w, c: _own(each.about for each in w.ports.audit.page(c, 0, 9)), []),
    "audit.count": Reads(lambda w, c: w.ports.audit.count(c), 1),
    "settings.all": Reads(lambda w, c: w.ports.settings.all(c).get("zone")),
    "settings.put": Writes(lambda w, c: w.ports.settings.put(c, "log", "mods")),
    "settings.quiz": Reads(lambda w, c: w.ports.settings.quiz(c), {}),
    "settings.visibility": Reads(lambda w, c: w.ports.settings.visibility(c), "private"),
    "settings.remember": Writes(lambda w, c: w.ports.settings.remember(c, _note(w, c), {}, {})),
    "settings.remembered": Reads(lambda w, c: w.ports.settings.remembered(c, w.entry)),
    "moderation.recent": Reads(lambda w, c: w.closed in w.ports.moderation.recent(c, 0, 99), nothing=False),
    "moderation.challenge": OnRow(
        lambda w: w.ports.moderation.challenge(challenge_of(HERE, _note(w, HERE), w.closed))
    ),
    "moderation.challenged": Reads(lambda w, c: w.ports.moderation.challenged(c, w.closed)),
    "moderation.under_way": OnAll(lambda w: {each.community for each in w.ports.moderation.under_way(99)}),
    "moderation.answers": OnRow(
        lambda w: w.ports.moderation.answers(challenge_of(HERE, w.entry, w.closed), 99)
    ),
    "moderation.recount": OnRow(
        lambda w: w.ports.moderation.recount(challenge_of(HERE, w.entry, w.closed), "ana", right=False)
    ),
    "moderation.counted": OnRow(lambda w: w.ports.moderation.counted(challenge_of(HERE, w.entry, w.closed))),
    "moderation.keeps_choices": Reads(
        lambda w, c: w.ports.moderation.keeps_choices(c, w.closed, NOW), nothing=False
    ),
    "moderation.choices_over": OnAll(
        lambda w: {each for each, _ in w.ports.moderation.choices_over(NOW * 2, 99)}
    ),
    "moderation.let_go": OnRow(lambda w: w.ports.moderation.let_go(w.closed, 99)),
    "moderation.known": Reads(lambda w, c: w.ports.moderation.known(c, "own member")),
    "moderation.adjusted": Reads(lambda w, c: w.ports.moderation.adjusted(c, _own_adjustment(w))),
    "moderation.resum": Writes(_resum),
    "moderation.resum_all": Writes(lambda w, c: w.ports.moderation.resum_all(c)),
    "moderation.resumming": OnAll(lambda w: {each for each, _ in w.ports.moderation.resumming(9)}),
    "moderation.members_after": Reads(lambda w, c: _own(w.ports.moderation.members_after(c, "", 9)), []),
    "moderation.resummed": Writes(lambda w, c: w.ports.moderation.resummed(c, None)),
}

CASES: Mapping[str, Case] = {
    **_LIBRARY,
    **_ROUNDS,
    **_READING,
    **_REVIEWS,
    **_QUEUE,
    **_MEMBERS,
    **_PROGRAMMES,
    **_DELIVERIES,
    **_MODERATION,
}
