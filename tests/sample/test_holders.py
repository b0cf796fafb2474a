"""The sample holders."""

import os
import subprocess
import sys
from collections import Counter
from datetime import date
from itertools import islice
from pathlib import Path

import pytest

from licensing.matching.identifiers import IdentifierKind, normalise
from licensing.register.details import PersonDetails
from licensing.register.rules import years_after
from licensing.sample import khan
from licensing.sample.councils import CHERWELL, DISTRICTS, OXFORD, Scale
from licensing.sample.holders import holder, holders

MONTH = date(2026, 11, 1)
DIGEST = """
import hashlib
from datetime import date
from licensing.sample.councils import DISTRICTS, Scale
from licensing.sample.holders import holders
shown = hashlib.sha256()
for council in DISTRICTS:
    for person in holders(council, Scale.SMALL, date(2026, 11, 1)):
        shown.update(repr(person).encode())
print(shown.hexdigest())
"""


@pytest.fixture(scope="module")
def small() -> list[PersonDetails]:
    return [person for council in DISTRICTS for person in holders(council, Scale.SMALL, MONTH)]


def test_every_process_makes_the_same_people() -> None:
    digests = {
        subprocess.run(
            [sys.executable, "-c", DIGEST],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert len(digests) == 1


def test_a_larger_scale_has_the_smaller_ones_people() -> None:
    for council in DISTRICTS:
        smaller = list(holders(council, Scale.SMALL, MONTH))

        assert list(islice(holders(council, Scale.NATIONAL, MONTH), len(smaller))) == smaller


def test_khan_is_among_cherwells_holders_once(small: list[PersonDetails]) -> None:
    assert holder(CHERWELL, 417, MONTH) == khan.details()
    assert small.count(khan.details()) == 1


def test_nobody_else_was_born_on_khans_birthday_or_is_called_aslam() -> None:
    there = [
        person
        for council in DISTRICTS
        for person in holders(council, Scale.COUNTY, MONTH)
        if person.date_of_birth in (khan.BORN, date(1980, 4, 3)) or "Aslam" in person.given_names
    ]

    assert [person.source_id for person in there] == ["SAMPLE-C000417"]


def test_a_few_people_are_known_to_two_councils(small: list[PersonDetails]) -> None:
    ni_numbers = Counter(
        number for person in small for kind, number in person.identifiers if kind is IdentifierKind.NI_NUMBER
    )

    assert 20 < sum(count == 2 for count in ni_numbers.values()) < 80


def test_some_of_them_are_spelt_differently_there(small: list[PersonDetails]) -> None:
    names: dict[str, set[str]] = {}
    for person in small:
        for kind, number in person.identifiers:
            if kind is IdentifierKind.NI_NUMBER:
                names.setdefault(number, set()).add(f"{person.given_names} {person.family_name}")

    assert any(len(spellings) == 2 for spellings in names.values())


def test_no_two_licences_of_a_council_and_kind_share_a_number() -> None:
    for council in DISTRICTS:
        numbers = Counter(
            (licence.kind, normalise(licence.number))
            for person in holders(council, Scale.SMALL, MONTH)
            for licence in person.licences
        )
        assert set(numbers.values()) == {1}


def test_nobody_was_licensed_before_they_were_twenty_one(small: list[PersonDetails]) -> None:
    for person in small:
        assert person.date_of_birth
        first = min(event.filed_on for licence in person.licences for event in licence.events)
        assert first >= years_after(person.date_of_birth, 21)


def test_the_people_do_not_depend_on_the_month_of_loading() -> None:
    for number in range(1, 50):
        one, other = holder(OXFORD, number, MONTH), holder(OXFORD, number, date(2027, 2, 1))

        assert (one.given_names, one.family_name, one.date_of_birth) == (
            other.given_names,
            other.family_name,
            other.date_of_birth,
        )
        assert (one.postcode, one.identifiers) == (other.postcode, other.identifiers)
