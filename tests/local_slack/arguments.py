"""The arguments of a Web API call, whichever way the client encoded them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.local_slack.refusal import RefusalError

if TYPE_CHECKING:
    from aiohttp import web

    from tests.local_slack.records import Json


async def read(request: web.Request) -> Json:
    """Return all arguments of a request: from the address, a form, or a JSON body."""
    values: Json = dict(request.query)
    if request.method != "POST":
        return values
    if request.content_type == "application/json":
        try:
            body = json.loads(await request.text() or "{}")
        except json.JSONDecodeError as fault:
            raise RefusalError("invalid_json") from fault
        if not isinstance(body, dict):
            raise RefusalError("json_not_object")
        return values | body
    return values | dict(await request.post())


@dataclass(frozen=True)
class Arguments:
    """Typed access to the arguments: forms carry everything as text, and lists and objects as JSON in it."""

    values: Json

    def text(self, name: str) -> str:
        """Return a string, "" if it is missing."""
        value = self.values.get(name)
        return "" if value is None else str(value)

    def needed(self, name: str) -> str:
        """Return a string that must be there."""
        value = self.text(name)
        if not value:
            raise RefusalError("invalid_arguments", f"missing required field: {name}")
        return value

    def flag(self, name: str) -> bool:
        """Return a boolean, however it was written."""
        return str(self.values.get(name, "")).lower() in {"1", "true"}

    def choice(self, name: str) -> bool | None:
        """Return a boolean, None if it is missing."""
        return self.flag(name) if name in self.values else None

    def number(self, name: str, default: int) -> int:
        """Return a whole number."""
        try:
            return int(self.values.get(name) or default)
        except ValueError as fault:
            raise RefusalError(
                "invalid_arguments", f"must provide an integer [json-pointer:/{name}]"
            ) from fault

    def structure(self, name: str, *, error: str = "invalid_arguments") -> Any:
        """Return a list or an object, None if it is missing; one that cannot be read is refused."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except json.JSONDecodeError as fault:
            raise RefusalError(error, f"not valid JSON [json-pointer:/{name}]") from fault
