"""Read whom a quotation speaks to by name, who then does not speak it: “Did you open it, Mr Low?”."""

import re

from content.importer.speaking.people import Someone
from content.importer.speaking.scene import Here, Scene

_TITLE = r"(?:Mr|Mrs|Ms|Miss|Dr|Sir|Lord|Lady|Professor|Minister|Councillor|Senator|Mayor|Judge)\.? "
_NAME = r"(?P<{}>(?:[A-Z][\w’'-]+ )?[A-Z][\w’'-]+)"
_AT_THE_END = re.compile(rf",\s(?:{_TITLE})?{_NAME.format('last')}[.?!,…]*$")
_AT_THE_HEAD = re.compile(rf"^(?:{_TITLE})?{_NAME.format('first')},\s")


def addressed(scene: Scene, here: Here) -> Someone | None:
    """Return the one person of the page whom a quotation calls by name at its end or its head."""
    inside = scene.inside(here)
    found = _AT_THE_END.search(inside) or _AT_THE_HEAD.match(inside)
    if found is None:
        return None
    name = tuple(found[1].split())
    known = scene.following.roster.named(name)
    return known[0] if len(known) == 1 else None
