"""``python -m tests.bench [CASE …] [--json]``: each figure beside its reference, in one run."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from platformdirs import user_cache_path

from tests.bench import (
    case_calls,
    case_people,
    case_plans,
    case_programmes,
    case_review,
    case_ten_years,
    case_year,
)
from tests.bench.case_by_hand import person
from tests.bench.case_capture import capture
from tests.bench.case_copy import plain_copy
from tests.bench.case_export import export
from tests.bench.case_import_scale import arrow_import, import_memory
from tests.bench.case_keys import arrow, decision, held_key
from tests.bench.case_processes import add, import_list, report, version
from tests.bench.case_start import first_content, start
from tests.bench.case_undo import undo
from tests.bench.measuring import Figure, Settings, Unavailable

CASES: dict[str, Callable[[Settings], list[Figure]]] = {
    "version": version,
    "report": report,
    "add": add,
    "start": start,
    "first-content": first_content,
    "decision": decision,
    "held-key": held_key,
    "import": import_list,
    "export": export,
    "undo": undo,
    "capture": capture,
    "arrow": arrow,
    "import-memory": import_memory,
    "arrow-import": arrow_import,
    "people": case_people.paint,
    "people-arrow": case_people.arrows,
    "people-memory": case_people.memory,
    "search": case_people.search,
    "ten-years": case_ten_years.measure,
    "year": case_year.measure,
    "outcome": case_calls.outcome,
    "queue": case_calls.queue,
    "person": person,
    "review": case_review.paint,
    "plans": case_plans.paint,
    "programmes": case_programmes.paint,
    "plain-copy": plain_copy,
}
FEWEST_RUNS = 5


def main(words: list[str]) -> int:
    """0 where every goal is met, 1 where one is missed, 2 for a case that isn't there."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench",
        description="Medians of at least five runs, ours and its reference in turn.",
    )
    parser.add_argument("case", nargs="*", help=", ".join(CASES))
    parser.add_argument("--json", action="store_true", help="one JSON document on stdout")
    parser.add_argument("--runs", type=int, default=FEWEST_RUNS, help="runs of long work")
    parser.add_argument(
        "--full", action="store_true", help="what takes long too: memory of a million rows taken in"
    )
    parser.add_argument(
        "--folder", type=Path, help="where to work, on the disk that is to be measured"
    )
    parser.add_argument(
        "--db", type=Path, help="the folder of a year that tests.year kept, for the case year"
    )
    asked = parser.parse_args(words)
    unknown = [name for name in asked.case if name not in CASES]
    if unknown:
        parser.error(f"no case {', '.join(unknown)}; there are {', '.join(CASES)}")
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="opslog-bench-", dir=asked.folder) as folder:
        settings = Settings(
            Path(folder),
            runs=max(asked.runs, FEWEST_RUNS),
            named=bool(asked.full or asked.case),
            kept=user_cache_path("opslog-bench", appauthor=False),
            year=asked.db,
        )
        for name in asked.case or CASES:
            own = settings.folder / name
            own.mkdir()
            try:
                found = CASES[name](replace(settings, folder=own))
            except Unavailable as reason:
                print(f"{name}: {reason}", file=sys.stderr)
                continue
            figures += found
            if not asked.json:
                for figure in found:
                    print(line(figure), flush=True)
    if asked.json:
        print(json.dumps([as_json(figure) for figure in figures], indent=2))
    return 1 if any(figure.met is False for figure in figures) else 0


def line(figure: Figure) -> str:
    """``start  301 ms  an empty … 190 ms  ratio 1.58  goal ≤ 1.6 met`` and what else is known."""
    goal = "no goal" if figure.goal is None else f"goal ≤ {figure.goal:g}"
    met = {None: "", True: ", met", False: ", MISSED"}[figure.met]
    text = (
        f"{figure.name:18} {_amount(figure.ours, figure.unit)}  {figure.what}\n"
        f"{'':18} {_amount(figure.reference, figure.unit)}  {figure.reference_what}\n"
        f"{'':18} {figure.ratio:10.2f}  ratio, {goal}{met}; {figure.runs} runs"
    )
    for name, amount in figure.more.items():
        text += f"\n{'':18} {_amount(amount, figure.unit)}  {name}"
    return text


def _amount(amount: float, unit: str) -> str:
    if unit != "s":
        return f"{amount:7.1f} {unit}"
    return f"{amount * 1000:7.1f} ms" if amount < 1 else f"{amount:7.2f} s "


def as_json(figure: Figure) -> dict[str, object]:
    """Amounts in ``unit``: seconds, or MB."""
    return {
        "name": figure.name,
        "what": figure.what,
        "ours": round(figure.ours, 6),
        "reference": round(figure.reference, 6),
        "reference_what": figure.reference_what,
        "ratio": round(figure.ratio, 3),
        "goal": figure.goal,
        "met": figure.met,
        "unit": figure.unit,
        "runs": figure.runs,
        "more": {name: round(amount, 6) for name, amount in figure.more.items()},
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
