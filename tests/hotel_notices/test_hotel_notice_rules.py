"""What section 116 asks of a notice, of serving it and of a requirement under it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensing.errors import RuleBroken
from licensing.hotel_notices import rules
from licensing.hotel_notices.rules import Receipt, Requirement
from licensing.hotel_notices.words import Explained, NoticeState, RequirementState

JUNE, DECEMBER = date(2026, 6, 1), date(2026, 12, 1)
ALL = list(Explained)


def refused(check: object, *given: object, **more: object) -> tuple[str, str | None]:
    with pytest.raises(RuleBroken) as broken:
        check(*given, **more)  # type: ignore[operator]
    return broken.value.message, broken.value.field


def test_a_notice_lasts_six_months_at_most_and_the_message_cites_the_law() -> None:
    rules.check_notice(JUNE, JUNE, DECEMBER, ALL)
    message, field = refused(rules.check_notice, JUNE, JUNE, DECEMBER + timedelta(days=1), ALL)
    assert field == "expires_on"
    assert "116(3)" in message
    assert "1 December 2026" in message


def test_a_notice_begins_once_it_is_authorised_and_ends_later() -> None:
    assert refused(rules.check_notice, JUNE, JUNE - timedelta(days=1), DECEMBER, ALL)[1] == "effective_on"
    assert refused(rules.check_notice, JUNE, JUNE, JUNE, ALL)[1] == "expires_on"


@pytest.mark.parametrize("left_out", ALL)
def test_a_notice_explains_all_that_it_must(left_out: Explained) -> None:
    message, field = refused(rules.check_notice, JUNE, JUNE, DECEMBER, [one for one in ALL if one is not left_out])
    assert field == "explains"
    assert "116(2)(c)" in message
    assert left_out.label.lower() in message


def test_it_is_served_before_it_takes_effect_and_on_a_new_manager_while_it_runs() -> None:
    later = JUNE + timedelta(days=30)
    rules.check_service(JUNE, JUNE, DECEMBER, JUNE, is_first=True)
    message, field = refused(rules.check_service, JUNE, JUNE, DECEMBER, later, is_first=True)
    assert field == "on"
    assert "before it is served" in message
    assert "ection 116" in message
    rules.check_service(JUNE, JUNE, DECEMBER, later, is_first=False)
    assert (
        "new record"
        in refused(rules.check_service, JUNE, JUNE, DECEMBER, DECEMBER + timedelta(days=1), is_first=False)[0]
    )


days = st.integers(-40, 240).map(lambda number: JUNE + timedelta(days=number))


@given(days, days, days, days)
def test_the_period_of_a_requirement_lies_within_the_notice(
    made_on: date, from_on: date, until_on: date, due_on: date
) -> None:
    wanted = Requirement(made_on, from_on, until_on, due_on)
    lies_within = JUNE <= made_on <= from_on <= until_on <= DECEMBER and due_on >= made_on
    if lies_within:
        rules.check_requirement(JUNE, DECEMBER, wanted, date(2027, 6, 1))
        return
    field = refused(rules.check_requirement, JUNE, DECEMBER, wanted, date(2027, 6, 1))[1]
    assert field in ("made_on", "from_on", "until_on", "due_on")


def test_a_requirement_is_not_made_tomorrow() -> None:
    wanted = Requirement(JUNE, JUNE, JUNE, JUNE)
    assert refused(rules.check_requirement, JUNE, DECEMBER, wanted, JUNE - timedelta(days=1))[1] == "made_on"


@pytest.mark.parametrize(
    ("receipts", "today", "state"),
    [
        ([], date(2026, 6, 10), RequirementState.WAITS),
        ([], date(2026, 6, 11), RequirementState.OVERDUE),
        ([], date(2027, 1, 1), RequirementState.OVERDUE),
        ([(date(2026, 6, 9), False)], date(2026, 6, 10), RequirementState.WAITS),
        ([(date(2026, 6, 9), False)], date(2026, 6, 11), RequirementState.INCOMPLETE),
        ([(date(2026, 6, 9), False), (date(2026, 6, 12), True)], date(2026, 6, 13), RequirementState.LATE),
        ([(date(2026, 6, 10), True)], date(2026, 6, 13), RequirementState.MET),
    ],
)
def test_how_a_requirement_stands(receipts: list[tuple[date, bool]], today: date, state: RequirementState) -> None:
    found = rules.state_of_requirement(date(2026, 6, 10), [Receipt(*one) for one in receipts], today)
    assert found is state
    assert state.is_evidence is (
        state in (RequirementState.OVERDUE, RequirementState.INCOMPLETE, RequirementState.LATE)
    )


def test_how_a_notice_stands() -> None:
    def state(today: date, *, served: bool = True, appealed: bool = False, ended_on: date | None = None) -> NoticeState:
        return rules.state_of_notice(
            JUNE, DECEMBER, served=served, appeal_open=appealed, ended_on=ended_on, today=today
        )

    before, within, after = JUNE - timedelta(days=1), JUNE + timedelta(days=9), DECEMBER + timedelta(days=1)
    assert [state(before), state(JUNE), state(DECEMBER), state(after)] == [
        NoticeState.SERVED,
        NoticeState.IN_EFFECT,
        NoticeState.IN_EFFECT,
        NoticeState.EXPIRED,
    ]
    assert state(within, served=False) is NoticeState.PREPARED
    assert state(before, appealed=True) is state(within, appealed=True) is NoticeState.UNDER_APPEAL
    assert state(after, appealed=True) is NoticeState.EXPIRED
    assert state(within, ended_on=within) is NoticeState.ENDED


def test_nothing_more_is_received_once_all_came() -> None:
    assert "already" in refused(rules.check_receipt, JUNE, JUNE, RequirementState.MET, DECEMBER)[0]
    assert refused(rules.check_receipt, JUNE, JUNE - timedelta(days=1), RequirementState.WAITS, DECEMBER)[1] == "on"
    assert refused(rules.check_receipt, JUNE, DECEMBER, RequirementState.WAITS, JUNE)[1] == "on"
