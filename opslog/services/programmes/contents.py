"""Pieces of content: the words that messages take by stage and label. A changed text is a new
version, what was sent keeps its own; what is retired is offered no more."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from opslog import shipped
from opslog.domain.base.clock import instant_of, instant_text
from opslog.domain.base.refusal import Refused
from opslog.domain.base.sentences import listed
from opslog.domain.base.text import storable
from opslog.domain.dates.wording import short_day
from opslog.domain.programmes import contents
from opslog.domain.programmes.contents import KIND_TITLES, STAGES, Piece
from opslog.locale import N_, Msg, msg
from opslog.services.book import own_kinds
from opslog.services.book.book import Book, Change
from opslog.store.programmes import contents as store

if TYPE_CHECKING:
    from opslog.domain.programmes.queue import Stale

_FILE = "contents/pieces.toml"
_TEXTS = ("text_zh", "text_en", "link", "writer", "bait")


class Used(NamedTuple):
    """Where a version was used. ``steps`` are programme and step that take their words from it."""

    steps: tuple[tuple[str, str], ...]
    published: tuple[tuple[str, str, str], ...]
    sent: store.Sent


@cache
def _shipped() -> tuple[Piece, ...]:
    return contents.read_pieces(shipped.text(_FILE), _FILE)


def in_force(book: Book) -> dict[tuple[str, str], Piece]:
    """The words that go out, by stage and label."""
    return contents.in_force(store.pieces(book.con), _shipped())


def pieces(book: Book) -> list[Piece]:
    """Those that go out, in order of stage and label."""
    return _sorted(in_force(book).values())


def _sorted(found: Iterable[Piece]) -> list[Piece]:
    return sorted(found, key=lambda one: (STAGES.index(one.stage), one.label, one.version))


def versions(book: Book, label: str) -> list[Piece]:
    """Every version of a piece, the newest first; what ships is the last. Raises Refused for no
    such label."""
    wanted = contents.canonical(label)
    kept, shipped = store.pieces(book.con), _shipped()
    if not any(one.label == wanted for one in (*kept, *shipped)):  # then as it reads
        key = contents.alike(label)
        like = (one.label for one in (*kept, *shipped) if contents.alike(one.label) == key)
        wanted = next(like, wanted)
    own = [one for one in kept if one.label == wanted]
    ships = [one for one in shipped if one.label == wanted]
    found = sorted(own, key=lambda one: -one.version) + (
        ships if all(one.version > 1 for one in own) else []
    )
    if not found:
        raise Refused(
            msg(
                N_("There is no piece “{label}”; opslog content list names them all"),
                label=contents.said(wanted),
            )
        )
    return found


def add(book: Book, label: str, *, stage: str = "", kind: str, **texts: str) -> Change:
    """A new piece; ``stage`` may be left to the label. ``made`` is its id. ``texts``: text_zh,
    text_en, link, writer, bait, and revise_on, a day. Raises Refused for what is not understood,
    for no words, and for a label that is there."""
    label = storable(contents.canonical(label))
    stage = stage or contents.stage_of(label)
    if not label:
        raise Refused(msg(N_("A piece has a label, such as 功能 05")), field="label")
    if not stage:
        text = N_("{label} tells no stage: say which, {known}")
        raise Refused(msg(text, label=label, known=listed(STAGES)), field="stage")
    for value, known, field in ((stage, STAGES, "stage"), (kind, KIND_TITLES, "kind")):
        if value not in known:
            text = N_("“{value}” is no {field} of a piece; there are {known}")
            raise Refused(msg(text, value=value, field=field, known=listed(known)), field=field)
    key = contents.alike(label)
    there = (
        one.label
        for one in (*store.pieces(book.con), *_shipped())
        if contents.alike(one.label) == key
    )
    if (same := next(there, None)) is not None:
        raise Refused(
            msg(
                N_("“{label}” is there already: e or opslog content change makes a new version"),
                label=contents.said(same),
            ),
            field="label",
        )
    blank = Piece(label, stage, kind, "", "", 0)
    return _write(book, blank, msg(N_("New piece: {label}"), label=contents.said(label)), texts)


def change(book: Book, label: str, **texts: str) -> Change:
    """A new version of a piece: what is not given stays. ``texts`` as in ``add``. Raises Refused
    for no such piece, no words, and where nothing would change."""
    newest = versions(book, label)[0]
    same = all(text == getattr(newest, name) for name, text in texts.items() if name in _TEXTS)
    if same and not newest.retired and "revise_on" not in texts:
        raise Refused(msg(N_("{label} says that already"), label=contents.said(newest.label)))
    text = N_("{label}: version {n}")
    said = msg(text, label=contents.said(newest.label), n=newest.version + 1)
    return _write(book, newest, said, texts)


def _write(book: Book, before: Piece, label: Msg, texts: dict[str, str]) -> Change:
    given = {name: storable(texts[name].strip()) for name in _TEXTS if name in texts}
    made = before._replace(
        version=before.version + 1,
        made_on=book.today(),
        revise_on=_day(texts["revise_on"]) if "revise_on" in texts else None,
        retired=False,
    )
    made = made._replace(**{name: given.get(name, getattr(made, name)) for name in _TEXTS})
    if not (made.text_zh or made.text_en):
        raise Refused(msg(N_("A piece has words, in Chinese or in English")), field="text_zh")
    if "link" in given:
        _look_at_link(made.link)
    for name in ("text_zh", "text_en"):
        from opslog.domain.programmes.programmes_file import unknown_field

        if found := unknown_field(getattr(made, name)):
            raise Refused(found, field=name)
    with book.change(label) as written:
        written.made = store.insert(book.con, made)
    return written


def _look_at_link(link: str) -> None:
    """Raises Refused for what nobody could open: no dot and no :// in it (#小程序://…), a blank, a
    full-width sign."""
    if link and (not re.search(r"\.|://", link) or re.search(r"[\s：／．，。]", link)):
        text = N_("“{text}” is no link; write it as https://example.com/page")
        raise Refused(msg(text, text=link), field="link")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Refused(
            msg(N_("“{text}” is no day; write one such as 2027-06-01"), text=text),
            field="revise_on",
        ) from None


def retire(book: Book, label: str) -> Change:
    """A piece is offered no more, in none of its versions. Raises Refused for no such piece, or
    one that is retired."""
    newest = versions(book, label)[0]
    if newest.retired:
        raise Refused(msg(N_("{label} is retired already"), label=contents.said(newest.label)))
    said = msg(N_("Retired: {label}"), label=contents.said(newest.label))
    with book.change(said) as change:
        if newest.id > 0:
            store.retire(book.con, newest.stage, newest.label)
        else:  # it ships: what stands for it is a row of its own
            made = newest._replace(made_on=book.today(), retired=True)
            change.made = store.insert(book.con, made)
    return change


def publish(
    book: Book, label: str, channel: str, *, link: str = "", at: datetime | None = None
) -> Change:
    """The newest version of a piece was published on a channel, just now where no instant is said.
    ``made`` is the publication. Raises Refused for no such piece and no channel."""
    piece, channel = versions(book, label)[0], storable(" ".join(channel.split()))
    if not channel:
        raise Refused(msg(N_("Where was it published?")), field="channel")
    _look_at_link(link.strip())
    said = msg(
        N_("Published {label}: {channel}"), label=contents.said(piece.label), channel=channel
    )
    with book.change(said) as change:
        id, when = kept(book, piece.id).id, instant_text(at or book.now())
        change.made = store.publish(book.con, id, channel, when, storable(link.strip()))
    return change


def kept(book: Book, content_id: int) -> Piece:
    """A piece with its row: one that ships gets one, as part of a change. Raises Refused for a
    piece that is gone."""
    rows = store.pieces(book.con)
    for one in rows:
        if one.id == content_id:
            return one
    ships = next((one for one in _shipped() if one.id == content_id), None)
    if ships is None:
        raise Refused(msg(N_("That piece of content is gone; undo may bring it back")))
    first = (ships.stage, ships.label, 1)
    own = next((one for one in rows if (one.stage, one.label, one.version) == first), None)
    if own is not None:
        return own
    made = ships._replace(made_on=book.today())
    return made._replace(id=store.insert(book.con, made))


def stale(book: Book) -> list[Stale]:
    """The pieces that want a look, and why: what names something outdated, what is old."""
    from opslog.domain.programmes.queue import Stale

    return [Stale(one.id, one.label, why) for one, why in old(book)]


def old(book: Book) -> list[tuple[Piece, Msg]]:
    """As ``stale``, for the first screen at a start. Nothing is before a message went out or
    a piece was written."""
    first, written = store.first_sent(book.con), store.pieces(book.con)
    if not (first or written):
        return []
    since = instant_of(first).astimezone(book.clock.zone).date() if first else None
    ageing, today = own_kinds.ageing(book), book.today()
    return [
        (one, why)
        for one in _sorted(contents.in_force(written, _shipped()).values())
        if (why := contents.stale(one, ageing, today, since)) is not None
    ]


def look_again(book: Book, ids: Iterable[int], on: date) -> Change:
    """These pieces are right as they are until a day. Raises Refused for one that still says what
    is outdated, which only other words help."""
    pieces = {one.id: one for one, _why in old(book)}
    found = [pieces[id] for id in ids if id in pieces]
    if not found:
        raise Refused(msg(N_("None of these words is old any more")))
    names = listed(contents.said(one.label) for one in found)
    ageing = own_kinds.ageing(book)
    day = short_day(on, book.today())
    with book.change(
        msg(N_("Looked over: {pieces}, again {day}"), pieces=names, day=day)
    ) as change:
        for one in found:
            why = contents.stale(one._replace(revise_on=on), ageing, book.today(), None)
            if why is not None:
                text = N_("{label} {why}: write it anew with opslog content change")
                raise Refused(msg(text, label=contents.said(one.label), why=why))
            store.revise(book.con, kept(book, one.id).id, on)
    return change


def uses(book: Book, piece: Piece) -> Used:
    """Which steps take their words from a piece, where this version was published, how often it
    was sent."""
    from opslog.services.programmes import programmes

    steps = [
        (listed.code, step.id)
        for listed in programmes.programmes(book)
        for step in programmes.programme(book, listed.code).steps
        if (step.stage, step.label) == (piece.stage, piece.label)
    ]
    sent = store.sent(book.con, piece.id)
    return Used(tuple(steps), tuple(store.published(book.con, piece.id)), sent)
