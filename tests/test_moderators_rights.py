"""What is the moderators' is refused to everybody else: at every command, at every button and form, real or forged."""

from collections.abc import Iterator

import pytest

from bot.core.catalogue import catalogue
from bot.core.core import Core
from bot.core.errors import UserMistake
from bot.core.events import Actor, ButtonPressed, CommandUsed, Event, FormSubmitted, MessageRef, Place
from bot.core.registry import Access
from storage.store import MEMORY, Store
from tests.storage_samples import HERE, NOW, ports_of

FEATURES = {"schedule", "library", "settings", "moderate", "quiet", "setup"}
"""The moderators' features: nothing of theirs is anybody else's."""
REGISTRY = catalogue()
BY_NAME = {**REGISTRY.commands, **REGISTRY.actions, **REGISTRY.submissions}
THEIRS = sorted(name for name, entry in BY_NAME.items() if entry.access is Access.MODERATOR)
PLACE = Place(community=HERE, channel="general")
ANA = Actor(id="ana", name="Ana", roles=frozenset({"readers"}))


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    """Give one empty database to all of them: nothing is written."""
    opened = Store(MEMORY)
    yield opened
    opened.close()


def asked(name: str) -> Event:
    """Let Ana use a command, or forge the button or the form of that name."""
    if name in REGISTRY.commands:
        return CommandUsed(place=PLACE, actor=ANA, at=NOW, command=name, text="1")
    if name in REGISTRY.actions:
        ref = MessageRef("general", "m-1")
        return ButtonPressed(place=PLACE, actor=ANA, at=NOW, token=f"1:{name}:1", message=ref)
    return FormSubmitted(place=PLACE, actor=ANA, at=NOW, token=f"1:{name}:1", values={"kind": "quote"})


def test_the_moderators_features_are_theirs_alone() -> None:
    """Each command, button and form of these features is declared as the moderators', and no other is."""
    belongs = {name for name in BY_NAME if name.replace(" ", ":").partition(":")[0] in FEATURES}
    assert set(THEIRS) == belongs


@pytest.mark.parametrize("name", THEIRS)
def test_a_member_is_refused_and_nothing_is_written(store: Store, name: str) -> None:
    """The refusal says whose it is, before anything typed or forged is looked at."""
    before = store.changes
    with store.transaction(), pytest.raises(UserMistake) as refused:
        Core(ports_of(store), REGISTRY).handle(asked(name))
    said = "".join(str(getattr(part, "name", part)) for part in refused.value.parts)
    assert "is for this community’s moderators." in said
    assert store.changes == before
