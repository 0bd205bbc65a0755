"""The lists of a year: the same people come to several events, spelled as each form has it."""

from __future__ import annotations

import csv
import random
from datetime import datetime
from pathlib import Path

from tests.bench import people

COMPETITOR, COLLEAGUE = "竞品云科技有限公司", "本司科技有限公司"


class Population:
    """Whoever may sign up: about half as many people as sign-ups, some of them known already."""

    def __init__(self, number: int, chance: random.Random) -> None:
        self._chance = chance
        self._rows = [people.row(chance, index) for index in range(number)]
        for index, row in enumerate(self._rows):
            if index % 40 == 0:
                row[2] = COMPETITOR if index % 80 else COLLEAGUE
            elif index % 7 == 0:  # of one company with the one before
                row[2] = self._rows[index - 1][2]

    def sign_ups(self, number: int, begun: datetime, path: Path) -> Path:
        """A form's rows in a file: people in any order, a few of them twice, phones as typed."""
        some = self._chance.sample(self._rows, min(number, len(self._rows)))
        some[len(some) // 2 :: 25] = some[: len(some[len(some) // 2 :: 25])]
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(people.HEADINGS)
            for minute, row in enumerate(some):
                phone = row[1] if minute % 3 else f"{row[1][:-4]} {row[1][-4:]}"
                at = begun.replace(hour=8 + minute % 12, minute=minute % 60)
                writer.writerow([row[0], phone, *row[2:7], f"{at:%Y-%m-%d %H:%M}", *row[8:]])
        return path
