"""Several people of one row: by the names of one cell, or by the addresses of one."""

from __future__ import annotations

import re

from opslog.domain.imports.row_reading import NO_NAME, RowReading
from opslog.domain.people import emails, phones
from opslog.domain.people.addressees import addressees
from opslog.domain.people.number_cities import place_of

# Between the names of two people in one cell. A space may stand within a name, so it is none.
_BETWEEN_PEOPLE = re.compile(r"\s*[、/,，;；&＆+\n]\s*|(?<=[\u4e00-\u9fff])\s*(?:和|与)\s*")
_ONE_NAME = re.compile(r"[\u3400-\u9fff·]{2,4}")


def parted(reading: RowReading, name_cell: str, email_cell: str) -> RowReading:
    """The first of the people, the others as its ``also``; the same where there is but one."""
    called = _as_called(reading.name, name_cell)
    if len(reading.name) > 4 and _BETWEEN_PEOPLE.search(called):
        return _by_name(reading, called)
    if not reading.name and not reading.phone and ("<" in email_cell or reading.emails):
        return _addressed(reading, email_cell)
    return reading


def _as_called(name: str, cell: str) -> str:
    """The cell's own text, which says where lines end, unless brackets were taken off the name."""
    text = cell.strip()
    return text if name and name[-1] == text[-1:] else name


def _by_name(reading: RowReading, cell: str) -> RowReading:
    """Two people of one cell, each with their own number; kept as one where that is not clear."""
    called = [part for part in _BETWEEN_PEOPLE.split(cell.strip()) if part]
    if len(called) < 2 or not all(map(_ONE_NAME.fullmatch, called)):
        return reading
    numbers = [reading.phone, *reading.phones.split()]
    addresses = [reading.email, *reading.emails.split()]
    problems = (*reading.problems, "more_people")
    mobiles = [number if phones.is_mobile(number) else "" for number in numbers]
    if not reading.phone and not reading.email:
        people = [reading._replace(name=name, problems=problems) for name in called]
        return people[0]._replace(also=tuple(people[1:]))
    if len(numbers) != len(called) or not all(mobiles):
        # Whose the number is nobody knows, so it joins no two rows.
        return reading._replace(problems=problems, by_mobile="", by_email="")
    if len(addresses) != len(called):
        addresses = [""] * len(called)
    people = [
        reading._replace(
            name=name,
            phone=number,
            by_mobile=number,
            email=address,
            by_email=address if address and emails.is_personal(address) else "",
            phones="",
            emails="",
            city_guess=place_of(number),
            problems=problems,
        )
        for name, number, address in zip(called, numbers, addresses, strict=True)
    ]
    return people[0]._replace(also=tuple(people[1:]))


def _addressed(reading: RowReading, cell: str) -> RowReading:
    """Where addresses are all a row has of people, each is a person, named as it says."""
    said = addressees(cell)
    if not said:
        return reading
    people = []
    for one in said:
        address = emails.normalise(one.address).address
        dropped = {NO_NAME} if one.name else set()
        problems = tuple(problem for problem in reading.problems if problem not in dropped)
        people.append(
            reading._replace(
                name=one.name,
                email=address,
                by_email=address if emails.is_personal(address) else "",
                emails="",
                problems=(*problems, "more_people") if len(said) > 1 else problems,
            )
        )
    return people[0]._replace(also=tuple(people[1:]))
