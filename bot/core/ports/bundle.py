"""Everything a handler may use, in one value."""

import random
from dataclasses import dataclass

from bot.core.ports.audit import AuditPort
from bot.core.ports.boards import BoardPort
from bot.core.ports.communities import CommunityPort
from bot.core.ports.decks import DeckPort, ShowingPort
from bot.core.ports.deliveries import DeliveryPort
from bot.core.ports.drafts import DraftPort
from bot.core.ports.library import LibraryPort
from bot.core.ports.members import MemberPort
from bot.core.ports.moderation import ModerationPort
from bot.core.ports.notices import NoticePort
from bot.core.ports.pins import PinPort
from bot.core.ports.presences import PresencePort
from bot.core.ports.programmes import ProgrammePort
from bot.core.ports.queue import QueuePort, ShelfPort
from bot.core.ports.reading import ReadingPort
from bot.core.ports.reviews import ReviewPort, Spacing
from bot.core.ports.rounds import RoundPort
from bot.core.ports.saved import SavedPort
from bot.core.ports.scores import ScorePort
from bot.core.ports.search import SearchPort
from bot.core.ports.sets import SetPort
from bot.core.ports.settings import SettingPort
from bot.core.ports.suggestions import SuggestionPort


@dataclass(frozen=True, kw_only=True, slots=True)
class Rules:
    """The settings the core decides by; bot.toml has their defaults."""

    quiz_seconds: int = 45
    points_right: int = 1
    points_fast: int = 0
    """What a right answer within `fast_seconds` of a live round's opening gets on top; 0 is off."""
    fast_seconds: int = 10
    library_share: float = 0.25
    """The part of an article in copyright that may be held in all."""
    library_card_words: int = 120
    """How many words of an article in copyright one card may show."""
    documents: str = ""
    """Where the documents can be read (https, without a slash at the end); empty where nowhere is said."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Ports:
    """Everything a handler may use."""

    library: LibraryPort
    decks: DeckPort
    showings: ShowingPort
    rounds: RoundPort
    sets: SetPort
    scores: ScorePort
    boards: BoardPort
    members: MemberPort
    saved: SavedPort
    search: SearchPort
    suggestions: SuggestionPort
    queue: QueuePort
    drafts: DraftPort
    shelves: ShelfPort
    reading: ReadingPort
    reviews: ReviewPort
    programmes: ProgrammePort
    pins: PinPort
    deliveries: DeliveryPort
    notices: NoticePort
    communities: CommunityPort
    presences: PresencePort
    settings: SettingPort
    audit: AuditPort
    moderation: ModerationPort
    chance: random.Random
    spacing: Spacing
    rules: Rules
