"""How a programme's file is read: ``programmes/CODE.toml``, as shipped or the operator's own."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import PurePath

from opslog.domain.base.own_files.toml_lines import Table
from opslog.domain.base.sentences import listed
from opslog.domain.calls.spoken import FIELDS as SPOKEN
from opslog.domain.dates.wording import FIRST_HOUR, LAST_HOUR, clock_of
from opslog.domain.events.kinds import KINDS
from opslog.domain.programmes.contents import STAGES
from opslog.domain.programmes.programme import (
    ALTERNATE,
    CHANNELS,
    LATE_DAYS,
    LEAVES,
    MONTH,
    SLOTS,
    SPANS,
    Entry,
    Programme,
    Step,
)
from opslog.locale import N_, Msg, msg

MOST_STEPS = 200
FIELDS = (*SPOKEN, "title", "link", "label")
# By what somebody can enter, and what stands there: one of these, or any text.
ENTRIES: dict[str, tuple[str, ...]] = {
    "tag": (),
    "state": ("coming", "waiting", "withdrawn"),
    "verdict": ("keep", "drop"),
    "outcome": (),
    "came": KINDS,
    "absent": KINDS,
    "signed_up": KINDS,
    "requested": ("materials",),
    "returned": ("lead",),
    "silent": (),  # so many days without contact
}
_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,40}")
_ID = re.compile(r"[\w.-]{1,40}")
_WHEN = ("day", "week", "month")
_LONE = re.compile(r"[{}｛｝][^\n]{0,8}")  # a brace of no pair, and what follows it
_BRACES = re.compile(r"\{([^{}\n]*)\}")
_STEP = (
    *("id", *_WHEN, "zh", "en", "channel", "stage", "label", "by_hand"),
    *("clock", "text_zh", "text_en"),
)


def read(
    text: str,
    file: str,
    *,
    outcomes: Collection[str] | None = None,
    labels: Collection[str] | None = None,
) -> Programme:
    """Raises Faulty naming everything wrong with file and line; with ``outcomes`` and ``labels``
    also what none of these is, which may have been there when it was written."""
    table = Table.read(text, file)
    table.only("zh", "en", "runs", "leave", "target", "staff", "late", "enter", "step")
    code = PurePath(file.replace("\\", "/")).stem
    if not _CODE.fullmatch(code):
        table.fault("", msg(N_("“{code}” is no name of a programme; a-z, 0-9 and -"), code=code))
    leave = table.texts("leave")
    for one in leave:
        if one not in LEAVES:
            known = listed(LEAVES)
            table.fault(
                "leave", msg(N_("“{rule}” is not known; known: {known}"), rule=one, known=known)
            )
    if not leave:
        text_of = N_("there is no way out; write leave = {known}, or some of these")
        table.fault("leave", msg(text_of, known=str([*LEAVES]).replace("'", '"')))
    found = table.tables("step")
    if not found:
        table.fault("step", msg(N_("a programme needs a [[step]]")))
    if len(found) > MOST_STEPS:
        many = N_("{n} steps are too many; a programme has at most {most}")
        raise table.refused("step", msg(many, n=len(found), most=MOST_STEPS))
    steps = [_step(one) for one in found]
    entering = table.tables("enter")
    entries = tuple(map(_entry, entering))
    for own, step in zip(found, steps, strict=True):
        if labels is not None and step.label and step.label not in labels and not step.written:
            said = N_("there is no piece of content “{label}”; opslog content add writes one")
            own.fault("label", msg(said, label=step.label))
    for own, entry in zip(entering, entries, strict=True):
        if outcomes is not None and entry.by == "outcome" and entry.value not in outcomes:
            said = N_("“{outcome}” comes of no call; known: {known}")
            own.fault("outcome", msg(said, outcome=entry.value, known=listed(outcomes)))
    _in_order(found, steps)
    programme = Programme(
        code,
        table.text("zh"),
        table.text("en"),
        tuple(steps),
        table.one_of("runs", SPANS, "week"),
        entries=entries,
        leave=leave,
        target=table.integer("target", 0, 0, 100) / 100,
        late=table.integer("late", LATE_DAYS, 1, 400),
        staff=table.one_of("staff", (ALTERNATE, *SLOTS[:2]), ALTERNATE),
    )
    if steps and not programme.running:
        table.fault("runs", msg(N_("no step lies within “{runs}”"), runs=programme.runs))
    table.settle()
    return programme


def _step(table: Table) -> Step:
    table.only(*_STEP)
    given = [key for key in _WHEN if key in table.data]
    if len(given) != 1:
        table.fault("id", msg(N_("a step has one of day, week, month")))
    key = given[0] if given else "day"
    number = table.integer(key, 1, 1, {"day": 400, "week": 60, "month": 12}[key])
    clock = clock_of(table.text("clock", "")) if table.data.get("clock") else None
    if table.data.get("clock") and clock is None:
        table.fault("clock", msg(N_("“{key}” must be a time such as 09:30"), key="clock"))
    elif clock is not None and not FIRST_HOUR <= clock <= LAST_HOUR:
        said = N_("nobody is written to at {time}; “clock” lies between {first} and {last}")
        hours = {"first": f"{FIRST_HOUR:%H:%M}", "last": f"{LAST_HOUR:%H:%M}"}
        table.fault("clock", msg(said, time=f"{clock:%H:%M}", **hours))
    step = Step(
        table.text("id"),
        {"day": number, "week": 7 * number, "month": MONTH * number}[key],
        table.text("zh", "") or table.text("en", ""),
        table.text("en", "") or table.text("zh", ""),
        table.one_of("channel", CHANNELS, CHANNELS[0]),
        table.one_of("stage", STAGES, ""),
        table.text("label", ""),
        table.yes("by_hand"),
        clock,
        table.text("text_zh", "").strip(),
        table.text("text_en", "").strip(),
        number if key == "month" else 0,
    )
    if step.id and not _ID.fullmatch(step.id):
        table.fault("id", msg(N_("“id” is a word without spaces, of 40 signs at most")))
    for name, other in (("text_zh", step.text_en), ("text_en", step.text_zh)):
        if name in table.data and other and not getattr(step, name):
            said = N_("“{key}” holds no words: write some, or take the line out")
            table.fault(name, msg(said, key=name))
    for name in ("text_zh", "text_en"):
        if found := unknown_field(getattr(step, name)):
            table.fault(name, found)
    if not (step.written or step.label or step.stage or step.by_hand or step.channel == "call"):
        table.fault("id", msg(N_("a step has words: text_zh, label, stage, or by_hand = true")))
    return step


def unknown_field(text: str) -> Msg | None:
    """What stands in braces in the words of a message and is no field; a brace that is of no
    pair, or full-width, would go out as it stands."""
    for field in _BRACES.findall(text):
        if field not in FIELDS:
            said = N_("{{{field}}} is filled in by nothing; known: {known}")
            return msg(said, field=field, known=listed(FIELDS))
    if alone := _LONE.search(_BRACES.sub("", text)):
        said = N_("“{words}” would go out as it stands: a field is written {{person}}")
        return msg(said, words=alone[0])
    return None


def _in_order(tables: list[Table], steps: list[Step]) -> None:
    for number, (table, step) in enumerate(zip(tables, steps, strict=True)):
        before = steps[:number]
        if any(one.id == step.id for one in before):
            table.fault("id", msg(N_("“{id}” is the name of two steps"), id=step.id))
        if any((one.day, one.channel) == (step.day, step.channel) for one in before):
            said = N_("two steps by {channel} fall on day {day}")
            table.fault(_by(table), msg(said, channel=step.channel, day=step.day))
        elif before and step.day < before[-1].day:
            said = N_("day {day} stands behind day {before}; steps go in order")
            table.fault(_by(table), msg(said, day=step.day, before=before[-1].day))


def _by(table: Table) -> str:
    """The key that says when a step is."""
    return next((key for key in _WHEN if key in table.data), "id")


def _entry(table: Table) -> Entry:
    by = next((key for key in table.data if key in ENTRIES), "")
    table.only(by or "tag", "after", "within")
    if not by:
        table.fault("", msg(N_("[[enter]] says by what: {known}"), known=listed(ENTRIES)))
        return Entry("tag", "")
    if by == "silent":
        value = str(table.integer(by, 90, 1, 2_000))
    else:
        value = table.one_of(by, ENTRIES[by]) if ENTRIES[by] else table.text(by)
    return Entry(
        by, value, table.integer("after", 0, 0, 400), table.integer("within", 30, 1, 2_000)
    )
