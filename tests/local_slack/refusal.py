"""How Slack says no: an error code, sometimes with messages that point at the fault."""

from __future__ import annotations

from typing import Any

# Refusals that only a faulty request earns: the server also notes them as violations, so that a bot
# which swallows the exception is still found out. What depends on the workspace's state is not among them.
FAULTS = frozenset(
    {
        "invalid_arguments",
        "invalid_blocks",
        "invalid_blocks_format",
        "invalid_metadata_format",
        "markdown_text_conflict",
        "metadata_too_large",
        "msg_blocks_too_long",
        "msg_too_long",
        "no_item_specified",
        "no_text",
        "not_allowed_token_type",
        "not_authed",
        "unknown_method",
        "view_too_large",
    }
)


class RefusalError(Exception):
    """A refused request: `error` is Slack's code, `messages` say where, `more` joins the answer's body."""

    def __init__(
        self, error: str, *messages: str, status: int = 200, retry_after: int | None = None, **more: Any
    ) -> None:
        super().__init__(error, *messages)
        self.error = error
        self.messages = messages
        self.status = status
        self.retry_after = retry_after
        self.more = more

    def body(self) -> dict[str, Any]:
        """Return the JSON that Slack answers with."""
        body: dict[str, Any] = {"ok": False, "error": self.error, **self.more}
        if self.error == "invalid_blocks":
            body["errors"] = list(self.messages)
        if self.messages:
            body["response_metadata"] = {"messages": [f"[ERROR] {message}" for message in self.messages]}
        return body

    def headers(self) -> dict[str, str]:
        """Return the headers that go with the answer."""
        return {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}
