"""Checking bodies against Discord's OpenAPI document, where a folder holds it.

The document is not part of this project. The environment variable HUNDRED_REGIMENTS_SPECS names the folder
with `discord_openapi.json`; where it is not set, `SpecChecks.status` says so and nothing is checked.
"""

import functools
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, ValidationError, validators
from jsonschema.protocols import Validator

VARIABLE = "HUNDRED_REGIMENTS_SPECS"
_FILE = "discord_openapi.json"


@dataclass(frozen=True, kw_only=True)
class Mismatch:
    """A place where a body differs from the document."""

    path: tuple[str | int, ...]
    rule: str
    message: str


class SpecChecks:
    """The checks against the document, or the reason why there are none.

    Args:
        wanted: False switches the checks off, for speed.
    """

    def __init__(self, *, wanted: bool = True) -> None:
        folder = os.environ.get(VARIABLE)
        self._document: Path | None = None
        if not wanted:
            self.status = "off: switched off for this server"
        elif not folder:
            self.status = f"off: {VARIABLE} is not set"
        elif not (Path(folder) / _FILE).is_file():
            self.status = f"off: no {_FILE} in {folder}"
        else:
            self._document = Path(folder) / _FILE
            self.status = f"on: {self._document}"

    def request(self, method: str, template: str, body: Any) -> list[Mismatch]:
        """Return where a request's body differs from the document; nothing for endpoints it does not know."""
        if self._document is None:
            return []
        return _mismatches(_request_validator(self._document, method.lower(), template), body)

    def response(self, method: str, template: str, status: int, body: Any) -> list[Mismatch]:
        """Return where one of the local server's own answers differs from the document."""
        if self._document is None:
            return []
        return _mismatches(_response_validator(self._document, method.lower(), template, status), body)


def _mismatches(validator: Validator | None, body: Any) -> list[Mismatch]:
    if validator is None:
        return []
    return [
        Mismatch(path=tuple(error.absolute_path), rule=str(error.validator), message=error.message[:300])
        for error in validator.iter_errors(body)
    ]


@functools.cache
def _request_validator(document: Path, method: str, template: str) -> Validator | None:
    operation = _linked(document, lenient=True)["paths"].get(template, {}).get(method, {})
    content = operation.get("requestBody", {}).get("content", {})
    return _validator(content.get("application/json", {}).get("schema"))


@functools.cache
def _response_validator(document: Path, method: str, template: str, status: int) -> Validator | None:
    operation = _linked(document, lenient=False)["paths"].get(template, {}).get(method, {})
    content = operation.get("responses", {}).get(str(status), {}).get("content", {})
    return _validator(content.get("application/json", {}).get("schema"))


def _validator(schema: Any) -> Validator | None:
    return None if schema is None else _Validator(schema)


@functools.cache
def _linked(document: Path, *, lenient: bool) -> dict[str, Any]:
    """Return the document with every `$ref` replaced by what it names, which spares looking it up each time.

    With `lenient`, ids may be numbers: Discord reads them so, and its official libraries' users send them.
    """
    whole: dict[str, Any] = json.loads(document.read_text(encoding="utf-8"))
    schemas = whole["components"]["schemas"]
    if lenient:
        schemas["SnowflakeType"]["type"] = ["string", "integer"]
    _link(whole, whole)
    return whole


def _link(node: Any, whole: dict[str, Any]) -> None:
    """Replace the references below a node, each node once: the result may contain itself."""
    inner = node.items() if isinstance(node, dict) else enumerate(node)
    for key, value in list(inner):
        if isinstance(value, dict) and "$ref" in value:
            node[key] = _named(whole, value["$ref"])
        elif isinstance(value, dict | list):
            _link(value, whole)


def _named(whole: dict[str, Any], reference: str) -> Any:
    node: Any = whole
    for step in reference.removeprefix("#/").split("/"):
        node = node[step.replace("~1", "/").replace("~0", "~")]
    return node


def _one_of(validator: Any, schemas: list[Any], instance: Any, schema: Any) -> Iterator[ValidationError]:
    """Check alternatives by the one that is meant, so that an error says what is wrong inside it.

    Discord's alternatives are told apart by null, by a constant or by the integer at `type`.
    """
    if all("const" in option for option in schemas):
        if instance not in [option["const"] for option in schemas]:
            yield ValidationError(f"{instance!r} is none of the known values")
        return
    real = [option for option in schemas if option.get("type") != "null"]
    if instance is None and len(real) < len(schemas):
        return
    meant = real
    if isinstance(instance, dict) and isinstance(instance.get("type"), int):
        meant = [option for option in real if instance["type"] in _types_of(option)] or real
    if len(meant) == 1:
        yield from validator.descend(instance, meant[0])
    elif not any(validator.evolve(schema=option).is_valid(instance) for option in meant):
        yield ValidationError(f"{instance!r} fits none of the alternatives")


def _types_of(option: dict[str, Any]) -> list[Any]:
    return list(option.get("properties", {}).get("type", {}).get("enum", []))


_Validator: Any = validators.extend(  # type: ignore[no-untyped-call]  # the stubs leave it untyped
    Draft202012Validator, {"oneOf": _one_of, "anyOf": _one_of}
)
