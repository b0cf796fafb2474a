"""Whether an action worked: what was reported before and after, in the same length of time, and what people say."""

from uuid import UUID, uuid4

from licensing import dates
from licensing.accounts.acting import ActingUser
from licensing.audit import changes as audit
from licensing.audit.rules import Action as Did
from licensing.audit.rules import ObjectKind
from licensing.db import db
from licensing.deadlines import changes as clocks
from licensing.disruption import queries, rules
from licensing.disruption.models import EffectReview
from licensing.disruption.words import Effect
from licensing.errors import RuleBroken
from licensing.sealing import sealed


def review(user: ActingUser, action_id: UUID, after_days: int, effect: Effect, words: str) -> None:
    """Say whether it worked. RuleBroken before the time has passed, or where it was reviewed before."""
    action, today = queries.action(action_id, for_change=True), dates.today()
    if action.in_force_on is None:
        raise RuleBroken("An action is reviewed once it was in force.")
    if any(one.after_days == after_days for one in action.reviews):
        raise RuleBroken(f"The look after {after_days} days was made a moment ago. Nothing was changed.")
    _, after = rules.looked_back_and_forward(action.in_force_on, after_days)
    if after.until_on is None or today <= after.until_on:
        raise RuleBroken(f"{after_days} days have not passed since it took effect. Review it after that.", "effect")
    review_id, counted = uuid4(), queries.reports(action_id, after_days)
    db.session.add(
        EffectReview(
            id=review_id,
            authority_id=action.authority_id,
            action_id=action_id,
            after_days=after_days,
            reports_before=counted[0] if counted else None,
            reports_after=counted[1] if counted else None,
            effect=effect,
            words_sealed=sealed(EffectReview, "words_sealed", review_id, words),
            reviewed_on=today,
            by_id=user.id,
        )
    )
    db.session.flush()
    clocks.meet(user, rules.EFFECT_CLOCKS[after_days], (ObjectKind.DISRUPTION_ACTION, action_id), today)
    audit.record(
        Did.CHANGED, ObjectKind.DISRUPTION_ACTION, action_id, details={"reviewed_after": after_days, "effect": effect}
    )
