"""``python -m tests.dedupe [--json]``: how well opslog tells who is one person."""

from __future__ import annotations

import sys

from tests.dedupe.goals import PRECISION, PROPOSALS, RECALL, SETS
from tests.dedupe.measuring import Measured, as_json

_HEAD = (
    f"{'set':<17}{'rows':>6}{'pairs':>7}  {'automatic':^17}  {'proposed':^17}  "
    f"{'found':>7}{'asked':>7}{'a pair left':>13}"
)
_SECOND = f"{'':<30}  {'precision':>9}{'recall':>8}  {'precision':>9}{'recall':>8}"


def main() -> int:
    """Print the table; 1 where a goal is missed."""
    missed = 0
    if "--json" not in sys.argv:
        print(f"{_HEAD}\n{_SECOND}")
    for name, measured in SETS.items():
        found = measured()
        missed += not (
            found.precision >= PRECISION and found.found >= RECALL and found.per_pair <= PROPOSALS
        )
        print(as_json(name, found) if "--json" in sys.argv else _row(name, found))
    if "--json" not in sys.argv:
        print(
            f"goals: automatic precision {PRECISION:.3f}; found (joined by itself or asked about) "
            f"at least {RECALL}; at most {PROPOSALS} questions a pair left"
        )
    return 1 if missed else 0


def _row(name: str, found: Measured) -> str:
    return (
        f"{name:<17}{found.rows:>6}{found.true:>7}  {found.precision:>9.3f}{found.recall:>8.3f}  "
        f"{found.asked_precision:>9.3f}{found.asked_recall:>8.3f}  {found.found:>7.4f}"
        f"{found.proposals:>7}{found.per_pair:>13.2f}"
    )


if __name__ == "__main__":
    raise SystemExit(main())
