"""Which columns hold verdicts, tags, a history; in a list that opslog wrote, whose row it is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from opslog.domain.imports import verdict_words
from opslog.domain.rosters.extras import Extras, VerdictColumn
from opslog.exchange.headings import known as heading_known
from opslog.exchange.meaning.layouts import Profile


def find(
    columns: Sequence[str],
    used: Collection[int],
    rows: Sequence[Sequence[str]],
    profile: Profile | None,
) -> Extras:
    """The columns that no field uses, by heading; verdicts also by what the first ``rows`` hold:
    something, and nothing but verdicts."""
    said = [verdict_words.of_heading(column) for column in columns]
    verdicts, tags, history = [], [], []
    words = verdict_words.data()
    for at, (heading, what) in enumerate(zip(columns, said, strict=True)):
        if at in used:
            continue
        folded = verdict_words.fold(heading)
        if folded.rstrip("0123456789") in words["tags"]:  # 标签组1, 标签组2 …
            tags.append(at)
        elif folded in words["history"]:
            history.append(at)
        elif what is not None and what[0] == "verdict":
            cells = {text for row in rows if at < len(row) and (text := row[at].strip())}
            if cells and all(map(verdict_words.of_cell, cells)):
                after = said[at + 1] if at + 1 < len(said) else None
                has_reason = after == ("reason", what[1])
                verdicts.append(VerdictColumn(what[1], at, at + 1 if has_reason else -1))
    own = profile is not None and profile.own
    open_ones = [(at, c) for at, c in enumerate(columns) if at not in used]
    came = _headed(columns, profile.columns.get("attended", ())) if profile and own else -1
    marked = any(came < len(row) and row[came].strip() for row in rows) if came >= 0 else False
    return Extras(
        tuple(verdicts),
        tuple(tags),
        own,
        _headed(columns, profile.line if profile else ()),
        tuple(history),
        next(
            (i for i, c in enumerate(columns) if verdict_words.fold(c) in words["last_contact"]), -1
        ),
        (came,) if marked else (),
        -1 if own else _channel(open_ones, rows),
        tuple(at for at, c in enumerate(columns) if heading_known.says(c, "arrived_at")),
        () if own else tuple(_request(open_ones)),
        () if own else _said_by(enumerate(columns), words["stop"]),
        () if own else _said_by(enumerate(columns), words["stop_or_city"]),
        _said_by(open_ones, words["added"]) if profile and profile.on_wecom else (),
    )


def _channel(columns: Iterable[tuple[int, str]], rows: Sequence[Sequence[str]]) -> int:
    """The column that says by which channel somebody signed up: of several with something in
    them the one whose heading stands first among the words; -1 for none."""
    words = verdict_words.data()
    asks, names = words["channel_asked"], words["channel"]
    found = {}
    for at, heading in columns:
        folded = verdict_words.fold(heading)
        if any(at < len(row) and row[at].strip() for row in rows):
            if folded in names:
                found[names.index(folded)] = at
            elif any(word in folded for word in asks):
                found[len(names)] = at
    return found[min(found)] if found else -1


def _request(columns: Sequence[tuple[int, str]]) -> Iterator[tuple[str, int]]:
    """The column that says each thing of a request of materials: of several the one whose heading
    stands first among the words."""
    for said, words in verdict_words.data()["request"].items():
        for at in _said_by(columns, words)[:1]:
            yield said, at


def _said_by(columns: Iterable[tuple[int, str]], headings: Sequence[str]) -> tuple[int, ...]:
    """The columns with one of these headings, folded, by how early it stands among them."""
    found = {verdict_words.fold(heading): at for at, heading in reversed([*columns])}
    return tuple(found[heading] for heading in headings if heading in found)


def _headed(columns: Sequence[str], wanted: Iterable[str]) -> int:
    """The first column with one of these headings, folded; -1 for none."""
    known = set(wanted)
    found = (at for at, column in enumerate(columns) if heading_known.fold(column) in known)
    return next(found, -1)
