"""Convictions, and the council's own policy on them."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from licensing.accounts.acting import ActingUser
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.suitability.models import Application, Consideration, Conviction, ConvictionPolicy, sealed
from licensing.suitability.queries import convictions as queries
from licensing.suitability.rules import check_days
from licensing.suitability.starting_points import Category, Outcome, RunsFrom

NO_PERSON = "A conviction is recorded of a person: this licence is held by an organisation. Record it of its director."


def record_conviction(
    user: ActingUser, about: Application | Consideration, given: dict[str, Any], instead_of: UUID | None = None
) -> UUID:
    """Record a conviction of whoever holds or applies, or put right one that was recorded wrongly.

    `given` has category, offence, convicted_on, sentence_completed_on and ban_ends_on. RuleBroken for days in a wrong
    order.
    """
    person_id = about.licence.person_id
    if person_id is None:
        raise RuleBroken(NO_PERSON)
    if given["sentence_completed_on"]:
        words = "The end of the sentence must be on or after the day of the conviction"
        check_days(given["convicted_on"], given["sentence_completed_on"], words, "sentence_completed_on")
    if instead_of:
        _supersede(person_id, instead_of)
    row_id = uuid4()
    is_consideration = isinstance(about, Consideration)
    db.session.add(
        Conviction(
            id=row_id,
            authority_id=user.authority.id,
            person_id=person_id,
            application_id=None if is_consideration else about.id,
            consideration_id=about.id if is_consideration else None,
            category=given["category"],
            offence_sealed=sealed(Conviction, "offence_sealed", row_id, given["offence"]),
            convicted_on=given["convicted_on"],
            sentence_completed_on=given["sentence_completed_on"],
            ban_ends_on=given["ban_ends_on"],
            supersedes_id=instead_of,
            by_id=user.id,
        )
    )
    db.session.flush()
    kind = ObjectKind.CONSIDERATION if is_consideration else ObjectKind.APPLICATION
    audit.record(
        Action.CORRECTED if instead_of else Action.CHANGED, kind, about.id, details={"conviction": str(row_id)}
    )
    return row_id


def _supersede(person_id: UUID, conviction_id: UUID) -> None:
    before = queries.conviction_for_update(conviction_id)
    if before.person_id != person_id or before.superseded_at:
        raise RuleBroken("Somebody put this right in between. Look at it again.")
    before.superseded_at = db.func.now()
    db.session.flush()


def change_policy(user: ActingUser, category: Category, given: dict[str, Any]) -> UUID:
    """The council's own row of a category from a day on; earlier rows stay, for what was weighed under them.

    `given` has outcome, years, runs_from, source, valid_from, verified and reason.
    """
    outcome: Outcome = given["outcome"]
    if (outcome is Outcome.YEARS) != (given["years"] is not None):
        raise RuleBroken("Enter a number of years where years must pass, and none otherwise", "years")
    valid_from: date = given["valid_from"]
    row_id = uuid4()
    db.session.add(
        ConvictionPolicy(
            id=row_id,
            authority_id=user.authority.id,
            category=category,
            outcome=outcome,
            years=given["years"],
            runs_from=given["runs_from"] or RunsFrom.SENTENCE,
            source=given["source"],
            verified=given["verified"],
            valid_from=valid_from,
            reason=given["reason"],
            by_id=user.id,
        )
    )
    db.session.flush()
    told = {"category": category, "outcome": outcome, "years": given["years"], "from": valid_from.isoformat()}
    audit.record(Action.CHANGED, ObjectKind.POLICY, row_id, details={"after": told})
    return row_id
