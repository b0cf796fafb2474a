"""Whatever may be decided about a licence is a transition of the table of its life; all else is refused."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st
from register.test_life_cycle import regular_lives

from licensing.decisions.powers import GRANTS, DecisionKind, Power, powers_for
from licensing.decisions.rules import Asked, Facts, Maker, broken_rules
from licensing.register.catalogue import LicenceKind
from licensing.register.events import Event, LicenceStatus, RelevantInformation
from licensing.register.life_cycle import TRANSITIONS
from licensing.register.rules import status_as_at
from licensing.suitability.rules import Limb

DAY = date(2026, 6, 1)
ME = uuid4()


def complete(kind: DecisionKind, power: Power | None, *, immediate: bool, elsewhere: bool = False) -> Asked:
    """A decision with every answer that it may need, by whoever may make it."""
    maker = Maker.COURT if power and power.by_court else Maker.SUB_COMMITTEE
    return Asked(
        kind,
        maker,
        DAY,
        power=power,
        grounds=power.grounds[:1] if power else (),
        reasons="What was found.",
        immediate=immediate,
        public_safety="Harm." if immediate else "",
        relevant_information=RelevantInformation.WHOLLY,
        limbs=(Limb.HARM,),
        minute_ref="Minute 14",
        ends_on=DAY + timedelta(days=20) if kind.suspends else None,
        condition="What is to be done.",
        starts_on=DAY if kind in GRANTS else None,
        expires_on=DAY + timedelta(days=300) if kind in GRANTS else None,
        new_information=True,
        legal_agreed=True,
        elsewhere=elsewhere,
    )


@st.composite
def asked(draw: st.DrawFn, kind: LicenceKind) -> Asked:
    decision = draw(st.sampled_from(DecisionKind))
    powers = powers_for(kind, decision)
    power = draw(st.sampled_from(powers)) if powers else None
    return complete(decision, power, immediate=draw(st.booleans()))


def facts(kind: LicenceKind, status: LicenceStatus) -> Facts:
    """What is known of a licence with this status about which a manager may decide."""
    return Facts(kind.family, status, DAY, ME, may_decide=True, delegated=False, has_supervisor=True)


def event_of(one: Asked) -> Event:
    """What the decision is on the register once its notice was given on the day."""
    assert one.kind.event
    return Event(
        one.kind.event,
        decided_on=DAY,
        notified_on=DAY,
        immediate=one.at_once,
        ends_on=one.ends_on,
        starts_on=one.starts_on,
        expires_on=one.expires_on,
    )


@given(st.data(), st.sampled_from(LicenceKind), st.sampled_from(LicenceStatus))
def test_every_decision_at_every_status_is_refused_or_an_event_of_the_table(
    data: st.DataObject, kind: LicenceKind, status: LicenceStatus
) -> None:
    one = data.draw(asked(kind))
    if any(not each.warns for each in broken_rules(one, facts(kind, status))) or one.kind.event is None:
        return
    assert any(
        kind.family in row.families and status in row.before and row.trigger is one.kind.event for row in TRANSITIONS
    )


@given(st.data(), regular_lives())
def test_what_a_decision_that_is_not_refused_makes_of_a_licence_stands_in_the_table(
    data: st.DataObject, life: tuple[LicenceKind, list[Event]]
) -> None:
    kind, happened = life
    before = status_as_at(happened, DAY)
    one = data.draw(asked(kind))
    if any(not each.warns for each in broken_rules(one, facts(kind, before))) or one.kind.event is None:
        return
    after = status_as_at([*happened, event_of(one)], DAY)
    rows = [row for row in TRANSITIONS if kind.family in row.families and before in row.before]
    reached: set[Any] = {status for row in rows if row.trigger is one.kind.event for status in row.after or {before}}
    assert after in reached, (kind, before, one.kind, after)


@given(st.data(), st.sampled_from(LicenceKind), st.sampled_from(LicenceStatus))
def test_what_was_decided_elsewhere_is_kept_with_what_makes_it_irregular(
    data: st.DataObject, kind: LicenceKind, status: LicenceStatus
) -> None:
    one = replace(data.draw(asked(kind)), elsewhere=True)
    broken = [each for each in broken_rules(one, facts(kind, status)) if not each.warns]
    assert not any(each.always for each in broken)
    table = any(
        kind.family in row.families and status in row.before and row.trigger is one.kind.event for row in TRANSITIONS
    )
    assert broken or table or one.kind.event is None
