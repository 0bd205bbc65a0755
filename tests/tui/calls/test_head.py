"""What stands above the queue."""

from __future__ import annotations

from opslog.domain.calls.queue import Share
from opslog.locale import Msg
from opslog.tui.calls.head import legend
from opslog.tui.widgets.text import line_width


def test_who_is_still_to_be_called_stands_first_and_more_are_an_ellipsis() -> None:
    shares = [
        *(Share(Msg(f"outcome {n}"), n, "muted") for n in range(1, 10)),
        Share(Msg("not called"), 48, "track"),
    ]
    for cells in (200, 80, 30):
        text = "".join(part for part, _look in legend(shares, cells))
        assert text.startswith("■ not called 48")
        assert text.endswith("…") is (cells < 200)
        assert line_width(legend(shares, cells)) <= cells
