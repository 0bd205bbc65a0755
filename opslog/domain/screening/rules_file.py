"""rules.toml: reading the rules of the suggestions, with faults named by file and line."""

from __future__ import annotations

from typing import NamedTuple

from opslog.domain.base.own_files.toml_lines import Table
from opslog.domain.screening.made_up import LOOKS
from opslog.domain.screening.reasons import Reasons
from opslog.domain.screening.rounds import DROP, KEEP, PARK
from opslog.domain.screening.suggestions import CONDITIONS, REACHES, Rule, phone_beginning
from opslog.locale import N_, msg

_KEYS = ("name", "reason", "verdict", "use", *CONDITIONS)
_CHOICES = {"company_looks": tuple(LOOKS), "person_looks": tuple(LOOKS), "lacks": REACHES}


class RuleFile(NamedTuple):
    """``rules`` in file order; ``off`` names the rules switched off with ``use = false``."""

    rules: tuple[Rule, ...]
    off: frozenset[str] = frozenset()

    def over(self, below: RuleFile) -> tuple[Rule, ...]:
        """These rules laid over ``below``: a rule of the same name takes the other's place,
        one switched off is gone, the rest of these come first."""
        mine = {rule.name: rule for rule in self.rules}
        theirs = [mine.pop(r.name, r) for r in below.rules if r.name not in self.off]
        return (*mine.values(), *theirs)


def read_rules(text: str, file: str, reasons: Reasons) -> RuleFile:
    """The rules of a TOML text.

    Raises Faulty naming ``file`` and each line where it is no TOML, or holds a key, a reason or
    a value that does not exist.
    """
    document = Table.read(text, file)
    document.only("rule")
    rules, off = [], set()
    for table in document.tables("rule"):
        if table.data.get("use") is False:
            off.add(table.text("name"))
        else:
            rules.append(_rule(table, reasons))
    document.settle()
    return RuleFile(tuple(rules), frozenset(off))


def _rule(table: Table, reasons: Reasons) -> Rule:
    table.only(*_KEYS)
    verdict = table.one_of("verdict", (DROP, KEEP, PARK), DROP)
    reason = table.one_of("reason", [r.code for r in reasons.all]) if verdict == DROP else ""
    conditions = {key: _values(table, key) for key in CONDITIONS if key in table.data}
    return Rule(table.text("name"), reason, verdict, **conditions)


def _values(table: Table, key: str) -> tuple[str, ...]:
    cleaned = tuple(value.strip() for value in table.texts(key) if value.strip())
    allowed = _CHOICES.get(key)
    if allowed and not set(cleaned) <= set(allowed):
        table.fault(
            key, msg(N_("“{key}” must be one of: {allowed}"), key=key, allowed=", ".join(allowed))
        )
    return tuple(_beginning(table, value) for value in cleaned) if key == "phone" else cleaned


def _beginning(table: Table, value: str) -> str:
    digits = phone_beginning(value)
    if digits is None:
        table.fault(
            "phone",
            msg(N_("“{value}” is no beginning of a number; write it as 021 5555"), value=value),
        )
    return digits or ""
