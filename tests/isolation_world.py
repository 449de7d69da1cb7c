"""Two communities that live on one database, for the tests that keep them apart."""

from dataclasses import dataclass, replace
from datetime import date

from bot.core.cards import line
from bot.core.events import Actor, Attachment, MessageRef
from bot.core.library import Excerpt, Prompt
from bot.core.ports import (
    Bookmark,
    Challenge,
    Found,
    Pinned,
    PlannedPost,
    Ports,
    Programme,
    Quiet,
    Review,
    Sitting,
)
from bot.core.ports.suggestions import Decision, Standing
from bot.core.rounds import Given, Mode, State
from storage import bodies
from storage.stocking import KINDS, renew
from storage.store import Store
from tests.storage_samples import EDIT, HERE, NOW, POST, QUESTION, THERE, ZONE, ask, ports_of, shelf

RIGHT = Given(0, right=True)
OTHER = Given(2, right=False)
TODAY = date(2026, 11, 24)
DATE = TODAY.isoformat()
SLOT = f"{DATE}T20:00"
DECISION = Decision(standing=Standing.REJECTED, by="mia", name="Mia", at=NOW, reason="other")


@dataclass(frozen=True, kw_only=True, slots=True)
class World:
    """Two communities on one database that have done the same things; the ids are those of the rows HERE."""

    store: Store
    ports: Ports
    message: int
    unplaced: int
    sending: int
    waiting: int
    showing: int
    posted: int
    sitting: int
    suggestion: int
    programme: int
    planned: int
    decided: int
    proposal: int
    draft: int
    rejected: int
    closed: int
    round: int
    set: int
    entry: int


def two_communities(store: Store) -> World:
    """Let two communities do the same things, and HERE some that THERE never does."""
    store.stock([shelf()])
    with store.transaction():
        _own_library(store)
        _live(store, THERE)
        here = _live(store, HERE)
        _only_here(here)
    return here


NEW = Prompt(id="new-p", article="engines", text="What now?")
FOUND = Found(article=shelf("engines").article, item=NEW)
LONG_AGO = NOW - 90_000


def add_set(ports: Ports, community: str) -> int:
    """Write a set; gives its id."""
    return ports.sets.add(
        community, channel="general", asker="mia", kind="who", about="", typed=False, mode=Mode.LIVE, quiet=False,
        total=3, at=NOW,
    )  # fmt: skip


def programme_of(community: str, name: str = "Daily excerpt") -> Programme:
    """Make a programme that is due, and has not been written."""
    return Programme(
        community=community, name=name, kind="excerpt", channel="general", days=127, time="20:00", zone=ZONE,
        next_slot=SLOT, next_at=NOW,
    )  # fmt: skip


def plan(ports: Ports, community: str, message: int) -> tuple[int, int]:
    """Write a programme whose post is held, quiet mode, and a blackout date; gives the programme's and the post's id."""
    programme = ports.programmes.add(community, programme_of(community))
    planned = ports.programmes.post(
        community, PlannedPost(programme=programme, slot=SLOT, state="held", item="x", message=message)
    )
    ports.programmes.quieten(community, Quiet(community=community, since=NOW, until=NOW, by="mia"))
    ports.programmes.black_out(community, DATE, held=True)
    return programme, planned


def review(item: str) -> Review:
    """Make a question of a review that is due today."""
    return Review(kind="who", item=item, due=TODAY, state="{}", turn=1)


def sitting(member: str, *, serial: int = 1) -> Sitting:
    """Make a member's sitting."""
    return Sitting(
        member=member, name="", serial=serial, began=TODAY, place=1, kind="who", item="ada-1", turn=1, question=QUESTION
    )  # fmt: skip


def suggest(ports: Ports, community: str, member: str = "ana") -> int:
    """Write a suggestion; gives its id."""
    fields = {"words": "Some words"}
    return ports.suggestions.add(community, member, kind="quotation", fields=fields, credit="", at=NOW)


def propose(ports: Ports, community: str, article: str = "engines") -> int:
    """Write a proposal on an article; gives its id."""
    found = replace(FOUND, article=shelf(article).article)
    return ports.queue.propose(community, found, NOW)


def draft_of(ports: Ports, community: str) -> int:
    """Write a draft that was read from a file, and what was found in it; gives its id."""
    number = ports.drafts.begin(
        community, NOW, 9, Attachment(name="page.txt", address="https://example.org/1")
    )
    ports.drafts.add(community, number, [replace(FOUND, item=replace(NEW, text="What else?"))])
    return number


