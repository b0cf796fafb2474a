"""Checks of the sample holders: most in date, and every standing there is."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from random import Random
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from licensing.accounts.acting import ActingUser
from licensing.db import db, insert_many
from licensing.register.catalogue import LicenceKind
from licensing.register.events import IN_FORCE, LicenceStatus
from licensing.register.models import LicencePeriod, Person
from licensing.vetting.catalogue import NATIONAL
from licensing.vetting.details import CheckDetails
from licensing.vetting.models import VettingCheck
from licensing.vetting.rows import check_row
from licensing.vetting.rules import (
    BarredLists,
    CheckKind,
    DbsLevel,
    Policy,
    Result,
    StatusSource,
    counted_before,
    needed,
)

SEED = "licensing samples vetting 1"

# Of each check that is needed, in parts of a hundred; what is left was never begun.
_FATES = (
    ("in date", 82),
    ("overdue", 5),
    (Result.REQUESTED, 3),
    (Result.INCOMPLETE, 2),
    (Result.NOT_NEEDED, 3),
    ("adverse", 1),
    ("never", 4),
)
# At most so long ago, of a check that is made once.
_ONCE_WITHIN = 700  # days
_COUNTRIES = ("Ireland", "Spain", "Poland", "Pakistan", "Portugal")
_WITH_LEAVE = 0.1  # of holders: their right to work ends with leave
_REASON = "As the council’s policy says of such a case"
_VETTED = (*IN_FORCE, LicenceStatus.APPLIED, LicenceStatus.SUSPENDED)
_AT_ONCE = 2_000


def check_holders(user: ActingUser, today: date) -> None:
    """Write the checks of all who hold or ask for a licence of the acting authority; flushes."""
    given = ((person_id, one) for person_id, key, kinds in _holders(today) for one in _checks(key, kinds, today))
    rows = (check_row(user, person_id, one) for person_id, one in given)
    while some := list(islice(rows, _AT_ONCE)):
        insert_many(VettingCheck, some)


def _holders(today: date) -> list[Any]:
    """(person, their key, the kinds of licence that they hold or ask for), in the order of their keys."""
    kinds = func.array_agg(aggregate_order_by(LicencePeriod.kind, LicencePeriod.kind))
    found = select(Person.id, Person.source_id, kinds).join(Person, Person.id == LicencePeriod.person_id)
    found = found.where(
        LicencePeriod.status.in_(_VETTED), LicencePeriod.from_on <= today, LicencePeriod.until_on > today
    )
    return list(db.session.execute(found.group_by(Person.id, Person.source_id).order_by(Person.source_id, Person.id)))


def _checks(key: str | None, kinds: list[str], today: date) -> Iterator[CheckDetails]:
    """A fate for every check that any of somebody's licences needs."""
    rng = Random(f"{SEED} {key}")
    asked = {check: one for kind in kinds for check, one in needed(NATIONAL, LicenceKind(kind), today).items()}
    for check, policy in asked.items():
        fate = rng.choices([fate for fate, _ in _FATES], [share for _, share in _FATES])[0]
        if fate != "never":
            yield _check(rng, check, policy, fate, today)


def _check(rng: Random, check: CheckKind, policy: Policy, fate: str, today: date) -> CheckDetails:
    lapses = counted_before(policy, today)
    if fate == "overdue" and lapses:
        return _satisfied(rng, check, lapses - timedelta(days=rng.randrange(200)), today)
    if fate in ("in date", "overdue"):
        most = (today - lapses).days if lapses else _ONCE_WITHIN
        return _satisfied(rng, check, today - timedelta(days=rng.randrange(most)), today)
    on = today - timedelta(days=rng.randrange(60))
    if fate == "adverse":
        status = check is CheckKind.DBS_STATUS
        without_words = status or check.is_certificate
        found = Result.NEW_INFORMATION if status else Result.UNSATISFACTORY
        return CheckDetails(check, found, on, reason="" if without_words else "Below the standard asked for")
    return CheckDetails(check, Result(fate), on, reason="" if fate is Result.REQUESTED else _REASON)


def _satisfied(rng: Random, check: CheckKind, on: date, today: date) -> CheckDetails:
    if check.is_certificate:
        enhanced = check is CheckKind.ENHANCED_DBS
        return CheckDetails(
            check,
            Result.SATISFIED,
            on,
            certificate_no=f"00{rng.randrange(10**10):010}",
            issued_on=on,
            level=DbsLevel.ENHANCED if enhanced else None,
            barred_lists=BarredLists.BOTH if enhanced else None,
            update_service=rng.random() < 0.9 if enhanced else None,
        )
    if check is CheckKind.DBS_STATUS:
        return CheckDetails(check, Result.SATISFIED, on, learnt_by=StatusSource.UPDATE_SERVICE)
    if check is CheckKind.OVERSEAS:
        abroad = on - timedelta(days=400)
        until = abroad + timedelta(days=200)
        country = rng.choice(_COUNTRIES)
        return CheckDetails(check, Result.SATISFIED, on, country=country, abroad_from=abroad, abroad_until=until)
    ends_on = None
    if check is CheckKind.RIGHT_TO_WORK and rng.random() < _WITH_LEAVE:
        ends_on = max(on, today + timedelta(days=rng.randrange(-20, 700)))
    return CheckDetails(check, Result.SATISFIED, on, expires_on=ends_on)
