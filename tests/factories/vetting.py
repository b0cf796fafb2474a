"""Checks of people and a council's own rules, by the product's own way of recording them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from factories import accounts

from licensing import dates
from licensing.accounts.acting import ActingUser, who_is_acting
from licensing.db import acting_as, db
from licensing.permissions import Role
from licensing.register.catalogue import Family
from licensing.vetting import changes
from licensing.vetting.details import CheckDetails
from licensing.vetting.rules import (
    BarredLists,
    CheckKind,
    DbsLevel,
    LengthUnit,
    Requirement,
    Result,
    StatusSource,
)

CERTIFICATE = CheckDetails(
    CheckKind.ENHANCED_DBS,
    Result.SATISFIED,
    checked_on=dates.today() - timedelta(days=10),
    certificate_no="001234567890",
    issued_on=dates.today() - timedelta(days=20),
    level=DbsLevel.ENHANCED,
    barred_lists=BarredLists.BOTH,
    update_service=True,
)
NEW_INFORMATION = CheckDetails(
    CheckKind.DBS_STATUS, Result.NEW_INFORMATION, checked_on=dates.today(), learnt_by=StatusSource.UPDATE_SERVICE
)
# A council that looks at the DBS status every three years.
OWN_RULE = changes.OwnRule(
    check=CheckKind.DBS_STATUS,
    family=Family.DRIVER,
    licence_kind=None,
    requirement=Requirement.NEEDED,
    valid_from=date(2024, 4, 1),
    length=3,
    unit=LengthUnit.YEARS,
    blocks_grant=False,
    unless_driver=False,
    source="Taxi licensing policy 2024, paragraph 5",
    reason="Adopted by the committee in March 2024",
)


def satisfied(check: CheckKind, on: date, **more: object) -> CheckDetails:
    """That a check was passed on a day, with what its kind must have."""
    base = CERTIFICATE if check.is_certificate else CheckDetails(check, Result.SATISFIED, on)
    dated = {"issued_on": on} if check.is_certificate else {}
    learnt = {"learnt_by": StatusSource.UPDATE_SERVICE} if check is CheckKind.DBS_STATUS else {}
    return replace(base, kind=check, checked_on=on, **{**dated, **learnt, **more})  # type: ignore[arg-type]


@contextmanager
def officer(code: str, role: Role = Role.LICENSING_OFFICER) -> Iterator[ActingUser]:
    """Act as somebody new of an authority; what is done within is committed at the end."""
    with acting(accounts.user(role, code)) as user:
        yield user


@contextmanager
def acting(user_id: UUID) -> Iterator[ActingUser]:
    """Act as this user; what is done within is committed at the end."""
    with acting_as(accounts.open_session(user_id)):
        db.session.rollback()
        user = who_is_acting()
        assert user is not None
        yield user
        db.session.commit()


def record(code: str, person_id: UUID, given: CheckDetails) -> UUID:
    with officer(code) as user:
        return changes.record(user, person_id, given)


def correct(code: str, vetting_check_id: UUID, given: CheckDetails) -> UUID:
    with officer(code) as user:
        return changes.correct(user, vetting_check_id, given, "Typed wrong")


def make_rule(code: str, rule: changes.OwnRule = OWN_RULE) -> UUID:
    with officer(code, Role.LICENSING_MANAGER) as user:
        return changes.make_rule(user, rule)
