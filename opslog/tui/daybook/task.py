"""Writing a task of one's own, or changing one: the capture line, for what is still to be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from opslog.domain.daybook.lines import Understood
from opslog.locale import N_
from opslog.services.book.book import Change
from opslog.services.book.drafts import Place
from opslog.services.daybook import follow_ups, tasks
from opslog.tui.daybook.capture import CaptureScreen

if TYPE_CHECKING:
    from opslog.tui.widgets.host import Host


class TaskScreen(CaptureScreen):
    """Gives the id of the follow-up."""

    TASK = True
    NEW, CHANGE = N_("New task"), N_("Change of a task")
    KEPT = N_("Not written; n brings it back")

    @staticmethod
    def _where(log_id: int | None) -> Place:
        return Place("new", "today") if log_id is None else Place("edit", "task", log_id)

    def _stands(self) -> object:
        return None if self._log_id is None else follow_ups.get(self.host.book, self._log_id)

    def _composed(self, log_id: int) -> str:
        return tasks.composed(self.host.book, log_id)

    def _understand(self, text: str) -> Understood:
        return tasks.understand(self.host.book, text, self._log_id)

    def _verb(self, text: str) -> Change:
        if self._log_id is None:
            return tasks.add(self.host.book, text)
        return tasks.edit(self.host.book, self._log_id, text)


async def ask_task(app: Host, task_id: int | None = None) -> int | None:
    """The task written; None where it was left. Only inside a worker."""
    before = "" if task_id is None else tasks.composed(app.book, task_id)
    made: int | None = await app.ask(TaskScreen(before, log_id=task_id))
    return made
