"""What a message says: the operator's own words, a piece of content, or those of the step."""

from __future__ import annotations

from datetime import date

from opslog import locale
from opslog.domain.calls import talk_tracks
from opslog.domain.people.naming.forms_of_address import addressed
from opslog.domain.programmes.contents import STAGES, Piece
from opslog.domain.programmes.programme import Step
from opslog.services.book import operator
from opslog.services.book.book import Book
from opslog.services.programmes import contents
from opslog.store.programmes import contents as store
from opslog.store.programmes.enrolments import Enrolled

_OF_ONE = ("{person}", "{company}", "{title}")


class Words:
    """Looks each piece up once."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._operator = operator.name(book)
        self._pieces: dict[tuple[int | None, str, str], Piece | None] = {}

    def piece(self, one: Enrolled, step: Step) -> Piece | None:
        """The one chosen for this person, else the newest of the step's label or stage."""
        key = (one.content_id, step.label, "" if step.written else step.stage)
        if key not in self._pieces:
            self._pieces[key] = _piece(self._book, *key, step.stage)
        return self._pieces[key]

    def raw(self, one: Enrolled, step: Step) -> str:
        """The words with their braces."""
        if one.words:
            return one.words
        piece = self.piece(one, step)
        found = (
            piece if piece is not None and not (step.written and one.content_id is None) else step
        )
        chinese = locale.language() == "zh_CN"
        first, second = found.text_zh, found.text_en
        return (first or second) if chinese else (second or first)

    def key(self, one: Enrolled, step: Step) -> str:
        """The same for whoever gets the same words; of words to one person alone, theirs."""
        text = self.raw(one, step)
        if step.by_hand or not text or one.words or any(field in text for field in _OF_ONE):
            return f"#{one.id}"
        return f"{one.programme}/{step.id}/{one.content_id or ''}"

    def filled(
        self, one: Enrolled, step: Step, event: str, day: str = ""
    ) -> tuple[str, tuple[str, ...]]:
        """The words as they go out, and the fields of which nothing is known. ``event`` is what
        they came by, on ``day``."""
        piece = self.piece(one, step)
        text = self.raw(one, step)
        talk = talk_tracks.own(
            text,
            {
                "person": addressed(one.person, one.title),
                "title": one.title,
                "company": one.company,
                "event": event,
                "day": day,
                "operator": self._operator,
                "link": piece.link if piece else "",
                "label": piece.label if piece else step.label,
            },
            sent=True,
        )
        return talk.say, talk.blank


def _piece(book: Book, content_id: int | None, label: str, any_of: str, stage: str) -> Piece | None:
    """``any_of`` a stage, where no label is given."""
    if content_id is not None:
        return next((one for one in store.pieces(book.con) if one.id == content_id), None)
    if not label and not any_of:
        return None
    found = contents.in_force(book).values()
    if label:
        stages = (stage,) if stage else STAGES
        return next((one for one in found if one.label == label and one.stage in stages), None)
    of_stage = (one for one in found if one.stage == any_of)
    return max(of_stage, key=lambda one: one.made_on or date.min, default=None)
