"""Everything that can be asked of the bot, from all its features."""

from bot.core import commands
from bot.core.features import (
    excerpt,
    first_run,
    home,
    leaderboard,
    library,
    library_add,
    library_check,
    library_import,
    library_retire,
    library_review,
    library_speaker,
    library_sure,
    moderate,
    privacy,
    quiet,
    quiz,
    quote,
    read,
    review,
    saved,
    schedule,
    schedule_pause,
    schedule_posts,
    score,
    search,
    settings,
    suggest,
)
from bot.core.features import help as help_feature
from bot.core.registry import Registry


def catalogue() -> Registry:
    """Make the registry of all commands, actions and submissions, in the order in which /help lists them."""
    return Registry(
        quote.ENTRIES,
        quiz.ENTRIES,
        excerpt.ENTRIES,
        read.ENTRIES,
        review.ENTRIES,
        search.ENTRIES,
        saved.ENTRIES,
        leaderboard.ENTRIES,
        score.ENTRIES,
        suggest.ENTRIES,
        privacy.ENTRIES,
        schedule.ENTRIES,
        schedule_pause.ENTRIES,
        schedule_posts.ENTRIES,
        library.ENTRIES,
        library_add.ENTRIES,
        library_import.ENTRIES,
        library_review.ENTRIES,
        library_speaker.ENTRIES,
        library_sure.ENTRIES,
        library_retire.ENTRIES,
        library_check.ENTRIES,
        settings.ENTRIES,
        moderate.ENTRIES,
        quiet.ENTRIES,
        first_run.ENTRIES,
        help_feature.ENTRIES,
        home.ENTRIES,
        commands.ENTRIES,
    )
