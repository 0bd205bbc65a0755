"""HTML and SVG as nested calls: what people or files wrote is escaped, whatever it holds."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from opslog.domain.base.text import storable, visible
from opslog.locale import language

_VOID = {"meta", "br", "link"}
_LANG = {"zh_CN": "zh-CN"}


class Markup(str):
    """Text that is markup already."""

    __slots__ = ()


Inside = str | Iterable["Inside"] | None  # None: nothing


def tag(name: str, /, *inside: Inside, **attributes: object) -> Markup:
    """An element. A trailing ``_`` keeps an attribute's name out of Python's words, ``_`` within
    it is a hyphen; those that are None are left out."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{plain(_number(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in _VOID:
        return Markup(f"<{name}{written}>")
    return Markup(f"<{name}{written}>{joined(inside)}</{name}>")


def joined(inside: Inside) -> Markup:
    """One after the other."""
    if inside is None:
        return Markup("")
    if isinstance(inside, Markup):
        return inside
    if isinstance(inside, str):
        return Markup(plain(inside))
    return Markup("".join(map(joined, inside)))


def plain(text: str) -> str:
    """Controls, and what turns the direction of writing, shown; nothing of it is markup."""
    return escape("\n".join(map(visible, storable(text).replace("\r\n", "\n").split("\n"))))


def head(title: str, style: str) -> Markup:
    """How a page begins, up to its heading: its language, its signs, its looks, nothing from
    elsewhere."""
    lang = _LANG.get(language(), language())
    parts = (
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", title),
        tag("style", Markup(style)),
    )
    return Markup(
        f'<!doctype html>\n<html lang="{lang}">\n<head>\n'
        + "\n".join(parts)
        + "\n</head>\n<body>\n"
    )


TAIL = "</body>\n</html>\n"


def _number(value: object) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
