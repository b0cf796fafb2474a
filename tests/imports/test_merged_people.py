"""A council's file after two of its records were made one by hand: nothing of that is taken back."""

from collections.abc import Callable
from uuid import UUID

import pytest
from factories import accounts, register
from flask import Flask
from sqlalchemy import select

from licensing.accounts.acting import who_is_acting
from licensing.db import acting_as, db
from licensing.imports.headings import resolve
from licensing.imports.making_plans import make_plan
from licensing.imports.mapping import AS_WRITTEN
from licensing.imports.options import Options
from licensing.imports.plan import Plan
from licensing.imports.rules import ImportKind
from licensing.imports.tables import Row, Table
from licensing.permissions import Role
from licensing.register.models import Person

HEADINGS = "source_id given_names family_name date_of_birth address postcode nino licence_no licence_type expires_on"
PLACE, OTHER_PLACE = ("1 Sample Street", "OX99 1AA"), ("2 Sample Street", "OX99 1AB")
ANNA = ["A1", "Anna", "Sample", "01/02/1990", *PLACE, "QQ123456C", "PHD1", "private hire", "28/02/2029"]
ANN = ["B2", "Ann", "Sampleson", "02/01/1990", *OTHER_PLACE, "QQ123456C", "PHD2", "private hire", "28/02/2029"]
WITHOUT_KEYS = [["", *ANNA[1:]], ["", *ANN[1:]]]

Run = Callable[..., Plan]


@pytest.fixture
def officer(app: Flask) -> UUID:
    return accounts.user(Role.LICENSING_OFFICER)


@pytest.fixture
def bring_in(officer: UUID) -> Run:
    """`bring_in(row, …)`: what a file of these drivers did."""

    def run(*rows: list[str]) -> Plan:
        layout = resolve(HEADINGS.split(), 1, ImportKind.DRIVERS, AS_WRITTEN)
        table = Table(layout, [Row(number, row) for number, row in enumerate(rows, 2)])
        with acting_as(accounts.open_session(officer)):
            db.session.rollback()
            user = who_is_acting()
            assert user is not None
            plan = make_plan(user, table, ImportKind.DRIVERS, Options())
            plan.steps.apply()
            db.session.commit()
            return plan

    return run


@pytest.fixture
def merge(officer: UUID) -> Callable[..., None]:
    """`merge("A1", "B2", name="merged")`: make the second record part of the first."""

    def run(kept: str, merged: str, **chosen: str) -> None:
        with acting_as(accounts.open_session(officer)):
            db.session.rollback()
            found = select(Person.source_id, Person.id).where(Person.source_id.in_((kept, merged)))
            ids = {row.source_id: row.id for row in db.session.execute(found)}
            db.session.commit()
        register.merge(accounts.OXFORD, ids[kept], ids[merged], officer, **chosen)

    return run


CHOICES = [
    {},
    {"name": "merged"},
    {"source_id": "merged"},
    {"name": "merged", "date_of_birth": "merged", "source_id": "merged"},
]
FILES = [[ANNA, ANN], [ANN, ANNA], [ANN], WITHOUT_KEYS, WITHOUT_KEYS[::-1]]


@pytest.mark.parametrize("chosen", CHOICES)
def test_the_file_of_two_records_that_were_made_one_changes_nothing(
    bring_in: Run, merge: Callable[..., None], chosen: dict[str, str]
) -> None:
    bring_in(ANNA, ANN)
    merge("A1", "B2", **chosen)
    for rows in FILES:
        plan = bring_in(*rows)
        assert [(one.outcome.value, one.what) for one in plan.outcomes] == [("unchanged", "")] * len(rows), rows
        assert not plan.rejected


def test_a_further_licence_under_either_key_is_the_kept_records(bring_in: Run, merge: Callable[..., None]) -> None:
    bring_in(ANNA, ANN)
    merge("A1", "B2")
    plan = bring_in(ANNA, [*ANN[:7], "HCD1", "hackney carriage", ""])
    assert [one.what for one in plan.outcomes] == ["", "licence HCD1 added"]
    assert not any(one.what for one in bring_in(ANNA, ANN, [*ANN[:7], "HCD1", "hackney carriage", ""]).outcomes)


def test_a_name_that_neither_record_had_is_a_change_still(bring_in: Run, merge: Callable[..., None]) -> None:
    bring_in(ANNA, ANN)
    merge("A1", "B2")
    [outcome] = bring_in(["B2", "Ann", "Married", *ANN[3:]]).outcomes
    assert outcome.what == "name"


def test_a_record_merged_through_another_is_the_last_ones(bring_in: Run, merge: Callable[..., None]) -> None:
    bea = ["C3", "Bea", *ANNA[2:7], "PHD3", *ANNA[8:]]
    bring_in(ANNA, ANN, bea)
    merge("B2", "C3")
    merge("A1", "B2")
    assert not any(one.what for one in bring_in(bea, ANN, ANNA).outcomes)
