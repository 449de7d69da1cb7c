"""Names as people type them: who is meant, what to complete, what was probably meant.

`Roster` is the way in. `fold` and `closest` serve the search and every "did you mean", `is_meant` reads typed answers
that are no names, `named_in` says whether words name a person.
"""

from bot.core.names.closest import closest, is_meant
from bot.core.names.fold import fold
from bot.core.names.match import Identified, Match, Named, Nobody, WhichOne
from bot.core.names.mention import named_in
from bot.core.names.roster import Roster

__all__ = [
    "Identified",
    "Match",
    "Named",
    "Nobody",
    "Roster",
    "WhichOne",
    "closest",
    "fold",
    "is_meant",
    "named_in",
]
