"""What an act changes in a playbook: one line or one step of its text, everything else of it kept.

The text is changed where the step stands in it and then read again: it must say what it said
before and the change, nothing else. One that is written in another shape (all steps on a line,
say) is refused, for the operator to change by hand.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from opslog.domain.base.own_files.toml_lines import quoted
from opslog.domain.base.refusal import Refused
from opslog.domain.events.plans.playbooks import StepRule, read_playbook
from opslog.locale import N_, msg

DAYS, LEAD, ADD, OUT, ITEM = "days", "lead", "add", "out", "item"

_HEADER = re.compile(r"[ \t]*\[\[[ \t]*step[ \t]*\]\]")
# What the end of an array is found by: strings and comments hide their brackets.
_TOKEN = re.compile(
    r'"""[\s\S]*?"""|\'\'\'[\s\S]*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*|\S'
)


class PlaybookChange(NamedTuple):
    """``step`` is the playbook's id of it; of one that is added, the step it stands behind.

    ``value``: the days or the lead it has from then on. ``lines``: of a step or a line of a
    checklist that is added, its keys and values in order; of a step taken out how it was called.
    """

    kind: str  # DAYS LEAD ADD OUT ITEM
    step: str
    value: int = 0
    lines: tuple[tuple[str, str | int], ...] = ()

    @property
    def made(self) -> str:
        """The id of the step that is added; else of the step that is changed."""
        return str(dict(self.lines)["id"]) if self.kind == ADD else self.step

    def packed(self) -> str:
        """As it is kept."""
        return json.dumps(self, ensure_ascii=False)


def unpacked(text: str) -> PlaybookChange | None:
    """None for '' (words alone). Refused for what is damaged."""
    if not text:
        return None
    try:
        kind, step, value, lines = json.loads(text)
        return PlaybookChange(kind, step, value, tuple((key, said) for key, said in lines))
    except (ValueError, TypeError) as error:
        raise Refused(
            msg(N_("What an act changed in the plan can't be read: {change}"), change=text[:60])
        ) from error


def changed(text: str, change: PlaybookChange, file: str, kind: str) -> str:
    """The text with the change in it; the same text where it says so already.

    Raises Faulty where it can't be read, before or after, and Refused where it lacks the step or
    is written so that only a person can change it.
    """
    import tomllib

    before = read_playbook(text, file, kind)
    if change.kind != OUT and before.step(change.step) is None:
        raise Refused(
            msg(
                N_("The plan has no step “{step}”; see them with: opslog event plan EVENT --json"),
                step=change.step,
            )
        )
    data = tomllib.loads(text)
    wanted = _data(data, change)
    if wanted == data:
        return text
    made = _edited(text, [step["id"] for step in data["step"]], change)
    try:
        same = tomllib.loads(made) == wanted
    except tomllib.TOMLDecodeError:
        same = False
    if not same:
        raise Refused(
            msg(
                N_("{file} is written so that the step “{step}” can only be changed by hand"),
                file=file,
                step=change.step,
            )
        )
    read_playbook(made, file, kind)
    return made


def difference(text: str, steps: Sequence[StepRule], change: PlaybookChange) -> str:
    """What a change makes of a text with these steps, as a unified difference of a few lines that
    names the step; '' where it changes nothing, or the text lacks the step."""
    import difflib

    keys = [step.key for step in steps]
    made = _edited(text, keys, change) if change.step in keys else text
    lines = difflib.unified_diff(text.splitlines(), made.splitlines(), n=1, lineterm="")
    return "\n".join(
        f"{line} {change.made}" if line.startswith("@@") else line for line in list(lines)[2:]
    )


def _data(data: dict[str, Any], change: PlaybookChange) -> dict[str, Any]:
    """What the changed text must say."""
    found = copy.deepcopy(data)
    steps: list[dict[str, Any]] = found["step"]
    at = next((n for n, step in enumerate(steps) if step["id"] == change.step), None)
    if change.kind == OUT:
        found["step"] = [step for step in steps if step["id"] != change.step]
    elif at is None:
        return found
    elif change.kind == ADD:
        if all(step["id"] != change.made for step in steps):
            steps.insert(at + 1, dict(change.lines))
    elif change.kind == ITEM:
        items = steps[at].setdefault("items", [])
        if all(item["zh"] != dict(change.lines)["zh"] for item in items):
            items.append(dict(change.lines))
    elif steps[at].get(change.kind, {DAYS: 0, LEAD: 1}[change.kind]) != change.value:
        steps[at][change.kind] = change.value
    return found


def _edited(text: str, ids: Sequence[str], change: PlaybookChange) -> str:
    """The text with the lines of one step changed; ``ids`` are those of its steps in order."""
    lines = text.splitlines(keepends=True)
    starts = [number for number, line in enumerate(lines) if _HEADER.match(line)]
    if len(starts) != len(ids):
        return text
    at = ids.index(change.step)
    first, last = starts[at], [*starts, len(lines)][at + 1]
    newline = "\r\n" if lines[first].endswith("\r\n") else "\n"
    while last > first + 1 and lines[last - 1].split("#")[0].strip() == "":
        last -= 1  # blanks and comments below it belong to what follows
    head, block, tail = lines[:first], lines[first:last], lines[last:]
    if not block[-1].endswith("\n"):
        block[-1] += newline
    if change.kind == OUT:
        while tail and not tail[0].strip():
            del tail[0]
        block = []
    elif change.kind == ADD:
        block += [newline, f"[[step]]{newline}"]
        block += [f"{key} = {_value(value)}{newline}" for key, value in change.lines]
    elif change.kind == ITEM:
        block = _with_item(block, change, newline)
    else:
        block = _with_value(block, change.kind, change.value, newline)
    return "".join([*head, *block, *tail])


def _with_value(block: list[str], key: str, value: int, newline: str) -> list[str]:
    there = re.compile(rf"([ \t]*([\"']?){key}\2[ \t]*=[ \t]*)[+-]?[0-9_]+")
    for number, line in enumerate(block):
        if found := there.match(line):
            return [
                *block[:number],
                f"{found[1]}{value}{line[found.end() :]}",
                *block[number + 1 :],
            ]
    phase = next((n for n, line in enumerate(block) if re.match(r"\s*phase\s*=", line)), 0)
    return [*block[: phase + 1], f"{key} = {value}{newline}", *block[phase + 1 :]]


def _with_item(block: list[str], change: PlaybookChange, newline: str) -> list[str]:
    """One line more at the end of the checklist, which begins here where there is none."""
    item = "{ " + ", ".join(f"{key} = {_value(value)}" for key, value in change.lines) + " }"
    text = "".join(block)
    begins = re.search(r"^[ \t]*items[ \t]*=[ \t]*\[", text, re.MULTILINE)
    if begins is None:
        return [*block, f"items = [{newline}", f"  {item},{newline}", f"]{newline}"]
    depth, last = 1, begins.end()
    for token in _TOKEN.finditer(text, begins.end()):
        sign = token[0]
        depth += (sign == "[") - (sign == "]")
        if not depth:
            break
        if not sign.startswith("#"):
            last = token.end()
    else:
        return block
    comma = "" if text[last - 1] in "[," else ","
    start = text.rindex("\n", 0, token.start()) + 1
    if text[start : token.start()].strip():  # all on one line
        return [text[:last], f"{comma} {item}", text[last:]]
    return [text[:last], comma, text[last:start], f"  {item},{newline}", text[start:]]


def _value(value: str | int) -> str:
    return quoted(value) if isinstance(value, str) else str(value)
