"""Every figure against a world counted by hand, also on the first and the last day of a period and just outside of it.

A restricted edition tells what is counted as it is. Of the days of `dated.days()` three are in the period, two in the
one before, four in that of a year ago, and four in none.
"""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from factories import accounts, dated, register
from factories.dated import Days
from figures.counting import GRANTED, LONG_AGO, OF_EACH, driver, licence_of, numbers, on_each, told, values
from flask import Flask, current_app

from licensing.accounts.acting import who_is_acting
from licensing.db import acting_as, db
from licensing.deadlines.codes import ClockCode
from licensing.deadlines.rules import ClockEvent
from licensing.permissions import Role
from licensing.register.catalogue import LicenceKind
from licensing.register.details import LicenceDetails, OrganisationDetails, PremisesDetails
from licensing.register.events import Event, EventKind
from licensing.register.places import PremisesKind
from licensing.register.rows import Rows
from licensing.setup import owner_session
from licensing.suitability.models import OperatorDriver


def add_premises(*happened: tuple[Event, ...]) -> None:
    """A pub's licence to which this happened."""
    officer = accounts.user(Role.LICENSING_OFFICER)
    with acting_as(accounts.open_session(officer)):
        rows = Rows(accounts.authority_id(accounts.OXFORD), current_app.config["KEYS"])
        for number, events in enumerate(happened):
            pub = PremisesDetails(f"The Sample Arms {number}", PremisesKind.PUB, "2 Sample Street", "OX99 1AB")
            details = LicenceDetails(LicenceKind.PREMISES_LICENCE, f"24/{number}/PREM", events=events)
            rows.add_licence(None, details, premises_id=rows.add_premises(pub))
        rows.write()
        db.session.commit()


def test_decisions_and_appeals_are_counted_by_the_day_on_which_they_were_made(app: Flask) -> None:
    days, revoked = dated.days(), (GRANTED, LONG_AGO)
    register.add_all(
        [
            *(driver(number, Event(EventKind.REFUSED, decided_on=day)) for number, day in enumerate(days.every)),
            driver(50, *on_each(EventKind.RENEWAL_REFUSED, days, GRANTED)),
            driver(51, *on_each(EventKind.SUSPENDED, days, GRANTED)),
            driver(52, *on_each(EventKind.REVOKED, days, GRANTED)),
            driver(53, *on_each(EventKind.APPEALED, days, *revoked)),
            driver(54, *on_each(EventKind.REINSTATED_BY_COURT, days, *revoked)),
            driver(55, *on_each(EventKind.APPEAL_DISMISSED, days, *revoked)),
            driver(56, *on_each(EventKind.APPEAL_WITHDRAWN, days, *revoked)),
            driver(57, *(replace(GRANTED, decided_on=day, starts_on=day) for day in days.every)),
        ],
        accounts.OXFORD,
    )
    add_premises(
        on_each(EventKind.SUSPENDED, days, replace(GRANTED, expires_on=None)),
        on_each(EventKind.REVOKED, days, replace(GRANTED, expires_on=None)),
    )
    each = ("refused", "renewal_refused", "suspended", "revoked", "granted", "premises_suspended", "premises_revoked")
    expected = dict.fromkeys([*(f"decisions.{one}" for one in each), "appeals.lodged", "appeals.allowed"], OF_EACH)
    # Dismissed, and as many withdrawn; and one of each period's at once.
    expected |= {"appeals.dismissed": (6, 4, 8)}
    expected |= {"decisions.suspended_immediate": (1, 1, 1), "decisions.revoked_immediate": (1, 1, 1)}
    assert values(days.period, *expected) == expected


def test_an_immediate_decision_is_in_order_with_its_notice_and_no_rule_broken(app: Flask) -> None:
    """Of four three; of two one, the other without a notice; a year ago of three one. The days beside are of none."""
    days, manager = dated.days(), accounts.user(Role.LICENSING_MANAGER)
    licence_id = licence_of(register.add(driver(1, GRANTED), accounts.OXFORD))
    first, middle, last = days.now
    made = [dated.at_once(licence_id, manager, day) for day in (first, middle, last, *days.outside)]
    made += [dated.at_once(licence_id, manager, last, wrong=["no_statement"])]
    made += [dated.at_once(licence_id, manager, days.before[0])]
    made += [dated.at_once(licence_id, manager, days.before[1], told=False)]
    made += [dated.at_once(licence_id, manager, day, wrong=["late"]) for day in days.last_year[:2]]
    made += [dated.at_once(licence_id, manager, days.last_year[3])]
    later = dated.at_once(licence_id, manager, middle, told=False)
    later.immediate = False
    dated.write(*made, later)
    code = "decisions.immediate_in_order_percent"
    assert values(days.period, code) == {code: (75, 50, 33)}


