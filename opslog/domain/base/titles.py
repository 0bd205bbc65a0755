"""A title in both languages, as a playbook file gives it."""

from __future__ import annotations

from typing import NamedTuple

from opslog import locale
from opslog.locale import Msg, titled


class Phrase(NamedTuple):
    """``str()`` speaks the current language."""

    en: str
    zh: str

    def __str__(self) -> str:
        return self.zh if locale.language() == "zh_CN" else self.en

    @property
    def message(self) -> Msg:
        """For a label kept in the journal, where only an English id and its catalogue last.

        A title the catalogue doesn't have (from the operator's own file) is kept in both.
        """
        known = Msg(self.en)
        return known if known.render("zh_CN") == self.zh else titled(self.en, self.zh)
