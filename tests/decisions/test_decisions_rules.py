"""What the law asks of a decision: each rule on its own, what refuses and what only warns."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensing.decisions.appeal_rules import AppealOutcome, Stay, outcome_as_at, stay_of
from licensing.decisions.powers import (
    BY_CODE,
    POWERS,
    DecisionKind,
    Ground,
    Immediate,
    kinds_for,
    powers_for,
)
from licensing.decisions.rules import Asked, Broken, Facts, Maker, broken_rules, to_be_confirmed
from licensing.decisions.serving import broken_by_service
from licensing.register.catalogue import Family, LicenceKind
from licensing.register.events import LicenceStatus, RelevantInformation
from licensing.suitability.rules import Limb

DAY = date(2026, 6, 1)
ME, SOMEBODY = uuid4(), uuid4()
MANAGER = Facts(Family.DRIVER, LicenceStatus.IN_FORCE, DAY, ME, may_decide=True, delegated=False)
REVOKE = Asked(
    DecisionKind.REVOKE,
    Maker.MANAGER,
    DAY,
    power=BY_CODE["S61"],
    grounds=(Ground.REASONABLE_CAUSE,),
    reasons="What was found.",
    relevant_information=RelevantInformation.WHOLLY,
    limbs=(Limb.HARM,),
)
GRANT = Asked(DecisionKind.GRANT, Maker.MANAGER, DAY, starts_on=DAY, expires_on=date(2029, 5, 31))


def refusals(asked: Asked, facts: Facts) -> list[Broken]:
    return [one for one in broken_rules(asked, facts) if not one.warns]


def fields(asked: Asked, facts: Facts = MANAGER) -> set[str | None]:
    return {one.field for one in refusals(asked, facts)}


def test_a_complete_revocation_by_a_manager_breaks_nothing() -> None:
    assert broken_rules(REVOKE, MANAGER) == []


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"power": None}, "power"),
        ({"grounds": ()}, "grounds"),
        ({"grounds": (Ground.OBJECTIVES,)}, "grounds"),
        ({"reasons": ""}, "reasons"),
        ({"relevant_information": None}, "relevant_information"),
        ({"limbs": ()}, "limbs"),
        ({"relevant_information": RelevantInformation.NO, "limbs": ()}, "not_relied_reason"),
        ({"decided_on": date(2026, 6, 2)}, "decided_on"),
        ({"immediate": True}, "public_safety"),
    ],
)
def test_what_is_missing_is_asked_for_beside_its_question(changed: dict[str, object], field: str) -> None:
    assert fields(replace(REVOKE, **changed)) == {field}


def test_whoever_recommended_it_does_not_decide_it() -> None:
    assert fields(REVOKE, replace(MANAGER, recommended_by=ME)) == {"maker"}
    assert fields(REVOKE, replace(MANAGER, recommended_by=SOMEBODY)) == set()
    committee = replace(REVOKE, maker=Maker.SUB_COMMITTEE, minute_ref="Minute 14")
    assert fields(committee, replace(MANAGER, recommended_by=ME)) == set()


def test_what_others_decided_is_recorded_with_its_minute_and_confirmed_where_an_officer_records_it() -> None:
    committee = replace(REVOKE, maker=Maker.SUB_COMMITTEE)
    assert fields(committee) == {"minute_ref"}
    assert to_be_confirmed(committee, may_decide=False)
    assert not to_be_confirmed(committee, may_decide=True)
    assert to_be_confirmed(replace(REVOKE, elsewhere=True), may_decide=False)
    assert not to_be_confirmed(REVOKE, may_decide=False)


def test_a_suspension_that_would_be_over_before_it_begins_is_refused() -> None:
    fixed = replace(REVOKE, kind=DecisionKind.SUSPEND_FIXED, ends_on=date(2026, 6, 14))
    assert fields(fixed, replace(MANAGER, begins_no_earlier=date(2026, 6, 23))) == {"ends_on"}
    assert fields(fixed, replace(MANAGER, begins_no_earlier=DAY)) == set()


def test_a_grant_against_the_policys_starting_point_says_why() -> None:
    facts = replace(MANAGER, status=LicenceStatus.APPLIED, starting_point="Policy starting point: refuse.")
    assert fields(GRANT, facts) == {"departing"}
    assert fields(replace(GRANT, departing="Long ago, and nothing since"), facts) == set()


def test_a_grant_that_outlasts_leave_to_work_is_refused_in_the_words_of_the_check() -> None:
    facts = replace(MANAGER, status=LicenceStatus.APPLIED, beyond_leave="Last day must be 30 June 2027 or before")
    (one,) = refusals(GRANT, facts)
    assert (one.field, one.message) == ("expires_on", "Last day must be 30 June 2027 or before")


def test_an_officer_decides_alone_only_what_is_delegated() -> None:
    officer = replace(MANAGER, may_decide=False)
    at_once = replace(REVOKE, maker=Maker.OFFICER, immediate=True, public_safety="Because")
    assert fields(REVOKE, officer) == {"maker"}
    assert fields(at_once, officer) == {"maker"}
    assert fields(at_once, replace(officer, delegated=True)) == set()
    assert fields(replace(at_once, immediate=False), replace(officer, delegated=True)) == set()


def test_immediate_effect_needs_a_power_that_has_it() -> None:
    vehicle = replace(MANAGER, family=Family.VEHICLE)
    at_once = replace(
        REVOKE, power=BY_CODE["S60"], grounds=(Ground.UNFIT_VEHICLE,), immediate=True, public_safety="Because"
    )
    assert fields(at_once, vehicle) == {"immediate"}
    operator = replace(MANAGER, family=Family.OPERATOR)
    believed = replace(at_once, power=BY_CODE["S62"], grounds=(Ground.CONDUCT,))
    assert [one.warns for one in broken_rules(believed, operator)] == [True]
    assert (
        "refusal to renew"
        in refusals(replace(REVOKE, kind=DecisionKind.REFUSE_RENEWAL, immediate=True, public_safety="x"), MANAGER)[
            0
        ].message
    )


@pytest.mark.parametrize("status", [LicenceStatus.REVOKED, LicenceStatus.REVOCATION_PENDING])
@pytest.mark.parametrize("kind", [DecisionKind.END_SUSPENSION, DecisionKind.GRANT, DecisionKind.RENEW])
def test_nobody_lifts_a_revocation(status: LicenceStatus, kind: DecisionKind) -> None:
    asked = replace(GRANT, kind=kind)
    (first, *_) = refusals(asked, replace(MANAGER, status=status))
    assert first.field == "kind"
    assert "court allows an appeal" in first.message
    assert "applies again" in first.message


def test_a_second_sanction_on_the_same_facts_needs_new_information_and_legal_agreement() -> None:
    before = replace(MANAGER, suspended_on_same_facts=True)
    assert fields(REVOKE, before) == {"new_information", "legal_agreed"}
    assert fields(replace(REVOKE, new_information=True), before) == {"legal_agreed"}
    assert fields(replace(REVOKE, new_information=True, legal_agreed=True), before) == set()


def test_an_interim_suspension_warns_and_is_not_refused() -> None:
    (one,) = broken_rules(replace(REVOKE, kind=DecisionKind.SUSPEND_INTERIM), MANAGER)
    assert one.warns
    assert "Singh" in one.message


def test_a_committee_decides_what_the_2003_act_gives_it() -> None:
    personal = replace(MANAGER, family=Family.PERSONAL)
    asked = replace(REVOKE, power=BY_CODE["LA132A"], grounds=(Ground.RELEVANT_OFFENCE,))
    assert fields(asked, personal) == {"maker"}
    assert fields(replace(asked, maker=Maker.SUB_COMMITTEE, minute_ref="Minute 14"), personal) == set()


def test_there_is_nothing_to_decide_about_somebody_who_died() -> None:
    (one,) = refusals(REVOKE, replace(MANAGER, died_on=date(2026, 5, 1)))
    assert "died on 1 May 2026" in one.message


def test_no_decision_on_an_application_before_what_the_law_asks_and_no_grant_before_the_checks() -> None:
    applied = replace(MANAGER, status=LicenceStatus.APPLIED, stops_decision=("Search NR3S",), stops_grant=("DBS",))
    refuse = replace(REVOKE, kind=DecisionKind.REFUSE, power=BY_CODE["S51_59"], grounds=(Ground.NOT_FIT_AND_PROPER,))
    assert [one.message for one in refusals(refuse, applied)] == ["Search NR3S"]
    assert [one.message for one in refusals(GRANT, applied)] == ["Search NR3S", "DBS"]


@pytest.mark.parametrize(
    ("changed", "facts"),
    [
        ({"expires_on": date(2029, 6, 1)}, {"longest_term_until": date(2029, 5, 31)}),
        ({}, {"leave_ends_on": date(2028, 1, 1)}),
        ({"expires_on": DAY}, {}),
        ({"expires_on": None}, {"longest_term_until": date(2029, 5, 31)}),
    ],
)
def test_a_term_that_the_law_does_not_allow_is_refused(changed: dict[str, object], facts: dict[str, object]) -> None:
    applied = replace(MANAGER, status=LicenceStatus.APPLIED, **facts)
    assert fields(replace(GRANT, **changed), applied) == {"expires_on"}


@pytest.mark.parametrize(
    ("kind", "field"), [(DecisionKind.SUSPEND_FIXED, "ends_on"), (DecisionKind.SUSPEND_UNTIL, "condition")]
)
def test_a_suspension_says_how_it_ends(kind: DecisionKind, field: str) -> None:
    assert fields(replace(REVOKE, kind=kind)) == {field}


def test_the_dates_of_a_service_come_in_their_order() -> None:
    def broken(served: date, effective: date | None, *, immediate: bool = False) -> set[str | None]:
        found = broken_by_service(DAY, served, effective, date(2026, 6, 24), date(2026, 6, 10), immediate=immediate)
        return {one.field for one in found}

    assert broken(date(2026, 6, 2), None) == set()
    assert broken(date(2026, 5, 31), None) == {"served_on"}
    assert broken(date(2026, 6, 11), None) == {"served_on"}
    assert broken(date(2026, 6, 2), date(2026, 6, 1)) == {"effective_on"}
    assert broken(date(2026, 6, 2), date(2026, 6, 23)) == {"effective_on"}
    assert broken(date(2026, 6, 2), date(2026, 6, 24)) == set()
    assert broken(date(2026, 6, 2), date(2026, 6, 2), immediate=True) == set()


def test_an_appeal_stays_what_is_not_immediate_and_has_not_begun() -> None:
    effect = date(2026, 6, 24)
    assert stay_of(immediate=False, late=False, lodged_on=DAY, takes_effect=effect) is Stay.STAYED
    assert stay_of(immediate=True, late=False, lodged_on=DAY, takes_effect=effect) is Stay.NOT_STAYED
    assert stay_of(immediate=False, late=False, lodged_on=date(2026, 6, 25), takes_effect=effect) is Stay.NOT_STAYED
    assert stay_of(immediate=False, late=True, lodged_on=DAY, takes_effect=effect) is Stay.NOT_STAYED


@given(st.dates(date(2026, 1, 1), date(2027, 1, 1)), st.dates(date(2026, 1, 1), date(2027, 1, 1)))
def test_only_an_unexpired_term_revives(day: date, expires: date) -> None:
    outcome = outcome_as_at(AppealOutcome.ALLOWED, day, expires)
    assert (outcome is AppealOutcome.ALLOWED) == (expires >= day)
    assert outcome_as_at(AppealOutcome.DISMISSED, day, expires) is AppealOutcome.DISMISSED


def test_every_power_has_its_law_grounds_and_decisions() -> None:
    assert len(BY_CODE) == len(POWERS)
    assert all(one.law and one.grounds and one.kinds for one in POWERS)
    adverse = {kind for kind in DecisionKind if kind.is_adverse}
    assert adverse == {kind for one in POWERS for kind in one.kinds} & adverse


def test_a_drivers_powers_alone_can_take_effect_immediately_by_choice() -> None:
    can = {one.family for one in POWERS if one.immediate is Immediate.CAN}
    assert can == {Family.DRIVER}


def test_an_answer_to_an_application_needs_one() -> None:
    applied = replace(MANAGER, status=LicenceStatus.APPLIED)
    assert fields(GRANT, applied) == set()
    (one,) = refusals(GRANT, replace(applied, applied=False))
    assert "Record the application first" in one.message


def test_the_form_offers_what_can_be_decided_and_nothing_else() -> None:
    held = kinds_for(LicenceKind.PRIVATE_HIRE_DRIVER, applied=False, held=True, suspended=False)
    assert DecisionKind.REVOKE in held
    on_application = {DecisionKind.GRANT, DecisionKind.RENEW, DecisionKind.REFUSE, DecisionKind.REFUSE_RENEWAL}
    assert not {*on_application, DecisionKind.END_SUSPENSION} & set(held)
    renewing = set(kinds_for(LicenceKind.PRIVATE_HIRE_DRIVER, applied=True, held=True, suspended=False))
    assert on_application & renewing == {DecisionKind.RENEW, DecisionKind.REFUSE_RENEWAL}
    applied = kinds_for(LicenceKind.PRIVATE_HIRE_DRIVER, applied=True, held=False, suspended=False)
    assert set(applied) == {DecisionKind.GRANT, DecisionKind.GRANT_SHORT_TERM, DecisionKind.REFUSE}
    assert DecisionKind.END_SUSPENSION in kinds_for(
        LicenceKind.PRIVATE_HIRE_DRIVER, applied=False, held=True, suspended=True
    )
    assert kinds_for(LicenceKind.PRIVATE_HIRE_DRIVER, applied=False, held=False, suspended=False) == []
    assert DecisionKind.SUSPEND_UNFIT in kinds_for(
        LicenceKind.PRIVATE_HIRE_VEHICLE, applied=False, held=True, suspended=False
    )
    assert [power.code for power in powers_for(LicenceKind.PREMISES_LICENCE, DecisionKind.SUSPEND_INTERIM)] == ["LA53B"]