def test_two_drivers_of_an_operator_are_two_people_revoked_in_one_period(app: Flask) -> None:
    days = dated.days()
    # The operator of each driver, and on which days they were revoked.
    (first, middle, last), (before, until), year = days.now, days.before, days.last_year
    revoked_on = {
        "A": [(first,), (last,)],
        "B": [(first, last)],  # one driver, twice
        "C": [(first,), (until,)],  # the other just before
        "D": [(before,), (until,)],
        "E": [(year[0],), (year[3],)],
        "F": [(last,), (days.outside[0],)],  # the other just after
        "G": [(middle,), (middle,), (middle,)],
    }
    people = [(name, each) for name, every in revoked_on.items() for each in every]
    details = [
        driver(number, GRANTED, *(replace(LONG_AGO, decided_on=day, notified_on=day) for day in each))
        for number, (_, each) in enumerate(people)
    ]
    ids = register.add_all(details, accounts.OXFORD)
    officer = accounts.user(Role.LICENSING_OFFICER)
    council, operators = accounts.authority_id(accounts.OXFORD), operators_called(*revoked_on)
    dated.write(
        *(
            OperatorDriver(authority_id=council, person_id=person_id, organisation_id=operators[name], by_id=officer)
            for person_id, (name, _) in zip(ids, people, strict=True)
        )
    )
    assert values(days.period, "operators.two_revoked") == {"operators.two_revoked": (2, 1, 1)}  # A and G; D; E


def operators_called(*names: str) -> dict[str, UUID]:
    with acting_as(accounts.open_session(accounts.user(Role.LICENSING_OFFICER))):
        assert who_is_acting()
        rows = Rows(accounts.authority_id(accounts.OXFORD), current_app.config["KEYS"])
        made = {name: rows.add_organisation(OrganisationDetails(f"Sample Cars {name}")) for name in names}
        rows.write()
        db.session.commit()
    return made


KEPT = (ClockCode.NR3S_ENTRY, ClockCode.NR3S_ANSWER, ClockCode.S5_REPORT, ClockCode.S6_REPLY)
REVIEWED = (ClockCode.SUSPENSION_REVIEW, ClockCode.IMMEDIATE_REVIEW)


def test_a_period_is_kept_missed_or_overdue_by_its_last_day(app: Flask) -> None:
    days = dated.days()
    for code in (*KEPT, *REVIEWED):
        run_clocks(code, days)
    found = told(days.period)
    for code in (*KEPT, *REVIEWED):
        name = f"clocks.{code.lower()}"
        counted = {word: numbers(found[f"{name}.{word}"]) for word in ("met", "missed", "overdue")}
        # Late on each day, and two that are still not done; before, one.
        assert counted == {"met": OF_EACH, "missed": (5, 3, 4), "overdue": (2, 1, 0)}, code
    # Of eight, five and eight.
    assert [numbers(found[f"clocks.{code.lower()}.in_time_percent"]) for code in KEPT] == [(38, 40, 50)] * 4
    assert numbers(found["quality.overdue_reviews"]) == (4, 2, 0)  # of the two kinds of review


def run_clocks(code: ClockCode, days: Days) -> None:
    """Done on the very day; a day late; and not done since the period before, its last day but one, and its last."""
    last, one = days.period.until_on, timedelta(days=1)
    for day in days.every:
        dated.clock(code, day, day)
        dated.clock(code, day, day + one)
    for due in (days.period.from_on - 5 * one, last - one, last):
        dated.clock(code, due)
    dated.clock(code, last - 2 * one, ceased=last - 3 * one)


def test_a_period_that_was_paused_is_not_late_and_one_moved_after_it_was_missed_is(app: Flask) -> None:
    days, one = dated.days(), timedelta(days=1)
    due, last, code = days.now[1], days.period.until_on, ClockCode.S6_REPLY
    paused, resumed, moved, late = (dated.clock(code, due) for _ in range(4))
    dated.changed(paused, ClockEvent.PAUSED, due - one)
    dated.changed(resumed, ClockEvent.PAUSED, due - 3 * one)
    dated.changed(resumed, ClockEvent.RESUMED, due - one, before=due, after=due + 2 * one)
    # Missed, given another day after that, and done by then: once late, and never in time.
    dated.changed(moved, ClockEvent.GIVEN_ANOTHER_DAY, due + 2 * one, before=due, after=last)
    with owner_session() as session:
        session.get_one(dated.Clock, moved).met_on = last
        session.commit()
    dated.changed(moved, ClockEvent.MET, last)
    dated.changed(late, ClockEvent.PAUSED, due + one)  # missed before it was paused, and waits now
    dated.clock(code, days.last_year[0] - 2 * one, days.last_year[0] - 2 * one)  # so that a year ago is known
    names = ("met", "missed", "overdue")
    found = values(days.period, *(f"clocks.s6_reply.{word}" for word in names))
    # `resumed`, `moved` and `late` were missed; only `resumed` still runs.
    assert list(found.values()) == [(0, 0, 0), (3, 0, 0), (1, 0, 0)]
