"""How Discord says no: statuses, error codes and the tree of form errors."""

from enum import Enum
from typing import Any

Path = tuple[str | int, ...]


class Refusal(Exception):  # noqa: N818 -- an answer that Discord gives, not an error of this server
    """An answer other than success, raised by whatever finds the reason.

    Args:
        status: The HTTP status.
        code: Discord's own error code, 0 where there is none.
        message: Discord's sentence.
        errors: The tree of form errors of code 50035.
    """

    def __init__(self, status: int, code: int, message: str, errors: dict[str, Any] | None = None) -> None:
        super().__init__(f"{status} {code}: {message}")
        self.status = status
        self.code = code
        self.message = message
        self.errors = errors

    def body(self) -> dict[str, Any]:
        """Return the JSON body of the answer."""
        body: dict[str, Any] = {"message": self.message, "code": self.code}
        if self.errors is not None:
            body["errors"] = self.errors
        return body


class No(Enum):
    """The refusals that carry no details: status, code, sentence."""

    UNAUTHORIZED = (401, 0, "401: Unauthorized")
    NOT_FOUND = (404, 0, "404: Not Found")
    UNKNOWN_APPLICATION = (404, 10002, "Unknown Application")
    UNKNOWN_CHANNEL = (404, 10003, "Unknown Channel")
    UNKNOWN_GUILD = (404, 10004, "Unknown Guild")
    UNKNOWN_MEMBER = (404, 10007, "Unknown Member")
    UNKNOWN_MESSAGE = (404, 10008, "Unknown Message")
    UNKNOWN_USER = (404, 10013, "Unknown User")
    UNKNOWN_WEBHOOK = (404, 10015, "Unknown Webhook")
    UNKNOWN_INTERACTION = (404, 10062, "Unknown interaction")
    UNKNOWN_COMMAND = (404, 10063, "Unknown application command")
    NOT_YOUR_APPLICATION = (403, 20012, "You are not authorized to perform this action on this application")
    TOO_MANY_PINS = (400, 30003, "Maximum number of pins reached for the channel (250)")
    TOO_MANY_COMMANDS = (400, 30032, "Maximum number of application commands reached (100)")
    TOO_MANY_CREATES = (400, 30034, "Max number of daily application command creates has been reached (200)")
    TOO_LARGE = (413, 40005, "Request entity too large")
    ALREADY_ACKNOWLEDGED = (400, 40060, "Interaction has already been acknowledged.")
    MISSING_ACCESS = (403, 50001, "Missing Access")
    NOT_THE_AUTHOR = (403, 50005, "Cannot edit a message authored by another user")
    EMPTY_MESSAGE = (400, 50006, "Cannot send an empty message")
    CANNOT_MESSAGE_USER = (403, 50007, "Cannot send messages to this user")
    MISSING_PERMISSIONS = (403, 50013, "Missing Permissions")
    SYSTEM_MESSAGE = (400, 50021, "Cannot execute action on a system message")
    WRONG_CHANNEL_TYPE = (400, 50024, "Cannot execute action on this channel type")
    INVALID_WEBHOOK_TOKEN = (401, 50027, "Invalid Webhook Token")
    THREAD_ARCHIVED = (400, 50083, "Thread is archived")
    INVALID_JSON = (400, 50109, "The request body contains invalid JSON.")
    REPLY_NEEDS_HISTORY = (400, 160002, "Cannot reply without permission to read message history")
    HAS_THREAD = (400, 160004, "A thread has already been created for this message")

    def refusal(self) -> Refusal:
        """Return the exception to raise."""
        return Refusal(*self.value)


class Form:
    """Collects what is wrong with a body, and where, in Discord's codes and words."""

    def __init__(self) -> None:
        self.errors: dict[str, Any] = {}

    def fault(self, path: Path, code: str, message: str) -> None:
        """Note one fault at a place of the body."""
        place = self.errors
        for step in path:
            place = place.setdefault(str(step), {})
        place.setdefault("_errors", []).append({"code": code, "message": message})

    def required(self, path: Path) -> None:
        """Note that something must stand here."""
        self.fault(path, "BASE_TYPE_REQUIRED", "This field is required")

    def length(self, path: Path, size: int, most: int, least: int = 0) -> None:
        """Note a length (of a text or a list) outside `least` to `most`."""
        if least <= size <= most:
            return
        if least:
            self.fault(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")
        else:
            self.fault(path, "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")

    def text(self, path: Path, value: Any, most: int, least: int = 0, *, required: bool = False) -> None:
        """Note a value that is no text, is missing, or has the wrong length."""
        if value is None:
            if required:
                self.required(path)
        elif not isinstance(value, str):
            self.fault(path, "STRING_TYPE_CONVERT", f'Could not interpret "{value}" as string.')
        else:
            self.length(path, len(value), most, least)

    def address(self, path: Path, value: Any, most: int, schemes: tuple[str, ...]) -> None:
        """Note an address that is too long or begins with none of the schemes."""
        self.text(path, value, most)
        if isinstance(value, str) and not value.startswith(schemes):
            said = (
                f"Scheme \"{value.split(':')[0]}\" is not supported. Scheme must be one of ('http', 'https')."
            )
            self.fault(path, "URL_TYPE_INVALID_SCHEME", said)

    def choice(self, path: Path, value: Any, choices: tuple[int, ...]) -> bool:
        """Note a value that is none of the choices; return whether it is one."""
        if value in choices:
            return True
        listed = ", ".join(map(str, choices))
        self.fault(path, "BASE_TYPE_CHOICES", f"Value must be one of {{{listed}}}.")
        return False

    def items(self, path: Path, value: Any, most: int, least: int = 0) -> list[Any]:
        """Return the list at this place, noting one that is no list or has the wrong length."""
        if value is None:
            return []
        if not isinstance(value, list):
            self.fault(path, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
            return []
        self.length(path, len(value), most, least)
        return value

    def model(self, path: Path, value: Any) -> dict[str, Any] | None:
        """Return the object at this place, noting anything else."""
        if isinstance(value, dict):
            return value
        self.fault(path, "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType")
        return None

    def refuse_if_wrong(self) -> None:
        """Raise the 400 with everything noted, if anything was."""
        if self.errors:
            raise Refusal(400, 50035, "Invalid Form Body", self.errors)
