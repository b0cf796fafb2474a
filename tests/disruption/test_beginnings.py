"""A power of an Act that is passed is offered once a council has confirmed from when it is in force."""

from datetime import timedelta

import pytest
from accounts import browsers
from factories import accounts, disruption
from flask import Flask
from sqlalchemy import select

from licensing import dates
from licensing.audit.models import AuditEntry
from licensing.audit.rules import Action
from licensing.db import db
from licensing.disruption import queries
from licensing.errors import RuleBroken
from licensing.permissions import Role
from licensing.setup import owner_session

OXFORD, CHERWELL = accounts.OXFORD, accounts.CHERWELL


def offered(code: str, power: str = "CCEPO") -> bool:
    """Whether a council's disruption officers are offered it today."""
    with disruption.as_user(accounts.user(Role.DISRUPTION_OFFICER, code)):
        return power in {row.code for row in queries.powers_on(dates.today())}


def test_a_power_waits_until_the_administrator_enters_its_day_for_the_own_council_alone(app: Flask) -> None:
    administrator = browsers.of_role(app, Role.ADMINISTRATOR)
    assert "Not confirmed" in administrator.get("/powers/not-begun").text
    assert not offered(OXFORD)
    today = dates.today()
    day = {"begins_on-day": today.day, "begins_on-month": today.month, "begins_on-year": today.year}
    administrator.post("/powers/CCEPO/beginning", data={**day, "source": "SI 2026/999"})
    assert "SI 2026/999" in administrator.get("/powers/not-begun").text
    assert (offered(OXFORD), offered(CHERWELL)) == (True, False)
    page = browsers.of_role(app, Role.DISRUPTION_OFFICER).get("/powers/CCEPO").text
    assert "Your council confirmed that it is in force from" in page
    assert "Consider using it" in page
    with owner_session() as session:
        told = session.scalars(select(AuditEntry.details).where(AuditEntry.action == Action.SETTINGS_CHANGED)).all()
    assert {"power": "CCEPO", "before": None, "after": today.isoformat(), "source": "SI 2026/999"} in told


def test_what_was_entered_by_mistake_is_entered_anew_and_a_day_to_come_is_not_yet_one(app: Flask) -> None:
    disruption.begin(OXFORD, since=dates.today())
    disruption.begin(OXFORD, since=dates.today() + timedelta(days=1))
    assert not offered(OXFORD)


def test_no_power_begins_before_the_year_of_its_act_and_only_one_that_waits_is_asked_about(app: Flask) -> None:
    with pytest.raises(RuleBroken, match="2026 or later"):
        disruption.begin(OXFORD, since=dates.today().replace(year=2019, day=1))
    db.session.rollback()
    administrator = browsers.of_role(app, Role.ADMINISTRATOR)
    assert administrator.get("/powers/S116/beginning").location == "/powers/not-begun"
    assert administrator.get("/powers/NONE/beginning").status_code == 404
