"""Every figure against a world counted by hand, also on the first and the last day of a period and just outside of it.

A restricted edition tells what is counted as it is. Of the days of `dated.days()` three are in the period, two in the
one before, four in that of a year ago, and four in none.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from factories import accounts, dated, disruption, register
from factories.dated import Days
from flask import Flask, current_app
from sqlalchemy import select

from licensing import dates
from licensing.accounts.acting import who_is_acting
from licensing.db import acting_as, db
from licensing.deadlines.codes import ClockCode
from licensing.deadlines.rules import ClockEvent
from licensing.disruption.models import ActionEvent, EffectReview
from licensing.disruption.words import AgencyKind, Effect
from licensing.disruption.words import EventKind as DisruptionEvent
from licensing.figures import queries
from licensing.figures.gathering import Figure, figures
from licensing.figures.rules import Period
from licensing.operations.models import Operation, TestPurchase
from licensing.operations.words import OperationKind, TestKind, TestResult
from licensing.permissions import Role
from licensing.register.catalogue import LicenceKind
from licensing.register.details import LicenceDetails, OrganisationDetails, PersonDetails, PremisesDetails
from licensing.register.events import Event, EventKind
from licensing.register.models import Licence, LicenceEvent
from licensing.register.places import PremisesKind
from licensing.register.rows import Rows
from licensing.setup import owner_session
from licensing.sharing.models import Nr3sEntry, Nr3sSearch, RequestIn, RequestOut
from licensing.sharing.rules import EntryState, ExchangeKind, Method, SearchPurpose, SearchResult
from licensing.suitability.models import CourtCase, CourtDefendant, CourtSentence, OperatorDriver
from licensing.suitability.sentences import SentenceKind, Verdict

GRANTED = register.GRANTED
LONG_AGO = replace(register.REVOKED, decided_on=date(2024, 4, 1), notified_on=date(2024, 4, 1))
OF_EACH = (3, 2, 4)


def told(period: Period) -> dict[str, Figure]:
    """Oxford's own edition, in which nothing is withheld."""
    with owner_session() as session:
        area = [one for one in queries.places_counted(session) if one.code == accounts.OXFORD]
        every = figures(session, period, datetime.now(UTC), accounts.OXFORD, restricted=True, area=area)
        return {one.code: one for one in every}


def numbers(one: Figure) -> tuple[int | None, int | None, int | None]:
    """Of the period, of the one before, and of the same a year ago."""
    return one.value, one.previous, one.last_year


def values(period: Period, *codes: str) -> dict[str, tuple[int | None, int | None, int | None]]:
    found = told(period)
    return {code: numbers(found[code]) for code in codes}


def driver(number: int, *events: Event) -> PersonDetails:
    """One licence to which this happened."""
    person = register.numbered(number)
    return replace(person, licences=(replace(person.licences[0], events=events),))


def on_each(kind: EventKind, days: Days, *before: Event) -> tuple[Event, ...]:
    """What happened before, and then the same on every day; at once on the first of each period and beside it."""
    firsts = {days.now[0], days.before[0], days.last_year[0], days.outside[0]}
    return (*before, *(Event(kind, decided_on=day, notified_on=day, immediate=day in firsts) for day in days.every))


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


def licence_of(person_id: UUID) -> UUID:
    with owner_session() as session:
        return session.scalars(select(Licence.id).where(Licence.person_id == person_id)).one()


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


def test_reviews_past_their_day_are_out_of_those_to_be_made(app: Flask) -> None:
    """Late, overdue, done on the last day, overdue from before: two of four. Before: one of the two due by then."""
    days, one = dated.days(), timedelta(days=1)
    first, last, code = days.period.from_on, days.period.until_on, ClockCode.EFFECT_30
    year_ago = days.last_year[0]
    fire = disruption.agency(AgencyKind.FIRE_AND_RESCUE)
    disruption.consider(disruption.officer_of(fire), "FIRE31", disruption.GUESTHOUSE, fire, considered_on=year_ago)
    for due, met in (
        (last - 20 * one, last - 10 * one),
        (last - 15 * one, None),
        (last, last),
        (first - 3 * one, None),
        (first - 3 * one, first - 2 * one),  # done before the period
        (last + one, None),  # not due yet
    ):
        dated.clock(code if met else ClockCode.EFFECT_90, due, met)
    dated.clock(code, last - 4 * one, ceased=first - one)
    code_of = "disruption.past_review_percent"
    assert values(days.period, code_of) == {code_of: (50, 50, None)}


def close_a_place(on: date, number: int = 0) -> tuple[UUID, UUID, UUID]:
    """An action at one of several places, who works for its agency, and the agency."""
    fire = disruption.agency(AgencyKind.FIRE_AND_RESCUE)
    officer, place = disruption.officer_of(fire), replace(disruption.GUESTHOUSE, name=f"Sample Guesthouse {number}")
    return disruption.closed(officer, fire, on, place), officer, fire


