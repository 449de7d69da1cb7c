"""What Discord checks in the components of a message and in a modal."""

from typing import Any

from tests.local_discord.messages import (
    BUTTON,
    FILE_UPLOAD,
    LABEL,
    LINK_STYLE,
    ROW,
    STRING_SELECT,
    TEXT_INPUT,
)
from tests.local_discord.model import Wire
from tests.local_discord.refusals import Form, Path

ROWS, BUTTONS_IN_A_ROW, OPTIONS, COMPONENTS_IN_ALL, TEXT_IN_ALL = 5, 5, 25, 40, 4_000
_CUSTOM_ID, _BUTTON_LABEL, _URL, _PLACEHOLDER, _OPTION_TEXT = 100, 80, 512, 150, 100
_MODAL_TITLE, _MODAL_LABEL, _MODAL_INPUTS, _INPUT_TEXT, _INPUT_HINT, _LABEL_HINT = 45, 45, 5, 4_000, 100, 100
_SELECTS = (3, 5, 6, 7, 8)
_RICH = (9, 10, 11, 12, 13, 14, 17)
_STYLES = (1, 2, 3, 4, 5, 6)
_PREMIUM_STYLE = 6
_INPUT_STYLES = (1, 2)


def check_components(form: Form, path: Path, components: Any, *, rich: bool) -> None:
    """Note what is wrong with a message's components; `rich` ones may hold more than rows."""
    most = COMPONENTS_IN_ALL if rich else ROWS
    listed = form.items(path, components, most, 1) if components else []
    check = _Check(form, rich=rich)
    for number, component in enumerate(listed):
        check.top((*path, number), component)
    if check.seen > COMPONENTS_IN_ALL:
        said = f"The message cannot have more than {COMPONENTS_IN_ALL} components"
        form.fault(path, "COMPONENT_LAYOUT_TOO_MANY_COMPONENTS", said)
    if check.written > TEXT_IN_ALL:
        form.length(path, check.written, TEXT_IN_ALL)


class _Check:
    """One walk over a message's components; custom ids are unique over all of them."""

    def __init__(self, form: Form, *, rich: bool) -> None:
        self.form = form
        self.rich = rich
        self.custom_ids: set[str] = set()
        self.seen = 0
        self.written = 0

    def top(self, path: Path, component: Any) -> None:
        model = self.form.model(path, component)
        if model is None:
            return
        self.seen += 1
        kind = model.get("type")
        if kind == ROW:
            self.row(path, model)
        elif self.rich and kind in _RICH:
            self.written += len(model.get("content") or "")
            for number, inner in enumerate(model.get("components") or []):
                self.top((*path, "components", number), inner)
            if model.get("accessory") is not None:
                self.widget((*path, "accessory"), model["accessory"])
        elif kind in _RICH:
            said = "The specified component type requires MessageFlags.IS_COMPONENTS_V2"
            self.form.fault((*path, "type"), "COMPONENT_LAYOUT_REQUIRES_COMPONENTS_V2", said)
        else:
            self.form.choice((*path, "type"), kind, (ROW, *_RICH) if self.rich else (ROW,))

    def row(self, path: Path, row: Wire) -> None:
        place = (*path, "components")
        inner = self.form.items(place, row.get("components") or [], BUTTONS_IN_A_ROW, 1)
        has_select = any(isinstance(one, dict) and one.get("type") in _SELECTS for one in inner)
        for number, component in enumerate(inner):
            self.widget((*place, number), component)
            if has_select and number:
                said = "The specified component exceeds the maximum width"
                self.form.fault((*place, number), "COMPONENT_LAYOUT_WIDTH_EXCEEDED", said)

    def widget(self, path: Path, component: Any) -> None:
        model = self.form.model(path, component)
        if model is None or not self.form.choice((*path, "type"), model.get("type"), (BUTTON, *_SELECTS)):
            return
        self.seen += 1
        if model["type"] == BUTTON:
            self.button(path, model)
        else:
            self.custom_id(path, model)
            check_select(self.form, path, model)

    def button(self, path: Path, button: Wire) -> None:
        if not self.form.choice((*path, "style"), button.get("style"), _STYLES):
            return
        self.form.text((*path, "label"), button.get("label"), _BUTTON_LABEL)
        if button["style"] == LINK_STYLE:
            self.link(path, button)
            return
        if button["style"] == _PREMIUM_STYLE:
            return
        if not button.get("label") and not button.get("emoji"):
            said = "A button must have a label or an emoji"
            self.form.fault((*path, "label"), "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", said)
        if button.get("custom_id") is None:
            said = "A custom id is required"
            self.form.fault((*path, "custom_id"), "BUTTON_COMPONENT_CUSTOM_ID_REQUIRED", said)
        else:
            self.custom_id(path, button)

    def link(self, path: Path, button: Wire) -> None:
        self.form.address((*path, "url"), button.get("url"), _URL, ("http://", "https://", "discord://"))
        if not button.get("url"):
            self.form.required((*path, "url"))
        if button.get("custom_id") is not None:
            said = "A custom id and url cannot both be specified"
            self.form.fault((*path, "custom_id"), "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", said)

    def custom_id(self, path: Path, component: Wire) -> None:
        place, value = (*path, "custom_id"), component.get("custom_id")
        self.form.text(place, value, _CUSTOM_ID, 1, required=True)
        if value in self.custom_ids:
            said = "Component custom id cannot be duplicated"
            self.form.fault(place, "COMPONENT_CUSTOM_ID_DUPLICATED", said)
        self.custom_ids.add(str(value))


