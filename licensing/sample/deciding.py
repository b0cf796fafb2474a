"""Whoever decides in the samples: a decision with its usual answers, and its notice."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from licensing.accounts.acting import ActingUser
from licensing.decisions import changes, noticing
from licensing.decisions.changes import About
from licensing.decisions.notices import ServiceMethod
from licensing.decisions.noticing import Service
from licensing.decisions.powers import BY_CODE, DecisionKind, Ground
from licensing.decisions.rules import Asked, Maker
from licensing.register.events import RelevantInformation
from licensing.suitability.rules import Limb

_REASONS = "An invented finding, weighed on the balance of probabilities."


@dataclass(frozen=True)
class Decider:
    """Who decides, and from which day the days are counted."""

    user: ActingUser
    today: date

    def ago(self, days: int) -> date:
        return self.today - timedelta(days=days)

    def decide(self, licence_id: UUID, days: int, kind: DecisionKind, **more: Any) -> UUID:
        """A decision about a driver, made so many days ago."""
        usual: dict[str, Any] = {
            "power": BY_CODE["S61"],
            "grounds": (Ground.REASONABLE_CAUSE,),
            "relevant_information": RelevantInformation.WHOLLY,
            "limbs": (Limb.THREATENING_BEHAVIOUR,),
        }
        asked = Asked(
            kind,
            Maker.SUB_COMMITTEE,
            self.ago(days),
            reasons=_REASONS,
            minute_ref="Minute 14 (sample)",
            **{**usual, **more},
        )
        return changes.decide(self.user, About(licence_id), asked)

    def notify(self, decision_id: UUID, days: int) -> None:
        """Its notice, issued and given so many days ago."""
        noticing.issue_notice(self.user, decision_id, self.ago(days))
        given = Service(ServiceMethod.RECORDED_DELIVERY, self.ago(days), "The holder", "Tracking number SAMPLE")
        noticing.serve(self.user, decision_id, given)
