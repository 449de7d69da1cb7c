"""/library review: the queue, one card an entry, from what members suggest and what importers propose.

Its order and the keys that name its entries are those of `queue_order`. A row's state decides who was first, so two
moderators cannot both decide.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.core import admitting, auditing, mistakes, queue_order, shelf_cards, suggesting
from bot.core.cards import Button, Card, Intent, Option, line
from bot.core.effects import Effect, OpenForm, Show, Update
from bot.core.errors import UserMistake
from bot.core.features import library_lopsided
from bot.core.features.library_edit import as_edited, as_it_stands, edit_form
from bot.core.forms import ChoiceField, Form, TextField
from bot.core.inline import CommandName
from bot.core.ports import Decision, Found, Proposal, Standing, Suggestion
from bot.core.registry import Access, Action, Answer, Command, Submission
from bot.core.request import Request
from bot.core.tokens import token
from bot.core.wording import in_marks

_WORD = 200


def review(request: Request) -> Sequence[Effect]:
    """Show the first entry that waits."""
    first = queue_order.following(request.ports, request.community, "")
    return [Show(card=card_of(request, first) if first else _nothing())]


def later(request: Request) -> Sequence[Effect]:
    """Show the entry that follows, and the first again after the last."""
    key = _key(request)
    following = queue_order.following(request.ports, request.community, key)
    if following is None:
        return [Update(_nothing())]
    if following == key:
        raise UserMistake("This is the one entry that waits.")
    return [Update(card_of(request, following))]


def approve(request: Request) -> Sequence[Effect]:
    """Put an entry into service as it stands."""
    entry = _waiting(request)
    return _approved(request, entry, as_it_stands(request, entry))


def edit(request: Request) -> Sequence[Effect]:
    """Open the form in which an entry is put right and approved."""
    return [OpenForm(edit_form(request, _waiting(request), token("library:edited", _key(request))))]


def edited(request: Request) -> Sequence[Effect]:
    """Put an entry into service as the form has it."""
    entry = _waiting(request)
    return _approved(request, entry, as_edited(request, entry))


def reject(request: Request) -> Sequence[Effect]:
    """Ask why an entry is not taken."""
    _waiting(request)
    reason = ChoiceField(
        key="reason", label="Reason", options=tuple(Option(each, each) for each in suggesting.REASONS)
    )
    word = TextField(key="word", label="A word to whoever suggested it", required=False, most=_WORD)
    return [
        OpenForm(Form(title="Reject", token=token("library:rejected", _key(request)), fields=(reason, word)))
    ]


def rejected(request: Request) -> Sequence[Effect]:
    """Decline an entry for a reason."""
    entry, reason = _waiting(request), request.values.get("reason", "")
    if reason not in suggesting.REASONS:
        raise UserMistake("A reason is needed. Nothing was changed.", field="reason")
    word = request.values.get("word", "").strip()
    told = _decide(request, entry, Standing.REJECTED, reason=reason, word=word)
    _, noted = auditing.note(request, "reject", shelf_cards.in_queue(entry), reason)
    said = shelf_cards.decided(_decision(request, Standing.REJECTED, reason), _zone(request))
    words = (f"{said} ", CommandName("library restore"), " brings it back for 30 days.")
    return [Update(line(*words, intent=Intent.MODERATION)), *told, *noted]


def _approved(request: Request, entry: Proposal | Suggestion, found: Found | None) -> Sequence[Effect]:
    """Decide, and put what was found into service; a correction is only noted."""
    item = admitting.admit(request, found) if found else None
    told = _decide(request, entry, Standing.ACCEPTED)
    if item and isinstance(entry, Suggestion) and entry.credit:
        request.ports.shelves.credit(request.community, item.id, entry.member, entry.credit)
    _, noted = auditing.note(request, "approve", item.id if item else shelf_cards.in_queue(entry))
    said = shelf_cards.decided(_decision(request, Standing.ACCEPTED), _zone(request))
    if item is None:
        card = line(f"{said} Nothing in the library changes by itself.", intent=Intent.MODERATION)
    else:
        words = (f"{said} {shelf_cards.named('In service here:', item)} ", CommandName("library retire"))
        card = line(*words, " takes it out.", intent=Intent.MODERATION)
    return [Update(card), *told, *noted]


def _decide(
    request: Request, entry: Proposal | Suggestion, standing: Standing, *, reason: str = "", word: str = ""
) -> Sequence[Effect]:
    ports, community = request.ports, request.community
    if isinstance(entry, Suggestion):
        accepted = standing is Standing.ACCEPTED
        return suggesting.decide(
            ports,
            community,
            entry.id,
            accepted=accepted,
            by=request.actor,
            at=request.at,
            reason=reason,
            word=word,
        )
    decision = replace(_decision(request, standing, reason), word=word)
    if ports.queue.decide(community, entry.id, decision) is None:
        raise mistakes.foreign_button()
    return []


def _decision(request: Request, standing: Standing, reason: str = "") -> Decision:
    return Decision(
        standing=standing,
        by=request.member,
        name=in_marks(request.actor.name)[1:-1],
        at=request.at,
        reason=reason,
    )


def leaf(request: Request) -> Sequence[Effect]:
    """Show another page of a long excerpt that waits."""
    return [Update(card_of(request, _key(request), request.row(1)))]


def card_of(request: Request, key: str, page: int = 0) -> Card:
    """Make the card of an entry of the queue, or of one page of it. Raises UserMistake where there is none."""
    if key[:1] == "l":
        return library_lopsided.card_of(request, key)
    entry = _entry(request, key)
    if entry is None:
        raise mistakes.foreign_button()
    ports, community = request.ports, request.community
    place = f"Queue, {queue_order.place(ports, community, key):,} of {queue_order.total(ports, community):,}"
    if isinstance(entry, Suggestion):
        card = shelf_cards.suggestion_card(entry, place, _zone(request))
        editable = entry.kind != "correction"
    else:
        like = admitting.alike_to(request, entry.found)
        card, editable = shelf_cards.proposal_card(ports, community, entry, place, like, page), True
    pages = 1 if isinstance(entry, Suggestion) else shelf_cards.pages_of(entry.found.item)
    turning = Button("Next page", token("library:leaf", key, (page + 1) % pages))
    labels = (
        ("Approve", "approve"),
        *((("Edit", "edit"),) if editable else ()),
        ("Reject", "reject"),
        ("Later", "later"),
    )
    buttons = [Button(label, token(f"library:{act}", key)) for label, act in labels]
    return shelf_cards.with_buttons(card, *buttons, *((turning,) if pages > 1 else ()))


def _nothing() -> Card:
    return line(
        "Nothing waits in the queue. What members bring with ", CommandName("suggest"), " comes here.",
        intent=Intent.MODERATION,
    )  # fmt: skip


def _key(request: Request) -> str:
    return request.args[0] if request.args else ""


def _entry(request: Request, key: str) -> Proposal | Suggestion | None:
    number = queue_order.number_of(key)
    if key[:1] == "s":
        return request.ports.suggestions.get(request.community, number)
    return request.ports.queue.proposal(request.community, number) if key[:1] == "p" else None


def _waiting(request: Request) -> Proposal | Suggestion:
    """Get the entry that a button or a form is about. Raises UserMistake where it has been decided."""
    entry = _entry(request, _key(request))
    if entry is None:
        raise mistakes.foreign_button()
    if entry.decision is not None:
        said = shelf_cards.decided_before(entry.decision, request.at, _zone(request))
        raise UserMistake(
            f"{said}, so nothing was changed. ", CommandName("library review"), " shows the next."
        )
    return entry


def _zone(request: Request) -> str:
    return request.ports.communities.zone(request.community)


ENTRIES: tuple[Command | Action | Submission, ...] = (
    Command(
        name="library review",
        help="The queue: what members suggest and importers find, one by one",
        example="/library review",
        handler=review,
        access=Access.MODERATOR,
        reads=True,
    ),
    Action(name="library:approve", handler=approve, access=Access.MODERATOR, answer=Answer.UPDATE),
    Action(name="library:edit", handler=edit, access=Access.MODERATOR, opens_form=True),
    Action(name="library:reject", handler=reject, access=Access.MODERATOR, opens_form=True),
    Action(name="library:later", handler=later, access=Access.MODERATOR, answer=Answer.UPDATE, reads=True),
    Action(name="library:leaf", handler=leaf, access=Access.MODERATOR, answer=Answer.UPDATE, reads=True),
    Submission(name="library:edited", handler=edited, access=Access.MODERATOR, answer=Answer.UPDATE),
    Submission(name="library:rejected", handler=rejected, access=Access.MODERATOR, answer=Answer.UPDATE),
)
