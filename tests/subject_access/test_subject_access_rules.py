"""When the month begins and ends, what a decision needs, and how a request stands."""

from datetime import date, timedelta

import pytest

from licensing.errors import RuleBroken
from licensing.subject_access import catalogue, rules
from licensing.subject_access.rules import Weighed
from licensing.subject_access.words import HeldKind, PoliceAnswer, Proof, RequestState, Ruling

JUNE, JULY = date(2026, 6, 10), date(2026, 7, 10)
HELD = Weighed(Ruling.HOLD, "CRIME", harm_test_by="A. Sample", reason="It would warn them")
GIVEN = Weighed(Ruling.GIVE)


def field_of(broken: pytest.ExceptionInfo[RuleBroken]) -> str | None:
    return broken.value.field


def test_the_month_begins_with_receipt_or_with_proof_where_that_was_asked() -> None:
    assert rules.begins_on(JUNE, proof_asked=False, proven_on=None) == JUNE
    assert rules.begins_on(JUNE, proof_asked=True, proven_on=None) is None
    assert rules.begins_on(JUNE, proof_asked=True, proven_on=JULY) == JULY


@pytest.mark.parametrize(
    ("proof_asked", "proof", "proven_on", "field"),
    [
        (False, Proof.DOCUMENT, None, "proof_asked"),
        (False, None, JUNE, "proof_asked"),
        (True, None, JUNE, "proof"),
        (True, Proof.DOCUMENT, None, "proven_on"),
        (True, Proof.DOCUMENT, JUNE - timedelta(days=1), "proven_on"),
    ],
)
def test_proof_that_does_not_fit_is_refused_beside_its_field(
    proof_asked: bool, proof: Proof | None, proven_on: date | None, field: str
) -> None:
    with pytest.raises(RuleBroken) as broken:
        rules.check_receipt(JUNE, proof_asked, proof, proven_on)
    assert field_of(broken) == field
    rules.check_receipt(JUNE, True, None, None)
    rules.check_receipt(JUNE, True, Proof.DOCUMENT, JUNE)


def test_time_is_extended_once_and_within_the_first_month() -> None:
    rules.check_extension(JUNE, JULY, JULY, again=False)
    for begun, first_due, on, again in (
        (JUNE, JULY, JULY + timedelta(days=1), False),
        (JUNE, JULY, JUNE - timedelta(days=1), False),
        (JUNE, JULY, JULY, True),
        (None, None, JUNE, False),
    ):
        with pytest.raises(RuleBroken):
            rules.check_extension(begun, first_due, on, again=again)


@pytest.mark.parametrize(
    ("weighed", "field"),
    [
        (Weighed(Ruling.HOLD), "exemption"),
        (Weighed(Ruling.PART), "exemption"),
        (Weighed(Ruling.HOLD, "CRIME"), "harm_test_by"),
        (Weighed(Ruling.HOLD, "CRIME", harm_test_by="A. Sample"), "reason"),
        (Weighed(Ruling.GIVE, "CRIME"), "exemption"),
        (Weighed(Ruling.GIVE, source_confidential=True), "ruling"),
        (Weighed(Ruling.GIVE, police_reference="TVP/1"), "police_asked_on"),
        (Weighed(Ruling.GIVE, police_asked_on=JUNE), "police_answer"),
        (Weighed(Ruling.GIVE, police_asked_on=JUNE, police_answer=PoliceAnswer.NONE_YET), "police_reference"),
    ],
)
def test_a_decision_that_is_not_whole_is_refused_beside_its_field(weighed: Weighed, field: str) -> None:
    with pytest.raises(RuleBroken) as broken:
        rules.check_weighed(weighed, live=False)
    assert field_of(broken) == field


def test_what_is_under_way_is_given_only_once_the_harm_is_tested_and_the_police_answered() -> None:
    rules.check_weighed(GIVEN, live=False)
    rules.check_weighed(HELD, live=True)
    asked = {"harm_test_by": "A. Sample", "police_asked_on": JUNE, "police_reference": "TVP/1"}
    for weighed, field in (
        (GIVEN, "harm_test_by"),
        (Weighed(Ruling.GIVE, harm_test_by="A. Sample"), "police_asked_on"),
        (Weighed(Ruling.GIVE, police_answer=PoliceAnswer.NONE_YET, **asked), "police_answer"),
    ):
        with pytest.raises(RuleBroken) as broken:
            rules.check_weighed(weighed, live=True)
        assert field_of(broken) == field
    rules.check_weighed(Weighed(Ruling.GIVE, police_answer=PoliceAnswer.NO_OBJECTION, **asked), live=True)


def test_an_answer_waits_for_proof_and_for_every_decision() -> None:
    rules.check_answer(JUNE, JUNE, undecided=0, decided_on=JUNE)
    for begun, on, undecided in ((None, JUNE, 0), (JUNE, JUNE, 1), (JUNE, JUNE - timedelta(days=1), 0)):
        with pytest.raises(RuleBroken):
            rules.check_answer(begun, on, undecided=undecided, decided_on=None)
    with pytest.raises(RuleBroken) as broken:
        rules.check_answer(JUNE, JULY - timedelta(days=1), undecided=0, decided_on=JULY)
    assert field_of(broken) == "answered_on"


def test_a_request_that_was_answered_late_says_so_for_ever() -> None:
    later = JULY + timedelta(days=1)
    assert rules.state_of(JULY, JULY, None, None) is RequestState.OPEN
    assert rules.state_of(later, JULY, None, None) is RequestState.OVERDUE
    assert rules.state_of(later, None, None, None) is RequestState.WAITS_FOR_PROOF
    assert rules.state_of(later, JULY, JULY, None) is RequestState.ANSWERED
    assert rules.state_of(later, JULY, later, None) is RequestState.ANSWERED_LATE
    assert rules.state_of(later, JULY, None, JULY) is RequestState.WITHDRAWN


def test_every_exemption_has_its_law_and_is_offered_while_it_is_the_law() -> None:
    every = catalogue.exemptions()
    assert {one.code for one in every} >= {"CRIME", "REGULATORY", "OTHERS", "PRIVILEGE", "CHILD_ABUSE"}
    assert all("Data Protection Act 2018 Schedule" in one.law and one.covers for one in every)
    assert catalogue.in_force(date(2018, 5, 24)) == []
    assert catalogue.in_force(JUNE) == list(every)


def test_every_kind_of_record_says_who_keeps_it() -> None:
    assert all(one.room and one.label for one in HeldKind)
    assert HeldKind.VETTING.reference_words("enhanced dbs") == "Enhanced DBS"
    assert HeldKind.COMPLAINT.reference_words("CM-1AXW-X3V9") == "CM-1AXW-X3V9"
