"""What the core needs from outside: the storage ports, and the few settings and the randomness it is given.

Every method takes the community it is about and finds nothing of another's. All times are UTC seconds. Writes
belong to the transaction of the event at hand.
"""

from bot.core.ports.audit import AuditPort, Noted
from bot.core.ports.boards import BoardPort, Level, Rank, Ranked, Span, Window
from bot.core.ports.bundle import Ports, Rules
from bot.core.ports.communities import CommunityPort
from bot.core.ports.decks import DeckPort, Showing, ShowingPort
from bot.core.ports.deliveries import DeliveryPort, Waiting, Written
from bot.core.ports.drafts import DraftPort
from bot.core.ports.library import Candidate, LibraryPort
from bot.core.ports.members import Entry, Kept, MemberPort
from bot.core.ports.moderation import CHOICES_KEPT, Challenge, Counted, ModerationPort
from bot.core.ports.notices import NoticePort
from bot.core.ports.pins import THE_DAY, Pinned, PinPort
from bot.core.ports.presences import PresencePort
from bot.core.ports.programmes import PlannedPost, Programme, ProgrammePort, Quiet
from bot.core.ports.queue import Counts, Found, Proposal, QueuePort, ShelfPort, Shelved, Worded
from bot.core.ports.reading import Bookmark, Day, Posted, ReadingPort
from bot.core.ports.reviews import NextDay, Review, ReviewPort, Sitting, Spaced, Spacing
from bot.core.ports.rounds import RoundPort
from bot.core.ports.saved import SavedPort
from bot.core.ports.scores import Points, Record, ScorePort
from bot.core.ports.search import Hit, SearchPort
from bot.core.ports.sets import Set, SetPort, SetResult
from bot.core.ports.settings import SettingPort
from bot.core.ports.suggestions import Decision, Standing, Suggestion, SuggestionPort

__all__ = [
    "CHOICES_KEPT",
    "THE_DAY",
    "AuditPort",
    "BoardPort",
    "Bookmark",
    "Candidate",
    "Challenge",
    "CommunityPort",
    "Counted",
    "Counts",
    "Day",
    "Decision",
    "DeckPort",
    "DeliveryPort",
    "DraftPort",
    "Entry",
    "Found",
    "Hit",
    "Kept",
    "Level",
    "LibraryPort",
    "MemberPort",
    "ModerationPort",
    "NextDay",
    "Noted",
    "NoticePort",
    "PinPort",
    "Pinned",
    "PlannedPost",
    "Points",
    "Ports",
    "Posted",
    "PresencePort",
    "Programme",
    "ProgrammePort",
    "Proposal",
    "QueuePort",
    "Quiet",
    "Rank",
    "Ranked",
    "ReadingPort",
    "Record",
    "Review",
    "ReviewPort",
    "RoundPort",
    "Rules",
    "SavedPort",
    "ScorePort",
    "SearchPort",
    "Set",
    "SetPort",
    "SetResult",
    "SettingPort",
    "ShelfPort",
    "Shelved",
    "Showing",
    "ShowingPort",
    "Sitting",
    "Spaced",
    "Spacing",
    "Span",
    "Standing",
    "Suggestion",
    "SuggestionPort",
    "Waiting",
    "Window",
    "Worded",
    "Written",
]