def test_effects_and_breaches_are_counted_by_the_day_of_the_review_and_of_the_breach(app: Flask) -> None:
    days, council = dated.days(), accounts.authority_id(accounts.OXFORD)
    actions = [close_a_place(days.last_year[0] - timedelta(days=20), one)[:2] for one in range(7)]
    places = [(action, after) for action in actions for after in (30, 90)]
    reviews = [
        EffectReview(
            authority_id=council, action_id=action, after_days=after, effect=Effect.EFFECTIVE, reviewed_on=day, by_id=by
        )
        for ((action, by), after), day in zip(places, days.every, strict=False)
    ]
    reviews[0].effect = Effect.DISPLACED  # on the first day of the period
    first, by = actions[0]
    breaches = [
        ActionEvent(
            authority_id=council, action_id=first, number=20 + number, place=20 + number, on_day=day, by_id=by,
            kind=DisruptionEvent.BREACHED,
        )
        for number, day in enumerate(days.every)
    ]  # fmt: skip
    dated.as_written("disruption_event")
    dated.write(*reviews, *breaches)
    expected = {
        "disruption.effect.effective": (2, 2, 4),
        "disruption.effect.displaced": (1, 0, 0),
        "disruption.effect.none": (0, 0, 0),
        "disruption.breached": OF_EACH,
    }
    assert values(days.period, *expected) == expected


def test_operations_and_test_purchases_are_counted_by_their_day(app: Flask) -> None:
    """Of test purchases one on each day passed, and on the first of each period one more in part and two failed."""
    days, council = dated.days(), accounts.authority_id(accounts.OXFORD)
    _, officer, agency = close_a_place(days.last_year[0] - timedelta(days=20))
    belongs = {"authority_id": council, "recording_agency_id": agency, "recorded_by": officer}
    firsts = (days.now[0], days.before[0], days.last_year[0])
    results = [(day, TestResult.PASSED) for day in days.every]
    results += [(day, one) for day in firsts for one in (TestResult.PARTIAL, TestResult.FAILED, TestResult.FAILED)]
    dated.write(
        *(held(day, agency, belongs) for day in days.every),
        replace_begun(held(days.now[1], agency, belongs)),  # planned and never begun
        *(
            TestPurchase(
                reference=dated.reference(), name="Sample Hotel", on_day=day, kind=TestKind.BOOKING, result=result,
                accepted=result is TestResult.FAILED, id_asked=True, police_called=result is TestResult.PASSED,
                **belongs,
            )
            for day, result in results
        ),
    )  # fmt: skip
    expected: dict[str, tuple[int, int, int]] = {
        "operations.held": OF_EACH,
        "test_purchases.passed": OF_EACH,
        "test_purchases.partial": (1, 1, 1),
        "test_purchases.failed": (2, 2, 2),
        "test_purchases.passed_percent": (50, 40, 57),  # 3 of 6, 2 of 5, 4 of 7
    }
    assert values(days.period, *expected) == expected


def held(day: date, agency: UUID, belongs: dict[str, UUID]) -> Operation:
    noon = datetime.combine(day, datetime.min.time().replace(hour=12), dates.ENGLAND)
    return Operation(
        reference=dated.reference(), kind=OperationKind.TAXI_STOP, name="Lamplight", on_day=day,
        starts_at=noon.time(), lead_agency_id=agency, objective_sealed=b"", briefed_at=noon, begun_at=noon, **belongs,
    )  # fmt: skip


def replace_begun(one: Operation) -> Operation:
    one.begun_at = None
    return one


def test_what_councils_exchange_is_counted_by_the_day_it_was_sent_received_searched_or_entered(app: Flask) -> None:
    days, council = dated.days(), accounts.authority_id(accounts.OXFORD)
    person_id = register.add(driver(1, *on_each(EventKind.REVOKED, days, GRANTED)), accounts.OXFORD)
    licence_id, officer = licence_of(person_id), accounts.user(Role.LICENSING_OFFICER)
    with owner_session() as session:
        wanted = select(LicenceEvent.id).where(LicenceEvent.licence_id == licence_id, LicenceEvent.kind == "revoked")
        events = list(session.scalars(wanted.order_by(LicenceEvent.decided_on)))
    belongs = {"authority_id": council, "recorded_by": officer}
    dated.as_written("request_out", "request_in", "nr3s_search", "nr3s_entry")
    rows = [row for day in days.every for row in exchanged(day, ExchangeKind.CONCERN, belongs)]
    rows += exchanged(days.now[0], ExchangeKind.INFORMATION, belongs)  # asked for, no concern
    rows += [searched(day, person_id, belongs) for day in days.every]
    # The last was removed since, and was made all the same; the one on the first day was found not to be needed.
    states = [EntryState.NOT_NEEDED, *[EntryState.ENTERED] * (len(days.every) - 1)]
    states[2] = EntryState.REMOVED
    rows += [
        Nr3sEntry(
            reference=dated.reference(), person_id=person_id, licence_id=licence_id, event_id=event_id, state=state,
            notified_on=day, settled_on=day, settled_by=officer, **belongs,
        )
        for event_id, state, day in zip(events, states, days.every, strict=True)
    ]  # fmt: skip
    dated.write(*rows)
    expected = {"sharing.concerns_sent": OF_EACH, "sharing.concerns_received": OF_EACH, "nr3s.searches": OF_EACH}
    expected |= {"nr3s.entries": (2, 2, 4)}
    assert values(days.period, *expected) == expected


