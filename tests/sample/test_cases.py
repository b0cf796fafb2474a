"""Sample cases: at each district, one in every state that its pages can show."""

from factories import accounts, register
from flask import Flask
from suitability.conftest import TODAY, acting

from licensing.db import db
from licensing.sample.cases import add_cases
from licensing.suitability.applying import ApplicationState
from licensing.suitability.queries.applications import ApplicationsFilter, applications_page
from licensing.suitability.queries.considerations import ConsiderationsFilter, considerations_page
from licensing.suitability.queries.courts import all_cases, totals_of
from licensing.suitability.readiness import readiness
from licensing.suitability.rules import ConsiderationState


def test_a_council_with_drivers_has_cases_in_every_state_and_one_without_has_none(app: Flask) -> None:
    with acting() as user:
        add_cases(user, TODAY)
        assert all_cases() == []
    register.add_all(map(register.numbered, range(6)), accounts.OXFORD)
    with acting() as user:
        add_cases(user, TODAY)
        db.session.commit()
        is_open = applications_page(ApplicationsFilter(), 1).items
        assert [readiness(one, TODAY).stops_decision == [] for one in is_open] == [True, False]
        withdrawn = ApplicationsFilter(state=ApplicationState.WITHDRAWN)
        assert applications_page(withdrawn, 1).total == 1
        for state in (ConsiderationState.OPEN, ConsiderationState.RECOMMENDED, ConsiderationState.CLOSED):
            assert considerations_page(ConsiderationsFilter(state), 1).total, state
        assert totals_of(all_cases()).words.startswith("3 defendants, 1 guilty, 7 years in all")
