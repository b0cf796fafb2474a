"""When a check falls due, which rule counts on which day, and what stands of a check."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensing.errors import RuleBroken
from licensing.register.catalogue import Family, LicenceKind
from licensing.vetting.catalogue import NATIONAL
from licensing.vetting.rules import (
    NOTHING,
    CheckKind,
    CheckState,
    Held,
    LengthUnit,
    Policy,
    Requirement,
    Result,
    check_term,
    counted_before,
    due_on,
    later,
    needed,
    policy_in_force,
    results_of,
    standing,
)

DAY = date(2026, 11, 22)
DRIVER = LicenceKind.PRIVATE_HIRE_DRIVER
DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
LENGTHS = st.tuples(st.integers(1, 120), st.sampled_from(LengthUnit))


def rule(
    length: int | None = 6,
    unit: LengthUnit | None = LengthUnit.MONTHS,
    *,
    valid_from: date = date(2020, 7, 21),
    requirement: Requirement = Requirement.NEEDED,
    kind: LicenceKind | None = None,
    own: bool = False,
    verified: bool = True,
) -> Policy:
    return Policy(
        CheckKind.DBS_STATUS,
        Family.DRIVER,
        requirement,
        valid_from,
        "A source",
        verified,
        licence_kind=kind,
        length=length,
        unit=unit,
        blocks_grant=True,
        is_own=own,
    )


def passed(on: date, ends_on: date | None = None) -> Held:
    return Held(Result.SATISFIED, on, on, ends_on)


def found(*rules: Policy, day: date = DAY) -> Policy | None:
    return policy_in_force(rules, DRIVER, CheckKind.DBS_STATUS, day)


@given(DAYS, st.integers(0, 400), LENGTHS)
def test_of_two_checks_the_later_is_never_due_before_the_earlier(
    first: date, apart: int, length: tuple[int, LengthUnit]
) -> None:
    policy = rule(*length)
    second = first + timedelta(days=apart)
    due = [due_on(policy, passed(day)) for day in (first, second)]
    assert due[0] is not None
    assert due[1] is not None
    assert first < due[0] <= due[1]


@given(DAYS, LENGTHS)
def test_the_last_day_that_counts_divides_what_is_due_from_what_is_not(
    day: date, length: tuple[int, LengthUnit]
) -> None:
    last = counted_before(rule(*length), day)
    assert last is not None
    assert later(last, *length) < day
    assert later(last + timedelta(days=1), *length) >= day


@given(st.dates(date(2021, 1, 1), date(2030, 12, 31)), st.booleans())
def test_a_rule_counts_from_its_first_day_and_the_one_before_until_the_day_before(day: date, own: bool) -> None:
    before, after = rule(6, own=own), rule(12, valid_from=day, own=own)
    assert found(before, after, day=day) is after
    assert found(before, after, day=day - timedelta(days=1)) is before
    assert found(after, before, day=day) is after


@pytest.mark.parametrize(
    ("on", "length", "unit", "due"),
    [
        (date(2026, 8, 31), 6, LengthUnit.MONTHS, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, LengthUnit.MONTHS, date(2028, 2, 29)),
        (date(2024, 2, 29), 3, LengthUnit.YEARS, date(2027, 2, 28)),
        (date(2026, 12, 31), 1, LengthUnit.MONTHS, date(2027, 1, 31)),
        (date(2026, 2, 27), 2, LengthUnit.DAYS, date(2026, 3, 1)),
    ],
)
def test_months_end_where_the_month_does(on: date, length: int, unit: LengthUnit, due: date) -> None:
    assert later(on, length, unit) == due


def test_a_councils_own_rule_goes_before_the_national_one_and_a_narrower_before_a_wider() -> None:
    national, own = rule(6), rule(36, own=True)
    of_kind, own_of_kind = rule(4, kind=DRIVER), rule(5, kind=DRIVER, own=True)
    assert found(national, own) is own
    assert found(national, of_kind) is of_kind
    assert found(own, of_kind) is own
    assert found(own_of_kind, own, of_kind, national) is own_of_kind
    assert found(rule(4, kind=LicenceKind.DUAL_DRIVER), national) is national


def test_a_rule_that_is_withdrawn_gives_way_and_one_that_needs_nothing_does_not() -> None:
    national = rule(6)
    withdrawn = rule(None, None, requirement=Requirement.WITHDRAWN, own=True)
    not_needed = rule(None, None, requirement=Requirement.NOT_NEEDED, own=True)
    assert found(national, withdrawn) is national
    assert found(national, not_needed) is None
    assert found(withdrawn) is None


def test_of_two_rules_from_one_day_the_one_recorded_later_is_meant() -> None:
    first, second = rule(6, own=True), rule(12, own=True)
    assert found(first, second) is second


def test_a_check_is_good_through_its_last_day_and_overdue_the_day_after() -> None:
    policy, held = rule(6), passed(date(2026, 5, 22))
    good = standing(policy, held, DAY)
    assert (good.state, good.due_on, good.blocks_grant) == (CheckState.SATISFIED, DAY, False)
    late = standing(policy, held, DAY + timedelta(days=1))
    assert (late.state, late.blocks_grant) == (CheckState.OVERDUE, True)
    assert "due since 22 November 2026" in late.words


def test_the_recorded_end_counts_where_it_comes_before_the_rules() -> None:
    assert due_on(rule(6), passed(DAY, ends_on=date(2026, 12, 1))) == date(2026, 12, 1)
    assert due_on(rule(6), passed(DAY, ends_on=date(2030, 1, 1))) == date(2027, 5, 22)
    assert due_on(rule(None, None), passed(DAY)) is None


@pytest.mark.parametrize(
    ("held", "state"),
    [
        (NOTHING, CheckState.NOT_STARTED),
        (Held(pending=Result.REQUESTED, pending_since=DAY), CheckState.REQUESTED),
        (Held(pending=Result.INCOMPLETE, pending_since=DAY), CheckState.INCOMPLETE),
        (Held(pending=Result.UNABLE, pending_since=DAY), CheckState.INCOMPLETE),
        (Held(Result.NEW_INFORMATION, DAY), CheckState.UNSATISFACTORY),
        (Held(Result.UNSATISFACTORY, DAY, pending=Result.REQUESTED, pending_since=DAY), CheckState.UNSATISFACTORY),
        (Held(Result.NOT_NEEDED, DAY), CheckState.NOT_NEEDED),
    ],
)
def test_what_is_not_passed_is_said_as_it_is(held: Held, state: CheckState) -> None:
    stands = standing(rule(), held, DAY)
    assert stands.state is state
    assert stands.blocks_grant is (state is not CheckState.NOT_NEEDED)


def test_what_nobody_has_verified_warns_and_stops_nothing() -> None:
    assert standing(rule(verified=True), NOTHING, DAY).blocks_grant
    assert not standing(rule(verified=False), NOTHING, DAY).blocks_grant


def test_the_national_rules_ask_drivers_for_what_the_standards_say() -> None:
    asked = needed(NATIONAL, DRIVER, DAY)
    assert {CheckKind.ENHANCED_DBS, CheckKind.DBS_STATUS, CheckKind.RIGHT_TO_WORK, CheckKind.DVLA} <= set(asked)
    assert asked[CheckKind.DBS_STATUS].how_often == "Every 6 months"
    of_operators = needed(NATIONAL, LicenceKind.PRIVATE_HIRE_OPERATOR, DAY)
    assert of_operators[CheckKind.BASIC_DBS].unless_driver
    assert of_operators[CheckKind.BASIC_DBS].how_often == "Every year"
    assert needed(NATIONAL, LicenceKind.PREMISES_LICENCE, DAY) == {}
    assert all(one.source for one in NATIONAL)


def test_a_licence_may_not_outlast_leave_to_work() -> None:
    leave = passed(DAY, ends_on=date(2027, 6, 30))
    check_term(DAY, date(2027, 6, 30), leave, extended=False)
    with pytest.raises(RuleBroken, match=r"30 June 2027 or before.*s\.53A") as refused:
        check_term(DAY, date(2027, 7, 1), leave, extended=False)
    assert refused.value.field == "expires_on"
    with pytest.raises(RuleBroken, match="30 June 2027"):
        check_term(DAY, None, leave, extended=False)


def test_while_leave_is_extended_a_licence_is_for_six_months_at_most() -> None:
    leave = passed(DAY, ends_on=date(2026, 11, 30))
    check_term(DAY, date(2027, 5, 21), leave, extended=True)
    with pytest.raises(RuleBroken, match=r"six months at most .*s\.53A"):
        check_term(DAY, date(2027, 5, 22), leave, extended=True)


def test_leave_without_an_end_or_no_proof_of_it_sets_no_limit_to_a_term() -> None:
    check_term(DAY, date(2030, 1, 1), passed(DAY), extended=False)
    check_term(DAY, date(2030, 1, 1), NOTHING, extended=False)


def test_only_a_dbs_status_shows_new_information() -> None:
    assert Result.NEW_INFORMATION in results_of(CheckKind.DBS_STATUS)
    assert not any(Result.NEW_INFORMATION in results_of(one) for one in CheckKind if one is not CheckKind.DBS_STATUS)
    assert not any(Result.MISTAKE in results_of(one) for one in CheckKind)
