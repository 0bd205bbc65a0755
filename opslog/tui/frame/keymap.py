"""The operator's keys (``domain.base.keys_file``) against the actions there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from opslog.domain.base.own_files.keys_file import OF_THE_SCREEN, Keys, split
from opslog.locale import N_, Msg, msg
from opslog.tui.frame.actions import GLOBAL
from opslog.tui.widgets.actions import REGISTRY


def usable(keys: Keys | None) -> tuple[dict[str, str], list[Msg]]:
    """Action id -> keys, and why the others of the file keep their usual ones.

    All is known only once every screen was imported (see ``navigation``): before that an id that
    no action has yet goes through.
    """
    if keys is None:
        return {}, []
    held: dict[str, str] = {}
    faults: list[Msg] = []
    together = _together() if keys.wanted else {}
    for id, wanted in keys.wanted.items():
        reason = _taken(id, split(wanted), held, together.get(id, set()))
        if reason is None:
            held[id] = wanted
        else:
            faults.append(keys.fault(id, reason))
    return held, faults


def unknown(keys: Keys | None) -> list[Msg]:
    """A word on each id that no action has."""
    if keys is None:
        return []
    return [
        keys.fault(id, msg(N_("there is no action {id}; the usual keys hold"), id=id))
        for id in keys.wanted
        if id not in REGISTRY
    ]


def _taken(id: str, wanted: list[str], held: Mapping[str, str], together: set[str]) -> Msg | None:
    """Why an action can't have these keys; None where it can."""
    usual = split(REGISTRY[id].keys) if id in REGISTRY else []
    for key in wanted:
        if key in usual:
            continue
        if key in OF_THE_SCREEN:
            return msg(
                N_("“{key}” belongs to the screen in front; {id} keeps its usual keys"),
                key=key,
                id=id,
            )
        for other in sorted(together):
            if key in split(held.get(other, REGISTRY[other].keys)):
                return msg(
                    N_("“{key}” is the key of {other}; {id} keeps its usual keys"),
                    key=key,
                    other=other,
                    id=id,
                )
    return None


def _together() -> dict[str, set[str]]:
    """Action id -> those that may answer to a key at the same time: of the same area, or the
    app's own, which work from anywhere."""
    from textual.widget import Widget  # the first picture is drawn before Textual is there

    areas: dict[str, set[str]] = defaultdict(set)
    for kind in _kinds(Widget):
        area = ".".join(kind.__module__.split(".")[:3])
        for binding in kind.__dict__.get("BINDINGS", ()):
            if (id := getattr(binding, "id", None)) in REGISTRY:
                areas[area].add(id)
    everywhere = set(GLOBAL)
    found: dict[str, set[str]] = defaultdict(set)
    for ids in (everywhere, *areas.values()):
        for id in ids | everywhere:
            found[id] |= (ids | everywhere) - {id}
    return found


def _kinds(kind: type[object]) -> Iterator[type[object]]:
    for below in kind.__subclasses__():
        if below.__module__.startswith("opslog."):
            yield below
        yield from _kinds(below)


_NAMES = {
    "question_mark": "?",
    "exclamation_mark": "!",
    "asterisk": "*",
    "slash": "/",
    "semicolon": ";",
    "greater_than_sign": ">",
    "minus": "-",
    "enter": "Enter",
    "escape": "Esc",
    "space": "Space",
    "tab": "Tab",
    "backspace": "⌫",
    "delete": "Del",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "comma": ",",
    "plus": "+",
    "number_sign": "#",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
}


def shown(id: str, held: Mapping[str, str]) -> str:
    """The key of an action as a person reads it; ``held`` are the operator's own."""
    return readable((held.get(id) or REGISTRY[id].keys).split(",")[0])


def readable(key: str) -> str:
    """A key's name as a person reads it: ``ctrl+p`` -> ``^p``."""
    key = key.strip()
    if key.startswith("ctrl+"):
        return "^" + key.removeprefix("ctrl+")
    if key.startswith("f") and key[1:].isdigit():
        return key.upper()
    return _NAMES.get(key, key)
