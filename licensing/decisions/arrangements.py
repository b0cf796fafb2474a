"""What a council arranges for its decisions: who may act at once, and which templates its solicitor has read."""

from datetime import date
from uuid import UUID, uuid4

from licensing.accounts.acting import ActingUser
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.decisions import queries
from licensing.decisions.models import Delegation, TemplateReview
from licensing.decisions.notices import VERSIONS, Template
from licensing.errors import RuleBroken


def delegate(
    user: ActingUser,
    to_user_id: UUID,
    reference: str,
    from_on: date,
    until_on: date | None,
    *,
    ordinary: bool = False,
) -> None:
    """Record that an officer may decide alone, what that covers, and the paper that says so."""
    if until_on and until_on < from_on:
        raise RuleBroken("The last day must be on or after the first", "until_on")
    row = Delegation(
        id=uuid4(),
        authority_id=user.authority.id,
        user_id=to_user_id,
        reference=reference,
        ordinary=ordinary,
        from_on=from_on,
        until_on=until_on,
        recorded_by=user.id,
    )
    db.session.add(row)
    db.session.flush()
    details = {"delegated_to": str(to_user_id), "from": from_on.isoformat(), "ordinary": ordinary}
    audit.record(Action.SETTINGS_CHANGED, ObjectKind.POLICY, row.id, details=details)


def end_delegation(delegation: Delegation, until_on: date) -> None:
    """The delegation holds until that day and no longer."""
    if until_on < delegation.from_on:
        raise RuleBroken("The last day must be on or after the first", "until_on")
    delegation.until_on = until_on
    details = {"until": until_on.isoformat()}
    audit.record(Action.SETTINGS_CHANGED, ObjectKind.POLICY, delegation.id, details=details)
    db.session.flush()


def record_template_review(user: ActingUser, template: Template, reviewed_on: date, reviewed_by: str) -> None:
    """Record that the council's solicitor read the present version of a template. RuleBroken where it is recorded."""
    if queries.review_of_template(template):
        raise RuleBroken("The review of this version is recorded already.")
    row = TemplateReview(
        id=uuid4(),
        authority_id=user.authority.id,
        template=template.value,
        version=VERSIONS[template],
        reviewed_on=reviewed_on,
        reviewed_by=reviewed_by,
        recorded_by=user.id,
    )
    db.session.add(row)
    db.session.flush()
    details = {"template": template, "version": VERSIONS[template]}
    audit.record(Action.SETTINGS_CHANGED, ObjectKind.POLICY, row.id, details=details)
