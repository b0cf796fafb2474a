"""Reviews of premises at each district: waiting for a hearing, with interim steps in force, and decided."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from licensing.db import db
from licensing.decisions import changes
from licensing.decisions.changes import open_question
from licensing.decisions.powers import BY_CODE, DecisionKind, Ground
from licensing.decisions.rules import Asked, Maker
from licensing.register.catalogue import LicenceKind
from licensing.register.events import LicenceStatus
from licensing.register.models import Licence, LicencePeriod
from licensing.register.parts import PositionKind
from licensing.sample.deciding import Decider
from licensing.suitability.changes import considerations, reviews
from licensing.suitability.review_steps import ReviewStep
from licensing.suitability.rules import Ground as ConcernGround
from licensing.suitability.rules import Source

_WANTED = 4


def review_premises(decider: Decider) -> None:
    """Review some of a council's pubs; none where it has too few that sell alcohol under a supervisor."""
    pubs = _pubs(decider.today)
    if len(pubs) < _WANTED:
        return
    waiting, interim, changed, without = pubs
    heard = _open(decider, waiting, Source.REVIEW, 40)
    reviews.record_step(decider.user, heard, ReviewStep.HEARING_BEGAN, decider.ago(2), "Adjourned for evidence.")
    _open(decider, interim, Source.SUMMARY_REVIEW, 6)
    _decide(decider, interim, 5, DecisionKind.SUSPEND_INTERIM, "LA53B")
    _open(decider, changed, Source.REVIEW, 60)
    conditions = "No admission after 23:00. Everybody who looks under 25 is asked for proof of age."
    _decide(decider, changed, 9, DecisionKind.MODIFY_CONDITIONS, "LA52", condition=conditions)
    _open(decider, without, Source.REVIEW, 110)
    _decide(decider, without, 50, DecisionKind.REMOVE_SUPERVISOR, "LA52")


def _open(decider: Decider, licence_id: UUID, source: Source, days: int) -> UUID:
    received = decider.ago(days)
    summary = source is Source.SUMMARY_REVIEW
    return considerations.open_consideration(
        decider.user,
        licence_id,
        source,
        ConcernGround.LICENSING_OBJECTIVES,
        received,
        "An invented report that children were served alcohol, and were seen with older adults.",
        received_on=received,
        received_at=datetime.combine(received, time(10), UTC) if summary else None,
    )


def _decide(decider: Decider, licence_id: UUID, days: int, kind: DecisionKind, power: str, **more: Any) -> None:
    asked = Asked(
        kind,
        Maker.SUB_COMMITTEE,
        decider.ago(days),
        power=BY_CODE[power],
        grounds=(Ground.OBJECTIVES,),
        reasons="An invented finding: sales to children on three days, and nobody asked for proof of age.",
        minute_ref="Minute 7 (sample)",
        **more,
    )
    question = open_question(licence_id, kind)
    decider.notify(changes.decide(decider.user, question, asked), days)


def _pubs(today: date) -> list[UUID]:
    """Premises that have sold alcohol for long and have a supervisor, by number."""
    found = (
        select(Licence.id)
        .join(LicencePeriod, LicencePeriod.licence_id == Licence.id)
        .where(
            Licence.kind == LicenceKind.PREMISES_LICENCE,
            Licence.positions.any(kind=PositionKind.PREMISES_SUPERVISOR, until_on=None),
            LicencePeriod.status == LicenceStatus.IN_FORCE,
            LicencePeriod.from_on <= today - timedelta(days=150),
            LicencePeriod.until_on > today,
        )
        .order_by(Licence.number_key, Licence.id)
        .limit(_WANTED)
    )
    return list(db.session.scalars(found))