def _own_library(store: Store) -> None:
    """Write a library of HERE's own: one of everything, with ids that begin with `own`."""
    db, own = store._db.conn, shelf("own")
    db.execute("INSERT INTO articles VALUES (?, 'own', 0, 0, ?)", (HERE, bodies.write(own.article)))
    person = replace(own.people[0], id="own-ada")
    db.execute("INSERT INTO people VALUES (?, 'own-ada', 0, ?)", (HERE, bodies.write(person)))
    db.execute("INSERT INTO article_people VALUES (?, 'own', 0, 'own-ada')", (HERE,))
    items = (
        replace(own.quotations[0], id="own-1", speaker="own-ada"),
        replace(own.facts[0], id="own-fact", excerpt="own-x"),
        Excerpt(id="own-x", article="own", text="One. Two.", part=1),
        Prompt(id="own-p", article="own", text="What do you think?"),
    )
    for item in items:
        row = (HERE, item.id, KINDS[type(item)], getattr(item, "speaker", ""), bodies.write(item))
        db.execute("INSERT INTO items VALUES (?1, ?2, ?3, 'own', 0, ?4, 'who', 'owned words', 0, ?5)", row)
        db.execute("INSERT INTO item_topics VALUES (?, ?, 'own topic')", (HERE, item.id))
    db.execute("INSERT INTO retired VALUES (?, 'ben-2', ?)", (HERE, NOW))
    renew(db, HERE)


def _live(store: Store, community: str) -> World:
    """Let a community do everything once."""
    ports, db = ports_of(store), store._db.conn
    message, unplaced = (ports.deliveries.message(community, "general") for _ in range(2))
    ports.deliveries.place(message, MessageRef("general", "m-1"))
    closed, open_round = ask(ports, community=community), ask(ports, community=community)
    for number in (closed, open_round):
        ports.rounds.give(number, "ana", RIGHT, NOW)
        ports.rounds.give(number, "ben", OTHER, NOW)
    ports.rounds.move(closed, State.CLOSED, closes_at=NOW + 45)
    ports.rounds.rate(community, "ada-1", 0.5)
    joined = add_set(ports, community)
    ports.sets.join(joined, closed)
    ports.scores.add(community, "ana", 1, source="round:1", at=NOW, zone=ZONE)
    ports.saved.add(community, "ana", "ada-1", NOW)
    db.execute("INSERT INTO content_notes VALUES (?, 'ada-9', 'Long ago.')", (community,))
    db.execute("INSERT INTO kept_items VALUES (?, 'ada-9', 20)", (community,))
    ports.pins.pin(community, Pinned(date="2020-01-01", kind="fact", item="ada-9"))
    ports.decks.serve(community, "quote", "ada-1", NOW)
    ports.reading.draw(community, date=DATE, item="x", article="engines", turn=1, at=NOW)
    ports.reading.note(community, "ana", "x", "engines", NOW)
    ports.reading.place(community, "ana", Bookmark(article="engines", item="x", part=1), NOW)
    ports.reviews.put(community, "ana", review("ada-1"))
    decided = suggest(ports, community)
    ports.suggestions.decide(community, decided, DECISION)
    rejected = propose(ports, community)
    ports.queue.decide(community, rejected, DECISION)
    ports.shelves.credit(community, "ada-1", "ana", "Ana")
    draft = draft_of(ports, community)
    programme, planned = plan(ports, community, message)
    ports.communities.first_time(community, "old event", NOW)
    ports.notices.keep(community, line("Nobody could be told."))
    db.execute("INSERT INTO members VALUES (?, 'ana', 'Ana', 1)", (community,))
    db.execute("INSERT INTO seasons VALUES (?, '2026-09-01', 'Autumn')", (community,))
    return World(
        store=store,
        ports=ports,
        message=message,
        unplaced=unplaced,
        sending=ports.deliveries.add(
            community, POST, about="quiz:1", due=NOW, message=unplaced, claimed=True
        ).id,
        waiting=ports.deliveries.add(
            community, EDIT, about="quiz:1", due=NOW, message=message, claimed=False
        ).id,
        showing=ports.showings.add(community, item="ada-1", about="", by="", message=message, at=NOW),
        posted=ports.reading.post(community, item="x", date=DATE, anew=False, message=message).id,
        sitting=ports.reviews.sit(community, sitting("ana")).id,
        suggestion=suggest(ports, community),
        programme=programme,
        planned=planned,
        decided=decided,
        proposal=propose(ports, community),
        draft=draft,
        rejected=rejected,
        closed=closed,
        round=open_round,
        set=joined,
        entry=_moderated(ports, community, closed),
    )


