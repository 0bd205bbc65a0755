"""Labels of changes, and of lines that opslog wrote, as they stand in the file: the message and
its arguments, for any language.
"""

from __future__ import annotations

import json

from opslog.domain.base import damaged
from opslog.locale import Msg, Titled


def pack(label: Msg) -> str:
    """A label's arguments as JSON, messages within messages kept apart."""

    def plain(value: object) -> object:
        if isinstance(value, Titled):
            return {"id": value.id, "zh": value.chinese}
        if isinstance(value, Msg):
            return {"id": value.id, "args": json.loads(pack(value)), "plural": value.plural}
        return value if isinstance(value, int | float | str) or value is None else str(value)

    values: dict[str, object] = {key: plain(value) for key, value in label.args.items()}
    if label.plural:
        values["plural"] = label.plural
    return json.dumps(values, ensure_ascii=False)


def unpack(label: str, args: str) -> Msg:
    """The label as it was, ready for any language."""

    def message(id: str, values: dict[str, object], plural: str) -> Msg:
        return Msg(id, {k: rich(v) for k, v in values.items()}, plural)

    def rich(value: object) -> object:
        if isinstance(value, dict) and "zh" in value:
            return Titled(value["id"], value["zh"])
        if isinstance(value, dict):
            return message(value["id"], value["args"], value["plural"])
        return value

    values = damaged.mapping(args)
    plural = values.pop("plural", "")
    try:
        found = message(label, values, plural)
        found.english()
    except (LookupError, ValueError, TypeError, AssertionError, AttributeError):
        return Msg("{label} {args}", {"label": label, "args": args})  # damaged: as it stands
    return found


def spoken(text: str, label: str, args: str) -> str:
    """A text of opslog's own in the language spoken now; as written where no label was kept."""
    return str(unpack(label, args)) if label else text
