"""Channels where the bot posts by itself, as a community's moderators have set: what a host's check looks at."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Destination:
    """A channel, by its platform's id, and what is done there. `purpose` says it in words, as in “Daily excerpt”.

    `thread` and `pin` say that a post gets one, `ping` is the id of the role that is told of it.
    """

    community: str
    channel: str
    purpose: str
    thread: bool = False
    pin: bool = False
    ping: str = ""