def exchanged(day: date, kind: ExchangeKind, belongs: dict[str, UUID]) -> list[RequestOut | RequestIn]:
    """One sent, one received, and one that is written and not sent."""
    words = {"method": Method.POST, "particulars_sealed": b"", "words_sealed": b"", "kind": kind, **belongs}
    aware = day if kind is ExchangeKind.CONCERN else None
    to = {"to_body": "Sample Council", "to_contact": "Licensing", "aware_on": aware}
    if kind is ExchangeKind.INFORMATION:
        came = {"from_body": "Sample Council", "from_contact": "Licensing", "received_on": day}
        return [RequestIn(reference=dated.reference(), **came, **words)]
    return [
        RequestOut(reference=dated.reference(), sent_on=day, sent_by=belongs["recorded_by"], **to, **words),
        RequestOut(reference=dated.reference(), **to, **words),
        RequestIn(reference=dated.reference(), from_body="Sample Council", from_contact="", received_on=day, **words),
    ]


def searched(day: date, person_id: UUID, belongs: dict[str, UUID]) -> Nr3sSearch:
    return Nr3sSearch(
        reference=dated.reference(), person_id=person_id, purpose=SearchPurpose.RENEWAL, searched_on=day,
        searched_by=belongs["recorded_by"], terms=["name"], result=SearchResult.NO_ENTRY, authorities=[],
        own_entries=False, **belongs,
    )  # fmt: skip


def test_trials_verdicts_and_sentences_are_counted_by_the_day_the_trial_ended(app: Flask) -> None:
    """Each trial began 400 days before it ended: those that ended after a period's last day were under way on it."""
    days = dated.days()
    for day in days.every:
        try_in_court(day)
    expected: dict[str, tuple[int, int, int]] = {
        "courts.trials": OF_EACH,
        "courts.under_way": (
            1,
            4,
            8,
        ),  # ended: the day after; and 3 of the period; and 2 before it, and the days between
        "courts.convicted": (6, 4, 8),
        "courts.acquitted": OF_EACH,
        # 36 months, the longest of those served at once, and 12 and 6 after it: 54 of each trial.
        "courts.sentence_months": (162, 108, 216),
    }
    assert values(days.period, *expected) == expected


def try_in_court(ended: date) -> None:
    """Two convicted, one of them still to be sentenced, one acquitted, and one of whom nothing was found."""
    council, clerk, case_id = accounts.authority_id(accounts.OXFORD), uuid4(), uuid4()
    clerk = accounts.user(Role.LICENSING_OFFICER)
    began = ended - timedelta(days=400)
    case = CourtCase(
        id=case_id, authority_id=council, reference=dated.reference(), court="Sample Crown Court", started_on=began,
        ended_on=ended, by_id=clerk,
    )  # fmt: skip
    found = (Verdict.GUILTY, Verdict.GUILTY, Verdict.NOT_GUILTY, Verdict.NO_VERDICT)
    each = [
        CourtDefendant(id=uuid4(), authority_id=council, case_id=case_id, number=number, verdict=verdict)
        for number, verdict in enumerate(found, 1)
    ]
    passed = [(SentenceKind.CONSECUTIVE, 12), (SentenceKind.CONSECUTIVE, 6)]
    passed += [(SentenceKind.CONCURRENT, 24), (SentenceKind.CONCURRENT, 36)]
    sentences = [
        CourtSentence(authority_id=council, defendant_id=each[0].id, number=number, kind=kind, months=months)
        for number, (kind, months) in enumerate(passed, 1)
    ]
    awaited = CourtSentence(authority_id=council, defendant_id=each[1].id, number=1, kind=SentenceKind.AWAITED)
    put_right = CourtSentence(
        authority_id=council, defendant_id=each[0].id, number=1, kind=SentenceKind.CONSECUTIVE, months=99,
        superseded_at=datetime.now(UTC) - timedelta(minutes=1),
    )  # fmt: skip
    dated.write(case, *each, *sentences, awaited, put_right)


@pytest.mark.parametrize(("missing", "value"), [(0, 0), (2, 2)])
def test_drivers_without_a_date_of_birth_are_those_with_a_licence_in_force(
    app: Flask, missing: int, value: int
) -> None:
    """One whose licence is revoked is in no figure of holders."""
    people = [driver(number, GRANTED) for number in range(4)]
    people[:missing] = [replace(one, date_of_birth=None) for one in people[:missing]]
    register.add_all([*people, replace(driver(9, GRANTED, LONG_AGO), date_of_birth=None)], accounts.OXFORD)
    found = told(Period(dates.today() - timedelta(days=9), dates.today()))
    assert found["quality.no_date_of_birth"].value == value
    assert found["licences.private_hire_driver.in_force"].value == 4
