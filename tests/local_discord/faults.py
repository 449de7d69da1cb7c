"""Faults on demand: the next answers fail, are refused for their rate, come late or never."""

import asyncio
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any, Literal

from tests.local_discord.waiting import Bell

When = Literal["before", "after"]
_RATE_LIMITED, _BROKEN = 429, 0


@dataclass(kw_only=True, eq=False)
class Hold:
    """A request that is held back until `release`."""

    bell: Bell
    _reached: bool = False
    _released: asyncio.Event = field(default_factory=asyncio.Event)

    async def reached(self) -> None:
        """Wait until the request has come."""
        await self.bell.until(lambda: self._reached or None, "the request that is to be held")

    def release(self) -> None:
        """Let the request go on."""
        self._released.set()

    async def wait(self) -> None:
        """Hold whoever serves the request."""
        self._reached = True
        self.bell.ring()
        await self._released.wait()


@dataclass(kw_only=True, eq=False)
class Fault:
    """What happens to requests with this method and path, and how often.

    `when` tells whether it strikes before the request takes effect or after, which only the answer then hides.
    """

    method: str
    pattern: str
    times: int
    when: When
    hold: Hold | None = None
    status: int = 500
    code: int = 0
    message: str = ""
    retry_after: float = 0.0
    shared: bool = False

    @property
    def breaks_the_connection(self) -> bool:
        """Tell whether no answer comes at all."""
        return self.hold is None and self.status == _BROKEN

    def body(self) -> dict[str, Any]:
        """Return the JSON body of the answer."""
        if self.status == _RATE_LIMITED:
            said = "You are being rate limited."
            return {
                "message": said,
                "retry_after": self.retry_after,
                "global": self.shared,
                "code": self.code,
            }
        return {"message": self.message or f"{self.status}: made to fail", "code": self.code}

    def headers(self, now: float) -> dict[str, str]:
        """Return the headers that go with a rate limit; discord.py heeds it only with `Via`."""
        if self.status != _RATE_LIMITED:
            return {}
        headers = {
            "Via": "1.1 local",
            "Retry-After": str(max(1, round(self.retry_after))),
            "X-RateLimit-Limit": "5",
            "X-RateLimit-Remaining": "0",
            "X-RateLimit-Reset": f"{now + self.retry_after:.3f}",
            "X-RateLimit-Reset-After": f"{self.retry_after:.3f}",
            "X-RateLimit-Scope": "user",
        }
        return headers | ({"X-RateLimit-Global": "true"} if self.shared else {})


class Faults:
    """The faults that are still to strike, oldest first."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Arm a fault."""
        self._waiting.append(fault)

    def take(self, method: str, path: str, when: When) -> Fault | None:
        """Return the fault that strikes this request now, using it up by one."""
        for fault in self._waiting:
            if (fault.method, fault.when) == (method, when) and fnmatchcase(path, fault.pattern):
                fault.times -= 1
                if not fault.times:
                    self._waiting.remove(fault)
                return fault
        return None

    def release_all(self) -> None:
        """Let go of everything that is held, for the end of a test."""
        for fault in self._waiting:
            if fault.hold is not None:
                fault.hold.release()
        self._waiting.clear()
