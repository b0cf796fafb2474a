"""The state of a driver's licence, from its dated events."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensing.register.events import (
    BEGINNING,
    END_OF_TIME,
    Event,
    EventKind,
    LapseCause,
    LicenceStatus,
    RelevantInformation,
)
from licensing.register.rules import (
    entitlement_status,
    is_adverse_and_kept,
    periods,
    sort_name,
    status_as_at,
    takes_effect_on,
    term_as_at,
)

FIRST, LAST = date(2024, 3, 1), date(2027, 2, 28)
GRANTED = Event(EventKind.GRANTED, decided_on=date(2024, 2, 20), starts_on=FIRST, expires_on=LAST)
NOTICE = date(2025, 5, 14)
ONE_DAY = timedelta(days=1)


def status(day: date, *events: Event) -> LicenceStatus:
    return status_as_at([GRANTED, *events], day)


def revoked(**changed: object) -> Event:
    return Event(EventKind.REVOKED, **{"decided_on": NOTICE, "notified_on": NOTICE, **changed})


def suspended(**changed: object) -> Event:
    return Event(EventKind.SUSPENDED, **{"decided_on": NOTICE, "notified_on": NOTICE, "immediate": True, **changed})


def test_a_licence_is_granted_starts_and_expires_on_the_day_after_its_last() -> None:
    assert status(date(2024, 2, 19)) is LicenceStatus.APPLIED
    assert status(date(2024, 2, 20)) is LicenceStatus.NOT_STARTED
    assert status(FIRST - ONE_DAY) is LicenceStatus.NOT_STARTED
    assert status(FIRST) is LicenceStatus.IN_FORCE
    assert status(LAST) is LicenceStatus.IN_FORCE
    assert status(LAST + ONE_DAY) is LicenceStatus.EXPIRED


def test_an_immediate_revocation_takes_effect_on_notice() -> None:
    event = revoked(immediate=True)
    assert status(NOTICE - ONE_DAY, event) is LicenceStatus.IN_FORCE
    assert status(NOTICE, event) is LicenceStatus.REVOKED
    assert not status(NOTICE, event).is_in_force


def test_a_revocation_that_is_not_immediate_waits_until_both_counts_of_21_days_have_passed() -> None:
    # Beginning with the day of notice (s.61(2A)) they end on 3 June; from the day after it (1936 Act s.300) on the 4th.
    assert takes_effect_on(revoked()) == date(2025, 6, 5)
    assert status(date(2025, 6, 4), revoked()) is LicenceStatus.REVOCATION_PENDING
    assert status(date(2025, 6, 4), revoked()).is_in_force
    assert status(date(2025, 6, 5), revoked()) is LicenceStatus.REVOKED


def test_nothing_takes_effect_while_no_notice_has_been_given() -> None:
    event = revoked(notified_on=None)
    assert takes_effect_on(event) == END_OF_TIME
    assert status(LAST, event) is LicenceStatus.REVOCATION_PENDING
    assert status(LAST + ONE_DAY, event) is LicenceStatus.EXPIRED


def appealed(day: date, kind: EventKind = EventKind.APPEALED) -> Event:
    return Event(kind, decided_on=day)


def test_an_appeal_in_time_keeps_a_revocation_from_taking_effect_until_it_is_disposed_of() -> None:
    lodged, heard = appealed(date(2025, 6, 3)), date(2025, 9, 1)
    assert status(date(2025, 8, 31), revoked(), lodged) is LicenceStatus.REVOCATION_PENDING
    for end in (EventKind.APPEAL_DISMISSED, EventKind.APPEAL_WITHDRAWN):
        assert status(date(2025, 8, 31), revoked(), lodged, appealed(heard, end)).is_in_force
        assert status(heard, revoked(), lodged, appealed(heard, end)) is LicenceStatus.REVOKED
    allowed = appealed(heard, EventKind.REINSTATED_BY_COURT)
    assert status(heard, revoked(), lodged, allowed) is LicenceStatus.IN_FORCE


def test_an_appeal_that_is_withdrawn_early_leaves_the_time_for_it_to_run() -> None:
    ended = appealed(date(2025, 5, 20), EventKind.APPEAL_WITHDRAWN)
    given = (revoked(), appealed(date(2025, 5, 18)), ended)
    assert status(date(2025, 6, 4), *given) is LicenceStatus.REVOCATION_PENDING
    assert status(date(2025, 6, 5), *given) is LicenceStatus.REVOKED


def test_an_appeal_stays_neither_an_immediate_revocation_nor_one_that_has_taken_effect() -> None:
    assert status(NOTICE, revoked(immediate=True), appealed(NOTICE)) is LicenceStatus.REVOKED
    late = appealed(date(2025, 6, 10))
    assert status(date(2025, 6, 10), revoked(), late) is LicenceStatus.REVOKED


@given(st.integers(0, 60))
def test_an_appeal_holds_a_decision_up_exactly_while_it_is_in_time(days: int) -> None:
    lodged = appealed(NOTICE + timedelta(days=days))
    in_time = days <= 21  # by the later of the two counts
    after = NOTICE + timedelta(days=61)
    assert (status(after, revoked(), lodged) is LicenceStatus.REVOCATION_PENDING) == in_time
    chosen = revoked(effective_on=NOTICE + timedelta(days=50))
    assert (status(after, chosen, lodged) is LicenceStatus.REVOCATION_PENDING) == in_time


@pytest.mark.parametrize("decision", [revoked(), revoked(immediate=True), suspended(immediate=True)])
def test_a_court_that_varies_a_decision_may_put_a_suspension_in_its_place(decision: Event) -> None:
    lodged, heard = appealed(date(2025, 6, 3)), date(2025, 9, 1)
    varied = replace(appealed(heard, EventKind.REINSTATED_BY_COURT), ends_on=date(2025, 9, 30))
    assert status(date(2025, 9, 30), decision, lodged, varied) is LicenceStatus.SUSPENDED
    assert status(date(2025, 10, 1), decision, lodged, varied) is LicenceStatus.IN_FORCE


def test_an_appeal_stays_a_suspension_too() -> None:
    given = (suspended(immediate=False), appealed(date(2025, 6, 3)))
    assert status(date(2025, 8, 1), *given) is LicenceStatus.SUSPENSION_PENDING
    ended = appealed(date(2025, 8, 2), EventKind.APPEAL_DISMISSED)
    assert status(date(2025, 8, 2), *given, ended) is LicenceStatus.SUSPENDED


def test_a_vehicle_not_found_fit_in_time_is_deemed_revoked() -> None:
    unfit = Event(EventKind.FOUND_UNFIT, notified_on=date(2025, 5, 14), ends_on=date(2025, 7, 14))
    assert status(date(2025, 5, 14), unfit) is LicenceStatus.SUSPENDED
    assert status(date(2025, 7, 14), unfit) is LicenceStatus.SUSPENDED
    assert status(date(2025, 7, 15), unfit) is LicenceStatus.REVOKED
    fit = Event(EventKind.SUSPENSION_ENDED, decided_on=date(2025, 7, 1))
    assert status(date(2025, 7, 15), unfit, fit) is LicenceStatus.IN_FORCE


def test_a_day_of_effect_that_was_recorded_is_believed() -> None:
    assert takes_effect_on(revoked(effective_on=date(2025, 8, 1), immediate=True)) == date(2025, 8, 1)


def test_a_licence_revoked_after_it_expired_stays_expired() -> None:
    late = LAST + timedelta(days=10)
    event = revoked(decided_on=late, notified_on=late, immediate=True)
    assert status(late, event) is LicenceStatus.EXPIRED


def test_a_licence_that_expires_before_its_revocation_takes_effect_is_expired() -> None:
    event = revoked(decided_on=LAST - ONE_DAY, notified_on=LAST - ONE_DAY)
    assert status(LAST, event) is LicenceStatus.REVOCATION_PENDING
    assert status(LAST + timedelta(days=60), event) is LicenceStatus.EXPIRED


def test_a_revoked_licence_stays_revoked_after_its_last_day() -> None:
    assert status(LAST + ONE_DAY, revoked(immediate=True)) is LicenceStatus.REVOKED


def test_a_suspension_for_a_time_ends_by_itself_after_its_last_day() -> None:
    event = suspended(ends_on=date(2025, 6, 30))
    assert status(NOTICE, event) is LicenceStatus.SUSPENDED
    assert status(date(2025, 6, 30), event) is LicenceStatus.SUSPENDED
    assert status(date(2025, 7, 1), event) is LicenceStatus.IN_FORCE


def test_a_suspension_without_an_end_lasts_until_it_is_ended() -> None:
    ended = Event(EventKind.SUSPENSION_ENDED, decided_on=date(2025, 9, 1))
    assert status(date(2025, 8, 31), suspended(), ended) is LicenceStatus.SUSPENDED
    assert status(date(2025, 9, 1), suspended(), ended) is LicenceStatus.IN_FORCE
    assert status(LAST, suspended()) is LicenceStatus.SUSPENDED
    assert status(LAST + ONE_DAY, suspended()) is LicenceStatus.EXPIRED


def test_a_suspension_that_is_not_immediate_does_not_stop_the_holder_yet() -> None:
    event = suspended(immediate=False)
    assert status(NOTICE, event) is LicenceStatus.SUSPENSION_PENDING
    assert status(NOTICE, event).is_in_force
    assert status(date(2025, 6, 5), event) is LicenceStatus.SUSPENDED


def test_a_revocation_during_a_suspension_shows_the_suspension_until_it_bites() -> None:
    later = NOTICE + timedelta(days=7)
    events = [suspended(), revoked(decided_on=later, notified_on=later)]
    assert status(later, *events) is LicenceStatus.SUSPENDED
    assert status(later + timedelta(days=22), *events) is LicenceStatus.REVOKED


def test_a_renewal_carries_the_licence_on() -> None:
    renewal = Event(
        EventKind.RENEWED, decided_on=date(2027, 2, 10), starts_on=date(2027, 3, 1), expires_on=date(2030, 2, 28)
    )
    assert status(date(2027, 2, 10), renewal) is LicenceStatus.IN_FORCE  # the term before it runs on
    assert status(LAST, renewal) is LicenceStatus.IN_FORCE
    assert status(date(2027, 3, 1), renewal) is LicenceStatus.IN_FORCE
    assert status(date(2030, 3, 1), renewal) is LicenceStatus.EXPIRED
    assert term_as_at([GRANTED, renewal]) is renewal


def test_between_two_terms_the_holder_may_not_drive() -> None:
    renewal = Event(
        EventKind.RENEWED, decided_on=date(2027, 2, 10), starts_on=date(2027, 4, 1), expires_on=date(2030, 3, 31)
    )
    assert status(LAST, renewal) is LicenceStatus.IN_FORCE
    assert status(LAST + ONE_DAY, renewal) is LicenceStatus.NOT_STARTED
    assert status(date(2027, 4, 1), renewal) is LicenceStatus.IN_FORCE


def test_a_shorter_term_recorded_later_governs() -> None:
    corrected = Event(EventKind.RENEWED, decided_on=date(2024, 6, 1), starts_on=FIRST, expires_on=date(2025, 2, 28))
    assert status(date(2025, 3, 1), corrected) is LicenceStatus.EXPIRED


def test_a_refused_application_never_becomes_a_licence() -> None:
    received = Event(EventKind.RECEIVED, decided_on=date(2024, 1, 2))
    refused = Event(EventKind.REFUSED, decided_on=date(2024, 2, 2))
    assert status_as_at([received], date(2024, 1, 5)) is LicenceStatus.APPLIED
    assert status_as_at([received, refused], date(2024, 2, 1)) is LicenceStatus.APPLIED
    assert status_as_at([received, refused], date(2034, 2, 2)) is LicenceStatus.REFUSED


def test_a_withdrawn_application_is_withdrawn() -> None:
    withdrawn = Event(EventKind.WITHDRAWN, decided_on=date(2024, 2, 2))
    assert status_as_at([Event(EventKind.RECEIVED), withdrawn], date(2024, 2, 2)) is LicenceStatus.WITHDRAWN


def test_a_renewal_refused_leaves_the_licence_in_force_until_its_last_day() -> None:
    refusal = Event(EventKind.RENEWAL_REFUSED, decided_on=date(2027, 1, 15), notified_on=date(2027, 1, 15))
    assert status(LAST, refusal) is LicenceStatus.IN_FORCE
    assert status(LAST + ONE_DAY, refusal) is LicenceStatus.EXPIRED


def test_a_returned_badge_ends_nothing() -> None:
    returned = Event(EventKind.BADGE_RETURNED, decided_on=NOTICE)
    assert periods([GRANTED, returned]) == periods([GRANTED])


def test_a_court_restores_the_unexpired_term_only() -> None:
    allowed = Event(EventKind.REINSTATED_BY_COURT, decided_on=date(2025, 11, 3))
    events = [revoked(immediate=True), allowed]
    assert status(date(2025, 11, 2), *events) is LicenceStatus.REVOKED
    assert status(date(2025, 11, 3), *events) is LicenceStatus.IN_FORCE
    assert status(LAST + ONE_DAY, *events) is LicenceStatus.EXPIRED


def test_a_court_that_allows_an_appeal_after_the_last_day_revives_nothing() -> None:
    allowed = Event(EventKind.REINSTATED_BY_COURT, decided_on=LAST + timedelta(days=30))
    assert status(LAST + timedelta(days=30), revoked(immediate=True), allowed) is LicenceStatus.EXPIRED


def test_an_event_without_a_date_has_happened_already() -> None:
    assert status(FIRST, Event(EventKind.REVOKED)) is LicenceStatus.REVOKED
    assert status(FIRST, Event(EventKind.SUSPENDED)) is LicenceStatus.SUSPENDED
    assert status_as_at([Event(EventKind.EXPIRED)], FIRST) is LicenceStatus.EXPIRED
    assert takes_effect_on(Event(EventKind.REVOKED)) == BEGINNING


def test_an_undated_event_is_filed_where_it_was_recorded() -> None:
    undated = Event(EventKind.SUSPENDED, recorded_on=date(2025, 1, 1))
    ended = Event(EventKind.SUSPENSION_ENDED, decided_on=date(2025, 2, 1))
    assert status(date(2025, 2, 1), undated, ended) is LicenceStatus.IN_FORCE
    ended_before = Event(EventKind.SUSPENSION_ENDED, decided_on=date(2024, 12, 1))
    assert status(date(2025, 2, 1), undated, ended_before) is LicenceStatus.SUSPENDED


def test_a_suspended_licence_was_granted_even_if_nobody_kept_when() -> None:
    assert status_as_at([Event(EventKind.SUSPENSION_ENDED), Event(EventKind.SUSPENDED)], FIRST) is (
        LicenceStatus.SUSPENDED
    )
    assert status_as_at([Event(EventKind.RENEWAL_REFUSED)], FIRST) is LicenceStatus.IN_FORCE


HC, PH = "hackney_carriage_driver", "private_hire_driver"


def test_one_of_two_entitlements_ends_alone() -> None:
    ended = revoked(immediate=True, entitlement=PH)
    assert entitlement_status([GRANTED, ended], PH, NOTICE) is LicenceStatus.REVOKED
    assert entitlement_status([GRANTED, ended], HC, NOTICE) is LicenceStatus.IN_FORCE
    assert status(NOTICE, ended) is LicenceStatus.IN_FORCE  # the document still lets its holder drive
    both = revoked(immediate=True, entitlement=HC)
    assert status(NOTICE, ended, both) is LicenceStatus.REVOKED
    assert status(LAST + ONE_DAY, ended) is LicenceStatus.EXPIRED


def test_a_licence_ceases_by_itself_when_leave_ends_and_goes_on_when_leave_was_extended() -> None:
    leave = Event(EventKind.LEAVE_RECORDED, decided_on=FIRST, ends_on=date(2026, 11, 15))
    assert status(date(2026, 11, 15), leave) is LicenceStatus.IN_FORCE
    assert status(date(2026, 11, 16), leave) is LicenceStatus.CEASED_IMMIGRATION
    extended = Event(EventKind.LEAVE_RECORDED, decided_on=date(2026, 11, 20), ends_on=date(2027, 1, 31))
    assert status(date(2026, 11, 19), leave, extended) is LicenceStatus.CEASED_IMMIGRATION
    assert status(date(2026, 11, 20), leave, extended) is LicenceStatus.IN_FORCE


def test_a_licence_ends_with_its_holder_but_not_what_had_ended_before() -> None:
    died = Event(EventKind.DIED, decided_on=date(2026, 1, 5))
    assert status(date(2026, 1, 4), died) is LicenceStatus.IN_FORCE
    assert status(date(2026, 1, 5), died) is LicenceStatus.CEASED_DEATH
    assert status(date(2026, 1, 5), revoked(immediate=True), died) is LicenceStatus.REVOKED
    refused = Event(EventKind.REFUSED, decided_on=date(2024, 2, 2))
    assert status_as_at([refused, died], date(2026, 1, 5)) is LicenceStatus.REFUSED


def test_a_lapsed_premises_licence_comes_back_by_interim_authority_and_stays_by_transfer() -> None:
    given = Event(EventKind.GRANTED, decided_on=FIRST)
    lapsed = Event(EventKind.LAPSED, decided_on=date(2025, 3, 1), cause=LapseCause.DEATH)
    interim = Event(EventKind.INTERIM_AUTHORITY_GIVEN, decided_on=date(2025, 3, 20), ends_on=date(2025, 5, 19))
    transferred = Event(EventKind.TRANSFERRED, decided_on=date(2025, 5, 10))

    def on(day: date, *events: Event) -> LicenceStatus:
        return status_as_at([given, *events], day)

    assert on(date(2025, 3, 1), lapsed) is LicenceStatus.LAPSED
    assert on(date(2025, 3, 20), lapsed, interim) is LicenceStatus.INTERIM_AUTHORITY
    assert on(date(2025, 5, 20), lapsed, interim) is LicenceStatus.LAPSED
    assert on(date(2025, 5, 20), lapsed, interim, transferred) is LicenceStatus.IN_FORCE


def test_an_unpaid_fee_suspends_until_it_is_paid() -> None:
    unpaid = Event(EventKind.FEE_SUSPENDED, decided_on=NOTICE)
    paid = Event(EventKind.FEE_PAID, decided_on=NOTICE + ONE_DAY)
    assert status(NOTICE, unpaid) is LicenceStatus.FEE_SUSPENDED
    assert not status(NOTICE, unpaid).is_in_force
    assert status(NOTICE + ONE_DAY, unpaid, paid) is LicenceStatus.IN_FORCE


def test_what_was_issued_by_mistake_is_void_from_the_day_that_was_said() -> None:
    void = Event(EventKind.VOIDED, decided_on=NOTICE)
    assert status(NOTICE - ONE_DAY, void) is LicenceStatus.IN_FORCE
    assert status(LAST + ONE_DAY, void) is LicenceStatus.VOID


def test_an_undated_expiry_does_not_hide_a_revocation() -> None:
    assert status_as_at([GRANTED, Event(EventKind.EXPIRED), revoked(immediate=True)], NOTICE) is LicenceStatus.REVOKED


def test_nothing_recorded_is_an_application() -> None:
    assert [period.status for period in periods([])] == [LicenceStatus.APPLIED]


@pytest.mark.parametrize("status", LicenceStatus)
def test_every_status_has_words(status: LicenceStatus) -> None:
    assert status.label[0].isupper()
    assert "_" not in status.label


def adverse(**changed: object) -> Event:
    wholly = RelevantInformation.WHOLLY
    return Event(EventKind.REVOKED, **{"decided_on": NOTICE, "relevant_information": wholly, **changed})


def test_a_decision_on_relevant_information_is_told_for_eleven_years() -> None:
    assert is_adverse_and_kept(adverse(), date(2036, 5, 13))
    assert not is_adverse_and_kept(adverse(), date(2036, 5, 14))


def test_eleven_years_end_on_28_february_where_there_is_no_29th() -> None:
    leap_day = adverse(decided_on=date(2024, 2, 29))
    assert is_adverse_and_kept(leap_day, date(2035, 2, 28))
    assert not is_adverse_and_kept(leap_day, date(2035, 3, 1))
    assert not is_adverse_and_kept(adverse(decided_on=date(2017, 2, 28)), date(2028, 2, 29))


@pytest.mark.parametrize("rests_on", [RelevantInformation.NO, RelevantInformation.NOT_RECORDED])
def test_a_decision_that_does_not_rest_on_relevant_information_is_never_told(rests_on: RelevantInformation) -> None:
    assert not is_adverse_and_kept(adverse(relevant_information=rests_on), NOTICE)


def test_an_adverse_decision_without_its_date_is_told() -> None:
    assert is_adverse_and_kept(adverse(decided_on=None), date(2060, 1, 1))


@pytest.mark.parametrize("kind", [EventKind.GRANTED, EventKind.WITHDRAWN, EventKind.BADGE_RETURNED])
def test_what_is_not_a_decision_against_somebody_is_never_adverse(kind: EventKind) -> None:
    assert not is_adverse_and_kept(Event(kind, NOTICE, relevant_information=RelevantInformation.WHOLLY), NOTICE)


def test_people_are_filed_by_family_name_without_regard_to_capitals() -> None:
    assert sort_name("  Petra  Example ", "SAMPLEOVÁ") == "sampleová petra example"
    assert sort_name("Straße", "") == "strasse"


days = st.none() | st.dates(date(2020, 1, 1), date(2022, 12, 31))
events = st.lists(
    st.builds(
        Event,
        kind=st.sampled_from(EventKind),
        decided_on=days,
        notified_on=days,
        effective_on=days,
        ends_on=days,
        starts_on=days,
        expires_on=days,
        immediate=st.booleans(),
        recorded_on=st.dates(date(2020, 1, 1), date(2022, 12, 31)),
        entitlement=st.sampled_from(["", "", HC, PH]),
    ),
    max_size=5,
)


@given(events)
def test_periods_cover_all_time_without_gap_or_overlap(happened: list[Event]) -> None:
    found = periods(happened)
    assert found[0].from_on == BEGINNING
    assert found[-1].until_on == END_OF_TIME
    assert all(one.until_on == following.from_on for one, following in pairwise(found))
    assert all(one.status is not following.status for one, following in pairwise(found))


@given(events, st.dates(date(2019, 12, 1), date(2023, 2, 1)))
def test_periods_say_of_any_day_what_the_events_say(happened: list[Event], day: date) -> None:
    [period] = [one for one in periods(happened) if one.from_on <= day < one.until_on]
    assert period.status is status_as_at(happened, day)


@given(events)
def test_periods_agree_with_the_events_on_every_turning_day_and_the_day_before(happened: list[Event]) -> None:
    for period in periods(happened):
        assert period.status is status_as_at(happened, period.from_on)
        assert period.status is status_as_at(happened, period.until_on - ONE_DAY)
