"""Content controls (`w:sdtPr`) and legacy form fields (`w:ffData`) as `Control` records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commissioning.documents.tree import Control, ControlKind
from commissioning.documents.word.names import W14, W15, W, find, is_on, number, switch, value

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

# The element of `w:sdtPr` that says what kind of control it is (ECMA-376 part 1, §17.5.2; [MS-DOCX] §2.2.1, §2.5.1).
_KINDS = {
    W14 + "checkbox": ControlKind.TICK,
    W + "dropDownList": ControlKind.CHOICE,
    W + "comboBox": ControlKind.CHOICE,
    W + "date": ControlKind.DATE,
    W15 + "repeatingSection": ControlKind.REPEATING,
    W15 + "repeatingSectionItem": ControlKind.GROUP,
    W + "group": ControlKind.GROUP,
    W + "docPartObj": ControlKind.GROUP,
    W + "docPartList": ControlKind.GROUP,
    W + "picture": ControlKind.GROUP,
    W + "text": ControlKind.TEXT,
}


def content_control(sdt: Element, key: str) -> Control:
    """Return the control that a `w:sdt` is. One of no declared kind is rich text, which takes several paragraphs."""
    properties = find(sdt, "sdtPr")
    kind = _kind(properties)
    return Control(
        kind=kind,
        tag=value(properties, "tag"),
        alias=value(properties, "alias"),
        placeholder=bool(switch(properties, "showingPlcHdr")),
        checked=_checked(properties) if kind is ControlKind.TICK else None,
        options=_options(properties),
        date=_date(properties),
        key=key,
    )


def form_field(data: Element, key: str, shown: str) -> Control:
    """Return the legacy form field that a `w:ffData` describes; `shown` is the text that stands in the document for it.

    It is still a placeholder when nothing but blanks, or its default text, is shown.
    """
    name = value(data, "name")
    if (box := find(data, "checkBox")) is not None:
        return Control(ControlKind.TICK, tag=name, checked=_field_checked(box), key=key)
    if (choices := find(data, "ddList")) is not None:
        texts = tuple(value(entry) for entry in choices.iterchildren(W + "listEntry"))
        return Control(ControlKind.CHOICE, tag=name, options=tuple((text, text) for text in texts), key=key)
    untouched = not shown.strip() or shown == value(data, "textInput/default")
    return Control(ControlKind.TEXT, tag=name, placeholder=untouched, key=key)


def chosen_in_field(data: Element) -> str:
    """Return the text of the option that a legacy drop-down shows: its result, else its default, else the first one."""
    choices = find(data, "ddList")
    if choices is None:
        return ""
    texts = [value(entry) for entry in choices.iterchildren(W + "listEntry")]
    index = number(choices, "result" if find(choices, "result") is not None else "default")
    return texts[index] if index < len(texts) else ""


def _kind(properties: Element | None) -> ControlKind:
    for child in () if properties is None else properties:
        if (kind := _KINDS.get(str(child.tag))) is not None:
            several = kind is ControlKind.TEXT and is_on(str(child.get(W + "multiLine", "0")))
            return ControlKind.LONG_TEXT if several else kind
    return ControlKind.LONG_TEXT


def _checked(properties: Element | None) -> bool:
    """Return the stored state of a tick box, not its glyph."""
    state = None if properties is None else properties.find(f"{W14}checkbox/{W14}checked")
    return state is not None and is_on(str(state.get(W14 + "val", "1")))


def _field_checked(box: Element) -> bool:
    """Return the state of a legacy tick box; a default stands until someone has clicked (§17.16.7, §17.16.8)."""
    clicked = switch(box, "checked")
    return bool(switch(box, "default")) if clicked is None else clicked


def _options(properties: Element | None) -> tuple[tuple[str, str], ...]:
    for name in ("dropDownList", "comboBox"):
        if (items := find(properties, name)) is not None:
            return tuple(_option(item) for item in items.iterchildren(W + "listItem"))
    return ()


def _option(item: Element) -> tuple[str, str]:
    stored = str(item.get(W + "value", ""))
    return str(item.get(W + "displayText", stored)), stored


def _date(properties: Element | None) -> str:
    """Return the stored date, without the time that Word adds."""
    date = find(properties, "date")
    return "" if date is None else str(date.get(W + "fullDate", ""))[:10]
