"""Decisions at each district, in each state: to be notified, in the time for an appeal, under appeal, settled."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import exists, select

from licensing.accounts.commands import on_behalf_of
from licensing.db import db
from licensing.decisions import appeals, arrangements, changes, queries, reviewing
from licensing.decisions.appeal_rules import AppealOutcome, Court
from licensing.decisions.changes import About
from licensing.decisions.notices import Template
from licensing.decisions.powers import BY_CODE, DecisionKind, Ground
from licensing.decisions.rules import Asked, Maker
from licensing.decisions.states import ReviewKind, Verdict
from licensing.permissions import Role
from licensing.register.catalogue import DRIVER_KINDS, LicenceKind
from licensing.register.events import LicenceStatus
from licensing.register.models import Licence, LicencePeriod
from licensing.sample.councils import Council
from licensing.sample.deciding import Decider
from licensing.sample.reviews import review_premises
from licensing.sample.users import SampleUser
from licensing.suitability.models import Consideration
from licensing.suitability.rules import Limb

_SAFETY = "An invented finding of violence towards a passenger, two days ago."
_WANTED = 7


def decide_cases(council: Council, today: date) -> None:
    """Decide about some of a council's drivers and one vehicle; fewer where it has fewer. Commits."""
    with on_behalf_of(SampleUser(council, Role.LICENSING_MANAGER).email) as user:
        decider = Decider(user, today)
        drivers = _last_in_force(DRIVER_KINDS, today)
        if len(drivers) == _WANTED:
            _decide_about(decider, drivers)
        for vehicle in _last_in_force((LicenceKind.PRIVATE_HIRE_VEHICLE,), today)[:1]:
            _find_unfit(decider, vehicle)
        review_premises(decider)
        for template in (Template.SUSPENSION, Template.REVOCATION):
            arrangements.record_template_review(user, template, decider.ago(200), "Licensing solicitor")
        db.session.commit()


def _decide_about(decider: Decider, drivers: list[UUID]) -> None:
    warned, suspended, waiting, open_for_appeal, appealed, allowed, interim = drivers
    decider.decide(warned, 30, DecisionKind.WARNING, power=None, grounds=())
    fixed = decider.decide(suspended, 60, DecisionKind.SUSPEND_FIXED, ends_on=decider.ago(-30))
    decider.notify(fixed, 58)
    decider.decide(waiting, 2, DecisionKind.REVOKE)
    decider.notify(decider.decide(open_for_appeal, 6, DecisionKind.REVOKE), 5)
    under_appeal = decider.decide(appealed, 50, DecisionKind.REVOKE, limbs=(Limb.HARM,))
    decider.notify(under_appeal, 49)
    appeals.lodge(decider.user, under_appeal, Court.MAGISTRATES, decider.ago(35), "SAMPLE/1")
    _appeal_allowed(decider, allowed)
    _suspended_meanwhile(decider, interim)


def _appeal_allowed(decider: Decider, licence_id: UUID) -> None:
    """Revoked at once; the court gave the licence back."""
    at_once = {"immediate": True, "public_safety": _SAFETY, "limbs": (Limb.HARM,)}
    revoked = decider.decide(licence_id, 150, DecisionKind.REVOKE, **at_once)
    decider.notify(revoked, 150)
    appeal_id = appeals.lodge(decider.user, revoked, Court.MAGISTRATES, decider.ago(135), "SAMPLE/2")
    appeal = queries.appeal(appeal_id)
    appeals.set_hearing(appeal, decider.ago(20))
    appeals.end(decider.user, appeal, AppealOutcome.ALLOWED, decider.ago(20), "None")


def _suspended_meanwhile(decider: Decider, licence_id: UUID) -> None:
    """Suspended while enquiries go on, and looked at again once."""
    at_once = {"immediate": True, "public_safety": _SAFETY}
    suspended = decider.decide(licence_id, 40, DecisionKind.SUSPEND_INTERIM, **at_once)
    decider.notify(suspended, 40)
    words = "The enquiries go on; nothing has been found that lessens the risk."
    reviewing.review(decider.user, suspended, ReviewKind.SUSPENSION, Verdict.STANDS, words)


def _find_unfit(decider: Decider, licence_id: UUID) -> None:
    """A vehicle that must be shown to be fit (1976 Act s.68)."""
    asked = Asked(
        DecisionKind.SUSPEND_UNFIT,
        Maker.MANAGER,
        decider.ago(20),
        power=BY_CODE["S68"],
        grounds=(Ground.UNFIT_VEHICLE,),
        reasons="An invented fault of the brakes.",
        condition="Bring it to the council’s depot, by appointment, on any working day.",
    )
    decider.notify(changes.decide(decider.user, About(licence_id), asked), 20)


def _last_in_force(kinds: tuple[LicenceKind, ...] | frozenset[LicenceKind], today: date) -> list[UUID]:
    """The last licences by number, in force for long and for long yet, about which no question is open."""
    in_question = exists().where(Consideration.licence_id == Licence.id, Consideration.closed_on.is_(None))
    found = (
        select(Licence.id)
        .join(LicencePeriod, LicencePeriod.licence_id == Licence.id)
        .where(
            Licence.kind.in_(sorted(kinds)),
            LicencePeriod.status == LicenceStatus.IN_FORCE,
            LicencePeriod.from_on <= today - timedelta(days=160),
            LicencePeriod.until_on > today + timedelta(days=180),
            ~in_question,
        )
        .order_by(Licence.number_key.desc(), Licence.id)
        .limit(_WANTED)
    )
    return list(db.session.scalars(found))
