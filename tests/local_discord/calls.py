"""What passes between the REST server and its endpoints."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.local_discord.world import Upload, World


@dataclass(frozen=True, kw_only=True)
class Call:
    """A request as an endpoint sees it.

    Args:
        args: The parts of the path.
        query: The query string's values.
        body: The JSON body, None where there is none.
        uploads: The files by their number in the form.
        confirm: Checks the body against the OpenAPI document. An endpoint calls it after its own checks, which
            know Discord's words, and before it changes anything.
    """

    args: Mapping[str, str]
    query: Mapping[str, str]
    body: Any
    confirm: Callable[[], None]
    uploads: dict[int, Upload] = field(default_factory=dict)

    @property
    def fields(self) -> dict[str, Any]:
        """Return the body as an object, empty where there is none."""
        return self.body if isinstance(self.body, dict) else {}


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A successful answer."""

    status: int = 200
    body: Any = None


NOTHING = Answer(status=204)
Endpoint = Callable[[World, Call], Answer]


@dataclass(frozen=True, kw_only=True)
class Route:
    """An endpoint at a path template of Discord's; `open` ones need no token of the bot."""

    method: str
    template: str
    endpoint: Endpoint
    open: bool = False
