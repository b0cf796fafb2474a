"""What agencies, councils and courts record, counted by hand on each day in a period and just outside of it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from factories import accounts, dated, disruption, register, training
from figures.counting import GRANTED, LONG_AGO, OF_EACH, driver, licence_of, on_each, told, values
from flask import Flask
from sqlalchemy import select

from licensing import dates
from licensing.deadlines.codes import ClockCode
from licensing.disruption.models import ActionEvent, EffectReview
from licensing.disruption.words import AgencyKind, Effect
from licensing.disruption.words import EventKind as DisruptionEvent
from licensing.figures.rules import Period
from licensing.operations.models import Operation, TestPurchase
from licensing.operations.words import OperationKind, TestKind, TestResult
from licensing.permissions import Role
from licensing.prevention.models import AwarenessActivity, IndicatorCount
from licensing.prevention.words import Audience, AwarenessKind
from licensing.register.events import EventKind
from licensing.register.models import LicenceEvent
from licensing.setup import owner_session
from licensing.sharing.models import Nr3sEntry, Nr3sSearch, RequestIn, RequestOut
from licensing.sharing.rules import EntryState, ExchangeKind, Method, SearchPurpose, SearchResult
from licensing.suitability.models import CourtCase, CourtDefendant, CourtSentence
from licensing.suitability.sentences import SentenceKind, Verdict
from licensing.training.models import TrainingOffer


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
    noon = dated.noon(day)
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


@pytest.mark.parametrize("kind", ["counts", "activities"])
def test_counts_of_a_hub_are_of_periods_within_and_awareness_is_of_its_day(app: Flask, kind: str) -> None:
    """A count whose period begins before that of a figure, or ends after it, is in none."""
    days, council, one = dated.days(), accounts.authority_id(accounts.OXFORD), timedelta(days=1)
    agency = disruption.agency(AgencyKind.POLICE, is_partner=True)
    belongs = {"authority_id": council, "agency_id": agency, "recorded_by": disruption.officer_of(agency)}
    period, before, year = days.period, days.period.before, days.period.last_year
    if kind == "activities":
        given = {"kind": AwarenessKind.VISIT, "audience": Audience.HOTELS, "place": "Sample Town", "reach": 5}
        dated.write(*(AwarenessActivity(held_on=day, **given, **belongs) for day in days.every))
        assert values(period, "awareness.reach") == {"awareness.reach": (15, 10, 20)}
        return
    counted = [(period.from_on, period.from_on + 9 * one, 40), (period.from_on + 10 * one, period.until_on, 2)]
    counted += [(before.from_on, before.until_on, 30), (year.from_on, year.until_on, 20)]
    counted += [(before.until_on, period.from_on, 500), (period.until_on, period.until_on + one, 600)]
    dated.write(
        *(
            IndicatorCount(code=code, period_start=first, period_end=last, value=number, **belongs)
            for code in ("MASH_ENQUIRIES", "MASH_ASSESSMENTS", "SCREENING_TOOLS", "MISSING_OVER_TWO")
            for first, last, number in counted
        )
    )
    codes = ("mash.enquiries", "mash.assessments", "indicators.screening_tools", "indicators.missing_over_two")
    assert values(period, *codes) == dict.fromkeys(codes, (42, 30, 20))


def test_what_was_offered_and_nobody_took_up_is_as_at_the_last_day(app: Flask) -> None:
    """Offered 50 and 20 days ago, and long ago: one of these was taken up since the period, and one before it."""
    days, one = dated.days(), timedelta(days=1)
    people = register.add_all([driver(number, GRANTED) for number in range(4)], accounts.OXFORD)
    offers = [training.offer(accounts.OXFORD, person_id) for person_id in people]
    last = days.period.until_on
    told_on = [(last - 40 * one, None), (last - 5 * one, None), (last - 900 * one, last + one)]
    told_on += [(last - 900 * one, days.period.from_on)]
    officer = accounts.user(Role.LICENSING_OFFICER)
    dated.as_written("training_offer")
    with owner_session() as session:
        for offer_id, (at, settled) in zip(offers, told_on, strict=True):
            offer = session.get_one(TrainingOffer, offer_id)
            offer.birth_agrees, offer.offered_at = True, dated.noon(at)
            if settled:
                offer.settled_at, offer.settled_by = dated.noon(settled), officer
        session.commit()
    # Now: 50 and 15 days ago, and that taken up after. Before: 50 days ago, and both of long ago; a year ago these two.
    assert values(days.period, "quality.unmatched") == {"quality.unmatched": (3, 3, 2)}