def check_select(form: Form, path: Path, select: Wire) -> None:
    """Note what is wrong with a select."""
    form.text((*path, "placeholder"), select.get("placeholder"), _PLACEHOLDER)
    if select["type"] != STRING_SELECT:
        return
    options = form.items((*path, "options"), select.get("options") or [], OPTIONS, 1)
    values: set[Any] = set()
    for number, option in enumerate(options):
        place = (*path, "options", number)
        form.text((*place, "label"), option.get("label"), _OPTION_TEXT, 1, required=True)
        form.text((*place, "value"), option.get("value"), _OPTION_TEXT, 1, required=True)
        form.text((*place, "description"), option.get("description"), _OPTION_TEXT)
        if option.get("value") in values:
            said = "The specified option value is already used"
            form.fault((*place, "value"), "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", said)
        values.add(option.get("value"))
    if (select.get("max_values") or 1) > len(options):
        said = "The maximum number of values must not exceed the number of options"
        form.fault((*path, "max_values"), "SELECT_COMPONENT_MAX_VALUES_EXCEEDS_OPTIONS", said)


def check_modal(form: Form, path: Path, modal: Any) -> None:
    """Note what is wrong with a modal: its title, its inputs and their labels."""
    model = form.model(path, modal)
    if model is None:
        return
    form.text((*path, "custom_id"), model.get("custom_id"), _CUSTOM_ID, 1, required=True)
    form.text((*path, "title"), model.get("title"), _MODAL_TITLE, 1, required=True)
    place = (*path, "components")
    custom_ids: set[str] = set()
    for number, component in enumerate(form.items(place, model.get("components") or [], _MODAL_INPUTS, 1)):
        _check_modal_part(form, (*place, number), component, custom_ids)


def _check_modal_part(form: Form, path: Path, component: Any, custom_ids: set[str]) -> None:
    model = form.model(path, component)
    if model is None or not form.choice((*path, "type"), model.get("type"), (ROW, 10, LABEL)):
        return
    if model["type"] == LABEL:
        form.text((*path, "label"), model.get("label"), _MODAL_LABEL, 1, required=True)
        form.text((*path, "description"), model.get("description"), _LABEL_HINT)
        inner = form.model((*path, "component"), model.get("component"))
        if inner is not None:
            _check_input(form, (*path, "component"), inner, custom_ids)
    elif model["type"] == ROW:
        for number, inner in enumerate(
            form.items((*path, "components"), model.get("components") or [], 1, 1)
        ):
            place = (*path, "components", number)
            _check_input(form, place, inner, custom_ids)
            form.text((*place, "label"), inner.get("label"), _MODAL_LABEL, 1, required=True)


def _check_input(form: Form, path: Path, component: Wire, custom_ids: set[str]) -> None:
    form.text((*path, "custom_id"), component.get("custom_id"), _CUSTOM_ID, 1, required=True)
    if component.get("custom_id") in custom_ids:
        said = "Component custom id cannot be duplicated"
        form.fault((*path, "custom_id"), "COMPONENT_CUSTOM_ID_DUPLICATED", said)
    custom_ids.add(str(component.get("custom_id")))
    if component.get("type") in _SELECTS:
        check_select(form, path, component)
    if (
        component.get("type") == FILE_UPLOAD
        and not 0 <= component.get("min_values", 1) <= component.get("max_values", 1) <= 10
    ):
        form.fault((*path, "max_values"), "NUMBER_TYPE_MAX", "int value should be between min_values and 10.")
    if component.get("type") != TEXT_INPUT:
        return
    form.choice((*path, "style"), component.get("style"), _INPUT_STYLES)
    form.text((*path, "placeholder"), component.get("placeholder"), _INPUT_HINT)
    form.text((*path, "value"), component.get("value"), _INPUT_TEXT)
    for key, least in (("min_length", 0), ("max_length", 1)):
        size = component.get(key)
        if size is not None and not least <= size <= _INPUT_TEXT:
            said = f"int value should be between {least} and {_INPUT_TEXT}."
            form.fault((*path, key), "NUMBER_TYPE_MAX" if size > _INPUT_TEXT else "NUMBER_TYPE_MIN", said)
