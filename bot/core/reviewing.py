"""Review: the questions that a member answered another way come back to that member alone, further apart each time.

Days are local dates of the community. A question is a kind and an item: who said a quotation is one, how it ends is
another. A member has one sitting, and in it one question, frozen as it was shown; whatever card of theirs is pressed,
it shows where that sitting stands. Nothing here gives points, or counts for anybody's figures.
"""

from dataclasses import replace
from datetime import date
from functools import lru_cache

from bot.core import questions
from bot.core.library import Grade
from bot.core.ports import Ports, Review, Sitting
from bot.core.wording import local

LOOKED_AT = 20
"""How many questions are held against the library at once. Counts are exact as far as that."""
ELSEWHERE = -1
"""Stands for the option taken, in a sitting whose question was answered somewhere else."""


def enter(ports: Ports, community: str, member: str, kind: str, item: str, at: int) -> date:
    """Bring a question that a member answered another way into their review; gives the date on which it comes back.

    One that is there already is not entered twice: its memory counts this answer.
    """
    today = today_in(ports, community, at)
    fresh = _moved(ports, Review(kind=kind, item=item, due=today, state="", turn=0), right=False, on=today)
    found = (
        None
        if ports.reviews.begin(community, member, fresh)
        else ports.reviews.get(community, member, kind, item)
    )
    return _answered(ports, community, member, found, right=False, on=today).due if found else fresh.due


def today_in(ports: Ports, community: str, at: int) -> date:
    """Give the local date of a moment in a community."""
    return _date(at, ports.communities.zone(community))


@lru_cache(maxsize=64)
def _date(at: int, zone: str) -> date:
    return local(at, zone).date()


def soonest(ports: Ports, community: str, member: str) -> Review | None:
    """Give the question that has been due for longest, or comes next; what can no longer be asked is dropped."""
    while reviews := ports.reviews.soonest(community, member, LOOKED_AT):
        kept = [each for each in reviews if _in_service(ports, community, each)]
        for each in reviews:
            if each not in kept:
                ports.reviews.drop(community, member, each.kind, each.item)
        if kept:
            return kept[0]
    return None


def sit_down(ports: Ports, community: str, member: str, name: str, review: Review, at: int) -> Sitting:
    """Put a question in front of a member who asks for their review; `name` is as in Sitting.

    One that stands there without an answer stays as it was shown.
    """
    today = today_in(ports, community, at)
    before = ports.reviews.sitting_of(community, member)
    if before is None:
        # A serial from the clock stands on no card of a sitting that was forgotten.
        return _show(ports, community, member, name, review, serial=at, place=1, began=today)
    place = before.place if before.given is None and before.began == today else 1
    if before.given is None and _is_about(before, review):
        return ports.reviews.sit(community, replace(before, name=name, began=today, place=place))
    serial = before.serial + 1
    return _show(ports, community, member, name, review, serial=serial, place=place, began=today)


def go_on(ports: Ports, community: str, sitting: Sitting, review: Review, at: int) -> Sitting:
    """Put the next question in front of a member who has answered the one before."""
    today = today_in(ports, community, at)
    place = sitting.place + 1 if sitting.began == today else 1
    return _show(
        ports, community, sitting.member, sitting.name, review,
        serial=sitting.serial + 1, place=place, began=today,
    )  # fmt: skip


def answer(ports: Ports, community: str, sitting: Sitting, option: int, at: int) -> Sitting:
    """Take an answer to the question of a sitting that has none yet; gives the sitting with it.

    What has been answered elsewhere since it was shown is not counted again: `given` is then ELSEWHERE.
    """
    member = sitting.member
    review = ports.reviews.get(community, member, sitting.kind, sitting.item)
    if review is not None and review.turn != sitting.turn:
        option = ELSEWHERE
    elif review is not None and _in_service(ports, community, review):
        right = option == sitting.question.right
        _answered(ports, community, member, review, right=right, on=today_in(ports, community, at))
    elif review is not None:
        ports.reviews.drop(community, member, review.kind, review.item)
    return ports.reviews.sit(community, replace(sitting, given=option))


def _answered(ports: Ports, community: str, member: str, review: Review, *, right: bool, on: date) -> Review:
    moved = _moved(ports, review, right=right, on=on)
    ports.reviews.put(community, member, moved)
    return moved


def _moved(ports: Ports, review: Review, *, right: bool, on: date) -> Review:
    spaced = ports.spacing.after(review.state, right=right, on=on)
    return Review(
        kind=review.kind, item=review.item, due=spaced.due, state=spaced.state, turn=review.turn + 1
    )


def _show(
    ports: Ports,
    community: str,
    member: str,
    name: str,
    review: Review,
    *,
    serial: int,
    place: int,
    began: date,
) -> Sitting:
    question = questions.make(ports, community, review.kind, review.item, typed=False)
    sitting = Sitting(
        member=member,
        name=name,
        serial=serial,
        began=began,
        place=place,
        kind=review.kind,
        item=review.item,
        turn=review.turn,
        question=question,
    )
    return ports.reviews.sit(community, sitting)


def _is_about(sitting: Sitting, review: Review) -> bool:
    return (sitting.kind, sitting.item, sitting.turn) == (review.kind, review.item, review.turn)


def _in_service(ports: Ports, community: str, review: Review) -> bool:
    """Whether a question can be asked: its item is here, and still keys this kind."""
    if review.kind == "fact":
        return ports.library.fact(community, review.item) is not None
    quotation = ports.library.quotation(community, review.item)
    if quotation is None or quotation.grade is Grade.D or review.kind not in quotation.kinds:
        return False
    if review.kind == "article":
        return len(ports.library.articles(community)) >= questions.FEWEST_OPTIONS
    speaker = ports.library.person(community, quotation.speaker)
    return review.kind != "who" or (speaker is not None and speaker.public)