def _moderated(ports: Ports, community: str, round_: int) -> int:
    """Let a moderator do everything once; gives the entry of the audit log."""
    entry = ports.audit.note(community, Actor(id="mia", name="Mia"), "retire", "ada-1", NOW, whom="ana")
    ports.settings.remember(community, entry, {"zone": None}, {"zone": "UTC"})
    ports.moderation.challenge(challenge_of(community, entry, round_))
    ports.moderation.resum_all(community)
    return entry


def challenge_of(community: str, entry: int, round_: int) -> Challenge:
    """Make an upheld challenge after which a question is void."""
    return Challenge(entry=entry, community=community, round=round_, option=None, points=1)


def _only_here(world: World) -> None:
    """Let HERE do what THERE never does."""
    ports, db = world.ports, world.store._db.conn
    own = ask(ports, community=HERE, item="own-1")
    for member in ("ana", "own member"):
        ports.rounds.give(own, member, RIGHT, NOW)
    ports.rounds.move(own, State.CLOSED, closes_at=NOW + 45)
    ports.rounds.rate(HERE, "own-1", 0.5)
    db.execute(
        "UPDATE item_stats SET answers = 30, right_answers = 30 WHERE community = ? AND item = 'own-1'",
        (HERE,),
    )
    ports.decks.serve(HERE, "own deck", "ada-1", NOW)
    ports.saved.add(HERE, "own member", "ada-1", NOW)
    ports.shelves.note(HERE, "ada-3", "Speaks of war.")
    ports.pins.pin(HERE, Pinned(date=DATE, kind="prompt", item="own-1"))
    ports.scores.add(HERE, "own member", 1, source="round:1", at=NOW, zone=ZONE)
    ports.members.show(HERE, "own member", "Own")
    db.execute("INSERT INTO seasons VALUES (?, '2026-05-01', 'Spring')", (HERE,))
    ports.reading.draw(HERE, date="2026-11-25", item="own-x", article="own", turn=1, at=NOW)
    ports.reading.post(HERE, item="own-x", date=DATE, anew=False, message=world.message)
    ports.reading.note(HERE, "own member", "own-x", "own", NOW)
    ports.reading.place(HERE, "own member", Bookmark(article="own", item="own-x", part=1), NOW)
    ports.reviews.put(HERE, "own member", review("own-1"))
    ports.reviews.sit(HERE, sitting("own member"))
    suggest(ports, HERE, "own member")
    untold = suggest(ports, HERE, "own member")
    ports.suggestions.decide(HERE, untold, DECISION)
    ports.suggestions.tell_again(HERE, untold)
    ports.drafts.begin(HERE, LONG_AGO, 9)
    ports.queue.propose(HERE, replace(FOUND, item=replace(NEW, text="Only here")), NOW)
    propose(ports, HERE, "own")
    ports.queue.decide(HERE, propose(ports, HERE, "own"), DECISION)
    own_plan = replace(programme_of(HERE, "own plan"), id=0)
    shown = PlannedPost(programme=ports.programmes.add(HERE, own_plan), slot=SLOT, state="posted", item="x")
    ports.programmes.post(HERE, shown)
    ports.programmes.post(HERE, replace(shown, programme=world.programme, slot="2026-11-23T20:00"))
    ports.programmes.quieten(HERE, Quiet(community=HERE, since=NOW, until=NOW, by="own"))
    ports.programmes.black_out(HERE, "2026-12-24", held=True)
    db.execute("INSERT INTO settings VALUES (?, 'log', '\"own log\"')", (HERE,))
    db.execute("UPDATE rounds SET channel = 'own channel' WHERE id = ?", (world.round,))
    own_entry = ports.audit.note(HERE, Actor(id="mia", name="Mia"), "retire", "own-1", NOW)
    ports.scores.add(HERE, "own member", 1, source=f"adjustment:{own_entry}", at=NOW, zone=ZONE)
    ports.moderation.resummed(HERE, "ana")
    ports.settings.put(HERE, "quiz.seconds", 60)
    ports.settings.put(HERE, "visibility", "shown")
    db.execute("INSERT INTO communities VALUES (?, 'Asia/Kathmandu')", (HERE,))
    for community, moderators in ((HERE, '["mia"]'), (THERE, '["noor"]')):
        db.execute("INSERT INTO settings VALUES (?, 'moderators', ?)", (community, moderators))
