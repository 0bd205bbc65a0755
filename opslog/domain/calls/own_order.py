"""What of the operator's own bears on the order of calls: how large a company is, fields, answers
and rules of one's own (sections of ``call_order.toml``, each of which may be left out)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from opslog.domain.base.own_files.toml_lines import Table
from opslog.domain.people.fields import number_in
from opslog.locale import N_, Msg, msg, titled

Ladder = tuple[tuple[float, float], ...]
Points = Mapping[str, Mapping[str, float]]  # name -> what it says -> points
SECTIONS = ("size", "fields", "answers", "rule")
WORDS = "words"  # an answer in words of one's own


class Rule(NamedTuple):
    """Points where each condition holds: one of its words is part of that of the person. A
    condition is title, company, city, industry, tag, or a field of one's own by its name."""

    title: Msg
    points: float
    conditions: tuple[tuple[str, tuple[str, ...]], ...]


class OwnWeights(NamedTuple):
    """``size_fields``: the fields of one's own that say how many work at a company."""

    size_fields: tuple[str, ...] = ()
    employees: Ladder = ()
    fields: Points = {}
    answers: Points = {}
    rules: tuple[Rule, ...] = ()


class Known(NamedTuple):
    """What is known of somebody: fields with their points, answers given before today, and what
    rules ask for."""

    fields: Sequence[tuple[str, str, int]] = ()  # name, value, points
    answers: Mapping[str, tuple[str, Msg]] = {}  # by question: what was chosen, and in words
    said: Mapping[str, str] = {}  # title, company, city, industry, tag

    def of(self, name: str) -> str:
        own = next((value for field, value, _points in self.fields if field == name), "")
        return self.said.get(name) or own


NO_WEIGHTS, NOTHING = OwnWeights(), Known()


def reasons(known: Known, weights: OwnWeights) -> list[tuple[Msg, float]]:
    """Each with its points; what brings none is left out."""
    found = [_size(known, weights)]
    for name, value, points in known.fields:
        by_value = weights.fields.get(name, {}).get(value, 0.0)
        found.append((_plain(f"{name} {value}"), points + by_value))
    for key, (value, text) in known.answers.items():
        points_of = weights.answers.get(key, {})
        found.append((msg(N_("said: {answer}"), answer=text), points_of.get(value or WORDS, 0.0)))
    found += [(rule.title, rule.points) for rule in weights.rules if _holds(rule, known)]
    return [(text, points) for text, points in found if points]


def _size(known: Known, weights: OwnWeights) -> tuple[Msg, float]:
    """How many work there, by the first field that says so."""
    for name, value, _points in known.fields:
        number = number_in(value) if name in weights.size_fields else None
        if number is not None:
            reached = [points for bound, points in weights.employees if number >= bound]
            size = value if any(sign in value for sign in "人员") else f"{value} 人"
            return _plain(size), reached[-1] if reached else 0.0
    return _plain(""), 0.0


def _holds(rule: Rule, known: Known) -> bool:
    return all(
        any(word.casefold() in known.of(name).casefold() for word in words)
        for name, words in rule.conditions
    )


def _plain(text: str) -> Msg:
    return Msg("{text}", {"text": text})


def read(
    table: Table,
    figure: Callable[[Table, str, object], float],
    ladder: Callable[[Table, str], Ladder],
) -> OwnWeights:
    """The sections that there are; what is wrong is noted among the faults of the file."""
    size_fields: tuple[str, ...] = ()
    employees: Ladder = ()
    if "size" in table.data:
        size = table.section("size")
        size.only("fields", "employees")
        size_fields, employees = size.texts("fields"), ladder(size, "employees")
    return OwnWeights(
        size_fields,
        employees,
        _points(table, "fields", figure),
        _points(table, "answers", figure),
        tuple(_rule(one, figure) for one in table.tables("rule")),
    )


def _points(
    table: Table, section: str, figure: Callable[[Table, str, object], float]
) -> dict[str, dict[str, float]]:
    if section not in table.data:
        return {}
    part, found = table.section(section), {}
    for name, by_value in part.data.items():
        if isinstance(by_value, dict):
            found[name] = {
                str(value): figure(part, name, points) for value, points in by_value.items()
            }
        else:
            why = msg(N_('“{key}” must be written like {{ "有" = 6, "没有" = -2 }}'), key=name)
            part.fault(name, why)
    return found


def _rule(table: Table, figure: Callable[[Table, str, object], float]) -> Rule:
    table.only("zh", "en", "points", "where")
    where = table.data.get("where")
    if not isinstance(where, dict) or not where:
        why = msg(N_('“{key}” must be written like {{ city = ["苏州"] }}'), key="where")
        table.fault("where", why)
        where = {}
    conditions = []
    for name, words in where.items():
        listed = [words] if isinstance(words, str) else words
        if not isinstance(listed, list) or not all(isinstance(one, str) for one in listed):
            table.fault("where", msg(N_("“{key}” must be a list of texts in quotes"), key=name))
            continue
        conditions.append((name, tuple(listed)))
    if "points" not in table.data:
        table.fault("points", msg(N_("“{key}” is missing"), key="points"))
    chinese, english = table.text("zh", ""), table.text("en", "")
    if not chinese and not english:
        table.fault("zh", msg(N_("“{key}” is missing"), key="zh"))
    return Rule(
        titled(english, chinese),
        figure(table, "points", table.data.get("points")),
        tuple(conditions),
    )
