"""Who may be one is looked for: after an import, or when the screen of pairs opens."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from itertools import combinations

from opslog.domain.base.clock import instant_text
from opslog.domain.base.refusal import Refused
from opslog.domain.twins import companies, likeness
from opslog.domain.twins.likeness import ShareCounts
from opslog.domain.twins.pairs import COMPANY, PERSON, Search
from opslog.services.book import history
from opslog.services.book.book import Book, open_book
from opslog.store.twins import pairs

BATCH = 400  # people looked at in one go: some tenths of a second
_MOMENT = 1.0  # seconds after an import: a thousand people
_PEOPLE_MARK, _CHANGE_MARK = "twins.person", "twins.change"
Progress = Callable[[Search], None]


def propose(
    book: Book, *, seconds: float | None = None, progress: Progress | None = None
) -> Search:
    """Look at everybody who is new or was changed since the last time; keep the pairs found.

    Stops after ``seconds`` and goes on there the next time. What it keeps is worked out from
    the people and can be again, so it is no change and nothing to undo.
    """
    ends = None if seconds is None else time.monotonic() + seconds
    con = book.con
    looked_at = found = 0
    mark, since = int(book.setting(_PEOPLE_MARK, "0")), int(book.setting(_CHANGE_MARK, "0"))
    now = history.newest(book)
    changed = pairs.changed_ids(con, since, mark)
    for start in range(0, len(changed), BATCH):
        part = changed[start : start + BATCH]
        found += _look_at(book, part, again=True)
        looked_at += len(part)
    if now != since:
        book.set_setting(_CHANGE_MARK, str(now))
    while ends is None or time.monotonic() < ends:
        part = pairs.new_ids(con, mark, BATCH)
        if not part:
            break
        found += _look_at(book, part)
        mark = part[-1]
        book.set_setting(_PEOPLE_MARK, str(mark))
        looked_at += len(part)
        if progress is not None:
            progress(Search(looked_at, found, pairs.left(con, mark)))
    return Search(looked_at, found, pairs.left(con, mark))


def after_import(book: Book) -> None:
    """Look at those who just came in, for a moment.

    What there is no time for, or no way since another program holds the file, is done when the
    screen of pairs opens: the import itself is in the file.
    """
    try:
        propose(book, seconds=_MOMENT)
    except Refused:
        return


def propose_in_thread(book: Book, progress: Progress | None = None) -> Search:
    """``propose`` over a connection of its own: for a thread beside the screen."""
    own = open_book(book.path, clock=book.clock, session=book.session)
    try:
        return propose(own, progress=progress)
    finally:
        own.close()


def unlooked(book: Book) -> bool:
    """Whether somebody is new or was changed since the last search."""
    mark, since = int(book.setting(_PEOPLE_MARK, "0")), int(book.setting(_CHANGE_MARK, "0"))
    return bool(pairs.new_ids(book.con, mark, 1) or pairs.changed_ids(book.con, since, mark))


def _look_at(book: Book, ids: list[int], *, again: bool = False) -> int:
    """Compare these people with whom they share a key; how many pairs are new.

    The file is locked only while rows are written, so that a key pressed meanwhile need not wait.
    """
    con = book.con
    known = {person.id: person for person in pairs.sketches(con, ids)}
    keys = {
        id: {likeness.hashed(key): key[0] for key in likeness.block_keys(person)}
        for id, person in known.items()
    }
    with book.replay():
        pairs.put_keys(con, ((key, str(id)) for id, mine in keys.items() for key in mine))
    wanted = _sharing_a_key(
        keys, pairs.blocks(con, {key for mine in keys.values() for key in mine})
    )
    if again:
        for pair in pairs.waiting_with(con, ids):
            wanted.setdefault(pair, ShareCounts())
    others = {id for pair in wanted for id in pair} - known.keys()
    known |= {person.id: person for person in pairs.sketches(con, others)}
    found, gone = [], []
    for (one, other), shared in wanted.items():
        if one not in known or other not in known:
            continue
        alike = likeness.compare(known[one], known[other], shared)
        if alike.proposed:
            found.append((str(one), str(other), alike.score, alike.reasons))
        else:
            gone.append((one, other))
    markers = {
        likeness.hashed(f"K{known[id].company_key}"): known[id].company_key
        for id in ids
        if id in known and known[id].company_key
    }
    of_companies = _look_at_companies(book, markers)
    with book.replay():
        pairs.put_keys(con, markers.items())
        made = pairs.put_pairs(con, PERSON, found, instant_text(book.now()))
        made += pairs.put_pairs(con, COMPANY, of_companies, instant_text(book.now()))
        if again:
            pairs.forget(con, gone)
    return made


def _sharing_a_key(
    keys: dict[int, dict[int, str]], blocks: dict[int, list[str]]
) -> dict[tuple[int, int], ShareCounts]:
    """Pairs of people with a key in common, each with how common what they share is."""
    wanted: dict[tuple[int, int], ShareCounts] = {}
    for id, mine in keys.items():
        known = ShareCounts(
            _most(mine, blocks, likeness.NAME_KEYS), _most(mine, blocks, likeness.REACH_KEYS)
        )
        for key in mine:
            for ref in blocks.get(key, ()):
                if int(ref) != id:
                    pair = (id, int(ref)) if id < int(ref) else (int(ref), id)
                    wanted[pair] = max(wanted.get(pair, known), known)
    return wanted


def _most(keys: dict[int, str], blocks: dict[int, list[str]], kinds: frozenset[str]) -> int:
    """How many people have one of a person's keys of these kinds; 0 where nobody else does."""
    return max(
        (
            len(blocks[key]) or pairs.MOST_IN_BLOCK + 1
            for key, kind in keys.items()
            if kind in kinds and key in blocks
        ),
        default=0,
    )


def _look_at_companies(
    book: Book, markers: Mapping[int, str]
) -> list[tuple[str, str, int, tuple[str, ...]]]:
    """Compare those companies that are met for the first time; the pairs found.

    ``markers``: company keys by the key that says they were looked at, once all is written.
    """
    con = book.con
    new = set(markers.values()) - pairs.known_keys(con, markers)
    if not new:
        return []
    texts = pairs.fullest(con, new)
    keys = {
        company: [likeness.hashed(key) for key in likeness.company_block_keys(texts[company])]
        for company in new
    }
    with book.replay():
        pairs.put_keys(con, ((key, company) for company, mine in keys.items() for key in mine))
    blocks = pairs.blocks(con, {key for mine in keys.values() for key in mine})
    wanted = {
        (one, other)
        for block in blocks.values()
        for one, other in combinations(sorted(block), 2)
        if one in new or other in new
    }
    texts |= pairs.fullest(con, {company for pair in wanted for company in pair} - texts.keys())
    sharing = {company: _sharing_heart(text, blocks) for company, text in texts.items()}
    found = []
    for one, other in sorted(wanted):
        shared = max(sharing[one], sharing[other])
        kin = companies.relation(texts[one], texts[other], shared=shared)
        if kin.kind != companies.UNRELATED:
            found.append((one, other, kin.score, kin.reasons))
    return found


def _sharing_heart(company: str, blocks: dict[int, list[str]]) -> int:
    """How many companies have the heart of this one's name."""
    key = likeness.hashed(f"C{companies.layers(company).core}")
    if key not in blocks:
        return 1
    return len(blocks[key]) or pairs.MOST_IN_BLOCK
