"""What ``import`` is measured against: a CSV's raw cells into one table, nothing else.

``python reference_import.py FILE DATABASE``
"""

import csv
import sqlite3
import sys


def load(path: str, database: str) -> int:
    con = sqlite3.connect(database)
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file)
        headings = next(rows)
        columns = ", ".join(f"c{number} TEXT" for number in range(len(headings)))
        con.execute(f"CREATE TABLE raw ({columns})")
        marks = ", ".join("?" * len(headings))
        con.executemany(f"INSERT INTO raw VALUES ({marks})", rows)
    con.commit()
    number: int = con.execute("SELECT count(*) FROM raw").fetchone()[0]
    con.close()
    return number


if __name__ == "__main__":
    print(load(sys.argv[1], sys.argv[2]))
